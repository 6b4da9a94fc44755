package imaging

import (
	"image"
	"math"
	"sort"

	"hequan"
)

// sheetSide is the longer side, in pixels, at which a sheet's edges are looked for.
const sheetSide = 480

// Straighten finds a sheet of paper that lies on something darker, as in a
// photograph, and returns it upright and rectangular at the photograph's scale,
// with the frame that leads back. ok is false where the picture is a plain
// scan, or no four straight edges can be made out.
func Straighten(img *image.NRGBA) (sheet *image.NRGBA, frame hequan.Frame, ok bool) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	scale := float64(sheetSide) / float64(max(w, h))
	if scale >= 1 {
		return nil, hequan.Frame{}, false
	}
	small := Luma(Resize(img, max(1, int(float64(w)*scale)), max(1, int(float64(h)*scale))))
	quad, ok := sheetCorners(small)
	if !ok {
		return nil, hequan.Frame{}, false
	}
	sw, sh := float64(small.Rect.Dx()), float64(small.Rect.Dy())
	var at [4][2]float64 // top left, top right, bottom right, bottom left, in fractions
	for i, p := range quad {
		at[i] = [2]float64{p[0] / sw, p[1] / sh}
	}
	length := func(a, b [2]float64) float64 { return math.Hypot((a[0]-b[0])*float64(w), (a[1]-b[1])*float64(h)) }
	width := int(max(length(at[0], at[1]), length(at[3], at[2])))
	height := int(max(length(at[0], at[3]), length(at[1], at[2])))
	if width < w/4 || height < h/4 {
		return nil, hequan.Frame{}, false
	}
	frame, ok = squareTo(at)
	if !ok {
		return nil, hequan.Frame{}, false
	}
	return warp(img, frame, width, height), frame, true
}

// sheetCorners finds the corners of the sheet in a small grey picture, from
// the top left clockwise. A table may be nearly as light as the sheet on it, and
// a shaded sheet as dark as its table elsewhere: of several limits between the two
// the highest is taken at which all four edges are about as straight as at any.
func sheetCorners(g *image.Gray) (quad [4][2]float64, found bool) {
	around, paper, ok := greyLevels(g)
	if !ok {
		return quad, false
	}
	const about = 0.05
	straightest := 0.0
	for share := 0.55; share < 0.9; share += 0.1 {
		limit := uint8(float64(paper)*share + float64(around)*(1-share))
		at, straight, ok := cornersAt(g, limit)
		if ok && straight > straightest-about {
			quad, straightest, found = at, max(straight, straightest), true
		}
	}
	return quad, found
}

// cornersAt finds the corners of what is lighter than a limit, and the share of
// the outline that lies on the least straight of the four edges.
func cornersAt(g *image.Gray, limit uint8) (quad [4][2]float64, straight float64, ok bool) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	mask := component(g, limit)
	area := 0
	for _, m := range mask {
		if m {
			area++
		}
	}
	if share := float64(area) / float64(w*h); share < 0.25 || share > 0.97 {
		return quad, 0, false
	}
	// The outline from each side: of every row its first and last paper, of every column likewise.
	edges := [4]edge{}
	for y := range h {
		first, last := -1, -1
		for x := range w {
			if mask[y*w+x] {
				if first < 0 {
					first = x
				}
				last = x
			}
		}
		if first >= 0 {
			edges[3].add(float64(y), float64(first))
			edges[1].add(float64(y), float64(last+1))
		}
	}
	for x := range w {
		first, last := -1, -1
		for y := range h {
			if mask[y*w+x] {
				if first < 0 {
					first = y
				}
				last = y
			}
		}
		if first >= 0 {
			edges[0].add(float64(x), float64(first))
			edges[2].add(float64(x), float64(last+1))
		}
	}
	var lines [4][2]float64
	straight = 1
	for i := range edges {
		var on float64
		if lines[i], on, ok = edges[i].fit(); !ok {
			return quad, 0, false
		}
		straight = min(straight, on)
	}
	// Sides give x by y, top and bottom y by x.
	cross := func(level, upright [2]float64) [2]float64 {
		x := (upright[0] + upright[1]*level[0]) / (1 - upright[1]*level[1])
		return [2]float64{x, level[0] + level[1]*x}
	}
	quad = [4][2]float64{cross(lines[0], lines[3]), cross(lines[0], lines[1]), cross(lines[2], lines[1]), cross(lines[2], lines[3])}
	plain := true
	for i, corner := range [4][2]float64{{0, 0}, {float64(w), 0}, {float64(w), float64(h)}, {0, float64(h)}} {
		p := quad[i]
		if p[0] < -0.06*float64(w) || p[0] > 1.06*float64(w) || p[1] < -0.06*float64(h) || p[1] > 1.06*float64(h) {
			return quad, 0, false
		}
		plain = plain && math.Hypot(p[0]-corner[0], p[1]-corner[1]) < 0.015*float64(max(w, h))
	}
	return quad, straight, !plain
}

// greyLevels are the grey values of what lies around a sheet and of the sheet
// itself. ok is false where the rim of the picture is as light as its middle:
// a scan.
func greyLevels(g *image.Gray) (around, paper int, ok bool) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	rim, inner := []int{}, []int{}
	band := max(3, min(w, h)/60)
	for y := 0; y < h; y++ {
		for x := 0; x < w; x++ {
			v := int(g.Pix[y*g.Stride+x])
			if x < band || y < band || x >= w-band || y >= h-band {
				rim = append(rim, v)
			} else if x > w/5 && x < w*4/5 && y > h/5 && y < h*4/5 {
				inner = append(inner, v)
			}
		}
	}
	if len(rim) == 0 || len(inner) == 0 {
		return 0, 0, false
	}
	sort.Ints(rim)
	sort.Ints(inner)
	around, paper = rim[len(rim)*6/10], inner[len(inner)/2]
	return around, paper, paper-around >= 24 && paper >= 90
}

