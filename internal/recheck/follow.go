// Package recheck compares what was found of an application at two times. It
// is pure.
package recheck

import (
	"strings"

	"hequan"
)

// Step is what changed between two reports of one application.
type Step struct {
	Before, After               hequan.Status // verdicts
	PayableBefore, PayableAfter string        // 万元
	Gone                        []hequan.Finding
	Open                        []hequan.Finding // as the later report has them
	New                         []hequan.Finding
	Altered                     []Altered // those of Open that say something else now
}

// Altered is a finding that both reports have, in other words or of another gravity.
type Altered struct{ Was, Is hequan.Finding }

// Changed says whether anything that people see differs.
func (s Step) Changed() bool {
	return s.Before != s.After || s.PayableBefore != s.PayableAfter || len(s.Gone)+len(s.New)+len(s.Altered) > 0
}

// Follow compares the grave findings of two reports. replaced leads from the
// name of a file to that of the one it took the place of: what is said of the
// new file is followed to what was said of the old.
func Follow(before, after *hequan.Report, replaced map[string]string) Step {
	s := Step{Before: before.Verdict, After: after.Verdict, PayableBefore: before.Subsidy.PayableWan, PayableAfter: after.Subsidy.PayableWan}
	old, now := grave(before), grave(after)
	takenOld := make([]bool, len(old))
	pair := make([]int, len(now)) // place in old, from 1; 0 for none
	// The likest pairs first: the same words; then the same paper; then the same rule.
	for _, alike := range []func(a, b hequan.Finding) bool{
		func(a, b hequan.Finding) bool {
			return a.Rule == b.Rule && a.Subject == b.Subject && a.Message == b.Message
		},
		func(a, b hequan.Finding) bool {
			return a.Rule == b.Rule && (a.Subject == b.Subject || file(a.Subject) == was(file(b.Subject), replaced))
		},
		func(a, b hequan.Finding) bool {
			return a.Rule == b.Rule && was(file(b.Subject), replaced) != file(b.Subject)
		},
	} {
		for i, b := range now {
			for k, a := range old {
				if pair[i] == 0 && !takenOld[k] && alike(a, b) {
					pair[i], takenOld[k] = k+1, true
				}
			}
		}
	}
	for k, a := range old {
		if !takenOld[k] {
			s.Gone = append(s.Gone, a)
		}
	}
	for i, b := range now {
		if pair[i] == 0 {
			s.New = append(s.New, b)
			continue
		}
		s.Open = append(s.Open, b)
		if a := old[pair[i]-1]; a.Status != b.Status || a.Message != b.Message {
			s.Altered = append(s.Altered, Altered{a, b})
		}
	}
	return s
}

// grave are the fails and then the reviews of a report.
func grave(r *hequan.Report) []hequan.Finding {
	var out []hequan.Finding
	for _, status := range []hequan.Status{hequan.Fail, hequan.Review} {
		for _, f := range r.Findings {
			if f.Status == status {
				out = append(out, f)
			}
		}
	}
	return out
}

// file is the file that a subject stands in: 7-发票.pdf#1-2 is in 7-发票.pdf.
func file(subject string) string {
	if i := strings.LastIndexByte(subject, '#'); i >= 0 {
		return subject[:i]
	}
	return subject
}

func was(name string, replaced map[string]string) string {
	if old, ok := replaced[name]; ok {
		return old
	}
	return name
}
