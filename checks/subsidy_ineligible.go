package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

var subsidyIneligible = &Rule{
	ID: "subsidy.ineligible", Clause: "四.1", Scope: PerApplication,
	Title: "没有须核减的费用",
	Doc:   "Hardware, labour and use outside of the window are taken off the base; the review lists what was taken off. A row whose month reaches over the window's edge is not split by guess. Invoices dated outside are told by invoice.date_window.",
	Needs: []Need{{hequan.KindContract, "items"}, {hequan.KindSettlement, "items"}, {hequan.KindInvoice, "items"}},
	Run: func(p *Pass) {
		c := p.computation()
		var parts []string
		var at []At
		var total rmb.Fen
		for _, x := range append(slices.Clone(c.ineligible), c.outside...) {
			if x.told {
				continue
			}
			parts = append(parts, fmt.Sprintf("%s %s 元", x.label, x.amount.Grouped()))
			at = append(at, x.at)
			total += x.amount
		}
		if len(parts) > 0 {
			action := ""
			if slices.ContainsFunc(c.outside, func(t taken) bool { return t.straddles }) {
				action = "跨执行期的用量请提供按日列示的明细"
			}
			p.Review(fmt.Sprintf("不计入核定基数：%s，合计 %s 元", strings.Join(parts, "；"), total.Grouped()), action, at...)
			return
		}
		p.openSums(c)
		p.Looked(At{Evidence: hequan.Evidence{Field: "subsidy", Value: c.result.Base.String(), Note: "测算"}})
	},
}
