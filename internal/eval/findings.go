package eval

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// addFindings scores what the rules said: planted faults caught, and alarms on
// rules that are clean in this application.
func (x *scoring) addFindings() {
	t, r := x.truth, x.report
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
		x.FaultsReview.add(caught)
		right := f.Status == p.Expect
		bump(x.FaultRules, p.Rule, right)
		if p.Expect == hequan.Fail {
			x.FaultsFail.add(f.Status == hequan.Fail)
		}
		if !caught {
			x.FaultsSilent++
		}
		if !right {
			m := Miss{What: "fault", Name: p.Rule, File: p.File, Want: string(p.Expect) + ": " + p.Note, Got: string(f.Status) + " " + f.Message, Silent: !caught}
			if len(p.At) > 0 {
				m.File, m.Page, m.Box = p.At[0].File, p.At[0].Page, p.At[0].Box
			}
			x.miss(m)
		}
		if caught && (len(p.At) > 0 || len(p.Document) > 0) {
			x.Located.add(x.located(p))
		}
	}
	for _, f := range r.Findings {
		if known[f.Rule] || f.Status == hequan.NA {
			continue
		}
		x.CleanChecks++
		m := Miss{Name: f.Rule, File: f.Subject, Got: f.Message}
		if len(f.Evidence) > 0 {
			e := f.Evidence[0]
			m.Page, m.Box = e.Page, e.Box
			if file := x.fileOf(e); file != "" {
				m.File = file
			}
		}
		switch {
		case f.Status == hequan.Fail:
			x.FalseAlarms++
			x.AlarmRules[f.Rule]++
			m.What = "alarm"
			x.miss(m)
		case f.Status == hequan.Review && !natural[f.Rule]:
			x.NeedlessReviews++
			x.ReviewRules[f.Rule]++
			m.What = "review"
			x.miss(m)
		}
	}
}

// fileOf is the file that evidence stands in; empty for the online form.
func (x *scoring) fileOf(e hequan.Evidence) string {
	if e.File != "" {
		return e.File
	}
	for _, d := range x.report.Documents {
		if d.ID == e.Document {
			return d.File
		}
	}
	file, _, _ := strings.Cut(e.Document, "#")
	return file
}

// located says whether some evidence of the rule's findings overlaps the
// places of the fault; a fault that is of a document as a whole is located by
// evidence in that document.
func (x *scoring) located(p Planted) bool {
	for _, f := range x.report.Findings {
		if f.Rule != p.Rule || f.Status == hequan.Pass || f.Status == hequan.NA {
			continue
		}
		for _, e := range f.Evidence {
			file := x.fileOf(e)
			for _, at := range p.At {
				if at.File == file && at.Page == e.Page && overlap(at.Box, e.Box) > leastOverlap {
					return true
				}
			}
			if len(p.At) > 0 {
				continue
			}
			for _, d := range p.Document {
				if d.File == file && (e.Page == 0 || e.Page >= d.Pages[0] && e.Page <= d.Pages[1]) {
					return true
				}
			}
		}
	}
	return false
}

var cellName = regexp.MustCompile(`^(.+)\[\d+\]\.(.+)$`)

// addEvidence scores the boxes of evidence on values that are labelled: the
// box must overlap a label of that name on that page.
func (x *scoring) addEvidence() {
	for _, f := range x.report.Findings {
		for _, e := range f.Evidence {
			d := x.labels[e.Document]
			if d == nil || e.Field == "" || e.Box.IsZero() {
				continue
			}
			if places := d.places(e.Field, e.Page); len(places) > 0 {
				x.Evidence.add(slices.ContainsFunc(places, func(b hequan.Box) bool { return overlap(b, e.Box) > leastOverlap }))
			}
		}
	}
}

// places are the labelled boxes of a field, a column or the seals on a page.
func (d *Document) places(field string, page int) []hequan.Box {
	var out []hequan.Box
	add := func(p int, b hequan.Box) {
		if p == page && !b.IsZero() {
			out = append(out, b)
		}
	}
	if field == "seals" {
		for _, s := range d.Seals {
			add(s.Page, s.Box)
		}
		return out
	}
	for _, f := range slices.Concat(d.Fields, d.Traits) {
		if f.Name == field {
			add(f.Page, f.Box)
		}
	}
	if m := cellName.FindStringSubmatch(field); m != nil {
		for _, t := range d.Tables {
			for _, row := range t.Rows {
				if c, ok := row[m[2]]; ok && t.Name == m[1] {
					add(c.Page, c.Box)
				}
			}
		}
	}
	return out
}
