package extractors

import (
	"slices"
	"strings"
)

// overRows is the text of a cell that spans several rows, where it is printed.
type overRows struct {
	run cellRun
	row int // of the document
	y   float64
}

// spread gives each row of a table the text of the cells that span it: without rules
// between them they stand in the middle of the rows that they are of, in one of those
// or between two. Only columns of words and days are spread, and only where the middles
// divide all rows among the texts without a remainder.
func (d *doc) spread(m *measured) {
	n := len(m.rows)
	if n < 3 {
		return
	}
	y := make([]float64, n)
	for r, i := range m.rows {
		y[r] = d.height(i)
	}
	step := (y[n-1] - y[0]) / float64(n-1)
	d.spreadGroups(m, y, 0.3*step)
	for c := range m.x {
		spans, own := d.spannings(m, c)
		groups := divided(y, spans, 0.3*step)
		if groups == nil || len(spans) == 1 && own == 1 && n < 5 { // of one among few the others may be unread
			continue
		}
		if m.origin == nil {
			m.origin = map[[2]int]int{}
		}
		for g, s := range spans {
			for r := groups[g]; r < n && (g+1 == len(groups) || r < groups[g+1]); r++ {
				m.cells[r][c] = s.run
				m.origin[[2]int{r, c}] = s.row
			}
			m.loose = slices.DeleteFunc(m.loose, func(i int) bool { return i == s.row })
		}
		for r := range m.beside {
			if m.beside[r] != nil {
				m.beside[r][c] = ""
			}
		}
	}
}

// spreadGroups moves what was taken for headings of groups, a day or a model alone in its
// row, to the first rows that it is of, where each stands in the middle of them.
func (d *doc) spreadGroups(m *measured, y []float64, off float64) {
	var texts []overRows
	var heads [][]grouped
	for r := range y {
		for _, g := range m.groups[r] {
			if strings.ContainsAny(string(d.rows[g.at.row].text[:g.at.from]), ":：") {
				return // 模型：X heads what is below it
			}
			texts = append(texts, overRows{row: g.at.row, y: d.height(g.at.row)})
			heads = append(heads, []grouped{g})
		}
	}
	first := divided(y, texts, off)
	if len(texts) == 0 || first == nil {
		return
	}
	for _, h := range heads {
		if h[0].role != heads[0][0].role {
			return
		}
	}
	m.groups = map[int][]grouped{}
	for k, r := range first {
		m.groups[r] = heads[k]
	}
}

// spannings are the texts of a column, from top to bottom, and how many of them stand in
// rows of data. Nil where one is a number, or stands with others in a row of its own.
func (d *doc) spannings(m *measured, c int) (out []overRows, own int) {
	for r, i := range m.rows {
		if s := m.cells[r][c]; len(s.glyphs) > 0 {
			if isQuantity(s.text) || isDash(s.text) {
				return nil, 0
			}
			out = append(out, overRows{s, i, d.height(i)})
			own++
		}
	}
	for _, i := range m.loose {
		shared := m.share(d.runs(i))
		if len(shared[c].glyphs) == 0 {
			continue
		}
		for k, s := range shared {
			if k != c && len(s.glyphs) > 0 {
				return nil, 0
			}
		}
		if isQuantity(shared[c].text) {
			return nil, 0
		}
		out = append(out, overRows{shared[c], i, d.height(i)})
	}
	slices.SortStableFunc(out, func(a, b overRows) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return 0
	})
	return out, own
}

// divided gives the first row of each text's group, where every text stands in the
// middle of its rows and the groups together are all rows; nil where they are not.
func divided(y []float64, texts []overRows, off float64) (first []int) {
	next, several := 0, false
	for _, t := range texts {
		end := next
		for end < len(y) && abs((y[next]+y[end])/2-t.y) > off {
			end++
		}
		if end == len(y) {
			return nil
		}
		first = append(first, next)
		several = several || end > next
		next = end + 1
	}
	if next != len(y) || !several || len(first) > 1 && first[1] == 1 { // or each stands at the head of its rows
		return nil
	}
	return first
}

// height is how far down a levelled page a row stands.
func (d *doc) height(i int) float64 {
	r := d.rows[i]
	for _, p := range d.pages {
		if p.Info.Page == r.page {
			return levelled(p)(r.box)
		}
	}
	return r.box.CenterY()
}
