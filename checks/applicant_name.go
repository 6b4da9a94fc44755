package checks

import (
	"hequan"
)

var applicantName = &Rule{
	ID: "applicant.name", Clause: "三.1", Scope: PerApplication,
	Title: "各材料中的申报单位名称一致",
	Doc: "The applicant's name is the same in form, licence, commitment, bank sheet, audit reports, contract (party A), invoices (buyer), settlements (customer) " +
		"and acceptance (acceptor). A difference of one or two characters on an unproven reading is a review.",
	Needs: []Need{{"", "applicant.name"}, {hequan.KindBusinessLicense, "name"}, {hequan.KindCommitment, "applicant"}, {hequan.KindBankAccount, "account_name"},
		{hequan.KindAuditReport, "entity"}, {hequan.KindContract, "party_a"}, {hequan.KindInvoice, "buyer"}, {hequan.KindSettlement, "customer"}, {hequan.KindAcceptance, "acceptor"}},
	Run: func(p *Pass) {
		want, wantAt, ok := p.Applicant()
		if !ok {
			return
		}
		places := 0
		for _, n := range p.Rule.Needs {
			if n.Kind == "" {
				continue
			}
			for _, d := range p.Docs(n.Kind) {
				if got, at, ok := p.Text(d, n.Field); ok {
					places++
					p.SameName(label(d)+"的"+fieldName(d.Kind, n.Field), got, at, want, wantAt, "请核对申报单位名称，提交同一单位的材料或更名证明")
				}
			}
		}
		if places == 0 {
			p.Unread("没有可与申报表比对的申报单位名称", wantAt.Evidence)
		}
		p.Passed("申报单位名称“%s”在 %d 处一致", want, places+1)
	},
}
