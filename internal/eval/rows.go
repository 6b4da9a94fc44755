package eval

import (
	"strings"

	"hequan"
)

// tableKey names a table of a document of the report.
type tableKey struct{ document, table string }

// readRows are the rows of a document's tables of a name, under the columns of the first.
func readRows(got *hequan.Document, name string) (rows [][]hequan.Cell, columns []string) {
	if got == nil {
		return nil, nil
	}
	for _, g := range got.Tables {
		if g.Name == name {
			if columns == nil {
				columns = g.Columns
			}
			rows = append(rows, align(g, columns)...)
		}
	}
	return rows, columns
}

// cellOf is a row's cell of a column, empty where there is none.
func cellOf(row []hequan.Cell, columns []string, name string) hequan.Cell {
	for c, n := range columns {
		if n == name && c < len(row) {
			return row[c]
		}
	}
	return hequan.Cell{}
}

// partners gives each labelled row the row that was read for it, -1 for none: both in their order,
// so that most cells are right and, of as many, most rows have a partner. So a row that was lost
// counts once, and not once more for each row below it.
func partners(want []map[string]Field, rows [][]hequan.Cell, columns []string) []int {
	gain := func(i, j int) int {
		n := 0
		for name, f := range want[i] {
			if equal(f, cellOf(rows[j], columns, name).Value) {
				n++
			}
		}
		return n
	}
	out := make([]int, len(want))
	for i := range out {
		out[i] = -1
	}
	from, until, last := 0, len(want), len(rows)
	for from < until && from < last && gain(from, from) == len(want[from]) {
		out[from] = from
		from++
	}
	for until > from && last > from && gain(until-1, last-1) == len(want[until-1]) {
		until, last = until-1, last-1
		out[until] = last
	}
	n, m := until-from, last-from
	pair := n + m + 1 // a right cell counts more than all pairs
	best := make([][]int, n+1)
	gains := make([][]int, n)
	best[n] = make([]int, m+1)
	for i := n - 1; i >= 0; i-- {
		best[i], gains[i] = make([]int, m+1), make([]int, m)
		for j := m - 1; j >= 0; j-- {
			gains[i][j] = gain(from+i, from+j)*pair + 1
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+gains[i][j])
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch best[i][j] {
		case best[i+1][j+1] + gains[i][j]:
			out[from+i] = from + j
			i, j = i+1, j+1
		case best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}

// take notes which rows of a table of the report are those of a label.
func (x *scoring) take(got *hequan.Document, name string, rows int, partner []int) {
	if got == nil {
		return
	}
	key := tableKey{got.ID, name}
	if x.taken[key] == nil {
		x.taken[key] = make([]bool, rows)
	}
	for _, p := range partner {
		if p >= 0 {
			x.taken[key][p] = true
		}
	}
}

// addFalseRows counts the rows that no label has, in tables that have a label.
func (x *scoring) addFalseRows() {
	for i := range x.report.Documents {
		d := &x.report.Documents[i]
		done := map[string]bool{}
		for _, t := range d.Tables {
			taken := x.taken[tableKey{d.ID, t.Name}]
			if taken == nil || done[t.Name] {
				continue
			}
			done[t.Name] = true
			rows, _ := readRows(d, t.Name)
			for k, row := range rows {
				if !taken[k] {
					x.RowsFalse++
					x.miss(Miss{What: "row", Name: string(d.Kind) + "." + t.Name, File: d.File, Page: d.Pages[0], Got: wordsOf(row)})
				}
			}
		}
	}
}

func wordsOf(row []hequan.Cell) string {
	var out []string
	for _, c := range row {
		out = append(out, c.Value)
	}
	return strings.Join(out, " | ")
}
