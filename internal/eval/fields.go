package eval

import (
	"sort"
	"strings"

	"hequan"
)

// leastOverlap is the share of the smaller box that two boxes of one value
// have in common at least.
const leastOverlap = 0.2

func (x *scoring) addFields(want *Document, got *hequan.Document) {
	for _, f := range want.Fields {
		hit := bestField(f, got)
		value := ""
		if hit != nil {
			value = hit.Value
		}
		right := hit != nil && equal(f, value)
		key := want.Kind + "." + f.Name
		bump(x.Fields, key, right)
		x.FieldsAll.add(right)
		var proof []hequan.Proof
		if hit != nil {
			proof = hit.Proof
		}
		x.valueOnPaper(want, f.Name, f, right, value, proof)
		if hit != nil && value != "" {
			x.trusted(f, hit.Confidence, hit.Proof, right, Miss{Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: value})
		}
		if right && hit.Page == f.Page {
			x.boxed(f, hit.Box)
		} else if right && f.Page > 0 && hit.Page > 0 {
			x.Boxes.add(false)
		}
		if !right {
			x.miss(Miss{What: "field", Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: value})
		}
	}
}

// bestField is the right one of a document's fields of a name, else the first.
func bestField(f Field, got *hequan.Document) *hequan.Field {
	var hit *hequan.Field
	if got == nil {
		return nil
	}
	for i := range got.Fields {
		g := &got.Fields[i]
		if g.Name == f.Name && (hit == nil || !equal(f, hit.Value) && equal(f, g.Value)) {
			hit = g
		}
	}
	return hit
}

// present is the value of something that is there and has no value of its own.
const present = "present"

func (x *scoring) addTraits(want *Document, got *hequan.Document) {
	for _, f := range want.Traits {
		hit := bestField(f, got)
		right := hit != nil && (equal(f, hit.Value) || hit.Value == present)
		bump(x.Traits, want.Kind+"."+f.Name, right)
		x.TraitsAll.add(right)
		if !right {
			m := Miss{What: "trait", Name: want.Kind + "." + f.Name, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value}
			if hit != nil {
				m.Got = hit.Value
			}
			x.miss(m)
		}
	}
}

// boxed counts whether a right value stands where the label says.
func (x *scoring) boxed(f Field, got hequan.Box) {
	if !f.Box.IsZero() && !got.IsZero() {
		x.Boxes.add(overlap(f.Box, got) > leastOverlap)
	}
}

// trusted counts a value that was read: by its proof, or by its confidence.
func (x *scoring) trusted(f Field, confidence float64, proof []hequan.Proof, right bool, m Miss) {
	if len(proof) == 0 {
		if f.Match == "" {
			x.Calibration.add(confidence, right)
		}
		return
	}
	if right {
		x.ProvenRight++
		return
	}
	x.ProvenWrong++
	m.What, m.Got = "proof", m.Got+" "+proofs(proof)
	x.miss(m)
}

func proofs(list []hequan.Proof) string {
	var out []string
	for _, p := range list {
		out = append(out, string(p))
	}
	return "[" + strings.Join(out, " ") + "]"
}

func (x *scoring) addTables(want *Document, got *hequan.Document) {
	for _, table := range want.Tables {
		rows, columns := readRows(got, table.Name)
		partner := partners(table.Rows, rows, columns)
		x.take(got, table.Name, len(rows), partner)
		for i, labelled := range table.Rows {
			names := make([]string, 0, len(labelled))
			for n := range labelled {
				names = append(names, n)
			}
			sort.Strings(names)
			for _, n := range names {
				var cell hequan.Cell
				if partner[i] >= 0 {
					cell = cellOf(rows[partner[i]], columns, n)
				}
				x.addCell(want, want.Kind+"."+table.Name+"."+n, labelled[n], cell)
			}
		}
	}
}

func (x *scoring) addCell(want *Document, key string, f Field, cell hequan.Cell) {
	right := equal(f, cell.Value)
	bump(x.Cells, key, right)
	x.CellsAll.add(right)
	x.changePaper(paperOf(want, f.Page), func(p *Paper) { p.Cells.add(right) })
	x.valueOnPaper(want, key, f, right, cell.Value, cell.Proof)
	if cell.Value != "" {
		x.trusted(f, cell.Confidence, cell.Proof, right, Miss{Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: cell.Value})
	}
	if right {
		x.boxed(f, cell.Box)
		return
	}
	x.miss(Miss{What: "cell", Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: cell.Value})
}

// align puts the cells of a table under the columns of the first of its name.
func align(t hequan.Table, columns []string) [][]hequan.Cell {
	var out [][]hequan.Cell
	for _, r := range t.Rows {
		row := make([]hequan.Cell, len(columns))
		for c, name := range columns {
			if k := t.Column(name); k >= 0 {
				row[c] = r[k]
				if row[c].Page == 0 {
					row[c].Page = t.Page
				}
			}
		}
		out = append(out, row)
	}
	return out
}
