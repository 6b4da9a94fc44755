package pipeline

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"hequan/internal/ocr"
)

// spoken makes a reading of a text, each character 20 pixels wide.
func spoken(text string, confidence float64) []ocr.Symbol {
	var out []ocr.Symbol
	for i, r := range []rune(text) {
		out = append(out, ocr.Symbol{Text: string(r), Rect: image.Rect(20*i, 0, 20*i+18, 20), Confidence: confidence, NewLine: i == 0})
	}
	return out
}

// shown renders letters with their values in brackets: [ ] read twice, { } replaced only.
func shown(line []letter) string {
	var b strings.Builder
	value := 0
	var twice bool
	shut := func() {
		if value > 0 {
			b.WriteString(map[bool]string{true: "]", false: "}"}[twice])
		}
	}
	for _, g := range line {
		if g.value != value {
			shut()
			if g.value > 0 {
				b.WriteString(map[bool]string{true: "[", false: "{"}[g.twice])
			}
			value, twice = g.value, g.twice
		}
		b.WriteString(g.Text)
	}
	shut()
	return b.String()
}

func TestSettleSpan(t *testing.T) {
	for _, c := range []struct{ name, first, a, b, want string }{
		{"three alike", "¥1,234.00", "¥1,234.00", "¥1,234.00", "¥1,234.00"},
		{"both against the first", "中,234,567.89", "¥1,234,567.89", "¥1,234,567.89", "{¥1,234,567.89}"},
		{"one with the first", "1,234.00", "1,234.00", "1,284.00", "1,234.00"},
		{"the other with the first", "1,234.00", "1,284.00", "1,234.00", "1,234.00"},
		{"all differ", "1,234.00", "1,284.00", "1,734.00", "1,234.00"},
		{"words between", "价款为100元", "□□□100元", "□□□100元", "价款为100元"},
		{"a character missing beside", "1234.00", "□234.00", "□234.00", "1234.00"},
		{"less than the first reading", "1234.00", "234.00", "234.00", "1234.00"},
		{"less, behind a comma", "1,234,567.89元", ",234,567.89元", "234,567.89元", "1,234,567.89元"},
		{"less, before a comma", "1,234,567.89", "1,234", "1,234", "1,234,567.89"},
		{"a point that may be a comma", "22,935.281", "22,935.281", "22,935.281", "22,935.281"},
		{"a date", "2025年9月了日", "2025年9月7日", "2025年9月7日", "{2025年9月7日}"},
		{"no date there is", "2025年13月7日", "2025年13月7日", "2025年13月7日", "2025年13月7日"},
		{"two dates", "2025.9.1-2026.6.30", "2025.9.1-2026.6.30", "2025.9.1-2026.6.30", "[2025.9.1]-[2026.6.30]"},
		{"in words", "人民币喜拾贰万元整", "人民币壹拾贰万元整", "人民币壹拾贰万元整", "人民币[壹拾贰万元整]"},
		{"in words, of one net", "喜拾贰万元整", "壹拾贰万元整", "壹拾贰万□整", "{壹拾贰万元整}"},
		{"in words, begun with what nobody knows", "某拾贰万元整", "□拾贰万元整", "□拾贰万元整", "某拾贰万元整"},
		{"a code", "HT-2O25-0917", "HT-2025-0917", "HT-2025-0917", "{HT-2025-0917}"},
		{"prose", "本合同一式两份", "本合同一□□份", "本合同一□□份", "本合同一式两份"},
	} {
		t.Run(c.name, func(t *testing.T) {
			value := 0
			got := shown(settleSpan(letters(spoken(c.first, 0.6)), newReading(spoken(c.a, 0.9)), newReading(spoken(c.b, 0.9)), false, &value))
			if got != c.want {
				t.Errorf("%s, %s, %s: %s, want %s", c.first, c.a, c.b, got, c.want)
			}
		})
	}
}

