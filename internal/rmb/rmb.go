// Package rmb reads and writes sums of money in renminbi: digits as they are
// printed (¥1,234.56, 104.3万元, （12.00）) and 大写 amounts. Inside the program
// a sum is an integer number of fen; no float ever touches it.
package rmb

import (
	"strconv"
	"strings"
)

// Fen is a sum of money in fen, 1/100 yuan. It may be negative.
type Fen int64

// Yuan is 100 fen.
const Yuan Fen = 100

// Wan is 10,000 yuan (万元).
const Wan = 10000 * Yuan

// String returns the normal form of the contract: yuan with two digits, "-1234.50".
func (f Fen) String() string {
	sign := ""
	u := uint64(f)
	if f < 0 {
		sign = "-"
		u = -u
	}
	frac := strconv.FormatUint(u%100, 10)
	if len(frac) == 1 {
		frac = "0" + frac
	}
	return sign + strconv.FormatUint(u/100, 10) + "." + frac
}

// Grouped returns the sum as people read it: "1,234,567.89".
func (f Fen) Grouped() string {
	s := f.String()
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return sign + b.String() + "." + frac
}

// Abs returns the sum without its sign.
func (f Fen) Abs() Fen {
	if f < 0 {
		return -f
	}
	return f
}
