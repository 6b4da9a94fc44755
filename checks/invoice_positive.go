package checks

import (
	"fmt"

	"hequan"
)

var invoicePositive = &Rule{
	ID: "invoice.positive", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "不是红字发票，或已与原发票对冲",
	Doc:   "A red-letter (negative) invoice is set off against its original (field red_of: the number of the blue invoice), which must be in the application.",
	Needs: []Need{{hequan.KindInvoice, "total"}, {hequan.KindInvoice, "red_of"}},
	Run: func(p *Pass) {
		total, at, ok := p.Money(p.Doc, "total")
		if !ok || total >= 0 {
			return
		}
		if of, ofAt, known := p.Peek(p.Doc, "red_of"); known {
			for _, d := range p.Docs(hequan.KindInvoice) {
				if n, nAt, ok := p.Peek(d, "number"); ok && n == of && d != p.Doc {
					p.Looked(nAt)
					p.Passed("红字发票 %s 元，已与发票 %s 对冲", total.Grouped(), shorten(of))
					return
				}
			}
			p.Review(fmt.Sprintf("红字发票 %s 元所冲销的发票 %s 不在本次材料中", total.Grouped(), of), "请提交被冲销的原发票并说明原因", at, ofAt)
			return
		}
		p.Review(fmt.Sprintf("红字发票 %s 元，未写明所冲销的发票", total.Grouped()), "请提交被冲销的原发票并说明原因", at)
	},
}