// TestMoreInk: where of 11 one digit is read, there is more ink than characters, and no day is proven.
func TestMoreInk(t *testing.T) {
	p := prepare(sheet(t, "2025年4月11日"), 200, true)
	crop := image.Rect(150, 215, 900, 290)
	if !moreInk(p.text, crop, letters(spoken("2025年4月1日", 0.9))) {
		t.Error("a digit is missing, and nobody says so")
	}
	if moreInk(p.text, crop, letters(spoken("2025年4月11日", 0.9))) {
		t.Error("all was read")
	}
	if moreInk(p.text, crop, letters(spoken("自2025年4日", 0.9))) {
		t.Error("other characters are more than one piece of ink")
	}
	value, day := 0, "2025年4月1日"
	got := shown(settleSpan(letters(spoken(day, 0.6)), newReading(spoken(day, 0.9)), newReading(spoken(day, 0.9)), true, &value))
	if got != day {
		t.Errorf("proven: %s", got)
	}
}

func TestUnsureReadingsDontOverrule(t *testing.T) {
	value := 0
	got := shown(settleSpan(letters(spoken("1,234.00", 0.6)), newReading(spoken("1,284.00", 0.9)), newReading(spoken("1,284.00", 0.4)), false, &value))
	if got != "1,234.00" {
		t.Errorf("an unsure reading was taken: %s", got)
	}
}

func TestValueSpans(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"合同总价为人民币壹拾万元整，含税", "壹拾万元整"},
		{"签订日期：2025年9月1日。", "2025年9月1日"},
		{"甲方应当在收到后付款", ""},
		{"调用qwen-max-latest共1,234次", "qwen-max-latest共1,234"},
		{"第一条", ""},
	} {
		line := letters(spoken(c.line, 0.9))
		var got []string
		for _, s := range valueSpans(line) {
			text := ""
			for _, g := range line[s.from:s.to] {
				text += g.Text
			}
			got = append(got, text)
		}
		if fmt.Sprint(strings.Join(got, "|")) != c.want {
			t.Errorf("%s: %q, want %q", c.line, strings.Join(got, "|"), c.want)
		}
	}
}

func TestLineUp(t *testing.T) {
	for _, c := range []struct{ a, b, begins, ends string }{
		{"abc", "abc", "[0 1 2 3]", "[0 1 2 3]"},
		{"abc", "xabc", "[1 2 3 4]", "[0 2 3 4]"},
		{"ab", "abc", "[0 1 3]", "[0 1 2]"},
		{"abc", "ac", "[0 1 1 2]", "[0 1 1 2]"},
	} {
		begins, ends := lineUp([]rune(c.a), []rune(c.b))
		if fmt.Sprint(begins) != c.begins || fmt.Sprint(ends) != c.ends {
			t.Errorf("%s along %s: %v %v, want %s %s", c.a, c.b, begins, ends, c.begins, c.ends)
		}
	}
}

func TestGapBetween(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 100, 20))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for _, x := range []int{10, 11, 12, 13, 30, 31, 50, 51} { // three strokes with gaps of 16 and 18
		for y := range 20 {
			g.Pix[y*g.Stride+x] = 0
		}
	}
	if got := gapBetween(g, g.Rect, 10, 52, true); got != 22 {
		t.Errorf("the first of the wide gaps is cut at %d, want 22", got)
	}
	if got := gapBetween(g, g.Rect, 10, 52, false); got != 41 {
		t.Errorf("the last of the wide gaps is cut at %d, want 41", got)
	}
	if got := gapBetween(g, g.Rect, 10, 13, true); got != 11 {
		t.Errorf("without a gap the cut is at %d, want the middle", got)
	}
}

func TestWorthSecond(t *testing.T) {
	for _, c := range []struct {
		first, a string
		want     bool
	}{
		{"1,234.00", "1,234.00", false},
		{"中,234.00", "¥1,234.00", true},
		{"2025年9月7日", "2025年9月7日", true},
		{"喜拾贰万元整", "□□□万元□", true},
		{"1,234.00", "□□", false},
	} {
		if got := worthSecond(letters(spoken(c.first, 0.6)), newReading(spoken(c.a, 0.9))); got != c.want {
			t.Errorf("%s, %s: %v", c.first, c.a, got)
		}
	}
}
