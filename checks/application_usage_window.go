package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/day"
)

var applicationUsageWindow = &Rule{
	ID: "application.usage_window", Clause: "三.4", Scope: PerApplication,
	Title: "实际应用时间在政策执行期内",
	Doc:   "The actual time of use, by the form and by the settlements or the acceptance, lies in the window. All outside is a fail, partly a review.",
	Needs: []Need{{"", "project.started"}, {"", "project.ended"}, {hequan.KindSettlement, "period_start"}, {hequan.KindSettlement, "period_end"}, {hequan.KindAcceptance, "date"}},
	Run: func(p *Pass) {
		w := p.Policy.Windows.Usage.Window()
		const action = "请更正应用时间；执行期外的使用不计入"
		from, fromAt, ok1 := p.FormDay("project.started")
		to, toAt, ok2 := p.FormDay("project.ended")
		if ok1 && ok2 {
			p.within("申报表所填应用时间", day.Window{From: from, To: to}, w, action, fromAt, toAt)
		}
		if slices.Contains(delivered, p.Mode) {
			for _, d := range p.Docs(hequan.KindAcceptance) {
				if v, at, ok := p.PeekDay(d, "date"); ok {
					p.within("交付（验收）日期", day.Single(v), w, action, p.use(at))
				}
			}
			return
		}
		var use day.Window
		var at []At
		for _, d := range p.Docs(hequan.KindSettlement) {
			if period, ok := p.period(d); ok {
				_, a, _ := p.PeekDay(d, "period_start")
				_, b, _ := p.PeekDay(d, "period_end")
				at = append(at, p.use(a), p.use(b))
				if use.IsZero() || period.From.Before(use.From) {
					use.From = period.From
				}
				if period.To.After(use.To) {
					use.To = period.To
				}
			}
		}
		if !use.IsZero() {
			p.within("结算单的使用时间", use, w, action, at...)
		}
	},
}

func (p *Pass) within(what string, use, w day.Window, action string, at ...At) {
	p.Holds(w.Covers(use), fmt.Sprintf("%s %s 在执行期 %s 内", what, use, w), at...)
	switch {
	case use.To.Before(use.From):
		p.Review(fmt.Sprintf("%s %s 至 %s 前后颠倒", what, use.From, use.To), action, at...)
	case w.Covers(use):
		p.Passed("%s %s 在执行期内", what, use)
	case !w.Overlaps(use):
		p.Fail(fmt.Sprintf("%s %s 在执行期 %s 之外", what, use, w), action, at...)
	default:
		p.Review(fmt.Sprintf("%s %s 部分在执行期 %s 之外", what, use, w), action, at...)
	}
}
