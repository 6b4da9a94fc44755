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
}

// Changed says whether anything that people see differs.
func (s Step) Changed() bool {
	return s.Before != s.After || s.PayableBefore != s.PayableAfter || len(s.Gone)+len(s.New) > 0
}

// Follow compares the grave findings of two reports. replaced leads from the
// name of a file to that of the one it took the place of: what is said of the
// new file is followed to what was said of the old.
func Follow(before, after *hequan.Report, replaced map[string]string) Step {
	s := Step{Before: before.Verdict, After: after.Verdict, PayableBefore: before.Subsidy.PayableWan, PayableAfter: after.Subsidy.PayableWan}
	old, now := grave(before), grave(after)
	takenOld, takenNow := make([]bool, len(old)), make([]bool, len(now))
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
				if !takenNow[i] && !takenOld[k] && alike(a, b) {
					takenNow[i], takenOld[k] = true, true
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
		if takenNow[i] {
			s.Open = append(s.Open, b)
		} else {
			s.New = append(s.New, b)
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
