package extractors

import "hequan/internal/rmb"

// inferTax finds the column of taxes: amount × rate = tax on most rows.
func inferTax(kind tableKind, columns []headed, rows []tableRow) {
	as, ok := kind.column("tax")
	amount, rate := columnAt(columns, "amount"), columnAt(columns, "tax_rate")
	if !ok || columnAt(columns, "tax") >= 0 || amount < 0 || rate < 0 {
		return
	}
	for c := range columns {
		if columns[c].name != "" {
			continue
		}
		all, right := 0, 0
		for _, r := range rows {
			got, ok1 := rmb.ParseValue(cellMoney(r.cells[c].Text))
			want, ok2 := rmb.Product(r.cells[amount].Value, r.cells[rate].Value)
			if ok1 && ok2 {
				all++
				if (got - want).Abs() <= 1 {
					right++
				}
			}
		}
		if right > 0 && right*3 >= all*2 {
			rename(columns, rows, c, as)
			return
		}
	}
}

// taxless says whether a table should have a column of taxes and none is known.
func taxless(kind tableKind, columns []headed) bool {
	return hasColumn(kind, "tax") && columnAt(columns, "tax") < 0
}

// inferTaxed finds the amounts and the taxes on them where neither heading was read: of
// columns of numbers the last two of which one is the other at a rate on most rows.
func inferTaxed(kind tableKind, columns []headed, rows []tableRow) {
	for x := len(columns) - 1; x > 0; x-- {
		for a := x - 1; a >= 0; a-- {
			if columns[x].name != "" || columns[a].name != "" {
				continue
			}
			all, right := 0, 0
			for _, r := range rows {
				net, ok1 := rmb.ParseValue(cellMoney(r.cells[a].Text))
				due, ok2 := rmb.ParseValue(cellMoney(r.cells[x].Text))
				if !ok1 || !ok2 {
					continue
				}
				all++
				if _, ok := rateBetween(net.Abs(), due.Abs()); ok {
					right++
				}
			}
			if right > 0 && right*3 >= all*2 {
				for c, name := range map[int]string{a: "amount", x: "tax"} {
					as, _ := kind.column(name)
					rename(columns, rows, c, as)
				}
				return
			}
		}
	}
}
