package seal

import (
	"image"
	"math"
	"slices"
	"sort"

	"hequan"
	"hequan/internal/ocr"
)

// Sizes in millimetres of words stamped over a page: of their line, frame included, and of what is a
// part of one of their characters.
const (
	leastStamp, mostStamp = 6.5, 75.0
	longestStamp          = 190.0
	leastPart             = 4.5
)

// slab is a line of large strokes that lies aslant, or straight, over a page: where
// a stamp of words may stand. Its middle, half lengths along and across the line,
// and the angle by which the line falls to the right, in pixels of the search picture.
type slab struct {
	cx, cy, u, v float64
	angle        float64
	ink          string // red blue dark
	share        float64
	parts        int
	lean         float64   // how much more its pixels gather in lines of the angle than in level ones
	others       []float64 // angles that fit nearly as well
}

// box is the smallest upright rectangle around the slab.
func (s slab) box() (x0, y0, x1, y1 float64) {
	sin, cos := math.Sincos(s.angle)
	dx, dy := math.Abs(s.u*cos)+math.Abs(s.v*sin), math.Abs(s.u*sin)+math.Abs(s.v*cos)
	return s.cx - dx, s.cy - dy, s.cx + dx, s.cy + dy
}

// scaled is the slab in a picture of another resolution.
func (s slab) scaled(f float64) slab {
	s.cx, s.cy, s.u, s.v = s.cx*f, s.cy*f, s.u*f, s.v*f
	return s
}

// slabs finds the lines of large strokes in a mask.
func (m *mask) slabs(ink string) []slab {
	var parts []cluster
	for _, c := range m.withoutRuns(20 * mmpx).clusters(1) {
		w, h := c.x1-c.x0+1, c.y1-c.y0+1
		if float64(h) < leastPart*mmpx || float64(max(w, h)) > longestStamp*mmpx {
			continue // a line of print is long, but no higher
		}
		if len(c.pixels) > 60 && float64(len(c.pixels)) > 0.8*float64(w*h) { // a spot
			continue
		}
		parts = append(parts, c)
	}
	var out []slab
	add := func(s slab) {
		if !slices.ContainsFunc(out, func(o slab) bool { return o.cx == s.cx && o.cy == s.cy && o.u == s.u && o.v == s.v }) {
			s.ink = ink
			out = append(out, s)
		}
	}
	for _, group := range linked(parts) {
		if len(group) < 2 {
			continue // one letter, or none
		}
		some := large(group)
		if s, ok := m.slab(some); ok {
			add(s)
		}
		if len(some) < len(group) {
			if s, ok := m.slab(group); ok {
				add(s)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].u*out[i].v > out[j].u*out[j].v })
	return out
}

// linked puts parts together that stand beside each other as those of characters,
// and then as the characters of a word do. What a frame holds, with it, is a group as well.
func linked(parts []cluster) [][]cluster {
	if len(parts) > 200 { // print, and no stamp
		return nil
	}
	var groups, loose [][]cluster
	for i, a := range parts {
		frame := []cluster{a}
		for j, b := range parts {
			if i != j && a.x0 <= b.x0 && a.y0 <= b.y0 && a.x1 >= b.x1 && a.y1 >= b.y1 {
				frame = append(frame, b)
			}
		}
		if len(frame) > 1 {
			groups = append(groups, frame)
			continue
		}
		loose = append(loose, frame)
	}
	for _, reach := range []float64{0.3, 0.6, 0.9} { // what stands by a word may be joined to it in the end
		loose = joined(loose, reach)
		groups = append(groups, loose...)
	}
	return groups
}

// joined puts groups together whose gap is less than that share of the smaller one.
func joined(groups [][]cluster, reach float64) [][]cluster {
	boxes := make([]image.Rectangle, len(groups))
	set := make([]int, len(groups))
	for i, g := range groups {
		for _, c := range g {
			boxes[i] = boxes[i].Union(image.Rect(c.x0, c.y0, c.x1+1, c.y1+1))
		}
		set[i] = i
	}
	root := func(i int) int {
		for set[i] != i {
			i = set[i]
		}
		return i
	}
	for i, a := range boxes {
		for j, b := range boxes[:i] {
			gap := max(a.Min.X-b.Max.X, b.Min.X-a.Max.X, a.Min.Y-b.Max.Y, b.Min.Y-a.Max.Y)
			if float64(gap) < reach*float64(min(max(a.Dx(), a.Dy()), max(b.Dx(), b.Dy()))) {
				set[root(i)] = root(j)
			}
		}
	}
	of := map[int]int{}
	var out [][]cluster
	for i, g := range groups {
		k, ok := of[root(i)]
		if !ok {
			k = len(out)
			of[root(i)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], g...)
	}
	return out
}

