package policy

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hequan/internal/ownrule"
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

// Problem is something wrong with a policy file, with the place and how to mend it.
type Problem struct {
	Line, Column int    // from 1; 0 where the place is not known
	Path         string // windows.usage.to
	Message      string // Chinese
}

// String writes line:column path：message.
func (p Problem) String() string {
	s := p.Message
	if p.Path != "" {
		s = p.Path + "：" + s
	}
	if p.Line > 0 {
		s = fmt.Sprintf("%d:%d %s", p.Line, p.Column, s)
	}
	return s
}

// Lint returns what is wrong with a policy file, in the order of its lines;
// nothing when it can be used.
func Lint(data []byte) []Problem {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return []Problem{syntaxProblem(err)}
	}
	l := &linter{file: file, source: string(data)}
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		return []Problem{syntaxProblem(err)}
	}
	s, err := schema()
	if err != nil {
		return []Problem{{Message: err.Error()}}
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return []Problem{{Message: err.Error()}}
	}
	if err := s.Validate(doc); err != nil {
		var v *jsonschema.ValidationError
		if !errors.As(err, &v) {
			return []Problem{{Message: err.Error()}}
		}
		l.schema(v)
		return l.sorted()
	}
	var p Policy
	if err := yaml.Unmarshal(data, &p); err != nil {
		return []Problem{syntaxProblem(err)}
	}
	l.values(&p)
	return l.sorted()
}

// linter gathers problems of one file.
type linter struct {
	file     *ast.File
	source   string
	problems []Problem
}

func (l *linter) sorted() []Problem {
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
	return l.problems
}

// add notes a problem at a path of keys and indexes.
func (l *linter) add(path []string, format string, args ...any) {
	p := Problem{Path: dotted(path), Message: fmt.Sprintf(format, args...)}
	if node := find(l.file, path); node != nil {
		at := node.GetToken().Position
		p.Line, p.Column = at.Line, at.Column
	}
	l.problems = append(l.problems, p)
}

// values asks what a schema cannot: dates in order, sums, rates, names that
// stand twice, readings that the computation knows.
func (l *linter) values(p *Policy) {
	for _, w := range []struct {
		name string
		span Span
	}{{"usage", p.Windows.Usage}, {"invoice", p.Windows.Invoice}, {"submission", p.Windows.Submission}} {
		if w.span.To.Before(w.span.From) {
			l.add([]string{"windows", w.name, "to"}, "截止日期 %s 早于起始日期 %s，请更正其中一个", w.span.To, w.span.From)
		}
	}
	for _, m := range []struct {
		name string
		sum  Sum
	}{{"cap", p.Money.Cap}, {"floor", p.Money.Floor}, {"unit", p.Money.Unit}, {"mismatch", p.Money.Mismatch}} {
		if _, ok := rmb.ParseValue(m.sum.Value); !ok {
			l.add([]string{"money", m.name, "value"}, "“%s”不是金额，请写成以元为单位、两位小数的数字，如 \"10000.00\"", m.sum.Value)
		}
	}
	if p.Money.Unit.Fen() <= 0 {
		l.add([]string{"money", "unit", "value"}, "最小单位须大于 0，以千元为单位写 \"1000.00\"")
	}
	if r := p.Money.Rate.Rat(); r.Sign() <= 0 || r.Num().Cmp(r.Denom()) > 0 {
		l.add([]string{"money", "rate", "value"}, "比例“%s”不在 0 与 1 之间，50%% 写 \"0.5\"", p.Money.Rate.Value)
	}
	seen := map[string]bool{}
	for i, c := range p.Categories {
		if seen[c.Name] {
			l.add([]string{"categories", fmt.Sprint(i), "name"}, "类别 %s 出现两次，请合并", c.Name)
		}
		seen[c.Name] = true
	}
	keys := map[string]bool{}
	for i, a := range p.Readings {
		at := []string{"readings", fmt.Sprint(i)}
		if keys[a.Key] {
			l.add(append(at, "key"), "%s 出现两次，只能有一种读法", a.Key)
		}
		keys[a.Key] = true
		known, ok := implemented[a.Key]
		switch {
		case !ok:
			l.add(append(at, "key"), "没有名为 %s 的待定事项；已知：%s", a.Key, strings.Join(readingKeys(), "、"))
		case !slices.Contains(known, a.Chosen):
			l.add(append(at, "chosen"), "%s 的读法“%s”程序不能照办；可选：%s", a.Key, a.Chosen, strings.Join(known, "、"))
		}
	}
	l.rules(p.Rules)
}

// rules compiles the rules of one's own and tells what is wrong at its place
// inside of the text.
func (l *linter) rules(rules []ownrule.Rule) {
	ids := map[string]bool{}
	for i, r := range rules {
		at := []string{"rules", fmt.Sprint(i)}
		if ids[r.ID] {
			l.add(append(at, "id"), "%s 出现两次，请改名", r.ID)
		}
		ids[r.ID] = true
		_, problems := ownrule.Compile(r)
		for _, p := range problems {
			l.add(append(at, p.Key), "%s", p.Message)
			if told := &l.problems[len(l.problems)-1]; p.Line > 0 && told.Line > 0 {
				told.Line, told.Column = inside(find(l.file, append(at, p.Key)), l.source, p.Line, p.Column)
			}
		}
	}
}

// implemented lists the readings that the program can follow, by key. Others
// that the guide admits are named in a policy as alternatives, for people.
var implemented = map[string][]string{
	"base": {"min", "settlement", "invoice"}, "cap_year": {"payment", "usage"}, "rounding": {"half_up", "down"}, "floor_on": {"raw", "rounded"},
	"scenario": {"not_required"}, "tax_basis": {"inclusive"}, "invoice_window": {"strict"}, "private_time": {"acceptance"},
	"categories": {"listed"}, "seals": {"listed"}, "usage_seal": {"not_required"}, "native_documents": {"accepted"}, "copies": {"slot_11"},
	"audit_years": {"full_years"}, "floor_scope": {"application"}, "submission_day": {"whole_day"}, "vouchers": {"as_settled"},
	"registered": {"review"}, "project_identity": {"name_or_contract"}, "prorata": {"never"}, "providers": {"sum"},
}

func readingKeys() []string {
	var out []string
	for k := range implemented {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
