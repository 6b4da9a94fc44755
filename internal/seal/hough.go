package seal

import (
	"math"
	"sort"
)

// form is one family of rims: how much wider than tall, and the range of its
// half width in millimetres.
type form struct{ aspect, lo, hi float64 }

// forms are the rims that seals have: round ones of 30 to 58 mm, invoice seals
// of 40 × 30, oval company seals of 45 × 30, and 监制章 of about 30 × 20.
var forms = []form{{1, 15, 29}, {4.0 / 3, 17, 23}, {1.5, 13.5, 23.5}, {1.7, 13.5, 18.5}}

// minCoverage is the share of a rim that must be inked.
const minCoverage = 0.55

// findRings seeks circles, and ovals as circles of a picture stretched in
// height. One rim may be found in several forms.
func findRings(m *mask) []ring {
	var found []ring
	for _, f := range forms {
		for _, r := range apart(hough(stretchY(m, f.aspect), f.lo*mmpx, f.hi*mmpx)) {
			r.cy /= f.aspect
			r.ry /= f.aspect
			found = append(found, r)
		}
	}
	return found
}

func stretchY(m *mask, factor float64) *mask {
	if factor == 1 {
		return m
	}
	s := &mask{w: m.w, h: int(float64(m.h) * factor)}
	s.on = make([]bool, s.w*s.h)
	for y := range s.h {
		src := min(m.h-1, int(float64(y)/factor))
		for x := range s.w {
			if m.on[src*m.w+x] {
				s.on[y*s.w+x] = true
				s.count++
			}
		}
	}
	return s
}

type edge struct{ x, y, nx, ny float64 }

// edges returns the marked pixels at a boundary with their normals.
func (m *mask) edges() []edge {
	var out []edge
	for y := range m.h {
		for x := range m.w {
			if !m.on[y*m.w+x] {
				continue
			}
			gx, gy := 0.0, 0.0
			for dy := -2; dy <= 2; dy++ {
				for dx := -2; dx <= 2; dx++ {
					if m.at(x+dx, y+dy) {
						gx += float64(dx)
						gy += float64(dy)
					}
				}
			}
			if n := math.Hypot(gx, gy); n >= 2 {
				out = append(out, edge{float64(x), float64(y), gx / n, gy / n})
			}
		}
	}
	return out
}

// cell is the size in pixels of the places that are voted for: normals of
// strokes three pixels wide point that roughly.
const cell = 2

// hough votes for centres along the normals of the mask's edges, for each
// radius, and keeps the peaks whose ring is inked all around.
func hough(m *mask, lo, hi float64) []ring {
	pad := int(min(hi, 23*mmpx)) // centres may lie outside of the page: seals cut by its edge
	w, h := (m.w+2*pad)/cell+1, (m.h+2*pad)/cell+1
	votes := make([]uint16, w*h)
	voted := make([]bool, h) // rows
	edges := m.edges()
	var rings []ring
	for radius := lo; radius <= hi; radius++ {
		for y := range h {
			if voted[y] {
				clear(votes[y*w : (y+1)*w])
			}
		}
		clear(voted)
		for _, e := range edges {
			for _, sign := range [2]float64{-1, 1} {
				for slack := -1.0; slack <= 1; slack++ {
					cx := int(e.x+sign*e.nx*(radius+slack)+float64(pad)+0.5) / cell
					cy := int(e.y+sign*e.ny*(radius+slack)+float64(pad)+0.5) / cell
					if cx >= 0 && cy >= 0 && cx < w && cy < h {
						votes[cy*w+cx]++
						voted[cy] = true
					}
				}
			}
		}
		least := uint16(radius * 0.65)
		for y := 1; y < h-1; y++ {
			if !voted[y] {
				continue
			}
			for x := 1; x < w-1; x++ {
				v := votes[y*w+x]
				if v < least || v < votes[y*w+x-1] || v < votes[y*w+x+1] || v < votes[(y-1)*w+x] || v < votes[(y+1)*w+x] {
					continue
				}
				if r, ok := m.fit(float64(x*cell-pad)+0.5, float64(y*cell-pad)+0.5, radius); ok {
					rings = append(rings, r)
				}
			}
		}
	}
	return rings
}

// fit measures how much of a circle is inked, refining centre and radius by a
// pixel. Only the part of the circle inside the page counts; a quarter of it
// must be there.
func (m *mask) fit(cx, cy, radius float64) (ring, bool) {
	const steps = 90
	best := ring{}
	for _, dr := range []float64{-1, 0, 1} {
		for _, dx := range []float64{-1, 0, 1} {
			for _, dy := range []float64{-1, 0, 1} {
				on, inside := 0, 0
				for i := range steps {
					if i%15 == 14 { // none that the rest could not make the best
						if most := float64(on+steps-i) / float64(inside+steps-i); most <= best.coverage || most < minCoverage {
							on = 0
							break
						}
					}
					cos, sin := circle[i][0], circle[i][1]
					r := radius + dr
					x, y := cx+dx+r*cos, cy+dy+r*sin
					if x < 0 || y < 0 || x >= float64(m.w) || y >= float64(m.h) {
						continue
					}
					inside++
					if m.at(int(x), int(y)) || m.at(int(x+cos), int(y+sin)) || m.at(int(x-cos), int(y-sin)) {
						on++
					}
				}
				if inside*4 < steps {
					continue
				}
				if coverage := float64(on) / float64(inside); coverage > best.coverage {
					best = ring{cx: cx + dx, cy: cy + dy, rx: radius + dr, ry: radius + dr, coverage: coverage, partial: inside*100 < steps*85}
				}
			}
		}
	}
	if best.coverage < minCoverage || best.partial && best.coverage < 0.75 {
		return ring{}, false
	}
	return best, !m.filled(best)
}

// circle is the directions of fit.
var circle = func() (out [90][2]float64) {
	for i := range out {
		out[i][1], out[i][0] = math.Sincos(2 * math.Pi * float64(i) / float64(len(out)))
	}
	return out
}()

// filled says whether the area around the ring is inked as densely as the ring:
// a filled area has ink on every circle.
func (m *mask) filled(r ring) bool {
	on, all := 0, 0
	for y := int(r.cy - r.ry*1.1); y <= int(r.cy+r.ry*1.1); y++ {
		for x := int(r.cx - r.rx*1.1); x <= int(r.cx+r.rx*1.1); x++ {
			if x < 0 || y < 0 || x >= m.w || y >= m.h {
				continue
			}
			all++
			if m.at(x, y) {
				on++
			}
		}
	}
	return all == 0 || on*100 > all*62
}

// apart keeps of rings that lie over each other the best one.
func apart(rings []ring) []ring {
	sort.SliceStable(rings, func(i, j int) bool {
		a, b := rings[i], rings[j]
		if a.partial != b.partial {
			return b.partial
		}
		if math.Abs(a.coverage-b.coverage) > 0.02 {
			return a.coverage > b.coverage
		}
		return a.rx > b.rx // the outer rim, not an inner circle
	})
	var out []ring
next:
	for _, r := range rings {
		for _, o := range out {
			if math.Hypot(r.cx-o.cx, r.cy-o.cy) < 0.8*max(o.rx, o.ry) {
				continue next
			}
		}
		out = append(out, r)
	}
	return out
}
