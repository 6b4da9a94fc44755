// Package glyph compares the picture of a character with what it would look
// like in the typefaces of this machine: for characters that the recogniser
// does not know, and for names that differ in one.
package glyph

import (
	"image"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"hequan/internal/fontfile"
)

// faceFiles are the typefaces of Debian's packages fonts-noto-cjk, fonts-arphic-ukai, fonts-arphic-uming and
// fonts-wqy-zenhei: Hei, Song and Kai, which papers are printed in or alike (GB/T 9704 wants Song, Hei, Kai and Fang Song).
// A character of Kai is as unlike one of Song as two that look alike. The family chooses a face of a collection.
var faceFiles = []struct{ path, family string }{
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"},
	{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"},
	{"/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"},
	{"/usr/share/fonts/truetype/arphic/ukai.ttc", "AR PL UKai CN"},
	{"/usr/share/fonts/truetype/arphic/uming.ttc", "AR PL UMing CN"},
	{"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYi Zen Hei"},
}

const (
	em     = 28 // pixels of a character's square when shapes are compared
	margin = 4  // by which a cell may lie off, on each side
	window = em + 2*margin
)

// Shapes draws characters in the faces of this machine. It is safe for
// concurrent use.
type Shapes struct {
	mu     sync.Mutex
	faces  []font.Face
	drawn  map[rune][][]float32
	narrow map[rune][]mark // brackets

	rivals rivals
}

// Load opens the faces that are installed. Without any, nothing can be compared.
func Load() *Shapes {
	s := &Shapes{drawn: map[rune][][]float32{}, narrow: map[rune][]mark{}}
	for _, f := range faceFiles {
		one, err := fontfile.Open(f.path, f.family)
		if err != nil {
			continue
		}
		if face, err := opentype.NewFace(one, &opentype.FaceOptions{Size: em, DPI: 72, Hinting: font.HintingNone}); err == nil {
			s.faces = append(s.faces, face)
		}
	}
	return s
}

// Faces is the number of faces found.
func (s *Shapes) Faces() int { return len(s.faces) }

// shapes returns a character's normalised picture in each face that has it.
func (s *Shapes) shapes(r rune) [][]float32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if out, ok := s.drawn[r]; ok {
		return out
	}
	var out [][]float32
	for _, face := range s.faces {
		if v := draw(face, r); v != nil {
			out = append(out, v)
		}
	}
	s.drawn[r] = out
	return out
}

// draw paints a character into the middle of its square.
func draw(face font.Face, r rune) []float32 {
	dr, mask, maskp, _, ok := face.Glyph(fixed.P(0, 0), r)
	if !ok || dr.Empty() {
		return nil
	}
	alpha, ok := mask.(*image.Alpha)
	if !ok {
		return nil
	}
	// Han characters stand in a square whose top is 0.88 em above the line.
	ink := make([]float32, em*em)
	for y := dr.Min.Y; y < dr.Max.Y; y++ {
		for x := dr.Min.X; x < dr.Max.X; x++ {
			cy := y + em*88/100
			if x < 0 || x >= em || cy < 0 || cy >= em {
				continue
			}
			ink[cy*em+x] = float32(alpha.AlphaAt(maskp.X+x-dr.Min.X, maskp.Y+y-dr.Min.Y).A)
		}
	}
	return normal(blur(ink, em, em))
}

// blur evens out strokes by a pixel: typefaces differ in weight and place of them.
func blur(v []float32, w, h int) []float32 {
	pass := func(in []float32, step, count, lines, jump int) []float32 {
		out := make([]float32, len(in))
		for l := range lines {
			at := l * jump
			for i := range count {
				a, b := in[at+i*step], in[at+i*step]
				if i > 0 {
					a = in[at+(i-1)*step]
				}
				if i+1 < count {
					b = in[at+(i+1)*step]
				}
				out[at+i*step] = (a + 2*in[at+i*step] + b) / 4
			}
		}
		return out
	}
	v = pass(v, 1, w, h, w)
	return pass(v, w, h, w, 1)
}

