package extractors

import (
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

// touches says whether two fields share a part of the page.
func touches(a, b hequan.Field) bool { return a.Page == b.Page && overlaps(a.Box, b.Box) }
