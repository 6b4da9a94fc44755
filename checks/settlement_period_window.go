package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
	"hequan/internal/subsidy"
)

var settlementPeriodWindow = &Rule{
	ID: "settlement.period_window", Clause: "五.8", Scope: PerDocument, Kind: hequan.KindSettlement, Modes: metered,
	Title: "结算期间在政策执行期内",
	Doc:   "The dates of use lie in the window. All outside is a fail; partly outside a review with the amount that is left out.",
	Needs: []Need{{hequan.KindSettlement, "period_start"}, {hequan.KindSettlement, "period_end"}},
	Run: func(p *Pass) {
		from, fromAt, ok1 := p.Day(p.Doc, "period_start")
		to, toAt, ok2 := p.Day(p.Doc, "period_end")
		if !ok1 || !ok2 {
			return
		}
		period, w := day.Window{From: from, To: to}, p.Policy.Windows.Usage.Window()
		p.Holds(w.Covers(period), fmt.Sprintf("结算期间 %s 在执行期 %s 内", period, w), fromAt, toAt)
		const action = "请提交使用日期在执行期内的结算单；跨期的请提供按日用量明细"
		switch {
		case to.Before(from):
			p.Review(fmt.Sprintf("%s的结算期间止于 %s，早于起始 %s", label(p.Doc), to, from), action, fromAt, toAt)
		case w.Covers(period):
			p.Passed("结算期间 %s 在执行期内", period)
		case !w.Overlaps(period):
			p.Fail(fmt.Sprintf("%s的结算期间 %s 全部在执行期 %s 之外", label(p.Doc), period, w), action, fromAt, toAt)
		default:
			message := fmt.Sprintf("%s的结算期间 %s 部分在执行期 %s 之外", label(p.Doc), period, w)
			if off, known := p.outsideOf(p.Doc, period); known {
				message += fmt.Sprintf("，不计入 %s 元", off.Grouped())
			} else {
				message += "，用量明细不足以拆分，整单暂不计入"
			}
			p.Review(message, action, fromAt, toAt)
		}
	},
}

// outsideOf returns what of a settlement that reaches over the window's edge does not count.
func (p *Pass) outsideOf(d *hequan.Document, period day.Window) (rmb.Fen, bool) {
	total, at, ok := p.PeekMoney(d, "total")
	if !ok {
		return 0, false
	}
	c, side := new(computation), new(subsidy.Side)
	c.splitByUsage(p, d, side, period, total, at)
	if len(c.unread) > 0 {
		return 0, false
	}
	return total - side.Total(), true
}
