package checks

import (
	"fmt"
	"math/big"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// unitFactors are the quantities that units stand for, longest first.
var unitFactors = []struct {
	prefix string
	factor int64
}{
	{"百万", 1e6}, {"千万", 1e7}, {"十万", 1e5}, {"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"1000", 1e3}, {"1k", 1e3}, {"1m", 1e6},
	{"k", 1e3}, {"m", 1e6},
}

// unitFactor returns how many of the base unit a unit is, and the base unit.
func unitFactor(unit string) (int64, string) {
	u := strings.ToLower(strings.TrimSpace(unit))
	u = strings.TrimPrefix(u, "元/")
	u = strings.TrimPrefix(u, "/")
	u = unitMarks.Replace(u)
	for _, f := range unitFactors {
		if rest, ok := strings.CutPrefix(u, f.prefix); ok && rest != "" {
			return f.factor, baseUnit(rest)
		}
	}
	return 1, baseUnit(u)
}

var unitMarks = strings.NewReplacer(" ", "", "个", "", "（", "", "）", "", "(", "", ")", "")

func baseUnit(u string) string {
	switch u {
	case "token", "tokens", "词元", "tok":
		return "tokens"
	case "次", "次调用", "调用":
		return "次"
	}
	return u
}

// metered checks quantity × unit price = amount on a row, units taken into
// account: a quantity in 万tokens may be priced per 千tokens. An amount that is
// printed rounded may be a fen off.
func (p *Pass) metered(r row, amount rmb.Fen, at At, action string) {
	if !r.Has("quantity") || !r.Has("unit_price") {
		return
	}
	q, qAt, ok1 := r.Number("quantity")
	price, priceAt, ok2 := r.Number("unit_price")
	if !ok1 || !ok2 {
		return
	}
	scale := big.NewRat(1, 1)
	unit, _, haveUnit := r.Peek("unit")
	per, perAt, havePer := r.Peek("price_unit")
	if haveUnit && havePer {
		a, baseA := unitFactor(unit)
		b, baseB := unitFactor(per)
		if baseA != baseB {
			p.Unread(fmt.Sprintf("%s%s的数量以“%s”计、单价以“%s”计，不能换算", label(r.doc), r.where(), unit, per), perAt.Evidence)
			return
		}
		scale = big.NewRat(a, b)
	}
	made := new(big.Rat).Mul(new(big.Rat).Mul(q, price), scale)
	want, ok := rmb.Round(made)
	unitOfPrice := per
	per = ""
	if ok && !(haveUnit && havePer) {
		want, per = perHowMany(made, want, amount)
	}
	if !ok || p.Holds((want-amount).Abs() <= 1, fmt.Sprintf("%s：%s%s × %s 元%s = %s 元，与所列金额 %s 元相差不超过一分", r.where(), qAt.Value, unit, priceAt.Value, per, want.Grouped(), amount.Grouped()), qAt, priceAt, at) {
		return
	}
	if plain, fits := rmb.Round(new(big.Rat).Mul(q, price)); fits && scale.Cmp(big.NewRat(1, 1)) != 0 && (plain-amount).Abs() <= 1 && !r.printed("quantity") {
		p.Unread(fmt.Sprintf("%s%s的数量以“%s”计、单价以“%s”计，不换算时与金额相符，单位可能是识别误差", label(r.doc), r.where(), unit, unitOfPrice), perAt.Evidence)
		return
	}
	if r.table.Name == "rows" {
		if p.summed(r.doc) {
			at.doubt = ""
		}
		if p.quantityBorneOut(r) {
			qAt.doubt = ""
		}
		if p.priceRepeated(r) {
			priceAt.doubt = ""
		}
	}
	p.Fail(fmt.Sprintf("%s%s：%s%s × %s 元%s = %s 元，所列金额 %s 元，相差 %s 元", label(r.doc), r.where(), qAt.Value, unit, priceAt.Value, per, want.Grouped(), amount.Grouped(), (want-amount).Abs().Grouped()),
		action, qAt, priceAt, at)
}

// perHowMany settles a product of a row that does not say what its price is for: of
// the usual numbers of what is counted that is meant which brings it nearest to the
// amount. It returns the product and the Chinese word, "" for a price for one.
func perHowMany(made *big.Rat, want, amount rmb.Fen) (nearest rmb.Fen, per string) {
	nearest = want
	for _, f := range unitFactors[:6] {
		v, ok := rmb.Round(new(big.Rat).Quo(made, big.NewRat(f.factor, 1)))
		if ok && v != 0 && (nearest-amount).Abs() > 1 && (v-amount).Abs() < (nearest-amount).Abs() {
			nearest, per = v, "（每"+f.prefix+"）"
		}
	}
	return nearest, per
}

// models returns the models of the contracts, else those of the form.
func (p *Pass) models() []named {
	var out []named
	for _, d := range p.Docs(hequan.KindContract) {
		for _, at := range p.All(d, "models") {
			out = append(out, named{at.Value, at, d})
		}
	}
	if len(out) == 0 {
		for i, m := range p.Form.Models {
			out = append(out, named{m, At{Evidence: hequan.Evidence{Field: fmt.Sprintf("models[%d]", i), Value: m, Text: m, Note: "申报表"}, Proven: true, firm: true, sure: true}, nil})
		}
	}
	return out
}

// belongs says whether a usage row of a period is part of a settlement: the
// settlement's period covers it, or no settlement's does and this is the only one that it touches.
func (p *Pass) belongs(w day.Window, d *hequan.Document) bool {
	own, ok := p.period(d)
	if !ok || !own.Overlaps(w) {
		return false
	}
	if own.Covers(w) {
		return true
	}
	for _, o := range p.Docs(hequan.KindSettlement) {
		if other, ok := p.period(o); ok && o != d && other.Overlaps(w) {
			return false
		}
	}
	return true
}
