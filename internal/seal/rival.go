package seal

import (
	"slices"
	"sort"
)

// common are the 3755 characters of GB 2312's first level: what names of
// companies are written with, nearly always.
var common = characters(0xb0, 0xd7)

// sketchLen is the length of a sketch: a feature in little, to find likely
// characters among thousands.
const sketchLen = zones / 2 * zones / 2 * directions / 2

type sketch [sketchLen]float32

// sketchOf sums up zones by four and opposite directions.
func sketchOf(f, usual *feature) sketch {
	var s sketch
	var size float32
	for z := range zones * zones {
		to := (z/zones/2*(zones/2) + z%zones/2) * directions / 2
		for d := range directions {
			s[to+d%(directions/2)] += f.edges[z*directions+d] - usual.edges[z*directions+d]
		}
	}
	for _, v := range s {
		size += v * v
	}
	if size = sqrt32(size); size > 0 {
		for i := range s {
			s[i] /= size
		}
	}
	return s
}

// drawnSketch is a character of the common ones in little.
type drawnSketch struct {
	char   rune
	sketch sketch
}

// sketches draws every common character once.
func (t *typeface) sketches() []drawnSketch {
	t.once.Do(func() {
		for _, c := range common {
			if f := t.feature(c); f != nil {
				t.little = append(t.little, drawnSketch{c, sketchOf(f, t.usual)})
			}
		}
	})
	return t.little
}

// rival returns the character other than own, of the common ones or of among,
// that stands likest about where own stands (here).
func (g *glance) rival(t *typeface, own rune, here stand, among []rune) rival {
	f, even := g.at(here), g.at(stand{})
	found := among
	if len(among) == 0 {
		found = append(t.nearest(sketchOf(f, t.usual), 40), t.nearest(sketchOf(even, t.usual), 24)...)
		if drawn := t.feature(own); drawn != nil { // and what looks like the character itself
			found = append(found, t.nearest(sketchOf(drawn, t.usual), 24)...)
			found = append(found, rareLike()[own]...)
		}
	}
	seen := map[rune]bool{own: true}
	var likely []rival
	for _, c := range found {
		if drawn := t.feature(c); drawn != nil && !seen[c] {
			seen[c] = true
			likely = append(likely, rival{c, max(likeness(f, drawn, t.usual), likeness(even, drawn, t.usual))})
		}
	}
	sortRivals(likely)
	best := rival{like: -1}
	for _, r := range likely[:min(len(likely), 5)] {
		// About its own even place, too: a character may be like a part of another.
		for _, from := range []stand{here, {}} {
			if l, _ := g.climb(t.feature(r.char), t.usual, from, 8); l > best.like {
				best = rival{r.char, l}
			}
		}
	}
	return best
}

// rival is a character that may stand there instead.
type rival struct {
	char rune
	like float64
}

func sortRivals(r []rival) {
	sort.Slice(r, func(i, j int) bool {
		if r[i].like != r[j].like {
			return r[i].like > r[j].like
		}
		return r[i].char < r[j].char
	})
}

// nearest returns the common characters whose sketches are nearest, in no
// order of nearness.
func (t *typeface) nearest(s sketch, most int) []rune {
	all := t.sketches()
	dots := make([]float32, len(all))
	i := 0
	for ; i+4 <= len(all); i += 4 { // side by side: a sum waits for each of its steps
		a, b, c, d := &all[i].sketch, &all[i+1].sketch, &all[i+2].sketch, &all[i+3].sketch
		var da, db, dc, dd float32
		for k, v := range s {
			da += a[k] * v
			db += b[k] * v
			dc += c[k] * v
			dd += d[k] * v
		}
		dots[i], dots[i+1], dots[i+2], dots[i+3] = da, db, dc, dd
	}
	for ; i < len(all); i++ {
		dots[i] = all[i].sketch.dot(&s)
	}
	limit := float32(-2)
	if len(dots) > most {
		limit = nthLargest(dots, most)
	}
	var out []rune
	for i, d := range dots {
		if d >= limit {
			out = append(out, all[i].char)
		}
	}
	return out
}

// nthLargest is the n-th largest of at least n values.
func nthLargest(values []float32, n int) float32 {
	top := append(make([]float32, 0, n), values[:n]...) // ascending
	slices.Sort(top)
	for _, v := range values[n:] {
		if v <= top[0] {
			continue
		}
		k := 1
		for ; k < n && top[k] < v; k++ {
			top[k-1] = top[k]
		}
		top[k-1] = v
	}
	return top[0]
}

// dot is the cosine of two sketches.
func (s *sketch) dot(o *sketch) float32 {
	sum := float32(0)
	for i, v := range s {
		sum += v * o[i]
	}
	return sum
}

// LookAlikes returns common characters that look most like a character, drawn
// in the first of the machine's typefaces; nil without one.
func LookAlikes(c rune, most int) []rune {
	faces := typefaces()
	if len(faces) == 0 || faces[0].feature(c) == nil {
		return nil
	}
	t := faces[0]
	var all []rival
	for _, o := range t.nearest(sketchOf(t.feature(c), t.usual), 4*most) {
		if o != c {
			all = append(all, rival{o, likeness(t.feature(c), t.feature(o), t.usual)})
		}
	}
	sortRivals(all)
	var out []rune
	for _, r := range all[:min(most, len(all))] {
		out = append(out, r.char)
	}
	return out
}
