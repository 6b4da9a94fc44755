package checks

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/policy"
)

var usagePrice = &Rule{
	ID: "usage.price", Clause: "五.8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindUsage, hequan.KindSettlement},
	Title: "用量单价与合同一致",
	Doc:   "The unit prices of the usage rows are those of the contract (table prices, or items with a unit price), units taken into account. A contract that states none is a review.",
	Needs: []Need{{hequan.KindUsage, "rows"}, {hequan.KindContract, "prices"}},
	Applies: func(p *Pass) string {
		switch {
		case len(p.Docs(hequan.KindContract)) == 0:
			return "没有合同，见 material.contract"
		case len(p.Docs(hequan.KindUsage)) == 0 && len(p.usageRows()) == 0:
			return "没有用量明细，见 material.usage"
		}
		return ""
	},
	Run: func(p *Pass) {
		prices := p.agreedPrices()
		const action = "请说明单价与合同不一致的原因，提交价格依据"
		if len(prices) == 0 {
			if len(p.gaps) == 0 {
				p.Review("合同没有写明模型单价，不能核对用量单价", "请提交载明单价的合同附件或价目表", At{Evidence: lookedAt(p.Docs(hequan.KindContract)[0], "prices")})
			}
			return
		}
		told := map[string]bool{}
		rows := p.usageRows()
		if len(rows) == 0 {
			p.Unread("用量明细的各行未能读取", hequan.Evidence{Field: "rows", Note: "用量明细"})
		}
		for _, r := range rows {
			model, _, ok := r.Text("model")
			got, gotAt, read := r.Number("unit_price")
			if !ok || !read {
				continue
			}
			own := pricesOf(prices, model)
			if len(own) == 0 {
				p.Unread(fmt.Sprintf("合同没有“%s”的单价", model), gotAt.Evidence)
				continue
			}
			unit, unitAt, ok := r.Peek("price_unit")
			if !ok {
				unit, unitAt, _ = r.Peek("unit")
			}
			if p.Holds(slices.ContainsFunc(own, func(a agreedPrice) bool { return a.equals(got, unit) }), fmt.Sprintf("%s的单价 %s 与合同约定的 %s 一致", r.where(), withUnit(gotAt.Value, unit), withUnit(own[0].at.Value, own[0].unit)), gotAt, own[0].at) {
				continue
			}
			if a := own[0]; !unitAt.firm && a.price.Cmp(got) == 0 && cutShort(unit, a.unit) {
				p.Unread(fmt.Sprintf("%s%s的单价与合同同为 %s 元，单位“%s”与合同的“%s”不同，可能是识别误差", label(r.doc), r.where(), gotAt.Value, unit, a.unit), unitAt.Evidence)
				continue
			}
			if key := model + gotAt.Value; !told[key] {
				told[key] = true
				p.Fail(fmt.Sprintf("%s%s的单价 %s 与合同约定的 %s 不一致", label(r.doc), r.where(), withUnit(gotAt.Value, unit), withUnit(own[0].at.Value, own[0].unit)), action, gotAt, own[0].at)
			}
		}
	},
}

// pricesOf returns the prices of a model: of its own name, else, where the
// contract names one model only, of its family.
func pricesOf(prices []agreedPrice, model string) []agreedPrice {
	var own, family []agreedPrice
	names := map[string]bool{}
	for _, a := range prices {
		names[modelKey(a.model)] = true
		switch {
		case a.model == "" || strings.HasPrefix(modelKey(a.model), modelKey(model)):
			own = append(own, a)
		case policy.ModelCore(a.model) == policy.ModelCore(model):
			family = append(family, a)
		}
	}
	if len(own) == 0 && len(names) == 1 {
		return family
	}
	return own
}

// cutShort says whether one unit is the end of the other, as when 万 before tokens
// was not read.
func cutShort(a, b string) bool {
	a, b = strings.ToLower(strings.TrimPrefix(a, "元/")), strings.ToLower(strings.TrimPrefix(b, "元/"))
	return a != b && a != "" && b != "" && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

type agreedPrice struct {
	model, unit string
	price       *big.Rat
	at          At
}

func (a agreedPrice) equals(price *big.Rat, unit string) bool {
	if a.price.Cmp(price) == 0 && (a.unit == "" || unit == "") {
		return true
	}
	fa, baseA := unitFactor(a.unit)
	fb, baseB := unitFactor(unit)
	if baseA != baseB {
		return a.price.Cmp(price) == 0
	}
	x := new(big.Rat).Quo(a.price, big.NewRat(fa, 1))
	return x.Cmp(new(big.Rat).Quo(price, big.NewRat(fb, 1))) == 0
}

func withUnit(price, unit string) string {
	if unit == "" {
		return price + " 元"
	}
	return price + " 元/" + strings.TrimPrefix(unit, "元/")
}

// agreedPrices returns the unit prices that the contracts state.
func (p *Pass) agreedPrices() []agreedPrice {
	var out []agreedPrice
	for _, d := range p.Docs(hequan.KindContract) {
		for _, x := range []struct{ table, model string }{{"prices", "model"}, {"items", "name"}} {
			for _, r := range p.Rows(d, x.table) {
				if !r.Has("unit_price") {
					continue
				}
				model, _, _ := r.Peek(x.model)
				unit, _, _ := r.Peek("unit")
				if _, base := unitFactor(unit); x.table == "items" && !slices.Contains(meteredUnits, base) {
					continue // a lump sum, not a unit price
				}
				price, at, ok := r.Number("unit_price")
				if !ok {
					continue
				}
				out = append(out, agreedPrice{model, unit, price, at})
			}
		}
	}
	return out
}

// meteredUnits are what use is counted in.
var meteredUnits = []string{"tokens", "次", "张", "字符", "秒", "分钟", "小时"}
