package pipeline

import (
	"image"
	"math"

	"hequan/internal/glyph"
)

// standing is where the characters of a word stand in a picture, as those that
// were read tell.
type standing struct {
	s      *settler
	plane  *image.Gray
	want   []rune
	at     []int                               // align
	first  float64                             // middle of the first character, fraction of the width
	y      float64                             // middle of the line
	anchor float64                             // left edge of the first
	sides  []float64                           // that characters may have
	shifts []float64                           // by which they may lie off, in sides
	point  func(x, y float64) (px, py float64) // pixels
	seen   []glyph.Place
}

// stand finds out where a word stands; false where too little of it was read, or
// there is no picture.
func (s *settler) stand(sha string, page int, want []rune, chars []placed) (*standing, bool) {
	at := align(want, chars)
	// Chinese characters stand at equal distances.
	var ks, xs []float64
	y := 0.0
	for i, k := range at {
		if k < -1 {
			k = -2 - k
		}
		if k >= 0 {
			ks, xs = append(ks, float64(i)), append(xs, (chars[k].x0+chars[k].x1)/2)
			y += chars[k].y
		}
	}
	plane := s.plane(sha, page)
	if len(ks) < 2 || plane == nil || s.shapes == nil || s.shapes.Faces() == 0 {
		return nil, false
	}
	first, pitch := line(ks, xs)
	w, h := float64(plane.Rect.Dx()), float64(plane.Rect.Dy())
	// Of a short name the boxes are a poor measure: its characters are looked
	// for from its left edge on, at the distances that the page's print has.
	p := &standing{s: s, plane: plane, want: want, at: at, first: first, y: y / float64(len(ks)), anchor: first - pitch/2, sides: []float64{pitch}, shifts: []float64{0}}
	if len(chars) != len(want) {
		p.shifts = []float64{-0.25, 0, 0.25} // characters read too many or too few move the others
	}
	if len(ks) < 4 {
		p.sides, p.shifts = append(p.sides, s.pitches(sha, page)...), []float64{-0.25, 0, 0.25}
		p.anchor = chars[0].x0
	}
	slope := math.Tan(s.pages[pageKey(sha, page)].Skew * math.Pi / 180)
	middle := first + pitch*float64(len(want)-1)/2
	frame := s.pages[pageKey(sha, page)].Frame
	p.point = func(x, y float64) (px, py float64) {
		px, py = x, y+(x-middle)*slope*w/h
		if !frame.IsZero() {
			px, py = frame.Point(px, py)
		}
		return px * w, py * h
	}
	return p, true
}

// cell is the picture of character i of the word, or of one behind it.
func (p *standing) cell(i int) glyph.Cell {
	w := float64(p.plane.Rect.Dx())
	var places []glyph.Place
	for _, side := range p.sides {
		if side*w < 12 || side*w > 90 {
			continue
		}
		for _, o := range p.shifts {
			px, py := p.point(p.anchor+side*(float64(i)+0.5+o), p.y)
			places = append(places, glyph.Place{X: px, Y: py, Side: side * w})
		}
	}
	if at, ok := p.registered(i); ok {
		places = append(places, at)
	}
	return glyph.NewCell(p.plane, places...)
}

// registered is where character i stands by those that are seen next to it.
func (p *standing) registered(i int) (glyph.Place, bool) {
	w := float64(p.plane.Rect.Dx())
	if p.seen == nil {
		most := -1.0
		for n, side := range p.sides {
			from := p.first
			if n > 0 {
				from = p.anchor + side/2
			}
			list, sum := p.s.register(p.plane, p.want, p.at, func(k int) glyph.Place {
				px, py := p.point(from+side*float64(k), p.y)
				return glyph.Place{X: px, Y: py, Side: side * w}
			})
			if sum > most {
				p.seen, most = list, sum
			}
		}
	}
	return between(p.seen, i)
}

// register says where the characters of a name that were read right are seen,
// from left to right, each looked for beside the one before: boxes of words that
// hold narrow characters besides give their places badly. place is where each is
// thought to be; what is not seen has side 0.
// It also returns how like they are together.
func (s *settler) register(plane *image.Gray, want []rune, at []int, place func(k int) glyph.Place) (seen []glyph.Place, sum float64) {
	const like = 0.7
	seen = make([]glyph.Place, len(want))
	last := -1
	for k := range want {
		p := place(k)
		if at[k] < 0 || p.Side < 12 || p.Side > 90 {
			continue
		}
		if last >= 0 {
			before := place(last)
			p.X += seen[last].X - before.X + float64(k-last)*(seen[last].Side-p.Side)*0.5
			p.Y += seen[last].Y - before.Y
		}
		if found, l := s.shapes.Find(plane, want[k], p, 0.7, 0.4); l >= like {
			seen[k], last = found, k
			sum += l
		}
	}
	return seen, sum
}

// between says where character i stands by those seen next to it, two on each
// side at most.
func between(seen []glyph.Place, i int) (glyph.Place, bool) {
	var ks, xs, ys []float64
	side := 0.0
	for _, step := range []int{-1, 1} {
		found := 0
		for k := i + step; k >= 0 && k < max(len(seen), i) && found < 2 && (k-i)*step <= 4; k += step {
			if k >= len(seen) {
				continue
			}
			if p := seen[k]; p.Side > 0 {
				found++
				ks, xs, ys = append(ks, float64(k)), append(xs, p.X), append(ys, p.Y)
				side += p.Side
			}
		}
	}
	switch n := len(ks); {
	case n == 1 && math.Abs(ks[0]-float64(i)) == 1:
		return glyph.Place{X: xs[0] + side*(float64(i)-ks[0]), Y: ys[0], Side: side}, true
	case n < 2:
		return glyph.Place{}, false
	}
	side /= float64(len(ks))
	ax, bx := line(ks, xs)
	ay, by := line(ks, ys)
	if math.Abs(bx-side) > 0.3*side {
		return glyph.Place{}, false
	}
	return glyph.Place{X: ax + bx*float64(i), Y: ay + by*float64(i), Side: side}, true
}
