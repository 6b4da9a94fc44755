package checks

import (
	"fmt"

	"hequan"
)

var applicationMode = &Rule{
	ID: "application.mode", Clause: "三.6", Scope: PerApplication,
	Title: "申报一种类型",
	Doc:   "Exactly one mode is applied for, one of the four.",
	Needs: []Need{{"", "project.mode"}},
	Run: func(p *Pass) {
		v, at, ok := p.form("project.mode")
		const action = "请从API接口调用、云化部署、私有化部署、大模型一体机中选择一种类型申报"
		switch {
		case !ok && (p.Form.Present || len(p.Docs(hequan.KindApplicationForm)) > 0):
			p.Fail("申报表没有选择申报类型", action, at)
		case !ok:
			p.Unread("没有申报表，申报类型未知", at.Evidence)
		case p.Mode == "":
			p.Fail(fmt.Sprintf("申报类型“%s”不是四种类型中的一种", v), action, at)
		default:
			p.Looked(at)
			p.Passed("申报类型为%s", p.Mode.Chinese())
		}
	},
}
