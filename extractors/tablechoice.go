package extractors

import (
	"math/big"
	"regexp"
	"slices"
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
