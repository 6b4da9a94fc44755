package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/day"
)

var contractDateOrder = &Rule{
	ID: "contract.date_order", Clause: "三.4", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindContract},
	Title: "合同签订早于使用、开票和验收",
	Doc:   "The contract was signed before the first use, invoice and acceptance of its provider. The same day is in order; later is a review, for contracts are made up after the fact.",
	Needs: []Need{{hequan.KindContract, "sign_date"}, {hequan.KindSettlement, "period_start"}, {hequan.KindInvoice, "issue_date"}, {hequan.KindAcceptance, "date"}},
	Run: func(p *Pass) {
		contracts := p.Docs(hequan.KindContract)
		var first day.Day
		var firstAt At
		for _, d := range contracts {
			if v, at, ok := p.Day(d, "sign_date"); ok && (first.IsZero() || v.Before(first)) {
				first, firstAt = v, at
			}
		}
		if first.IsZero() {
			return
		}
		const action = "请说明合同签订晚于实际履行的原因"
		for _, n := range p.Rule.Needs[1:] {
			if n.Kind == hequan.KindSettlement && slices.Contains(delivered, p.Mode) || n.Kind == hequan.KindAcceptance && slices.Contains(metered, p.Mode) {
				continue
			}
			for _, d := range p.Docs(n.Kind) {
				if v, at, ok := p.Day(d, n.Field); ok && !p.Holds(!v.Before(first), fmt.Sprintf("合同签订日期 %s 不晚于%s的%s %s", first, label(d), fieldName(d.Kind, n.Field), v), firstAt, at) {
					p.Review(fmt.Sprintf("合同签订日期 %s 晚于%s的%s %s", first, label(d), fieldName(d.Kind, n.Field), v), action, firstAt, at)
				}
			}
		}
		p.Passed("合同签订日期 %s 早于使用、开票和验收", first)
	},
}