// large are the parts of a group that are no smaller than half of the
// largest: without the print that stands beside a stamp.
func large(group []cluster) []cluster {
	most := 0
	for _, c := range group {
		most = max(most, c.x1-c.x0, c.y1-c.y0)
	}
	var out []cluster
	for _, c := range group {
		if 2*max(c.x1-c.x0, c.y1-c.y0) >= most {
			out = append(out, c)
		}
	}
	return out
}

// slab fits a line to parts; false where they are none of a stamp's size.
func (m *mask) slab(parts []cluster) (slab, bool) {
	var pixels []int
	x0, y0, x1, y1 := m.w, m.h, 0, 0
	for _, c := range parts {
		pixels = append(pixels, c.pixels...)
		x0, y0, x1, y1 = min(x0, c.x0), min(y0, c.y0), max(x1, c.x1), max(y1, c.y1)
	}
	w, h := float64(x1-x0+1), float64(y1-y0+1)
	if len(parts) > 40 || math.Hypot(w, h) < 1.4*leastStamp*mmpx || math.Hypot(w, h) > longestStamp*mmpx {
		return slab{}, false
	}
	var angles []float64
	var sharp []float64
	for degrees := -62.0; degrees <= 62; degrees += 2 {
		angles = append(angles, degrees*math.Pi/180)
		sharp = append(sharp, m.sharpness(pixels, degrees*math.Pi/180))
	}
	var peaks []int
	for i := 1; i+1 < len(sharp); i++ {
		if sharp[i] >= sharp[i-1] && sharp[i] > sharp[i+1] {
			peaks = append(peaks, i)
		}
	}
	sort.SliceStable(peaks, func(i, j int) bool { return sharp[peaks[i]] > sharp[peaks[j]] })
	level := sharp[len(sharp)/2]
	best := slab{}
	for _, k := range peaks[:min(4, len(peaks))] {
		a, top := angles[k], sharp[k]
		for _, d := range []float64{-1, 1} {
			if s := m.sharpness(pixels, angles[k]+d*math.Pi/180); s > top {
				a, top = angles[k]+d*math.Pi/180, s
			}
		}
		s := m.around(pixels, a)
		if best.u == 0 && 2*s.v < leastStamp*mmpx {
			return slab{}, false // a line of print
		}
		if s.u < 1.25*s.v || 2*s.v < leastStamp*mmpx || 2*s.v > mostStamp*mmpx || s.share < 0.1 || s.share > 0.8 {
			continue
		}
		if best.u == 0 {
			best = s
			best.parts, best.lean = len(parts), top/level
			continue
		}
		best.others = append(best.others, a)
	}
	return best, best.u > 0
}

// sharpness is how much pixels gather in lines of an angle.
func (m *mask) sharpness(pixels []int, angle float64) float64 {
	sin, cos := math.Sincos(angle)
	rows := make([]float64, 2*(m.w+m.h))
	for _, i := range pixels {
		v := -float64(i%m.w)*sin + float64(i/m.w)*cos
		rows[int(v)+m.w+m.h/2]++
	}
	sum := 0.0
	for _, n := range rows {
		sum += n * n
	}
	return sum
}

// around is the rectangle of an angle around pixels, a few strays left out.
func (m *mask) around(pixels []int, angle float64) slab {
	sin, cos := math.Sincos(angle)
	us, vs := make([]float64, len(pixels)), make([]float64, len(pixels))
	for k, i := range pixels {
		x, y := float64(i%m.w), float64(i/m.w)
		us[k], vs[k] = x*cos+y*sin, -x*sin+y*cos
	}
	sort.Float64s(us)
	sort.Float64s(vs)
	stray := len(pixels) / 400
	u0, u1 := us[stray], us[len(us)-1-stray]+1
	v0, v1 := vs[stray], vs[len(vs)-1-stray]+1
	cu, cv := (u0+u1)/2, (v0+v1)/2
	s := slab{cx: cu*cos - cv*sin, cy: cu*sin + cv*cos, u: (u1 - u0) / 2, v: (v1 - v0) / 2, angle: angle}
	s.share = float64(len(pixels)) / (4 * s.u * s.v)
	return s
}

// findStamps returns the words that are stamped over a page; seals are none.
func findStamps(engine ocr.Engine, img, small *image.NRGBA, inks []inkMask, seals []ring, dpi int, printed []hequan.Line) []hequan.Stamp {
	if engine == nil {
		return nil
	}
	scale := float64(small.Rect.Dx()) / float64(img.Rect.Dx())
	var found []slab
	var colored []*mask
	for _, ink := range inks {
		if ink.color == "grey" {
			continue
		}
		colored = append(colored, ink.mask)
		var own []ring
		for _, r := range seals {
			if r.color == ink.color && !r.square {
				own = append(own, r)
			}
		}
		found = append(found, ink.without(own).slabs(ink.color)...)
	}
	found = append(found, darkMask(img, small, colored).slabs("dark")...)
	return lookStamps(engine, img, found, scale, dpi, printed)
}
