package pipeline

import (
	"image"
	"testing"

	"hequan/internal/ocr"
)

// TestHalves: two characters as wide as one are one; two as wide as two are two.
func TestHalves(t *testing.T) {
	line := func(narrow bool, text string) []ocr.Symbol {
		var out []ocr.Symbol
		x := 0
		for i, r := range text {
			width := 26
			if narrow && (r == '人' || r == '台') {
				width = 14
			}
			out = append(out, ocr.Symbol{Text: string(r), Rect: image.Rect(x, 0, x+width, 26), Confidence: 0.9, NewLine: i == 0})
			x += width + 1
		}
		return out
	}
	read := func(symbols []ocr.Symbol) (text string) {
		for _, l := range letterLines(symbols) {
			for _, s := range l {
				text += s.Text
			}
		}
		return text
	}
	for text, want := range map[string]string{"与人台同一致": "与合同一致", "验收台格": "验收合格", "平台计费": "平台计费"} {
		if got := read(line(true, text)); got != want {
			t.Errorf("%s becomes %s", text, got)
		}
	}
	if got := read(line(false, "三人台前")); got != "三人台前" {
		t.Errorf("two characters become %s", got)
	}
}
