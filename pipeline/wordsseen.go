package pipeline

import (
	"image"
	"slices"

	"hequan"
	"hequan/extractors"
	"hequan/internal/glyph"
	"hequan/internal/rmb"
)

// What a numeral of an amount in words has to have of likeness, and of lead over every other
// numeral. Measured on 90 characters under seals of 200 dpi: right ones in their
// place 0.76 to 0.98, the next likest 0.15 behind but for one; whatever stands
// before or behind an amount 0.2 to 0.55.
const (
	numeralLike   = 0.7
	numeralLead   = 0.1
	numeralAnchor = 0.8  // to begin with
	noNumeral     = 0.62 // less likeness: no numeral stands there
)

// settleSeen reads an amount in words from its picture alone, a reading that no recogniser
// of text has part in. It settles the field, and says so, where that is the amount in digits,
// which proves both; where it is what was read, two readings prove the words. Where nothing was read
// it stands, unproven.
func (s *settler) settleSeen(d *hequan.Document, words, digits *hequan.Field, chars []placed) bool {
	text, whole := s.wordsSeen(d.SHA256, words.Page, chars)
	seen, exact, ok := rmb.ParseWords(text)
	switch {
	case !ok || !exact || !whole:
		return false
	case words.Value != "" && words.Proven() && words.Value != seen.String(): // two readings against the picture: nobody knows
		words.Proof, words.Confidence = nil, refutedConfidence
		return true
	case digits != nil && digits.Value == seen.String():
		if words.Value != digits.Value {
			words.Value, words.Repaired = digits.Value, words.Text
		}
		words.Confidence = max(words.Confidence, settledConfidence)
		digits.AddProof(hequan.ProofWords)
		words.AddProof(hequan.ProofWords)
		return true
	case digits != nil && digits.Value == (-seen).String() && !words.Proven(): // 负 is no numeral: the sign is the digits' alone, and proves nothing
		words.Value, words.Repaired, words.Confidence = digits.Value, words.Text, settledConfidence
		return true
	case words.Value == seen.String():
		words.AddProof(hequan.ProofTwoReadings)
		return true
	case words.Value == "":
		words.Value, words.Repaired, words.Confidence = seen.String(), words.Text, settledConfidence
		extractors.WordsAsTotal(d)
		return true
	}
	return false
}

// wordsSeen walks along a line of print from a numeral that is seen for certain, to its left and to
// its right, as long as numerals are seen. whole says that no numeral can stand where it ended.
func (s *settler) wordsSeen(sha string, page int, chars []placed) (text string, whole bool) {
	plane := s.plane(sha, page)
	if plane == nil || s.shapes == nil || s.shapes.Faces() == 0 || len(chars) < 2 {
		return "", false
	}
	best := ""
	for _, from := range s.anchors(sha, page, plane, chars) {
		left, endsLeft := s.walk(plane, from, -1)
		right, endsRight := s.walk(plane, from, 1)
		slices.Reverse(left)
		found := string(left) + string(from.Rune) + string(right)
		if len(found) > len(best) {
			best, whole = found, endsLeft && endsRight
		}
	}
	return best, whole
}

// anchors are up to three of the characters whose pictures are numerals for certain.
func (s *settler) anchors(sha string, page int, plane *image.Gray, chars []placed) []glyph.Seen {
	w, h := float64(plane.Rect.Dx()), float64(plane.Rect.Dy())
	var widths []float64
	for _, c := range chars {
		widths = append(widths, c.x1-c.x0)
	}
	slices.Sort(widths)
	sides := append([]float64{widths[len(widths)/2]}, s.pitches(sha, page)...)
	frame := s.pages[pageKey(sha, page)].Frame
	var out []glyph.Seen
	for _, side := range sides {
		if side*w < 12 || side*w > 90 {
			continue
		}
		for _, off := range []float64{0, -0.8, 0.8} { // boxes of misread characters are rough
			for i := 0; i < len(chars); i += 2 {
				x, y := (chars[i].x0+chars[i].x1)/2+off*side, chars[i].y
				if !frame.IsZero() {
					x, y = frame.Point(x, y)
				}
				if seen, ok := s.numeral(plane, glyph.Place{X: x * w, Y: y * h, Side: side * w}, 0.5, 0.4); ok && seen.Like >= numeralAnchor {
					if out = append(out, seen); len(out) == 3 {
						return out
					}
				}
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// walk follows the numerals of a line; ended says that what stands behind the last one is none.
func (s *settler) walk(plane *image.Gray, from glyph.Seen, step float64) (text []rune, ended bool) {
	at, pitch := from.At, from.At.Side
	for range 40 {
		next := glyph.Place{X: at.X + step*pitch, Y: at.Y, Side: at.Side}
		seen, ok := s.numeral(plane, next, 0.3, 0.15)
		if !ok {
			return text, seen.Like < noNumeral || s.otherCharacter(plane, next, seen.Like)
		}
		text = append(text, seen.Rune)
		pitch = (seen.At.X - at.X) * step
		at = glyph.Place{X: seen.At.X, Y: seen.At.Y, Side: (2*at.Side + seen.At.Side) / 3}
		if pitch < 0.6*at.Side || pitch > 1.6*at.Side {
			return text, false
		}
	}
	return text, false
}

// besideWords are the characters that stand before amounts in words: 人民币, 大写, 合计, 总价, 金额为.
const besideWords = "币写计价为"

// otherCharacter says whether one of these is likelier at a place than any numeral.
func (s *settler) otherCharacter(plane *image.Gray, at glyph.Place, numeral float64) bool {
	for _, one := range s.shapes.FindEach(plane, []rune(besideWords), at, 0.3, 0.15) {
		if one.Like >= numeralLike && one.Like >= numeral+numeralLead {
			return true
		}
	}
	return false
}

// numeral is the numeral that is seen at a place; ok where it is one for certain.
func (s *settler) numeral(plane *image.Gray, at glyph.Place, across, down float64) (best glyph.Seen, ok bool) {
	second := -1.0
	best.Like = -1
	for _, one := range s.shapes.FindEach(plane, []rune(numerals), at, across, down) {
		switch {
		case one.Like > best.Like:
			best, second = one, best.Like
		case one.Like > second:
			second = one.Like
		}
	}
	return best, best.Like >= numeralLike && best.Like-second >= numeralLead
}
