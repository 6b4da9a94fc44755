package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// A measured table is one that was found by its rows, not by its heading:
// stretches that stand under each other, numbers among them. What its columns
// are is told by what their cells are, and by whatever words stand above.
type measured struct {
	rows   []int           // of the document
	cells  [][]cellRun     // by row, then column; no glyphs where the cell is empty
	x      [][2]float64    // of the columns
	heads  []string        // text above each column, folded, blanks removed
	groups map[int]grouped // by index into rows: what heads the group that begins there
	blank  []bool          // columns where an empty cell repeats the one above
}

// grouped is a heading inside a table.
type grouped struct {
	at span
}

// dataRow counts what makes a row one of data: numbers, days, and cells at all.
func dataRow(runs []cellRun) (numbers, days, cells int) {
	for _, s := range runs {
		switch {
		case isQuantity(s.text):
			numbers++
		case cellDay(s.text) != "":
			days++
		}
		cells++
	}
	return numbers, days, cells
}

// isQuantity says whether a cell is a number, with or without its unit.
func isQuantity(text string) bool {
	text = strings.Map(dropSpace, text)
	if isNumber(text) {
		return true
	}
	m := countedThing.FindStringSubmatch(text)
	return m != nil && cellNumber(m[1]) != "" && len(day.FindAll(text)) == 0
}

// measure finds the tables of a document by their rows. least is how many
// numbers a row must have.
func (d *doc) measure(least int) []*measured {
	var out []*measured
	var current *measured
	var pending []int // rows between that may be headings of groups
	gap := 0
	flush := func() {
		if current != nil {
			out = append(out, current)
		}
		current, pending, gap = nil, nil, 0
	}
	for i := range d.rows {
		r := d.rows[i]
		runs := d.runs(i)
		numbers, days, cells := dataRow(runs)
		newPage := current != nil && r.page != d.rows[current.rows[len(current.rows)-1]].page
		if current != nil && !newPage && r.grid != d.rows[current.rows[len(current.rows)-1]].grid && (r.grid != nil || len(runs) > 1) {
			flush() // out of the rules, or into others
		}
		switch {
		case (r.box[1] > 0.93 || r.box[3] < 0.06) && len(r.text) < 20: // the number of a page
		case isTotal(r):
			if current != nil {
				gap = 0
			}
		case (numbers >= least && cells >= least+1 || numbers >= 1 && days >= 1 && cells >= 3) && (numbers > 2 || !strings.ContainsAny(string(r.text), "。；")) && !colonPair(r):
			if current != nil && (newPage || gap > 2) { // each page has columns of its own
				flush()
			}
			if current == nil {
				current = &measured{groups: map[int]grouped{}}
			}
			for _, p := range pending {
				if g, ok := d.groupHead(p); ok && p > i-3 {
					current.groups[len(current.rows)] = g
				}
			}
			current.rows = append(current.rows, i)
			pending, gap = nil, 0
		case current == nil:
			if _, ok := d.groupHead(i); ok {
				pending = append(pending, i)
			} else {
				pending = nil
			}
		default:
			pending = append(pending, i)
			if gap++; gap > 4 && !newPage {
				flush()
			}
		}
	}
	flush()
	var kept []*measured
	for _, m := range out {
		if d.layColumns(m) {
			d.readHeads(m)
			kept = append(kept, m)
		}
	}
	return kept
}

var groupWord = regexp.MustCompile(`模型|服务|产品|实例|资源`)

// groupHead says whether a row is nothing but the name of a group: 模型：X.
func (d *doc) groupHead(i int) (grouped, bool) {
	s := d.trim(span{i, 0, len(d.rows[i].text)}, "")
	t := d.text(s)
	if strings.ContainsAny(t, "\t。；，") || s.to-s.from < 2 || s.to-s.from > 30 {
		return grouped{}, false
	}
	if k := strings.IndexAny(t, ":："); k >= 0 {
		s.from += len([]rune(t[:k])) + 1
		s = d.trim(s, ":： ")
	}
	return grouped{s}, s.to > s.from && (groupWord.MatchString(t) || modelName.MatchString(t))
}

