package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
)

// pair is a label, whatever its word, and what stands beside, behind or below it.
type pair struct {
	label string
	at    span
}

// pairs lists what a document says in the form of label and value: before and
// behind a colon, in neighbouring cells, above and below each other.
func (d *doc) pairs() []pair {
	var out []pair
	s := seeker{d: d}
	for i := range d.rows {
		r := d.rows[i]
		list := tabbed(r)
		if d.labelRow(i) {
			for _, p := range list {
				if at, ok := s.below(i, p[0], p[1]); ok {
					out = append(out, pair{bareLabel(string(r.text[p[0]:p[1]])), at})
				}
			}
			continue
		}
		for n, p := range list {
			text := string(r.text[p[0]:p[1]])
			if found := d.colonPairs(i, p); len(found) > 0 {
				out = append(out, found...)
				continue
			}
			if !labelLike(strings.TrimRight(text, ":： ")) && !(strings.HasSuffix(strings.TrimSpace(text), "：") && plainWord.MatchString(bareLabel(text))) {
				continue
			}
			label := bareLabel(text)
			if n+1 < len(list) {
				next := d.trim(span{i, list[n+1][0], list[n+1][1]}, "")
				if !labelLike(d.text(next)) || n%2 == 0 && len(list) == 2 {
					out = append(out, pair{label, next})
				}
			} else if n == 0 || strings.HasSuffix(strings.TrimSpace(text), ":") || strings.HasSuffix(strings.TrimSpace(text), "：") {
				if at, ok := s.below(i, p[0], p[1]); ok {
					out = append(out, pair{label, at})
				}
			}
		}
	}
	return out
}

// colonPairs parts a piece of a row at its colons: 编号：X 状态：Y.
func (d *doc) colonPairs(i int, p [2]int) []pair {
	t := d.rows[i].text
	type mark struct{ label, colon int }
	var marks []mark
	for k := p[0]; k < p[1]; k++ {
		if fold(t[k]) != ':' {
			continue
		}
		from := k
		depth := 0
		for from > p[0] && k-from < 16 {
			c := t[from-1]
			if closes(c) {
				depth++
			} else if opens(c) {
				if depth--; depth < 0 {
					break // （备案编号：…）
				}
			}
			if depth <= 0 && !unicode.Is(unicode.Han, c) && !opens(c) && !(c == ' ' && from-2 >= p[0] && unicode.Is(unicode.Han, t[from-2]) && k-from < 3) && !unicode.IsLetter(c) && !(strings.ContainsRune(". ", c) && from-2 >= p[0] && isLatin(t[from-2]) && unicode.IsLetter(t[from-2])) {
				break
			}
			from--
		}
		if from < k {
			marks = append(marks, mark{from, k})
		}
	}
	var out []pair
	if len(marks) == 0 && strings.ContainsRune("【〔〖[", t[p[0]]) { // 【结算周期】2025年9月, its brackets misread
		for k := p[0] + 1; k < p[1] && k < p[0]+14; k++ {
			if strings.ContainsRune("】〕〗]", t[k]) {
				marks = append(marks, mark{p[0] + 1, k})
				break
			}
		}
	}
	if m := numberedIs.FindStringSubmatchIndex(string(t[p[0]:p[1]])); len(marks) == 0 && m != nil { // 四、开始日期为2026年1月1日
		at := func(b int) int { return p[0] + len([]rune(string(t[p[0]:p[1]])[:b])) }
		marks = append(marks, mark{at(m[2]), at(m[3])})
	}
	for n, m := range marks {
		end := p[1]
		if n+1 < len(marks) {
			end = marks[n+1].label
		}
		at := d.trim(span{i, min(m.colon+1, end), end}, ":：，,；;")
		if at.to > at.from {
			out = append(out, pair{bareLabel(string(t[m.label:m.colon])), at})
		}
	}
	return out
}

// numberedIs is a numbered label whose value follows 为.
var numberedIs = regexp.MustCompile(`^(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．)）]\s?)(\p{Han}{2,10})为`)

// hint is how a field may be told where no known label gave it: by a part of
// its label, and by the form of its value.
type hint struct {
	field string
	read  valueReader
	any   []string // parts of labels, the best first
	not   []string // parts of labels of other things
	fits  func(value string) bool
}

// byHint fills the fields that are missing, or whose value does not fit.
func byHint(d *doc, c *Content, hints []hint) {
	var list []pair
	for _, h := range hints {
		if f := c.field(h.field); f != nil && f.Value != "" && (h.fits == nil || h.fits(f.Value)) {
			continue
		}
		if list == nil {
			list = d.pairs()
		}
		if f, ok := h.find(d, list); ok {
			c.set(f)
		}
	}
}

func (h hint) find(d *doc, list []pair) (hequan.Field, bool) {
	for _, part := range h.any {
		for _, p := range list {
			if !strings.Contains(p.label, part) || containsAny(p.label, h.not) {
				continue
			}
			f, ok := h.read(d, h.field, p.at)
			if ok && f.Value != "" && (h.fits == nil || h.fits(f.Value)) {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}

// readPhrase reads text up to the end of its clause.
func readPhrase(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.rows[s.row].text
	for k := s.from; k < s.to; k++ {
		if strings.ContainsRune("，。；;\t", t[k]) {
			s.to = k
			break
		}
	}
	return readText(d, field, s)
}

// companies lists the names of companies that stand in a document by themselves,
// behind a label or in a sentence, each once, in reading order.
func companies(f *flow) []hequan.Field {
	var out []hequan.Field
	for _, m := range f.matches(companyName) {
		text := f.string(m[0], m[1])
		from := m[0] + companyStart(text)
		value := f.string(from, m[1])
		if len([]rune(value)) < 6 {
			continue
		}
		known := false
		for _, o := range out {
			known = known || sameCompany(o.Value, normalName(value))
		}
		if !known {
			out = append(out, f.field("", normalName(value), from, m[1]))
		}
	}
	return out
}
