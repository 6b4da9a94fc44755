package checks

import (
	"hequan"
)

var contractSubject = &Rule{
	ID: "contract.subject", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同写明交付标的",
	Doc:   "The contract states what is delivered.",
	Needs: []Need{{hequan.KindContract, "subject"}},
	Run:   func(p *Pass) { p.stated("subject", "交付标的") },
}

// stated judges whether a document states something: a passage, whatever it says.
func (p *Pass) stated(field, what string) bool {
	if p.Has(p.Doc, field) {
		_, _, ok := p.Text(p.Doc, field)
		return ok
	}
	p.Missing(p.Doc, what, "请提交写明"+what+"的完整合同，或依五.6(4)提供其他能证明真实性的材料")
	return false
}
