package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/rmb"
)

var windowYearCap = &Rule{
	ID: "window.year_cap", Clause: "四.3", Scope: AcrossWindow,
	Title: "年度累计不超过限额",
	Doc:   "An applicant's payable amounts of a calendar year, over all its applications and earlier awards, stay within the cap; the review shows what the cap leaves.",
	Needs: []Need{{"", "applicant.name"}, {"", "applicant.uscc"}},
	Across: func(w *window) {
		of := w.byApplicant()
		for _, x := range w.members {
			if x.name == "" && x.code == "" {
				x.pass.Unread("申报单位未知，不能累计", hequan.Evidence{Field: "applicant.name", Note: "申报表"})
				continue
			}
			ceiling, total := x.Policy.Money.Cap.Fen(), x.awarded()[x.year()]
			before := total
			var others []*applicant
			open := false
			for _, o := range of[x] {
				if x.year() != o.year() {
					continue
				}
				wan, ok := rmb.Parse(o.report.Subsidy.PayableWan + "万元")
				total += wan
				open = open || !ok || o.report.Subsidy.Unknown
				if o.index < x.index {
					before += wan
				}
				if o != x {
					others = append(others, o)
				}
			}
			at := At{Evidence: hequan.Evidence{Field: "subsidy", Value: total.String(), Note: "测算"}}
			switch {
			case total > ceiling:
				other := x
				if len(others) > 0 {
					other = others[0]
				}
				w.tell(x, other, hequan.Review, fmt.Sprintf("%d 年度累计 %s 元，超过限额 %s 元；在先的申报和已获支持共 %s 元，本申报可用余额 %s 元",
					x.year(), total.Grouped(), ceiling.Grouped(), before.Grouped(), max(ceiling-before, 0).Grouped()), "", at)
			case open && len(others) > 0:
				x.pass.Unread("同一单位有申报的金额未能测算，不能累计", at.Evidence)
			default:
				x.pass.Looked(at)
				x.pass.Passed("%d 年度累计 %s 元，未超过限额 %s 元", x.year(), total.Grouped(), ceiling.Grouped())
			}
		}
	},
}
