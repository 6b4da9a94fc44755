// Package seal finds seal impressions on a page picture and reads them. Whose
// seal it is, is not decided here: that depends on the application.
package seal

import (
	"image"
	"math"
	"sort"

	"github.com/disintegration/imaging"

	"hequan"
	"hequan/internal/ocr"
)

// searchDPI is the resolution at which circles are sought: 2 pixels a millimetre.
const searchDPI = 51

// Circle radii of company seals, in millimetres, and the share of the ring
// that must be inked.
const (
	minRadius, maxRadius = 16.0, 25.0
	minCoverage          = 0.58
)

// ring is a found impression in pixels of the search picture. An oval has its
// height in ry; angle is its tilt in degrees.
type ring struct {
	cx, cy, rx, ry float64
	coverage       float64
	partial        bool
	blob           bool // a cluster of ink without a ring
	dense          bool // a blob inked as name seals are
	color          string
}

// Find returns the red and blue round and oval seals of a page, read as far as
// they can be, ordered from top to bottom.
func Find(engine ocr.Engine, img *image.NRGBA, dpi, page int) []hequan.Seal {
	scale := float64(searchDPI) / float64(dpi)
	small := imaging.Resize(img, max(1, int(float64(img.Rect.Dx())*scale)), 0, imaging.Box)
	var found []ring
	for _, color := range []string{"red", "blue"} {
		mask := colorMask(small, color)
		if mask.count < 60 {
			continue
		}
		rings := apart(findRings(mask))
		for _, r := range append(rings, findBlobs(mask, rings)...) {
			r.color = color
			found = append(found, r)
		}
	}
	found = apart(found)
	var seals []hequan.Seal
	w, h := float64(small.Rect.Dx()), float64(small.Rect.Dy())
	for _, r := range found {
		s := hequan.Seal{Page: page, Color: r.color, Shape: "round", Confidence: round3(r.coverage),
			Box: hequan.Box{clip((r.cx - r.rx) / w), clip((r.cy - r.ry) / h), clip((r.cx + r.rx) / w), clip((r.cy + r.ry) / h)}}
		switch {
		case r.partial:
			s.Shape, s.Across = "partial", true
		case r.blob && max(r.rx, r.ry)*2 <= nameSealMax*searchDPI/25.4 && r.dense:
			s.Shape, s.Kind = "square", "person"
		case r.blob:
			s.Shape = "round"
		case r.rx > r.ry*1.1:
			s.Shape = "oval"
		}
		if engine != nil && !r.partial && s.Shape != "square" {
			read(engine, img, ring{cx: r.cx / scale, cy: r.cy / scale, rx: r.rx / scale, ry: r.ry / scale, color: r.color}, dpi, &s)
		}
		seals = append(seals, s)
	}
	sort.SliceStable(seals, func(i, j int) bool { return seals[i].Box[1] < seals[j].Box[1] })
	return seals
}

// mask marks the pixels of one ink colour.
type mask struct {
	w, h  int
	on    []bool
	count int
}

func (m *mask) at(x, y int) bool { return x >= 0 && y >= 0 && x < m.w && y < m.h && m.on[y*m.w+x] }

// colorMask marks pixels that are clearly redder (bluer) than the paper, faint
// impressions included.
func colorMask(img *image.NRGBA, color string) *mask {
	m := &mask{w: img.Rect.Dx(), h: img.Rect.Dy()}
	m.on = make([]bool, m.w*m.h)
	excess := make([]int16, m.w*m.h)
	var hist [512]int
	for y := range m.h {
		row := img.Pix[y*img.Stride:]
		for x := range m.w {
			r, g, b := int(row[4*x]), int(row[4*x+1]), int(row[4*x+2])
			e := r - (g+b)/2
			if color == "blue" {
				e = b - (r+g)/2
			}
			excess[y*m.w+x] = int16(e)
			hist[e+256]++
		}
	}
	// The paper's own tint is the commonest value.
	tint := 0
	for v, n := range hist {
		if n > hist[tint] {
			tint = v
		}
	}
	least := tint - 256 + faintest(hist[:], tint)
	for i, e := range excess {
		if int(e) > least {
			m.on[i] = true
			m.count++
		}
	}
	return m
}

