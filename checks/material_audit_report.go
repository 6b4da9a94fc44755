package checks

import (
	"fmt"
	"regexp"
	"strconv"

	"hequan"
	"hequan/internal/day"
)

var materialAuditReport = &Rule{
	ID: "material.audit_report", Clause: "五.5", Scope: PerApplication,
	Title: "近两年审计报告齐全",
	Doc: "The reports of the last two full years before the application are there. An applicant founded later owes every year since it was founded, " +
		"one founded in the application's own year none. A report whose year could not be read may be the one that is absent.",
	Needs: []Need{{hequan.KindAuditReport, "year"}, {"", "applicant.established"}},
	Run: func(p *Pass) {
		year := p.year()
		first := year - p.Policy.Audit.Years.Value
		if founded, at, ok := p.founded(); ok {
			p.Looked(at)
			first = max(first, founded.Year)
		}
		docs := p.Docs(hequan.KindAuditReport)
		have, unread := map[int]bool{}, []*hequan.Document{}
		var at []At
		for _, d := range docs {
			found := false
			for _, y := range p.All(d, "year") {
				for _, n := range yearPattern.FindAllString(y.Value, -1) {
					v, _ := strconv.Atoi(n)
					have[v], found = true, true
				}
				at = append(at, p.use(y))
			}
			if !found {
				unread = append(unread, d)
			}
		}
		var due, absent []string
		for y := first; y < year; y++ {
			due = append(due, strconv.Itoa(y))
			if !have[y] {
				absent = append(absent, strconv.Itoa(y))
			}
		}
		switch {
		case len(due) == 0:
			p.Looked(At{Evidence: hequan.Evidence{Field: "applicant.established", Note: "申报表与营业执照"}})
			p.Passed("申报单位于 %d 年当年成立，无须提交审计报告", year)
		case len(absent) == 0:
			p.Passed("已提交 %s 年度审计报告", join(due))
		case len(unread) > 0:
			p.Review(fmt.Sprintf("未见 %s 年度审计报告，有 %d 份报告的年度未能读取", join(absent), len(unread)), "请补交 "+join(absent)+" 年度审计报告", whole(unread[0]))
		default:
			if len(at) == 0 {
				at = []At{{Evidence: hequan.Evidence{Note: fmt.Sprintf("已查看全部 %d 个文件、%d 份材料", len(p.Files), len(p.docs))}}}
			}
			for i := range p.Files {
				if slot, known := p.slotOf(p.Files[i].File); p.Files[i].Problem != nil && (!known || slot == hequan.KindAuditReport) {
					p.Review(fmt.Sprintf("没有找到 %s 年度审计报告，但文件“%s”无法打开，可能就是它", join(absent), p.Files[i].File), "请补交 "+join(absent)+" 年度审计报告", At{Evidence: hequan.Evidence{File: p.Files[i].File}})
					return
				}
			}
			p.Fail(fmt.Sprintf("缺少 %s 年度审计报告（应提交 %s 年度）", join(absent), join(due)), "请补交 "+join(absent)+" 年度审计报告", at...)
		}
	},
}

var yearPattern = regexp.MustCompile(`(?:19|20)\d{2}`)

// founded returns the founding date: the form's, else the licence's.
func (p *Pass) founded() (day.Day, At, bool) {
	if v, at, ok := p.form("applicant.established"); ok {
		if d, ok := day.Of(v); ok {
			return d, at, true
		}
	}
	for _, d := range p.Docs(hequan.KindBusinessLicense) {
		if v, at, ok := p.PeekDay(d, "established"); ok {
			return v, at, true
		}
	}
	return day.Day{}, At{}, false
}
