package seal

import (
	"slices"
	"sort"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// common are the 3755 characters of GB 2312's first level: what names of
// companies are written with, nearly always.
var common = func() []rune {
	var codes []byte
	for high := 0xb0; high <= 0xd7; high++ {
		for low := 0xa1; low <= 0xfe; low++ {
			if high == 0xd7 && low > 0xf9 {
				break
			}
			codes = append(codes, byte(high), byte(low))
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(codes)
	if err != nil {
		return nil
	}
	return []rune(string(text))
}()

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
	f := g.at(here)
	found := among
	if len(among) == 0 {
		found = t.nearest(sketchOf(f, t.usual), 40)
		if drawn := t.feature(own); drawn != nil { // and what looks like the character itself
			found = append(found, t.nearest(sketchOf(drawn, t.usual), 24)...)
		}
	}
	seen := map[rune]bool{own: true}
	var likely []rival
	for _, c := range found {
		if drawn := t.feature(c); drawn != nil && !seen[c] {
			seen[c] = true
			likely = append(likely, rival{c, likeness(f, drawn, t.usual)})
		}
	}
	sortRivals(likely)
	best := rival{like: -1}
	for _, r := range likely[:min(len(likely), 5)] {
		if l, _ := g.climb(t.feature(r.char), t.usual, here, 8); l > best.like {
			best = rival{r.char, l}
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
	for i := range all {
		dots[i] = all[i].sketch.dot(&s)
	}
	least := append([]float32(nil), dots...)
	slices.Sort(least)
	limit := float32(-2)
	if len(least) > most {
		limit = least[len(least)-most]
	}
	var out []rune
	for i, d := range dots {
		if d >= limit {
			out = append(out, all[i].char)
		}
	}
	return out
}

// dot is the cosine of two sketches.
func (s *sketch) dot(o *sketch) float32 {
	sum := float32(0)
	for i, v := range s {
		sum += v * o[i]
	}
	return sum
}