// normal takes the mean away and scales to length one; nil for an even picture.
func normal(v []float32) []float32 {
	mean := float32(0)
	for _, x := range v {
		mean += x
	}
	mean /= float32(len(v))
	sum := 0.0
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x - mean
		sum += float64(out[i]) * float64(out[i])
	}
	if sum < 1 {
		return nil
	}
	f := float32(1 / math.Sqrt(sum))
	for i := range out {
		out[i] *= f
	}
	return out
}

// Cell is the picture of one character, made ready for comparing.
type Cell struct {
	views []view // at the places and sizes it may have
}

// view is a character's picture at one place and size, and the spread of what each of the
// squares has that it may fill; 0 where such a square is even.
type view struct {
	ink    []float32 // window × window
	spread [shifts * shifts]float64
}

// shifts is how many places a square may have in a window, each way.
const shifts = 2*margin + 1

// Place is where a character's square may lie, in pixels: its middle and side.
type Place struct{ X, Y, Side float64 }

// sizes are what a character's square may be of the size it was taken for.
var sizes = []float64{0.9, 1, 1.1}

// NewCell takes a character from a text plane (ink dark). Where its place is
// not certain, several may be given.
func NewCell(g *image.Gray, places ...Place) Cell {
	var c Cell
	for _, p := range places {
		for _, s := range sizes {
			step := p.Side * s / em
			v := make([]float32, window*window)
			for y := range window {
				for x := range window {
					v[y*window+x] = 255 - mean(g, p.X+(float64(x)-window/2)*step, p.Y+(float64(y)-window/2)*step, step)
				}
			}
			c.views = append(c.views, newView(blur(v, window, window)))
		}
	}
	return c
}

func newView(ink []float32) view {
	v := view{ink: ink}
	for dy := range shifts {
		for dx := range shifts {
			if s := spread(ink[dy*window+dx:], window); s >= leastSpread {
				v.spread[dy*shifts+dx] = math.Sqrt(s)
			}
		}
	}
	return v
}

// leastSpread is what a square has to have for anything to be seen in it.
const leastSpread = 1

// spread is how far the values of the square that begins a picture lie from their mean: the sum of squares.
func spread(picture []float32, stride int) float64 {
	sum, squares := 0.0, 0.0
	for y := range em {
		for _, v := range picture[y*stride : y*stride+em] {
			sum += float64(v)
			squares += float64(v) * float64(v)
		}
	}
	return squares - sum*sum/(em*em)
}

// Find looks for a character around a place, as far as across and down say in
// squares of its side, and returns where it is likest and how like it is there;
// -1 where no face has it.
func (s *Shapes) Find(g *image.Gray, r rune, at Place, across, down float64) (Place, float64) {
	one := s.FindEach(g, []rune{r}, at, across, down)[0]
	return one.At, one.Like
}

// Seen is where, around a place, a character is likest and how like it is there.
type Seen struct {
	Rune rune
	At   Place
	Like float64 // -1…1; -1 where no face has it
}

// FindEach looks for each of several characters around a place, like Find.
func (s *Shapes) FindEach(g *image.Gray, all []rune, at Place, across, down float64) []Seen {
	out := make([]Seen, len(all))
	for i, r := range all {
		out[i] = Seen{r, at, -1}
	}
	for _, size := range sizes {
		step := at.Side * size / em
		nx, ny := int(across*at.Side/step), int(down*at.Side/step)
		w, h := em+2*nx, em+2*ny
		v := make([]float32, w*h)
		for y := range h {
			for x := range w {
				v[y*w+x] = 255 - mean(g, at.X+(float64(x)-float64(w)/2)*step, at.Y+(float64(y)-float64(h)/2)*step, step)
			}
		}
		v = blur(v, w, h)
		for i, r := range all {
			if like, dx, dy := likestIn(v, w, nx, ny, s.shapes(r)); like > out[i].Like {
				out[i] = Seen{r, Place{X: at.X + float64(dx-nx)*step, Y: at.Y + float64(dy-ny)*step, Side: at.Side * size}, like}
			}
		}
	}
	return out
}

