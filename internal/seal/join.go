package seal

import (
	"math"
	"slices"

	"hequan"
)

// alignArc moves a circle by some pixels and resizes it by others at most, so
// that it runs along the outer edge of a fragment's arcs.
func alignArc(p plane, guess ring, shift, grow float64) ring {
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
				r := ring{cx: best.cx + d.cx, cy: best.cy + d.cy, rx: best.rx + d.rx, ry: best.rx + d.rx}
				if math.Abs(r.rx-guess.rx) > grow || math.Abs(r.cx-guess.cx) > shift {
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

// Gaps between the pieces of one seal, in millimetres: a scanner crops edges,
// and sheets may have been fanned unevenly.
const (
	joinOverlap = 1.6
	joinGap     = 2.2
)

// slice is a fragment with the extent of its ink in pixels.
type slice struct {
	m              *impression
	x0, y0, x1, y1 float64
}

// sliceOf measures how far the ink of a fragment reaches.
func sliceOf(m *impression) (slice, bool) {
	least := 0.35 * m.full
	columns, rows := make([]int, m.w), make([]int, m.h)
	for y := range m.h {
		for x := range m.w {
			if float64(m.ink[y*m.w+x]) >= least {
				columns[x]++
				rows[y]++
			}
		}
	}
	s := slice{m: m}
	var wide, tall bool
	s.x0, s.x1, wide = reaches(columns)
	s.y0, s.y1, tall = reaches(rows)
	return s, wide && tall
}

// reaches is where counts of three and more begin and end.
func reaches(counts []int) (from, to float64, ok bool) {
	first, last := -1, 0
	for i, n := range counts {
		if n >= 3 {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	return float64(first), float64(last), first >= 0
}

// Join lays the fragments of one seal, in the order of their pages, beside each
// other and returns the whole; ok is false where they do not make up most of a rim.
// The fragments are strips of one circle: as tall as the tallest, as wide
// as all together.
func Join(parts []hequan.Impression) (whole hequan.Impression, ok bool) {
	var pieces []slice
	for _, k := range parts {
		if m := unpack(k); m != nil {
			if s, ok := sliceOf(m); ok {
				pieces = append(pieces, s)
			}
		}
	}
	if len(pieces) < 2 {
		return whole, false
	}
	most := 0.0
	var best *impression
	for range 2 { // from left to right, or from right to left
		if m, share := beside(pieces); m != nil && share > most {
			most, best = share, m
		}
		slices.Reverse(pieces)
	}
	if best == nil || most < 0.6 {
		return whole, false
	}
	return best.keep(parts[0].Seal), true
}

// beside lays strips beside each other from left to right. It returns the whole
// and the share of its rim that was seen.
func beside(pieces []slice) (*impression, float64) {
	radius, wide := 0.0, 0.0
	for _, s := range pieces {
		radius = max(radius, (s.y1-s.y0)/2)
		wide += s.x1 - s.x0
	}
	gap := (2*radius - wide) / float64(len(pieces)-1)
	if gap < -joinOverlap*keptMM || gap > joinGap*keptMM {
		return nil, 0
	}
	side := int(2*radius*1.12) + 1
	middle := float64(side) / 2
	p := plane{w: side, h: side, ink: make([]uint8, side*side), hidden: make([]bool, side*side)}
	for i := range p.hidden { // what no strip shows
		x, y := float64(i%side)-middle, float64(i/side)-middle
		p.hidden[i] = math.Hypot(x, y) < radius
	}
	at := 0.0
	for _, s := range pieces {
		rim := ring{cx: s.x0 + radius - at, cy: (s.y0 + s.y1) / 2, rx: radius, ry: radius}
		at += s.x1 - s.x0 + gap
		s.lay(alignArc(s.m.plane, rim, 0.6*keptMM, 0), &p, middle)
	}
	rim, fitted := fitRim(p, ring{cx: middle, cy: middle, rx: radius, ry: radius})
	if !fitted {
		return nil, 0
	}
	return newImpression(p, rim, pieces[0].m.perMM), rim.coverage
}

// lay copies a strip to where it belongs by the circle that it is a piece of.
func (s slice) lay(rim ring, to *plane, middle float64) {
	for y := range s.m.h {
		for x := int(s.x0); x < int(s.x1); x++ {
			tx, ty := int(float64(x)-rim.cx+middle+0.5), int(float64(y)-rim.cy+middle+0.5)
			if tx < 0 || ty < 0 || tx >= to.w || ty >= to.h {
				continue
			}
			from, at := y*s.m.w+x, ty*to.w+tx
			to.ink[at] = max(to.ink[at], s.m.ink[from])
			to.hidden[at] = s.m.hidden[from]
		}
	}
}
