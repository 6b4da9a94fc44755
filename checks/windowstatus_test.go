package checks

import (
	"strings"
	"testing"

	"hequan"
)

// TestWindowStatuses asserts that each rule over a window has a case for each
// status that the table gives it.
func TestWindowStatuses(t *testing.T) {
	judge := func(a, b string) []*hequan.Report {
		return JudgeWindow([]Case{build(t, []byte("base: api\n"+a)), build(t, []byte(b))})
	}
	big := "set: {form.claimed_amount: \"3000000.00\", contract.fields.amount: \"6000000.00\", settlement1.fields.total: \"5910000.00\", invoice1.fields.total: \"5910000.00\"}"
	reports := append(judge("", but("")), // strangers
		judge("", but("  invoice1.fields.number: \"26312000000012345678\"\n  form.bank.account: \"0200059009200012345\"\n"))...)
	reports = append(reports, judge("set: {usage.page_info.2: {picture_hash: 0123456789abcde4}}\nunset: [usage.fields.total]", but("  usage.page_info.2: {picture_hash: 0123456789abcde5}\n  usage.fields.total: \"210000.00\"\n"))...)
	reports = append(reports, judge(big, "base: api\n"+strings.Replace(big, "{", "{form.id: B, ", 1))...) // the same project once more
	given := map[string]map[hequan.Status]bool{}
	for _, r := range reports {
		for _, f := range r.Findings {
			if given[f.Rule] == nil {
				given[f.Rule] = map[hequan.Status]bool{}
			}
			given[f.Rule][f.Status] = true
		}
	}
	n := 0
	for _, row := range readTable(t) {
		if row.scope != "window" {
			continue
		}
		n++
		want := []hequan.Status{hequan.Pass}
		for _, s := range []hequan.Status{hequan.Fail, hequan.Review} {
			if strings.Contains(row.otherwise, string(s)) {
				want = append(want, s)
			}
		}
		for _, s := range want {
			if !given[row.id][s] {
				t.Errorf("no case in which %s gives %s", row.id, s)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d rules over a window, want 4", n)
	}
}
