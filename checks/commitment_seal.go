package checks

import (
	"hequan"
)

var commitmentSeal = &Rule{
	ID: "commitment.seal", Clause: "五.3", Scope: PerDocument, Kind: hequan.KindCommitment,
	Title: "承诺书加盖申报单位公章",
	Doc:   "The commitment bears the applicant's 公章. A seal whose text can't be tied to the applicant, and a seal of another kind, are for staff to see.",
	Needs: []Need{{hequan.KindCommitment, "seals"}},
	Run:   func(p *Pass) { p.sealed(p.byApplicant(), true) },
}
