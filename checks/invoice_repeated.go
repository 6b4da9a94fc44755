package checks

import (
	"fmt"

	"hequan"
)

var invoiceRepeated = &Rule{
	ID: "invoice.repeated", Clause: "五.7", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindInvoice},
	Title: "发票没有重复",
	Doc:   "No invoice number (with its code, where the kind has one) stands twice in the application.",
	Needs: []Need{{hequan.KindInvoice, "number"}, {hequan.KindInvoice, "code"}},
	Run: func(p *Pass) {
		first := map[string]At{}
		n := 0
		for _, d := range p.Docs(hequan.KindInvoice) {
			number, at, ok := p.Code(d, "number")
			if !ok {
				continue
			}
			n++
			key := invoiceKey(p, d)
			if f, again := first[key]; again {
				p.Fail(fmt.Sprintf("发票 %s 重复提交", number), "请删去重复的发票，补交其余发票", f, at)
				continue
			}
			first[key] = at
		}
		p.Passed("%d 张发票的号码互不相同", n)
	},
}
