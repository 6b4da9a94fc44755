package extractors

import (
	"slices"
	"strconv"
	"strings"

	"hequan"
)

// unpriced finds the lists of items of which the paper tells no amounts. That none
// are told is taken for sure only where nothing is left that could be one: every
// column's heading is of something else, or its cells hold no number; every row has
// all of its cells, and nothing stands beside them. A list with a gap is none: its
// amounts may be unread.
func (d *doc) unpriced(kind tableKind) (out []hequan.Table) {
	kind.needs = []string{"name", "quantity", "unit"}
	kind.columns = slices.DeleteFunc(slices.Clone(kind.columns), func(c column) bool { return c.name == "amount" || c.name == "unit_price" })
	for b := range d.bodies(kind) {
		last := &b.parts[len(b.parts)-1]
		if n := slices.IndexFunc(last.rows, func(k int) bool { return colonPair(d.rows[k]) }); n > 0 {
			last.rows = last.rows[:n] // 总价款：1,050,000.00
		}
		t, ok := d.tableOf(kind, b)
		if ok && d.allTaken(b, &t) && d.noneCouldBe(b) {
			out = append(out, t)
		}
	}
	return out
}

// noneCouldBe says whether no column of a body whose heading is unknown could hold
// amounts: none of its cells has a digit, but for those that number the rows.
func (d *doc) noneCouldBe(b body) bool {
	n := 0
	for _, p := range b.parts {
		edges := d.edges(p)
		for _, k := range p.rows {
			n++
			for c, g := range share(d.runs(k), p.head, edges, d.em(k)) {
				if p.head.columns[c].name != "" || len(g) == 0 {
					continue
				}
				text := newRun(g).text
				if m := rowNumber.FindStringSubmatch(text); m != nil && m[1] == strconv.Itoa(n) {
					text = text[len(m[0]):]
				}
				if strings.ContainsAny(text, "0123456789") {
					return false
				}
			}
		}
	}
	return true
}

// allTaken says whether a table has a row for each row of its body and every cell of
// it, read: no line was left out, or joined with another.
func (d *doc) allTaken(b body, t *hequan.Table) bool {
	rows := 0
	for _, p := range b.parts {
		rows += len(p.rows)
	}
	if rows != len(t.Rows) {
		return false
	}
	for _, r := range t.Rows {
		if slices.ContainsFunc(r, func(c hequan.Cell) bool { return c.Value == "" }) {
			return false
		}
	}
	return true
}
