package imaging

import "image"

// Blocks cuts a region of a text plane into blocks that can be read by
// themselves: along gutters wide enough to part columns, then along blank
// stretches between paragraphs, again and again. A region without either is
// one block; blank ones are left out.
func Blocks(g *image.Gray, region image.Rectangle, dpi int) []image.Rectangle {
	a := area{g: g, dpi: dpi, at: region.Intersect(g.Rect)}
	a.dark = darker(g, a.at, 140)
	if left, inner, right, ok := edgeStrips(g, a.trim(a.at), dpi); ok {
		out := a.cut(left, 1)
		out = append(out, a.cut(inner, 1)...)
		return append(out, a.cut(right, 1)...)
	}
	return a.cut(a.at, 0)
}

// area is a region of a text plane, its dark pixels marked.
type area struct {
	g    *image.Gray
	dpi  int
	at   image.Rectangle
	dark bitmap
}

// edgeStrips parts the sides of an ornamental frame, as round a licence, from
// what it encloses: narrow strips along both sides, inked over their whole
// height, behind gaps that little but the frame's top and bottom cross. A
// recogniser takes a frame's side for one more letter of each row.
func edgeStrips(g *image.Gray, r image.Rectangle, dpi int) (left, inner, right image.Rectangle, ok bool) {
	if r.Dx() < mm(100, dpi) || r.Dy() < mm(100, dpi) {
		return left, inner, right, false
	}
	side := mm(25, dpi)
	// strip is how wide the strip is that begins at one side, 0 for none.
	strip := func(ink []int, at func(int) int, rect func(width int) image.Rectangle) int {
		blank := 0
		for x := range side {
			if ink[at(x)] > r.Dy()/20 {
				blank = 0
			} else if blank++; blank >= mm(3, dpi) && x-blank >= mm(1, dpi) && allAlong(g, rect(x-blank), dpi) {
				return x - blank/2
			}
		}
		return 0
	}
	fromLeft := func(width int) image.Rectangle { return image.Rect(r.Min.X, r.Min.Y, r.Min.X+width, r.Max.Y) }
	fromRight := func(width int) image.Rectangle {
		return image.Rect(r.Max.X-width, r.Min.Y, r.Max.X, r.Max.Y)
	}
	a := strip(inked(g, fromLeft(side), true), func(x int) int { return x }, fromLeft)
	b := strip(inked(g, fromRight(side), true), func(x int) int { return side - 1 - x }, fromRight)
	left, right = fromLeft(a), fromRight(b)
	inner = image.Rect(left.Max.X, r.Min.Y, right.Min.X, r.Max.Y)
	return left, inner, right, a > 0 && b > 0
}

// allAlong says whether nearly every centimetre of a strip's height bears ink.
func allAlong(g *image.Gray, r image.Rectangle, dpi int) bool {
	rows := inked(g, r, false)
	step, full, bins := mm(10, dpi), 0, 0
	for y := 0; y+step <= len(rows); y += step {
		bins++
		for _, n := range rows[y : y+step] {
			if n > 0 {
				full++
				break
			}
		}
	}
	return full*10 >= bins*8
}

func (a area) cut(r image.Rectangle, depth int) []image.Rectangle {
	dpi := a.dpi
	r = a.trim(r)
	if r.Empty() {
		return nil
	}
	if depth < 8 {
		// Letters of a spaced title stand further apart than columns of small print.
		gutter := mm(14, dpi)
		if r.Dy() < mm(13, dpi) {
			gutter = max(gutter, r.Dy()*5/2)
		}
		for _, upright := range []bool{true, false} {
			least := gutter
			if !upright {
				least = mm(4, dpi)
			}
			parts := a.split(r, least, upright)
			if len(parts) < 2 {
				continue
			}
			var out []image.Rectangle
			for _, part := range parts {
				out = append(out, a.cut(part, depth+1)...)
			}
			return out
		}
	}
	pad := max(2, mm(0.8, dpi))
	return []image.Rectangle{r.Inset(-pad).Intersect(a.g.Rect)}
}

// inked counts dark pixels by column or row of a region.
func inked(g *image.Gray, r image.Rectangle, columns bool) []int {
	n := r.Dy()
	if columns {
		n = r.Dx()
	}
	out := make([]int, n)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()]
		for x := r.Min.X; x < r.Max.X; x++ {
			if row[x] < 140 {
				if columns {
					out[x-r.Min.X]++
				} else {
					out[y-r.Min.Y]++
				}
			}
		}
	}
	return out
}

// inkedLines tells the columns or rows of a region that bear ink; a speck is none.
func (a area) inkedLines(r image.Rectangle, columns bool) []bool {
	if r = r.Sub(a.at.Min); columns {
		return a.dark.columnsInked(r)
	}
	return a.dark.rowsInked(r)
}

// split parts a region along blank stretches of at least the given width.
func (a area) split(r image.Rectangle, least int, columns bool) []image.Rectangle {
	ink := a.inkedLines(r, columns)
	var parts []image.Rectangle
	start, blank := 0, 0
	add := func(from, to int) {
		p := image.Rect(r.Min.X, r.Min.Y+from, r.Max.X, r.Min.Y+to)
		if columns {
			p = image.Rect(r.Min.X+from, r.Min.Y, r.Min.X+to, r.Max.Y)
		}
		parts = append(parts, p)
	}
	for i, inked := range ink {
		if !inked {
			blank++
			continue
		}
		if blank >= least && i-blank > start {
			add(start, i-blank)
			start = i
		} else if blank >= least {
			start = i
		}
		blank = 0
	}
	add(start, len(ink))
	return parts
}

// trim cuts blank margins off a region.
func (a area) trim(r image.Rectangle) image.Rectangle {
	for _, columns := range []bool{false, true} {
		ink := a.inkedLines(r, columns)
		from, to := 0, len(ink)
		for from < to && !ink[from] {
			from++
		}
		for to > from && !ink[to-1] {
			to--
		}
		if columns {
			r = image.Rect(r.Min.X+from, r.Min.Y, r.Min.X+to, r.Max.Y)
		} else {
			r = image.Rect(r.Min.X, r.Min.Y+from, r.Max.X, r.Min.Y+to)
		}
	}
	return r
}
