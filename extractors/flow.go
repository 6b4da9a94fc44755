package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
)

// flow is the text of a document as it is read: lines of a paragraph joined,
// a newline between paragraphs, cells and columns, no blanks. It knows where each
// character stands.
type flow struct {
	d    *doc
	text []rune
	row  []int
	at   []int
}

func (d *doc) flow() *flow {
	f := &flow{d: d}
	for i, r := range d.rows {
		if i > 0 && !d.runsOn(i) {
			f.add('\n', -1, -1)
		}
		for k, c := range r.text {
			switch {
			case c == '\t':
				if !d.inSentence(i, k) {
					f.add('\n', -1, -1)
				}
			case !unicode.IsSpace(c):
				f.add(fold(c), i, k)
			}
		}
	}
	return f
}

func (f *flow) add(c rune, row, at int) {
	f.text, f.row, f.at = append(f.text, c), append(f.row, row), append(f.at, at)
}

// newClause begins a clause, and so no rest of the sentence above.
var newClause = regexp.MustCompile(`^第[一二三四五六七八九十百\d]{1,4}[条章款]`)

// runsOn says whether row i goes on with the sentence of the row above, which
// fills its line.
func (d *doc) runsOn(i int) bool {
	r, above := d.rows[i], d.rows[i-1]
	if r.page != above.page || r.grid != nil || above.grid != nil || above.box[2] < min(0.72, 0.95*d.rightEdge(r.page)) || newClause.MatchString(strings.Map(dropSpace, string(r.text))) {
		return false
	}
	return r.box[1]-above.box[3] < 1.6*r.box.Height() && r.box[0] < above.box[0]+0.02 && above.box[0] < 0.3 && !d.columns(i) && !d.columns(i-1)
}

// columns says whether a gap of row i parts columns.
func (d *doc) columns(i int) bool {
	for k, c := range d.rows[i].text {
		if c == '\t' && !d.inSentence(i, k) {
			return true
		}
	}
	return false
}

// inSentence says whether the gap at character k of row i is one in a sentence, where a word or a letter was not
// read: it is the row's only one, no wider than five characters, behind eight characters at least, and the sentence goes on with its marks.
func (d *doc) inSentence(i, k int) bool {
	r := d.rows[i]
	if r.grid != nil || k == 0 || k+1 >= len(r.text) || len(tabbed(r)) != 2 || r.words[k-1] < 0 || r.words[k+1] < 0 {
		return false
	}
	before, behind := string(r.text[:k]), string(r.text[k+1:])
	gap := r.parts[r.words[k+1]].Box[0] - r.parts[r.words[k-1]].Box[2]
	return gap < 5*d.em(i) && len([]rune(before)) >= 8 && !strings.ContainsAny(before[len(before)-len("，"):], "，。；：、)）") && strings.ContainsAny(behind, "，,。、；") && !colonPair(r)
}

// field makes a field of a stretch of the flow, over as many rows as it takes.
func (f *flow) field(name, value string, from, to int) hequan.Field {
	var out hequan.Field
	begun := false
	for k := from; k < to; {
		if f.row[k] < 0 {
			k++
			continue
		}
		e := k
		for e+1 < to && f.row[e+1] == f.row[k] {
			e++
		}
		part := f.d.field(name, value, span{f.row[k], f.at[k], f.at[e] + 1})
		if !begun {
			out, begun = part, true
		} else {
			out.Text += part.Text
			out.Box = out.Box.Union(part.Box)
			out.Confidence = min(out.Confidence, part.Confidence)
			if len(part.Proof) == 0 || len(out.Proof) == 0 || part.Proof[0] != out.Proof[0] {
				out.Proof = nil
			}
		}
		k = e + 1
	}
	return out
}

// match finds a pattern; the stretch is that of its first group.
func (f *flow) match(re *regexp.Regexp) (from, to int, ok bool) {
	for _, m := range f.matches(re) {
		return m[0], m[1], true
	}
	return 0, 0, false
}

// matches finds all stretches of the first group of a pattern.
func (f *flow) matches(re *regexp.Regexp) (out [][2]int) {
	text := string(f.text)
	for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
		if len(loc) >= 4 && loc[2] >= 0 {
			from := len([]rune(text[:loc[2]]))
			out = append(out, [2]int{from, from + len([]rune(text[loc[2]:loc[3]]))})
		}
	}
	return out
}

// string is the text of a stretch.
func (f *flow) string(from, to int) string { return string(f.text[from:to]) }

// restOf takes what a value goes on with in the next line of its paragraph, up
// to the next mark of a clause, where the value filled its own.
func (f *flow) restOf(x hequan.Field) hequan.Field {
	want := []rune(strings.Map(dropSpace, x.Text))
	for k := 0; len(want) > 3 && k+len(want) < len(f.text); k++ {
		end := k + len(want)
		if string(f.text[k:end]) != string(want) || f.row[end-1] < 0 || f.row[end] <= f.row[end-1] {
			continue
		}
		to := end
		for to < len(f.text) && to < end+24 && !strings.ContainsRune("，。；,;:\n【〔[", f.text[to]) {
			to++
		}
		if to == end || to == len(f.text) || f.text[to] == ':' || clauseNumber.MatchString(f.string(end, to)) {
			continue
		}
		return f.field(x.Name, f.string(k, to), k, to)
	}
	return x
}

// clauseNumber is the number of what comes next, in a line of its own: （1）, 2、, 第3项.
var clauseNumber = regexp.MustCompile(`^(?:[(（][0-9一二三四五六七八九十]{1,2}[)）]|[0-9]{1,2}[.、）)]|第[0-9一二三四五六七八九十]{1,3}项)[、.]?$`)
