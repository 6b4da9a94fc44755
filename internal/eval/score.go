package eval

import (
	"sort"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// Count is how many of how many.
type Count struct {
	Right int `json:"right"`
	All   int `json:"all"`
}

func (c *Count) add(right bool) {
	c.All++
	if right {
		c.Right++
	}
}

// Miss is one thing that was not as labelled.
type Miss struct {
	Application string     `json:"application"`
	What        string     `json:"what"` // kind, field, cell, seal, fault, alarm, review, subsidy, proof
	Name        string     `json:"name"`
	File        string     `json:"file,omitempty"`
	Page        int        `json:"page,omitempty"`
	Box         hequan.Box `json:"box,omitzero"`
	Want        string     `json:"want,omitempty"`
	Got         string     `json:"got,omitempty"`
}

// Score is the outcome over all applications.
type Score struct {
	Applications int              `json:"applications"`
	Kinds        Count            `json:"kinds"`
	Fields       map[string]Count `json:"fields"` // kind.field
	FieldsAll    Count            `json:"fields_all"`
	Cells        map[string]Count `json:"cells"` // kind.table.column
	CellsAll     Count            `json:"cells_all"`
	SealsFound   Count            `json:"seals_found"`
	SealsTied    Count            `json:"seals_tied"` // of those found and of a party
	SealsKind    Count            `json:"seals_kind"` // of those found
	SealsFalse   int              `json:"seals_false"`

	FaultsFail   Count            `json:"faults_fail"`   // expected fail: caught as fail
	FaultsReview Count            `json:"faults_review"` // expected fail: caught as review at least; expected review: raised
	FaultsSilent int              `json:"faults_silent"` // passed in silence
	FaultRules   map[string]Count `json:"fault_rules"`
	Located      Count            `json:"located"` // findings on planted faults whose evidence overlaps the place

	CleanChecks     int            `json:"clean_checks"`
	FalseAlarms     int            `json:"false_alarms"`
	NeedlessReviews int            `json:"needless_reviews"`
	AlarmRules      map[string]int `json:"alarm_rules"`
	ReviewRules     map[string]int `json:"review_rules"`

	Subsidy     Count `json:"subsidy"`
	ProvenWrong int   `json:"proven_wrong"`
	ProvenRight int   `json:"proven_right"`

	Misses []Miss `json:"-"`
}

// New returns an empty score.
func New() *Score {
	return &Score{Fields: map[string]Count{}, Cells: map[string]Count{}, FaultRules: map[string]Count{}, AlarmRules: map[string]int{}, ReviewRules: map[string]int{}}
}

func (s *Score) miss(m Miss) { s.Misses = append(s.Misses, m) }

func bump(m map[string]Count, key string, right bool) {
	c := m[key]
	c.add(right)
	m[key] = c
}

// Add scores one report.
func (s *Score) Add(t *Truth, r *hequan.Report) {
	s.Applications++
	for _, want := range t.Documents {
		got := match(want, r.Documents)
		right := got != nil && string(got.Kind) == want.Kind
		s.Kinds.add(right)
		if !right {
			m := Miss{Application: t.ID, What: "kind", Name: want.Kind, File: want.File, Page: want.Pages[0], Want: want.Kind}
			if got != nil {
				m.Got = string(got.Kind)
			}
			s.miss(m)
		}
		s.addFields(t, want, got)
		s.addTables(t, want, got)
		s.addSeals(t, want, got)
	}
	s.addFindings(t, r)
	if t.Subsidy != nil {
		right := r.Subsidy.PayableWan == t.Subsidy.PayableWan && r.Subsidy.Base == t.Subsidy.Base
		s.Subsidy.add(right)
		if !right {
			s.miss(Miss{Application: t.ID, What: "subsidy", Name: "payable_wan", Want: t.Subsidy.Base + " → " + t.Subsidy.PayableWan, Got: r.Subsidy.Base + " → " + r.Subsidy.PayableWan})
		}
	}
}

// match finds the report's document that shares the most pages with a labelled one.
func match(want Document, docs []hequan.Document) *hequan.Document {
	var best *hequan.Document
	most := 0
	for i := range docs {
		d := &docs[i]
		if d.File != want.File {
			continue
		}
		shared := min(d.Pages[1], want.Pages[1]) - max(d.Pages[0], want.Pages[0]) + 1
		if shared > most || shared == most && shared > 0 && string(d.Kind) == want.Kind && string(best.Kind) != want.Kind {
			best, most = d, shared
		}
	}
	return best
}

func (s *Score) addFields(t *Truth, want Document, got *hequan.Document) {
	for _, f := range want.Fields {
		var value string
		var hit *hequan.Field
		if got != nil {
			for i := range got.Fields {
				g := &got.Fields[i]
				if g.Name == f.Name && (hit == nil || !equal(f, hit.Value) && equal(f, g.Value)) {
					hit = g
				}
			}
		}
		if hit != nil {
			value = hit.Value
		}
		right := hit != nil && equal(f, value)
		bump(s.Fields, want.Kind+"."+f.Name, right)
		s.FieldsAll.add(right)
		if hit != nil && hit.Proven() && value != "" {
			s.proven(t, right, Miss{Name: want.Kind + "." + f.Name, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: value + " " + proofs(hit.Proof)})
		}
		if !right {
			s.miss(Miss{Application: t.ID, What: "field", Name: want.Kind + "." + f.Name, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: value})
		}
	}
}

func (s *Score) proven(t *Truth, right bool, m Miss) {
	if right {
		s.ProvenRight++
		return
	}
	s.ProvenWrong++
	m.Application, m.What = t.ID, "proof"
	s.miss(m)
}

func proofs(list []hequan.Proof) string {
	var out []string
	for _, p := range list {
		out = append(out, string(p))
	}
	return "[" + strings.Join(out, " ") + "]"
}

// equal compares a value with a label in the way the label asks for.
func equal(f Field, value string) bool {
	switch f.Match {
	case "presence":
		return value != ""
	case "loose":
		return value != "" && (loose(f.Value, value) || loose(f.Text, value))
	}
	for _, want := range append([]string{f.Value}, f.Accept...) {
		if same(want, value) {
			return true
		}
	}
	return false
}

// same compares normal forms; numbers by value, words without blanks and width.
func same(want, got string) bool {
	if want == got {
		return true
	}
	a, ok1 := rmb.Number(want)
	b, ok2 := rmb.Number(got)
	if ok1 && ok2 {
		return a.Cmp(b) == 0
	}
	return strings.EqualFold(squeeze(want), squeeze(got)) && squeeze(want) != ""
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '（':
			return '('
		case r == '）':
			return ')'
		case r > 0xff00 && r < 0xff5f:
			return r - 0xfee0
		}
		return r
	}, s)
}

