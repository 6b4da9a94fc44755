package checks

import (
	"fmt"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var applicantRegion = &Rule{
	ID: "applicant.region", Clause: "三.1", Scope: PerApplication,
	Title: "住所在亦庄新城范围内",
	Doc: "The address names a place of 亦庄新城 (policy: region). Towns that are only partly inside, other places, and an address that can't be told are for staff: " +
		"what counts is where the applicant really works.",
	Needs: []Need{{"", "applicant.address"}, {hequan.KindBusinessLicense, "address"}},
	Run: func(p *Pass) {
		var at []At
		if _, a, ok := p.form("applicant.address"); ok {
			at = append(at, a)
		}
		for _, d := range p.Docs(hequan.KindBusinessLicense) {
			if _, a, ok := p.Peek(d, "address"); ok {
				at = append(at, a)
			}
		}
		if len(at) == 0 {
			p.Unread("没有读到申报单位地址", hequan.Evidence{Field: "applicant.address", Note: "申报表与营业执照"})
			return
		}
		for _, a := range at {
			v := name.Normal(a.Value)
			for _, w := range p.Policy.Region.Inside {
				if strings.Contains(v, w) {
					p.Looked(a)
					p.Passed("地址“%s”在%s内", a.Value, w)
					return
				}
			}
		}
		for _, w := range p.Policy.Region.Partly {
			if strings.Contains(name.Normal(at[0].Value), w) {
				p.Review(fmt.Sprintf("地址“%s”所在的%s只有一部分在亦庄新城范围内", at[0].Value, w), "请说明实际经营地点", at...)
				return
			}
		}
		p.Review(fmt.Sprintf("地址“%s”看不出在亦庄新城范围内", at[0].Value), "请说明实际经营地点", at...)
	},
}
