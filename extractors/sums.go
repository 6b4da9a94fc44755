package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// inWords is an amount in words, in the characters of 大写 only.
var inWords = regexp.MustCompile(`([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*)`)

// sum is an amount that a document states somewhere.
type sum struct {
	value    rmb.Fen
	from, to int // in the flow
}

// statedWords are the amounts in words of a text that read in one way only.
func statedWords(f *flow) (out []sum) {
	for _, m := range f.matches(inWords) {
		if v, exact, ok := rmb.ParseWords(f.string(m[0], m[1])); ok && exact && v >= rmb.Yuan {
			out = append(out, sum{v, m[0], m[1]})
		}
	}
	return out
}

// statedDigits are the amounts in digits of a text.
func statedDigits(f *flow) (out []sum) {
	for _, found := range amounts(string(f.text)) {
		out = append(out, sum{found.Fen, found.Start, found.End})
	}
	return out
}

// agreed finds the amount that stands in a document both in words and in
// digits, the largest where there are several: parts of a sum are smaller.
// Of several places in digits the one nearest to the words counts.
func agreed(f *flow) (digits, words sum, ok bool) {
	all := statedDigits(f)
	for _, w := range statedWords(f) {
		if ok && w.value <= words.value {
			continue
		}
		near := -1
		for k, s := range all {
			if s.value != w.value {
				continue
			}
			if near < 0 || apartBy(s, w) < apartBy(all[near], w) {
				near = k
			}
		}
		if near >= 0 {
			digits, words, ok = all[near], w, true
		}
	}
	return digits, words, ok
}

// besides is the only amount in digits that stands right beside one in words: （大写：…） between them at most.
func besides(f *flow) (digits, words sum, ok bool) {
	const near = 14
	for _, w := range statedWords(f) {
		for _, s := range statedDigits(f) {
			if s.value < 100*rmb.Yuan || apartBy(s, w) > near || strings.ContainsAny(f.string(min(s.to, w.to), max(s.from, w.from)), "。；\n") {
				continue
			}
			if ok && s.value != digits.value {
				return digits, words, false
			}
			digits, words, ok = s, w, true
		}
	}
	return digits, words, ok
}

func apartBy(a, b sum) int {
	if a.from > b.from {
		return a.from - b.to
	}
	return b.from - a.to
}

// settleSum takes the amount that stands in words and in digits alike for a
// paper's sum, where no label gave one or gave a smaller one, and the words
// alone where no label gave them.
func settleSum(f *flow, c *Content, digits, words string) {
	if d, w, ok := agreed(f); ok {
		old, known := rmb.Fen(0), false
		if x := c.field(digits); x != nil {
			old, known = rmb.ParseValue(x.Value)
		}
		if !known || old < d.value {
			c.set(f.field(digits, d.value.String(), d.from, d.to))
			old = d.value
		}
		if x := c.field(words); old == d.value && (x == nil || x.Value != d.value.String()) {
			c.set(f.field(words, w.value.String(), w.from, w.to))
		}
	}
	if x := c.field(digits); x == nil || x.Value == "" {
		// Digits right beside words are the same sum to whoever wrote them, though they may differ.
		if d, w, ok := besides(f); ok {
			c.set(f.field(digits, d.value.String(), d.from, d.to))
			if c.field(words) == nil {
				c.set(f.field(words, w.value.String(), w.from, w.to))
			}
		}
	}
	if x := c.field(words); x == nil {
		var largest *sum
		for _, w := range statedWords(f) {
			if largest == nil || w.value > largest.value {
				largest = &w
			}
		}
		if largest != nil {
			c.set(f.field(words, largest.value.String(), largest.from, largest.to))
		}
	}
}

// settleTotal takes the sum of a table's amounts for the total where the paper
// states that sum, and no label gave a total or gave the amount of a line.
func settleTotal(f *flow, c *Content, table string) {
	total, largest, lines := rmb.Fen(0), rmb.Fen(0), map[string]bool{}
	for _, t := range c.Tables {
		a := t.Column("amount")
		if t.Name != table || a < 0 {
			continue
		}
		for _, r := range t.Rows {
			v, ok := rmb.ParseValue(r[a].Value)
			if !ok {
				return
			}
			total += v
			largest = max(largest, v)
			lines[r[a].Value] = true
		}
	}
	x := c.field("total")
	if x != nil {
		if v, ok := rmb.ParseValue(x.Value); ok && v < largest {
			lines[x.Value] = true // less than one of the lines: no total, whatever stands before it
		}
	}
	if total == 0 || x != nil && x.Value == total.String() || x != nil && x.Value != "" && !lines[x.Value] {
		return
	}
	for _, s := range statedDigits(f) {
		if s.value == total && (len(lines) > 1 || !f.inTable(s.from, c)) {
			c.set(f.field("total", total.String(), s.from, s.to))
			return
		}
	}
	if x != nil && len(lines) > 1 {
		c.drop("total") // one of several lines is not their total, and that one was not read
	}
}

// inTable says whether a place of the flow is a cell of a table.
func (f *flow) inTable(k int, c *Content) bool {
	at := f.field("", "", k, k+1)
	for _, t := range c.Tables {
		for _, r := range t.Rows {
			for _, cell := range r {
				if cell.Text != "" && (cell.Page == at.Page || cell.Page == 0 && t.Page == at.Page) && overlaps(cell.Box, at.Box) {
					return true
				}
			}
		}
	}
	return false
}

func overlaps(a, b hequan.Box) bool {
	return min(a[2], b[2]) > max(a[0], b[0]) && min(a[3], b[3]) > max(a[1], b[1])
}
