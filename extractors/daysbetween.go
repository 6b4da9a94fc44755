package extractors

import (
	"strings"

	"hequan"
)

// addDaysBetween gives the rows of lists of use their days where a day holds for several rows and stands at their middle,
// between two of them, in an open table: rows of a day alone that are none of the table's.
func (d *doc) addDaysBetween(tables []hequan.Table) {
	for i := range tables {
		t := &tables[i]
		if t.Column("date") >= 0 || len(t.Rows) < 2 {
			continue
		}
		if cells := d.daysBetween(t); cells != nil {
			n := 0
			addColumn(t, "date", func([]hequan.Cell) hequan.Cell { n++; return cells[n-1] })
		}
	}
}

// daysBetween are the days of a table's rows, nil unless each row has one and each day stands at the middle of its rows.
func (d *doc) daysBetween(t *hequan.Table) []hequan.Cell {
	var middle []float64 // of each row
	for _, r := range t.Rows {
		y, n := 0.0, 0
		for c, x := range r {
			if isFigure(t.Columns[c]) && !x.Box.IsZero() {
				if x.Page != 0 {
					return nil // over several pages
				}
				y, n = y+x.Box.CenterY(), n+1
			}
		}
		if n == 0 {
			return nil
		}
		middle = append(middle, y/float64(n))
	}
	step := (middle[len(middle)-1] - middle[0]) / float64(len(middle)-1)
	out := make([]hequan.Cell, len(middle))
	next := 0 // the first row without a day
	for i, r := range d.rows {
		y := r.box.CenterY()
		text := strings.Map(dropSpace, string(r.text))
		if r.page != t.Page || y < middle[0]-step || y > middle[len(middle)-1]+step || cellDay(text) == "" || len([]rune(text)) > 11 {
			continue
		}
		end, sum := next, 0.0
		for end < len(middle) {
			sum += middle[end]
			end++
			if abs(sum/float64(end-next)-y) < 0.3*step {
				break
			}
		}
		if end == next || abs(sum/float64(end-next)-y) >= 0.3*step {
			return nil
		}
		f := d.field("", "", span{i, 0, len(r.text)})
		for k := next; k < end; k++ {
			out[k] = hequan.Cell{Text: f.Text, Value: cellDay(text), Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}
		}
		next = end
	}
	if next < len(middle) {
		return nil
	}
	return out
}
