package recheck

import (
	"cmp"
	"slices"

	"hequan"
	"hequan/internal/rmb"
)

// Schema is the name of the difference's format.
const Schema = "hequan.recheck/v1"

// Difference is what a re-check of many applications changed.
type Difference struct {
	Schema       string          `json:"schema"`
	PolicyBefore string          `json:"policy_before"` // several are joined by a comma
	PolicyAfter  string          `json:"policy_after"`
	Compared     int             `json:"compared"`
	Verdicts     []VerdictChange `json:"verdicts"`
	Rules        []RuleChange    `json:"rules"`
	PayableWan   Sums            `json:"payable_wan"`
	OnlyBefore   []string        `json:"only_before"` // applications that were not judged again
	OnlyAfter    []string        `json:"only_after"`
	Applications []Application   `json:"applications"` // those that changed, in the order of the later reports
}

// VerdictChange counts applications by what their verdict was and is.
type VerdictChange struct {
	Before hequan.Status `json:"before"`
	After  hequan.Status `json:"after"`
	Count  int           `json:"count"`
}

// RuleChange counts a rule's findings that changed.
type RuleChange struct {
	Rule    string `json:"rule"`
	Gone    int    `json:"gone"`
	New     int    `json:"new"`
	Changed int    `json:"changed"`
}

// Sums are the payable amounts of all compared applications together, in 万元.
type Sums struct {
	Before string `json:"before"`
	After  string `json:"after"`
	Change string `json:"change"`
}

func (r *RuleChange) add(change string) {
	switch change {
	case Gone:
		r.Gone++
	case New:
		r.New++
	case Changed:
		r.Changed++
	}
}

// CompareAll compares the reports of applications, matched by their ids.
func CompareAll(before, after []*hequan.Report) *Difference {
	d := &Difference{Schema: Schema, PolicyBefore: policies(before), PolicyAfter: policies(after),
		Verdicts: []VerdictChange{}, Rules: []RuleChange{}, OnlyBefore: []string{}, OnlyAfter: []string{}, Applications: []Application{}}
	earlier := map[string][]*hequan.Report{}
	for _, r := range before {
		earlier[r.Application.ID] = append(earlier[r.Application.ID], r)
	}
	verdicts, rules := map[VerdictChange]int{}, map[string]*RuleChange{}
	var was, is rmb.Fen
	for _, r := range after {
		id := r.Application.ID
		if len(earlier[id]) == 0 {
			d.OnlyAfter = append(d.OnlyAfter, id)
			continue
		}
		a := Compare(earlier[id][0], r)
		earlier[id] = earlier[id][1:]
		d.Compared++
		was, is = was+wan(a.Before.PayableWan), is+wan(a.After.PayableWan)
		verdicts[VerdictChange{Before: a.Before.Verdict, After: a.After.Verdict}]++
		for _, f := range a.Findings {
			if rules[f.Rule] == nil {
				rules[f.Rule] = &RuleChange{Rule: f.Rule}
			}
			rules[f.Rule].add(f.Change)
		}
		if a.Changed() {
			d.Applications = append(d.Applications, a)
		}
	}
	for _, r := range before {
		if id := r.Application.ID; len(earlier[id]) > 0 {
			d.OnlyBefore = append(d.OnlyBefore, id)
			earlier[id] = earlier[id][1:]
		}
	}
	for v, n := range verdicts {
		v.Count = n
		d.Verdicts = append(d.Verdicts, v)
	}
	slices.SortFunc(d.Verdicts, func(a, b VerdictChange) int {
		return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	})
	for _, r := range rules {
		d.Rules = append(d.Rules, *r)
	}
	slices.SortFunc(d.Rules, func(a, b RuleChange) int { return cmp.Compare(a.Rule, b.Rule) })
	d.PayableWan = Sums{inWan(was), inWan(is), inWan(is - was)}
	return d
}

// policies names the policies of the reports, each once, in order.
func policies(reports []*hequan.Report) string {
	var ids []string
	for _, r := range reports {
		ids = append(ids, r.Policy)
	}
	slices.Sort(ids)
	out := ""
	for _, id := range slices.Compact(ids) {
		if out != "" {
			out += ","
		}
		out += id
	}
	return out
}
