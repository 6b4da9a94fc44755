package checks

import (
	"regexp"
	"slices"

	"hequan"
	"hequan/internal/policy"
)

// Explanation is how a rule came to its findings on one subject.
type Explanation struct {
	Rule     string           `json:"rule"`
	Clause   string           `json:"clause"`
	Title    string           `json:"title"`
	Subject  string           `json:"subject,omitempty"`
	Values   []Value          `json:"values"`     // what was read for it
	Tested   []Condition      `json:"conditions"` // in the order of the tests
	Unread   []string         `json:"unread"`     // what could not be read
	Findings []hequan.Finding `json:"findings"`
}

// Value is a value that a rule used, and how far it can be relied on.
type Value struct {
	Name string `json:"name"` // Chinese
	hequan.Evidence
	Proven bool   `json:"proven"`
	Doubt  string `json:"doubt,omitempty"` // why nothing is held against the applicant on its account
}

// Explain judges a case by one rule, built in or of one's own, and tells how.
// ok is false where there is no such rule.
func Explain(c Case, id string) (out []Explanation, ok bool) {
	if c.Policy == nil {
		c.Policy = policy.Default()
	}
	if c.Filings == nil {
		c.Filings = &policy.Filings{}
	}
	f := newFacts(c)
	all := append(slices.Clip(All()), f.ownRules()...)
	i := slices.IndexFunc(all, func(r *Rule) bool { return r.ID == id })
	if i < 0 {
		return nil, false
	}
	r := all[i]
	one := Explanation{Rule: r.ID, Clause: r.Clause, Title: r.Title, Values: []Value{}, Tested: []Condition{}, Unread: []string{}}
	passes, why := f.passes(r)
	if why != "" {
		one.Findings = f.run(r)
		return []Explanation{one}, true
	}
	for _, p := range passes {
		e := one
		e.Subject, e.Findings = p.subject(), p.outcome()
		e.Values = values(p)
		e.Tested = append(e.Tested, p.tested...)
		for _, g := range p.gaps {
			if !slices.Contains(e.Unread, g.what) {
				e.Unread = append(e.Unread, g.what)
			}
		}
		out = append(out, e)
	}
	return out, true
}

// values lists what a pass used, each once.
func values(p *Pass) []Value {
	out := []Value{}
	for _, a := range p.used {
		if a.Value == "" && a.Text == "" || slices.ContainsFunc(out, func(v Value) bool { return v.Evidence == a.Evidence }) {
			continue
		}
		out = append(out, Value{p.valueName(a.Evidence), a.Evidence, a.Proven, a.doubt})
	}
	return out
}

// cellField is a cell as evidence names it: items[3].amount.
var cellField = regexp.MustCompile(`^\w+\[(\d+)\]\.(\w+)$`)

// valueName says in Chinese what a value is.
func (p *Pass) valueName(e hequan.Evidence) string {
	if name, ok := formNames[e.Field]; ok && e.Document == "" {
		return name
	}
	kind := hequan.KindOther
	for _, d := range p.docs {
		if d.ID == e.Document {
			kind = d.Kind
		}
	}
	if m := cellField.FindStringSubmatch(e.Field); m != nil && e.Document != "" {
		return "第 " + m[1] + " 行" + fieldName(kind, m[2])
	}
	if e.Field == "seals" {
		return "印章"
	}
	return fieldName(kind, e.Field)
}
