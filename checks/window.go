package checks

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/policy"
	"hequan/internal/uscc"
)

// Member is one application of an intake window: what was judged, and the
// report about it.
type Member struct {
	Case   Case
	Report *hequan.Report
}

// JudgeWindow judges every case of an intake window and then compares them.
// The reports come in the order of the cases.
func JudgeWindow(cases []Case) []*hequan.Report {
	members := JudgeEach(cases, nil, nil)
	CompareWindow(members)
	reports := make([]*hequan.Report, len(members))
	for i, m := range members {
		reports[i] = m.Report
	}
	return reports
}

// JudgeEach judges every case by itself, on all cores, in the order of the
// cases. progress (may be nil) gets the number of those done. Once stopped (may
// be nil) says so, the rest is left without reports.
func JudgeEach(cases []Case, stopped func() bool, progress func(done int)) []Member {
	members := make([]Member, len(cases))
	var wait sync.WaitGroup
	var mu sync.Mutex
	done := 0
	next := make(chan int)
	for range min(runtime.NumCPU(), len(cases)) {
		wait.Go(func() {
			for i := range next {
				members[i] = Member{cases[i], Judge(cases[i])}
				if progress != nil {
					mu.Lock()
					done++
					progress(done)
					mu.Unlock()
				}
			}
		})
	}
	for i := range cases {
		if stopped != nil && stopped() {
			break
		}
		next <- i
	}
	close(next)
	wait.Wait()
	return members
}

// CompareWindow runs the rules of scope window over the members and writes
// their findings into the members' reports, in the place of what stood there
// for these rules, and the verdicts anew. A finding stands in the report of
// each application that it touches; its subject is the other one. A window of one is
// left as it is.
func CompareWindow(members []Member) {
	if len(members) < 2 {
		return
	}
	w := &window{}
	for i, m := range members {
		if m.Case.Policy == nil {
			m.Case.Policy = policy.Default()
		}
		f := newFacts(m.Case)
		x := &applicant{facts: f, report: m.Report, index: i, id: f.Form.ID}
		x.name, _, _ = f.form("applicant.name")
		x.code, _, _ = f.form("applicant.uscc")
		x.who = identity{uscc.Normal(x.code), name.Key(x.name)}
		w.members = append(w.members, x)
	}
	for _, r := range All() {
		if r.Across == nil {
			continue
		}
		w.rule = r
		for _, x := range w.members {
			x.pass = &Pass{facts: x.facts, Rule: r}
		}
		r.Across(w)
		for _, x := range w.members {
			x.replace(r)
		}
	}
	for _, x := range w.members {
		x.report.Verdict = hequan.WorstStatus(x.report.Findings)
	}
}

// window is an intake window while one rule is run over it.
type window struct {
	members []*applicant
	rule    *Rule
}

// applicant is a member with the pass of the current rule.
type applicant struct {
	*facts
	report     *hequan.Report
	index      int
	id         string
	name, code string
	who        identity
	pass       *Pass
}

// replace writes what the rule found into the member's report.
func (x *applicant) replace(r *Rule) {
	found := x.pass.found
	if len(found) == 0 && len(x.pass.gaps) > 0 {
		x.pass.reviewGaps()
		found = x.pass.found
	}
	if len(found) == 0 {
		message := x.pass.passed
		if message == "" {
			message = r.Title
		}
		found = []hequan.Finding{{Rule: r.ID, Clause: r.Clause, Status: hequan.Pass, Message: message, Evidence: append([]hequan.Evidence{}, x.pass.seen...)}}
	}
	at := slices.IndexFunc(x.report.Findings, func(f hequan.Finding) bool { return f.Rule == r.ID })
	rest := slices.DeleteFunc(slices.Clone(x.report.Findings), func(f hequan.Finding) bool { return f.Rule == r.ID })
	if at < 0 {
		at = len(rest)
	}
	x.report.Findings = slices.Insert(rest, min(at, len(rest)), found...)
}

// tell records a finding in the report of x that names the other.
func (w *window) tell(x, other *applicant, status hequan.Status, message, action string, at ...At) {
	n := len(x.pass.found)
	x.pass.record(status, message, action, at)
	x.pass.found[n].Subject = other.id
}

// identity is by what an applicant is known: its code, else its name.
type identity struct{ code, name string }

// sameApplicant says whether two members are applications of one applicant.
func sameApplicant(a, b *applicant) bool {
	if a.who.code != "" && b.who.code != "" {
		return a.who.code == b.who.code
	}
	return a.who.name != "" && a.who.name == b.who.name
}

// byApplicant returns for each member the members of its applicant, itself
// among them, in the order of the window.
func (w *window) byApplicant() map[*applicant][]*applicant {
	codes, names := map[string][]*applicant{}, map[string][]*applicant{}
	for _, x := range w.members {
		codes[x.who.code] = append(codes[x.who.code], x)
		names[x.who.name] = append(names[x.who.name], x)
	}
	out := map[*applicant][]*applicant{}
	for _, x := range w.members {
		own := []*applicant{x}
		for _, list := range [][]*applicant{codes[x.who.code], names[x.who.name]} {
			for _, o := range list {
				if !slices.Contains(own, o) && sameApplicant(x, o) {
					own = append(own, o)
				}
			}
		}
		slices.SortFunc(own, func(a, b *applicant) int { return a.index - b.index })
		out[x] = own
	}
	return out
}

// trace is something of a member by which it may meet another.
type trace struct {
	key  string // what is compared
	what string // as a sentence calls it
	of   *applicant
	at   At
}

// meet calls f for every two traces of one key that belong to different
// members, in the order of the members.
func meet(traces []trace, f func(a, b trace)) {
	byKey := map[string][]trace{}
	for _, t := range traces {
		for _, o := range byKey[t.key] {
			if o.of != t.of {
				f(o, t)
			}
		}
		byKey[t.key] = append(byKey[t.key], t)
	}
}

// both tells a meeting in both reports.
func (w *window) both(a, b trace, status hequan.Status, action, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	w.tell(a.of, b.of, status, fmt.Sprintf("%s，另见申报 %s（%s）", message, b.of.id, b.of.name), action, a.at)
	w.tell(b.of, a.of, status, fmt.Sprintf("%s，另见申报 %s（%s）", message, a.of.id, a.of.name), action, b.at)
}
