package checks

import (
	"hequan"
)

var usageArithmetic = &Rule{
	ID: "usage.arithmetic", Clause: "五.8", Scope: PerDocument, Kind: hequan.KindUsage, Modes: metered,
	Title: "用量明细各行数量、单价、金额勾稽一致",
	Doc:   "Quantity × unit price is each row's amount, a fen allowed, units taken into account.",
	Needs: []Need{{hequan.KindUsage, "rows"}},
	Run: func(p *Pass) {
		rows := p.Rows(p.Doc, "rows")
		if len(rows) == 0 {
			p.Unread("用量明细的各行未能读取", lookedAt(p.Doc, "rows"))
			return
		}
		for _, r := range rows {
			r.Number("quantity")
			r.Number("unit_price")
			if amount, at, ok := r.Money("amount"); ok {
				p.metered(r, amount, at, usageAction)
			}
		}
		p.Passed("%d 行用量明细勾稽一致", len(rows))
	},
}
