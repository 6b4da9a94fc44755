package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hequan/internal/rmb"
)

var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	data, err := files.ReadFile("policy.schema.json")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:hequan:policy", doc); err != nil {
		return nil, err
	}
	return c.Compile("urn:hequan:policy")
})

// Lint returns what is wrong with a policy file, in order; nothing when it can be used.
func Lint(data []byte) []string {
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		return []string{err.Error()}
	}
	s, err := schema()
	if err != nil {
		return []string{err.Error()}
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	if err := s.Validate(doc); err != nil {
		var v *jsonschema.ValidationError
		if errors.As(err, &v) {
			return []string{v.Error()}
		}
		return []string{err.Error()}
	}
	var p Policy
	if err := yaml.Unmarshal(data, &p); err != nil {
		return []string{err.Error()}
	}
	for _, w := range []struct {
		name string
		span Span
	}{{"usage", p.Windows.Usage}, {"invoice", p.Windows.Invoice}, {"submission", p.Windows.Submission}} {
		if w.span.To.Before(w.span.From) {
			out = append(out, fmt.Sprintf("windows.%s ends before it starts", w.name))
		}
	}
	for _, m := range []struct {
		name string
		sum  Sum
	}{{"cap", p.Money.Cap}, {"floor", p.Money.Floor}, {"unit", p.Money.Unit}, {"mismatch", p.Money.Mismatch}} {
		if _, ok := rmb.ParseValue(m.sum.Value); !ok {
			out = append(out, fmt.Sprintf("money.%s: %q is not a sum of money", m.name, m.sum.Value))
		}
	}
	if p.Money.Unit.Fen() <= 0 {
		out = append(out, "money.unit must be more than nothing")
	}
	if r := p.Money.Rate.Rat(); r.Sign() <= 0 || r.Num().Cmp(r.Denom()) > 0 {
		out = append(out, fmt.Sprintf("money.rate: %q is not between 0 and 1", p.Money.Rate.Value))
	}
	seen := map[string]bool{}
	for _, c := range p.Categories {
		if seen[c.Name] {
			out = append(out, fmt.Sprintf("category %s stands twice", c.Name))
		}
		seen[c.Name] = true
	}
	for _, a := range p.Readings {
		if known, limited := implemented[a.Key]; limited && !known[a.Chosen] {
			b, _ := json.Marshal(a.Chosen)
			out = append(out, fmt.Sprintf("reading %s (%s): %s is not known", a.ID, a.Key, b))
		}
	}
	return out
}

// implemented lists the readings that the computation knows, by key.
var implemented = map[string]map[string]bool{
	"base":     {"min": true, "settlement": true, "invoice": true},
	"cap_year": {"payment": true, "usage": true},
	"rounding": {"half_up": true, "down": true},
	"floor_on": {"raw": true, "rounded": true},
}
