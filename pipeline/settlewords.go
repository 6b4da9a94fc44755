package pipeline

import (
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// wordsBeside names, of each kind, the amount in words and the one in digits that
// it says again; none where a paper states its amount in one way only.
var wordsBeside = map[hequan.Kind][2]string{
	hequan.KindInvoice: {"total_words", "total"}, hequan.KindSettlement: {"total_words", "total"}, hequan.KindContract: {"amount_words", "amount"},
	hequan.KindBusinessLicense: {"capital", ""},
}

// numerals are what an amount in words is written with.
const numerals = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正"

// settleWords reads an amount in words from its picture where recognition made no sense of it, or
// another amount than stands beside it in digits: character by character (settleSeen), else where
// each character that was not read as such is likelier than every other numeral the one that the digits
// want. Where two readings agree on another amount than the picture shows, the amount is unsure.
func (s *settler) settleWords(d *hequan.Document) {
	names, ok := wordsBeside[d.Kind]
	if !ok {
		return
	}
	words, digits := d.Field(names[0]), d.Field(names[1])
	if words == nil || words.Box.IsZero() || words.Value != "" && (names[1] == "" || digits != nil && words.Value == digits.Value) {
		return
	}
	chars := s.chars(d.SHA256, words.Page, words.Box)
	if s.settleSeen(d, words, digits, chars) || digits == nil {
		return
	}
	amount, ok := rmb.ParseValue(digits.Value)
	if amount = amount.Abs(); !ok || amount == 0 {
		return
	}
	var best []rune
	most := 0
	for _, form := range spellings(amount.Words()) {
		if m := matched(align([]rune(form), chars)); m > most {
			best, most = []rune(form), m
		}
	}
	before, _, behind := extras(align(best, chars), chars)
	if strings.ContainsAny(before+behind, numerals) { // more is written than the amount
		return
	}
	if most < 3 || most*2 < len(best) || !s.shown(d.SHA256, words.Page, best, chars, []rune(numerals)...) {
		return
	}
	if words.Value != "" && words.Proven() { // two readings against the picture: nobody knows
		words.Proof, words.Confidence = nil, refutedConfidence
		return
	}
	words.Value, words.Repaired, words.Confidence = digits.Value, words.Text, settledConfidence
}

// spellings are the ways in which an amount is written: 元 or 圆, 整, 正 or nothing.
func spellings(words string) []string {
	var out []string
	for _, unit := range []string{"元", "圆"} {
		w := strings.NewReplacer("元", unit, "圆", unit).Replace(words)
		bare := strings.TrimSuffix(strings.TrimSuffix(w, "整"), "正")
		out = append(out, w)
		if bare != w {
			out = append(out, bare+"正", bare)
		}
	}
	return out
}
