package extractors

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// tablesMeasured makes the tables of a kind out of the measured ones.
func (d *doc) tablesMeasured(kind tableKind, least int) (out []hequan.Table, sound []bool) {
	for _, m := range d.measure(least) {
		at, held := d.assign(kind, m)
		known := held
		for role, c := range at {
			known = known || m.prior(kind, role, c) > 0
		}
		known = known || m.pricesOfModels(at)
		if !known || len(m.rows) == 1 && !held && hasColumn(kind, "price_unit") {
			continue // neither a heading nor a product tells what it is
		}
		t := d.tableMeasured(kind, m, at)
		if len(t.Rows) == 0 || len(t.Columns) < 2 || !kind.complete(&t) && t.Column(kind.instead) < 0 || !d.whole(m, &t) && !(hasColumn(kind, "result") && d.closeRows(m)) {
			continue
		}
		out, sound = append(out, t), append(sound, held)
	}
	return details(kind, out, sound)
}

// pricesOfModels says whether the cells alone tell a price list: names of models,
// units that prices are for, numbers.
func (m *measured) pricesOfModels(at roles) bool {
	model, ok1 := at["model"]
	unit, ok2 := at["unit"]
	_, ok3 := at["unit_price"]
	return ok1 && ok2 && ok3 && m.most(model, func(t string) bool { return isModelCell(t) || familyName.MatchString(t) }) &&
		m.most(unit, func(t string) bool { return priceOf.MatchString(t) && meterUnit.MatchString(t) })
}

// details leaves out the tables that only sum up another one of the paper: those
// without quantities beside some with them, and those of fewer rows and the same sum.
func details(kind tableKind, tables []hequan.Table, sound []bool) (out []hequan.Table, held []bool) {
	if !hasColumn(kind, "price_unit") {
		return tables, sound
	}
	for i := range tables {
		counted := tables[i].Column("quantity") >= 0
		sum, ok := amountOf(&tables[i])
		summary := false
		for k := range tables {
			other, same := amountOf(&tables[k])
			more := len(tables[k].Rows) > len(tables[i].Rows)
			summary = summary || k != i && (!counted && tables[k].Column("quantity") >= 0 || ok && same && sum == other && more)
		}
		if !summary {
			out, held = append(out, tables[i]), append(held, sound[i])
		}
	}
	return out, held
}

// amountOf is the sum of a table's amounts; ok is false where one is unread.
func amountOf(t *hequan.Table) (sum rmb.Fen, ok bool) {
	a := t.Column("amount")
	if a < 0 {
		return 0, false
	}
	for _, r := range t.Rows {
		v, ok := rmb.ParseValue(r[a].Value)
		if !ok {
			return 0, false
		}
		sum += v
	}
	return sum, true
}

// whole says whether a table that was recognised, not printed as text, can be
// trusted to have all its rows: they are numbered without a gap, or its amounts
// add up to a sum that is stated below, or above as a total.
func (d *doc) whole(m *measured, t *hequan.Table) bool {
	layer := true
	for _, r := range t.Rows {
		for _, c := range r {
			layer = layer && (c.Box.IsZero() || has(c.Proof, hequan.ProofTextLayer))
		}
	}
	if layer {
		return true
	}
	for c := range m.x {
		if m.counts(c) && m.text(0, c) == "1" && m.text(len(m.rows)-1, c) == strconv.Itoa(len(m.rows)) {
			return true
		}
	}
	a := t.Column("amount")
	if a < 0 {
		return len(m.rows) > 1 && t.Column("unit_price") >= 0
	}
	if dayByDay(t) {
		return true
	}
	total, ok := amountOf(t)
	if !ok {
		return false
	}
	for i := range d.rows {
		if i <= m.rows[len(m.rows)-1] && (i >= m.rows[0] || !isTotal(d.rows[i]) && !(len(m.rows) > 1 && labelledSum(d.rows[i]))) {
			continue // below, or above where it says so
		}
		for _, f := range amounts(string(d.rows[i].text)) {
			if f.Fen == total {
				return true
			}
		}
	}
	return false
}

// labelledSum says whether a row is a label of a sum with it, and nothing else: 应付金额：12,300.00.
func labelledSum(r row) bool {
	return len(tabbed(r)) <= 2 && sumLabel.MatchString(strings.Map(dropSpace, string(r.text)))
}

var sumLabel = regexp.MustCompile(`^[^\p{Han}]{0,3}\p{Han}{0,6}(?:总额|总价|总费用|总金额|应[付结收](?:金额|费用|款)?|(?:账单|结算|支付|消费)金额|费用)[^\d，。]{0,8}\d`)

