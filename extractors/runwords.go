package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// wholeWords takes an amount in words that its line cut off from the running
// text: where the words that were read are the beginning of longer ones there
// and only the longer ones say what stands in digits.
func wholeWords(f *flow, c *Content, digits, words string) {
	w, x := c.field(words), c.field(digits)
	if w == nil || x == nil || x.Value == "" || w.Value == x.Value {
		return
	}
	want, ok := rmb.ParseValue(x.Value)
	if !ok {
		return
	}
	for _, s := range statedWords(f) {
		if s.value == want && touches(f.field("", "", s.from, s.to), *w) {
			c.set(f.field(words, s.value.String(), s.from, s.to))
			return
		}
	}
}

// behindSign is an amount right behind a character that the sign ¥ and the first digit are taken for: 区39,286.86, 也,250,000.00.
var behindSign = regexp.MustCompile(`[\p{Han}&](,?\d{1,3}(?:,\d{3})+\.\d{2})`)

// firstDigitLost reads an amount whose first digit was taken together with the sign before it, where the words say
// what it is: nothing proves that, a person has to look.
func firstDigitLost(f *flow, c *Content, digits, words string) {
	w, x := c.field(words), c.field(digits)
	if w == nil || w.Value == "" || x != nil && x.Value != "" && !lostDigit(w.Value, x.Value) {
		return
	}
	for _, m := range f.matches(behindSign) {
		read := strings.ReplaceAll(f.string(m[0], m[1]), ",", "")
		if rest, ok := strings.CutSuffix(w.Value, read); ok && len(rest) == 1 {
			found := f.field(digits, w.Value, m[0], m[1])
			found.Repaired, found.Proof, found.Confidence = found.Text, nil, min(found.Confidence, 0.6)
			c.set(found)
			return
		}
	}
}

// touches says whether two fields share a part of the page.
func touches(a, b hequan.Field) bool { return a.Page == b.Page && overlaps(a.Box, b.Box) }
