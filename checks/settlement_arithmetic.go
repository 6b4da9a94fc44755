package checks

import (
	"fmt"

	"hequan"
)

var settlementArithmetic = &Rule{
	ID: "settlement.arithmetic", Clause: "五.8", Scope: PerDocument, Kind: hequan.KindSettlement, Modes: metered,
	Title: "结算单分项合计与总额、大小写一致",
	Doc:   "The lines add up to the total, quantity × unit price is each line's amount, 大写 = 小写.",
	Needs: []Need{{hequan.KindSettlement, "items"}, {hequan.KindSettlement, "total"}, {hequan.KindSettlement, "total_words"}},
	Run: func(p *Pass) {
		const action = "请服务提供方核对并更正结算单"
		total, totalAt, ok := p.Money(p.Doc, "total")
		if p.Has(p.Doc, "total_words") {
			if w, wAt, read := p.Money(p.Doc, "total_words"); read && ok && !p.sameSum("大写金额", w, "小写金额", total, wAt, totalAt) {
				p.Fail(fmt.Sprintf("%s的大写金额合 %s 元，小写为 %s 元，相差 %s 元", label(p.Doc), w.Grouped(), total.Grouped(), (w-total).Abs().Grouped()), action, wAt, totalAt)
			}
		}
		rows := p.Rows(p.Doc, "items")
		if len(rows) == 0 {
			if !p.Has(p.Doc, "total_words") {
				p.Unread("结算单没有可核对的分项或大写金额", lookedAt(p.Doc, "items"))
			}
			return
		}
		var t tally
		all := true
		for _, r := range rows {
			amount, at, read := r.Money("amount")
			if !read {
				all = false
				continue
			}
			t.amount += amount
			t.at = append(t.at, at)
			p.metered(r, amount, at, action)
		}
		if ok && all && !p.sameSum("分项合计", t.amount, "总额", total, append(t.at, totalAt)...) {
			p.Fail(fmt.Sprintf("%s分项合计 %s 元，总额 %s 元，相差 %s 元", label(p.Doc), t.amount.Grouped(), total.Grouped(), (t.amount-total).Abs().Grouped()), action, append(t.at, totalAt)...)
		}
		p.Passed("%s分项合计 %s 元，与总额一致", label(p.Doc), total.Grouped())
	},
}
