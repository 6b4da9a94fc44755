package extractors

import (
	"slices"
)

// The kinds of things that cells hold.
const (
	cellEmpty = iota
	cellOfWords
	cellOfDay
	cellOfNumber
)

func cellKind(text string) int {
	switch {
	case text == "" || isDash(text):
		return cellEmpty
	case isQuantity(text):
		return cellOfNumber
	case dayLike(text):
		return cellOfDay
	}
	return cellOfWords
}

// isDash says whether a cell says that there is nothing: —.
func isDash(text string) bool {
	switch text {
	case "-", "--", "—", "——", "–", "/", "\\":
		return true
	}
	return false
}

// dropStrangers takes rows off the ends of a stretch that are none of the table's:
// of another number of cells than most, in other places, holding other things.
func (d *doc) dropStrangers(m *measured) {
	count := map[int]int{}
	usual := 0
	for _, i := range m.rows {
		n := len(d.runs(i))
		count[n]++
		if count[n] > count[usual] || count[n] == count[usual] && n > usual {
			usual = n
		}
	}
	if count[usual]*2 < len(m.rows) || len(m.rows) < 3 {
		return
	}
	// Where the cells of the usual rows stand, and what most of them hold.
	x := make([][2]float64, usual)
	holds := make([][4]int, usual)
	for k := range x {
		x[k] = [2]float64{9, -9}
	}
	for _, i := range m.rows {
		runs := d.runs(i)
		if len(runs) != usual {
			continue
		}
		for k, s := range runs {
			x[k] = [2]float64{min(x[k][0], s.x0), max(x[k][1], s.x1)}
			holds[k][cellKind(s.text)]++
		}
	}
	strange := func(i int) bool {
		runs := d.runs(i)
		if len(runs) == usual {
			return false
		}
		wrong := 0
		for _, s := range runs {
			over, fits := 0, false
			for k := range x {
				if mid := (x[k][0] + x[k][1]) / 2; s.x0 < mid && s.x1 > mid {
					over++
				}
				if s.x0 < x[k][1] && s.x1 > x[k][0] {
					kind := cellKind(s.text)
					fits = fits || kind == cellEmpty || holds[k][kind]*3 >= count[usual]
				}
			}
			if over > 1 || !fits {
				wrong++
			}
		}
		return wrong*2 >= len(runs)
	}
	for len(m.rows) > 1 && strange(m.rows[0]) {
		m.rows = m.rows[1:]
		moved := map[int][]grouped{}
		for r, g := range m.groups {
			if r > 0 {
				moved[r-1] = g
			}
		}
		m.groups = moved
	}
	for len(m.rows) > 1 && strange(m.rows[len(m.rows)-1]) {
		m.rows = m.rows[:len(m.rows)-1]
		delete(m.groups, len(m.rows))
	}
}

// keepWrapped keeps of the rows between only those that words of a wrapped cell
// can be: nearer to a row of data than rows of data are to each other.
func (d *doc) keepWrapped(m *measured) {
	steps := d.steps(m)
	if len(steps) == 0 {
		m.loose = nil
		return
	}
	step := quantile(steps, 0.5)
	m.loose = slices.DeleteFunc(m.loose, func(i int) bool {
		near := d.rows[m.rows[d.nearestRow(m, i)]]
		return near.page != d.rows[i].page || abs(near.box.CenterY()-d.rows[i].box.CenterY()) > 0.75*step || d.rows[i].grid != nil || slices.ContainsFunc(d.runs(i), func(s cellRun) bool { return isQuantity(s.text) })
	})
}

// steps are how far apart rows of a table stand that follow each other on a page.
func (d *doc) steps(m *measured) (out []float64) {
	for k := 1; k < len(m.rows); k++ {
		if a, b := d.rows[m.rows[k-1]], d.rows[m.rows[k]]; a.page == b.page {
			out = append(out, b.box.CenterY()-a.box.CenterY())
		}
	}
	return out
}

// nearestRow is the row of a table that a row of the document stands nearest to.
func (d *doc) nearestRow(m *measured, i int) int {
	best, least := 0, 9.0
	for r, k := range m.rows {
		if away := abs(d.rows[k].box.CenterY() - d.rows[i].box.CenterY()); d.rows[k].page == d.rows[i].page && away < least {
			best, least = r, away
		}
	}
	return best
}

