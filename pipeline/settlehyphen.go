package pipeline

import (
	"image"
	"math"
	"strings"
	"unicode"

	"hequan"
)

// hyphen puts the hyphen of a model's name back where its picture shows one
// between a Chinese character and a Latin letter (璞石-Turbo) that recognition lost.
func (s *settler) hyphen(sha string, page int, box hequan.Box, value string) string {
	runes := []rune(value)
	k := -1
	for i := 1; i < len(runes); i++ {
		if isASCIILetter(runes[i]) && unicode.Is(unicode.Han, runes[i-1]) {
			k = i
			break
		}
	}
	if k < 0 {
		return value
	}
	p, ok := s.pages[pageKey(sha, page)]
	if !ok {
		return value
	}
	plane := s.plane(sha, page)
	for _, l := range p.Lines {
		if l.Box[3] < box[1] || l.Box[1] > box[3] {
			continue
		}
		for n, w := range l.Words {
			if w.Box[0] > box[2] || w.Box[2] < box[0] || w.Box.CenterY() < box[1] || w.Box.CenterY() > box[3] {
				continue
			}
			letters := []rune(w.Text)
			at, from := w.Box[0], w.Box[0] // where the letters begin, and the character before ends
			if n > 0 {
				from = l.Words[n-1].Box[2]
			}
			if len(letters) == 0 || !isASCIILetter(letters[0]) || n == 0 || !endsHan(l.Words[n-1].Text) {
				if at, ok = withinWord(w); !ok {
					continue
				}
				from = at
			}
			// The second reading of the letters may have it.
			second := strings.TrimLeft(w.Alt, "-—–_")
			if second != w.Alt && hyphenless(second) == hyphenless(w.Text) || s.strokeBetween(p, plane, from, at, w.Box) {
				return string(runes[:k]) + "-" + string(runes[k:])
			}
			return value
		}
	}
	return value
}

func isASCIILetter(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }

func endsHan(t string) bool {
	r := []rune(strings.TrimSpace(t))
	return len(r) > 0 && unicode.Is(unicode.Han, r[len(r)-1])
}

// withinWord says where in a word letters follow Chinese characters, which are
// about twice as wide.
func withinWord(w hequan.Word) (x float64, ok bool) {
	total, before := 0.0, 0.0
	runes := []rune(w.Text)
	for i, r := range runes {
		if i > 0 && !ok && isASCIILetter(r) && unicode.Is(unicode.Han, runes[i-1]) {
			before, ok = total, true
		}
		if unicode.Is(unicode.Han, r) {
			total++
		} else {
			total += 0.55
		}
	}
	return w.Box[0] + w.Box.Width()*before/max(total, 1), ok
}

// strokeBetween looks between the end of a character and the beginning of letters
// for a level stroke with nothing above or below it and a gap before it: a hyphen.
func (s *settler) strokeBetween(p hequan.Page, plane *image.Gray, end, begin float64, word hequan.Box) bool {
	const dark = 150
	if plane == nil {
		return false
	}
	w, h := float64(plane.Rect.Dx()), float64(plane.Rect.Dy())
	px, py := end, word.CenterY()
	if !p.Frame.IsZero() {
		px, py = p.Frame.Point(px, py)
	}
	em := word.Height() * h
	if em < 10 || em > 60 {
		return false
	}
	top, bottom := int(py*h-0.6*em), int(py*h+0.6*em)
	from, to := int(px*w-0.25*em), int(px*w+(begin-end)*w+0.7*em)
	run, blank := 0, false // blank: nothing stood in the column before the run
	hyphen := func() bool { return blank && float64(run) >= 0.16*em && float64(run) <= 0.6*em }
	for cx := max(from, 0); cx <= min(to, plane.Rect.Dx()-1); cx++ {
		ink, level := 0, true
		for y := max(top, 0); y <= min(bottom, plane.Rect.Dy()-1); y++ {
			if plane.GrayAt(cx, y).Y < dark {
				ink++
				level = level && math.Abs(float64(y)-py*h) < 0.22*em
			}
		}
		switch {
		case ink > 0 && level && float64(ink) <= max(3, 0.2*em):
			run++
		case hyphen():
			return true
		default:
			run, blank = 0, ink == 0
		}
	}
	return false
}
