package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/rmb"
)

var acceptanceItems = &Rule{
	ID: "acceptance.items", Clause: "五.9", Scope: PerApplication, Modes: delivered, Requires: []hequan.Kind{hequan.KindAcceptance},
	Title: "验收内容与合同分项一致",
	Doc:   "What was accepted is what the contract lists, by name and, where both state it, by quantity. A difference is a review.",
	Needs: []Need{{hequan.KindAcceptance, "items"}, {hequan.KindContract, "items"}},
	Applies: func(p *Pass) string {
		if len(p.tableRows(hequan.KindContract, "items")) == 0 {
			return "合同没有分项，无从比对"
		}
		return ""
	},
	Run: func(p *Pass) {
		listed := p.tableRows(hequan.KindContract, "items")
		accepted := p.tableRows(hequan.KindAcceptance, "items")
		if len(accepted) == 0 {
			p.Review("验收证明没有列明验收内容，不能与合同分项比对", "请提交列明验收内容的验收证明", At{Evidence: lookedAt(p.Docs(hequan.KindAcceptance)[0], "items")})
			return
		}
		const action = "请说明验收内容与合同分项的差异"
		for _, l := range listed {
			want, wantAt, ok := l.Text("name")
			if !ok {
				continue
			}
			i := slices.IndexFunc(accepted, func(a row) bool { v, _, ok := a.Peek("name"); return ok && sameItem(v, want) })
			if i < 0 {
				p.Review(fmt.Sprintf("合同分项“%s”不在验收内容中", want), action, wantAt)
				continue
			}
			a := accepted[i]
			_, at, _ := a.Text("name")
			if refused(a) {
				p.Review(fmt.Sprintf("“%s”验收未通过", want), action, at)
			}
			x, xAt, ok1 := l.Peek("quantity")
			y, yAt, ok2 := a.Peek("quantity")
			n, isN := rmb.Number(x)
			m, isM := rmb.Number(y)
			if ok1 && ok2 && isN && isM && n.Cmp(m) != 0 {
				p.Review(fmt.Sprintf("“%s”合同数量 %s，验收数量 %s", want, x, y), action, xAt, yAt)
			}
		}
		for _, a := range accepted {
			if v, at, ok := a.Peek("name"); ok && !slices.ContainsFunc(listed, func(l row) bool { w, _, ok := l.Peek("name"); return ok && sameItem(w, v) }) {
				p.Review(fmt.Sprintf("验收内容“%s”不在合同分项中", v), action, at)
			}
		}
		p.Passed("合同 %d 项均已验收", len(listed))
	},
}

// tableRows returns the rows of a table over all documents of a kind.
func (p *Pass) tableRows(k hequan.Kind, table string) []row {
	var out []row
	for _, d := range p.Docs(k) {
		out = append(out, p.Rows(d, table)...)
	}
	return out
}
