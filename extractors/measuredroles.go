package extractors

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// roles are which column of a measured table is what; -1: none.
type roles map[string]int

// assign tells the columns of a measured table apart: by what their cells are
// (days, units, names, numbers), by which numbers make a product and which add up
// to a sum that is stated, and by the words above them. A word that is known wins
// over what the cells only may be; what several columns may be alike, none is. It
// says whether a product or a sum proves a column of numbers.
func (d *doc) assign(kind tableKind, m *measured) (roles, bool) {
	out := roles{}
	taken := make([]bool, len(m.x))
	m.until = -1
	give := func(name string, c int) {
		if _, ok := kind.column(name); ok && c >= 0 && !taken[c] {
			if _, has := out[name]; !has {
				out[name], taken[c] = c, true
			}
		}
	}
	var numbers []int
	for c := range m.x {
		switch {
		case m.counts(c) && m.prior(kind, "quantity", c) == 0:
			taken[c] = true
		case m.most(c, dayLike) || m.most(c, digitsOfDay) && m.distinct(c)*10 > len(m.rows) && max(m.prior(kind, "quantity", c), m.prior(kind, "unit_price", c), m.prior(kind, "amount", c)) <= m.prior(kind, "date", c): // 费用月份
			if first, ok := out["date"]; ok && m.until < 0 && c > first {
				m.until = c
			}
			give("date", c)
			taken[c] = true
		case m.most(c, func(t string) bool { return unitCell.MatchString(t) || meterUnit.MatchString(cellUnit(t)) }):
			name := "unit"
			if strings.Contains(m.text(0, c), "元") && hasColumn(kind, "price_unit") || m.prior(kind, "price_unit", c) > m.prior(kind, "unit", c) {
				name = "price_unit"
			}
			if _, ok := out[name]; ok {
				name = "price_unit"
			}
			give(name, c)
			taken[c] = true
		case m.most(c, isQuantity):
			numbers = append(numbers, c)
		}
	}
	if len(kind.columns) == 3 && hasColumn(kind, "unit_price") && len(numbers) > 2 {
		return out, false // no price list
	}
	s := newSums(d, kind, m, numbers)
	sound := s.solve(give)
	m.byHead(kind, numbers, taken, give)
	if _, known := out["amount"]; !known && s.bySum(taken, give) {
		sound = true
	}
	m.byUnit(kind, out, numbers, taken, give)
	m.words(kind, taken, give)
	if s.listPrice {
		delete(out, "unit_price") // what it says is not what was paid
	}
	return out, sound
}

var meterUnit = regexp.MustCompile(`^(?:元/)?[千万百亿Kk]*(?:[Tt]oken(?:s)?|TOKEN(?:S)?|次|张|字符|分钟|秒|小时)$`)

// counts says whether a column numbers the rows.
func (m *measured) counts(c int) bool {
	if len(m.rows) == 1 {
		return c == 0 && m.text(0, 0) == "1"
	}
	last, rising := 0, 0
	for r := range m.rows {
		n, err := strconv.Atoi(m.text(r, c))
		if err != nil {
			return false
		}
		if n == last+1 {
			rising++
		}
		last = n
	}
	return c <= 1 && rising*10 >= len(m.rows)*8
}

// prior is how far the words above a column speak for a role: the length of
// the longest of its headings that stands there.
func (m *measured) prior(kind tableKind, role string, c int) float64 {
	col, ok := kind.column(role)
	if !ok || m.heads[c] == "" {
		return 0
	}
	head := strings.ToLower(bareUnit.ReplaceAllString(bracketUnit.ReplaceAllString(m.heads[c], ""), ""))
	if i := strings.IndexAny(head, "(（"); i > 0 {
		head = head[:i]
	}
	if isFigure(role) && partHead.MatchString(head) || role == "amount" && takenOff.MatchString(head) {
		return 0
	}
	best := 0.0
	for _, w := range col.headers {
		if w = strings.ToLower(w); strings.Contains(head, w) {
			best = max(best, float64(len([]rune(w)))+map[bool]float64{true: 1, false: 0}[head == w])
		}
	}
	return best
}

func isFigure(role string) bool {
	return role == "quantity" || role == "unit_price" || role == "amount"
}

// bracketUnit is what stands in brackets in a heading.
var bracketUnit = regexp.MustCompile(`[(（][^()（）]*[)）]`)

// partHead are headings of columns that hold a part of what a row is about: the
// tokens read, or written, or found in a cache, and what they cost.
var partHead = regexp.MustCompile(`^(?:输入|输出|缓存|命中|未命中|思考|推理|(?i:input|output|prompt|completion|cache|reasoning))`)

