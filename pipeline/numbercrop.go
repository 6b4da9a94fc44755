package pipeline

import (
	"image"

	"hequan/internal/imaging"
)

// otherCrop is a crop that begins a piece of ink earlier where a recogniser of numbers lost the first
// digit that was read, or that ends a piece earlier where it read a character more:
// boxes of symbols may lie a whole character off where digits touch Chinese ones.
func otherCrop(g *image.Gray, crop image.Rectangle, first, a string) (image.Rectangle, bool) {
	f, r := []rune(first), []rune(a)
	if len(f) < 5 || len(r) < 4 {
		return crop, false
	}
	lost := f[0] >= '0' && f[0] <= '9' && r[0] == f[1] && r[1] == f[2] && r[2] == f[3]
	more := len(r) == len(f)+1 && !lost || lost && len(r) == len(f)
	if lost {
		crop.Min.X = beyondInk(g, crop, crop.Min.X, -1)
	}
	if more {
		crop.Max.X = beyondInk(g, crop, crop.Max.X, -1)
	}
	return crop, (lost || more) && crop.Dx() > crop.Dy()
}

// beyondInk goes from a column over blank ones and the piece of ink behind them to the
// next blank one.
func beyondInk(g *image.Gray, crop image.Rectangle, x, step int) int {
	y0, y1 := crop.Min.Y+crop.Dy()/6, crop.Max.Y-crop.Dy()/6
	for n, in := 0, false; n < 2*crop.Dy(); n++ {
		x += step
		if x <= g.Rect.Min.X || x >= g.Rect.Max.X-1 {
			break
		}
		switch ink := inked(g, x, y0, y1); {
		case ink:
			in = true
		case in:
			return x
		}
	}
	return x
}

// withTouching widens a box by print that stands so close that it belongs to
// it although no character was read there: the digit after ¥ is swallowed so.
func withTouching(g *image.Gray, box image.Rectangle, lowest, highest, gap int) image.Rectangle {
	for x, blank := box.Min.X-1, 0; x >= max(lowest, g.Rect.Min.X) && blank <= gap; x-- {
		if blank++; inked(g, x, box.Min.Y, box.Max.Y) {
			box.Min.X, blank = x, 0
		}
	}
	for x, blank := box.Max.X, 0; x < min(highest, g.Rect.Max.X) && blank <= gap; x++ {
		if blank++; inked(g, x, box.Min.Y, box.Max.Y) {
			box.Max.X, blank = x+1, 0
		}
	}
	return box
}

// spanCrop cuts a stretch out with its margins. Boxes of symbols are rough:
// where a neighbour stands, the cut goes through the gap that is seen.
func spanCrop(g *image.Gray, line []letter, s span, within image.Rectangle) image.Rectangle {
	var box image.Rectangle
	em := 0
	for _, one := range line[s.from:s.to] {
		box = box.Union(one.Rect)
	}
	for _, one := range line {
		em = max(em, min(one.Rect.Dy(), box.Dy()))
	}
	lowest, highest := within.Min.X, within.Max.X
	if s.from > 0 {
		before, own := line[s.from-1].Rect, line[s.from].Rect
		lowest = gapBetween(g, box, before.Min.X+before.Dx()*6/10, own.Min.X+own.Dx()*6/10, true)
	}
	if s.to < len(line) {
		own, after := line[s.to-1].Rect, line[s.to].Rect
		highest = gapBetween(g, box, own.Max.X-own.Dx()*6/10, after.Max.X-after.Dx()*6/10, false)
	}
	box.Min.X, box.Max.X = max(box.Min.X, lowest), min(box.Max.X, highest)
	box = withTouching(g, box, lowest, highest, em*3/10)
	side := em / 6
	rough := box.Inset(-side).Intersect(within)
	rough.Min.X, rough.Max.X = max(rough.Min.X, lowest), min(rough.Max.X, highest)
	crop := imaging.LineCrop(g, rough, em, 0.25, 0.4)
	crop.Min.X, crop.Max.X = max(crop.Min.X, lowest), min(crop.Max.X, highest)
	return crop
}

// gapBetween returns the middle of the gap between two characters that is
// sought from x0 to x1 at the height of box: of the widest gaps the first, or the
// last; where there is none, the middle.
func gapBetween(g *image.Gray, box image.Rectangle, x0, x1 int, first bool) int {
	type gap struct{ from, to int }
	var gaps []gap
	widest, start := 0, -1
	for x := max(x0, g.Rect.Min.X); x <= min(x1, g.Rect.Max.X); x++ {
		if x < min(x1, g.Rect.Max.X) && !inked(g, x, box.Min.Y, box.Max.Y) {
			if start < 0 {
				start = x
			}
			continue
		}
		if start >= 0 {
			gaps, widest, start = append(gaps, gap{start, x}), max(widest, x-start), -1
		}
	}
	at := (x0 + x1) / 2
	for _, o := range gaps {
		if 10*(o.to-o.from) >= 7*widest {
			at = (o.from + o.to) / 2
			if first {
				break
			}
		}
	}
	return at
}

// inked says whether more than a speck stands in a column between two heights.
func inked(g *image.Gray, x, y0, y1 int) bool {
	n := 0
	for y := max(g.Rect.Min.Y, y0); y < min(g.Rect.Max.Y, y1); y++ {
		if g.Pix[(y-g.Rect.Min.Y)*g.Stride+x-g.Rect.Min.X] < 128 {
			n++
		}
	}
	return n > 1
}

// moreInk says whether in a stretch of a day's characters, each of them one piece of ink, more pieces stand than characters
// were read: of two alike beside each other (11) each of the recognisers may see one.
func moreInk(g *image.Gray, crop image.Rectangle, line []letter) bool {
	for _, l := range line {
		if r := first(l); !(r >= '0' && r <= '9') && r != '年' && r != '月' && r != '日' {
			return false
		}
	}
	runs, in := 0, false
	for x := crop.Min.X; x < crop.Max.X; x++ {
		ink := false
		for y := crop.Min.Y; y < crop.Max.Y && !ink; y++ {
			ink = (image.Point{X: x, Y: y}).In(g.Rect) && g.GrayAt(x, y).Y < lightInk
		}
		if ink && !in {
			runs++
		}
		in = ink
	}
	return runs > len(line)
}

// lightInk is the grey of the thin strokes that hold a character together.
const lightInk = 160
