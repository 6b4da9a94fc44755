package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// A measured table is one that was found by its rows, not by its heading:
// stretches that stand under each other, numbers among them. What its columns
// are is told by what their cells are, and by whatever words stand above.
type measured struct {
	rows   []int             // of the document
	cells  [][]cellRun       // by row, then column; no glyphs where the cell is empty
	x      [][2]float64      // of the columns
	heads  []string          // text above each column, folded, blanks removed
	groups map[int][]grouped // by index into rows: what heads the group that begins there
	blank  []bool            // columns where an empty cell repeats the one above
	origin map[[2]int]int    // by index into rows and column: the row of the document that a cell over several rows is printed in
	loose  []int             // rows of the document between, that are words only
	until  int               // a second column of days, -1 for none: where what the row is of ends
	beside [][]string        // by row, then column: the words of the loose rows nearest to it
}

// dataRow counts what makes a row one of data: numbers, days, and cells at all.
func dataRow(runs []cellRun) (numbers, days, cells int) {
	months := 0
	for _, s := range runs {
		switch {
		case monthOnly.MatchString(s.text):
			months++
		case isQuantity(s.text):
			numbers++
		case dayLike(s.text):
			days++
		}
		cells++
	}
	if numbers+days == 0 && months == 1 { // 6月 alone is how many months are bought
		return months, 0, cells
	}
	return numbers, days + months, cells
}

// isQuantity says whether a cell is a number, with or without its unit.
func isQuantity(text string) bool {
	text = strings.Map(dropSpace, text)
	if isNumber(text) {
		return true
	}
	m := countedThing.FindStringSubmatch(text)
	return m != nil && cellNumber(m[1]) != "" && !dayLike(text)
}

// measure finds the tables of a document by their rows, and joins what goes on
// on the next page or behind headings. least is how many numbers a row must have.
func (d *doc) measure(least int) []*measured {
	var out []*measured
	for _, m := range d.stretches(least) {
		d.dropStrangers(m)
		d.keepWrapped(m)
		if len(m.rows) == 0 || !d.layColumns(m) || len(m.x) == 2 && len(m.rows) < 3 {
			continue
		}
		d.spread(m)
		d.readHeads(m)
		m.unfold()
		if n := len(out); n > 0 && d.goesOn(out[n-1], m) {
			out[n-1].join(m)
			continue
		}
		out = append(out, m)
	}
	return out
}

// stretches finds rows of data below each other, a page each.
func (d *doc) stretches(least int) []*measured {
	var out []*measured
	var current *measured
	var pending []int // rows between that may be headings of groups
	gap := 0
	flush := func() {
		if current != nil {
			current.loose = append(current.loose, pending...)
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
		case (r.box[1] > 0.93 || r.box[3] < 0.06) && len(r.text) < 20 && numbers+days < 3: // the number of a page
		case isTotal(r) || isCarried(r):
			gap = 0
		case (numbers >= least && cells >= least+1 || numbers >= 1 && days >= 1 && cells >= 2) && (numbers > 2 || !strings.ContainsAny(string(r.text), "。；")) && !(colonPair(r) && (numbers < 3 || colonPair(row{text: []rune(runs[0].text)}))):
			if current != nil && (newPage || gap > 2) { // each page has columns of its own
				above := pending
				flush()
				pending = slices.DeleteFunc(above, func(p int) bool { return d.rows[p].page != r.page })
			}
			if current == nil {
				current = &measured{groups: map[int][]grouped{}}
			}
			for n, p := range pending {
				if g := d.groupHeads(p); len(g) > 0 && n >= len(pending)-2 && p > i-4 {
					current.groups[len(current.rows)] = append(current.groups[len(current.rows)], g...)
				} else {
					current.loose = append(current.loose, p)
				}
			}
			current.rows = append(current.rows, i)
			pending, gap = nil, 0
		case current == nil:
			pending = append(pending[max(0, len(pending)-2):], i)
		default:
			pending = append(pending, i)
			if gap++; gap > 4 && !newPage {
				flush()
			}
		}
	}
	flush()
	return out
}

// carried are rows that bring a sum from one page to the next, or hold one of a page.
var carried = regexp.MustCompile(`^.{0,12}(?:承前页|承上页|过次页|转下页|转次页|接上页|接前页|上页结转|本页|累计)`)

func isCarried(r row) bool { return carried.MatchString(strings.Map(dropSpace, string(r.text))) }

// layColumns parts the rows of a measured table into columns: where hardly any
// row has ink one ends and the next begins.
func (d *doc) layColumns(m *measured) bool {
	var rows [][]cellRun
	for _, i := range append(slices.Clone(m.rows), m.loose...) {
		rows = append(rows, d.runs(i))
	}
	m.x = columnsOf(rows[:len(m.rows)], len(m.rows)/8)
	within := rows[:len(m.rows):len(m.rows)]
	for _, runs := range rows[len(m.rows):] {
		bridge := slices.ContainsFunc(runs, func(s cellRun) bool { // the heading of several columns
			n := 0
			for _, x := range m.x {
				n += boolInt(s.x0 < x[1] && s.x1 > x[0])
			}
			return n > 1
		})
		if !bridge {
			within = append(within, runs)
		}
	}
	m.x = columnsOf(within, len(m.rows)/8)
	m.joinOverflow(rows[:len(m.rows)], d.em(m.rows[0]))
	if len(m.x) < 2 {
		return false
	}
	for _, runs := range rows[:len(m.rows)] {
		m.cells = append(m.cells, m.share(runs))
	}
	m.beside = make([][]string, len(m.rows))
	for n, i := range m.loose {
		r := d.nearestRow(m, i)
		if m.beside[r] == nil {
			m.beside[r] = make([]string, len(m.x))
		}
		for c, s := range m.share(rows[len(m.rows)+n]) {
			m.beside[r][c] += s.text
		}
	}
	m.blank = make([]bool, len(m.x))
	for c := range m.x {
		filled := 0
		for r := range m.cells {
			filled += boolInt(len(m.cells[r][c].glyphs) > 0)
		}
		// Where nearly every row has its own the empty one is unread.
		m.blank[c] = len(m.cells) > 1 && len(m.cells[0][c].glyphs) > 0 && filled*4 <= len(m.cells)*3
	}
	return true
}

