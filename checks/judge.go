package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/policy"
)

// Judge runs every rule on a case and returns the report. The same case gives
// the same report, whatever the order of its documents and fields.
func Judge(c Case) *hequan.Report {
	return judge(c, All())
}

func judge(c Case, rules []*Rule) *hequan.Report {
	if c.Policy == nil {
		c.Policy = policy.Default()
	}
	if c.Filings == nil {
		c.Filings = &policy.Filings{}
	}
	f := newFacts(c)
	r := &hequan.Report{
		Schema: hequan.Schema, Version: hequan.Version, Policy: c.Policy.ID,
		Application: f.head(), Files: slices.Clone(f.Files), Documents: slices.Clone(c.Documents),
		Findings: []hequan.Finding{}, Manual: manual(f),
	}
	if f.Form.Present {
		r.Form = f.Form
	}
	if r.Files == nil {
		r.Files = []hequan.FileInfo{}
	}
	if r.Documents == nil {
		r.Documents = []hequan.Document{}
	}
	slices.SortStableFunc(r.Documents, compareDocuments)
	for _, rule := range append(slices.Clip(rules), f.ownRules()...) {
		r.Findings = append(r.Findings, f.run(rule)...)
	}
	r.Subsidy = f.computation().result.Report()
	r.Verdict = hequan.WorstStatus(r.Findings)
	return r
}

func (f *facts) head() hequan.ReportApplication {
	text := func(name string) string { v, _, _ := f.form(name); return v }
	h := hequan.ReportApplication{
		ID: f.Form.ID, Applicant: text("applicant.name"), Mode: hequan.Mode(text("project.mode")),
		Project: text("project.name"), SubmittedAt: text("submitted_at"),
	}
	if m, ok := money(text("claimed_amount")); ok {
		h.ClaimedAmount = m.String()
	}
	return h
}

// run returns the findings of one rule: at least one.
func (f *facts) run(r *Rule) []hequan.Finding {
	passes, why := f.passes(r)
	if why != "" {
		return []hequan.Finding{{Rule: r.ID, Clause: r.Clause, Status: hequan.NA, Message: why, Evidence: []hequan.Evidence{}}}
	}
	var out []hequan.Finding
	for _, p := range passes {
		out = append(out, p.outcome()...)
	}
	return out
}

// passes returns a pass for each subject of a rule, or why there is none.
func (f *facts) passes(r *Rule) (passes []*Pass, why string) {
	if r.Scope == AcrossWindow {
		return nil, "须与同一申报批次的其他申报比对，单份申报不作判断"
	}
	if !r.InMode(f.Mode) {
		if f.Mode == "" {
			return nil, "申报类型未定，见 application.mode"
		}
		return nil, fmt.Sprintf("申报类型为%s，本项不适用", f.Mode.Chinese())
	}
	if len(r.Requires) > 0 && len(f.Docs(r.Requires...)) == 0 {
		return nil, fmt.Sprintf("没有%s，见 material.%s", r.Requires[0].Chinese(), r.Requires[0])
	}
	switch r.Scope {
	case PerDocument:
		docs := f.docs
		if r.Kind != "" {
			docs = f.Docs(r.Kind)
		}
		if len(docs) == 0 {
			if r.Kind == "" {
				return nil, "没有任何可判断的材料"
			}
			return nil, fmt.Sprintf("没有%s，见 material.%s", r.Kind.Chinese(), r.Kind)
		}
		for _, d := range docs {
			passes = append(passes, &Pass{facts: f, Rule: r, Doc: d})
		}
		return passes, ""
	case PerFile:
		if len(f.Files) == 0 {
			return nil, "没有任何文件"
		}
		for i := range f.Files {
			passes = append(passes, &Pass{facts: f, Rule: r, File: &f.Files[i]})
		}
		return passes, ""
	}
	return []*Pass{{facts: f, Rule: r}}, ""
}

// outcome runs the rule on the pass's subject. What it found stands; where it
// found nothing, what could not be read makes a review, and only a rule that
// looked at something passes.
func (p *Pass) outcome() (out []hequan.Finding) {
	defer func() {
		if cause := recover(); cause != nil {
			p.found = nil
			p.Review(fmt.Sprintf("本项检查未能完成（内部错误：%v），请人工查看", cause), "")
			out = p.found
		}
	}()
	if p.Rule.Applies != nil {
		if why := p.Rule.Applies(p); why != "" {
			return []hequan.Finding{{Rule: p.Rule.ID, Clause: p.Rule.Clause, Status: hequan.NA, Subject: p.subject(), Message: why, Evidence: []hequan.Evidence{}}}
		}
	}
	p.Rule.Run(p)
	if len(p.found) > 0 {
		return p.found
	}
	if len(p.gaps) > 0 {
		p.reviewGaps()
		return p.found
	}
	if len(p.seen) == 0 {
		p.Review("没有读到可供判断的内容", "")
		return p.found
	}
	message := p.passed
	if message == "" {
		message = p.Rule.Title
	}
	f := hequan.Finding{Rule: p.Rule.ID, Clause: p.Rule.Clause, Status: hequan.Pass, Subject: p.subject(), Message: message, Evidence: []hequan.Evidence{}}
	for _, e := range p.seen {
		f.Evidence = appendEvidence(f.Evidence, e)
	}
	f.Evidence = f.Evidence[:min(len(f.Evidence), maxPassEvidence)]
	return []hequan.Finding{f}
}

// maxPassEvidence bounds the places listed for a pass.
const maxPassEvidence = 12

// reviewGaps turns what could not be read into one review.
func (p *Pass) reviewGaps() {
	var what []string
	var at []At
	for _, g := range p.gaps {
		if !slices.Contains(what, g.what) {
			what = append(what, g.what)
		}
		at = append(at, At{Evidence: g.at})
	}
	message := "不能判断：" + join(what[:min(len(what), 5)])
	if len(what) > 5 {
		message += fmt.Sprintf(" 等 %d 处", len(what))
	}
	p.Review(message, "请对照原件核对，必要时请申报单位提供清晰件", at...)
}
