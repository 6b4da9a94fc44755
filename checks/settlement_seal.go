package checks

import (
	"hequan"
)

var settlementSeal = &Rule{
	ID: "settlement.seal", Clause: "五.8", Scope: PerDocument, Kind: hequan.KindSettlement, Modes: metered,
	Title: "结算单加盖模型服务提供方公章",
	Doc:   "The settlement bears the provider's 公章; its other seals are for staff to see.",
	Needs: []Need{{hequan.KindSettlement, "seals"}},
	Run: func(p *Pass) {
		by := p.byProvider()
		if ps := by.names; len(ps) == 0 {
			if v, at, ok := p.Peek(p.Doc, "provider"); ok {
				by.names = []named{{v, at, p.Doc}}
			}
		}
		p.sealed(by, true)
	},
}
