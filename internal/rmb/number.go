package rmb

import (
	"math/big"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxDigits bounds what is taken for a number: longer runs are identifiers.
const maxDigits = 24

// Number reads a plain decimal number as it is printed: full-width digits,
// thousands separators in their places, a sign. The second result is false for
// anything else, misplaced separators included.
func Number(text string) (*big.Rat, bool) {
	s, ok := Decimal(text)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// Decimal returns the normal form of a printed number: a decimal string
// without separators ("1,234.50" is "1234.50"; "１２" is "12").
func Decimal(text string) (string, bool) {
	s := strings.TrimSpace(norm.NFKC.String(text))
	s = strings.ReplaceAll(s, "−", "-")
	sign := ""
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' {
		sign, s = "-", strings.TrimSpace(s[1:len(s)-1])
	} else if rest, found := strings.CutPrefix(s, "-"); found {
		sign, s = "-", strings.TrimSpace(rest)
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s = strings.ReplaceAll(s, ", ", ",")
	whole, frac, point := strings.Cut(s, ".")
	whole, ok := ungroup(whole)
	if !ok || point && frac == "" || !digits(frac) || len(whole)+len(frac) > maxDigits {
		return "", false
	}
	if whole == "" {
		return "", false
	}
	if point {
		return sign + whole + "." + frac, true
	}
	return sign + whole, true
}

// ungroup removes thousands separators that stand in their places.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, s != "" && digits(s)
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if !digits(p) || i > 0 && len(p) != 3 || i == 0 && (len(p) == 0 || len(p) > 3) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Round returns yuan as fen, half a fen away from zero. It is false for sums
// that no fen can hold.
func Round(yuan *big.Rat) (Fen, bool) {
	x := new(big.Rat).Mul(yuan, big.NewRat(100, 1))
	neg := x.Sign() < 0
	x.Abs(x)
	x.Add(x, big.NewRat(1, 2))
	q := new(big.Int).Quo(x.Num(), x.Denom())
	if !q.IsInt64() {
		return 0, false
	}
	f := Fen(q.Int64())
	if neg {
		f = -f
	}
	return f, true
}

// Product returns quantity × unit price, rounded to the fen. Both are normal
// forms of numbers, the price in yuan.
func Product(quantity, price string) (Fen, bool) {
	q, ok := Number(quantity)
	if !ok {
		return 0, false
	}
	p, ok := Number(price)
	if !ok {
		return 0, false
	}
	return Round(q.Mul(q, p))
}
