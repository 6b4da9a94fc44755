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
	least, thick := mm(10, dpi), max(3, mm(1.2, dpi))
	dark := darker(g, g.Rect, threshold)
	return joinRuns(findRuns(dark, least), thick, 8, false), joinRuns(findRuns(dark.transposed(), least), thick, 8, true)
}

// ExactRules finds rules where pixels are exact, on electronic pages: beside those of Rules upright strokes of one row's
// height between level rules, and no level ones that are print. On photographs letters make such strokes.
func ExactRules(g *image.Gray, dpi int, threshold uint8) (level, upright []Rule) {
	least := mm(10, dpi)
	thick := max(3, mm(1.2, dpi))
	dark := darker(g, g.Rect, threshold)
	level = joinRuns(findRuns(dark, least), thick, 8, false)
	var long, short []run
	for _, r := range findRuns(dark.transposed(), mm(3.5, dpi)) {
		if r.to-r.from >= least {
			long = append(long, r)
		} else {
			short = append(short, r)
		}
	}
	upright = joinRuns(long, thick, 8, true)
	level = withoutPrint(g, level, upright, dpi, threshold)
	if len(upright) > 1 && len(level) > 1 {
		upright = append(upright, between(joinRuns(short, thick, 0, true), level, upright, dpi)...)
		sortRules(upright)
	}
	return level, upright
}

// withoutPrint drops level rules inside of a table that reach one side of their cell
// at most and have ink right above or below them: digits that touch each other, as in
// 822,000.00 of a coarse scan. Pieces of a broken rule have none.
func withoutPrint(g *image.Gray, level, upright []Rule, dpi int, threshold uint8) []Rule {
	near := mm(1.5, dpi)
	var out []Rule
	for _, l := range level {
		y, touched, left, right := (l.Rect.Min.Y+l.Rect.Max.Y)/2, 0, false, false
		for _, u := range upright {
			if y < u.Rect.Min.Y-near || y > u.Rect.Max.Y+near {
				continue
			}
			switch x := (u.Rect.Min.X + u.Rect.Max.X) / 2; {
			case x < l.Rect.Min.X-near:
				left = true
			case x > l.Rect.Max.X+near:
				right = true
			default:
				touched++
			}
		}
		inside := touched == 0 && left && right || touched == 1 && (left || right)
		if !inside || l.Rect.Dx() > mm(30, dpi) || beside(g, l.Rect, dpi, threshold) < 0.25 {
			out = append(out, l)
		}
	}
	return out
}

// beside is the share of a level rule's length that has ink close above or below it.
func beside(g *image.Gray, r image.Rectangle, dpi int, threshold uint8) float64 {
	away := max(2, mm(0.35, dpi))
	n := 0
	for x := max(r.Min.X, g.Rect.Min.X); x < min(r.Max.X, g.Rect.Max.X); x++ {
		for _, y := range []int{r.Min.Y - away, r.Max.Y - 1 + away} {
			if y >= g.Rect.Min.Y && y < g.Rect.Max.Y && g.Pix[(y-g.Rect.Min.Y)*g.Stride+x-g.Rect.Min.X] < threshold {
				n++
				break
			}
		}
	}
	return float64(n) / float64(max(1, r.Dx()))
}

// between returns the short strokes that part two cells of a table's row: they reach
// from one level rule to another, below or above a longer rule or another such stroke.
// Rules between rows of which each second is one merged cell are no longer.
func between(strokes, level, upright []Rule, dpi int) []Rule {
	near, touching := mm(1.2, dpi), mm(0.6, dpi)
	meets := func(x, y int) bool {
		for _, l := range level {
			if x >= l.Rect.Min.X-near && x <= l.Rect.Max.X+near && y >= l.Rect.Min.Y-touching && y <= l.Rect.Max.Y+touching {
				return true
			}
		}
		return false
	}
	var spans []Rule
	for _, s := range strokes {
		if x := (s.Rect.Min.X + s.Rect.Max.X) / 2; meets(x, s.Rect.Min.Y) && meets(x, s.Rect.Max.Y) {
			spans = append(spans, s)
		}
	}
	var out []Rule
	for i, s := range spans {
		x := (s.Rect.Min.X + s.Rect.Max.X) / 2
		at := func(o Rule) bool {
			return x >= o.Rect.Min.X-near && x <= o.Rect.Max.X+near && o.Rect.Intersect(s.Rect).Empty()
		}
		alike := false
		for _, u := range upright {
			alike = alike || at(u)
		}
		for k, o := range spans {
			alike = alike || k != i && at(o)
		}
		if alike {
			out = append(out, s)
		}
	}
	return out
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

// joinRuns joins runs of neighbouring rows that overlap, or are as far apart, into rules and drops
// those thicker than thick (a filled area is no rule).
func joinRuns(runs []run, thick, apart int, transposed bool) []Rule {
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
			if r.from <= o.last.to+apart && o.last.from <= r.to+apart {
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
	sortRules(rules)
	return rules
}

// sortRules puts rules in order from top to bottom, then from left to right.
func sortRules(rules []Rule) {
	sort.Slice(rules, func(i, j int) bool {
		a, b := rules[i].Rect.Min, rules[j].Rect.Min
		if a.Y != b.Y {
			return a.Y < b.Y
		}
		return a.X < b.X
	})
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
