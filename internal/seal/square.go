package seal

import "math"

// Sizes in millimetres of name seals and other framed stamps.
const (
	minSquare, maxSquare = 10.0, 32.0
	nameSealMax          = 27.0
)

// cluster is a connected area of ink: its bounds and pixels.
type cluster struct {
	x0, y0, x1, y1 int
	pixels         []int
}

// clusters returns the connected areas of a mask, gaps of up to gap pixels bridged.
func (m *mask) clusters(gap int) []cluster {
	seen := make([]bool, len(m.on))
	var out []cluster
	for start, on := range m.on {
		if !on || seen[start] {
			continue
		}
		c := cluster{x0: m.w, y0: m.h}
		stack := []int{start}
		seen[start] = true
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			c.pixels = append(c.pixels, at)
			x, y := at%m.w, at/m.w
			c.x0, c.y0, c.x1, c.y1 = min(c.x0, x), min(c.y0, y), max(c.x1, x), max(c.y1, y)
			for dy := -1 - gap; dy <= 1+gap; dy++ {
				for dx := -1 - gap; dx <= 1+gap; dx++ {
					if nx, ny := x+dx, y+dy; m.at(nx, ny) && !seen[ny*m.w+nx] {
						seen[ny*m.w+nx] = true
						stack = append(stack, ny*m.w+nx)
					}
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// findSquares returns the framed or solid rectangles of a name seal's size.
func findSquares(m *mask) []ring {
	var found []ring
	rest := m
	for gap := range 3 {
		for _, c := range rest.clusters(gap) {
			long, short := float64(max(c.x1-c.x0, c.y1-c.y0)+1)/mmpx, float64(min(c.x1-c.x0, c.y1-c.y0)+1)/mmpx
			if short < minSquare || long > maxSquare*1.15 || long > 2.4*short {
				continue
			}
			if r, ok := m.square(c); ok && !within(r, found) {
				found = append(found, r)
			}
		}
		rest = m.without(found)
	}
	return found
}

// within says whether a shape's middle lies in one of those found.
func within(r ring, found []ring) bool {
	for _, f := range found {
		if f.holds(r.cx, r.cy, 0) {
			return true
		}
	}
	return false
}

// square fits a rectangle around a cluster, turned by up to 12 degrees, whose
// four sides are inked and which is inked as seals are.
func (m *mask) square(c cluster) (ring, bool) {
	best, score := ring{}, 0.0
	for degrees := -12.0; degrees <= 12; degrees++ {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		u0, v0, u1, v1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, i := range c.pixels {
			x, y := float64(i%m.w), float64(i/m.w)
			u, v := x*cos+y*sin, -x*sin+y*cos
			u0, v0, u1, v1 = min(u0, u), min(v0, v), max(u1, u), max(v1, v)
		}
		r := ring{square: true, angle: degrees * math.Pi / 180, rx: (u1 - u0) / 2, ry: (v1 - v0) / 2}
		cu, cv := (u0+u1)/2, (v0+v1)/2
		r.cx, r.cy = cu*cos-cv*sin, cu*sin+cv*cos
		if least, mean := m.sides(r); least >= 0.5 && mean > score {
			best, score = r, mean
		}
	}
	if score < 0.72 || min(best.rx, best.ry)*2 < minSquare*mmpx || max(best.rx, best.ry)*2 > maxSquare*mmpx {
		return ring{}, false
	}
	if share := float64(len(c.pixels)) / (4 * best.rx * best.ry); share < 0.15 {
		return ring{}, false // a frame around nothing: a box of a form
	}
	best.coverage = score
	return best, true
}

// sides is the least and the mean share of a rectangle's sides that is inked,
// looked for up to a millimetre inside.
func (m *mask) sides(r ring) (least, mean float64) {
	const steps = 24
	sin, cos := math.Sincos(r.angle)
	inked := func(u, v, du, dv float64) bool {
		for k := range 3 {
			uu, vv := u-du*float64(k), v-dv*float64(k)
			if m.at(int(r.cx+uu*cos-vv*sin+0.5), int(r.cy+uu*sin+vv*cos+0.5)) {
				return true
			}
		}
		return false
	}
	least = 1
	for side := range 4 {
		n := 0
		for i := range steps {
			t := (float64(i)+0.5)/steps*2 - 1
			var ok bool
			switch side {
			case 0:
				ok = inked(t*r.rx, -r.ry, 0, -1)
			case 1:
				ok = inked(t*r.rx, r.ry, 0, 1)
			case 2:
				ok = inked(-r.rx, t*r.ry, -1, 0)
			case 3:
				ok = inked(r.rx, t*r.ry, 1, 0)
			}
			if ok {
				n++
			}
		}
		share := float64(n) / steps
		least, mean = min(least, share), mean+share/4
	}
	return least, mean
}
