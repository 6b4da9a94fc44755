package extractors

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hequan"
)

// cellRun is characters of a row that stand together: a cell, or words of one.
type cellRun struct {
	glyphs []glyph
	x0, x1 float64
	text   string
}

func newRun(g []glyph) cellRun {
	s := cellRun{glyphs: g, x0: g[0].x0, x1: g[len(g)-1].x1}
	for _, x := range g {
		s.text += string(x.r)
	}
	return s
}

// runs parts a row at its visible gaps and seams. In a ruled row each cell is one run,
// as wide as the cell.
func (d *doc) runs(i int) []cellRun {
	g, r := d.glyphs(i), d.rows[i]
	em := d.em(i)
	gaps := map[int]bool{}
	if r.grid == nil {
		g, gaps = withoutSpecks(g)
	}
	var out []cellRun
	start := 0
	for k := 1; k <= len(g); k++ {
		tab := gaps[k]
		if k < len(g) && (r.grid != nil || r.seams) {
			for at := g[k-1].at; at < g[k].at; at++ {
				tab = tab || r.text[at] == '\t'
			}
		}
		if k == len(g) || tab || r.grid == nil && room(g, k, em) > 0.55*em && !goesOn(g, k, em) {
			out = append(out, parted(g[start:k])...)
			start = k
		}
	}
	if r.grid != nil {
		lean := d.lean(r.page)
		for n := range out {
			if n < len(r.cells) {
				shift := r.cells[n].CenterY() * lean
				out[n].x0, out[n].x1 = r.cells[n][0]+shift, r.cells[n][2]+shift
			}
		}
	}
	return out
}

// besideDay is a day or month with a sum of money right behind it, whose column begins where the other ends.
var besideDay = regexp.MustCompile(`^(20\d\d年\d{1,2}月(?:\d{1,2}日)?)[¥￥]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$`)

// parted are the stretches that characters without a gap are.
func parted(g []glyph) []cellRun {
	s := newRun(g)
	if m := besideDay.FindStringSubmatch(s.text); m != nil {
		n := len([]rune(m[1]))
		return []cellRun{newRun(g[:n]), newRun(g[n:])}
	}
	return []cellRun{s}
}

// goesOn says whether a text goes on behind a gap: a name, in which one of its characters was lost
// (砚池 -Lite-32k), a day in spaced print (2025 年 10 月 1 日), or a unit (百万 tokens).
func goesOn(g []glyph, k int, em float64) bool {
	before, r, gap := g[k-1].r, g[k].r, g[k].x0-g[k-1].x1
	if digit := unicode.IsDigit; digit(before) && strings.ContainsRune("年月日", r) || digit(r) && (before == '年' || before == '月') {
		return gap < 1.2*em
	}
	if strings.ContainsRune("千万百亿", before) && (r == 't' || r == 'T') || before == '百' && r == '万' {
		return gap < 1.5*em // 百万 tokens
	}
	return r == '-' && k+1 < len(g) && unicode.IsLetter(g[k+1].r) && unicode.Is(unicode.Han, before) && gap < 2.5*em
}

// room is how far a glyph stands from the one before it, but for what a full-width bracket leaves blank of its square, and
// what justified print adds. That counts for a bracket that is closed on another line alone: one that is closed may be a column's.
func room(g []glyph, k int, em float64) float64 {
	gap := g[k].x0 - g[k-1].x1
	if strings.ContainsRune("(（", g[k].r) && !slices.ContainsFunc(g[k:], func(x glyph) bool { return strings.ContainsRune(")）", x.r) }) {
		gap -= 0.9 * em
	}
	return gap
}

// withoutSpecks drops quotation marks that have no other half in their row: what
// a gap between two columns was taken for. gaps are the glyphs before which one stood.
func withoutSpecks(g []glyph) (out []glyph, gaps map[int]bool) {
	gaps = map[int]bool{}
	halves := map[rune]rune{'”': '“', '’': '‘'} // of a pair, the second's first
	lone := func(k int) bool {
		r := g[k].r
		for second, first := range halves {
			switch r {
			case second:
				return !slices.ContainsFunc(g[:k], func(x glyph) bool { return x.r == first })
			case first:
				return !slices.ContainsFunc(g[k:], func(x glyph) bool { return x.r == second })
			}
		}
		return false
	}
	ordinal, behind := true, false
	for k, x := range g {
		ordinal = ordinal && unicode.IsDigit(x.r)
		if k > 0 && k+1 < len(g) && lone(k) && !behind {
			gaps[len(out)] = true
			continue
		}
		behind = ordinal // the number of the row, which dirt may follow
		out = append(out, x)
	}
	for k := 3; k < len(out); k++ { // 2026年1月璞石-Turbo: two columns set tight
		if d := out[k-1].r; (d == '月' || d == '日') && unicode.IsDigit(out[k-2].r) && unicode.IsLetter(out[k].r) && !strings.ContainsRune("至到起止始份度底初末日上中下内前后,，、", out[k].r) {
			gaps[k] = true
		}
	}
	return out, gaps
}

