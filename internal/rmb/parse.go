package rmb

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Parse reads a text that is one amount in digits: "¥1,234.56", "RMB 12",
// "人民币104.3万元", "1.2亿元", "-3.00元", "（3.00）", "３００元整". An amount
// finer than a fen is not an amount (it is a unit price) and is not read.
func Parse(text string) (Fen, bool) {
	found := Find(text)
	if len(found) != 1 {
		return 0, false
	}
	s := oneForOne(text) // where the places of Find are
	rest := s[:found[0].start] + s[found[0].end:]
	if strings.Trim(rest, " \t\r\n\u3000:：;；,，。()（）元整正小写合计") != "" {
		return 0, false
	}
	return found[0].Fen, true
}

// ParseValue reads the normal form of the contract, "-1234.50" (also "1234" and "1234.5").
func ParseValue(value string) (Fen, bool) {
	if f, ok := canonical(value); ok {
		return f, true
	}
	r, ok := Number(value)
	if !ok {
		return 0, false
	}
	return fen(r)
}

// canonical reads "-1234.50" as it stands: what nearly every value is.
func canonical(s string) (Fen, bool) {
	digits := s
	if digits != "" && digits[0] == '-' {
		digits = digits[1:]
	}
	dot := len(digits) - 3
	if dot < 1 || dot > 15 || digits[dot] != '.' {
		return 0, false
	}
	var f Fen
	for i := range len(digits) {
		switch c := digits[i]; {
		case i == dot:
		case c < '0' || c > '9':
			return 0, false
		default:
			f = f*10 + Fen(c-'0')
		}
	}
	if len(digits) < len(s) {
		f = -f
	}
	return f, true
}

// fen converts yuan that are a whole number of fen.
func fen(yuan *big.Rat) (Fen, bool) {
	x := new(big.Rat).Mul(yuan, big.NewRat(100, 1))
	if !x.IsInt() || !x.Num().IsInt64() {
		return 0, false
	}
	return Fen(x.Num().Int64()), true
}

// Found is an amount that stands in a text.
type Found struct {
	Fen
	Start, End int    // runes of the text
	Text       string // what stands there, sign and unit included
	Marked     bool   // a currency sign or a unit (元 万 亿) says that it is money
	start, end int    // bytes
}

// A currency mark or none, a sign, digits, a unit or none. OCR reads ¥ as Y now and then.
var amountPattern = regexp.MustCompile(
	`(\(|-|−|负)?\s*(¥|￥|RMB|CNY|人民币|[Yy])?\s*(-|−)?\s*(\d{1,3}(?:, ?\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(\))?\s*(亿元|万元|元|圆|亿|万)?`)

// oneForOne is the NFKC normal form of a text, rune by rune: what normalisation makes several runes of, or joins with the
// one before it (㎡, …, combining marks), becomes a box, so that places in it are places in the text.
func oneForOne(text string) string {
	return strings.Map(func(r rune) rune {
		n := []rune(norm.NFKC.String(string(r)))
		if len(n) != 1 || unicode.Is(unicode.M, r) {
			return '□'
		}
		return n[0]
	}, text)
}

// standsApart says whether what follows a text stands by itself, as in a cell: there brackets make an amount negative, behind
// a word they are those of the sentence.
func standsApart(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(before, unicode.IsSpace))
	return !unicode.IsLetter(r)
}

// Find returns the amounts in digits that stand in a text, in order. Runs of
// digits that belong to a date, a percentage or an identifier are not told
// apart here: ask for Marked where the text is not known to be money.
func Find(text string) []Found {
	s := oneForOne(text)
	var out []Found
	for _, m := range amountPattern.FindAllStringSubmatchIndex(s, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		r, ok := Number(part(4))
		if !ok {
			continue
		}
		mark, unit := part(2), part(6)
		switch {
		case strings.HasPrefix(unit, "万"):
			r.Mul(r, big.NewRat(10000, 1))
		case strings.HasPrefix(unit, "亿"):
			r.Mul(r, big.NewRat(100000000, 1))
		}
		start, end := m[0], m[1]
		open, closed := part(1), part(5)
		if open == "(" && closed == "" { // a bracket that belongs to the sentence
			start += len("(")
		}
		negative := open == "-" || open == "−" || open == "负" || part(3) != "" || open == "(" && closed != "" && standsApart(s[:m[0]])
		if closed != "" && open != "(" && unit == "" {
			end = m[2*5]
		}
		if negative {
			r.Neg(r)
		}
		f, ok := fen(r)
		if !ok {
			continue
		}
		txt := s[start:end]
		lead := len(txt) - len(strings.TrimLeftFunc(txt, unicode.IsSpace))
		start += lead
		txt = strings.TrimSpace(txt)
		out = append(out, Found{
			Fen: f, Text: txt,
			Start: utf8.RuneCountInString(s[:start]), End: utf8.RuneCountInString(s[:start]) + utf8.RuneCountInString(txt),
			Marked: mark != "" || unit != "", start: start, end: start + len(txt),
		})
	}
	return out
}
