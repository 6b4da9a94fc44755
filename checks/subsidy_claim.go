package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/subsidy"
)

var subsidyClaim = &Rule{
	ID: "subsidy.claim", Clause: "四", Scope: PerApplication,
	Title: "申报金额不超过材料支持的金额",
	Doc: "The claimed amount is not more than what the documents bear out, before or after rounding to the unit. Where an amount could not be read the computation is open. " +
		"Where another reading of an open point of the guide gives another sum, it is said.",
	Needs: []Need{{"", "claimed_amount"}},
	Run: func(p *Pass) {
		claimed, at, ok := p.FormMoney("claimed_amount")
		c := p.computation()
		p.openSums(c)
		if !ok || len(p.gaps) > 0 {
			return
		}
		free := c.input
		free.HasClaim = false
		r := subsidy.Compute(free, p.Policy)
		limit := max(r.Capped, r.Payable)
		message := fmt.Sprintf("申报金额 %s 元，测算金额 %s 元（核定基数 %s 元 × %s）", claimed.Grouped(), r.Capped.Grouped(), r.Base.Grouped(), r.Rate)
		for _, d := range subsidy.Differences(c.input, p.Policy) {
			message += fmt.Sprintf("；若%s，则为 %s 万元", d.Reading.In(d.Other), subsidy.Wan(d.Payable))
		}
		if !p.notMore("申报金额", claimed, "材料支持的金额", limit, at) {
			p.Fail(message+fmt.Sprintf("，多申报 %s 元", (claimed-limit).Grouped()), "请按测算金额更正申报金额，或补充材料", at)
			return
		}
		p.Passed("%s", message)
	},
}

// openSums notes what the computation rests on and could not be read.
func (p *Pass) openSums(c *computation) {
	for _, g := range c.unread {
		p.Unread(g.what, g.at)
	}
	if !c.result.Unknown || len(c.unread) > 0 {
		return
	}
	what := "使用结算单"
	if slices.Contains(delivered, p.Mode) {
		what = "合同或验收证明"
	}
	switch {
	case c.input.Settled == nil:
		p.Unread("没有"+what+"，金额不能测算", hequan.Evidence{Note: "全部材料"})
	case c.input.Invoiced == nil:
		p.Unread("没有发票，金额不能测算", hequan.Evidence{Note: "全部材料"})
	default:
		p.Unread("有金额未能读取，不能测算", hequan.Evidence{Note: "全部材料"})
	}
}
