package extractors

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// bestTables finds the tables of a kind, or where there is none, one on its side.
func (d *doc) bestTables(kind tableKind, least int) []hequan.Table {
	best := withoutLabels(d.choose(kind, least))
	if len(best) == 0 {
		best = d.turned(kind)
	}
	best = withoutPeriods(best)
	for i := range best {
		pricesBeforeUnits(&best[i])
		dropStacked(&best[i])
		numbersBefore(kind, &best[i])
		wordsInDays(&best[i])
		otherReadings(&best[i])
		unitsAgree(&best[i])
		unitsOfColumn(&best[i])
		priceUnitsOfColumn(&best[i])
		daysInOrder(&best[i])
	}
	return best
}

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
	if n == 0 || p < 0 && 2*n <= len(t.Rows) {
		return
	}
	if p < 0 {
		addColumn(t, "unit_price", func([]hequan.Cell) hequan.Cell { return hequan.Cell{} })
		p = t.Column("unit_price")
	}
	for _, r := range t.Rows {
		if m := priceBeforeUnit.FindStringSubmatch(strings.Map(dropSpace, r[u].Text)); m != nil && r[p].Value == "" {
			r[p] = r[u]
			r[p].Value, r[p].Text = cellNumber(m[1]), m[1]
			r[u].Value, r[u].Text = cellUnit(m[2]), m[2]
		}
	}
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
	if n == 0 || c < 0 && 2*n <= len(t.Rows) {
		return
	}
	if c < 0 {
		addColumn(t, "model", func([]hequan.Cell) hequan.Cell { return hequan.Cell{} })
		c = t.Column("model")
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

// withoutPeriods leaves out rows that were made of the parts of a period: nothing is used by 2026 years.
func withoutPeriods(tables []hequan.Table) []hequan.Table {
	for i := range tables {
		q, u := tables[i].Column("quantity"), tables[i].Column("unit")
		if q < 0 || u < 0 {
			continue
		}
		tables[i].Rows = slices.DeleteFunc(tables[i].Rows, func(r []hequan.Cell) bool {
			return r[u].Value == "年" && len(r[q].Value) == 4 && strings.HasPrefix(r[q].Value, "20")
		})
	}
	return slices.DeleteFunc(tables, func(t hequan.Table) bool { return len(t.Rows) == 0 })
}

// withoutLabels leaves out tables whose names are the labels of a list of labels and values.
func withoutLabels(tables []hequan.Table) []hequan.Table {
	return slices.DeleteFunc(tables, func(t hequan.Table) bool {
		c := t.Column("model")
		if c < 0 {
			c = t.Column("name")
		}
		return c >= 0 && len(t.Rows) > 0 && !slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool {
			return !strings.HasPrefix(r[c].Value, "【") && !strings.ContainsAny(r[c].Value, ":：") && !headOfColumn.MatchString(r[c].Value)
		})
	})
}

// headOfColumn is the heading of a table on its side: no thing is called 数量.
var headOfColumn = regexp.MustCompile(`^(?:\p{Han}{0,4}(?:数量|单位|单?价|金额|结果|结论|备注|功能|规格|型号))(?:[（(\[][^（()）\]]{1,6}[)）\]])?$`)

// choose finds the tables of a kind by their headings and by their rows,
// and takes the finding that explains more.
func (d *doc) choose(kind tableKind, least int) []hequan.Table {
	headed := d.tables(kind)
	found, sound := d.tablesMeasured(kind, least)
	if len(found) == 0 {
		return headed
	}
	headed, _ = details(kind, headed, make([]bool, len(headed)))
	var a, b float64
	for i := range headed {
		a += worth(&headed[i], holds(&headed[i]))
	}
	for i := range found {
		b += worth(&found[i], sound[i])
	}
	if b > a {
		return found
	}
	for i := range headed {
		for k := range found {
			if !exchanged(&headed[i], &found[k]) {
				continue
			}
			switch {
			case priceOfTokens(&headed[i]):
			case priceOfTokens(&found[k]):
				q, p := headed[i].Column("quantity"), headed[i].Column("unit_price")
				headed[i].Columns[q], headed[i].Columns[p] = "unit_price", "quantity"
			default:
				headed[i] = without(headed[i], "quantity", "unit_price")
			}
			break
		}
	}
	return headed
}

// exchanged says whether two findings of one table take each other's price for
// the quantity: the product is the same, and nobody knows which is right.
func exchanged(a, b *hequan.Table) bool {
	q, p, r, s := a.Column("quantity"), a.Column("unit_price"), b.Column("quantity"), b.Column("unit_price")
	if q < 0 || p < 0 || r < 0 || s < 0 || len(a.Rows) != len(b.Rows) {
		return false
	}
	for i := range a.Rows {
		x, y := a.Rows[i], b.Rows[i]
		if x[q].Value != "" && x[q].Value != x[p].Value && x[q].Value == y[s].Value && x[p].Value == y[r].Value {
			return true
		}
	}
	return false
}

// priceOfTokens says whether each price of a table is less than a yuan and each quantity a thousand at least,
// as it is with tokens and calls: the other way round nobody sells anything.
func priceOfTokens(t *hequan.Table) bool {
	q, p := t.Column("quantity"), t.Column("unit_price")
	n := 0
	for _, r := range t.Rows {
		quantity, ok1 := rmb.Number(r[q].Value)
		price, ok2 := rmb.Number(r[p].Value)
		if !ok1 || !ok2 {
			continue
		}
		if price.Cmp(big.NewRat(1, 1)) >= 0 || quantity.Cmp(big.NewRat(1000, 1)) < 0 {
			return false
		}
		n++
	}
	return n > 0
}

// without returns a table without some of its columns.
func without(t hequan.Table, names ...string) hequan.Table {
	var keep []int
	columns := t.Columns
	t.Columns = nil
	for c, n := range columns {
		if !slices.Contains(names, n) {
			keep, t.Columns = append(keep, c), append(t.Columns, n)
		}
	}
	rows := t.Rows
	t.Rows = nil
	for _, r := range rows {
		var row []hequan.Cell
		for _, c := range keep {
			row = append(row, r[c])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// worth is how much a finding explains: its cells that have a value, more
// where quantity × price = amount.
func worth(t *hequan.Table, sound bool) float64 {
	cells := 0.0
	for _, r := range t.Rows {
		for c, cell := range r {
			if cell.Value != "" && t.Columns[c] != "" {
				cells++
				if t.Columns[c] == "model" && modelName.MatchString(cell.Text) {
					cells += 0.5 // no word for a product
				}
			}
		}
	}
	if sound {
		cells *= 1.5
	}
	return cells
}

// holds says whether quantity × price = amount on most rows of a table.
func holds(t *hequan.Table) bool {
	q, p, a := t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if q < 0 || p < 0 || a < 0 {
		return false
	}
	right := 0
	for _, r := range t.Rows {
		want, ok := rmb.ParseValue(r[a].Value)
		if !ok {
			continue
		}
		for _, s := range scales {
			if got, fits := rmb.Product(scaled(r[q].Value, s), r[p].Value); fits && want != 0 && (got-want).Abs() <= 1 {
				right++
				break
			}
		}
	}
	return right > 0 && right*3 >= len(t.Rows)*2
}
