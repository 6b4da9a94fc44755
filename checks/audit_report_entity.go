package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/name"
)

var auditReportEntity = &Rule{
	ID: "audit_report.entity", Clause: "五.5", Scope: PerDocument, Kind: hequan.KindAuditReport,
	Title: "被审计单位为申报单位",
	Doc:   "The audited entity is the applicant; a consolidated report of its group (field consolidated) is a review.",
	Needs: []Need{{hequan.KindAuditReport, "entity"}, {hequan.KindAuditReport, "consolidated"}},
	Run: func(p *Pass) {
		want, wantAt, ok := p.Applicant()
		got, at, read := p.Text(p.Doc, "entity")
		if !ok || !read {
			return
		}
		const action = "请提交申报单位自身的审计报告"
		if v, cAt, known := p.Peek(p.Doc, "consolidated"); known && v == "true" && name.Compare(got, want) != name.Same {
			p.Review(fmt.Sprintf("%s是“%s”的合并报告，请核对是否包含申报单位", label(p.Doc), got), action, at, cAt, wantAt)
			return
		}
		p.SameName(label(p.Doc)+"的被审计单位", got, at, want, wantAt, action)
	},
}
