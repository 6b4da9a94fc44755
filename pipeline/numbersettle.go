package pipeline

import (
	"regexp"
	"slices"
	"strings"

	"hequan/internal/alphabet"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// minNumberConfidence is the least confidence of a character with which the
// recognisers of numbers overrule a first reading.
const minNumberConfidence = 0.5

// edit is a value found in a span: what of the first reading it takes the place of.
type edit struct {
	span             // in the first reading
	letters []letter // nil: the first reading stays
	twice   bool
	held    bool
	alt     string
	sure    float64 // least confidence of the recognisers of numbers
}

// settleSpan decides between three readings of a stretch. A date that the first reading and a recogniser of numbers, or an amount in
// words that all read alike was read twice. Where the recognisers of numbers agree against the first
// reading theirs takes its place; an amount in words then counts as read twice,
// for nothing else has so strict a grammar. What they differ on stays as it was
// first read, but for an amount in words that the first reading makes no sense of. lost: a character
// of the stretch is likely to be lost by all; then no day is proven by them.
func settleSpan(first []letter, a, b reading, lost bool, value *int) []letter {
	c := newReading(symbolsOf(first))
	if len(c.symbols) != len(first) {
		return first // a symbol of several characters: no place for a value is known
	}
	var edits []edit
	add := func(e edit) {
		for _, o := range edits {
			if e.from < o.to && o.from < e.to {
				return
			}
		}
		edits = append(edits, e)
	}
	for _, v := range values(a.text) {
		at, whole := place(a, v, c)
		inB, _ := place(a, v, b)
		if whole && v.date && !lost && c.sub(at) == a.sub(v.span) && a.least(v.span) >= minNumberConfidence {
			// Of 225 days that the first reading and one recogniser of numbers read alike none was wrong.
			add(edit{span: at, twice: true, sure: a.least(v.span)})
			continue
		}
		if !whole || b.sub(inB) != a.sub(v.span) {
			continue
		}
		sure := min(a.least(v.span), b.least(inB))
		switch {
		case c.sub(at) == a.sub(v.span):
			// Of a number all three may have lost the same digit beside ¥; eng reads it once more, and wider.
			if v.words || v.date && !lost {
				add(edit{span: at, twice: true, sure: sure})
			}
		case sure >= minNumberConfidence:
			// Letters that look alike are read alike by both: of a code eng decides. A number is held, and proven when eng agrees.
			add(edit{span: at, twice: v.words, held: !v.words && !v.code, letters: a.letters(v.span), alt: c.sub(at)})
		}
	}
	for _, r := range []reading{a, b} { // an amount in words that the first reading makes no sense of
		for _, v := range values(r.text) {
			at, whole := place(r, v, c)
			if _, exact, ok := rmb.ParseWords(c.sub(at)); whole && v.words && !(ok && exact) {
				add(edit{span: at, letters: r.letters(v.span), alt: c.sub(at)})
			}
		}
	}
	slices.SortFunc(edits, func(x, y edit) int { return x.from - y.from })
	return apply(first, edits, value)
}

// worthSecond says whether the second recogniser can change anything after what
// the first one of them read: of a number that it reads like the first reading
// it cannot, and that is what most stretches are.
func worthSecond(first []letter, a reading) bool {
	c := newReading(symbolsOf(first))
	if strings.ContainsFunc(a.text+c.text, func(r rune) bool { return upperNumerals[r] }) {
		return true
	}
	for _, v := range values(a.text) {
		at, whole := place(a, v, c)
		if whole && (v.words || v.date || c.sub(at) != a.sub(v.span)) {
			return true
		}
	}
	return false
}

// markAlike marks the numbers of a stretch that were read alike; codes are
// none, for letters that look alike are read alike.
func markAlike(first []letter, a reading) []letter {
	c := newReading(symbolsOf(first))
	if len(c.symbols) != len(first) {
		return first
	}
	out := slices.Clone(first)
	for _, v := range values(a.text) {
		at, whole := place(a, v, c)
		if !whole || v.words || v.date || v.code || c.sub(at) != a.sub(v.span) || a.least(v.span) < minNumberConfidence {
			continue
		}
		for i := at.from; i < at.to; i++ {
			out[i].alike = true
		}
	}
	return out
}

func apply(first []letter, edits []edit, value *int) []letter {
	var out []letter
	done := 0
	for _, e := range edits {
		out = append(out, first[done:e.from]...)
		done = e.to
		*value++
		piece := slices.Clone(first[e.from:e.to])
		if e.letters != nil {
			piece = e.letters
			if e.to > e.from {
				piece[0].NewLine, piece[0].NewWord = first[e.from].NewLine, first[e.from].NewWord
			} else if e.from < len(first) {
				piece[0].NewLine = first[e.from].NewLine && e.from == 0
			}
		}
		for i := range piece {
			piece[i].value, piece[i].twice, piece[i].held, piece[i].alt = *value, e.twice, e.held, e.alt
			piece[i].Confidence = max(piece[i].Confidence, e.sure)
		}
		out = append(out, piece...)
	}
	return append(out, first[done:]...)
}

// sub returns the characters of a span.
func (r reading) sub(s span) string {
	return string([]rune(r.text)[s.from:s.to])
}

// least returns the lowest confidence of a span's characters.
func (r reading) least(s span) float64 {
	least := 1.0
	for _, one := range r.symbols[s.from:s.to] {
		least = min(least, one.Confidence)
	}
	return least
}

func (r reading) letters(s span) []letter {
	out := letters(r.symbols[s.from:s.to])
	for i := range out {
		out[i].NewLine, out[i].NewWord = false, false
	}
	return out
}

// found is a value in a text.
type found struct {
	span
	words bool // an amount in words
	date  bool
	code  bool // a code or name: it has letters
}

var (
	wordsRun  = regexp.MustCompile(`[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负]{3,}`)
	latinRun  = regexp.MustCompile(`[0-9A-Za-z.,/_+*#%¥~-]+`)
	boundRate = regexp.MustCompile(`^[¥]?-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?$`)
	thirds    = regexp.MustCompile(`^[¥]?-?[\d,]+\.\d{3}$`)
	boundCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9./_+-]*[A-Za-z0-9]$`)
)

// values returns what of a text has the form of a value, in order and without
// overlap, in characters. An amount in words that touches a character that is
// not known is none: a part of it may be missing.
func values(text string) []found {
	var out []found
	runes := []rune(text)
	touches := func(s span) bool {
		return s.from > 0 && runes[s.from-1] == alphabet.Other || s.to < len(runes) && runes[s.to] == alphabet.Other
	}
	add := func(v found) {
		for _, o := range out {
			if v.from < o.to && o.from < v.to {
				return
			}
		}
		out = append(out, v)
	}
	for _, m := range wordsRun.FindAllStringIndex(text, -1) {
		s := inRunes(text, m)
		if _, exact, ok := rmb.ParseWords(text[m[0]:m[1]]); ok && exact && !touches(s) {
			add(found{span: s, words: true})
		}
	}
	for _, d := range day.FindAll(text) {
		if d.Exact {
			add(found{span: span{d.Start, d.End}, date: true})
		}
	}
	for _, m := range latinRun.FindAllStringIndex(text, -1) {
		run := text[m[0]:m[1]]
		// A sign between two values, or after one, belongs to neither.
		for len(run) > 0 && strings.ContainsRune(".,/_+*#~-", rune(run[len(run)-1])) {
			run = run[:len(run)-1]
		}
		s := inRunes(text, []int{m[0], m[0] + len(run)})
		if thirds.MatchString(run) {
			continue // 22,935,281 or 22,935.281: a point and a comma look alike, and either makes sense
		}
		if rate := boundRate.MatchString(run); s.to > s.from && (rate || boundCode.MatchString(run)) {
			add(found{span: s, code: !rate})
		}
	}
	slices.SortFunc(out, func(a, b found) int { return a.from - b.from })
	return out
}

func inRunes(text string, m []int) span {
	from := len([]rune(text[:m[0]]))
	return span{from, from + len([]rune(text[m[0]:m[1]]))}
}

// place returns where a value of one reading stands in another; whole is false
// where the other goes on with a digit, letter or numeral right beside it or
// behind a mark and this one does not, or where this one has a character beside
// it that it doesn't know and the other one that it does.
func place(r reading, v found, in reading) (at span, whole bool) {
	own, other := []rune(r.text), []rune(in.text)
	begins, ends := lineUp(own, other)
	at = span{begins[v.from], ends[v.to]}
	whole = (!goesOn(other, at.from, -1) || goesOn(own, v.from, -1)) && (!goesOn(other, at.to, 1) || goesOn(own, v.to, 1))
	unclear := v.from > 0 && own[v.from-1] == alphabet.Other && (at.from == 0 || other[at.from-1] != alphabet.Other) ||
		v.to < len(own) && own[v.to] == alphabet.Other && (at.to == len(other) || other[at.to] != alphabet.Other)
	return at, whole && !unclear
}

// goesOn says whether a value might go on beyond its end at a position: to the
// left with step -1, to the right with 1.
func goesOn(text []rune, at, step int) bool {
	if step < 0 {
		at--
	}
	part := func(i int) bool {
		if i < 0 || i >= len(text) {
			return false
		}
		c := text[i]
		return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || upperNumerals[c]
	}
	return part(at) || at >= 0 && at < len(text) && strings.ContainsRune(".,-/_", text[at]) && part(at+step)
}

// lineUp lays one text along another with the fewest edits and returns, for
// each position of a, where in b the character behind it begins and where the
// character before it ends.
func lineUp(a, b []rune) (begins, ends []int) {
	n, m := len(a), len(b)
	cost := make([][]int, n+1)
	for i := range cost {
		cost[i] = make([]int, m+1)
		for j := range cost[i] {
			switch {
			case i == 0:
				cost[i][j] = j
			case j == 0:
				cost[i][j] = i
			default:
				replace := cost[i-1][j-1] + 1
				if a[i-1] == b[j-1] {
					replace--
				}
				cost[i][j] = min(replace, cost[i-1][j]+1, cost[i][j-1]+1)
			}
		}
	}
	begins, ends = make([]int, n+1), make([]int, n+1)
	i, j := n, m
	begins[n] = m
	for i > 0 {
		switch {
		case j > 0 && (a[i-1] == b[j-1] && cost[i][j] == cost[i-1][j-1] || cost[i][j] == cost[i-1][j-1]+1):
			ends[i] = j
			i, j = i-1, j-1
			begins[i] = j
		case cost[i][j] == cost[i-1][j]+1:
			ends[i] = j
			i--
			begins[i] = j
		default:
			j--
		}
	}
	return begins, ends
}
