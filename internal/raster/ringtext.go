package raster

import (
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"

	"hequan"
)

// slanting says whether a character stands neither upright nor on its side:
// the letters of a seal's ring and of watermarks do, and are none of the text.
// The angle is in radians.
func slanting(angle float64) bool { return math.Abs(slant(angle)) > 8*math.Pi/180 }

// slant is how far an angle is off the nearest quarter turn, in radians.
func slant(angle float64) float64 { return math.Remainder(angle, math.Pi/2) }

// ringLetters says which characters are a seal's or a watermark's: those that
// slant, and the few of their colour that happen to stand straight among them,
// where a ring turns through its top.
func ringLetters(chars []*responses.GetPageTextStructuredChar, red []bool) []bool {
	out := make([]bool, len(chars))
	last := -1 // the last slanting character
	var straight []int
	for i, c := range chars {
		switch {
		case strings.TrimFunc(c.Text, unicode.IsSpace) == "":
		case !slanting(c.Angle):
			straight = append(straight, i)
		default:
			out[i] = true
			if last >= 0 && len(straight) <= 4 && slant(chars[last].Angle)*slant(c.Angle) < 0 {
				for _, k := range straight {
					out[k] = len(red) == 0 || red[k] == red[i]
				}
			}
			last, straight = i, straight[:0]
		}
	}
	ringEnds(chars, red, out)
	return out
}

// ringEnds adds the first and last letters of a ring, where these stand nearly straight: they
// turn on by as much as the letters beside them do.
func ringEnds(chars []*responses.GetPageTextStructuredChar, red, ring []bool) {
	var letters []int
	for i, c := range chars {
		if strings.TrimFunc(c.Text, unicode.IsSpace) != "" {
			letters = append(letters, i)
		}
	}
	turn := func(a, b int) float64 {
		return math.Remainder(chars[letters[b]].Angle-chars[letters[a]].Angle, 2*math.Pi)
	}
	goesOn := func(k, step int) bool {
		a, b := k+step, k+2*step
		if a < 0 || b < 0 || a >= len(letters) || b >= len(letters) || !ring[letters[a]] || !ring[letters[b]] {
			return false
		}
		if len(red) > 0 && red[letters[k]] != red[letters[a]] {
			return false
		}
		first, second := turn(k, a), turn(a, b)
		return math.Abs(second) > 0.03 && math.Abs(second) < 0.8 && math.Abs(first-second) < 0.35*math.Abs(second)
	}
	for k := range letters { // from the front: a letter's own neighbours are known by then
		if !ring[letters[k]] && goesOn(k, -1) {
			ring[letters[k]] = true
		}
	}
	for k := len(letters) - 1; k >= 0; k-- {
		if !ring[letters[k]] && goesOn(k, 1) {
			ring[letters[k]] = true
		}
	}
}

// stampedWords returns words of two to four letters that are set aslant in one
// direction, as 作废 or 样票 are stamped over a paper, each as a line of its
// own, and as stamps with the longer ones, which are watermarks.
func stampedWords(chars []*responses.GetPageTextStructuredChar, toPage func(x, y float64) (float64, float64)) (lines []hequan.Line, stamps []hequan.Stamp) {
	word, angle := hequan.Word{Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}, 0.0
	flush := func() {
		n := len([]rune(word.Text))
		if n >= 2 && n <= 4 {
			lines = append(lines, hequan.Line{Box: word.Box, Words: []hequan.Word{word}})
		}
		if n >= 2 && n <= 12 {
			stamps = append(stamps, hequan.Stamp{Box: word.Box, Angle: math.Round(-slant(angle) * 180 / math.Pi), Text: word.Text, Confidence: 1, Proof: word.Proof})
		}
		word.Text, word.Box = "", hequan.Box{}
	}
	for _, c := range chars {
		letter := strings.TrimFunc(c.Text, unicode.IsSpace) != ""
		if !letter && c.Text != "\r" && c.Text != "\n" {
			continue
		}
		if !letter || !slanting(c.Angle) {
			flush()
			continue
		}
		if word.Text != "" && math.Abs(slant(c.Angle-angle)) > math.Pi/90 {
			flush() // a ring turns
		}
		x0, y0 := toPage(c.PointPosition.Left, c.PointPosition.Top)
		x1, y1 := toPage(c.PointPosition.Right, c.PointPosition.Bottom)
		word.Text += c.Text
		word.Box = word.Box.Union(hequan.Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)})
		angle = c.Angle
	}
	flush()
	return lines, stamps
}
