package checks

import (
	"fmt"
	"slices"

	"hequan"
)

var contractItemised = &Rule{
	ID: "contract.itemised", Clause: "五.6(2)", Scope: PerDocument, Kind: hequan.KindContract, Modes: []hequan.Mode{hequan.ModePrivate},
	Title: "合同列明各类支出及金额",
	Doc: "Items and amounts are stated for labour, compute, data, model, other software, hardware: every line has a category and an amount. Categories that don't " +
		"occur need not be named.",
	Needs: []Need{{hequan.KindContract, "items"}, {hequan.KindContract, "items_unread"}},
	Run: func(p *Pass) {
		rows := p.Rows(p.Doc, "items")
		stated := slices.ContainsFunc(rows, func(r row) bool { return r.Has("amount") || r.Has("unit_price") })
		if len(rows) > 0 && !stated && !slices.ContainsFunc(rows, func(r row) bool { _, at, ok := r.Peek("name"); return ok && at.firm }) && !wholeRows(rows) {
			// A list without sums on a scan: the column may be there and unread.
			_, at, _ := rows[0].Peek("name")
			p.Review("合同分项中没有读到金额", "请核对合同是否列明各项支出的金额", at)
			return
		}
		if f := p.Doc.Field("items_unread"); len(rows) == 0 && f != nil {
			p.Review("合同中有成行的名称和金额，但未能读成分项表", "请对照原件核对合同是否列明人力、算力、数据、模型、其他软件、硬件等支出及金额", p.at(p.Doc, f, true))
			return
		}
		if !stated { // no rows, or a list of items without a column of sums
			p.Missing(p.Doc, "分项支出明细及金额", "请提交列明人力、算力、数据、模型、其他软件、硬件等支出明细及金额的合同，或依五.6(4)提供其他能证明真实性的材料")
			return
		}
		for _, r := range rows {
			r.Money("amount")
			if _, ok := p.category(r); !ok {
				_, at, _ := r.Peek("name")
				p.Review(fmt.Sprintf("合同%s不能归入人力、算力、数据、模型、其他软件、硬件中的一类", r.where()), "请说明该项支出的类别", at)
			}
		}
		p.Passed("合同列明 %d 项支出及金额", len(rows))
	},
}

// wholeRows says whether every row gives a name, a quantity and a unit: a list of
// which nothing was lost.
func wholeRows(rows []row) bool {
	for _, r := range rows {
		for _, c := range []string{"name", "quantity", "unit"} {
			if _, _, ok := r.Peek(c); !ok {
				return false
			}
		}
	}
	return len(rows) > 0
}
