package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
)

var settlementContractTerm = &Rule{
	ID: "settlement.contract_term", Clause: "五.8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindSettlement},
	Title: "结算期间在合同期内",
	Doc:   "Every settlement's period lies in the term of a contract of its provider.",
	Needs: []Need{{hequan.KindSettlement, "period_start"}, {hequan.KindSettlement, "period_end"}, {hequan.KindContract, "term_start"}, {hequan.KindContract, "term_end"}},
	Applies: func(p *Pass) string {
		if len(p.Docs(hequan.KindContract)) == 0 {
			return "没有合同，见 material.contract"
		}
		return ""
	},
	Run: func(p *Pass) {
		type term struct {
			day.Window
			at    []At
			party string
		}
		var terms []term
		for _, d := range p.Docs(hequan.KindContract) {
			from, fromAt, ok1 := p.Day(d, "term_start")
			to, toAt, ok2 := p.Day(d, "term_end")
			if ok1 && ok2 {
				party, _, _ := p.Peek(d, "party_b")
				terms = append(terms, term{day.Window{From: from, To: to}, []At{fromAt, toAt}, party})
			}
		}
		if len(terms) == 0 {
			return
		}
		for _, d := range p.Docs(hequan.KindSettlement) {
			from, fromAt, ok1 := p.Day(d, "period_start")
			to, toAt, ok2 := p.Day(d, "period_end")
			if !ok1 || !ok2 {
				continue
			}
			period := day.Window{From: from, To: to}
			who, _, _ := p.Peek(d, "provider")
			own := terms
			if len(terms) > 1 {
				own = slices.DeleteFunc(slices.Clone(terms), func(t term) bool { return name.Similarity(t.party, who) < 0.8 })
			}
			if len(own) == 0 {
				own = terms
			}
			if p.Holds(slices.ContainsFunc(own, func(t term) bool { return t.Covers(period) }), fmt.Sprintf("%s的结算期间 %s 在合同期 %s 内", label(d), period, own[0].Window), append([]At{fromAt, toAt}, own[0].at...)...) {
				continue
			}
			p.Fail(fmt.Sprintf("%s的结算期间 %s 不在合同期 %s 内", label(d), period, own[0].Window), "请说明合同期外的结算，提交相应合同或补充协议", append([]At{fromAt, toAt}, own[0].at...)...)
		}
	},
}
