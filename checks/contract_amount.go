package checks

import (
	"hequan"
)

var contractAmount = &Rule{
	ID: "contract.amount", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同写明金额",
	Doc:   "The contract states its amount, in digits or in words; a framework contract its unit prices (table prices, or items with unit prices), or a cap.",
	Needs: []Need{{hequan.KindContract, "amount"}, {hequan.KindContract, "amount_words"}, {hequan.KindContract, "prices"}},
	Run: func(p *Pass) {
		if p.Has(p.Doc, "amount") {
			if v, _, ok := p.Money(p.Doc, "amount"); ok {
				p.Passed("合同金额 %s 元", v.Grouped())
			}
			return
		}
		if v, at, ok := p.Peek(p.Doc, "is_framework"); ok && v == "true" {
			for _, table := range []string{"prices", "items"} {
				for _, r := range p.Rows(p.Doc, table) {
					if r.Has("unit_price") {
						r.Text("unit_price")
						p.Looked(at)
						p.Passed("框架合同写明单价")
						return
					}
				}
			}
			p.Missing(p.Doc, "单价或金额上限", "请提交写明单价的框架合同，或依五.6(4)提供其他能证明真实性的材料")
			return
		}
		if _, _, read := p.Peek(p.Doc, "amount_words"); read {
			if v, _, ok := p.Money(p.Doc, "amount_words"); ok {
				p.Passed("合同金额（大写）%s 元", v.Grouped())
			}
			return
		}
		p.Missing(p.Doc, "金额", "请提交写明金额的完整合同，或依五.6(4)提供其他能证明真实性的材料")
	},
}
