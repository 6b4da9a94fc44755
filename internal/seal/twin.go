package seal

import (
	"math"

	"hequan"
)

// Twin is how two impressions lie on each other where they are likest.
type Twin struct {
	Like float64 // correlation of their softened ink, 0…1; 0 where sizes differ or too little of both can be seen
	Turn float64 // degrees that one is turned against the other
	Off  float64 // how far from a whole number of the page's pixels one is moved against the other, the worse of both ways; 0.5 at most, or where it can't be told
}

// Limits of what is one picture pasted twice, measured on generated scans
// (docs/benchmarks.md).
const (
	leastTwin   = 0.88 // likeness, which two pressings laid over each other often surpass
	leastBefore = 0.6  // before anything is moved: else no turn is tried
	straight    = 0.07 // degrees
	onPixels    = 0.16
)

// Pasted says whether two impressions are one picture. Likeness alone does not tell:
// JPEG takes of that of a pasted picture what another pressing takes of its. But a
// picture that was pasted lies on the page's pixels, moved by whole ones and not turned
// at all, which hardly any pressing does by chance.
func (t Twin) Pasted() bool {
	return t.Like >= leastTwin && math.Abs(t.Turn) <= straight && t.Off <= onPixels
}

// Twins lays two impressions over each other.
func Twins(a, b hequan.Impression) Twin {
	small := a.Rim[2] < nameSealMax/2*a.PerMM // a name seal, whose outline is known only roughly
	off := 0.35
	if small {
		off = 1
	}
	if math.Abs(a.Rim[2]/a.PerMM-b.Rim[2]/b.PerMM) > off || math.Abs(a.Rim[3]/a.PerMM-b.Rim[3]/b.PerMM) > off {
		return Twin{}
	}
	m, o := unpack(a), unpack(b)
	if m == nil || o == nil {
		return Twin{}
	}
	l := layOver(m, o, a.Scale, b.Scale)
	at := laid{x: l.x, y: l.y}
	if small {
		at = l.about(at)
	}
	if most := l.like(at, 4); most < leastBefore {
		return Twin{Like: max(0, most)}
	}
	m.plane, o.plane = m.softened(), o.softened()
	best := l.climb(at)
	t := Twin{Like: max(0, l.like(best, 1)), Turn: best.turn, Off: 0.5}
	if l.known {
		t.Off = max(math.Abs(best.x-math.Round(best.x)), math.Abs(best.y-math.Round(best.y)))
	}
	return t
}

// overlay is one impression laid over another.
type overlay struct {
	m, o   *impression
	sa, sb [2]float64 // kept pixels to a pixel of the page, across and down
	x, y   float64    // from m to o, in pixels of the page, as their rims say
	known  bool       // both were cut out of pages of one resolution

	within map[int][]spot // of the first one, inside of its rim, by every how many pixels
}

// spot is a pixel of the first impression inside of its rim, and where it lies about the rim's middle, in
// pixels of the page.
type spot struct {
	at   int
	x, y float64
}

// spots are the pixels of the first impression inside of its rim, looked at every so many.
func (l *overlay) spots(every int) []spot {
	if found, ok := l.within[every]; ok {
		return found
	}
	m := l.m
	cx, cy := (m.rim.cx+0.5)/l.sa[0], (m.rim.cy+0.5)/l.sa[1]
	var out []spot
	for y := 0; y < m.h; y += every {
		for x := 0; x < m.w; x += every {
			u, v := (float64(x)-m.rim.cx)/m.rim.rx, (float64(y)-m.rim.cy)/m.rim.ry
			if u*u+v*v > 1.1 {
				continue
			}
			out = append(out, spot{y*m.w + x, (float64(x)+0.5)/l.sa[0] - cx, (float64(y)+0.5)/l.sa[1] - cy})
		}
	}
	if l.within == nil {
		l.within = map[int][]spot{}
	}
	l.within[every] = out
	return out
}

// sameScale is how much the scales of two pictures differ at most that were cut out
// of pages of one resolution: their sizes are whole numbers.
const sameScale = 0.015

