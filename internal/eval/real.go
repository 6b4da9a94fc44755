package eval

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/agnivade/levenshtein"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// RealFile is a real file with what is known to stand on it, as FILE.gt.json
// beside it says.
type RealFile struct {
	Path  string
	Kind  hequan.Kind // empty where the label is neither of an invoice nor of a licence
	Want  map[string]string
	Seals []string   // ring texts
	Rows  [][]string // of a table
}

// realFields are the keys of a .gt.json with the fields that they stand for.
var realFields = map[hequan.Kind]map[string]string{
	hequan.KindInvoice: {"invoice_code": "code", "invoice_number": "number", "issue_date": "issue_date", "amount": "amount", "tax": "tax", "total_with_tax": "total",
		"buyer": "buyer", "buyer_tax_id": "buyer_tax_id", "seller": "seller", "seller_tax_id": "seller_tax_id", "check_code": "check_code"},
	hequan.KindBusinessLicense: {"social_credit_code": "uscc", "name": "name", "legal_person": "legal_representative", "location": "address", "registration_capital": "capital", "start_date": "established"},
}

// LoadReal lists the labelled files below dir, in the order of their paths.
func LoadReal(dir string) ([]RealFile, error) {
	var out []RealFile
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".gt.json") {
			return err
		}
		f, err := loadReal(path)
		if err == nil {
			out = append(out, f)
		}
		return err
	})
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out, err
}

func loadReal(label string) (RealFile, error) {
	f := RealFile{Path: strings.TrimSuffix(label, ".gt.json"), Want: map[string]string{}}
	data, err := os.ReadFile(label)
	if err != nil {
		return f, err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return f, fmt.Errorf("%s: %w", label, err)
	}
	switch {
	case raw["invoice_number"] != nil:
		f.Kind = hequan.KindInvoice
	case raw["social_credit_code"] != nil:
		f.Kind = hequan.KindBusinessLicense
	}
	for key, field := range realFields[f.Kind] {
		var v string
		if json.Unmarshal(raw[key], &v) != nil {
			continue
		}
		if v = normalReal(field, v); v != "" {
			f.Want[field] = v
		}
	}
	type seal struct{ Text string }
	var one seal
	var more []seal
	for key, into := range map[string]any{"seals": &more, "seller_seal": &one, "rows": &f.Rows} {
		if raw[key] == nil {
			continue
		}
		if err := json.Unmarshal(raw[key], into); err != nil {
			return f, fmt.Errorf("%s: %s: %w", label, key, err)
		}
	}
	more = append(more, one)
	for _, s := range more {
		if s.Text != "" {
			f.Seals = append(f.Seals, s.Text)
		}
	}
	return f, nil
}

// normalReal is a label's value in the normal form of the field; empty where
// the label says that there is none, or is not in a form that can be compared.
func normalReal(field, v string) string {
	switch field {
	case "issue_date", "established":
		if d, ok := day.Parse(v); ok {
			return d.String()
		}
		if d, ok := day.Of(v); ok {
			return d.String()
		}
		return ""
	case "amount", "tax", "total":
		if m, ok := rmb.ParseValue(v); ok {
			return m.String()
		}
		return ""
	case "capital":
		if m, ok := rmb.Parse(v); ok {
			return m.String()
		}
		if m, _, ok := rmb.ParseWords(v); ok {
			return m.String()
		}
		return ""
	case "check_code":
		return strings.ReplaceAll(v, " ", "")
	}
	return strings.TrimSpace(v)
}

// RealScore is the outcome over real files.
type RealScore struct {
	Files  int              `json:"files"`
	Kinds  Count            `json:"kinds"`
	Fields map[string]Count `json:"fields"` // kind.field
	All    Count            `json:"fields_all"`
	Seals  Count            `json:"seals"`       // found, of the labelled ones
	Text   Errors           `json:"seals_text"`  // of those
	Cells  Count            `json:"table_cells"` // whose text was read somewhere on the page
	Misses []Miss           `json:"-"`
	Speed  Speed            `json:"speed,omitzero"`
}

// NewReal returns an empty score.
func NewReal() *RealScore { return &RealScore{Fields: map[string]Count{}} }

// Add scores what was read of a file: its documents and its pages.
func (s *RealScore) Add(f RealFile, docs []hequan.Document, pages []hequan.Page) {
	s.Files++
	name := filepath.Base(f.Path)
	miss := func(what, field, want, got string) {
		m := Miss{What: what, Name: field, File: name, Want: want, Got: got}
		if len(docs) > 0 {
			m.SHA256, m.Page = docs[0].SHA256, docs[0].Pages[0]
		}
		s.Misses = append(s.Misses, m)
	}
	var doc *hequan.Document
	for i := range docs {
		if doc == nil || docs[i].Kind == f.Kind && doc.Kind != f.Kind {
			doc = &docs[i]
		}
	}
	if f.Kind != "" {
		right := doc != nil && doc.Kind == f.Kind
		s.Kinds.add(right)
		if !right {
			got := ""
			if doc != nil {
				got = string(doc.Kind)
			}
			miss("kind", string(f.Kind), string(f.Kind), got)
		}
	}
	for _, field := range sortedKeys(f.Want) {
		got := ""
		if doc != nil && doc.Kind == f.Kind {
			if x := doc.Field(field); x != nil {
				got = x.Value
			}
		}
		right := same(f.Want[field], got)
		key := string(f.Kind) + "." + field
		bump(s.Fields, key, right)
		s.All.add(right)
		if !right {
			miss("field", key, f.Want[field], got)
		}
	}
	s.addSeals(f, pages, miss)
	s.addCells(f, pages, miss)
}

// addSeals pairs each labelled ring text with the likest impression that was found.
func (s *RealScore) addSeals(f RealFile, pages []hequan.Page, miss func(what, field, want, got string)) {
	var found []hequan.Seal
	for _, p := range pages {
		for _, x := range p.Seals {
			if x.Kind != "supervision" {
				found = append(found, x)
			}
		}
	}
	for _, text := range f.Seals {
		want := []rune(squeeze(text))
		best, least := -1, 0
		for i, x := range found {
			if n := levenshtein.ComputeDistance(string(want), squeeze(x.Text)); best < 0 || n < least {
				best, least = i, n
			}
		}
		s.Seals.add(best >= 0)
		if best < 0 {
			miss("seal", "found", text, "")
			continue
		}
		s.Text.Wrong += min(len(want), least)
		s.Text.All += len(want)
		if least > 0 {
			miss("seal", "text", text, found[best].Text)
		}
		found = append(found[:best], found[best+1:]...)
	}
}

func (s *RealScore) addCells(f RealFile, pages []hequan.Page, miss func(what, field, want, got string)) {
	if len(f.Rows) == 0 {
		return
	}
	have := map[string]int{}
	for _, p := range pages {
		for _, g := range p.Grids {
			for _, c := range g.Cells {
				var b strings.Builder
				for _, l := range c.Lines {
					for _, w := range l.Words {
						b.WriteString(w.Text)
					}
				}
				have[squeeze(b.String())]++
			}
		}
		for _, l := range p.Lines {
			for _, w := range l.Words {
				have[squeeze(w.Text)]++
			}
		}
	}
	for _, row := range f.Rows {
		for _, c := range row {
			key := squeeze(c)
			if key == "" {
				continue
			}
			s.Cells.add(have[key] > 0)
			if have[key] == 0 {
				miss("cell", "table", c, "")
			}
		}
	}
}
