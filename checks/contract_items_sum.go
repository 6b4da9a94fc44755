package checks

import (
	"fmt"
	"math/big"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

var contractItemsSum = &Rule{
	ID: "contract.items_sum", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同分项合计等于总额",
	Doc: "The line items add up to the total, and quantity × unit price is each line's amount. A unit price that is printed rounded may leave half of its last digit " +
		"for each unit, up to one yuan.",
	Needs: []Need{{hequan.KindContract, "items"}, {hequan.KindContract, "amount"}},
	Applies: func(p *Pass) string {
		if len(p.Rows(p.Doc, "items")) == 0 {
			return "合同没有分项金额"
		}
		return ""
	},
	Run: func(p *Pass) {
		const action = "请核对合同分项金额，提交正确的清单"
		total, ok := p.lines("items", "amount", action)
		if !p.Has(p.Doc, "amount") {
			return // contract.amount tells
		}
		if want, wantAt, read := p.Money(p.Doc, "amount"); ok && read && !p.sameSum("分项合计", total.amount, "总额", want, append(total.at, wantAt)...) {
			p.Fail(fmt.Sprintf("合同分项合计 %s 元，总额 %s 元，相差 %s 元", total.amount.Grouped(), want.Grouped(), (total.amount-want).Abs().Grouped()), action, append(total.at, wantAt)...)
		}
		p.Passed("分项合计 %s 元，与总额一致", total.amount.Grouped())
	},
}

// tally is a sum over rows with the places of its parts.
type tally struct {
	amount rmb.Fen
	at     []At
}

// lines adds up a column of a table and checks quantity × unit price on each
// row that states both. ok is false where a row could not be read.
func (p *Pass) lines(table, column, action string) (tally, bool) {
	var t tally
	all := true
	for _, r := range p.Rows(p.Doc, table) {
		amount, at, ok := r.Money(column)
		if !ok {
			all = false
			continue
		}
		t.amount += amount
		t.at = append(t.at, at)
		p.product(r, amount, at, action)
	}
	return t, all
}

// product checks quantity × unit price = amount on a row that states both.
func (p *Pass) product(r row, amount rmb.Fen, at At, action string) {
	if !r.Has("quantity") || !r.Has("unit_price") {
		return
	}
	q, qAt, ok1 := r.Number("quantity")
	price, priceAt, ok2 := r.Number("unit_price")
	if !ok1 || !ok2 {
		return
	}
	want, ok := rmb.Round(new(big.Rat).Mul(q, price))
	if !ok || p.Holds((want-amount).Abs() <= slack(q, priceAt.Value), fmt.Sprintf("%s：%s × %s = %s 元，与所列金额 %s 元相差不超过 %s 元", r.where(), qAt.Value, priceAt.Value, want.Grouped(), amount.Grouped(), slack(q, priceAt.Value).Grouped()), qAt, priceAt, at) {
		return
	}
	p.Fail(fmt.Sprintf("%s%s：%s × %s = %s 元，所列金额 %s 元，相差 %s 元", label(r.doc), r.where(), qAt.Value, priceAt.Value, want.Grouped(), amount.Grouped(), (want-amount).Abs().Grouped()),
		action, qAt, priceAt, at)
}

// slack is how far a product may be off because its unit price is printed
// rounded: half of the last digit for each unit, a fen at least, a yuan at most.
func slack(quantity *big.Rat, price string) rmb.Fen {
	_, frac, _ := strings.Cut(price, ".")
	if len(frac) <= 2 {
		return 1
	}
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(frac))), nil)))
	f, ok := rmb.Round(half.Mul(half, new(big.Rat).Abs(quantity)))
	if !ok {
		return rmb.Yuan
	}
	return min(max(f, 1), rmb.Yuan)
}
