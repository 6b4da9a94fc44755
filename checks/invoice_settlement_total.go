package checks

import (
	"fmt"

	"hequan"
)

var invoiceSettlementTotal = &Rule{
	ID: "invoice.settlement_total", Clause: "五.7-8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindInvoice},
	Title: "发票合计与结算单合计一致",
	Doc:   "The invoices together cover the settlements: less is a fail, more a review, for the rest must be explained by other periods.",
	Needs: []Need{{hequan.KindInvoice, "total"}, {hequan.KindSettlement, "total"}},
	Applies: func(p *Pass) string {
		if len(p.Docs(hequan.KindSettlement)) == 0 {
			return "没有使用结算单，见 material.settlement"
		}
		return ""
	},
	Run: func(p *Pass) {
		invoiced, ok1 := p.invoiced()
		settled, ok2 := p.settled()
		if !ok1 || !ok2 {
			return
		}
		at := append(invoiced.at, settled.at...)
		difference := invoiced.amount - settled.amount
		p.Holds(difference.Abs() <= p.Policy.Money.Mismatch.Fen(), fmt.Sprintf("发票合计 %s 元 = 结算单合计 %s 元（容差 %s 元）", invoiced.amount.Grouped(), settled.amount.Grouped(), p.Policy.Money.Mismatch.Fen().Grouped()), at...)
		switch tolerance := p.Policy.Money.Mismatch.Fen(); {
		case difference < -tolerance:
			p.Fail(fmt.Sprintf("发票合计 %s 元，结算单合计 %s 元，发票少 %s 元", invoiced.amount.Grouped(), settled.amount.Grouped(), difference.Abs().Grouped()), "请补交其余结算金额的发票", at...)
		case difference > tolerance:
			p.Review(fmt.Sprintf("发票合计 %s 元，结算单合计 %s 元，发票多 %s 元", invoiced.amount.Grouped(), settled.amount.Grouped(), difference.Grouped()), "请说明多开部分对应的结算期间", at...)
		}
		p.Passed("发票合计与结算单合计均为 %s 元", settled.amount.Grouped())
	},
}

// settled adds up the settlements, each number once.
func (p *Pass) settled() (tally, bool) {
	var t tally
	all := true
	counted := map[string]bool{}
	for _, d := range p.Docs(hequan.KindSettlement) {
		if n, _, ok := p.Peek(d, "number"); ok {
			if counted[n] {
				continue
			}
			counted[n] = true
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
