package pipeline

import (
	"slices"

	"hequan"
	"hequan/internal/glyph"
)

// lostCharacter puts a character back that recognition does not know and dropped from a model's
// name (星-Max of 星槎-Max): one of the names that the application gives has it there, and the picture
// shows it beside the character that was read. read is what stands before the hyphen.
func (s *settler) lostCharacter(d *hequan.Document, page int, box hequan.Box, read []rune) ([]rune, bool) {
	var chars []placed
	for n := len(read); n >= 1; n-- {
		tail := read[len(read)-n:]
		for _, b := range s.brands {
			want := []rune(b)
			lost := missing(want, tail)
			if lost < 0 {
				continue
			}
			if chars == nil {
				chars = s.chars(d.SHA256, page, box)
			}
			at := find(chars, tail)
			if at < 0 {
				return nil, false
			}
			beside, step := lost-1, 1.0 // the character before it, or behind the first
			if lost == 0 {
				beside, step = 0, -1
			}
			if s.seenBeside(d.SHA256, page, want[lost], chars[at+beside], step) {
				return slices.Concat(read[:len(read)-n], want), true
			}
		}
	}
	return nil, false
}

// missing is the place of the only character that a name has more than what was read, -1 where it is another name.
func missing(want, read []rune) int {
	if len(want) != len(read)+1 {
		return -1
	}
	for i := range want {
		if slices.Equal(slices.Concat(want[:i], want[i+1:]), read) {
			return i
		}
	}
	return -1
}

// shownBeside says whether the picture shows each character of a word that was lost, or read as another, beside one that
// was read right: boxes of words say badly where that stands.
func (s *settler) shownBeside(sha string, page int, want []rune, chars []placed) bool {
	at := align(want, chars)
	return contested(want, at, chars, func(i int, read []rune) bool {
		beside := func(n int) bool {
			return n >= 0 && n < len(want) && at[n] >= 0 && s.seenBeside(sha, page, want[i], chars[at[n]], float64(i-n), read...)
		}
		return beside(i-1) || beside(i+1)
	})
}

// seenBeside says whether the picture shows a character so many characters to the right of one that was
// read, and none of those that were read for it.
func (s *settler) seenBeside(sha string, page int, want rune, read placed, steps float64, others ...rune) bool {
	plane := s.plane(sha, page)
	if plane == nil || s.shapes == nil || s.shapes.Faces() == 0 {
		return false
	}
	place, ok := s.seenAt(sha, page, read)
	place.X += steps * place.Side
	return ok && s.shapes.Shows(glyph.NewCell(plane, place), want, others...)
}

// seenAt is where a character that was read stands in the picture: up to a character and a half from where its
// word's box has it.
func (s *settler) seenAt(sha string, page int, c placed) (glyph.Place, bool) {
	const like = 0.7
	plane := s.plane(sha, page)
	w, h := float64(plane.Rect.Dx()), float64(plane.Rect.Dy())
	x, y := (c.x0+c.x1)/2, c.y
	if frame := s.pages[pageKey(sha, page)].Frame; !frame.IsZero() {
		x, y = frame.Point(x, y)
	}
	for _, side := range append([]float64{c.x1 - c.x0}, s.pitches(sha, page)...) {
		if side*w < 12 || side*w > 90 {
			continue
		}
		if place, l := s.shapes.Find(plane, c.r, glyph.Place{X: x * w, Y: y * h, Side: side * w}, 1.5, 0.4); l >= like {
			return place, true
		}
	}
	return glyph.Place{}, false
}
