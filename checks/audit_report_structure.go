package checks

import (
	"fmt"
	"slices"

	"hequan"
)

var auditReportStructure = &Rule{
	ID: "audit_report.structure", Clause: "五.5", Scope: PerDocument, Kind: hequan.KindAuditReport,
	Title: "审计报告有审计意见、事务所印章和财务报表",
	Doc:   "The report has an opinion page of a CPA firm with the firm's seal, and the statements (fields opinion and statements). What is not found is a review. The notes of a long report are not read where the rest tells all of these.",
	Needs: []Need{{hequan.KindAuditReport, "firm"}, {hequan.KindAuditReport, "opinion"}, {hequan.KindAuditReport, "statements"}, {hequan.KindAuditReport, "seals"}},
	Run: func(p *Pass) {
		var absent []string
		for _, x := range []struct{ field, what string }{{"opinion", "审计意见"}, {"statements", "财务报表"}, {"firm", "会计师事务所名称"}} {
			if p.Has(p.Doc, x.field) {
				p.Text(p.Doc, x.field)
			} else {
				absent = append(absent, x.what)
			}
		}
		i := slices.IndexFunc(p.Doc.Seals, func(s hequan.Seal) bool {
			return s.Kind != "person" && s.Kind != "supervision" && s.Party != "applicant" && s.Party != "provider"
		})
		if i >= 0 {
			p.Looked(sealAt(p.Doc, &p.Doc.Seals[i]))
		} else {
			absent = append(absent, "会计师事务所印章")
		}
		if len(absent) > 0 {
			p.Review(fmt.Sprintf("%s中未找到%s", label(p.Doc), join(absent)), "请提交含审计意见、财务报表并加盖会计师事务所印章的完整审计报告", At{Evidence: lookedAt(p.Doc, "")})
		}
	},
}
