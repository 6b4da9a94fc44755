package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// readHeads reads what stands above the columns: up to three rows without
// numbers, close above the first.
func (d *doc) readHeads(m *measured) {
	m.heads = make([]string, len(m.x))
	first := m.rows[0]
	top := d.rows[first].box[1]
	height := d.rows[first].box.Height()
	taken := 0
	for i := first - 1; i >= 0 && taken < 3 && d.rows[i].page == d.rows[first].page; i-- {
		r := d.rows[i]
		if gap := top - r.box[3]; gap > 3*height || taken > 0 && gap > 1.3*height {
			break
		}
		runs := d.runs(i)
		if len(runs) < 2 {
			if taken == 0 {
				continue // the heading of a group
			}
			break
		}
		if numbers, days, _ := dataRow(runs); numbers > 0 || days > 0 || strings.ContainsAny(string(r.text), "。；") || colonPair(r) {
			break
		}
		if list := d.headPieces(i); len(list) == len(m.x) { // one for each column, in order
			for c, text := range list {
				m.heads[c] = text + m.heads[c]
			}
		} else if len(runs) == len(m.x) && d.digital(r.page) && m.inOrder(runs) {
			for c, s := range runs {
				m.heads[c] = s.text + m.heads[c]
			}
		} else if list := m.aligned(afterBrackets(d.tabRuns(i))); list != nil && r.grid == nil {
			for c, text := range list {
				m.heads[c] = text + m.heads[c]
			}
		} else {
			for _, s := range runs {
				for _, g := range d.splitHead(s, m, r.page, r.grid != nil) {
					m.heads[g.column] = g.text + m.heads[g.column]
				}
			}
		}
		top = r.box[1]
		taken++
	}
}

// inOrder says whether each of as many stretches as there are columns stands nearest to its own.
func (m *measured) inOrder(runs []cellRun) bool {
	for c, s := range runs {
		if m.column((s.x0+s.x1)/2) != c {
			return false
		}
	}
	return true
}

// tabRuns are the stretches of a row between its wide gaps.
func (d *doc) tabRuns(i int) (out []cellRun) {
	g := d.glyphs(i)
	for _, p := range tabbed(d.rows[i]) {
		var own []glyph
		for _, x := range g {
			if x.at >= p[0] && x.at < p[1] {
				own = append(own, x)
			}
		}
		if len(own) > 0 {
			out = append(out, newRun(own))
		}
	}
	return out
}

// afterBrackets parts headings that stand against each other where the unit of one ends: 用量(千tokens)单价(元).
func afterBrackets(runs []cellRun) (out []cellRun) {
	for _, s := range runs {
		from := 0
		for k := 2; k+1 < len(s.glyphs); k++ {
			if closes(s.glyphs[k-1].r) && !closes(s.glyphs[k].r) && !opens(s.glyphs[k].r) && k-from >= 4 {
				if g := leadingMarks(s.glyphs[from:k]); len(g) > 0 {
					out = append(out, newRun(g))
				}
				from = k
			}
		}
		if g := leadingMarks(s.glyphs[from:]); len(g) > 0 {
			out = append(out, newRun(g))
		}
	}
	return out
}

// leadingMarks takes marks off the beginning of a heading.
func leadingMarks(g []glyph) []glyph {
	for len(g) > 0 && strings.ContainsRune("，,、.。|｜“”", g[0].r) {
		g = g[1:]
	}
	return g
}

// aligned gives each heading the column that it stands over, in order, by the least of all distances between their left
// edges, middles and right edges: headings stand in the middle of columns whose numbers stand on the right. It is nil
// where one stands over two columns, or far from all of them.
func (m *measured) aligned(heads []cellRun) []string {
	const far = 0.1 // of the page's width
	n, cols := len(heads), len(m.x)
	if n < 2 || n > cols {
		return nil
	}
	for _, s := range heads {
		if len(m.under(s)) > 1 {
			return nil
		}
	}
	cost := make([][]float64, n+1)
	for k := range cost {
		cost[k] = make([]float64, cols+1)
		for c := range cost[k] {
			if k > 0 {
				cost[k][c] = 9
			}
		}
	}
	away := func(k, c int) float64 {
		x := m.x[c]
		return min(abs(heads[k].x0-x[0]), abs(heads[k].x1-x[1]), abs((heads[k].x0+heads[k].x1)/2-(x[0]+x[1])/2))
	}
	for k := 1; k <= n; k++ {
		for c := 1; c <= cols; c++ {
			cost[k][c] = cost[k][c-1]
			if v := cost[k-1][c-1] + away(k-1, c-1); away(k-1, c-1) < far && v < cost[k][c] {
				cost[k][c] = v
			}
		}
	}
	if cost[n][cols] >= 9 {
		return nil
	}
	out := make([]string, cols)
	for k, c := n, cols; k > 0; {
		if cost[k][c] == cost[k][c-1] {
			c--
			continue
		}
		out[c-1] = heads[k-1].text
		k, c = k-1, c-1
	}
	return out
}

// digital says whether a page has a text layer.
func (d *doc) digital(page int) bool {
	for _, p := range d.pages {
		if p.Info.Page == page {
			return p.Info.Source == hequan.SourceDigital
		}
	}
	return false
}

// headPieces are the texts of a row between wide gaps, or of its cells.
func (d *doc) headPieces(i int) []string {
	var out []string
	for _, p := range tabbed(d.rows[i]) {
		out = append(out, strings.Map(dropSpace, string(d.rows[i].text[p[0]:p[1]])))
	}
	return out
}

// colonPair says whether a row says something of itself: 客户：某某.
func colonPair(r row) bool {
	return labelColon.MatchString(strings.Map(dropSpace, string(r.text)))
}

var labelColon = regexp.MustCompile(`[\p{Han})]:[^)]`)

type headPart struct {
	column int
	text   string
}

// splitHead shares the characters of a heading among the columns they stand over.
func (d *doc) splitHead(s cellRun, m *measured, page int, ruled bool) []headPart {
	if over := m.under(s); ruled && len(over) > 1 { // a cell over several columns heads each
		var out []headPart
		for _, c := range over {
			out = append(out, headPart{c, s.text})
		}
		return out
	}
	whole := m.column((s.x0 + s.x1) / 2)
	last := m.column(s.glyphs[len(s.glyphs)-1].x1)
	if over := m.under(s); len(over) == 1 && d.digital(page) { // gaps of a text layer are sure
		return []headPart{{over[0], s.text}}
	}
	if m.column(s.glyphs[0].x0) == last || last == whole && s.x1-s.x0 < 0.12 {
		return []headPart{{whole, s.text}}
	}
	var out []headPart
	for _, g := range s.glyphs {
		c := m.column((g.x0 + g.x1) / 2)
		if n := len(out); n > 0 && out[n-1].column == c {
			out[n-1].text += string(g.r)
			continue
		}
		out = append(out, headPart{c, string(g.r)})
	}
	return out
}
