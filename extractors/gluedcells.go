package extractors

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hequan"
)

// Cells that run into each other, across columns or across rows, are parted here, or say nothing.

// priceBeforeUnit is a price and its unit of which the columns stand against each other: 0.08元/万tokens.
var priceBeforeUnit = regexp.MustCompile(`^(\d+(?:\.\d+)?)[“”"·.]?((?:元)?/\S+)$`)

// pricesBeforeUnits gives a table whose prices were read into the column of their units the column of prices.
func pricesBeforeUnits(t *hequan.Table) {
	u := t.Column("price_unit")
	if u < 0 {
		return
	}
	p, n := t.Column("unit_price"), 0
	for _, r := range t.Rows {
		n += boolInt(priceBeforeUnit.MatchString(strings.Map(dropSpace, r[u].Text)) && (p < 0 || r[p].Value == ""))
	}
	p, ok := columnFor(t, "unit_price", n)
	if !ok {
		return
	}
	for _, r := range t.Rows {
		if m := priceBeforeUnit.FindStringSubmatch(strings.Map(dropSpace, r[u].Text)); m != nil && r[p].Value == "" {
			r[p] = r[u]
			r[p].Value, r[p].Text = cellNumber(m[1]), m[1]
			r[u].Value, r[u].Text = cellUnit(m[2]), m[2]
		}
	}
}

// columnFor is the column that what is glued to n cells of another belongs to. Where the table lacks it it is added, if
// that is so in most rows.
func columnFor(t *hequan.Table, name string, n int) (column int, ok bool) {
	c := t.Column(name)
	if n == 0 || c < 0 && 2*n <= len(t.Rows) {
		return 0, false
	}
	if c < 0 {
		addColumn(t, name, func([]hequan.Cell) hequan.Cell { return hequan.Cell{} })
		c = t.Column(name)
	}
	return c, true
}

// numberBefore is the number of a row that stands against the figure beside it: 4.140,424.04.
var numberBefore = regexp.MustCompile(`^(\d{1,2})[.、\s]\s*([¥￥]?\d{1,3}(?:,\d{3})*\.\d+)$`)

// numbersBefore takes the numbers of the rows off the figures of a column where most begin with them, in order.
func numbersBefore(kind tableKind, t *hequan.Table) {
	for c, name := range t.Columns {
		col, _ := kind.column(name)
		first, counted := 0, 0
		for i, r := range t.Rows {
			m := numberBefore.FindStringSubmatch(strings.TrimSpace(r[c].Text))
			if m == nil {
				continue
			}
			n, _ := strconv.Atoi(m[1])
			if counted == 0 {
				first = n - i
			}
			counted += boolInt(n-i == first)
		}
		if !isFigure(name) || len(t.Rows) < 2 || counted < 2 || counted*3 < len(t.Rows)*2 {
			continue
		}
		for i, r := range t.Rows {
			m := numberBefore.FindStringSubmatch(strings.TrimSpace(r[c].Text))
			if m == nil {
				r[c].Value, r[c].Proof = "", nil
			} else if n, _ := strconv.Atoi(m[1]); n-i == first {
				r[c].Value = col.read(m[2])
			}
		}
	}
}

// wordsInDays gives the rows of a table without models those that stand between the lines of their days.
func wordsInDays(t *hequan.Table) {
	d, c := t.Column("date"), t.Column("model")
	if d < 0 {
		return
	}
	n := 0
	for _, r := range t.Rows {
		n += boolInt(wordsInDay.MatchString(strings.Map(dropSpace, r[d].Text)))
	}
	c, ok := columnFor(t, "model", n)
	if !ok {
		return
	}
	for _, r := range t.Rows {
		m := wordsInDay.FindStringSubmatch(strings.Map(dropSpace, r[d].Text))
		if m == nil {
			continue
		}
		r[d].Proof, r[d].Confidence = nil, min(r[d].Confidence, 0.75)
		if r[c].Value == "" {
			r[c] = r[d]
			r[c].Value, r[c].Text = cellName(m[2]), m[2]
		}
	}
}

// dropStacked takes the values of a row of which two figures and more stand in cells as high as two lines, where most of
// their columns are of one: two rows were read as one, their figures one above the other.
func dropStacked(t *hequan.Table) {
	tall := make([][]int, len(t.Rows))
	for c, name := range t.Columns {
		var heights []float64
		for _, r := range t.Rows {
			if h := r[c].Box.Height(); h > 0 {
				heights = append(heights, h)
			}
		}
		if !isFigure(name) || len(heights) < 3 {
			continue
		}
		slices.Sort(heights)
		for i, r := range t.Rows {
			if r[c].Box.Height() > 1.8*quantile(heights, 0.5) {
				tall[i] = append(tall[i], c)
			}
		}
	}
	for i, columns := range tall {
		for _, c := range columns {
			if len(columns) > 1 {
				t.Rows[i][c].Value, t.Rows[i][c].Proof = "", nil
			}
		}
	}
}
