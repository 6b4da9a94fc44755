package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// otherReadings mends rows whose quantity times price is not their amount with the other
// readings of their cells: what a second recogniser read, and points that may be
// commas. Where one choice alone comes out, it is proven by that.
func otherReadings(t *hequan.Table) {
	q, p, a := t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if q < 0 || p < 0 || a < 0 {
		return
	}
	for _, r := range t.Rows {
		if has(r[q].Proof, hequan.ProofTextLayer) || r[a].Text == "" {
			continue
		}
		if amount, ok := rmb.ParseValue(r[a].Value); ok && product(r[q].Value, r[p].Value, amount) {
			continue
		}
		var found, exact [][3]string
		for _, amount := range moneyReadings(r[a]) {
			sum, ok := rmb.ParseValue(amount)
			if !ok {
				continue
			}
			for _, price := range numberReadings(r[p]) {
				for _, quantity := range numberReadings(r[q]) {
					if product(quantity, price, sum) {
						found = append(found, [3]string{quantity, price, amount})
					}
					if v, ok := rmb.Product(quantity, price); ok && v == sum {
						exact = append(exact, [3]string{quantity, price, amount})
					}
				}
			}
		}
		if len(exact) > 0 {
			found = exact // not a fen off
		}
		if len(found) != 1 {
			continue
		}
		for i, c := range []int{q, p, a} {
			if r[c].Value != found[0][i] {
				r[c].Value, r[c].Proof = found[0][i], nil
			}
			if sum, _ := rmb.ParseValue(found[0][2]); c != q || borneOut(r[q], found[0][1], sum) {
				addProof(&r[c], hequan.ProofArithmetic)
			}
		}
	}
}

// numberReadings are the numbers that a cell may hold.
func numberReadings(c hequan.Cell) []string {
	return distinct(append([]string{c.Value, cellNumber(c.Text), cellNumber(c.Alt)}, slices.Concat(pointedNumbers(c.Text), pointedNumbers(c.Alt))...))
}

// moneyReadings are the sums that a cell may hold.
func moneyReadings(c hequan.Cell) []string {
	all := []string{c.Value, cellMoney(c.Text), cellMoney(c.Alt)}
	for _, s := range slices.Concat(pointedNumbers(c.Text), pointedNumbers(c.Alt)) {
		all = append(all, cellMoney(s))
	}
	return distinct(all)
}

// zeroLed is no number as anybody writes it: 0,002 is 0.002 with its point read as a comma.
var zeroLed = regexp.MustCompile(`^0\d`)

// distinct are the readings that are one.
func distinct(all []string) []string {
	var out []string
	for _, s := range all {
		if s != "" && !zeroLed.MatchString(s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

var pointedGroups = regexp.MustCompile(`^\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,3})$`)

// pointedNumbers are the numbers that digits in groups may be, when any mark between them
// may be a point or a comma: 3.033.616.5 is 3,033,616.5, and 688.027 may be 688,027.
func pointedNumbers(text string) []string {
	text = strings.Trim(strings.Map(dropSpace, text), "¥￥元")
	if !pointedGroups.MatchString(text) {
		return nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' })
	last := len(parts) - 1
	out := []string{strings.Join(parts[:last], "") + "." + parts[last]}
	if len(parts[last]) == 3 {
		out = append(out, strings.Join(parts, ""))
	}
	return out
}