// joinOverflow makes one column of two where the right one holds but the ends of some cells of the left one, longer than the
// others, which a bracket or a hyphen seems to part: 一体机主机 (8卡. em is the width of a character.
func (m *measured) joinOverflow(rows [][]cellRun, em float64) {
	for c := 0; c+1 < len(m.x); {
		left, right, ends := 0, 0, 0
		for _, runs := range rows {
			var a, b *cellRun
			for k := range runs {
				switch s := &runs[k]; m.column((s.x0 + s.x1) / 2) {
				case c:
					a = s
				case c + 1:
					if b == nil {
						b = s
					}
				}
			}
			left += boolInt(a != nil)
			right += boolInt(b != nil)
			ends += boolInt(a != nil && b != nil && b.x0-a.x1 < 0.9*em && !isQuantity(a.text) && !isQuantity(b.text))
		}
		if right == 0 || ends < right || 2*right > left {
			c++
			continue
		}
		m.x[c][1] = m.x[c+1][1]
		m.x = slices.Delete(m.x, c+1, c+2)
	}
}

// columnsOf are the stretches of a page's width in which more rows than are allowed for have ink.
func columnsOf(rows [][]cellRun, allowed int) (out [][2]float64) {
	const bins = 2000
	var ink [bins + 1]int
	for _, runs := range rows {
		for _, s := range runs {
			for b := max(0, int(s.x0*bins)+1); b < min(bins, int(s.x1*bins)); b++ {
				ink[b]++
			}
		}
	}
	start := -1
	for b := 0; b <= bins; b++ {
		if b < bins && ink[b] > allowed {
			if start < 0 {
				start = b
			}
			continue
		}
		if start >= 0 {
			out = append(out, [2]float64{float64(start) / bins, float64(b) / bins})
			start = -1
		}
	}
	return out
}

// share gives the stretches of a row to the columns.
func (m *measured) share(runs []cellRun) []cellRun {
	cells := make([]cellRun, len(m.x))
	for _, s := range m.apart(runs) {
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
	return cells
}

// apart cuts stretches that reach from one column into the next without a gap where a
// number or day ends and words begin, or the other way round: 2,334,133衡鉴-Max.
func (m *measured) apart(runs []cellRun) (out []cellRun) {
	for _, s := range runs {
		g := s.glyphs
		if len(g) < 3 || m.column((g[0].x0+g[0].x1)/2) == m.column((g[len(g)-1].x0+g[len(g)-1].x1)/2) {
			out = append(out, s)
			continue
		}
		cut, nearest := 0, 9.0
		for k := 1; k < len(g); k++ {
			left, right := m.column((g[k-1].x0+g[k-1].x1)/2), m.column((g[k].x0+g[k].x1)/2)
			if !otherScript(g[k-1].r, g[k].r) || right-left > 1 {
				continue
			}
			before, after := newRun(g[:k]).text, newRun(g[k:]).text
			whole := isNumber(before) || dayLike(before) || isNumber(after) || dayLike(after)
			edge := (m.x[left][1] + m.x[min(left+1, len(m.x)-1)][0]) / 2
			if off := abs((g[k-1].x1+g[k].x0)/2 - edge); whole && off < nearest {
				cut, nearest = k, off
			}
		}
		if cut == 0 {
			out = append(out, s)
			continue
		}
		out = append(out, newRun(g[:cut]), newRun(g[cut:]))
	}
	return out
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

// under are the columns whose middles a stretch stands over.
func (m *measured) under(s cellRun) (out []int) {
	for c, x := range m.x {
		if mid := (x[0] + x[1]) / 2; s.x0 < mid && s.x1 > mid {
			out = append(out, c)
		}
	}
	return out
}

// text is the text of a cell, blanks removed; of an empty one that of the words
// that stand above and below its place.
func (m *measured) text(row, column int) string {
	if t := m.cells[row][column].text; t != "" || m.beside[row] == nil {
		return t
	}
	return m.beside[row][column]
}

// portion returns how many of a column's filled cells are of a form, and how many are filled.
func (m *measured) portion(column int, form func(string) bool) (fit, filled int) {
	for r := range m.rows {
		if t := m.text(r, column); t != "" && !isDash(t) {
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
	fit, filled := m.portion(column, form)
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
			at := m.rows[r]
			if k, ok := m.origin[[2]int{r, column}]; ok {
				at = k
			}
			c := d.cell(at, g, read)
			c.Page = d.rows[m.rows[r]].page
			return c
		}
		if !fill {
			break
		}
	}
	return hequan.Cell{}
}
