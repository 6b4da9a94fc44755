package seal

import "math"

// rimSteps is the number of places around a rim, at equal distances.
const rimSteps = 720

// rimFrame is one place on a rim: its point, and the unit vector inwards.
type rimFrame struct{ x, y, nx, ny float64 }

// impression is a seal as a picture of its ink, with the ellipse of its rim in
// pixels of that picture.
type impression struct {
	plane
	rim    ring
	perMM  float64    // pixels to a millimetre
	scale  [2]float64 // pixels to a pixel of the page; 0 where there is no one page
	frames [rimSteps]rimFrame
	length float64 // of the rim, millimetres
	full   float64 // what full ink measures

	cells map[cellPlace]*feature // as far as they were looked at, while names are compared; nil: none is kept
}

// newImpression measures the rim: rimSteps places clockwise from the foot.
func newImpression(p plane, rim ring, perMM float64) *impression {
	m := &impression{plane: p, rim: rim, perMM: perMM, full: p.strong()}
	m.measure(false)
	return m
}

// byAngle is the impression with the places of its rim at equal angles of the
// circle that the ellipse is a picture of: some seals are spaced so.
func (m *impression) byAngle() *impression {
	a := *m
	a.measure(true)
	return &a
}

// measure lays the places out: at equal distances, or at equal angles.
func (m *impression) measure(equalAngles bool) {
	rim, perMM := m.rim, m.perMM
	const fine = 4 * rimSteps
	var pts [fine + 1][2]float64
	var along [fine + 1]float64
	for i := range pts {
		sin, cos := math.Sincos(math.Pi/2 + 2*math.Pi*float64(i)/fine)
		dx, dy := rim.direction(cos, sin)
		pts[i] = [2]float64{rim.cx + dx, rim.cy + dy}
		if i > 0 {
			along[i] = along[i-1] + math.Hypot(pts[i][0]-pts[i-1][0], pts[i][1]-pts[i-1][1])
			if equalAngles {
				along[i] = along[i-1] + math.Sqrt(rim.rx*rim.ry)*2*math.Pi/fine
			}
		}
	}
	m.length = along[fine] / perMM
	k := 0
	for i := range m.frames {
		want := along[fine] * float64(i) / rimSteps
		for k+1 < fine && along[k+1] < want {
			k++
		}
		a, b := pts[k], pts[k+1]
		t := (want - along[k]) / max(1e-9, along[k+1]-along[k])
		dx, dy := b[0]-a[0], b[1]-a[1]
		n := math.Hypot(dx, dy)
		// Clockwise on a page whose y points down: the middle lies to the right.
		m.frames[i] = rimFrame{a[0] + t*dx, a[1] + t*dy, -dy / n, dx / n}
	}
}

// frame returns the place at a distance in millimetres along the rim,
// clockwise from the foot.
func (m *impression) frame(along float64) rimFrame {
	f := along / m.length * rimSteps
	i := int(math.Floor(f))
	t := f - float64(i)
	a, b := m.frames[mod(i)], m.frames[mod(i+1)]
	nx, ny := a.nx+(b.nx-a.nx)*t, a.ny+(b.ny-a.ny)*t
	n := math.Hypot(nx, ny)
	return rimFrame{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t, nx / n, ny / n}
}

func mod(i int) int { return ((i % rimSteps) + rimSteps) % rimSteps }

// radius is the mean radius of the rim in millimetres.
func (m *impression) radius() float64 { return math.Sqrt(m.rim.rx*m.rim.ry) / m.perMM }

// inkAt is the share of full ink, 0…1, at a depth in millimetres below a place of the rim.
func (m *impression) inkAt(f rimFrame, depth float64) float64 {
	d := depth * m.perMM
	return min(1, m.sample(f.x+f.nx*d, f.y+f.ny*d)/m.full)
}

// band is where the text of a ring stands: between two depths below the rim,
// and between two places along it, all in millimetres.
type band struct {
	top, foot float64
	from, to  float64
}

// depthStep is the resolution of depths in millimetres.
const depthStep = 0.15

