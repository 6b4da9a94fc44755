package checks

import (
	"fmt"
	"strings"

	"hequan"
)

var invoicePositive = &Rule{
	ID: "invoice.positive", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "不是红字发票，或已与原发票对冲",
	Doc:   "A red-letter (negative) invoice is set off against its original (field red_of: the number of the blue invoice), which must be in the application and be of the same sum: what takes back a part of it is for a person to judge. A minus is easily lost in reading: a negative net, tax or QR amount, or red_of, under a positive total is a review.",
	Needs: []Need{{hequan.KindInvoice, "total"}, {hequan.KindInvoice, "red_of"}},
	Run: func(p *Pass) {
		total, at, ok := p.Money(p.Doc, "total")
		if !ok {
			return
		}
		if total >= 0 {
			if sign, signAt, red := p.redSign(); red {
				p.Review(fmt.Sprintf("价税合计读作 %s 元，但%s，可能是红字发票", total.Grouped(), sign), "请核对是否红字发票，提交被冲销的原发票并说明原因", at, signAt)
			}
			return
		}
		if of, ofAt, known := p.Peek(p.Doc, "red_of"); known {
			for _, d := range p.Docs(hequan.KindInvoice) {
				if n, nAt, ok := p.Peek(d, "number"); ok && n == of && d != p.Doc {
					p.Looked(nAt)
					blue, blueAt, read := p.Money(d, "total")
					if !read {
						return // not judged by what was not read
					}
					if blue != -total {
						p.Review(fmt.Sprintf("红字发票 %s 元只冲销发票 %s（%s 元）的一部分", total.Grouped(), shorten(of), blue.Grouped()), "请说明部分冲销的原因，并按冲销后的金额申报", at, ofAt, blueAt)
						return
					}
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

// redSign says what else on an invoice tells that it is a red-letter one: a
// minus is easily lost in reading.
func (p *Pass) redSign() (string, At, bool) {
	for _, f := range []struct{ name, chinese string }{{"amount", "金额"}, {"tax", "税额"}} {
		if v, at, ok := p.PeekMoney(p.Doc, f.name); ok && v < 0 {
			return fmt.Sprintf("%s为 %s 元", f.chinese, v.Grouped()), at, true
		}
	}
	if payload, at, ok := p.Peek(p.Doc, "qr"); ok {
		if parts, ok := qrParts(payload); ok && strings.HasPrefix(parts[4], "-") {
			return "二维码中的金额为 " + parts[4] + " 元", at, true
		}
	}
	if of, at, ok := p.Peek(p.Doc, "red_of"); ok {
		return fmt.Sprintf("写明冲销发票 %s", shorten(of)), at, true
	}
	return "", At{}, false
}
