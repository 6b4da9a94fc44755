package imaging

import (
	"image"
	"sort"
)

// Rule is a straight line drawn on a page, level or upright.
type Rule struct {
	Rect image.Rectangle
}

// Rules finds the level and upright rule lines of a levelled grey picture:
// dark runs of at least 10 mm, no thicker than 1.2 mm. threshold is the grey
// value below which a pixel is dark.
func Rules(g *image.Gray, dpi int, threshold uint8) (level, upright []Rule) {
	least := mm(10, dpi)
	thick := max(3, mm(1.2, dpi))
	dark := darker(g, g.Rect, threshold)
	level = joinRuns(findRuns(dark, least), thick, false)
	upright = joinRuns(findRuns(dark.transposed(), least), thick, true)
	return level, upright
}

// run is a dark stretch of one row (or, transposed, column).
type run struct{ from, to, row int }

// findRuns returns the dark stretches of at least so many pixels, gaps of up to
// three pixels bridged, row by row.
func findRuns(dark bitmap, least int) []run {
	const gap = 3
	var runs []run
	for y := range dark.h {
		start, end := -1, -1
		done := func() {
			if start >= 0 && end-start >= least {
				runs = append(runs, run{start, end, y})
			}
		}
		dark.runs(y, func(from, to int) {
			if start >= 0 && from-end <= gap {
				end = to
				return
			}
			done()
			start, end = from, to
		})
		done()
	}
	return runs
}

// joinRuns joins runs of neighbouring rows that overlap into rules and drops
// those thicker than thick (a filled area is no rule).
func joinRuns(runs []run, thick int, transposed bool) []Rule {
	type open struct {
		r    image.Rectangle
		last run
	}
	var active, done []open
	for _, r := range runs { // in order of rows
		joined := false
		kept := active[:0]
		for _, o := range active {
			if r.row-o.last.row > 2 {
				done = append(done, o)
				continue
			}
			kept = append(kept, o)
		}
		active = kept
		for i := range active {
			o := &active[i]
			if r.from <= o.last.to+8 && o.last.from <= r.to+8 {
				o.r = o.r.Union(image.Rect(r.from, r.row, r.to, r.row+1))
				o.last = r
				joined = true
				break
			}
		}
		if !joined {
			active = append(active, open{image.Rect(r.from, r.row, r.to, r.row+1), r})
		}
	}
	done = append(done, active...)
	var rules []Rule
	for _, o := range done {
		// A slightly sloping line is tall by its slope, not by its stroke.
		if o.r.Dy() > thick+o.r.Dx()/120 {
			continue
		}
		r := o.r
		if transposed {
			r = image.Rect(r.Min.Y, r.Min.X, r.Max.Y, r.Max.X)
		}
		rules = append(rules, Rule{r})
	}
	sort.Slice(rules, func(i, j int) bool {
		a, b := rules[i].Rect.Min, rules[j].Rect.Min
		if a.Y != b.Y {
			return a.Y < b.Y
		}
		return a.X < b.X
	})
	return rules
}

// Erase whitens rules on a grey picture of the same size. Where a stroke of
// text crosses a rule the crossing stays: there the ink reaches further than
// the rule is thick.
func Erase(g *image.Gray, rules []Rule, dpi int) {
	pad := max(1, mm(0.12, dpi))
	reach := max(2, mm(0.35, dpi))
	w, h := g.Rect.Dx(), g.Rect.Dy()
	dark := func(x, y int) bool { return x >= 0 && y >= 0 && x < w && y < h && g.Pix[y*g.Stride+x] < 150 }
	for _, rule := range rules {
		r := rule.Rect
		if r.Dx() >= r.Dy() {
			for x := r.Min.X; x < r.Max.X; x++ {
				if dark(x, r.Min.Y-reach) && dark(x, r.Min.Y-reach/2) || dark(x, r.Max.Y-1+reach) && dark(x, r.Max.Y-1+reach/2) {
					continue
				}
				for y := max(0, r.Min.Y-pad); y < min(h, r.Max.Y+pad); y++ {
					g.Pix[y*g.Stride+x] = 255
				}
			}
			continue
		}
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if dark(r.Min.X-reach, y) && dark(r.Min.X-reach/2, y) || dark(r.Max.X-1+reach, y) && dark(r.Max.X-1+reach/2, y) {
				continue
			}
			for x := max(0, r.Min.X-pad); x < min(w, r.Max.X+pad); x++ {
				g.Pix[y*g.Stride+x] = 255
			}
		}
	}
}

func mm(v float64, dpi int) int { return int(v*float64(dpi)/25.4 + 0.5) }
