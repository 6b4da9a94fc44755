package imaging

import (
	"image"
	"slices"
)

// Positive turns light print on dark grounds, as the headings of tables have, into dark
// print on white in a grey plane of a picture, which it returns: a recogniser reads it then,
// and a ground that fades from the plane by its colour does not take its print along. Rules
// that are darker than their ground stay. What fills no band, stands at the picture's edge or
// bears no lighter print stays as it is.
func Positive(img *image.NRGBA, plane *image.Gray) *image.Gray {
	m := groundsOf(img, paperLevel(img)*70/100)
	for _, g := range m.grounds() {
		m.turn(img, plane, g)
	}
	return plane
}

// grounds marks the squares of a picture, a millimetre wide if it is a page of A4, that are
// mostly darker than limit.
type grounds struct {
	size, w, h int
	limit      int
	dark       []bool
	solid      []bool // dark nearly everywhere, as no print is
}

// ground is one dark area: of each column of squares that it has the first and the last row.
type ground struct {
	x0          int
	first, last []int
}

func luma(p []uint8) int { return (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000 }

func groundsOf(img *image.NRGBA, limit int) grounds {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	m := grounds{size: max(4, max(w, h)/297), limit: limit}
	m.w, m.h = w/m.size, h/m.size
	m.dark, m.solid = make([]bool, m.w*m.h), make([]bool, m.w*m.h)
	for r := range m.h {
		for c := range m.w {
			n, all := 0, 0
			for y := r * m.size; y < (r+1)*m.size; y += 2 {
				for x := c * m.size; x < (c+1)*m.size; x += 2 {
					if all++; luma(img.Pix[y*img.Stride+4*x:]) < limit {
						n++
					}
				}
			}
			m.dark[r*m.w+c], m.solid[r*m.w+c] = 2*n >= all, 100*n >= 97*all
		}
	}
	m.dark = thick(withoutLid(m.dark, m.w, m.h), m.w, m.h)
	return m
}

// withoutLid leaves out the squares that hang together with the picture's edges: what the scanner saw beside the sheet.
func withoutLid(dark []bool, w, h int) []bool {
	out := slices.Clone(dark)
	var stack []int
	visit := func(x, y int) {
		if x >= 0 && y >= 0 && x < w && y < h && out[y*w+x] {
			out[y*w+x] = false
			stack = append(stack, y*w+x)
		}
	}
	for x := range w {
		visit(x, 0)
		visit(x, h-1)
	}
	for y := range h {
		visit(0, y)
		visit(w-1, y)
	}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := at%w, at/w
		visit(x-1, y)
		visit(x+1, y)
		visit(x, y-1)
		visit(x, y+1)
	}
	return out
}

// thick leaves of squares those that are three wide and three tall with others: a table's rules, which are thinner,
// would make one area of its dark heading and all its rows.
func thick(dark []bool, w, h int) []bool {
	out := make([]bool, len(dark))
	keep := func(at, step, n int) { // marks runs of three and more
		for from := 0; from < n; {
			to := from
			for to < n && dark[at+to*step] {
				to++
			}
			for k := from; k < to && to-from >= 3; k++ {
				out[at+k*step] = true
			}
			from = to + 1
		}
	}
	for y := range h {
		keep(y*w, 1, w)
	}
	dark, out = out, make([]bool, len(dark))
	for x := range w {
		keep(x, w, h)
	}
	return out
}

// grounds are the dark areas that are bands, 10 mm wide and 3 to 40 mm high, or columns of headings, up to 60 mm wide
// and 150 mm high: filled nearly everywhere and in much of it solid, as heavy print is not. A sloping band is one as well.
func (m grounds) grounds() (out []ground) {
	seen := make([]bool, len(m.dark))
	for start, dark := range m.dark {
		if !dark || seen[start] {
			continue
		}
		seen[start] = true
		box := image.Rectangle{}
		stack, members := []int{start}, []int(nil)
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%m.w, at/m.w
			box, members = box.Union(image.Rect(x, y, x+1, y+1)), append(members, at)
			for _, d := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
				nx, ny := x+d[0], y+d[1]
				if nx >= 0 && ny >= 0 && nx < m.w && ny < m.h && m.dark[ny*m.w+nx] && !seen[ny*m.w+nx] {
					seen[ny*m.w+nx] = true
					stack = append(stack, ny*m.w+nx)
				}
			}
		}
		if box.Dx() < 10 || box.Dy() < 3 {
			continue
		}
		solid := 0
		for _, at := range members {
			if m.solid[at] {
				solid++
			}
		}
		if solid*10 < len(members)*4 {
			continue // heavy print
		}
		g := ground{x0: box.Min.X, first: make([]int, box.Dx()), last: make([]int, box.Dx())}
		for c := range g.first {
			g.first[c], g.last[c] = m.h, -1
		}
		for _, at := range members {
			c, y := at%m.w-g.x0, at/m.w
			g.first[c], g.last[c] = min(g.first[c], y), max(g.last[c], y)
		}
		area := 0
		for c := range g.first {
			area += g.last[c] - g.first[c] + 1
		}
		if high := area / box.Dx(); high >= 3 && (high <= 40 || high <= 150 && box.Dx() <= 60) && len(members)*100 >= area*85 {
			out = append(out, g)
		}
	}
	return out
}

