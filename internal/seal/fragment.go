package seal

import "math"

// Measures of a fragment of a 骑缝章, in millimetres.
const (
	edgeReach       = 4.0 // from the page's edge at most
	fragmentMin     = 2.5 // wide
	fragmentMax     = 27.0
	fragmentMinTall = 14.0
	fragmentMaxTall = 46.0
)

// findFragments returns the pieces of round seals that stand at the left or
// right edge of the page: ink that ends in a straight cut and follows a circle.
func findFragments(m *mask) []ring {
	var found []ring
	for _, c := range m.clusters(3) {
		left, right := float64(c.x0)/mmpx, float64(m.w-1-c.x1)/mmpx
		wide, tall := float64(c.x1-c.x0+1)/mmpx, float64(c.y1-c.y0+1)/mmpx
		if min(left, right) > edgeReach || wide < fragmentMin || wide > fragmentMax || tall < fragmentMinTall || tall > fragmentMaxTall {
			continue
		}
		if r, ok := m.arcs(c); ok {
			found = append(found, r)
		}
	}
	return found
}

// arcs fits a circle of a seal's size through a cluster, its centre on the
// cluster's height but anywhere across the page's edge, such that the cluster
// is inked where the circle runs through it and empty beyond.
func (m *mask) arcs(c cluster) (ring, bool) {
	best := ring{}
	for radius := 15 * mmpx; radius <= 23*mmpx; radius++ {
		middle := float64(c.y0+c.y1) / 2
		for cy := middle - 3; cy <= middle+3; cy++ {
			for cx := float64(c.x0) - radius; cx <= float64(c.x1)+radius; cx++ {
				share, n := m.arc(c, cx, cy, radius)
				if r := (ring{cx: cx, cy: cy, rx: radius, ry: radius, coverage: share}); n >= 9 && share >= 0.7 && share > best.coverage && m.inside(c, r) {
					best = r
				}
			}
		}
	}
	if best.coverage == 0 {
		return ring{}, false
	}
	best.fragment = true
	best.x0, best.y0, best.x1, best.y1 = float64(c.x0), float64(c.y0), float64(c.x1)+1, float64(c.y1)+1
	return best, true
}

// inside says whether hardly anything of a cluster lies outside of a circle.
func (m *mask) inside(c cluster, r ring) bool {
	outside := 0
	for _, i := range c.pixels {
		if r.distance(float64(i%m.w), float64(i/m.w)) > 1.2*mmpx {
			outside++
		}
	}
	return outside*20 <= len(c.pixels)
}

// arc is the share of the circle inside a cluster's columns that is inked, and
// the number of its pixels there.
func (m *mask) arc(c cluster, cx, cy, radius float64) (float64, int) {
	on, n := 0, 0
	for x := c.x0; x <= c.x1; x++ {
		dx := float64(x) - cx
		if math.Abs(dx) > radius*0.94 { // nearly upright there, or past it: columns say nothing
			continue
		}
		dy := math.Sqrt(radius*radius - dx*dx)
		for _, y := range [2]float64{cy - dy, cy + dy} {
			n++
			yy := int(y + 0.5)
			if m.at(x, yy) || m.at(x, yy-1) || m.at(x, yy+1) {
				on++
			}
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(on) / float64(n), n
}
