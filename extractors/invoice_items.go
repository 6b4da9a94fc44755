package extractors

import (
	"math/big"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// taxRates are the rates that invoices of the period and before may bear.
var taxRates = []string{"0.06", "0.13", "0.09", "0.03", "0.01", "0.05", "0.015", "0.17", "0.16", "0.11", "0.10"}

// rateBetween finds the rate with which an amount has a tax, a fen of rounding allowed.
func rateBetween(amount, tax rmb.Fen) (string, bool) {
	if amount <= 0 || tax <= 0 {
		return "", false
	}
	for _, r := range taxRates {
		if want, ok := rmb.Product(amount.String(), r); ok && (want-tax).Abs() <= 1 {
			return r, true
		}
	}
	return "", false
}

// settleRates reads rates that recognition garbled (696 for 6%): the one with
// which the row's tax follows from its amount, if the first digit bears it out.
func settleRates(tables []hequan.Table) {
	for _, t := range tables {
		amount, rate, tax := t.Column("amount"), t.Column("tax_rate"), t.Column("tax")
		if amount < 0 || rate < 0 || tax < 0 {
			continue
		}
		for _, r := range t.Rows {
			a, ok1 := rmb.ParseValue(r[amount].Value)
			x, ok2 := rmb.ParseValue(r[tax].Value)
			if !ok1 || !ok2 || r[rate].Text == "" {
				continue
			}
			v, ok := rateBetween(a, x)
			if !ok || v == r[rate].Value {
				continue
			}
			percent := strings.TrimLeft(strings.TrimPrefix(v, "0."), "0")
			if _, sound := rmb.Number(r[rate].Value); sound && isRate(r[rate].Value) {
				continue // another rate is printed: for a rule to find
			}
			if strings.HasPrefix(strings.TrimLeft(strings.Map(dropSpace, r[rate].Text), "0."), percent) {
				r[rate].Value = v
				r[rate].Confidence = min(r[rate].Confidence, 0.8)
				addProof(&r[rate], hequan.ProofArithmetic)
			}
		}
	}
}

func isRate(v string) bool {
	got, ok := new(big.Rat).SetString(v)
	if !ok {
		return false
	}
	for _, r := range taxRates {
		if want, _ := new(big.Rat).SetString(r); want.Cmp(got) == 0 {
			return true
		}
	}
	return false
}

// itemsByArithmetic reads the lines of an invoice whose headings could not be
// read: rows in which one sum is the tax on another.
func itemsByArithmetic(d *doc) []hequan.Table {
	t := hequan.Table{Name: "items", Columns: []string{"name", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax"}}
	for i, r := range d.rows {
		if isTotal(r) || strings.Contains(strings.Map(dropSpace, string(r.text)), "价税") {
			if len(t.Rows) > 0 {
				break
			}
			continue
		}
		row, ok := itemRow(d, i)
		if !ok {
			continue
		}
		if len(t.Rows) == 0 {
			t.Page = r.page
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []hequan.Table{t}
}

func itemRow(d *doc, i int) ([]hequan.Cell, bool) {
	runs := d.runs(i)
	sum := func(k int) (rmb.Fen, bool) { return rmb.ParseValue(cellMoney(runs[k].text)) }
	for x := len(runs) - 1; x > 1; x-- {
		tax, ok := sum(x)
		if !ok {
			continue
		}
		for a := x - 1; a > 0; a-- { // the price of one stands before its amount
			amount, ok := sum(a)
			rate, fits := rateBetween(amount, tax)
			if !ok || !fits {
				continue
			}
			cells := make([]hequan.Cell, 7)
			cells[4] = d.cell(i, runs[a].glyphs, cellMoney)
			cells[6] = d.cell(i, runs[x].glyphs, cellMoney)
			addProof(&cells[4], hequan.ProofArithmetic)
			addProof(&cells[6], hequan.ProofArithmetic)
			if x > a+1 {
				cells[5] = d.cell(i, runs[a+1].glyphs, func(string) string { return rate })
			}
			name := a
			if q, p := a-2, a-1; q >= 1 {
				product, ok := rmb.Product(cellNumber(runs[q].text), cellNumber(runs[p].text))
				if ok && (product-amount).Abs() <= 1 {
					cells[2], cells[3] = d.cell(i, runs[q].glyphs, cellNumber), d.cell(i, runs[p].glyphs, cellNumber)
					name = q
				}
			}
			if u := name - 1; u >= 1 && unitCell.MatchString(runs[u].text) {
				cells[1] = d.cell(i, runs[u].glyphs, cellUnit)
				name = u
			}
			var words []glyph
			for _, s := range runs[:name] {
				words = append(words, s.glyphs...)
			}
			cells[0] = d.cell(i, words, cellItem)
			return cells, strings.ContainsFunc(cells[0].Value, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		}
	}
	return nil, false
}
