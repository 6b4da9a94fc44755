package checks

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// row is one row of a table of a document.
type row struct {
	p     *Pass
	doc   *hequan.Document
	table *hequan.Table
	index int // from 1 over all tables of that name
	cells []hequan.Cell
}

// Rows returns the rows of all tables of a name, over the pages of a document.
func (p *Pass) Rows(d *hequan.Document, table string) []row {
	var out []row
	for i := range d.Tables {
		t := &d.Tables[i]
		if t.Name != table {
			continue
		}
		for _, cells := range t.Rows {
			out = append(out, row{p, d, t, len(out) + 1, cells})
		}
	}
	return out
}

func (r row) cell(column string) *hequan.Cell {
	i := r.table.Column(column)
	if i < 0 || i >= len(r.cells) || strings.TrimSpace(r.cells[i].Text) == "" && r.cells[i].Value == "" {
		return nil
	}
	return &r.cells[i]
}

// Has says whether something stands in the cell.
func (r row) Has(column string) bool { return r.cell(column) != nil }

// Peek returns the cell's value without noting its absence.
func (r row) Peek(column string) (string, At, bool) {
	c := r.cell(column)
	if c == nil || c.Value == "" {
		return "", r.at(column, c, false), false
	}
	return c.Value, r.at(column, c, false), true
}

func (r row) at(column string, c *hequan.Cell, number bool) At {
	e := hequan.Evidence{Document: r.doc.ID, Field: fmt.Sprintf("%s[%d].%s", r.table.Name, r.index, column), Page: r.table.Page}
	if c == nil {
		return At{Evidence: e}
	}
	e.Value, e.Text, e.Box = c.Value, c.Text, c.Box
	if c.Page != 0 {
		e.Page = c.Page
	}
	return r.p.place(e, c.Proof, c.Confidence, number)
}

// where is the row in a sentence.
func (r row) where() string {
	if v, _, ok := r.Peek("date"); ok {
		return fmt.Sprintf("第 %d 行（%s）", r.index, v)
	}
	for _, c := range []string{"name", "model"} {
		if v, _, ok := r.Peek(c); ok {
			return fmt.Sprintf("第 %d 行“%s”", r.index, v)
		}
	}
	return fmt.Sprintf("第 %d 行", r.index)
}

// text returns the cell's value and notes a cell that is empty, not
// understood, or of low confidence.
func (r row) text(column string, number bool) (string, At, bool) {
	c := r.cell(column)
	at := r.at(column, c, number)
	what := r.doc.Kind.Chinese() + r.where() + "的" + fieldName(r.doc.Kind, column)
	switch {
	case c == nil:
		r.p.Unread(what+"未找到", at.Evidence)
		return "", at, false
	case c.Value == "":
		r.p.Unread(what+"“"+c.Text+"”未能读取", at.Evidence)
		return "", at, false
	case len(c.Proof) == 0 && c.Confidence < r.p.Policy.Thresholds.Field.Value:
		r.p.Unread(what+"“"+c.Text+"”识别置信度低", at.Evidence)
	}
	r.p.use(at)
	return c.Value, at, true
}

// Text returns the cell's value, noting what can't be read.
func (r row) Text(column string) (string, At, bool) { return r.text(column, false) }

// Money returns the cell as a sum, noting what can't be read.
func (r row) Money(column string) (rmb.Fen, At, bool) {
	v, at, ok := r.text(column, true)
	if !ok {
		return 0, at, false
	}
	m, ok := money(v)
	if !ok {
		r.p.Unread(fmt.Sprintf("%s%s的%s“%s”不是金额", r.doc.Kind.Chinese(), r.where(), fieldName(r.doc.Kind, column), v), at.Evidence)
	}
	return m, at, ok
}

// PeekMoney returns the cell as a sum without noting anything.
func (r row) PeekMoney(column string) (rmb.Fen, At, bool) {
	c := r.cell(column)
	if c == nil {
		return 0, At{}, false
	}
	m, ok := money(c.Value)
	return m, r.at(column, c, true), ok
}

// Number returns the cell as a number, noting what can't be read.
func (r row) Number(column string) (*big.Rat, At, bool) {
	v, at, ok := r.text(column, true)
	if !ok {
		return nil, at, false
	}
	n, ok := rmb.Number(v)
	if !ok {
		r.p.Unread(fmt.Sprintf("%s%s的%s“%s”不是数", r.doc.Kind.Chinese(), r.where(), fieldName(r.doc.Kind, column), v), at.Evidence)
	}
	return n, at, ok
}

// proven says whether the cell is there and carries a proof.
func (r row) proven(column string) bool {
	c := r.cell(column)
	return c != nil && len(c.Proof) > 0
}

// printed says whether the cell's text is the file's own, not a reading of a picture.
func (r row) printed(column string) bool {
	c := r.cell(column)
	return c != nil && slices.Contains(c.Proof, hequan.ProofTextLayer)
}