// nearest returns the column that a stretch lies under, -1 where it lies far
// from every one.
func (h *head) nearest(x0, x1 float64) int {
	best, least := -1, 0.12 // a word further than this from every heading is no cell
	for c := range h.columns {
		x := h.columns[c].x
		var distance float64
		switch {
		case x1 < x[0]:
			distance = x[0] - x1
		case x0 > x[1]:
			distance = x0 - x[1]
		default:
			distance = max(x0, x[0]) - min(x1, x[1])
		}
		if distance < least {
			best, least = c, distance
		}
	}
	return best
}

// edges returns where the columns of a part end and the next begin: rules, or
// the widest stretch between two headings' middles that the fewest rows have
// ink in.
func (d *doc) edges(p bodyPart) []float64 {
	h := p.head
	var out []float64
	const bins = 1000
	var ink [bins + 1]int
	var rows [][]cellRun
	if !h.ruled {
		for _, k := range p.rows {
			rows = append(rows, d.runs(k))
			for _, s := range rows[len(rows)-1] {
				for b := int(s.x0*bins) + 1; b < int(s.x1*bins); b++ {
					if b >= 0 && b <= bins {
						ink[b]++
					}
				}
			}
		}
	}
	for c := 0; c+1 < len(h.columns); c++ {
		a, b := h.columns[c].x, h.columns[c+1].x
		if h.ruled {
			out = append(out, (a[1]+b[0])/2)
			continue
		}
		from, to := int((a[0]+a[1])/2*bins), int((b[0]+b[1])/2*bins)
		if h.columns[c].text == "" && a[1] < b[0] {
			to = min(to, int(b[0]*bins)) // as wide as its cells: what stands under the next heading is none of them
		}
		least := 1 << 30
		for x := max(0, from); x <= min(bins, to); x++ {
			least = min(least, ink[x])
		}
		left, right := 0.0, 1.0
		if c > 0 {
			left = out[c-1]
		}
		if c+2 < len(h.columns) {
			right = h.columns[c+2].x[0]
		}
		// Of stretches as empty as any that which leaves the fewest rows with two cells
		// on one side and none on the other, then the widest; of equal ones that between
		// the headings.
		edge, widest, fewest, start := (a[1]+b[0])/2, 0.0, 1<<30, -1
		for x := max(0, from); x <= min(bins, to)+1; x++ {
			if x <= min(bins, to) && ink[x] == least {
				if start < 0 {
					start = x
				}
				continue
			}
			if start >= 0 {
				lo, hi := float64(start)/bins, float64(x-1)/bins
				at := min(max((a[1]+b[0])/2, lo), hi)
				w := float64(x - start)
				if n := lopsided(rows, left, at, right); n < fewest || n == fewest && w > widest {
					widest, fewest, edge = w, n, at
				}
				start = -1
			}
		}
		out = append(out, edge)
	}
	if len(out) > 0 && !h.ruled && ordinalHead[h.columns[0].text] && h.columns[0].name == "" {
		for _, r := range rows {
			for _, s := range r {
				if s.x0 < out[0] && s.x0 > h.columns[0].x[0] && !isNumber(s.text) && ordinal(h, s) == 0 && len(s.glyphs) > 2 {
					out[0] = s.x0 - 0.001 // the names begin further left than their heading
				}
			}
		}
	}
	return out
}

// lopsided counts the rows in which an edge leaves two stretches that begin
// between left and right on one side of it, and none on the other.
func lopsided(rows [][]cellRun, left, edge, right float64) int {
	count := 0
	for _, r := range rows {
		var n [2]int
		for _, s := range r {
			switch {
			case s.x0 < left || s.x0 >= right:
			case (s.x0+s.x1)/2 < edge:
				n[0]++
			default:
				n[1]++
			}
		}
		if n[0] == 0 && n[1] >= 2 || n[1] == 0 && n[0] >= 2 {
			count++
		}
	}
	return count
}

