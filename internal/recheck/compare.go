// Package recheck compares two judgements of the same applications: which
// verdicts changed, which findings are gone, new or told otherwise, and what
// becomes of the money. It is pure: reports in, a difference out.
package recheck

import (
	"cmp"
	"slices"

	"hequan"
)

// How a finding changed.
const (
	Gone    = "gone"    // open before, no longer
	New     = "new"     // open now, not before
	Changed = "changed" // open before and now, told otherwise
)

// Application is what changed of one application.
type Application struct {
	ID        string    `json:"id"`
	Applicant string    `json:"applicant"`
	Before    Outcome   `json:"before"`
	After     Outcome   `json:"after"`
	Findings  []Finding `json:"findings"`
}

// Outcome is the head of a judgement.
type Outcome struct {
	Verdict    hequan.Status `json:"verdict"`
	Base       string        `json:"base"`        // yuan
	PayableWan string        `json:"payable_wan"` // 万元
	Unknown    bool          `json:"unknown,omitempty"`
}

// Finding is an open finding (fail or review) that changed.
type Finding struct {
	Change  string `json:"change"`
	Rule    string `json:"rule"`
	Clause  string `json:"clause"`
	Subject string `json:"subject,omitempty"`
	Before  *Told  `json:"before,omitempty"` // nil where the rule said nothing of the subject
	After   *Told  `json:"after,omitempty"`
}

// Told is what a rule said.
type Told struct {
	Status  hequan.Status `json:"status"`
	Message string        `json:"message"`
}

// Changed says whether anything that staff act upon is another.
func (a Application) Changed() bool { return a.Before != a.After || len(a.Findings) > 0 }

// Compare says what changed of one application from one report to the next.
func Compare(before, after *hequan.Report) Application {
	return Application{
		ID: after.Application.ID, Applicant: after.Application.Applicant,
		Before: outcome(before), After: outcome(after), Findings: compareFindings(before.Findings, after.Findings),
	}
}

func outcome(r *hequan.Report) Outcome {
	return Outcome{r.Verdict, r.Subsidy.Base, r.Subsidy.PayableWan, r.Subsidy.Unknown}
}

type subject struct{ rule, subject string }

// compareFindings pairs the findings of a rule on a subject: those of the same
// words first, what is left in its order.
func compareFindings(before, after []hequan.Finding) []Finding {
	out := []Finding{}
	var order []subject
	was, is := grouped(before, &order), grouped(after, &order)
	for _, s := range order {
		b, a := withoutEqual(was[s], is[s])
		for i := range max(len(b), len(a)) {
			var x, y *hequan.Finding
			if i < len(b) {
				x = &b[i]
			}
			if i < len(a) {
				y = &a[i]
			}
			if f, ok := change(x, y); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// grouped sorts findings by rule and subject; order gets the keys as they come.
func grouped(findings []hequan.Finding, order *[]subject) map[subject][]hequan.Finding {
	out := map[subject][]hequan.Finding{}
	for _, f := range findings {
		s := subject{f.Rule, f.Subject}
		if len(out[s]) == 0 && !slices.Contains(*order, s) {
			*order = append(*order, s)
		}
		out[s] = append(out[s], f)
	}
	return out
}

// withoutEqual drops what both sides say in the same words, and puts what is
// open first, so that it meets its like.
func withoutEqual(before, after []hequan.Finding) (b, a []hequan.Finding) {
	a = slices.Clone(after)
	for _, f := range before {
		if i := slices.IndexFunc(a, func(o hequan.Finding) bool { return o.Status == f.Status && o.Message == f.Message }); i >= 0 {
			a = slices.Delete(a, i, i+1)
			continue
		}
		b = append(b, f)
	}
	for _, list := range [][]hequan.Finding{b, a} {
		slices.SortStableFunc(list, func(x, y hequan.Finding) int { return cmp.Compare(closed(&x), closed(&y)) })
	}
	return b, a
}

func closed(f *hequan.Finding) int {
	if open(f) {
		return 0
	}
	return 1
}

func open(f *hequan.Finding) bool {
	return f != nil && (f.Status == hequan.Fail || f.Status == hequan.Review)
}

// change says how a finding changed; ok is false where it is open on neither side.
func change(before, after *hequan.Finding) (f Finding, ok bool) {
	switch {
	case open(before) && open(after):
		f.Change = Changed
	case open(before):
		f.Change = Gone
	case open(after):
		f.Change = New
	default:
		return f, false
	}
	for _, side := range []struct {
		from *hequan.Finding
		to   **Told
	}{{before, &f.Before}, {after, &f.After}} {
		if side.from != nil {
			f.Rule, f.Clause, f.Subject = side.from.Rule, side.from.Clause, side.from.Subject
			*side.to = &Told{side.from.Status, side.from.Message}
		}
	}
	return f, true
}