// faintest is how far above the paper's tint ink begins: beyond the noise of
// the scan, which the values below the tint show, 9 at least and 22 at most.
func faintest(hist []int, tint int) int {
	below := 0
	for v := 0; v < tint; v++ {
		below += hist[v]
	}
	seen, spread := 0, 0
	for v := tint - 1; v >= 0; v-- {
		if seen += hist[v]; seen*100 >= below*95 {
			spread = tint - v
			break
		}
	}
	return min(22, max(9, 2*spread+4))
}

// findRings seeks circles, and ovals as circles of a picture stretched by 4/3.
func findRings(m *mask) []ring {
	mmpx := searchDPI / 25.4
	var found []ring
	for _, stretch := range []float64{1, 4.0 / 3} {
		s := stretchY(m, stretch)
		lo, hi := minRadius, maxRadius
		if stretch > 1 {
			lo, hi = 17.5, 22.5 // 40 × 30 mm
		}
		for _, r := range hough(s, lo*mmpx, hi*mmpx) {
			r.cy /= stretch
			r.ry /= stretch
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

// hough votes for centres along the normals of the mask's edges, for each
// radius, and keeps the peaks whose ring is inked all around.
func hough(m *mask, lo, hi float64) []ring {
	pad := int(hi) // centres may lie outside of the page: seals cut by its edge
	w, h := m.w+2*pad, m.h+2*pad
	votes := make([]uint16, w*h)
	type edge struct{ x, y, nx, ny float64 }
	var edges []edge
	for y := range m.h {
		for x := range m.w {
			if !m.at(x, y) {
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
				edges = append(edges, edge{float64(x), float64(y), gx / n, gy / n})
			}
		}
	}
	var rings []ring
	for radius := lo; radius <= hi; radius++ {
		clear(votes)
		for _, e := range edges {
			for _, sign := range []float64{-1, 1} {
				for slack := -1.0; slack <= 1; slack++ {
					cx := int(e.x+sign*e.nx*(radius+slack)+0.5) + pad
					cy := int(e.y+sign*e.ny*(radius+slack)+0.5) + pad
					if cx >= 0 && cy >= 0 && cx < w && cy < h {
						votes[cy*w+cx]++
					}
				}
			}
		}
		least := uint16(radius * 0.55)
		for y := 1; y < h-1; y++ {
			for x := 1; x < w-1; x++ {
				v := votes[y*w+x]
				if v < least || v < votes[y*w+x-1] || v < votes[y*w+x+1] || v < votes[(y-1)*w+x] || v < votes[(y+1)*w+x] {
					continue
				}
				if r, ok := m.fit(float64(x-pad), float64(y-pad), radius); ok {
					rings = append(rings, r)
				}
			}
		}
	}
	return apart(rings)
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
					sin, cos := math.Sincos(2 * math.Pi * float64(i) / steps)
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
				coverage := float64(on) / float64(inside)
				if coverage > best.coverage {
					best = ring{cx: cx + dx, cy: cy + dy, rx: radius + dr, ry: radius + dr, coverage: coverage, partial: inside*100 < steps*85}
				}
			}
		}
	}
	if best.coverage < minCoverage || best.partial && best.coverage < 0.75 {
		return ring{}, false
	}
	// A filled red area has ink on every circle: a ring is lighter just inside and outside.
	if m.filled(best) {
		return ring{}, false
	}
	return best, true
}

// filled says whether the area around the ring is inked as densely as the ring.
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

// apart keeps of rings that lie over each other the one with the best coverage.
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
			if math.Hypot(r.cx-o.cx, r.cy-o.cy) < 0.9*max(o.rx, o.ry) {
				continue next
			}
		}
		out = append(out, r)
	}
	return out
}

func clip(v float64) float64   { return min(1, max(0, float64(int(v*1e5+0.5))/1e5)) }
func round3(v float64) float64 { return float64(int(v*1e3+0.5)) / 1e3 }
