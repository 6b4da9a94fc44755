package extractors

import (
	"regexp"
	"strconv"
	"strings"

	"hequan/internal/rmb"
)

// roles are which column of a measured table is what; -1: none.
type roles map[string]int

// assign tells the columns of a measured table apart.
func (d *doc) assign(kind tableKind, m *measured) (roles, bool) {
	out := roles{}
	taken := make([]bool, len(m.x))
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
		case m.counts(c):
			taken[c] = true
		case m.most(c, func(t string) bool { return cellDay(t) != "" && !isNumber(t) }):
			give("date", c)
			taken[c] = true
		case m.most(c, func(t string) bool { return unitCell.MatchString(t) || meterUnit.MatchString(t) }):
			name := "unit"
			if strings.Contains(m.text(0, c), "元") || m.prior(kind, "price_unit", c) > m.prior(kind, "unit", c) {
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
	sound := m.solve(kind, numbers, give)
	m.byHead(kind, numbers, taken, give)
	m.words(kind, taken, give)
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
	head := m.heads[c]
	if i := strings.IndexAny(head, "(（"); i > 0 {
		head = head[:i]
	}
	best := 0.0
	for _, w := range col.headers {
		if strings.Contains(head, w) {
			best = max(best, float64(len([]rune(w)))+map[bool]float64{true: 1, false: 0}[head == w])
		}
	}
	return best
}

// value is the number of a cell.
func (m *measured) value(row, c int) string {
	t := strings.Map(dropSpace, m.text(row, c))
	if v := cellNumber(t); v != "" {
		return v
	}
	if g := countedThing.FindStringSubmatch(t); g != nil {
		return cellNumber(g[1])
	}
	return ""
}

// scales are what a price may be for, when quantities are counted singly.
var scales = []string{"1", "0.001", "0.0001", "0.000001", "0.00000001"}

// solve finds quantity × price = amount among columns of numbers.
func (m *measured) solve(kind tableKind, numbers []int, give func(string, int)) bool {
	best, score := [3]int{-1, -1, -1}, 0.0
	for _, q := range numbers {
		for _, p := range numbers {
			for _, a := range numbers {
				if q == p || p == a || q == a {
					continue
				}
				held := m.product(q, p, a)
				if held == 0 {
					continue
				}
				s := 10*held + m.prior(kind, "quantity", q) + m.prior(kind, "unit_price", p) + m.prior(kind, "amount", a) -
					m.prior(kind, "unit_price", q) - m.prior(kind, "quantity", p) - m.prior(kind, "quantity", a) - m.prior(kind, "unit_price", a)
				// Use is counted in many units at a small price; things are few and dear.
				metered := hasColumn(kind, "price_unit")
				if m.larger(q, p) == metered {
					s += 4
				}
				if metered && m.distinct(p) < m.distinct(q) {
					s++
				}
				if !metered && !m.most(q, wholeNumber.MatchString) {
					s -= 3
				}
				if a > q && a > p {
					s += 0.2
				}
				if s > score {
					best, score = [3]int{q, p, a}, s
				}
			}
		}
	}
	if best[0] < 0 {
		return false
	}
	give("amount", m.net(kind, numbers, best[2]))
	give("quantity", best[0])
	give("unit_price", best[1])
	return true
}

var wholeNumber = regexp.MustCompile(`^\d{1,6}(?:\.0+)?\p{Han}{0,2}$`)

func hasColumn(kind tableKind, name string) bool {
	_, ok := kind.column(name)
	return ok
}

// product is the share of rows in which quantity × price = amount, 0 where it
// is less than two thirds, or says nothing because one of them is always 1.
func (m *measured) product(q, p, a int) float64 {
	for _, scale := range scales {
		all, right, telling := 0, 0, 0
		for r := range m.rows {
			x, y, z := m.value(r, q), m.value(r, p), m.value(r, a)
			if x == "" || y == "" || z == "" {
				continue
			}
			all++
			want, ok := rmb.ParseValue(z)
			got, fits := rmb.Product(x, y)
			if scale != "1" {
				got, fits = rmb.Product(scaled(x, scale), y)
			}
			if ok && fits && (got-want).Abs() <= 1 && want != 0 {
				right++
				if x != "1" && y != "1" {
					telling++
				}
			}
		}
		if right*3 >= all*2 && right > 0 && (telling > 0 || right > 1) {
			return float64(right) / float64(all)
		}
	}
	return 0
}

// scaled multiplies a decimal by a scale.
func scaled(x, scale string) string {
	v, ok := rmb.Number(x)
	f, ok2 := rmb.Number(scale)
	if !ok || !ok2 {
		return ""
	}
	return v.Mul(v, f).FloatString(12)
}

// larger says whether most values of a column are larger than those of another.
func (m *measured) larger(a, b int) bool {
	n := 0
	for r := range m.rows {
		x, ok1 := rmb.Number(m.value(r, a))
		y, ok2 := rmb.Number(m.value(r, b))
		if ok1 && ok2 {
			n += x.Cmp(y)
		}
	}
	return n > 0
}

// net is the column of what was to be paid, where the product is the price of
// the list and a discount is taken off it in a column of its own.
func (m *measured) net(kind tableKind, numbers []int, gross int) int {
	for _, off := range numbers {
		for _, n := range numbers {
			if off == gross || n == gross || n == off || n < gross {
				continue
			}
			right, telling := 0, 0
			for r := range m.rows {
				g, ok1 := rmb.ParseValue(m.value(r, gross))
				o, ok2 := rmb.ParseValue(m.value(r, off))
				v, ok3 := rmb.ParseValue(m.value(r, n))
				if ok1 && ok2 && ok3 && g-o.Abs() == v {
					right++
					if o != 0 && v != 0 {
						telling++
					}
				}
			}
			if right == len(m.rows) && telling > 0 && m.prior(kind, "amount", n) >= m.prior(kind, "amount", off) {
				return n
			}
		}
	}
	return gross
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
			give("unit_price", open[0])
		} else {
			give("quantity", open[0])
		}
	}
}

var passedCell = regexp.MustCompile(`合格|通过|符合|正常|完好|一致|完成|√|未|无误|满足|良好|齐全`)

// words gives the columns of words: category and result by their cells, the
// name or model by heading, by what names of models look like, by variety.
func (m *measured) words(kind tableKind, taken []bool, give func(string, int)) {
	var open []int
	for c := range m.x {
		if fit, filled := m.share(c, func(t string) bool { return !isNumber(t) }); !taken[c] && fit*2 > filled {
			open = append(open, c)
		}
	}
	for _, role := range []struct {
		name string
		form func(string) bool
	}{{"category", func(t string) bool { return category(t) != "" && len([]rune(t)) <= 6 }}, {"result", func(t string) bool { return passedCell.MatchString(t) && len([]rune(t)) <= 8 }}} {
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
		best, most := -1, 0.0
		for _, c := range open {
			if taken[c] {
				continue
			}
			s := 0.5 + m.prior(kind, role, c)
			if fit, filled := m.share(c, modelName.MatchString); role == "model" && fit*2 > filled {
				s += 4
			}
			if m.distinct(c) > 1 {
				s++
			}
			if s > most {
				best, most = c, s
			}
		}
		give(role, best)
	}
}