// layColumns parts the rows of a measured table into columns: where hardly any
// row has ink one ends and the next begins.
func (d *doc) layColumns(m *measured) bool {
	const bins = 2000
	var ink [bins + 1]int
	var rows [][]cellRun
	for _, i := range m.rows {
		runs := d.runs(i)
		rows = append(rows, runs)
		for _, s := range runs {
			for b := max(0, int(s.x0*bins)+1); b < min(bins, int(s.x1*bins)); b++ {
				ink[b]++
			}
		}
	}
	allowed := len(rows) / 8
	start := -1
	for b := 0; b <= bins; b++ {
		if b < bins && ink[b] > allowed {
			if start < 0 {
				start = b
			}
			continue
		}
		if start >= 0 {
			m.x = append(m.x, [2]float64{float64(start) / bins, float64(b) / bins})
			start = -1
		}
	}
	if len(m.x) < 2 {
		return false
	}
	for _, runs := range rows {
		cells := make([]cellRun, len(m.x))
		for _, s := range runs {
			c := m.column((s.x0 + s.x1) / 2)
			if len(s.glyphs) > 0 && !isQuantity(s.text) {
				c = m.column(s.glyphs[0].x0 + 0.002)
			}
			if len(cells[c].glyphs) == 0 {
				cells[c] = s
				continue
			}
			g := append(append([]glyph{}, cells[c].glyphs...), s.glyphs...)
			cells[c] = newRun(g)
		}
		m.cells = append(m.cells, cells)
	}
	m.blank = make([]bool, len(m.x))
	for c := range m.x {
		m.blank[c] = len(m.cells) > 1 && len(m.cells[0][c].glyphs) > 0
	}
	return true
}

// column returns the column that a place belongs to.
func (m *measured) column(x float64) int {
	best, least := 0, 9.0
	for c, col := range m.x {
		distance := max(col[0]-x, x-col[1], 0)
		if distance < least {
			best, least = c, distance
		}
	}
	return best
}

// readHeads reads what stands above the columns: up to three rows without
// numbers, close above the first.
func (d *doc) readHeads(m *measured) {
	m.heads = make([]string, len(m.x))
	first := m.rows[0]
	top := d.rows[first].box[1]
	height := d.rows[first].box.Height()
	taken := 0
	for i := first - 1; i >= 0 && taken < 2 && d.rows[i].page == d.rows[first].page; i-- {
		r := d.rows[i]
		if top-r.box[3] > 3*height {
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
		} else {
			for _, s := range runs {
				for _, g := range d.splitHead(s, m) {
					m.heads[g.column] = g.text + m.heads[g.column]
				}
			}
		}
		top = r.box[1]
		taken++
	}
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
func (d *doc) splitHead(s cellRun, m *measured) []headPart {
	whole := m.column((s.x0 + s.x1) / 2)
	last := m.column(s.glyphs[len(s.glyphs)-1].x1)
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

// text is the text of a cell, blanks removed.
func (m *measured) text(row, column int) string { return m.cells[row][column].text }

// share returns how many of a column's filled cells are of a form, and how many are filled.
func (m *measured) share(column int, form func(string) bool) (fit, filled int) {
	for r := range m.rows {
		if t := m.text(r, column); t != "" {
			filled++
			if form(t) {
				fit++
			}
		}
	}
	return fit, filled
}

// most says whether nearly all filled cells of a column are of a form.
func (m *measured) most(column int, form func(string) bool) bool {
	fit, filled := m.share(column, form)
	return fit > 0 && fit*5 >= filled*4 && filled*3 >= len(m.rows)
}

// distinct counts the different texts of a column.
func (m *measured) distinct(column int) int {
	seen := map[string]bool{}
	for r := range m.rows {
		if t := m.text(r, column); t != "" {
			seen[t] = true
		}
	}
	return len(seen)
}

// cellAt makes the cell of a row and column; an empty one of a row group is
// the one above.
func (d *doc) cellAt(m *measured, row, column int, read func(string) string, fill bool) hequan.Cell {
	for r := row; r >= 0; r-- {
		if g := m.cells[r][column].glyphs; len(g) > 0 {
			c := d.cell(m.rows[r], g, read)
			c.Page = d.rows[m.rows[r]].page
			return c
		}
		if !fill {
			break
		}
	}
	return hequan.Cell{}
}
