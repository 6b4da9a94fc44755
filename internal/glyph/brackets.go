package glyph

import (
	"image"
	"math"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// Brackets are the forms in which the year of a paper's number stands in brackets: GB/T 9704 wants 〔 〕, printers set others.
// Round ones are of either width.
var Brackets = []string{"[]", "〔〕", "（）", "【】"}

// otherWidth are the brackets of the other width.
var otherWidth = map[rune]rune{'（': '(', '）': ')'}

// bracketPad is how much white, in pixels, belongs to a bracket's shape on each side.
const bracketPad = 2

// mark is the shape of a narrow character, without the white of its square.
type mark struct {
	w, h  int
	shape []float32 // normalised
}

// Bracket says which of the Brackets stands beside a Chinese character, behind it, or before it where closing: the
// likest in any face, how like it is (-1…1), and by how much likelier than those of other forms.
func (s *Shapes) Bracket(g *image.Gray, beside Place, closing bool) (form string, like, lead float64) {
	step := beside.Side / em
	const w, h = em + em/2, em + em/2
	x0 := beside.X + 0.35*beside.Side
	if closing {
		x0 = beside.X - 0.35*beside.Side - w*step
	}
	ink := make([]float32, w*h)
	for y := range h {
		for x := range w {
			ink[y*w+x] = 255 - mean(g, x0+float64(x)*step, beside.Y+(float64(y)-h/2)*step, step)
		}
	}
	ink = blur(ink, w, h)
	like, second := -1.0, -1.0
	for _, b := range Brackets {
		r := []rune(b)[0]
		if closing {
			r = []rune(b)[1]
		}
		best := -1.0
		for _, m := range slices.Concat(s.marks(r), s.marks(otherWidth[r])) {
			best = max(best, m.likest(ink, w, h))
		}
		switch {
		case best > like:
			form, like, second = b, best, like
		case best > second:
			second = best
		}
	}
	return form, like, like - second
}

// likest is the best correlation of the mark with any place of a picture.
func (m *mark) likest(ink []float32, w, h int) float64 {
	best := -1.0
	for y := 0; y+m.h <= h; y++ {
		for x := 0; x+m.w <= w; x++ {
			var dot, sum, squares float64
			for dy := range m.h {
				row := ink[(y+dy)*w+x:][:m.w]
				for dx, v := range row {
					dot += float64(v * m.shape[dy*m.w+dx])
					sum += float64(v)
					squares += float64(v) * float64(v)
				}
			}
			if spread := squares - sum*sum/float64(m.w*m.h); spread >= leastSpread {
				best = max(best, dot/math.Sqrt(spread))
			}
		}
	}
	return best
}

// marks draws a bracket in each face.
func (s *Shapes) marks(r rune) []mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	if out, ok := s.narrow[r]; ok {
		return out
	}
	var out []mark
	for _, face := range s.faces {
		if m, ok := drawMark(face, r); ok {
			out = append(out, m)
		}
	}
	s.narrow[r] = out
	return out
}

func drawMark(face font.Face, r rune) (mark, bool) {
	dr, mask, maskp, _, ok := face.Glyph(fixed.P(0, 0), r)
	alpha, grey := mask.(*image.Alpha)
	if !ok || !grey || dr.Empty() {
		return mark{}, false
	}
	m := mark{w: dr.Dx() + 2*bracketPad, h: dr.Dy() + 2*bracketPad}
	ink := make([]float32, m.w*m.h)
	for y := range dr.Dy() {
		for x := range dr.Dx() {
			ink[(y+bracketPad)*m.w+x+bracketPad] = float32(alpha.AlphaAt(maskp.X+x, maskp.Y+y).A)
		}
	}
	m.shape = normal(blur(ink, m.w, m.h))
	return m, m.shape != nil
}
