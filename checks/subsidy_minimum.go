package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/subsidy"
)

var subsidyMinimum = &Rule{
	ID: "subsidy.minimum", Clause: "四.4", Scope: PerApplication,
	Title: "测算金额不低于1万元",
	Doc:   "The payable amount is at least the floor, before rounding.",
	Needs: []Need{{"", "claimed_amount"}},
	Run: func(p *Pass) {
		c := p.computation()
		p.openSums(c)
		if len(p.gaps) > 0 {
			return
		}
		at := At{Evidence: hequan.Evidence{Field: "subsidy", Value: c.result.Capped.String(), Note: "测算"}, Proven: true, firm: true, sure: true}
		if _, a, ok := p.form("claimed_amount"); ok {
			p.Looked(a)
		}
		p.Looked(at)
		if !p.Holds(c.result.Payable > 0, fmt.Sprintf("测算兑现金额 %s 万元，按 %s 元的下限兑现", subsidy.Wan(c.result.Payable), p.Policy.Money.Floor.Fen().Grouped()), at) {
			raw := c.result.Capped
			if c.input.HasClaim {
				raw = min(raw, c.input.Claimed)
			}
			p.Fail(fmt.Sprintf("测算兑现金额 %s 元，低于 %s 元，不予兑现", raw.Grouped(), p.Policy.Money.Floor.Fen().Grouped()), "", at)
			return
		}
		p.Passed("测算兑现金额 %s 万元", subsidy.Wan(c.result.Payable))
	},
}
