// Package alphabet holds the characters that the recognisers of numbers know:
// what amounts, 大写, dates, codes, quantities and model names consist of.
package alphabet

import (
	"slices"
	"strings"
)

// Other stands for a character that the recognisers don't know.
const Other = '□'

// Latin and Chinese are the characters that the recognisers know.
const (
	Latin   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,-/:()%_+*#~¥"
	Chinese = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负〇一二三四五六七八九十百千" +
		"年月日至人民币大写小合计共总价税金额率单数量次台套个件天时度卡核户份张页批项本组号第起止自到期" +
		"发票码代开合同编签订付款收⊗"
)

// foldings maps what is printed to what is read: marks of full width and
// forms of a numeral that mean the same.
var foldings = map[rune]rune{
	'￥': '¥', '，': ',', '．': '.', '：': ':', '（': '(', '）': ')', '％': '%', '－': '-', '—': '-', '–': '-', '／': '/', '～': '~',
	'貳': '贰', '陸': '陆', '萬': '万', '億': '亿', '圓': '圆', '參': '叁', '叄': '叁', '参': '叁', '負': '负', '幣': '币', '寫': '写',
}

// All returns every character that may be read once, in ascending order.
func All() []rune {
	all := append([]rune(Latin+Chinese), Other)
	slices.Sort(all)
	return slices.Compact(all)
}

var known = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range All() {
		m[r] = true
	}
	return m
}()

// Fold returns what is read for a printed character: marks of full width
// become narrow, old forms of numerals new; ok is false where the recognisers
// don't know it.
func Fold(r rune) (folded rune, ok bool) {
	if r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' {
		r -= '０' - '0'
	}
	if f, is := foldings[r]; is {
		r = f
	}
	return r, known[r]
}

// Read returns what should be read of a printed text: gaps are dropped,
// characters folded, unknown ones are Other.
func Read(printed string) string {
	var b strings.Builder
	for _, r := range printed {
		if r == ' ' || r == '　' {
			continue
		}
		f, ok := Fold(r)
		if !ok {
			f = Other
		}
		b.WriteRune(f)
	}
	return b.String()
}
