package imaging

import "image"

// Blocks cuts a region of a text plane into blocks that can be read by
// themselves: along gutters wide enough to part columns, then along blank
// stretches between paragraphs, again and again. A region without either is
// one block; blank ones are left out.
func Blocks(g *image.Gray, region image.Rectangle, dpi int) []image.Rectangle {
	return cut(g, region.Intersect(g.Rect), dpi, 0)
}

func cut(g *image.Gray, r image.Rectangle, dpi, depth int) []image.Rectangle {
	r = trim(g, r)
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
			parts := split(g, r, least, upright)
			if len(parts) < 2 {
				continue
			}
			var out []image.Rectangle
			for _, p := range parts {
				out = append(out, cut(g, p, dpi, depth+1)...)
			}
			return out
		}
	}
	pad := max(2, mm(0.8, dpi))
	return []image.Rectangle{r.Inset(-pad).Intersect(g.Rect)}
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

// split parts a region along blank stretches of at least the given width.
func split(g *image.Gray, r image.Rectangle, least int, columns bool) []image.Rectangle {
	ink := inked(g, r, columns)
	var parts []image.Rectangle
	start, blank := 0, 0
	add := func(from, to int) {
		p := image.Rect(r.Min.X, r.Min.Y+from, r.Max.X, r.Min.Y+to)
		if columns {
			p = image.Rect(r.Min.X+from, r.Min.Y, r.Min.X+to, r.Max.Y)
		}
		parts = append(parts, p)
	}
	for i, n := range ink {
		if n <= 1 { // a speck parts nothing
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
func trim(g *image.Gray, r image.Rectangle) image.Rectangle {
	for _, columns := range []bool{false, true} {
		ink := inked(g, r, columns)
		from, to := 0, len(ink)
		for from < to && ink[from] <= 1 {
			from++
		}
		for to > from && ink[to-1] <= 1 {
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
