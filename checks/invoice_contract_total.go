package checks

import (
	"fmt"

	"hequan"
)

var invoiceContractTotal = &Rule{
	ID: "invoice.contract_total", Clause: "五.7", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindInvoice},
	Title: "开票合计不超过合同金额",
	Doc:   "The invoices together do not exceed the contracts' amounts; a framework contract limits them by its cap, if it states one.",
	Needs: []Need{{hequan.KindInvoice, "total"}, {hequan.KindContract, "amount"}},
	Applies: func(p *Pass) string {
		contracts := p.Docs(hequan.KindContract)
		if len(contracts) == 0 {
			return "没有合同，见 material.contract"
		}
		for _, d := range contracts {
			if v, _, _ := p.Peek(d, "is_framework"); v == "true" && !p.Has(d, "amount") {
				return "框架合同未写明金额上限"
			}
		}
		return ""
	},
	Run: func(p *Pass) {
		invoiced, ok := p.invoiced()
		var agreed tally
		for _, d := range p.Docs(hequan.KindContract) {
			v, at, read := p.Money(d, "amount")
			ok = ok && read
			agreed.amount += v
			agreed.at = append(agreed.at, at)
		}
		if ok && !p.notMore("发票合计", invoiced.amount, "合同金额", agreed.amount, append(invoiced.at, agreed.at...)...) {
			p.Fail(fmt.Sprintf("发票合计 %s 元，超过合同金额 %s 元，多 %s 元", invoiced.amount.Grouped(), agreed.amount.Grouped(), (invoiced.amount-agreed.amount).Grouped()),
				"请说明发票超出合同金额的原因，提交补充协议或更正发票", append(invoiced.at, agreed.at...)...)
		}
		p.Passed("发票合计 %s 元，不超过合同金额 %s 元", invoiced.amount.Grouped(), agreed.amount.Grouped())
	},
}

// invoiced adds up the invoices, each number once, red ones subtracted.
func (p *Pass) invoiced() (tally, bool) {
	var t tally
	all := true
	counted := map[string]bool{}
	for _, d := range p.Docs(hequan.KindInvoice) {
		if key := invoiceKey(p, d); key != "" {
			if counted[key] {
				continue
			}
			counted[key] = true
		}
		v, at, ok := p.Money(d, "total")
		all = all && ok
		t.amount += v
		if ok {
			t.at = append(t.at, at)
		}
	}
	return t, all
}
