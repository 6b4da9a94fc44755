package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
)

var invoiceNumber = &Rule{
	ID: "invoice.number", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "发票代码、号码符合票种编码规则",
	Doc: "A 数电票 has 20 digits whose first two are the year of issue; a paper 专票 a code of 10 digits, other kinds one of 12 (older 普票 10), and a number of 8. A reading " +
		"without proof that has another length was most likely misread, and is a review.",
	Needs: []Need{{hequan.KindInvoice, "form"}, {hequan.KindInvoice, "code"}, {hequan.KindInvoice, "number"}, {hequan.KindInvoice, "issue_date"}},
	Run: func(p *Pass) {
		number, at, ok := p.Code(p.Doc, "number")
		if !ok {
			return
		}
		form, formAt, known := p.invoiceForm()
		if !known {
			return
		}
		const action = "请核对发票号码，必要时提交电子发票原文件"
		wrong := func(message string, at ...At) {
			if !at[0].Proven {
				p.Review(message+"，可能是识别误差", action, at...)
				return
			}
			p.Fail(message, action, at...)
		}
		if strings.HasPrefix(form, "digital_") {
			if !p.Holds(len(number) == 20 && accountDigits(number) == number, "数电票号码“"+number+"”是 20 位数字", at, formAt) {
				wrong(fmt.Sprintf("数电票号码“%s”不是 20 位数字", number), at, formAt)
				return
			}
			if issued, issuedAt, ok := p.Day(p.Doc, "issue_date"); ok && !p.sameText("号码前两位", number[:2], "开票年份", fmt.Sprintf("%02d", issued.Year%100), at, issuedAt) {
				p.Fail(fmt.Sprintf("数电票号码 %s 的前两位是 %s，开票日期是 %s", number, number[:2], issued), action, at, issuedAt)
			}
			p.Passed("发票号码 %s 符合编码规则", number)
			return
		}
		if !p.Holds(len(number) == 8 && accountDigits(number) == number, "发票号码“"+number+"”是 8 位数字", at, formAt) {
			wrong(fmt.Sprintf("发票号码“%s”不是 8 位数字", number), at, formAt)
		}
		code, codeAt, ok := p.Code(p.Doc, "code")
		if !ok {
			return
		}
		lengths := []int{12}
		switch form {
		case "vat_special":
			lengths = []int{10}
		case "vat_ordinary":
			lengths = []int{12, 10}
		}
		if !p.Holds(slices.Contains(lengths, len(code)) && accountDigits(code) == code, fmt.Sprintf("发票代码“%s”是 %d 位数字", code, lengths[0]), codeAt, formAt) {
			wrong(fmt.Sprintf("发票代码“%s”不是 %d 位数字", code, lengths[0]), codeAt, formAt)
		}
		p.Passed("发票代码 %s、号码 %s 符合编码规则", code, number)
	},
}
