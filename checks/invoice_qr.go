package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

var invoiceQR = &Rule{
	ID: "invoice.qr", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "二维码、电子数据与票面一致",
	Doc: "The QR code says what is printed: code, number, date, amount (with or without tax, by kind). A code that can't be read is a review. A printed value that is " +
		"only a reading without proof is the more likely to be wrong: then it is a review too. The data inside an electronic file, and the other electronic forms of the same invoice " +
		"(XML, OFD, PDF), are held against the page likewise. An XML invoice has no code.",
	Needs: []Need{{hequan.KindInvoice, "qr"}, {hequan.KindInvoice, "number"}, {hequan.KindInvoice, "issue_date"}, {hequan.KindInvoice, "amount"}, {hequan.KindInvoice, "total"}},
	Run: func(p *Pass) {
		const action = "请核对发票真伪，提交电子发票原文件"
		p.compareWitnesses(action)
		payload, at, ok := p.Peek(p.Doc, "qr")
		if !ok && invoiceFile(p.Doc) == "xml" {
			p.Passed("XML 电子发票没有票面二维码，数据以 XML 为准")
			p.Looked(whole(p.Doc))
			return
		}
		if !ok {
			p.Review("发票上没有读到二维码", "请提交二维码清晰的发票或电子发票原文件", At{Evidence: lookedAt(p.Doc, "qr")})
			return
		}
		p.Looked(at)
		parts, ok := qrParts(payload)
		if !ok {
			p.Review(fmt.Sprintf("二维码内容“%s”不是发票二维码", payload), action, at)
			return
		}
		at.doubt = ""
		if number, nAt, ok := p.Code(p.Doc, "number"); ok && !p.sameText("票面发票号码", number, "二维码中的号码", parts[3], nAt, at) {
			p.Fail(fmt.Sprintf("票面发票号码 %s 与二维码中的 %s 不一致", number, parts[3]), action, nAt, at)
		}
		if parts[2] != "" && p.Has(p.Doc, "code") {
			if code, cAt, ok := p.Code(p.Doc, "code"); ok && !p.sameText("票面发票代码", code, "二维码中的代码", parts[2], cAt, at) {
				p.Fail(fmt.Sprintf("票面发票代码 %s 与二维码中的 %s 不一致", code, parts[2]), action, cAt, at)
			}
		}
		if inCode, ok := day.Of(parts[5]); ok {
			if issued, dAt, ok := p.Day(p.Doc, "issue_date"); ok && !p.sameText("票面开票日期", issued.String(), "二维码中的日期", inCode.String(), dAt, at) {
				p.Fail(fmt.Sprintf("票面开票日期 %s 与二维码中的 %s 不一致", issued, inCode), action, dAt, at)
			}
		} else {
			p.Unread(fmt.Sprintf("二维码中的日期“%s”不能识别", parts[5]), at.Evidence)
		}
		inCode, ok := rmb.ParseValue(parts[4])
		if !ok {
			p.Unread(fmt.Sprintf("二维码中的金额“%s”不能识别", parts[4]), at.Evidence)
			return
		}
		total, tAt, ok := p.Money(p.Doc, "total")
		if ok && p.sameSum("价税合计", total, "二维码中的金额", inCode, tAt, at) {
			return
		}
		net, netAt, netOK := p.Money(p.Doc, "amount")
		if netOK && p.sameSum("不含税金额", net, "二维码中的金额", inCode, netAt, at) {
			return
		}
		if ok && netOK {
			p.Fail(fmt.Sprintf("二维码中的金额 %s 元与票面金额 %s 元、价税合计 %s 元都不一致", inCode.Grouped(), net.Grouped(), total.Grouped()), action, tAt, netAt, at)
		}
	},
}
