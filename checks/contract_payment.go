package checks

import (
	"hequan"
)

var contractPayment = &Rule{
	ID: "contract.payment", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同写明支付时间",
	Doc:   "The contract states when it is paid.",
	Needs: []Need{{hequan.KindContract, "payment_terms"}},
	Run:   func(p *Pass) { p.stated("payment_terms", "支付时间") },
}
