package checks

import (
	"fmt"

	"hequan"
)

var applicantEstablished = &Rule{
	ID: "applicant.established", Clause: "五.5", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindBusinessLicense},
	Title: "申报表与营业执照的成立日期一致",
	Doc:   "The founding date decides how many audit reports are due, so form and licence must agree on it.",
	Needs: []Need{{"", "applicant.established"}, {hequan.KindBusinessLicense, "established"}},
	Run: func(p *Pass) {
		want, wantAt, ok := p.FormDay("applicant.established")
		for _, d := range p.Docs(hequan.KindBusinessLicense) {
			got, at, read := p.Day(d, "established")
			if ok && read && !p.sameText("申报表的成立日期", want.String(), "营业执照的成立日期", got.String(), wantAt, at) {
				p.Fail(fmt.Sprintf("申报表的成立日期 %s 与营业执照的 %s 不一致", want, got), "请更正申报表的成立日期", wantAt, at)
			}
		}
		p.Passed("成立日期 %s 一致", want)
	},
}
