package eval

import (
	"strings"

	"hequan"
)

// addFindings scores what the rules said: planted faults caught, and alarms on
// rules that are clean in this application.
func (s *Score) addFindings(t *Truth, r *hequan.Report) {
	worst := map[string]hequan.Finding{}
	for _, f := range r.Findings {
		if old, ok := worst[f.Rule]; !ok || f.Status.Worse(old.Status) {
			worst[f.Rule] = f
		}
	}
	known := map[string]bool{}
	for _, u := range t.Unscored {
		known[u.Rule] = true
	}
	natural := map[string]bool{}
	for _, n := range t.Natural {
		natural[n.Rule] = true
	}
	for _, p := range t.Planted {
		known[p.Rule] = true
		f := worst[p.Rule]
		caught := f.Status == hequan.Fail || f.Status == hequan.Review
		s.FaultsReview.add(caught)
		right := f.Status == p.Expect
		bump(s.FaultRules, p.Rule, right)
		if p.Expect == hequan.Fail {
			s.FaultsFail.add(f.Status == hequan.Fail)
		}
		if !caught {
			s.FaultsSilent++
		}
		if !right {
			s.miss(Miss{Application: t.ID, What: "fault", Name: p.Rule, File: p.File, Want: string(p.Expect) + ": " + p.Note, Got: string(f.Status) + " " + f.Message})
		}
		if caught && len(p.At) > 0 {
			s.Located.add(located(p, r))
		}
	}
	for _, f := range r.Findings {
		if known[f.Rule] || f.Status == hequan.NA {
			continue
		}
		s.CleanChecks++
		switch {
		case f.Status == hequan.Fail:
			s.FalseAlarms++
			s.AlarmRules[f.Rule]++
			s.miss(Miss{Application: t.ID, What: "alarm", Name: f.Rule, File: f.Subject, Got: f.Message})
		case f.Status == hequan.Review && !natural[f.Rule]:
			s.NeedlessReviews++
			s.ReviewRules[f.Rule]++
			s.miss(Miss{Application: t.ID, What: "review", Name: f.Rule, File: f.Subject, Got: f.Message})
		}
	}
}

// located says whether some evidence of the rule's findings overlaps the place of the fault.
func located(p Planted, r *hequan.Report) bool {
	files := map[string]string{}
	for _, d := range r.Documents {
		files[d.ID] = d.File
	}
	for _, f := range r.Findings {
		if f.Rule != p.Rule || f.Status == hequan.Pass || f.Status == hequan.NA {
			continue
		}
		for _, e := range f.Evidence {
			file := e.File
			if file == "" {
				file = files[e.Document]
			}
			if file == "" {
				file, _, _ = strings.Cut(e.Document, "#")
			}
			for _, at := range p.At {
				if at.File == file && at.Page == e.Page && overlap(at.Box, e.Box) > 0.2 {
					return true
				}
			}
		}
	}
	return false
}
