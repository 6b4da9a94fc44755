package extractors

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"hequan/internal/rmb"
)

// sums is the arithmetic of a measured table: what its columns of numbers say of
// each other, and of what the paper states beside the table.
type sums struct {
	m         *measured
	kind      tableKind
	numbers   []int
	values    [][]*big.Rat // by column, then row; nil where there is none
	tried     []int        // rows that products are tried on
	stated    map[rmb.Fen]bool
	listPrice bool // the price is that of a list, a discount was taken off afterwards
}

// mostTried is how many rows products are tried on: enough that no other columns
// hold by chance, evenly over the table.
const mostTried = 24

func newSums(d *doc, kind tableKind, m *measured, numbers []int) *sums {
	s := &sums{m: m, kind: kind, numbers: numbers, values: make([][]*big.Rat, len(m.x)), stated: map[rmb.Fen]bool{}}
	for _, c := range numbers {
		s.values[c] = make([]*big.Rat, len(m.rows))
		for r := range m.rows {
			if v, ok := rmb.Number(m.value(r, c)); ok {
				s.values[c][r] = v
			}
		}
	}
	step := max(1, len(m.rows)/mostTried)
	for r := 0; r < len(m.rows); r += step {
		s.tried = append(s.tried, r)
	}
	own := map[int]bool{}
	for _, i := range m.rows {
		own[i] = true
	}
	for i, r := range d.rows {
		if !own[i] {
			for _, f := range amounts(string(r.text)) {
				s.stated[f.Fen] = true
			}
		}
	}
	return s
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

// scaled multiplies a decimal by a scale.
func scaled(x, scale string) string {
	v, ok := rmb.Number(x)
	f, ok2 := rmb.Number(scale)
	if !ok || !ok2 {
		return ""
	}
	return v.Mul(v, f).FloatString(12)
}

var scaleRats = func() (out []*big.Rat) {
	for _, s := range scales {
		v, _ := rmb.Number(s)
		out = append(out, v)
	}
	return out
}()

// solve finds quantity × price = amount among columns of numbers.
func (s *sums) solve(give func(string, int)) bool {
	kind := s.kind
	best, score := [3]int{-1, -1, -1}, 0.0
	for _, q := range s.numbers {
		for _, p := range s.numbers {
			for _, a := range s.numbers {
				if q == p || p == a || q == a {
					continue
				}
				if v := s.weight(q, p, a); v > score {
					best, score = [3]int{q, p, a}, v
				}
			}
		}
	}
	if best[0] < 0 {
		return false
	}
	if score-s.weight(best[1], best[0], best[2]) < 2 {
		give("amount", best[2]) // a product does not say which of its factors is the price
		return false
	}
	if hasColumn(kind, "price_unit") && s.dearer(best[1], best[0]) && s.m.distinct(best[0]) <= s.m.distinct(best[1]) {
		give("amount", best[2]) // a price far above what was used, whatever stands above the columns
		return false
	}
	if s.less(best[2], best[0], best[1]) >= 0 {
		s.listPrice = hasColumn(kind, "price_unit")
		give("quantity", best[0])
		give("unit_price", best[1])
		return false
	}
	paid := s.withTax(s.net(best[2]))
	s.listPrice = paid != best[2] && hasColumn(kind, "price_unit")
	give("amount", paid)
	give("quantity", best[0])
	give("unit_price", best[1])
	return true
}

// weight is how much speaks for a column being the quantity, one the price and one
// the amount; 0 where they make no product.
func (s *sums) weight(q, p, a int) float64 {
	m, kind := s.m, s.kind
	held := s.product(q, p, a)
	if held == 0 {
		return 0
	}
	v := 10*held + m.prior(kind, "quantity", q) + m.prior(kind, "unit_price", p) + m.prior(kind, "amount", a) -
		m.prior(kind, "unit_price", q) - m.prior(kind, "quantity", p) - m.prior(kind, "quantity", a) - m.prior(kind, "unit_price", a)
	// Use is counted in many units at a small price; things are few and dear.
	metered := hasColumn(kind, "price_unit")
	if s.larger(q, p) == metered {
		v += 4
	}
	if metered { // and the price stays while the use changes
		switch few, many := m.distinct(p), m.distinct(q); {
		case few < many:
			v += 4
		case few > many:
			v -= 4
		}
	}
	if !metered && !m.most(q, wholeNumber.MatchString) {
		v -= 3
	}
	if a > q && a > p {
		v += 0.2
	}
	if s.isStated(a) {
		v += 2
	}
	return v
}

var wholeNumber = regexp.MustCompile(`^\d{1,6}(?:\.0+)?\p{Han}{0,2}$`)

func hasColumn(kind tableKind, name string) bool {
	_, ok := kind.column(name)
	return ok
}

// product is the share of rows in which quantity × price = amount, a fen allowed,
// 0 where it is less than two thirds, or says nothing because one of them is always 1.
func (s *sums) product(q, p, a int) float64 {
	fen := big.NewRat(3, 200)
	one := big.NewRat(1, 1)
	got, off := new(big.Rat), new(big.Rat)
	for _, scale := range scaleRats {
		all, right, telling := 0, 0, 0
		for n, r := range s.tried {
			x, y, z := s.values[q][r], s.values[p][r], s.values[a][r]
			if x == nil || y == nil || z == nil {
				continue
			}
			all++
			got.Mul(got.Mul(x, y), scale)
			if off.Sub(got, z); z.Sign() != 0 && off.Abs(off).Cmp(fen) < 0 {
				right++
				if x.Cmp(one) != 0 && y.Cmp(one) != 0 {
					telling++
				}
			}
			if left := len(s.tried) - n - 1; (right+left)*3 < (all+left)*2 {
				break
			}
		}
		if right*3 >= all*2 && right > 0 && (telling > 0 || right > 1) {
			return float64(right) / float64(all)
		}
	}
	return 0
}

// larger says whether most values of a column are larger than those of another.
func (s *sums) larger(a, b int) bool {
	n := 0
	for _, r := range s.tried {
		if x, y := s.values[a][r], s.values[b][r]; x != nil && y != nil {
			n += new(big.Rat).Abs(x).Cmp(new(big.Rat).Abs(y))
		}
	}
	return n > 0
}

// dearer says whether most numbers of a column are fifty times those of another and more, and above 500: no price of one
// unit of use.
func (s *sums) dearer(a, b int) bool {
	n := 0
	for _, r := range s.tried {
		if x, y := s.values[a][r], s.values[b][r]; x != nil && y != nil && x.Cmp(big.NewRat(500, 1)) > 0 && x.Cmp(new(big.Rat).Mul(y, big.NewRat(50, 1))) > 0 {
			n++
		} else if x != nil && y != nil {
			n--
		}
	}
	return n > 0
}

// net is the column of what was to be paid, where the product is the price of
// the list and a discount is taken off it in a column of its own.
func (s *sums) net(gross int) int {
	for _, off := range s.numbers {
		for _, n := range s.numbers {
			if off == gross || n == gross || n == off || n < gross {
				continue
			}
			right, telling := 0, 0
			for r := range s.m.rows {
				g, o, v := s.values[gross][r], s.values[off][r], s.values[n][r]
				if g == nil || o == nil || v == nil {
					continue
				}
				if new(big.Rat).Sub(g, new(big.Rat).Abs(o)).Cmp(v) == 0 {
					right++
					if o.Sign() != 0 && v.Sign() != 0 {
						telling++
					}
				}
			}
			if right == len(s.m.rows) && telling > 0 && s.m.prior(s.kind, "amount", n) >= s.m.prior(s.kind, "amount", off) {
				return n
			}
		}
	}
	return gross
}

// withTax is the column of sums with tax where use is priced without it, and the
// tax stands in a column of its own.
func (s *sums) withTax(net int) int {
	if !hasColumn(s.kind, "price_unit") {
		return net
	}
	for _, t := range s.numbers {
		for _, g := range s.numbers {
			if t == net || g == net || t == g {
				continue
			}
			for _, rate := range taxRates {
				if r, ok := rmb.Number(rate); ok && s.taxed(net, t, g, r) {
					return g
				}
			}
		}
	}
	return net
}

// taxed says whether net × rate = tax and net + tax = gross on every row.
func (s *sums) taxed(net, tax, gross int, rate *big.Rat) bool {
	for r := range s.m.rows {
		n, t, g := s.values[net][r], s.values[tax][r], s.values[gross][r]
		if n == nil || t == nil || g == nil || t.Sign() == 0 {
			return false
		}
		due, ok1 := rmb.Round(new(big.Rat).Mul(n, rate))
		have, ok2 := rmb.Round(t)
		if !ok1 || !ok2 || (due-have).Abs() > 1 || new(big.Rat).Add(n, t).Cmp(g) != 0 {
			return false
		}
	}
	return true
}

// total is the sum of a column; ok is false where a row has no number.
func (s *sums) total(c int) (sum rmb.Fen, ok bool) {
	all := new(big.Rat)
	for _, v := range s.values[c] {
		if v == nil {
			return 0, false
		}
		all.Add(all, v)
	}
	return rmb.Round(all)
}

// isStated says whether a column's rows, two at least, add up to an amount that
// stands outside of them.
func (s *sums) isStated(c int) bool {
	if len(s.m.rows) < 2 || s.m.distinct(c) < 2 {
		return false
	}
	sum, ok := s.total(c)
	return ok && sum != 0 && s.stated[sum]
}

// bySum takes for the amounts the only open column of money whose rows add up to
// an amount that the paper states; it says whether there is one.
func (s *sums) bySum(taken []bool, give func(string, int)) bool {
	best := -1
	for _, c := range s.numbers {
		if taken[c] || !s.m.most(c, moneyLike.MatchString) || !s.isStated(c) || s.m.prior(s.kind, "quantity", c)+s.m.prior(s.kind, "unit_price", c) > 0 || partHead.MatchString(s.m.heads[c]) || takenOff.MatchString(bracketUnit.ReplaceAllString(s.m.heads[c], "")) {
			continue
		}
		if best >= 0 {
			return false
		}
		best = c
	}
	give("amount", best)
	return best >= 0
}

// less is the column whose known heading says that it holds what was to be paid,
// where the product stands in a column of another name; -1 for none.
func (s *sums) less(product int, factors ...int) int {
	best, most := -1, s.m.prior(s.kind, "amount", product)+1
	for _, c := range s.numbers {
		if v := s.m.prior(s.kind, "amount", c); c != product && v > most && !slices.Contains(factors, c) {
			best, most = c, v
		}
	}
	return best
}
