package checks

import (
	"hequan"
)

var contractSealProvider = &Rule{
	ID: "contract.seal_provider", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同加盖模型服务提供方印章",
	Doc:   "The contract bears the provider's 公章 or 合同专用章.",
	Needs: []Need{{hequan.KindContract, "seals"}},
	Run:   func(p *Pass) { p.sealed(p.byProvider(), false) },
}
