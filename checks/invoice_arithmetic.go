package checks

import (
	"fmt"
	"math/big"

	"hequan"
	"hequan/internal/rmb"
)

var invoiceArithmetic = &Rule{
	ID: "invoice.arithmetic", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "票面金额、税额、价税合计勾稽一致",
	Doc:   "The lines add up to amount and tax; amount × rate is each line's tax, a fen allowed; amount + tax is the total.",
	Needs: []Need{{hequan.KindInvoice, "amount"}, {hequan.KindInvoice, "tax"}, {hequan.KindInvoice, "total"}, {hequan.KindInvoice, "items"}},
	Run: func(p *Pass) {
		const action = "请核对票面金额，提交正确的发票或电子发票原文件"
		total, totalAt, ok := p.Money(p.Doc, "total")
		net, netAt, netOK := p.Money(p.Doc, "amount")
		tax, taxAt, taxOK := rmb.Fen(0), At{}, true
		if p.Has(p.Doc, "tax") || !p.taxFree() {
			tax, taxAt, taxOK = p.Money(p.Doc, "tax")
		}
		if ok && netOK && taxOK && !p.sameSum(fmt.Sprintf("金额 %s + 税额 %s =", net.Grouped(), tax.Grouped()), net+tax, "价税合计", total, netAt, taxAt, totalAt) {
			p.Fail(fmt.Sprintf("金额 %s + 税额 %s = %s 元，价税合计为 %s 元，相差 %s 元", net.Grouped(), tax.Grouped(), (net+tax).Grouped(), total.Grouped(), (net+tax-total).Abs().Grouped()),
				action, netAt, taxAt, totalAt)
		}
		rows := p.Rows(p.Doc, "items")
		if len(rows) == 0 {
			p.Unread("发票明细行未能读取", lookedAt(p.Doc, "items"))
		}
		var sumNet, sumTax tally
		allNet, allTax := true, true
		for _, r := range rows {
			amount, at, ok := r.Money("amount")
			if !ok {
				allNet, allTax = false, false
				continue
			}
			sumNet.amount += amount
			sumNet.at = append(sumNet.at, at)
			p.product(r, amount, at, action)
			lineTax, lineTaxAt, ok := p.lineTax(r, amount, at, action)
			sumTax.amount += lineTax
			sumTax.at = append(sumTax.at, lineTaxAt)
			allTax = allTax && ok
		}
		if len(rows) > 0 && allNet && netOK && !p.sameSum("明细金额合计", sumNet.amount, "票面合计金额", net, append(sumNet.at, netAt)...) {
			p.Fail(fmt.Sprintf("明细金额合计 %s 元，票面合计金额 %s 元，相差 %s 元", sumNet.amount.Grouped(), net.Grouped(), (sumNet.amount-net).Abs().Grouped()), action, append(sumNet.at, netAt)...)
		}
		if len(rows) > 0 && allTax && taxOK && !p.sameSum("明细税额合计", sumTax.amount, "票面合计税额", tax, append(sumTax.at, taxAt)...) {
			p.Fail(fmt.Sprintf("明细税额合计 %s 元，票面合计税额 %s 元，相差 %s 元", sumTax.amount.Grouped(), tax.Grouped(), (sumTax.amount-tax).Abs().Grouped()), action, append(sumTax.at, taxAt)...)
		}
	},
}

// taxFree says whether no line bears tax (免税, 不征税).
func (p *Pass) taxFree() bool {
	rows := p.Rows(p.Doc, "items")
	for _, r := range rows {
		if v, _, _ := r.Peek("tax_rate"); v != "免税" && v != "不征税" {
			return false
		}
	}
	return len(rows) > 0
}

// lineTax returns a line's tax and checks it against its rate.
func (p *Pass) lineTax(r row, amount rmb.Fen, at At, action string) (rmb.Fen, At, bool) {
	if v, _, _ := r.Peek("tax_rate"); v == "免税" || v == "不征税" {
		return 0, at, true
	}
	tax, taxAt, ok := r.Money("tax")
	rate, rateAt, rateOK := r.Number("tax_rate")
	if !ok || !rateOK {
		return 0, taxAt, false
	}
	if want, fits := rmb.Round(new(big.Rat).Mul(rate, big.NewRat(int64(amount), 100))); fits && !p.Holds((want-tax).Abs() <= 1, fmt.Sprintf("%s：金额 %s × 税率 %s = %s 元，与所列税额 %s 元相差不超过一分", r.where(), amount.Grouped(), rateAt.Text, want.Grouped(), tax.Grouped()), at, rateAt, taxAt) {
		p.Fail(fmt.Sprintf("%s：金额 %s × 税率 %s = %s 元，所列税额 %s 元，相差 %s 元", r.where(), amount.Grouped(), rateAt.Text, want.Grouped(), tax.Grouped(), (want-tax).Abs().Grouped()),
			action, at, rateAt, taxAt)
	}
	return tax, taxAt, true
}