// byUnit takes the only open column of numbers for the quantities where a column of
// units, or the numbers themselves, say that something is counted, and no other role
// is left that it could have.
func (m *measured) byUnit(kind tableKind, known roles, numbers []int, taken []bool, give func(string, int)) {
	withUnit := func(c int) bool {
		return m.most(c, func(t string) bool {
			g := countedThing.FindStringSubmatch(t)
			return g != nil && (meterUnit.MatchString(g[2]) || unitCell.MatchString(g[2])) && !strings.Contains(g[2], "元")
		})
	}
	var free, counting []int
	for _, c := range numbers {
		if !taken[c] {
			free = append(free, c)
			if withUnit(c) {
				counting = append(counting, c)
			}
		}
	}
	if len(counting) == 1 && !hasColumn(kind, "unit_price") { // a list of things: the others are remarks
		free = counting
	}
	if len(free) != 1 {
		return
	}
	open := free[0]
	if m.prior(kind, "unit_price", open)+m.prior(kind, "amount", open) > 0 || partHead.MatchString(m.heads[open]) || takenOff.MatchString(m.heads[open]) {
		return
	}
	_, priced := known["amount"]
	_, counted := known["unit"]
	metered := hasColumn(kind, "price_unit")
	money := m.most(open, moneyLike.MatchString) // of things that is a price as well: nothing tells
	if withUnit(open) || counted && priced && (metered || !money) || counted && metered && !money {
		give("quantity", open)
	}
}

// byHead gives the columns of numbers that no product told what their heading says.
func (m *measured) byHead(kind tableKind, numbers []int, taken []bool, give func(string, int)) {
	for _, role := range []string{"amount", "unit_price", "quantity"} {
		best, most := -1, 1.5
		for _, c := range numbers {
			own := m.prior(kind, role, c)
			for _, other := range []string{"amount", "unit_price", "quantity"} {
				if other != role && m.prior(kind, other, c) > own {
					own = 0
				}
			}
			if !taken[c] && own > most {
				best, most = c, own
			}
		}
		give(role, best)
	}
	var open []int
	for _, c := range numbers {
		if !taken[c] {
			open = append(open, c)
		}
	}
	if len(open) == 1 && len(numbers) == 1 { // a price list, a list of things
		if hasColumn(kind, "amount") {
			return
		}
		if hasColumn(kind, "unit_price") {
			if m.prior(kind, "unit_price", open[0]) > 0 || !m.countsThings() {
				give("unit_price", open[0])
			}
		} else {
			give("quantity", open[0])
		}
	}
}

// countsThings says whether a column has units of things (套, 项, 人月): the only numbers
// beside them, under a heading that speaks of no price, are how many there are.
func (m *measured) countsThings() bool {
	for c := range m.x {
		if m.most(c, func(t string) bool { return unitCell.MatchString(t) && !meterUnit.MatchString(t) }) {
			return true
		}
	}
	return false
}

var passedCell = regexp.MustCompile(`合格|通过|符合|正常|完好|一致|完成|[√✓✔☑×✗]|未|无误|满足|良好|齐全|齐备|达标|无异常|验收|到货`)

// words gives the columns of words: category and result by their cells, the
// name or model by heading, by what names of models look like, by variety.
func (m *measured) words(kind tableKind, taken []bool, give func(string, int)) {
	var open []int
	for c := range m.x {
		if fit, filled := m.portion(c, func(t string) bool { return !isNumber(t) && !looksLikeCompany(t) && !orderNumber.MatchString(t) }); !taken[c] && fit*2 > filled && !slices.Contains(otherHeads, m.heads[c]) {
			open = append(open, c)
		}
	}
	for _, role := range []struct {
		name string
		form func(string) bool
	}{{"category", func(t string) bool { return category(t) != "" && len([]rune(t)) <= 6 }}, {"result", resultCell}} {
		best, most := -1, 0.0
		for _, c := range open {
			if !taken[c] && m.most(c, role.form) {
				s := 1 + m.prior(kind, role.name, c) + float64(c)/100
				if s > most {
					best, most = c, s
				}
			}
		}
		give(role.name, best)
	}
	for _, role := range []string{"model", "name"} {
		best, most, next := -1, 0.0, 0.0
		for _, c := range open {
			if taken[c] {
				continue
			}
			s := 0.5 + m.prior(kind, role, c)
			if fit, filled := m.portion(c, isModelCell); role == "model" && fit*2 > filled {
				s += 4
			} else if fit, filled := m.portion(c, familyName.MatchString); role == "model" && fit*2 > filled {
				s += 3
			}
			if m.distinct(c) > 1 {
				s++
			}
			if s > most {
				best, most, next = c, s, most
			} else {
				next = max(next, s)
			}
		}
		if role == "model" && most < 2 && next == most {
			continue // two columns of words that nothing tells apart
		}
		give(role, best)
	}
}

// orderNumber is the number of an order or of a rented resource, which no model is called: DD37130107, ep-806239.
var orderNumber = regexp.MustCompile(`^(?:[A-Za-z]{1,5}-?\d{6,}|[a-z]{1,4}-[0-9a-z]*\d[0-9a-z]{5,})$`)

// familyName are names that models of vendors go by, whatever stands around them.
var familyName = regexp.MustCompile(`(?i)通义|千问|文心|豆包|混元|星火|智谱|盘古|百川|日日新|书生|紫东|阶跃|qwen|ernie|doubao|deepseek|glm|hunyuan|moonshot|kimi|spark|baichuan|minimax|abab|pangu|internlm|step-|gpt|claude|llama`)
