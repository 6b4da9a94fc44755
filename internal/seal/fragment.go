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
	all := m.clusters(3)
	var found []ring
	for _, right := range []bool{false, true} {
		used := make([]bool, len(all))
		for i, seed := range all { // from top to bottom
			if used[i] || m.edgeGap(seed, right) > edgeReach*mmpx {
				continue
			}
			c, parts := m.gather(all, used, i, right)
			wide, tall := float64(c.x1-c.x0+1)/mmpx, float64(c.y1-c.y0+1)/mmpx
			if wide < fragmentMin || wide > fragmentMax || tall < fragmentMinTall || tall > fragmentMaxTall {
				continue
			}
			if r, ok := m.arcs(c); ok {
				found = append(found, r)
				for _, k := range parts {
					used[k] = true
				}
			}
		}
	}
	return found
}

// edgeGap is how far a cluster ends from an edge of the page, in pixels.
func (m *mask) edgeGap(c cluster, right bool) float64 {
	if right {
		return float64(m.w - 1 - c.x1)
	}
	return float64(c.x0)
}

// gather unites a cluster at an edge with what stands below it in the same
// strip and within a seal's height: the arcs, letters and star of a narrow
// piece do not touch. It returns the union and the clusters that it is made of.
func (m *mask) gather(all []cluster, used []bool, seed int, right bool) (cluster, []int) {
	c := all[seed]
	c.pixels = append([]int(nil), c.pixels...)
	parts := []int{seed}
	low, high := float64(c.x0)-1.5*mmpx, float64(m.w)
	if !right {
		low, high = 0, float64(c.x1)+1.5*mmpx
	}
	foot := float64(c.y0) + 43*mmpx
	for k, o := range all {
		if k == seed || used[k] || o.y0 < c.y0 && k < seed || float64(o.y1) > foot || float64(o.x0) < low || float64(o.x1) > high {
			continue
		}
		parts = append(parts, k)
		c.pixels = append(c.pixels, o.pixels...)
		c.x0, c.y0, c.x1, c.y1 = min(c.x0, o.x0), min(c.y0, o.y0), max(c.x1, o.x1), max(c.y1, o.y1)
	}
	return c, parts
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
