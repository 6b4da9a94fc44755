package checks

import (
	"fmt"

	"hequan"
)

var invoiceRepeated = &Rule{
	ID: "invoice.repeated", Clause: "五.7", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindInvoice},
	Title: "发票没有重复",
	Doc: "No invoice number (with its code, where the kind has one) stands twice in the application. The XML, OFD and PDF of one electronic invoice are one invoice, counted once " +
		"(what they say is compared by invoice.qr); a scan of one beside it is a second one.",
	Needs: []Need{{hequan.KindInvoice, "number"}, {hequan.KindInvoice, "code"}},
	Run: func(p *Pass) {
		type taken struct {
			doc *hequan.Document
			at  At
		}
		handedIn := map[string][]taken{}
		for _, d := range p.Docs(hequan.KindInvoice) {
			number, at, ok := p.Code(d, "number")
			if !ok {
				continue
			}
			key := invoiceKey(p, d)
			for _, f := range handedIn[key] {
				if !sameInvoice(p, f.doc, d) {
					p.Fail(fmt.Sprintf("发票 %s 重复提交", number), "请删去重复的发票，补交其余发票", f.at, at)
					break
				}
			}
			handedIn[key] = append(handedIn[key], taken{d, at})
		}
		p.Passed("%d 张发票的号码互不相同", len(handedIn))
	},
}
