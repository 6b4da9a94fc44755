package extractors

import (
	"slices"
	"strconv"

	"hequan"
	"hequan/internal/rmb"
)

// tablesMeasured makes the tables of a kind out of the measured ones.
func (d *doc) tablesMeasured(kind tableKind, least int) (out []hequan.Table, sound []bool) {
	var before *measured // the part on the page before
	var roles roles
	for _, m := range d.measure(least) {
		follows := before != nil && len(before.x) == len(m.x) && d.rows[m.rows[0]].page == d.rows[before.rows[len(before.rows)-1]].page+1
		if follows && blankHeads(m.heads) {
			m.heads = before.heads
		}
		if _, ok := m.groups[0]; !ok && follows && len(before.groups) > 0 {
			m.groups[0] = before.lastGroup()
		}
		at, held := d.assign(kind, m)
		if follows && !held && len(m.rows) < 3 {
			at, held = roles, true
		}
		known := held
		for role, c := range at {
			known = known || m.prior(kind, role, c) > 0
		}
		if !known {
			continue // neither a heading nor a product tells what it is
		}
		t := d.tableMeasured(kind, m, at)
		complete := len(t.Rows) > 0
		for _, n := range kind.needs {
			complete = complete && t.Column(n) >= 0
		}
		if !complete || len(t.Columns) < 2 {
			continue
		}
		if n := len(out) - 1; follows && n >= 0 && slices.Equal(out[n].Columns, t.Columns) {
			out[n].Rows = append(out[n].Rows, onPage(t, out[n].Page)...)
			sound[n] = sound[n] && held
		} else if d.whole(m, &t) {
			out, sound = append(out, t), append(sound, held)
		} else {
			continue
		}
		before, roles = m, at
	}
	return out, sound
}

// onPage are the rows of a table as rows of one that begins on another page.
func onPage(t hequan.Table, page int) [][]hequan.Cell {
	for _, r := range t.Rows {
		for c := range r {
			if r[c].Text != "" && r[c].Page == 0 && t.Page != page {
				r[c].Page = t.Page
			}
		}
	}
	return t.Rows
}

func blankHeads(heads []string) bool {
	for _, h := range heads {
		if h != "" {
			return false
		}
	}
	return true
}

// lastGroup is the heading that the last rows stand under.
func (m *measured) lastGroup() grouped {
	for r := len(m.rows); r >= 0; r-- {
		if g, ok := m.groups[r]; ok {
			return g
		}
	}
	return grouped{}
}

// whole says whether a table that was recognised, not printed as text, can be
// trusted to have all its rows: they are numbered without a gap, or its amounts
// add up to a sum that is stated below.
func (d *doc) whole(m *measured, t *hequan.Table) bool {
	layer := true
	for _, r := range t.Rows {
		for _, c := range r {
			layer = layer && (c.Text == "" || has(c.Proof, hequan.ProofTextLayer))
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
	total := rmb.Fen(0)
	for _, r := range t.Rows {
		v, ok := rmb.ParseValue(r[a].Value)
		if !ok {
			return false
		}
		total += v
	}
	for i := m.rows[len(m.rows)-1] + 1; i < len(d.rows); i++ {
		for _, f := range amounts(string(d.rows[i].text)) {
			if f.Fen == total {
				return true
			}
		}
	}
	return false
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
	for r := range m.rows {
		var cells []hequan.Cell
		for _, col := range columns {
			c := at[col.name]
			fill := col.name == "model" || col.name == "date" || col.name == "unit"
			cell := d.cellAt(m, r, c, col.read, fill && m.blank[c])
			if cell.Value == "" && cell.Text != "" && (col.name == "quantity" || col.name == "unit_price" || col.name == "amount") {
				if v := m.value(r, c); v != "" {
					cell.Value = col.read(v)
				}
			}
			if cell.Page == t.Page {
				cell.Page = 0
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	d.groupModels(kind, m, &t)
	units(kind, columns, &t)
	counts(&t)
	return t
}

// groupModels adds the model that heads a group of rows.
func (d *doc) groupModels(kind tableKind, m *measured, t *hequan.Table) {
	col, ok := kind.column("model")
	if !ok || t.Column("model") >= 0 || len(m.groups) == 0 {
		return
	}
	if _, ok := m.groups[0]; !ok {
		return
	}
	t.Columns = append(t.Columns, "model")
	var cell hequan.Cell
	for r := range t.Rows {
		if g, ok := m.groups[r]; ok {
			f := d.field("", "", g.at)
			cell = hequan.Cell{Text: f.Text, Value: col.read(f.Text), Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}
			if f.Page != t.Page {
				cell.Page = f.Page
			}
		}
		t.Rows[r] = append(t.Rows[r], cell)
	}
}
