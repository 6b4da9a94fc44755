package checks

import (
	"strings"

	"hequan"
)

var invoiceSeal = &Rule{
	ID: "invoice.seal", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "发票印章符合票种要求",
	Doc:   "A paper invoice bears the seller's 发票专用章, an electronic VAT invoice a seal or a signature; a 数电票 needs neither.",
	Needs: []Need{{hequan.KindInvoice, "form"}, {hequan.KindInvoice, "seals"}},
	Run: func(p *Pass) {
		form, at, ok := p.invoiceForm()
		if !ok {
			return
		}
		if strings.HasPrefix(form, "digital_") {
			p.Passed("数电票无须加盖印章")
			return
		}
		for i := range p.Doc.Seals {
			s := &p.Doc.Seals[i]
			if s.Kind != "supervision" && s.Kind != "authority" && s.Kind != "person" && s.Party != "applicant" {
				p.Looked(sealAt(p.Doc, s))
				return
			}
		}
		if v, sig, ok := p.Peek(p.Doc, "digital_signature"); ok && strings.HasPrefix(form, "e_") && v == "valid" {
			p.Looked(sig)
			p.Passed("电子发票带有效电子签名")
			return
		}
		p.Review("发票上未见销售方发票专用章", "请提交加盖销售方发票专用章的发票，或电子发票原文件", at, At{Evidence: lookedAt(p.Doc, "seals")})
	},
}
