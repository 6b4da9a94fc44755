package extractors

import (
	"strings"
	"unicode"

	"hequan"
)

// seeker finds values beside their labels.
type seeker struct {
	d      *doc
	labels []string // every label of the kind: a value ends where the next one begins
	commas bool     // a colon may be read as a comma: on forms, where labels stand in no sentence
	own    []string // besides ownLabels: labels that what follows without a gap is the value of, at the beginning of a row
}

// labelAt says how many runes of t from i on a label takes, 0 for none. Blanks
// inside a label are skipped; in labels of four characters and more one may be
// misread, which counts as wrong.
func labelAt(t []rune, i int, label string) (n, wrong int) {
	want := []rune(label)
	k, drawnOut := i, false
	for _, r := range want {
		for k < len(t) && k > i && (t[k] == ' ' || t[k] == '\t') {
			drawnOut = drawnOut || t[k] == '\t' && (len(want) > 3 || k-i >= 2)
			k++ // "名    称"
		}
		if k >= len(t) {
			return 0, 0
		}
		if fold(t[k]) != r {
			if wrong++; wrong > 1 || len(want) < 4 {
				return 0, 0
			}
		}
		k++
	}
	// Characters drawn out to the width of a column are a label where a colon follows.
	if drawnOut && (wrong > 0 || k >= len(t) || fold(t[k]) != ':') {
		return 0, 0
	}
	return k - i, wrong
}

// fold maps full-width forms and brackets to one form.
func fold(r rune) rune {
	switch r {
	case '（':
		return '('
	case '）':
		return ')'
	case '：', '﹕', '∶':
		return ':'
	}
	if r > 0xff00 && r < 0xff5f {
		return r - 0xfee0
	}
	return r
}

// after returns the stretch after each occurrence of one of the labels: up to
// the next column or label. A label that ends its column gives the next column;
// one that ends its row gives the row below, under it.
func (s seeker) after(labels ...string) []span {
	var out []span
	for i := range s.d.rows {
		r := &s.d.rows[i]
		if s.d.labelRow(i) {
			out = append(out, s.heads(i, labels)...)
			continue
		}
		for k := 0; k < len(r.text); k++ {
			n, wrong := best(r.text, k, labels)
			if n == 0 {
				n, wrong = s.drawnOut(r.text, k, labels), 0
			}
			if n == 0 || k > 0 && isLabelPart(r.text[k-1]) && !r.parted(k) && !s.begins(r.text, k, k+n) {
				continue
			}
			if k > 0 && strings.ContainsRune("”」』", r.text[k-1]) {
				continue // “某某”项目 in a sentence
			}
			if s.endOfAnother(r.text, k, n) || roleOfName(r.text, k, n) {
				continue
			}
			// 发票号码 is no misread 发票代码; in a text layer nothing is misread.
			if wrong > 0 && !s.commas && s.d.printed(i, k, k+n) {
				continue
			}
			if wrong > 0 {
				if other, fewer := best(r.text, k, s.labels); other > 0 && fewer < wrong {
					continue
				}
			}
			n = longer(r.text, k, n)
			out = append(out, s.value(i, k, k+n)...)
			k += n - 1
		}
	}
	return out
}

