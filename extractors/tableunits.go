package extractors

import (
	"math/big"
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

var (
	unitInHead   = regexp.MustCompile(`\(([^()]*(?:tokens?|次|张|秒|分钟|字符|并发|小时)[^()]*)\)`)
	bareUnit     = regexp.MustCompile(`(?:(元/)[千万百亿]*(?i:tokens?|次|张|秒|分钟|字符|小时)|[千万百亿]+(?i:tokens?))$`)
	priceOf      = regexp.MustCompile(`^(?:元|RMB|CNY)?/.`)
	countedThing = regexp.MustCompile(`^[¥￥]?([\d,.]+)[\s。”"’，、·]*(/?[\p{Han}A-Za-z][\p{Han}A-Za-z/]*)$`)
)

// units adds the columns unit and price_unit where they stand in a heading
// (用量(千tokens), 单价 元/千tokens) or behind the numbers (1,200千tokens, 0.02元/千tokens).
func units(kind tableKind, columns []headed, t *hequan.Table) {
	for _, of := range []struct{ unit, number string }{{"unit", "quantity"}, {"price_unit", "unit_price"}} {
		if _, ok := kind.column(of.unit); !ok || t.Column(of.unit) >= 0 {
			continue
		}
		unit := ""
		for _, c := range columns {
			if c.name == of.number {
				unit = unitOfHead(c.text, of.number)
			}
		}
		if of.unit == "price_unit" && pricedByUnit(t, unit) {
			unit = "" // 元/tokens, of which 千 was lost
		}
		if unit != "" {
			addColumn(t, of.unit, func([]hequan.Cell) hequan.Cell { return hequan.Cell{Value: unit, Text: unit, Confidence: 0.9} })
			continue
		}
		if n := t.Column(of.number); n >= 0 {
			unitsBehind(t, n, of.unit)
		}
	}
}

// tenThousands makes yuan of the amounts and prices under a heading that counts them
// in 万元; the text stays as printed.
func tenThousands(columns []headed, t *hequan.Table) {
	for _, col := range columns {
		c := t.Column(col.name)
		if c < 0 || col.name != "amount" && col.name != "unit_price" || !inTenThousands.MatchString(col.text) {
			continue
		}
		for _, r := range t.Rows {
			v, ok := rmb.Number(cellNumber(strings.Map(dropSpace, r[c].Text)))
			if r[c].Value = ""; !ok {
				continue
			}
			if f, ok := rmb.Round(v.Mul(v, big.NewRat(10000, 1))); ok {
				r[c].Value = f.String()
			}
		}
	}
}

var inTenThousands = regexp.MustCompile(`[(（]?(?:人民币)?万元[)）]?$`)

// unitOfHead is the unit that stands in a heading, "" for none. Without brackets
// only one that nothing else can be is taken: 元/千tokens, 千tokens.
func unitOfHead(text, number string) string {
	if m := unitInHead.FindStringSubmatch(text); m != nil {
		return cellUnit(m[1])
	}
	if m := bareUnit.FindStringSubmatch(text); m != nil && (m[1] != "") == (number == "unit_price") {
		return cellUnit(m[0])
	}
	return ""
}

// unitsBehind adds a column of the units that stand behind most numbers of column n.
func unitsBehind(t *hequan.Table, n int, name string) {
	split := 0
	for _, r := range t.Rows {
		if m := countedThing.FindStringSubmatch(strings.Map(dropSpace, r[n].Text)); m != nil && (name == "unit") == !priceOf.MatchString(m[2]) {
			split++
		}
	}
	if split*2 <= len(t.Rows) {
		return
	}
	addColumn(t, name, func(r []hequan.Cell) hequan.Cell {
		m := countedThing.FindStringSubmatch(strings.Map(dropSpace, r[n].Text))
		if m == nil {
			return hequan.Cell{}
		}
		cell := r[n]
		cell.Value, cell.Text = cellUnit(m[2]), m[2]
		if strings.HasPrefix(m[2], "/") {
			cell.Value = "元" + cell.Value
		}
		r[n].Value = cellNumber(m[1])
		return cell
	})
}

// counts reads quantities that have their unit behind them (1套).
func counts(t *hequan.Table) {
	q := t.Column("quantity")
	if q < 0 {
		return
	}
	for _, r := range t.Rows {
		text := strings.Map(dropSpace, r[q].Text)
		if m := countedThing.FindStringSubmatch(text); m != nil && r[q].Value == "" {
			r[q].Value = cellNumber(m[1])
		}
		if m := []rune(text); len(m) == 2 && r[q].Value == "" && countedUnread.MatchString(text) && strings.ContainsRune("Il|丨]亅", m[0]) {
			r[q].Value, r[q].Confidence, r[q].Proof = "1", min(r[q].Confidence, 0.7), nil
		}
	}
}
