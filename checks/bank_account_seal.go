package checks

import (
	"hequan"
)

var bankAccountSeal = &Rule{
	ID: "bank_account.seal", Clause: "五.4", Scope: PerDocument, Kind: hequan.KindBankAccount,
	Title: "银行账户信息加盖申报单位公章",
	Doc:   "The bank account sheet bears the applicant's 公章, judged as that of the commitment.",
	Needs: []Need{{hequan.KindBankAccount, "seals"}},
	Run:   func(p *Pass) { p.sealed(p.byApplicant(), true) },
}