// roleOfName says whether a label stands in brackets behind the name of who it is: 某某科技有限公司（甲方），住所….
func roleOfName(t []rune, k, n int) bool {
	for n > 0 && t[k+n-1] == ' ' {
		n--
	}
	if k < 3 || k+n >= len(t) || !opens(t[k-1]) || !closes(t[k+n]) {
		return false
	}
	before := strings.TrimRight(string(t[:k-1]), " ")
	for _, end := range []string{"公司", "研究院", "研究所", "中心", "大学", "医院", "集团"} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// endOfAnother says whether a label is but the end of another one of the kind, before which a gap seems to part it: 合同 编号.
func (s seeker) endOfAnother(t []rune, k, n int) bool {
	for from := k - 1; from >= 0 && k-from <= 4 && (unicode.Is(unicode.Han, t[from]) || t[from] == ' '); from-- {
		if m, wrong := best(t, from, s.labels); m > 0 && wrong == 0 && from+m == k+n && t[from] != ' ' {
			return true
		}
	}
	return false
}

// printed says whether a stretch of a row comes from a text layer.
func (d *doc) printed(i, from, to int) bool {
	_, proof := d.trust(span{i, from, to})
	return has(proof, hequan.ProofTextLayer)
}

// heads returns what stands below the labels of a row of headings. There a label
// is a piece of its own, so one of three characters may also have one misread,
// where no other label is as near.
func (s seeker) heads(i int, labels []string) []span {
	r := &s.d.rows[i]
	var out []span
	for _, p := range tabbed(*r) {
		text := []rune(bareLabel(string(r.text[p[0]:p[1]])))
		n, wrong := nearest(text, labels)
		if n == 0 {
			continue
		}
		if _, fewer := nearest(text, s.labels); fewer < wrong {
			continue
		}
		out = append(out, s.value(i, p[0], p[1])...)
	}
	return out
}

// nearest returns the length of the label that a heading is, with at most one
// character misread, and how many are; 0 where it is none.
func nearest(text []rune, labels []string) (n, wrong int) {
	wrong = 2
	for _, l := range labels {
		want := []rune(bareLabel(l))
		if len(want) != len(text) && len(longerLabel(text, want)) != len(text) {
			continue
		}
		w := 0
		for k, c := range want {
			if fold(text[k]) != c {
				w++
			}
		}
		if w < wrong && (w == 0 || len(want) >= 3) {
			n, wrong = len(want), w
		}
	}
	return n, wrong
}

// longerLabel is a label with 名称 or 全称 at its end, where a heading has it.
func longerLabel(text, label []rune) []rune {
	for _, more := range []string{"名称", "全称"} {
		if strings.HasSuffix(string(text), more) {
			return append(append([]rune(nil), label...), []rune(more)...)
		}
	}
	return label
}

// longer takes what a label may end with besides: 开户行名称, 客户全称.
func longer(t []rune, k, n int) int {
	for _, more := range []string{"名称", "全称", "姓名"} {
		if m, wrong := labelAt(t, k+n, more); m > 0 && wrong == 0 {
			return n + m
		}
	}
	return n
}

// best returns the longest of the labels that stands at k with the fewest misread characters.
func best(t []rune, k int, labels []string) (n, wrong int) {
	wrong = 2
	for _, l := range labels {
		if m, w := labelAt(t, k, l); m > 0 && (w < wrong || w == wrong && m > n) {
			n, wrong = m, w
		}
	}
	return n, wrong
}

// parted says whether a visible gap stands before the character at k.
func (r *row) parted(k int) bool {
	a, b := r.words[k-1], r.words[k]
	if a < 0 || b < 0 || a == b {
		return a != b
	}
	x, y := r.parts[a].Box, r.parts[b].Box
	return y[0]-x[2] > 0.25*max(x.Height(), y.Height())
}

// isLabelPart says whether a character before a label means that it is part of
// a longer word.
func isLabelPart(r rune) bool {
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("的为是和与及由于在：、，。；", r)
}

func (s seeker) value(i, label, from int) []span {
	t := s.d.rows[i].text
	k := from
	if s.d.labelRow(i) { // a row of headings: the values stand below
		if below, ok := s.below(i, label, from); ok {
			return []span{below}
		}
		return nil
	}
	if e := cellRest(&s.d.rows[i], label, from); e > from {
		from, k = e, e
	}
	// In running text 甲方 is a word like others: a short label is one where
	// something parts it from what follows.
	colons := ":：;；"
	if s.commas {
		colons += "，,。."
	}
	own := ownLabel(t, label, from, nil) || s.begins(t, label, from)
	if from-label <= 3 && !(own && (label == 0 || s.d.rows[i].text[label-1] == '\t' || s.begins(t, label, from))) && from < len(t) && !unicode.IsSpace(t[from]) && !strings.ContainsRune(colons, t[from]) && !opens(t[from]) && !closes(t[from]) && !s.d.rows[i].parted(from) {
		return nil
	}
	joined := from < len(t) && unicode.Is(unicode.Han, t[from]) && !s.d.rows[i].parted(from) && !own
	if own || s.commas {
		colons += "。，,”“‘’*" // what stands for a colon, or for the gap, where it is misread
	}
	for k < len(t) && (unicode.IsSpace(t[k]) || strings.ContainsRune(colons+".·", t[k]) || k == from && closes(t[k])) {
		k++
	}
	// A remark in brackets belongs to the label: 金额（小写）, 甲方（盖章）.
	for k < len(t) && opens(t[k]) {
		end := k
		for end < len(t) && end-k < 12 && !closes(t[end]) {
			end++
		}
		if end >= len(t) || !closes(t[end]) {
			break
		}
		k = end + 1
		for k < len(t) && (unicode.IsSpace(t[k]) || strings.ContainsRune(":：", t[k])) {
			k++
		}
	}
	if k < len(t) && strings.ContainsRune("为是系", t[k]) { // 开户银行为…
		k++
		joined = false
		for k < len(t) && (unicode.IsSpace(t[k]) || strings.ContainsRune(":：", t[k])) {
			k++
		}
	}
	end := s.end(i, k)
	v := s.d.trim(span{i, k, end}, ":：;；,，|｜_")
	if joined && k == from && v.to > v.from && !namesCompany(s.d.text(v)) {
		return nil // 申报单位基本情况: the label is part of a longer word
	}
	if v.to > v.from && !s.isLabel(s.d.text(v)) {
		return []span{v}
	}
	if below, ok := s.below(i, label, from); ok {
		return []span{below}
	}
	return nil
}

// cellRest is the end of a ruled cell that holds a label and one or two
// characters more, what is left of （元）; from where there is no such rest.
func cellRest(r *row, label, from int) int {
	if r.grid == nil || label > 0 && r.text[label-1] != '\t' {
		return from
	}
	for e := from; e < len(r.text) && e <= from+2; e++ {
		if r.text[e] == '\t' {
			return e
		}
		if unicode.IsDigit(r.text[e]) {
			break
		}
	}
	return from
}

// opens and closes know a bracket also where it was misread as another.
func opens(r rune) bool  { return strings.ContainsRune("(（〈《【[〔{", r) }
func closes(r rune) bool { return strings.ContainsRune(")）〉》】]〕}", r) }

// end returns where a value that begins at k ends: at a tab, or at another label.
func (s seeker) end(i, k int) int {
	t := s.d.rows[i].text
	for e := k; e < len(t); e++ {
		if t[e] == '\t' {
			return e
		}
		if e == k {
			continue
		}
		for _, l := range s.labels {
			if n, wrong := labelAt(t, e, l); wrong == 0 && n >= 2 && (e+n < len(t) && (fold(t[e+n]) == ':' || t[e+n] == '为' && strings.ContainsRune("，,；;、。", t[e-1])) || n >= 4 && (!isLabelPart(t[e-1]) || s.d.rows[i].parted(e))) {
				return e
			}
		}
	}
	return len(t)
}

// below returns the stretch of the next rows that stands under a label.
func (s seeker) below(i, from, to int) (span, bool) {
	label := s.d.box(span{i, from, to})
	if part, ok := s.d.sameColumn(i, from); ok {
		return part, !s.isLabel(s.d.text(part))
	}
	for j := i + 1; j < len(s.d.rows) && j <= i+3 && s.d.rows[j].page == s.d.rows[i].page; j++ {
		next := s.d.rows[j]
		if next.box[1]-label[3] > 2.5*label.Height() {
			break
		}
		for _, p := range tabbed(next) {
			part := s.d.trim(span{j, p[0], p[1]}, "")
			if b := s.d.box(part); part.to > part.from && min(b[2], label[2])-max(b[0], label[0]) > 0.3*min(b.Width(), label.Width()) {
				part = s.d.underLabel(part, label)
				return part, !s.isLabel(s.d.text(part))
			}
		}
	}
	return span{}, false
}

// isLabel says whether a stretch is one of the labels, and so no value.
func (s seeker) isLabel(text string) bool {
	text = bareLabel(text)
	for _, l := range s.labels {
		if text == l {
			return true
		}
	}
	return false
}
