package checks

import (
	"hequan"
)

var contractSealApplicant = &Rule{
	ID: "contract.seal_applicant", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同加盖申报单位印章",
	Doc:   "The contract bears the applicant's 公章 or 合同专用章; a fragment across the pages alone does not sign it.",
	Needs: []Need{{hequan.KindContract, "seals"}},
	Run:   func(p *Pass) { p.sealed(p.byApplicant(), false) },
}
