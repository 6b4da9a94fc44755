package raster

import (
	"math"
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium/responses"

	"hequan"
)

// ringOf makes letters with these angles in degrees.
func ringOf(text string, angles ...float64) []*responses.GetPageTextStructuredChar {
	var out []*responses.GetPageTextStructuredChar
	for i, r := range []rune(text) {
		out = append(out, &responses.GetPageTextStructuredChar{Text: string(r), Angle: angles[i] * math.Pi / 180})
	}
	return out
}

// TestRingEnds: the first and last letters of a ring may stand nearly straight; the words
// beside it, and a seal of its own, turn otherwise.
func TestRingEnds(t *testing.T) {
	for _, c := range []struct {
		name   string
		chars  []*responses.GetPageTextStructuredChar
		red    []bool
		others string // that are none of the ring
	}{
		{"digits below a ring end upright", ringOf("440381过120", 29.6, 24.2, 18.8, 13.4, 8.1, 2.6, 0, 0, 0, 0), []bool{true, true, true, true, true, true, false, false, false, false}, "过120"},
		{"the arc of an oval begins on its side", ringOf("全国统一发票", 276.1, 299.1, 320.6, 340.8, 0, 19.2), []bool{true, true, true, true, true, true}, ""},
		{"another seal follows", ringOf("2355黎林", 10.8, 349.2, 343.8, 338.4, 2.3, 2.3), []bool{true, true, true, true, true, true}, "黎林"},
		{"words of another colour", ringOf("4381元", 24.2, 18.8, 13.4, 8.1, 2.6), []bool{true, true, true, true, false}, "元"},
		{"a line that slants as a whole", ringOf("作废甲乙", 30, 30, 0, 0), []bool{true, true, true, true}, "甲乙"},
	} {
		ring := ringLetters(c.chars, c.red)
		others := ""
		for i, r := range ring {
			if !r {
				others += c.chars[i].Text
			}
		}
		if others != c.others {
			t.Errorf("%s: %q are taken for words, want %q", c.name, others, c.others)
		}
	}
}

// TestMarksJoinTheirColour: 一 of a date stays in it where a name seal's letter stands nearer.
func TestMarksJoinTheirColour(t *testing.T) {
	at := func(text string, x, y, h float64, red bool) glyph {
		return glyph{text, hequan.Box{x, y, x + 0.02, y + h}, red}
	}
	lines := glyphLines([]glyph{
		at("十", 0.50, 0.500, 0.014, false), at("一", 0.53, 0.506, 0.002, false), at("日", 0.56, 0.500, 0.014, false), at("年", 0.40, 0.500, 0.014, false),
		at("轩", 0.535, 0.492, 0.014, true), at("印", 0.60, 0.492, 0.014, true),
	}, 210, 297)
	for _, l := range lines {
		text := ""
		for _, w := range l.Words {
			text += w.Text
		}
		if strings.Contains(text, "十") && !strings.Contains(strings.NewReplacer("轩", "", "印", "").Replace(text), "十一日") {
			t.Errorf("the date is read %q", text)
		}
	}
}