// dayByDay says whether the rows of a list are of days or months without a gap, three at least, and as many as there are
// between those that were read: no row is lost.
func dayByDay(t *hequan.Table) bool {
	c := t.Column("date")
	if c < 0 || len(t.Rows) < 3 {
		return false
	}
	read, before := 0, 0
	for i, r := range t.Rows {
		n, ok := countOfDay(r[c].Value)
		if !ok {
			continue
		}
		if k := i - before; read > 0 {
			from, _ := countOfDay(t.Rows[before][c].Value)
			if n-from != k && !(k == 1 && n == from) {
				return false
			}
		}
		read, before = read+1, i
	}
	return 4*read >= 3*len(t.Rows) && before == len(t.Rows)-1
}

// countOfDay numbers the days, and the months, that may stand in a list.
func countOfDay(value string) (int, bool) {
	if d, ok := day.Parse(value); ok {
		return day.Must("2000-01-01").DaysUntil(d), true
	}
	d, ok := day.Parse(value + "-01")
	return 12*d.Year + d.Month, ok
}

// closeRows says whether the rows of a list of things stand right below each other: none between them is unread, and no
// other row. What such a list lacks is not accepted, so that a row that is lost passes nothing.
func (d *doc) closeRows(m *measured) bool {
	if len(m.rows) < 2 || len(m.loose) > len(m.rows) {
		return false
	}
	steps := d.steps(m)
	if len(steps) == 0 {
		return false
	}
	sorted := slices.Sorted(slices.Values(steps))
	return sorted[len(sorted)-1] < 1.7*sorted[(len(sorted)-1)/2]
}

func (d *doc) tableMeasured(kind tableKind, m *measured, at roles) hequan.Table {
	t := hequan.Table{Name: kind.name, Page: d.rows[m.rows[0]].page}
	var columns []headed
	for c := range m.x {
		for _, col := range kind.columns {
			if k, ok := at[col.name]; ok && k == c {
				t.Columns = append(t.Columns, col.name)
				columns = append(columns, headed{column: col, text: m.heads[c], x: m.x[c]})
			}
		}
	}
	var lines []tableRow
	for r, i := range m.rows {
		line := d.lineAt(i)
		line.anchor = true
		for _, col := range columns {
			c := at[col.name]
			fill := col.name == "model" || col.name == "date" || col.name == "unit"
			cell := d.cellAt(m, r, c, col.read, fill && m.blank[c])
			if cell.Value == "" && cell.Text != "" && isFigure(col.name) {
				if v := m.value(r, c); v != "" {
					cell.Value = col.read(v)
				}
			}
			if col.name == "date" && m.until >= 0 {
				cell = lasting(cell, d.cellAt(m, r, m.until, cellDay, m.blank[m.until]))
			}
			line.cells = append(line.cells, cell)
		}
		lines = append(lines, line)
	}
	for _, list := range m.groups {
		for _, g := range list {
			if !hasColumn(kind, g.role) && len(tabbed(d.rows[g.at.row])) == 1 {
				m.loose = append(m.loose, g.at.row) // a name that wraps, no heading
			}
		}
	}
	slices.Sort(m.loose)
	if len(m.loose) > 0 {
		lines = append(lines, d.looseLines(m, columns, at)...)
		sort.SliceStable(lines, func(i, j int) bool { return lines[i].row < lines[j].row })
		lines = joinWrapped(columns, lines)
	}
	for _, l := range lines {
		for c := range l.cells {
			if l.cells[c].Page == 0 && l.cells[c].Text != "" {
				l.cells[c].Page = l.page
			}
			if l.cells[c].Page == t.Page {
				l.cells[c].Page = 0
			}
		}
		t.Rows = append(t.Rows, l.cells)
	}
	m.readAndWritten(d, kind, &t)
	d.headGroups(kind, &t, m.groups)
	steadyPrices(&t)
	units(kind, columns, &t)
	steadyUnits(&t)
	counts(&t)
	tenThousands(columns, &t)
	return t
}

// lineAt is a row of the document as a row of a table, without its cells.
func (d *doc) lineAt(i int) tableRow {
	r := d.rows[i]
	return tableRow{row: i, page: r.page, top: r.box[1], bottom: r.box[3], within: true}
}

// looseLines are the rows between as lines of wrapped cells.
func (d *doc) looseLines(m *measured, columns []headed, at roles) (out []tableRow) {
	for _, i := range m.loose {
		line := d.lineAt(i)
		shared := m.share(d.runs(i))
		for _, col := range columns {
			line.cells = append(line.cells, d.cell(i, shared[at[col.name]].glyphs, col.read))
		}
		out = append(out, line)
	}
	return out
}