// laid is how one lies over the other: moved in pixels of the page, turned about
// the middle in degrees.
type laid struct{ x, y, turn float64 }

func layOver(m, o *impression, sa, sb [2]float64) *overlay {
	l := &overlay{m: m, o: o, sa: sa, sb: sb}
	if l.known = sa[0] > 0 && sb[0] > 0 && differ(sa[0], sb[0]) < sameScale && differ(sa[1], sb[1]) < sameScale; !l.known {
		l.sa, l.sb = [2]float64{1, 1}, [2]float64{1, 1}
	}
	l.x = (o.rim.cx+0.5)/l.sb[0] - (m.rim.cx+0.5)/l.sa[0]
	l.y = (o.rim.cy+0.5)/l.sb[1] - (m.rim.cy+0.5)/l.sa[1]
	return l
}

// about seeks where they are likest within some pixels.
func (l *overlay) about(from laid) laid {
	best, most := from, -1.0
	for y := -7.5; y <= 7.5; y += 1.5 {
		for x := -7.5; x <= 7.5; x += 1.5 {
			next := laid{x: from.x + x, y: from.y + y}
			if v := l.like(next, 3); v > most {
				most, best = v, next
			}
		}
	}
	return best
}

// climb moves and turns one impression as long as they grow liker, to a
// twentieth of a pixel.
func (l *overlay) climb(from laid) laid {
	best := from
	most := l.like(best, 2)
	for _, step := range []float64{0.8, 0.4, 0.2, 0.1, 0.05} {
		every := 2
		if step < 0.3 {
			every = 1
			most = l.like(best, every)
		}
		for moved, rounds := true, 0; moved && rounds < 4; rounds++ {
			moved = false
			for _, d := range []laid{{x: step}, {x: -step}, {y: step}, {y: -step}, {turn: step * 0.4}, {turn: -step * 0.4}} {
				next := laid{best.x + d.x, best.y + d.y, best.turn + d.turn}
				if v := l.like(next, every); v > most {
					most, best, moved = v, next, true
				}
			}
		}
	}
	return best
}

// like is the correlation of the ink of both inside of the first one's rim,
// looked at every so many pixels.
func (l *overlay) like(at laid, every int) float64 {
	m, o := l.m, l.o
	sin, cos := math.Sincos(at.turn * math.Pi / 180)
	cx, cy := (m.rim.cx+0.5)/l.sa[0], (m.rim.cy+0.5)/l.sa[1]
	var c correlation
	spots := l.spots(every)
	for _, s := range spots {
		if m.hidden[s.at] {
			continue
		}
		ox := (cx+s.x*cos-s.y*sin+at.x)*l.sb[0] - 0.5
		oy := (cy+s.x*sin+s.y*cos+at.y)*l.sb[1] - 0.5
		if !o.hiddenAt(ox, oy) {
			c.add(float64(m.ink[s.at]), o.sample(ox, oy))
		}
	}
	if all := len(spots); all == 0 || c.n < 0.5*float64(all) {
		return 0
	}
	return c.value()
}

// softened is the ink blurred over what can be seen: what JPEG adds is fine, the
// unevenness of ink is not.
func (p *plane) softened() plane {
	out := plane{w: p.w, h: p.h, ink: make([]uint8, len(p.ink)), hidden: p.hidden}
	kernel := [5]float32{1, 4, 6, 4, 1}
	sum, seen := make([]float32, len(p.ink)), make([]float32, len(p.ink))
	for y := range p.h {
		for x := range p.w {
			for k, f := range kernel {
				if i := x + k - 2; i >= 0 && i < p.w && !p.hidden[y*p.w+i] {
					sum[y*p.w+x] += f * float32(p.ink[y*p.w+i])
					seen[y*p.w+x] += f
				}
			}
		}
	}
	for y := range p.h {
		for x := range p.w {
			var v, n float32
			for k, f := range kernel {
				if j := y + k - 2; j >= 0 && j < p.h {
					v += f * sum[j*p.w+x]
					n += f * seen[j*p.w+x]
				}
			}
			if n > 0 {
				out.ink[y*p.w+x] = uint8(v/n + 0.5)
			}
		}
	}
	return out
}