// turn puts the print of a ground into the plane as dark on white.
func (m grounds) turn(img *image.NRGBA, plane *image.Gray, g ground) {
	// The ground's grey and colour, and the print's grey.
	var hist [256]int
	var sum [3]int
	n, high := 0, 0
	for c := range g.first {
		high = max(high, g.last[c]-g.first[c]+1)
		for y := (g.first[c]*2 + 1) * m.size / 2; y < (g.last[c]*2+1)*m.size/2; y++ {
			for x := (g.x0 + c) * m.size; x < (g.x0+c+1)*m.size; x++ {
				p := img.Pix[y*img.Stride+4*x:]
				hist[luma(p)]++
				n++
				for k := range sum {
					sum[k] += int(p[k])
				}
			}
		}
	}
	if n == 0 {
		return
	}
	base := middle(hist[:], n)
	light, lighter, darker := 255, 0, 0
	for seen := 0; light > base; light-- {
		if seen += hist[light]; seen*50 >= n {
			break
		}
	}
	for v, k := range hist {
		switch {
		case v > base+(light-base)/2 && light > base:
			lighter += k
		case v < base-40:
			darker += k
		}
	}
	red := sum[0] > sum[1]+60*n && sum[0] > sum[2]+60*n // the ground of a seal with light characters
	if light-base < 60 || lighter*100 < 2*n || lighter*5 > 2*n || darker*2 > lighter || red && len(g.first) < 3*high {
		return
	}
	half := base + (light-base)/2
	at := func(x, y int) int { return luma(img.Pix[y*img.Stride+4*x:]) }
	edge := func(x, from, to, step int) int { // where the ground begins in a column of pixels
		for y := from; y != to; y += step {
			if at(x, y) < half && at(x, y+step) < half && at(x, y+2*step) < half {
				return y
			}
		}
		return -1
	}
	put := func(x, y int, inside bool) {
		v, out := at(x, y), 255
		switch {
		case v < base-15: // a rule
			out = v
		case inside && (v-base)*4 > light-base:
			out = max(0, 255-255*(v-base)/(light-base))
		}
		plane.Pix[y*plane.Stride+x] = uint8(out)
	}
	columns := map[int][2]int{} // of pixels that the ground has: where it begins and ends
	from, to := g.x0*m.size-m.size, (g.x0+len(g.first)+1)*m.size
	framed := false
	for x := from; x < to; x++ {
		c := min(max(x/m.size-g.x0, 0), len(g.first)-1)
		y0, y1 := g.first[c]*m.size-m.size/2, (g.last[c]+1)*m.size+m.size/2
		top, bottom := edge(x, y0, y1, 1), edge(x, y1-1, y0, -1)
		if top < 0 || bottom-top < m.size {
			continue
		}
		columns[x] = [2]int{top, bottom}
		rule := 0
		for y := top; y < bottom; y++ {
			if min(at(x-1, y), at(x, y), at(x+1, y)) < base-15 {
				rule++
			}
		}
		framed = framed || rule*10 > (bottom-top)*7
	}
	// Where rules stand on the ground its edges are rules too; else the pixels that are
	// neither ground nor paper are taken off.
	const soft = 2
	for x := from; x < to; x++ {
		y, ok := columns[x]
		if !ok {
			continue
		}
		_, before := columns[x-1]
		_, behind := columns[x+1]
		for r := y[0] - soft; r <= y[1]+soft; r++ {
			edge := r < y[0]+soft || r > y[1]-soft || !before || !behind
			switch {
			case edge && framed && r >= y[0] && r <= y[1]:
				plane.Pix[r*plane.Stride+x] = 0
			case !framed || r >= y[0] && r <= y[1]:
				put(x, r, !edge)
			}
			for k := 1; k <= soft && !framed; k++ {
				if !before {
					put(x-k, r, false)
				}
				if !behind {
					put(x+k, r, false)
				}
			}
		}
	}
}