// unfold lays a table that goes on beside itself out below itself: its right half
// has the headings of the left one, and holds the same things.
func (m *measured) unfold() {
	n := len(m.x) / 2
	if len(m.x)%2 != 0 || n < 3 || len(m.groups) > 0 || len(m.origin) > 0 {
		return
	}
	numbers, days := 0, 0
	for c := range n {
		a, b := m.kind(c), m.kind(c+n)
		if a != b && b != cellEmpty || m.heads[c] != m.heads[c+n] {
			return
		}
		numbers += boolInt(a == cellOfNumber)
		days += boolInt(a == cellOfDay)
	}
	if numbers == 0 || days != 1 {
		return
	}
	out := measured{x: m.x[:n], heads: m.heads[:n], groups: m.groups, blank: m.blank[:n]}
	for _, from := range []int{0, n} {
		for r, i := range m.rows {
			cells := m.cells[r][from : from+n]
			if slices.ContainsFunc(cells, func(s cellRun) bool { return len(s.glyphs) > 0 }) {
				out.rows, out.cells, out.beside = append(out.rows, i), append(out.cells, cells), append(out.beside, nil)
			}
		}
	}
	*m = out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// kind is what most filled cells of a column hold.
func (m *measured) kind(c int) int {
	var n [4]int
	for r := range m.rows {
		n[cellKind(m.text(r, c))]++
	}
	best := cellEmpty
	for _, k := range []int{cellOfWords, cellOfDay, cellOfNumber} {
		if n[k] > 0 && (best == cellEmpty || n[k] > n[best]) {
			best = k
		}
	}
	return best
}

// goesOn says whether b goes on with the table a: on the next page in the same
// columns, or below on the same one under the same headings or none.
func (d *doc) goesOn(a, b *measured) bool {
	last, first := d.rows[a.rows[len(a.rows)-1]], d.rows[b.rows[0]]
	at := a.places(b)
	if at == nil || first.page > last.page+1 || last.grid != nil && first.grid == nil && first.page == last.page {
		return false
	}
	same, other := 0, 0
	for c, h := range b.heads {
		switch {
		case h == "":
		case h == a.heads[at[c]]:
			same++
		default:
			other++
		}
	}
	if first.page == last.page {
		return same+other == 0 && len(a.x) == len(b.x) || same > 0 && same >= 2*other
	}
	// Words of a running title may stand for headings; a full row of others is another table.
	return same >= other || (same+other)*5 < len(b.x)*4
}

// places are the columns of m that those of another part are, nil where they
// don't lie under each other or hold other things.
func (m *measured) places(o *measured) []int {
	at := make([]int, len(o.x))
	over, last := 0, -1
	for c := range o.x {
		at[c] = c
		if len(o.x) != len(m.x) {
			at[c] = -1
			for k := range m.x {
				if overlap(m.x[k], o.x[c]) > 0 {
					if at[c] >= 0 {
						return nil
					}
					at[c] = k
				}
			}
			if at[c] <= last {
				return nil
			}
			last = at[c]
		}
		if overlap(m.x[at[c]], o.x[c]) > 0 {
			over++
		}
		if a, b := m.kind(at[c]), o.kind(c); a != b && a != cellEmpty && b != cellEmpty {
			return nil
		}
	}
	if over*5 < len(o.x)*3 {
		return nil
	}
	return at
}

func overlap(a, b [2]float64) float64 { return min(a[1], b[1]) - max(a[0], b[0]) }

// join puts the rows of a part that goes on behind those of m.
func (m *measured) join(o *measured) {
	at := m.places(o)
	for r, g := range o.groups {
		m.groups[len(m.rows)+r] = g
	}
	for at, k := range o.origin {
		if m.origin == nil {
			m.origin = map[[2]int]int{}
		}
		m.origin[[2]int{len(m.rows) + at[0], m.places(o)[at[1]]}] = k
	}
	m.rows, m.loose = append(m.rows, o.rows...), append(m.loose, o.loose...)
	for _, cells := range o.cells {
		row := make([]cellRun, len(m.x))
		for c, s := range cells {
			row[at[c]] = s
		}
		m.cells = append(m.cells, row)
	}
	for _, words := range o.beside {
		var row []string
		if words != nil {
			row = make([]string, len(m.x))
			for c, w := range words {
				row[at[c]] = w
			}
		}
		m.beside = append(m.beside, row)
	}
	for c, h := range o.heads {
		if m.heads[at[c]] == "" {
			m.heads[at[c]] = h
		}
	}
}
