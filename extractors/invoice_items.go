package extractors

import (
	"math/big"
	"slices"
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
				if second := digitsOf(r[rate].Alt); len(r[rate].Proof) == 0 && second == percent {
					r[rate].Value, r[rate].Confidence = v, min(r[rate].Confidence, 0.8)
					addProof(&r[rate], hequan.ProofArithmetic)
				}
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

// digitsOf is what of a text are digits.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
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
// read, or were taken for others: rows in which one sum is the tax on another.
func itemsByArithmetic(d *doc) []hequan.Table {
	t := hequan.Table{Name: "items", Columns: []string{"name", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax"}}
	var at, unread []int
	for i, r := range d.rows {
		if isTotal(r) || strings.Contains(strings.Map(dropSpace, string(r.text)), "价税") {
			if len(t.Rows) > 0 {
				break
			}
			continue
		}
		row, ok := itemRow(d, i)
		if !ok {
			unread = append(unread, i)
			continue
		}
		if len(t.Rows) == 0 {
			t.Page = r.page
		}
		t.Rows, at = append(t.Rows, row), append(at, i)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if n := len(t.Rows); n > 1 && sumsUp(t.Rows[:n-1], t.Rows[n-1]) {
		t.Rows, at = t.Rows[:n-1], at[:n-1] // the row 合计, whose word was not read
	}
	d.wrappedItems(&t, at, unread)
	d.misreadItems(&t, at, unread)
	return []hequan.Table{t}
}

// sumsUp says whether a row's amount and tax are those of the rows before it.
func sumsUp(rows [][]hequan.Cell, last []hequan.Cell) bool {
	return sumsUpIn(rows, last, 4, 6)
}

func sumsUpIn(rows [][]hequan.Cell, last []hequan.Cell, columns ...int) bool {
	for _, c := range columns {
		sum := rmb.Fen(0)
		for _, r := range rows {
			v, ok := rmb.ParseValue(r[c].Value)
			if !ok {
				return false
			}
			sum += v
		}
		if v, ok := rmb.ParseValue(last[c].Value); !ok || v != sum {
			return false
		}
	}
	return true
}

// sumToTotals says whether the amounts and taxes of a table's lines add up to the invoice's.
func sumToTotals(t hequan.Table, c *Content) bool {
	net, tax := c.field("amount"), c.field("tax")
	a, x := t.Column("amount"), t.Column("tax")
	if net == nil || tax == nil || a < 0 || x < 0 {
		return false
	}
	last := make([]hequan.Cell, len(t.Columns))
	last[a].Value, last[x].Value = net.Value, tax.Value
	return sumsUpIn(t.Rows, last, a, x)
}

// dropSumRow takes the row 合计 whose word was not read off the end of a table by headings: it
// has neither unit nor quantity, and its amount and tax are the sums of the rows before it.
func dropSumRow(tables []hequan.Table) {
	for i := range tables {
		t := &tables[i]
		amount, tax, n := t.Column("amount"), t.Column("tax"), len(t.Rows)
		if amount < 0 || n < 2 {
			continue
		}
		sums := []int{amount}
		if tax >= 0 && t.Rows[n-1][tax].Value != "" {
			sums = append(sums, tax)
		}
		// Of several lines the sum is told by itself: what stands in a cell that goes on downwards is not its own.
		needs := []string{"unit", "quantity", "unit_price", "tax_rate"}
		if n > 2 && t.Column("quantity") >= 0 && t.Column("unit_price") >= 0 {
			needs = needs[1:3]
		}
		bare := true
		for _, c := range needs {
			if k := t.Column(c); k >= 0 && t.Rows[n-1][k].Value != "" {
				bare = false
			}
		}
		if bare && sumsUpIn(t.Rows[:n-1], t.Rows[n-1], sums...) {
			t.Rows = t.Rows[:n-1]
		}
	}
}

// misreadItems puts rows beside those that were read which have a name and
// numbers in the columns of amount and tax but no sums that fit each other: a
// line that is left out would make the others seem wrong.
func (d *doc) misreadItems(t *hequan.Table, at, unread []int) {
	model := t.Rows[0]
	pitch := 3.5 * d.rows[at[0]].box.Height()
	for k := 1; k < len(at); k++ {
		pitch = d.rows[at[k]].box.CenterY() - d.rows[at[k-1]].box.CenterY()
	}
	first, last := d.rows[at[0]].box.CenterY(), d.rows[at[len(at)-1]].box.CenterY()
	for _, i := range unread {
		if y := d.rows[i].box.CenterY(); d.rows[i].page != t.Page || d.outside(i, d.rows[at[0]].grid) || y < first-1.6*pitch || y > last+1.6*pitch {
			continue
		}
		row, numbers := make([]hequan.Cell, len(t.Columns)), 0
		var name []glyph
		lean := d.lean(t.Page) * d.rows[i].box.CenterY()
		for _, s := range d.runs(i) {
			placed := false
			for _, c := range []int{4, 6} {
				if b := model[c].Box; min(s.x1-lean, b[2])-max(s.x0-lean, b[0]) > 0.5*b.Width() && mayBeSum(s.text) {
					row[c], placed = d.cell(i, s.glyphs, cellMoney), true
					row[c].Confidence = min(row[c].Confidence, 0.5)
					row[c].Proof = nil
					numbers++
				}
			}
			if !placed && s.x1-lean <= model[4].Box[0]-0.1 && len(name) == 0 {
				name = s.glyphs
			}
		}
		if numbers < 2 || len(name) == 0 {
			continue
		}
		row[0] = d.cell(i, name, cellItem)
		k := 0
		for k < len(at) && at[k] < i {
			k++
		}
		t.Rows, at = slices.Insert(t.Rows, k, row), slices.Insert(at, k, i)
	}
}

// outside says whether a row stands above or below the rules of a table; without rules none does.
func (d *doc) outside(i int, g *hequan.Grid) bool {
	y := d.rows[i].box.CenterY()
	return g != nil && d.rows[i].grid != g && (y < g.Box[1] || y > g.Box[3])
}

// mayBeSum says whether a text may be a sum of which characters were misread.
func mayBeSum(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.Is(unicode.Han, r):
			return false
		}
	}
	return digits > 0 && digits*2 >= len([]rune(text))
}

// wrappedItems puts the words of rows right below a line's, that stand under its
// name and hold nothing else, behind that name.
func (d *doc) wrappedItems(t *hequan.Table, at, unread []int) {
	for k, row := range t.Rows {
		name, bottom := &t.Rows[k][0], d.rows[at[k]].box[3]
		height := d.rows[at[k]].box.Height()
		for i := at[k] + 1; i < len(d.rows) && slices.Contains(unread, i); i++ {
			r := d.rows[i]
			lean := d.lean(r.page) * r.box.CenterY()
			var words []glyph
			text := ""
			for _, s := range d.runs(i) {
				words, text = append(words, s.glyphs...), text+s.text
			}
			if len(words) == 0 || r.page != t.Page || r.box[1]-bottom > height || strings.ContainsAny(text, ":：¥￥") {
				break
			}
			x0, x1 := words[0].x0-lean, words[len(words)-1].x1-lean
			if x1 > name.Box[2]+0.02 || x0 < name.Box[0]-0.02 || x1 > row[4].Box[0] || !strings.ContainsFunc(text, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
				break
			}
			more := d.cell(i, words, cellName)
			name.Text, name.Value, name.Box = name.Text+more.Text, name.Value+more.Value, name.Box.Union(more.Box)
			name.Confidence = min(name.Confidence, more.Confidence)
			bottom = r.box[3]
		}
	}
}

// moneyRun is a stretch of a row with the sums that it may be read as: as it was
// read first, and as the second reading has it.
type moneyRun struct {
	cellRun
	sums []rmb.Fen
}

// moneyRuns parts a row at its gaps and reads each stretch as a sum.
func (d *doc) moneyRuns(i int) []moneyRun {
	var out []moneyRun
	for _, s := range d.runs(i) {
		m := moneyRun{cellRun: s}
		for _, text := range []string{s.text, d.second(i, s.glyphs)} {
			if v, ok := rmb.ParseValue(cellMoney(text)); ok && !slices.Contains(m.sums, v) {
				m.sums = append(m.sums, v)
			}
		}
		out = append(out, m)
	}
	return out
}

// second is a stretch as the second reading has it, "" where that is no other.
func (d *doc) second(i int, g []glyph) string {
	r, last, other := d.rows[i], -1, false
	var b strings.Builder
	for _, x := range g {
		w := r.words[x.at]
		if w < 0 || w == last {
			continue
		}
		last = w
		if alt := r.parts[w].Alt; alt != "" {
			b.WriteString(strings.Trim(alt, ".,"))
			other = true
		} else {
			b.WriteString(r.parts[w].Text)
		}
	}
	if !other {
		return ""
	}
	return b.String()
}

// taxedPair finds, from the right, a tax and the amount it is the tax on.
func taxedPair(runs []moneyRun) (a, x int, amount, tax rmb.Fen, rate string, ok bool) {
	for x = len(runs) - 1; x > 1; x-- {
		for _, tax = range runs[x].sums {
			for a = x - 1; a > 0; a-- { // the price of one stands before its amount
				for _, amount = range runs[a].sums {
					if rate, ok = rateBetween(amount, tax); ok {
						return a, x, amount, tax, rate, true
					}
				}
			}
		}
	}
	return 0, 0, 0, 0, "", false
}

// itemRow reads a row in which one sum is the tax on another.
func itemRow(d *doc, i int) ([]hequan.Cell, bool) {
	runs := d.moneyRuns(i)
	a, x, amount, tax, rate, ok := taxedPair(runs)
	if !ok {
		return nil, false
	}
	is := func(v string) func(string) string { return func(string) string { return v } }
	cells := make([]hequan.Cell, 7)
	cells[4] = d.cell(i, runs[a].glyphs, is(amount.String()))
	cells[6] = d.cell(i, runs[x].glyphs, is(tax.String()))
	if exact, ok := rmb.Product(amount.String(), rate); ok && exact == tax { // a fen off tells the rate, but proves no last digit
		addProof(&cells[4], hequan.ProofArithmetic)
		addProof(&cells[6], hequan.ProofArithmetic)
	}
	if x > a+1 {
		cells[5] = d.cell(i, runs[a+1].glyphs, is(rate))
	}
	name := a
	switch q, p := a-2, a-1; {
	case q < 1:
	case cellNumber(runs[q].text) == "1" && slices.Contains(runs[p].sums, amount): // one piece: the price is the amount
		cells[2], cells[3] = d.cell(i, runs[q].glyphs, cellNumber), d.cell(i, runs[p].glyphs, is(amount.String()))
		name = q
	default:
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

// taxed says whether in every row of an invoice's table the tax is that on the amount.
func taxed(tables []hequan.Table) bool {
	for _, t := range tables {
		amount, tax := t.Column("amount"), t.Column("tax")
		if amount < 0 || tax < 0 || len(t.Rows) == 0 {
			return false
		}
		for _, r := range t.Rows {
			a, ok1 := rmb.ParseValue(r[amount].Value)
			x, ok2 := rmb.ParseValue(r[tax].Value)
			if !ok1 || !ok2 {
				return false
			}
			if _, ok := rateBetween(a.Abs(), x.Abs()); !ok && x != 0 {
				return false
			}
		}
	}
	return len(tables) > 0
}
