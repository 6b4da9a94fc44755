package correct

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"hequan"
)

// Value is what a person says stands in a place of a document.
type Value struct {
	SHA256 string // of the file
	Page   int    // one of the document's pages
	Field  string // a field, or table[row].column with rows from 1
	Nth    int    // which one of several fields of that name, from 0
	Value  string // in normal form
	Person string
	Reason string
}

// Apply puts corrected values into documents. The value that was read stays
// beside it (Corrected), and the proof is a person's word alone: what proved
// the reading proves nothing of the correction. A value for a place that is not
// there is added when it is a single field, and left out when it is a cell.
func Apply(docs []hequan.Document, values []Value) {
	values = slices.Clone(values)
	slices.SortStableFunc(values, func(a, b Value) int { // the first of several fields of a name comes first
		return cmp.Or(cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Nth, b.Nth))
	})
	for i := range docs {
		d := &docs[i]
		for _, v := range values {
			if v.SHA256 == d.SHA256 && v.Page >= d.Pages[0] && v.Page <= d.Pages[1] {
				set(d, v)
			}
		}
	}
}

func set(d *hequan.Document, v Value) {
	if cell := cellOf(d, v.Field); cell != nil {
		note := &hequan.Corrected{Read: cell.Value, Person: v.Person, Reason: v.Reason}
		cell.Value, cell.Confidence, cell.Proof, cell.Corrected = v.Value, 1, []hequan.Proof{hequan.ProofPerson}, note
		if cell.Text == "" {
			cell.Text = v.Value
		}
		return
	}
	if cellName.MatchString(v.Field) {
		return
	}
	if f := fieldOf(d, v.Field, v.Nth); f != nil {
		f.Corrected = &hequan.Corrected{Read: f.Value, Person: v.Person, Reason: v.Reason}
		f.Value, f.Confidence, f.Proof = v.Value, 1, []hequan.Proof{hequan.ProofPerson}
		return
	}
	d.Fields = append(d.Fields, hequan.Field{Name: v.Field, Value: v.Value, Text: v.Value, Page: d.Pages[0], Confidence: 1,
		Proof: []hequan.Proof{hequan.ProofPerson}, Corrected: &hequan.Corrected{Person: v.Person, Reason: v.Reason}})
}

func fieldOf(d *hequan.Document, name string, nth int) *hequan.Field {
	for i := range d.Fields {
		if d.Fields[i].Name != name {
			continue
		}
		if nth == 0 {
			return &d.Fields[i]
		}
		nth--
	}
	return nil
}

// cellName is a cell: items[2].amount, rows counted from 1.
var cellName = regexp.MustCompile(`^(\w+)\[(\d+)\]\.(\w+)$`)

// cellOf finds a cell by its name; nil when there is none. Rows are counted
// over all tables of the name, as in evidence.
func cellOf(d *hequan.Document, name string) *hequan.Cell {
	m := cellName.FindStringSubmatch(name)
	if m == nil {
		return nil
	}
	row, err := strconv.Atoi(m[2])
	if err != nil || row < 1 {
		return nil
	}
	for i := range d.Tables {
		t := &d.Tables[i]
		if t.Name != m[1] {
			continue
		}
		if row > len(t.Rows) {
			row -= len(t.Rows)
			continue
		}
		column := t.Column(m[3])
		if column < 0 || column >= len(t.Rows[row-1]) {
			return nil
		}
		return &t.Rows[row-1][column]
	}
	return nil
}

// Place is where a piece of evidence can be corrected.
type Place struct {
	Document *hequan.Document
	Field    string
	Nth      int
	Value    string // as the report has it now
	Read     string // as it was read, where that was corrected
	By       string // who corrected it
}

// Find says where the value of a piece of evidence can be corrected; ok is
// false for what is no single value: a seal, a page, the online form.
func Find(docs []hequan.Document, e hequan.Evidence) (p Place, ok bool) {
	i := slices.IndexFunc(docs, func(d hequan.Document) bool { return d.ID == e.Document && e.Document != "" })
	if i < 0 || e.Field == "" || unfit[e.Field] || docs[i].Table(e.Field) != nil {
		return p, false
	}
	p = Place{Document: &docs[i], Field: e.Field}
	if cellName.MatchString(e.Field) {
		cell := cellOf(p.Document, e.Field)
		if cell == nil {
			return p, false
		}
		p.Value = cell.Value
		p.note(cell.Corrected)
		return p, true
	}
	nth := -1
	for k := range p.Document.Fields {
		f := &p.Document.Fields[k]
		if f.Name != e.Field {
			continue
		}
		nth++
		if nth == 0 || f.Page == e.Page && f.Box == e.Box && f.Value == e.Value {
			p.Nth, p.Value, p.Read, p.By = nth, f.Value, "", ""
			p.note(f.Corrected)
			if f.Page == e.Page && f.Box == e.Box && f.Value == e.Value {
				break
			}
		}
	}
	return p, true
}

func (p *Place) note(c *hequan.Corrected) {
	if c != nil {
		p.Read, p.By = c.Read, c.Person
	}
}

// unfit are names in evidence that stand for no single value.
var unfit = map[string]bool{"seals": true, "seal": true, "items": true, "rows": true, "prices": true, "qr": true, "digital_signature": true, "altered": true}
