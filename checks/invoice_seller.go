package checks

import (
	"hequan"
)

var invoiceSeller = &Rule{
	ID: "invoice.seller", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "发票销售方为合同的服务提供方",
	Doc:   "The seller is the provider of a contract.",
	Needs: []Need{{hequan.KindInvoice, "seller"}, {hequan.KindContract, "party_b"}},
	Run: func(p *Pass) {
		got, at, ok := p.Text(p.Doc, "seller")
		wanted := p.Providers()
		if len(wanted) == 0 {
			p.Unread("没有读到合同的服务提供方", hequan.Evidence{Note: "合同与申报表"})
			return
		}
		if ok {
			p.OneOf(label(p.Doc)+"的销售方", got, at, wanted, "请提交由合同服务提供方开具的发票")
		}
	},
}
