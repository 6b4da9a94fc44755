package checks

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/ownrule"
	"hequan/internal/rmb"
	"hequan/internal/subsidy"
)

// ownRules makes rules of those that the policy's file holds.
func (f *facts) ownRules() []*Rule {
	var out []*Rule
	for _, program := range f.Policy.Own() {
		r := new(Rule)
		r.ID, r.Clause, r.Title, r.Modes, r.Kind = program.ID, program.Clause, program.Title, program.Modes, program.For
		if program.For != "" {
			r.Scope = PerDocument
		}
		r.Run = func(p *Pass) { runOwn(p, program) }
		out = append(out, r)
	}
	return out
}

// runOwn evaluates an own rule. Where it could not be evaluated for want of a
// value, the runner makes a review of what was unread.
func runOwn(p *Pass, program *ownrule.Program) {
	s := &ownSource{p: p}
	tell, err := program.Run(s, p.Doc)
	if err == nil {
		p.Holds(tell != "", "自定条件："+strings.Join(strings.Fields(program.When), " "), s.used...)
	}
	switch {
	case err != nil && len(p.gaps) == 0:
		p.Unread(fmt.Sprintf("自定条件未能判断（%v）", err), hequan.Evidence{Note: "全部材料"})
	case err != nil:
	case tell != "" && program.Status == hequan.Fail:
		p.Fail(tell, program.Action, s.places()...)
	case tell != "":
		p.Review(tell, program.Action, s.places()...)
	case len(p.seen) == 0:
		p.Looked(At{Evidence: hequan.Evidence{Note: "全部材料"}})
	}
}

// errAbsent is a value that is not there; the pass has noted which.
var errAbsent = errors.New("没有读到所需的内容")

// ownSource hands out the documents to an own rule and keeps the places.
type ownSource struct {
	p    *Pass
	used []At
}

func (s *ownSource) places() []At {
	if len(s.used) == 0 {
		return []At{{Evidence: hequan.Evidence{Note: "全部材料"}}}
	}
	return s.used
}

func (s *ownSource) keep(at At) { s.used = append(s.used, at) }

func (s *ownSource) Documents(k hequan.Kind) []*hequan.Document { return s.p.Docs(k) }

func (s *ownSource) HasForm(path string) bool {
	_, _, ok := s.p.form(path)
	return ok
}

func (s *ownSource) Form(path string, t ownrule.Type) (any, error) {
	var v any
	var at At
	var ok bool
	switch t {
	case ownrule.Date:
		var d day.Day
		d, at, ok = s.p.FormDay(path)
		v = d.String()
	case ownrule.Money:
		var m rmb.Fen
		m, at, ok = s.p.FormMoney(path)
		v = int64(m)
	default:
		v, at, ok = s.p.FormText(path)
	}
	return s.got(v, at, ok)
}

func (s *ownSource) got(v any, at At, ok bool) (any, error) {
	if !ok {
		return nil, errAbsent
	}
	s.keep(at)
	return v, nil
}

func (s *ownSource) Subsidy(name string) (int64, error) {
	c := s.p.computation()
	s.p.openSums(c)
	amount := map[string]rmb.Fen{"gross": c.result.Gross, "base": c.result.Base, "capped": c.result.Capped, "payable": c.result.Payable}[name]
	at := At{Evidence: hequan.Evidence{Field: "subsidy", Value: amount.String(), Note: "测算（" + subsidy.Wan(c.result.Payable) + " 万元）"}}
	if c.result.Unknown || len(c.unread) > 0 {
		at.doubt = "有金额未能读取"
	}
	s.keep(at)
	s.p.Looked(at)
	return int64(amount), nil
}

func (s *ownSource) Field(d *hequan.Document, name string, t ownrule.Type) (any, error) {
	switch t {
	case ownrule.Date:
		v, at, ok := s.p.Day(d, name)
		return s.got(v.String(), at, ok)
	case ownrule.Money:
		v, at, ok := s.p.Money(d, name)
		return s.got(int64(v), at, ok)
	case ownrule.Flag:
		v, at, ok := s.p.Text(d, name)
		return s.got(v == "true", at, ok)
	}
	v, at, ok := s.p.Text(d, name)
	return s.got(v, at, ok)
}

// Has notes where a field stands, or where it was looked for.
func (s *ownSource) Has(d *hequan.Document, name string) bool {
	f := d.Field(name)
	if f == nil {
		s.absent(d, name)
		return false
	}
	at := s.p.at(d, f, false)
	if f.Value == "" {
		at.doubt = unproven // something stands there
	}
	s.keep(at)
	s.p.Looked(at)
	return f.Value != ""
}

// absent notes that a field was looked for: on pages that could not be read,
// not found is not absent.
func (s *ownSource) absent(d *hequan.Document, name string) {
	at := At{Evidence: lookedAt(d, name), doubt: s.p.illegible(d)}
	s.keep(at)
	s.p.Looked(at)
}

func (s *ownSource) List(d *hequan.Document, name string) []string {
	out := []string{}
	for _, at := range s.p.All(d, name) {
		s.keep(at)
		s.p.Looked(at)
		out = append(out, at.Value)
	}
	if len(out) == 0 {
		s.absent(d, name)
	}
	return out
}

func (s *ownSource) Rows(d *hequan.Document, table string) int { return len(s.p.Rows(d, table)) }

func (s *ownSource) HasCell(d *hequan.Document, table string, i int, column string) bool {
	_, at, ok := s.p.Rows(d, table)[i].Peek(column)
	s.keep(at)
	return ok
}

func (s *ownSource) Cell(d *hequan.Document, table string, i int, column string, t ownrule.Type) (any, error) {
	r := s.p.Rows(d, table)[i]
	switch t {
	case ownrule.Money:
		v, at, ok := r.Money(column)
		return s.got(int64(v), at, ok)
	case ownrule.Number:
		v, at, ok := r.Number(column)
		return s.got(number(v), at, ok)
	}
	v, at, ok := r.Text(column)
	return s.got(v, at, ok)
}

// number is a number for a comparison; sums of money are fen, never this.
func number(v *big.Rat) float64 {
	if v == nil {
		return 0
	}
	f, _ := v.Float64()
	return f
}

func (s *ownSource) Seal(d *hequan.Document, i int) {
	at := sealAt(d, &d.Seals[i])
	s.keep(at)
	s.p.Looked(at)
}
