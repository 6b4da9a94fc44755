package checks

import (
	"hequan"
)

var materialApplicationForm = &Rule{
	ID: "material.application_form", Clause: "五.1", Scope: PerApplication,
	Title: "申报表已提交，单位、项目、类型、金额齐全",
	Doc:   "The online form is there and names applicant, project, mode and claimed amount. A named part that is absent is a review.",
	Needs: []Need{{"", "applicant.name"}, {"", "project.name"}, {"", "project.mode"}, {"", "claimed_amount"}},
	Run: func(p *Pass) {
		if !p.Form.Present && len(p.Docs(hequan.KindApplicationForm)) == 0 {
			p.Fail("没有申报表", "请在线填写并提交申报表", At{Evidence: hequan.Evidence{Note: "申报文件夹中没有 application.json，也没有申报表扫描件"}})
			return
		}
		var absent []string
		for _, name := range []string{"applicant.name", "project.name", "project.mode", "claimed_amount"} {
			v, at, ok := p.form(name)
			if !ok {
				absent = append(absent, formNames[name])
				continue
			}
			p.Looked(at)
			if name == "claimed_amount" {
				if _, ok := money(v); !ok {
					absent = append(absent, "申报金额（“"+v+"”不是金额）")
				}
			}
		}
		if len(absent) > 0 {
			p.Review("申报表缺少"+join(absent), "请补填申报表的"+join(absent), At{Evidence: hequan.Evidence{Note: "申报表"}})
		}
	},
}