// likestIn is where in a window of 2 nx + 1 by 2 ny + 1 places one of the shapes is likest: every other
// place is tried, then those beside the best of them.
func likestIn(v []float32, w, nx, ny int, shapes [][]float32) (like float64, bx, by int) {
	like = -1
	if len(shapes) == 0 {
		return like, 0, 0
	}
	try := func(dx, dy int) {
		if dx < 0 || dy < 0 || dx > 2*nx || dy > 2*ny {
			return
		}
		if l := likest(v[dy*w+dx:], w, shapes); l > like {
			like, bx, by = l, dx, dy
		}
	}
	for dy := 0; dy <= 2*ny; dy += 2 {
		for dx := 0; dx <= 2*nx; dx += 2 {
			try(dx, dy)
		}
	}
	for k, x, y := 0, bx, by; k < 9; k++ {
		try(x+k%3-1, y+k/3-1)
	}
	return like, bx, by
}

// likest is the best correlation of the square that begins a picture with one of
// the shapes; -1 for an even square.
func likest(picture []float32, stride int, shapes [][]float32) float64 {
	best := -1.0
	s := spread(picture, stride)
	if s < leastSpread {
		return best
	}
	for _, shape := range shapes {
		dot := float32(0)
		for y := range em {
			row := picture[y*stride:][:em]
			for x, v := range shape[y*em:][:em] {
				dot += v * row[x]
			}
		}
		best = max(best, float64(dot)/math.Sqrt(s))
	}
	return best
}

// like is the best correlation of a shape with the squares of a view. The sums of the nine squares of a row
// are made side by side, each in the order in which one alone would be: a sum waits for each of its steps.
func (v *view) like(shape []float32) float64 {
	best := -1.0
	for dy := range shifts {
		var d0, d1, d2, d3, d4, d5, d6, d7, d8 float32
		for y := range em {
			row := (*[window]float32)(v.ink[(dy+y)*window:])
			for x, s := range (*[em]float32)(shape[y*em:]) {
				d0 += s * row[x]
				d1 += s * row[x+1]
				d2 += s * row[x+2]
				d3 += s * row[x+3]
				d4 += s * row[x+4]
				d5 += s * row[x+5]
				d6 += s * row[x+6]
				d7 += s * row[x+7]
				d8 += s * row[x+8]
			}
		}
		for dx, d := range [shifts]float32{d0, d1, d2, d3, d4, d5, d6, d7, d8} {
			if s := v.spread[dy*shifts+dx]; s > 0 {
				best = max(best, float64(d)/s)
			}
		}
	}
	return best
}

// mean is the grey of a square of pixels, weighted by how much of each it covers.
func mean(g *image.Gray, x0, y0, step float64) float32 {
	sum, area := 0.0, 0.0
	for y := int(math.Floor(y0)); float64(y) < y0+step; y++ {
		hy := min(float64(y+1), y0+step) - max(float64(y), y0)
		for x := int(math.Floor(x0)); float64(x) < x0+step; x++ {
			w := hy * (min(float64(x+1), x0+step) - max(float64(x), x0))
			v := 255.0
			if (image.Point{X: x, Y: y}).In(g.Rect) {
				v = float64(g.Pix[(y-g.Rect.Min.Y)*g.Stride+x-g.Rect.Min.X])
			}
			sum += w * v
			area += w
		}
	}
	return float32(sum / area)
}

// Likeness says how like a character the cell is, -1…1: the best correlation
// over faces, sizes and small shifts. It is -1 where no face has the character.
func (s *Shapes) Likeness(c Cell, r rune) float64 {
	best := -1.0
	shapes := s.shapes(r)
	if len(shapes) == 0 {
		return best
	}
	for i := range c.views {
		for _, shape := range shapes {
			best = max(best, c.views[i].like(shape))
		}
	}
	return best
}
