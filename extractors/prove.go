package extractors

import (
	"math/big"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// prove looks for redundancy: what two independent places of a document say is
// a fact. 大写 = 小写 proves both, net + tax = gross all three, a table whose
// lines add up to the total its amounts.
func prove(kind hequan.Kind, c *Content) {
	words := [2]string{"total", "total_words"}
	if kind == hequan.KindContract {
		words = [2]string{"amount", "amount_words"}
	}
	if digits, inWords := c.field(words[0]), c.field(words[1]); digits != nil && inWords != nil && digits.Value != "" && digits.Value == inWords.Value && (digits.Repaired == "" || kind == hequan.KindInvoice) {
		digits.AddProof(hequan.ProofWords)
		inWords.AddProof(hequan.ProofWords)
	}
	contradict(c.field(words[0]), c.field(words[1]))
	if kind == hequan.KindInvoice {
		net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
		if a, b, g, ok := three(net, tax, gross); ok && a+b == g && a > 0 && b > 0 {
			for _, f := range []*hequan.Field{net, tax, gross} {
				f.AddProof(hequan.ProofArithmetic)
			}
		}
	}
	total := c.field("total")
	if kind == hequan.KindContract || kind == hequan.KindInvoice {
		total = c.field("amount")
	}
	for i := range c.Tables {
		proveTable(&c.Tables[i], total)
	}
}

// contradict looks at words that could be read in more than one way. None of
// the ways being the digits is a contradiction: the nearest stands as their
// value, unproven. One of them being the digits proves nothing: the words stay unread.
func contradict(digits, words *hequan.Field) {
	if digits == nil || words == nil {
		return
	}
	sum, ok := rmb.ParseValue(digits.Value)
	if !ok {
		return
	}
	if v, ok := rmb.ParseValue(words.Value); ok && v > 0 && v < sum/20 && !has(words.Proof, hequan.ProofTextLayer) {
		words.Value, words.Proof = "", nil // the end of the words alone was read
		return
	}
	if words.Value != "" {
		return
	}
	candidates, _ := rmb.WordCandidates(words.Text)
	if len(candidates) == 0 {
		return
	}
	nearest := candidates[0]
	for _, c := range candidates {
		if (c - sum).Abs() < (nearest - sum).Abs() {
			nearest = c
		}
	}
	if nearest != sum {
		words.Value, words.Confidence, words.Repaired = nearest.String(), min(words.Confidence, 0.5), words.Text
	}
}

func three(a, b, c *hequan.Field) (x, y, z rmb.Fen, ok bool) {
	if a == nil || b == nil || c == nil {
		return 0, 0, 0, false
	}
	x, ok1 := rmb.ParseValue(a.Value)
	y, ok2 := rmb.ParseValue(b.Value)
	z, ok3 := rmb.ParseValue(c.Value)
	return x, y, z, ok1 && ok2 && ok3
}

// proveTable marks the amounts of rows where quantity × price = amount, and of
// all rows where they add up to the total.
func proveTable(t *hequan.Table, total *hequan.Field) {
	amount, quantity, price := t.Column("amount"), t.Column("quantity"), t.Column("unit_price")
	if amount < 0 {
		return
	}
	sum, whole := rmb.Fen(0), true
	for _, r := range t.Rows {
		v, ok := rmb.ParseValue(r[amount].Value)
		if !ok {
			whole = false
			continue
		}
		sum += v
		if quantity < 0 || price < 0 || r[quantity].Value == "" || r[price].Value == "" {
			continue
		}
		if p, ok := rmb.Product(r[quantity].Value, r[price].Value); ok && p == v && r[quantity].Value != "1" {
			addProof(&r[amount], hequan.ProofArithmetic)
			addProof(&r[price], hequan.ProofArithmetic)
			if borneOut(r[quantity], r[price].Value, v) {
				addProof(&r[quantity], hequan.ProofArithmetic)
			}
		} else if ok && p != v && oneDecimal.MatchString(r[amount].Text) && strings.HasPrefix(p.String(), strings.TrimSuffix(v.String(), "0")) {
			r[amount].Proof, r[amount].Confidence = nil, min(r[amount].Confidence, 0.5) // cut off by its cell
		} else if ok && p != v && !has(r[quantity].Proof, hequan.ProofTextLayer) && lostEnd(r[quantity].Value, r[price].Value, v) {
			r[quantity].Proof, r[quantity].Confidence = nil, min(r[quantity].Confidence, 0.6)
		}
	}
	if !whole || total == nil || len(t.Rows) < 2 {
		return
	}
	if lostDigit(total.Value, sum.String()) && !slices.ContainsFunc(total.Proof, func(p hequan.Proof) bool { return p != hequan.ProofTwoReadings }) {
		total.Proof, total.Confidence = nil, min(total.Confidence, 0.5) // two readers may lose the digit behind ¥ alike
	}
	if doubledDigit(total.Value, sum.String()) && !has(total.Proof, hequan.ProofTextLayer) && !has(total.Proof, hequan.ProofWords) {
		total.Repaired, total.Value, total.Proof, total.Confidence = total.Value, sum.String(), nil, min(total.Confidence, 0.75)
		return
	}
	if oneDecimal.MatchString(total.Text) && total.Value != sum.String() && strings.HasPrefix(sum.String(), strings.TrimSuffix(total.Value, "0")) {
		total.Value, total.Proof = sum.String(), nil // its last digit stands in another line; the rows have it
	}
	if v, ok := rmb.ParseValue(total.Value); ok && v == sum {
		total.AddProof(hequan.ProofArithmetic)
		for _, r := range t.Rows {
			addProof(&r[amount], hequan.ProofArithmetic)
		}
	}
}

// doubledDigit says whether a value is another one of whose digits one was read twice: 4888656.76 of 488656.76.
func doubledDigit(read, want string) bool {
	if len(read) != len(want)+1 {
		return false
	}
	for i := 1; i < len(read); i++ {
		if read[i] == read[i-1] && read[:i]+read[i+1:] == want {
			return true
		}
	}
	return false
}

// lostEnd says whether a quantity with one digit more at its beginning or its end comes to the amount: two readers may lose it alike.
func lostEnd(quantity, price string, amount rmb.Fen) bool {
	for d := '0'; d <= '9'; d++ {
		for _, whole := range []string{string(d) + quantity, quantity + string(d)} {
			if v, ok := rmb.Product(whole, price); ok && v == amount {
				return true
			}
		}
	}
	return false
}

// borneOut says whether a quantity of which the price times it is the amount is proven by that. At small prices quantities that
// differ in their last digit have one amount, rounded to the fen: there it has to be what was read, and no
// other reading of it another such.
func borneOut(c hequan.Cell, price string, amount rmb.Fen) bool {
	if pinned(c.Value, price, amount) {
		return true
	}
	if v := cellNumber(strings.Map(dropSpace, c.Text)); v != c.Value && !slices.Contains(pointedNumbers(c.Text), c.Value) {
		return false
	}
	for _, other := range numberReadings(c) {
		if v, ok := rmb.Product(other, price); ok && v == amount && other != c.Value {
			return false
		}
	}
	return true
}

// pinned says whether no quantity beside this one, the smallest step up or down, comes to the amount.
func pinned(quantity, price string, amount rmb.Fen) bool {
	q, ok := rmb.Number(quantity)
	if !ok {
		return false
	}
	_, decimals, _ := strings.Cut(quantity, ".")
	step := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil))
	for _, beside := range []*big.Rat{new(big.Rat).Add(q, step), new(big.Rat).Sub(q, step)} {
		if v, ok := rmb.Product(beside.FloatString(len(decimals)), price); ok && v == amount {
			return false
		}
	}
	return true
}

// lostDigit says whether one sum is the other without its first digit.
func lostDigit(a, b string) bool {
	return a != "" && b != "" && (len(a) == len(b)+1 && strings.HasSuffix(a, b) || len(b) == len(a)+1 && strings.HasSuffix(b, a))
}

func addProof(c *hequan.Cell, p hequan.Proof) {
	if !has(c.Proof, p) {
		c.Proof = append(c.Proof, p)
	}
}