// loose says whether one passage holds most of the other's characters.
func loose(want, got string) bool {
	a := []rune(squeeze(want))
	if len(a) == 0 {
		return false
	}
	counts := map[rune]int{}
	for _, r := range squeeze(got) {
		counts[r]++
	}
	hit := 0
	for _, r := range a {
		if counts[r] > 0 {
			counts[r]--
			hit++
		}
	}
	return hit*10 >= len(a)*6
}

func (s *Score) addTables(t *Truth, want Document, got *hequan.Document) {
	for _, table := range want.Tables {
		var rows [][]hequan.Cell
		var columns []string
		if got != nil {
			for _, g := range got.Tables {
				if g.Name == table.Name {
					if columns == nil {
						columns = g.Columns
					}
					rows = append(rows, align(g, columns)...)
				}
			}
		}
		for i, labelled := range table.Rows {
			names := make([]string, 0, len(labelled))
			for n := range labelled {
				names = append(names, n)
			}
			sort.Strings(names)
			for _, n := range names {
				f := labelled[n]
				var cell hequan.Cell
				if i < len(rows) {
					for c, name := range columns {
						if name == n {
							cell = rows[i][c]
						}
					}
				}
				right := equal(f, cell.Value)
				key := want.Kind + "." + table.Name + "." + n
				bump(s.Cells, key, right)
				s.CellsAll.add(right)
				if len(cell.Proof) > 0 && cell.Value != "" {
					s.proven(t, right, Miss{Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: cell.Value + " " + proofs(cell.Proof)})
				}
				if !right {
					s.miss(Miss{Application: t.ID, What: "cell", Name: key, File: want.File, Page: f.Page, Box: f.Box, Want: f.Value, Got: cell.Value})
				}
			}
		}
	}
}

// align puts the cells of a table under the columns of the first of its name.
func align(t hequan.Table, columns []string) [][]hequan.Cell {
	var out [][]hequan.Cell
	for _, r := range t.Rows {
		row := make([]hequan.Cell, len(columns))
		for c, name := range columns {
			if k := t.Column(name); k >= 0 {
				row[c] = r[k]
			}
		}
		out = append(out, row)
	}
	return out
}

func (s *Score) addSeals(t *Truth, want Document, got *hequan.Document) {
	used := map[int]bool{}
	for _, seal := range want.Seals {
		hit := -1
		if got != nil {
			for i, g := range got.Seals {
				if !used[i] && g.Page == seal.Page && overlap(g.Box, seal.Box) > 0.4 {
					hit = i
					break
				}
			}
		}
		s.SealsFound.add(hit >= 0)
		name := want.Kind + " " + strings.Join(seal.Kind, "/") + " " + seal.Party
		if hit < 0 {
			s.miss(Miss{Application: t.ID, What: "seal", Name: name, File: want.File, Page: seal.Page, Box: seal.Box, Want: "found"})
			continue
		}
		used[hit] = true
		g := got.Seals[hit]
		if seal.Party == "applicant" || seal.Party == "provider" {
			s.SealsTied.add(g.Party == seal.Party)
			if g.Party != seal.Party {
				s.miss(Miss{Application: t.ID, What: "seal", Name: name, File: want.File, Page: seal.Page, Box: seal.Box, Want: seal.Party, Got: g.Party + " " + g.Text})
			}
		}
		kind := false
		for _, k := range seal.Kind {
			kind = kind || k == g.Kind
		}
		s.SealsKind.add(kind)
	}
	if got != nil {
		s.SealsFalse += len(got.Seals) - len(used)
	}
}

// overlap is the shared area over that of the smaller box.
func overlap(a, b hequan.Box) float64 {
	w, h := min(a[2], b[2])-max(a[0], b[0]), min(a[3], b[3])-max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / max(1e-9, min(a.Width()*a.Height(), b.Width()*b.Height()))
}
