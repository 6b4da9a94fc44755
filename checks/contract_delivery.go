package checks

import (
	"hequan"
)

var contractDelivery = &Rule{
	ID: "contract.delivery", Clause: "五.6(2)", Scope: PerDocument, Kind: hequan.KindContract, Modes: delivered,
	Title: "合同写明交付方式",
	Doc:   "The contract states how it is delivered.",
	Needs: []Need{{hequan.KindContract, "delivery_method"}},
	Run:   func(p *Pass) { p.stated("delivery_method", "交付方式") },
}