// share gives the runs of a row to the columns; a run that reaches over an
// edge is cut there if a gap or a change of script allows it.
func share(runs []cellRun, h *head, edges []float64, em float64) [][]glyph {
	out := make([][]glyph, len(h.columns))
	columnAt := func(x float64) int {
		c := 0
		for c < len(edges) && x >= edges[c] {
			c++
		}
		return c
	}
	for _, s := range runs {
		rest := s.glyphs
		if h.ruled {
			c := columnAt((s.x0 + s.x1) / 2)
			out[c] = append(out[c], rest...)
			continue
		}
		least := 0 // the column that the rest begins in at least
		if n := ordinal(h, s); n > 0 {
			out[0] = append(out[0], rest[:n]...)
			rest, least = rest[n:], 1
		}
		for _, e := range edges {
			if len(rest) == 0 || rest[len(rest)-1].x1 <= e || rest[0].x0 >= e {
				continue
			}
			if least > 0 && e == edges[0] {
				continue
			}
			cut, nearest := 0, 1.8*em
			for k := 1; k < len(rest); k++ {
				if mid := (rest[k].x0 + rest[k-1].x1) / 2; abs(mid-e) < nearest && (room(rest, k, em) > 0.3*em || otherScript(rest[k-1].r, rest[k].r)) {
					cut, nearest = k, abs(mid-e)
				}
			}
			if cut > 0 {
				c := max(least, columnAt((rest[0].x0+rest[cut-1].x1)/2))
				out[c] = append(out[c], rest[:cut]...)
				rest = rest[cut:]
			}
		}
		if len(rest) == 0 {
			continue
		}
		c := columnAt((rest[0].x0 + rest[len(rest)-1].x1) / 2)
		// A long text that reaches out of its column belongs to where it begins.
		if !isNumber(s.text) && len(rest) > 4 {
			c = columnAt(rest[0].x0 + em)
		}
		c = max(least, c)
		out[c] = append(out[c], rest...)
	}
	return out
}

// ordinal is how many digits at the start of a run are the row's number, which
// the text of the next column follows without a gap.
func ordinal(h *head, s cellRun) int {
	if len(h.columns) < 2 || h.columns[0].name != "" || !ordinalHead[h.columns[0].text] || s.x0 > h.columns[0].x[1] {
		return 0
	}
	n := 0
	for n < len(s.glyphs) && unicode.IsDigit(s.glyphs[n].r) {
		n++
	}
	if n == 0 || n > 3 || n == len(s.glyphs) {
		return 0
	}
	for n < len(s.glyphs) && strings.ContainsRune("”“‘’，,。、.·|", s.glyphs[n].r) {
		n++ // dirt, the point of 1.
	}
	if n == len(s.glyphs) || s.glyphs[n-1].r == '.' && unicode.IsDigit(s.glyphs[n].r) {
		return 0
	}
	if next := s.glyphs[n].r; unicode.Is(unicode.Han, next) || unicode.IsLetter(next) || next == '*' {
		return n
	}
	return 0
}

var ordinalHead = map[string]bool{"序号": true, "序": true, "项次": true, "行号": true, "编号": true, "No": true, "NO": true, "No.": true}

func otherScript(a, b rune) bool {
	digit := func(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' || r == '%' }
	return digit(a) && unicode.Is(unicode.Han, b) || digit(b) && unicode.Is(unicode.Han, a)
}

func abs(v float64) float64 { return max(v, -v) }

// cell makes a cell of the characters that a column has of row i.
func (d *doc) cell(i int, g []glyph, read func(string) string) hequan.Cell {
	if len(g) == 0 {
		return hequan.Cell{}
	}
	s := d.trim(span{i, g[0].at, g[len(g)-1].at + 1}, "|｜_")
	if s.to <= s.from {
		return hequan.Cell{}
	}
	f := d.field("", "", s)
	c := hequan.Cell{Text: f.Text, Box: f.Box, Confidence: f.Confidence, Proof: f.Proof, Alt: d.second(i, g)}
	if read != nil {
		c.Value = read(strings.TrimSpace(f.Text))
	}
	return c
}