// component is the light area around the middle of a picture, its holes (print)
// left open: only its outline counts. A dark line as thin as the frame of a
// table does not end it where the paper goes on behind as light as before; the
// shadow along a sheet's edge does.
func component(g *image.Gray, limit uint8) []bool {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	mask := make([]bool, w*h)
	at := func(i int) uint8 { return g.Pix[i/w*g.Stride+i%w] }
	var stack []int
	add := func(i int) {
		mask[i] = true
		stack = append(stack, i)
	}
	for _, start := range [][2]int{{w / 2, h / 2}, {w / 3, h / 3}, {w * 2 / 3, h * 2 / 3}, {w / 3, h * 2 / 3}, {w * 2 / 3, h / 3}} {
		if i := start[1]*w + start[0]; at(i) >= limit && !mask[i] {
			add(i)
		}
	}
	const line, alike = 2, 16 // pixels across, grey values apart
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, d := range [4][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
			for step := 1; step <= line+1; step++ {
				x, y := i%w+step*d[0], i/w+step*d[1]
				if x < 0 || y < 0 || x >= w || y >= h {
					break
				}
				j := y*w + x
				if at(j) < limit {
					continue
				}
				if !mask[j] && (step == 1 || abs(int(at(j))-int(at(i))) <= alike) {
					add(j)
				}
				break
			}
		}
	}
	return mask
}

// edge is points of one side of a sheet.
type edge struct{ t, v []float64 }

func (e *edge) add(t, v float64) { e.t, e.v = append(e.t, t), append(e.v, v) }

// fit returns a and b of v = a + b·t through most of the points: the line that
// the most points lie near to, then the mean through those. ok is false where
// fewer than half lie on it, or it slopes more than a photograph's edge does.
// on is the share of the points that do.
func (e *edge) fit() (line [2]float64, on float64, ok bool) {
	n := len(e.t)
	if n < 40 {
		return line, 0, false
	}
	const near = 1.6 // pixels
	count := func(a, b float64) int {
		c := 0
		for i := range e.t {
			if math.Abs(e.v[i]-a-b*e.t[i]) < near {
				c++
			}
		}
		return c
	}
	best := 0
	step := max(1, n/48)
	for i := 0; i < n; i += step {
		for j := i + n/4; j < n; j += step {
			b := (e.v[j] - e.v[i]) / (e.t[j] - e.t[i])
			if math.Abs(b) > 0.35 {
				continue
			}
			a := e.v[i] - b*e.t[i]
			if c := count(a, b); c > best {
				best, line = c, [2]float64{a, b}
			}
		}
	}
	if best*2 < n {
		return line, 0, false
	}
	var s, st, sv, stt, stv float64
	for i := range e.t {
		if math.Abs(e.v[i]-line[0]-line[1]*e.t[i]) < near {
			s, st, sv = s+1, st+e.t[i], sv+e.v[i]
			stt, stv = stt+e.t[i]*e.t[i], stv+e.t[i]*e.v[i]
		}
	}
	if d := s*stt - st*st; d > 0 {
		line[1] = (s*stv - st*sv) / d
		line[0] = (sv - line[1]*st) / s
	}
	return line, float64(best) / float64(n), true
}

// squareTo is the frame that maps the unit square to four corners, from the
// top left clockwise (Heckbert 1989, 2.2.3).
func squareTo(p [4][2]float64) (hequan.Frame, bool) {
	dx1, dx2, sx := p[1][0]-p[2][0], p[3][0]-p[2][0], p[0][0]-p[1][0]+p[2][0]-p[3][0]
	dy1, dy2, sy := p[1][1]-p[2][1], p[3][1]-p[2][1], p[0][1]-p[1][1]+p[2][1]-p[3][1]
	d := dx1*dy2 - dx2*dy1
	if math.Abs(d) < 1e-9 {
		return hequan.Frame{}, false
	}
	g, h := (sx*dy2-dx2*sy)/d, (dx1*sy-sx*dy1)/d
	return hequan.Frame{p[1][0] - p[0][0] + g*p[1][0], p[3][0] - p[0][0] + h*p[3][0], p[0][0],
		p[1][1] - p[0][1] + g*p[1][1], p[3][1] - p[0][1] + h*p[3][1], p[0][1], g, h, 1}, true
}

// warp takes a straight picture out of another through a frame, bilinearly.
func warp(img *image.NRGBA, f hequan.Frame, width, height int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			u, v := f.Point((float64(x)+0.5)/float64(width), (float64(y)+0.5)/float64(height))
			px, py := u*float64(w)-0.5, v*float64(h)-0.5
			x0, y0 := int(math.Floor(px)), int(math.Floor(py))
			fx, fy := px-float64(x0), py-float64(y0)
			x0, y0 = min(max(x0, 0), w-2), min(max(y0, 0), h-2)
			a := img.Pix[y0*img.Stride+4*x0:]
			b := img.Pix[(y0+1)*img.Stride+4*x0:]
			o := out.Pix[y*out.Stride+4*x:]
			for c := range 3 {
				top := float64(a[c])*(1-fx) + float64(a[4+c])*fx
				low := float64(b[c])*(1-fx) + float64(b[4+c])*fx
				o[c] = uint8(top*(1-fy) + low*fy + 0.5)
			}
			o[3] = 255
		}
	}
	return out
}
