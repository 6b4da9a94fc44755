package seal

import (
	"math"

	"hequan"
)

// alignArc moves and resizes a circle by a millimetre or two, so that it runs
// along the outer edge of a fragment's arcs; fixed keeps its size.
func alignArc(p plane, guess ring, fixed bool) ring {
	score := func(r ring) float64 {
		sum := 0.0
		for i := range 360 {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / 360)
			x, y := r.cx+(r.rx-2.5)*cos, r.cy+(r.ry-2.5)*sin
			if x < 0 || y < 0 || x >= float64(p.w) || y >= float64(p.h) {
				continue
			}
			sum += p.sample(x, y) - p.sample(r.cx+(r.rx+3)*cos, r.cy+(r.ry+3)*sin)
		}
		return sum
	}
	best, most := guess, score(guess)
	for step := keptMM / 3; step > 0.2; step /= 2 {
		for range 4 {
			for _, d := range []ring{{cx: step}, {cx: -step}, {cy: step}, {cy: -step}, {rx: step}, {rx: -step}, {cx: step, rx: step}, {cx: -step, rx: step}, {cx: step, rx: -step}, {cx: -step, rx: -step}} {
				if fixed && d.rx != 0 {
					continue
				}
				r := ring{cx: best.cx + d.cx, cy: best.cy + d.cy, rx: best.rx + d.rx, ry: best.rx + d.rx}
				if math.Abs(r.rx-guess.rx) > 2*keptMM || math.Abs(r.cx-guess.cx) > 2.5*keptMM {
					continue
				}
				if s := score(r); s > most {
					best, most = r, s
				}
			}
		}
	}
	return best
}

// Join lays the fragments of one seal over each other, each by the circle that
// its arcs belong to, and returns the whole; ok is false where they do not make
// up most of a rim.
func Join(parts []hequan.Impression) (whole hequan.Impression, ok bool) {
	var pieces []*impression
	radius := 0.0
	for _, k := range parts {
		if m := unpack(k); m != nil {
			pieces = append(pieces, m)
			radius = max(radius, m.rim.rx)
		}
	}
	if len(pieces) < 2 {
		return whole, false
	}
	for _, m := range pieces { // arcs tell the size badly, and the less the shorter they are
		grown := radius - m.rim.rx
		if float64(m.w)/2 > m.rim.cx {
			grown = -grown
		}
		m.rim = alignArc(m.plane, ring{cx: m.rim.cx + grown, cy: m.rim.cy, rx: radius, ry: radius}, true)
	}
	side := int(2*radius*1.12) + 1
	middle := float64(side) / 2
	p := plane{w: side, h: side, ink: make([]uint8, side*side), hidden: make([]bool, side*side)}
	for _, m := range pieces {
		for y := range m.h {
			for x := range m.w {
				tx, ty := int(float64(x)-m.rim.cx+middle+0.5), int(float64(y)-m.rim.cy+middle+0.5)
				if tx < 0 || ty < 0 || tx >= side || ty >= side {
					continue
				}
				from, to := y*m.w+x, ty*side+tx
				p.ink[to] = max(p.ink[to], m.ink[from])
				p.hidden[to] = p.hidden[to] || m.hidden[from]
			}
		}
	}
	rim, fitted := fitRim(p, ring{cx: middle, cy: middle, rx: radius, ry: radius})
	if !fitted || rim.coverage < 0.6 {
		return whole, false
	}
	return newImpression(p, rim, pieces[0].perMM).keep(parts[0].Seal), true
}
