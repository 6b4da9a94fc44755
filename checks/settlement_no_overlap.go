package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
)

var settlementNoOverlap = &Rule{
	ID: "settlement.no_overlap", Clause: "五.8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindSettlement},
	Title: "结算期间互不重叠",
	Doc:   "No two settlements of one provider are for the same days: the same use would be settled twice.",
	Needs: []Need{{hequan.KindSettlement, "period_start"}, {hequan.KindSettlement, "period_end"}, {hequan.KindSettlement, "provider"}},
	Run: func(p *Pass) {
		type sheet struct {
			day.Window
			doc *hequan.Document
			at  []At
		}
		var sheets []sheet
		for _, d := range p.Docs(hequan.KindSettlement) {
			from, fromAt, ok1 := p.Day(d, "period_start")
			to, toAt, ok2 := p.Day(d, "period_end")
			if ok1 && ok2 {
				sheets = append(sheets, sheet{day.Window{From: from, To: to}, d, []At{fromAt, toAt}})
			}
		}
		for i, a := range sheets {
			for _, b := range sheets[:i] {
				x, _, ok1 := p.Peek(a.doc, "provider")
				y, _, ok2 := p.Peek(b.doc, "provider")
				if ok1 && ok2 && name.Similarity(x, y) < 0.8 || p.Holds(!a.Overlaps(b.Window), fmt.Sprintf("%s（%s）与%s（%s）的结算期间不重叠", label(b.doc), b.Window, label(a.doc), a.Window), append(b.at, a.at...)...) {
					continue
				}
				p.Fail(fmt.Sprintf("%s（%s）与%s（%s）的结算期间重叠", label(b.doc), b.Window, label(a.doc), a.Window), "请说明重叠期间的用量是否重复结算，更正结算单", append(b.at, a.at...)...)
			}
		}
	},
}