// textBand finds the ring's text: the first belt of ink inside the rim that is
// as tall as characters are, and the part of the circle that it takes up.
func (m *impression) textBand() (band, bool) {
	b := m.upper()
	var ok bool
	for range 2 { // measured all around, then where the text is
		if b.top, b.foot, ok = m.belt(b); !ok {
			return b, false
		}
		if b, ok = m.span(b); !ok {
			return b, false
		}
	}
	return b, true
}

// oval says whether the rim is an oval rather than a circle seen askew.
func (m *impression) oval() bool {
	a := m.rim.rx / m.rim.ry
	return a > ovalFrom || a < 1/ovalFrom
}

// ovalFrom is how much longer than wide an oval is at the least.
const ovalFrom = 1.17

// upper is the part of the rim where the belt is looked for: all of a circle,
// the upper part of an oval, which has lines across below.
func (m *impression) upper() band {
	if m.oval() {
		return band{from: 0.28 * m.length, to: 0.72 * m.length}
	}
	return band{to: m.length}
}

// belt finds the depths between which the text stands in a part of the circle.
func (m *impression) belt(b band) (top, foot float64, ok bool) {
	n := int(min(11, 0.6*min(m.rim.rx, m.rim.ry)/m.perMM) / depthStep)
	profile := make([]float64, n)
	for i := range profile {
		sum, count := 0.0, 0.0
		for s := b.from; s < b.to; s += m.length / 240 {
			sum += m.inkAt(m.frame(s), float64(i)*depthStep)
			count++
		}
		profile[i] = sum / count
	}
	i := 0
	for i < n && profile[i] < 0.4 { // the rim itself, a little way in
		i++
	}
	if i == n || float64(i)*depthStep > 2 {
		i = 0
	}
	for i < n {
		for i < n && profile[i] > 0.45 { // the rim, or a second line inside of it
			i++
		}
		for i+1 < n && profile[i+1] < profile[i] { // its soft inner edge
			i++
		}
		most := peak(profile, i, 33)
		for i < n && profile[i] < 0.4*most {
			i++
		}
		start := i
		for i < n && profile[i] >= 0.35*most && float64(i-start)*depthStep < 7 {
			i++
		}
		if float64(i-start)*depthStep >= 1.6 {
			return float64(start) * depthStep, float64(i) * depthStep, true
		}
		i++
	}
	return 0, 0, false
}

// peak is the largest value of the next count entries.
func peak(v []float64, from, count int) float64 {
	p := 0.0
	for _, x := range v[min(from, len(v)):min(len(v), from+count)] {
		p = max(p, x)
	}
	return p
}

// span finds the largest gap of the belt, below the numbers that may stand at
// its foot and above what fills the middle; the text is the rest.
func (m *impression) span(b band) (band, bool) {
	tall := b.foot - b.top
	from, to := b.top+min(1.3, 0.45*tall), b.top+min(3.2, 0.85*tall)
	var ink [rimSteps]float64
	for k := range ink {
		for i := range 8 {
			ink[k] += m.inkAt(m.frames[k], from+(to-from)*float64(i)/7) / 8
		}
	}
	var on [rimSteps]bool
	for k := range on {
		on[k] = ink[mod(k-1)]+ink[k]+ink[mod(k+1)] > 0.4
	}
	size, end := 0, 0
	for start := range on {
		if on[start] || !on[mod(start-1)] {
			continue
		}
		k := start
		for k < start+rimSteps && !on[mod(k)] {
			k++
		}
		if k-start > size {
			size, end = k-start, k
		}
	}
	unit := m.length / rimSteps
	if float64(size) < 25.0/360*rimSteps { // the text runs all around, or is not to be told apart
		return b, false
	}
	b.from = float64(mod(end)) * unit
	b.to = b.from + float64(rimSteps-size)*unit
	return b, true
}

// tilt is the angle in radians, clockwise, by which the seal is turned: the
// middle of its text belongs on top.
func (m *impression) tilt(b band) float64 {
	f := m.frame((b.from + b.to) / 2)
	return math.Atan2(f.ny, f.nx) - math.Pi/2
}
