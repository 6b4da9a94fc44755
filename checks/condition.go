package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Condition is something that a rule tested, as a sentence that holds or not.
type Condition struct {
	Text     string            `json:"text"` // Chinese, with the values
	Holds    bool              `json:"holds"`
	Evidence []hequan.Evidence `json:"evidence"`
}

// Holds notes a condition that the rule tests, for hequan explain, and returns
// whether it holds. It decides nothing: what follows is the rule's to say.
func (p *Pass) Holds(ok bool, text string, at ...At) bool {
	c := Condition{Text: text, Holds: ok, Evidence: []hequan.Evidence{}}
	for _, a := range at {
		c.Evidence = appendEvidence(c.Evidence, a.Evidence)
	}
	p.tested = append(p.tested, c)
	return ok
}

// inWindow notes whether a day lies in a window.
func (p *Pass) inWindow(what string, d day.Day, w day.Window, at ...At) bool {
	return p.Holds(w.Contains(d), fmt.Sprintf("%s %s 在 %s 之间", what, d, w), at...)
}

// sameSum notes whether two sums are equal.
func (p *Pass) sameSum(what string, a rmb.Fen, other string, b rmb.Fen, at ...At) bool {
	return p.Holds(a == b, fmt.Sprintf("%s %s 元 = %s %s 元", what, a.Grouped(), other, b.Grouped()), at...)
}

// notMore notes whether a sum is no more than another.
func (p *Pass) notMore(what string, a rmb.Fen, other string, b rmb.Fen, at ...At) bool {
	return p.Holds(a <= b, fmt.Sprintf("%s %s 元 ≤ %s %s 元", what, a.Grouped(), other, b.Grouped()), at...)
}

// sameText notes whether two values are the same.
func (p *Pass) sameText(what, a, other, b string, at ...At) bool {
	return p.Holds(a == b, fmt.Sprintf("%s“%s”与%s“%s”相同", what, a, other, b), at...)
}
