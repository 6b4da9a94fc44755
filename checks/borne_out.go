package checks

import (
	"math/big"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// summed says whether the rows of a usage sheet, or those on the page of its
// total, add up to the total that it states: then every amount of the column,
// and the total, are what stands there, for several readings don't err to one sum.
func (p *Pass) summed(d *hequan.Document) bool {
	if known, ok := p.sums[d]; ok {
		return known
	}
	if p.sums == nil {
		p.sums = map[*hequan.Document]bool{}
	}
	p.sums[d] = p.sumUp(d)
	return p.sums[d]
}

func (p *Pass) sumUp(d *hequan.Document) bool {
	total, totalAt, ok := p.PeekMoney(d, "total")
	rows := p.Rows(d, "rows")
	if !ok || len(rows) < 2 {
		return false
	}
	var all, page rmb.Fen
	for _, r := range rows {
		v, at, read := r.PeekMoney("amount")
		if !read {
			return false
		}
		all += v
		if at.Page == totalAt.Page {
			page += v
		}
	}
	return all == total || page == total
}

// quantityBorneOut says whether the quantities of a row's model add up to that
// of a settlement whose period holds the row.
func (p *Pass) quantityBorneOut(r row) bool {
	model, _, ok := r.Peek("model")
	v, _, dated := r.Peek("date")
	when, parsed := day.Period(v)
	if !ok || !dated || !parsed {
		return false
	}
	for _, d := range p.Docs(hequan.KindSettlement) {
		if !p.belongs(when, d) {
			continue
		}
		for _, item := range p.Rows(d, "items") {
			name, _, ok := item.Peek("model")
			q, _, read := item.Peek("quantity")
			want, isNumber := rmb.Number(q)
			if !ok || !read || !isNumber || modelKey(name) != modelKey(model) && len(p.Rows(d, "items")) > 1 {
				continue
			}
			only := len(p.Rows(d, "items")) == 1
			if p.quantityOf(d, model, only).Cmp(want) == 0 {
				return true
			}
		}
	}
	return false
}

// quantityOf adds up a model's usage rows of a settlement's period; every
// model's where the settlement has only one.
func (p *Pass) quantityOf(d *hequan.Document, model string, only bool) *big.Rat {
	sum := new(big.Rat)
	for _, u := range p.usageRows() {
		name, _, _ := u.Peek("model")
		v, _, _ := u.Peek("date")
		when, ok := day.Period(v)
		if !ok || !p.belongs(when, d) || !only && modelKey(name) != modelKey(model) {
			continue
		}
		q, _, _ := u.Peek("quantity")
		n, ok := rmb.Number(q)
		if !ok {
			return new(big.Rat).SetInt64(-1)
		}
		sum.Add(sum, n)
	}
	return sum
}

// priceRepeated says whether a row's unit price is read alike on two other
// rows of its table at least.
func (p *Pass) priceRepeated(r row) bool {
	price, _, ok := r.Peek("unit_price")
	n := 0
	for _, u := range p.Rows(r.doc, r.table.Name) {
		if v, _, _ := u.Peek("unit_price"); v == price {
			n++
		}
	}
	return ok && n >= 3
}

// totalBorneOut says whether a settlement's lines add up to its total: the sum
// then stands twice on the paper.
func (p *Pass) totalBorneOut(d *hequan.Document) bool {
	total, _, ok := p.PeekMoney(d, "total")
	rows := p.Rows(d, "items")
	if d.Kind != hequan.KindSettlement || !ok || len(rows) == 0 {
		return false
	}
	for _, r := range rows {
		v, _, read := r.PeekMoney("amount")
		if !read {
			return false
		}
		total -= v
	}
	return total == 0
}
