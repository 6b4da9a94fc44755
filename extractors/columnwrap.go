package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// joinWrapped makes one row of two where the second only goes on with what its
// columns were too narrow for: addresses of parties beside each other, values
// below their labels. Rows of data stay as they are: only rows that say labels
// and values, and those below a row of labels, are looked at.
func (d *doc) joinWrapped() {
	for i := range d.rows {
		d.closeLabel(i)
		d.partRepeated(i)
	}
	d.joinNameEnds()
	d.joinStraddled()
	d.joinUpper()
	d.joinUpperEnd()
	d.joinLabels()
	for i := 0; i+1 < len(d.rows); i++ {
		if d.goesOnBehind(i) {
			d.joinAs(i, func(hequan.Box) int { return len(tabbed(d.rows[i])) - 1 })
		}
		if below := i > 0 && d.isLabelRow(i-1) && d.rows[i-1].page == d.rows[i].page; below {
			d.partUnder(i-1, i)
			for n := 0; n < 3 && d.goesOnUnder(i); n++ {
				d.join(i)
			}
			continue
		}
		for n := 0; n < 3 && d.goesOnBeside(i); n++ {
			d.join(i)
		}
	}
}

// drawnLabel is a label with its colon that is drawn out to the width of a column.
var drawnLabel = regexp.MustCompile(`^(?:\p{Han}\t)+\p{Han}{1,3}[:：]`)

// closeLabel takes the gaps out of a label that is drawn out at the beginning of a row: 出  账  单位：.
func (d *doc) closeLabel(i int) {
	r := &d.rows[i]
	label := drawnLabel.FindString(string(r.text))
	if r.grid != nil || label == "" || len([]rune(strings.ReplaceAll(label, "\t", ""))) > 9 {
		return
	}
	for k := len([]rune(label)) - 1; k >= 0; k-- {
		if r.text[k] == '\t' {
			r.text, r.words = append(r.text[:k:k], r.text[k+1:]...), append(r.words[:k:k], r.words[k+1:]...)
		}
	}
}

// partUnder parts what stands below labels without a gap, where a word begins
// under the beginning of a label.
func (d *doc) partUnder(labels, i int) {
	r := &d.rows[i]
	heads := tabbed(d.rows[labels])
	if r.grid != nil || len(tabbed(*r)) >= len(heads) {
		return
	}
	for n := 0; n+1 < len(heads); n++ {
		d.partBetween(i, d.box(span{labels, heads[n][0], heads[n][1]}).CenterX(), d.box(span{labels, heads[n+1][0], heads[n+1][1]}).CenterX())
	}
	if len(tabbed(*r)) >= len(heads) {
		return
	}
	for _, h := range heads {
		x := d.box(span{labels, h[0], h[1]})[0]
		for k := 1; k < len(r.text); k++ {
			w := r.words[k]
			if w < 0 || r.words[k-1] == w || r.text[k-1] == '\t' || !near(r.parts[w].Box[0], x) {
				continue
			}
			r.partAt(k)
			break
		}
	}
}

// repeated is a label with its colon at the beginning of a row or column.
var repeated = regexp.MustCompile(`^(\p{Han}{2,9})[:：]`)

// partRepeated parts a row whose label comes again without a gap before it: the
// left of two columns fills its width. 地址：…地址：….
func (d *doc) partRepeated(i int) {
	r := &d.rows[i]
	m := repeated.FindStringSubmatch(string(r.text))
	if m == nil || r.grid != nil || len(tabbed(*r)) != 1 {
		return
	}
	text := string(r.text)
	at := strings.LastIndex(text, m[0])
	if at <= 0 || strings.Count(text, m[0]) != 2 {
		return
	}
	k := len([]rune(text[:at]))
	if r.words[k-1] == r.words[k] {
		return // letters of one word
	}
	r.partAt(k)
}

// partBetween parts a row between the middles of two columns, where it has no
// gap there and only one word begins there.
func (d *doc) partBetween(i int, left, right float64) {
	r := &d.rows[i]
	at := -1
	for k := 1; k < len(r.text); k++ {
		w := r.words[k]
		if w < 0 || r.words[k-1] == w || r.parts[w].Box[0] <= left || r.parts[w].Box[0] >= right {
			continue
		}
		if at >= 0 || r.text[k-1] == '\t' {
			return
		}
		at = k
	}
	if at >= 0 {
		r.partAt(at)
	}
}

// partAt parts a row before character k.
func (r *row) partAt(k int) {
	if r.text[k-1] == ' ' {
		r.text[k-1] = '\t'
		return
	}
	r.text = append(r.text[:k:k], append([]rune{'\t'}, r.text[k:]...)...)
	r.words = append(r.words[:k:k], append([]int{-1}, r.words[k:]...)...)
}

// goesOnUnder says whether row i+1 goes on with the values of row i: its lines
// stand as close as those of one text, each under one of the values.
func (d *doc) goesOnUnder(i int) bool {
	r, next, ok := d.pairOf(i)
	if !ok || next.box[1]-r.box[3] > 0.75*r.box.Height() || d.isLabelRow(i+1) {
		return false
	}
	if len(tabbed(next)) > 2 {
		return false // a record of its own: no more than two values are too long at once
	}
	for _, p := range tabbed(next) {
		b := d.box(span{i + 1, p[0], p[1]})
		text := strings.Map(dropSpace, string(next.text[p[0]:p[1]]))
		if countOf.MatchString(text) || cellDay(text) != "" || labelLike(text) && len([]rune(text)) > 2 {
			return false
		}
		if c := d.columnOf(i, b); c < 0 || strings.ContainsAny(text, ":：") {
			return false
		} else if own := tabbed(r)[c]; !near(d.box(span{i, own[0], own[1]})[0], b[0]) && b.Width() > 0.9*d.box(span{i, own[0], own[1]}).Width() {
			return false
		}
	}
	return true
}

// countOf is a number, a sum, or a number of something.
var countOf = regexp.MustCompile(`^[¥￥]?-?\d[\d,.]*\p{Han}{0,2}$`)

// goesOnBeside says whether row i+1 only goes on with labelled values of row i
// that stand beside each other and fill their columns.
func (d *doc) goesOnBeside(i int) bool {
	r, next, ok := d.pairOf(i)
	list := tabbed(r)
	if !ok || len(list) < 2 || next.box[1]-r.box[3] > r.box.Height() {
		return false
	}
	labelled := 0
	for _, p := range list {
		if k := strings.IndexAny(string(r.text[p[0]:p[1]]), ":："); k > 0 {
			labelled++
		}
	}
	if labelled == 0 || labelled*2 < len(list) {
		return false
	}
	em := d.em(i)
	for _, p := range tabbed(next) {
		text := string(next.text[p[0]:p[1]])
		b := d.box(span{i + 1, p[0], p[1]})
		c := d.columnOf(i, b)
		if c < 0 || strings.ContainsAny(text, ":：") || labelLike(text) {
			return false
		}
		own := d.box(span{i, list[c][0], list[c][1]})
		edge := d.rightEdge(r.page)
		if c+1 < len(list) {
			edge = d.box(span{i, list[c+1][0], list[c+1][1]})[0]
			if !d.column(i, edge) {
				return false
			}
		}
		if !near(own[0], b[0]) || own[2] < edge-2.8*em {
			return false
		}
	}
	return true
}

// goesOnBehind says whether row i+1 goes on with the last of several labelled
// values that follow each other in row i and are no columns: the line was full.
func (d *doc) goesOnBehind(i int) bool {
	r, next, ok := d.pairOf(i)
	list := tabbed(r)
	if !ok || len(list) < 2 || len(tabbed(next)) != 1 || next.box[1]-r.box[3] > 1.2*r.box.Height() || !near(next.box[0], r.box[0]) || strings.ContainsAny(string(next.text), ":：") {
		return false
	}
	last := list[len(list)-1]
	k := strings.IndexAny(string(r.text[last[0]:last[1]]), ":：")
	if k <= 0 || !cutOff.MatchString(string(r.text[last[0]:last[1]])[:k]) && !endBelow.MatchString(string(next.text)) || len(next.text) > 20 || labelLike(string(next.text)) {
		return false
	}
	return r.box[2] > d.rightEdge(r.page)-1.5*d.em(i) && (shortValues(r, list[:len(list)-1]) || !d.column(i, d.box(span{i, last[0], last[1]})[0]))
}

// shortValues says whether the values of pieces are persons and numbers, which no line cuts off.
func shortValues(r row, pieces [][2]int) bool {
	for _, p := range pieces {
		text := string(r.text[p[0]:p[1]])
		if k := strings.IndexAny(text, ":："); k >= 0 && len([]rune(text[k:])) > 7 {
			return false
		}
	}
	return true
}

// cutOff are labels whose values lines cut off: of a right-aligned 单位：元 nothing goes on.
var cutOff = regexp.MustCompile(`代表人?|负责人|联系人|电话|手机|地址|住所|银行|开户行|名称`)

// endBelow is the end of a company's name or of a day.
var endBelow = regexp.MustCompile(`^(?:[有限公]{0,3}司|[\d年月一二三四五六七八九十]{0,6}日)$`)

// column says whether something begins in another row near row i where a piece
// of row i begins: they are a column.
func (d *doc) column(i int, x float64) bool {
	for k := max(0, i-4); k < len(d.rows) && k <= i+4; k++ {
		if k == i || d.rows[k].page != d.rows[i].page {
			continue
		}
		for _, p := range tabbed(d.rows[k]) {
			if b := d.box(span{k, p[0], p[1]}); (p[0] > 0 || b[0] > d.rows[i].box[0]+0.1) && near(d.box(span{k, p[0], p[1]})[0], x) {
				return true
			}
		}
	}
	return false
}

// pairOf are row i and the one below it, where both may be lines of one text: rows
// of a skewed scan overlap in height, lines of a text do not.
func (d *doc) pairOf(i int) (r, next row, ok bool) {
	if i+1 >= len(d.rows) {
		return r, next, false
	}
	r, next = d.rows[i], d.rows[i+1]
	return r, next, r.page == next.page && r.grid == nil && next.grid == nil && next.box[1] > r.box[3]-0.1*r.box.Height() && next.box.Height() < 1.4*r.box.Height() && len(tabbed(next)) <= len(tabbed(r))
}

// columnOf is the piece of row i that a box stands under, -1 for none.
func (d *doc) columnOf(i int, b hequan.Box) int {
	best, most := -1, 0.0
	for c, p := range tabbed(d.rows[i]) {
		own := d.box(span{i, p[0], p[1]})
		if over := min(own[2], b[2]) - max(own[0], b[0]); over > most {
			best, most = c, over
		}
	}
	return best
}

// rightEdge is how far to the right the rows of a page go.
func (d *doc) rightEdge(page int) float64 {
	var ends []float64
	for _, r := range d.rows {
		if r.page == page && r.box[2] < 0.97 {
			ends = append(ends, r.box[2])
		}
	}
	if len(ends) == 0 {
		return 1
	}
	return quantile(ends, 0.95)
}

// join makes one row of row i and the one below, column by column.
func (d *doc) join(i int) {
	d.joinAs(i, func(b hequan.Box) int { return d.columnOf(i, b) })
}

// joinAs is join with a say in which column goes on.
func (d *doc) joinAs(i int, column func(hequan.Box) int) {
	a, b := d.rows[i], d.rows[i+1]
	list := tabbed(a)
	out := row{page: a.page, box: a.box.Union(b.box), parts: append(append([]hequan.Word(nil), a.parts...), b.parts...)}
	for c, p := range list {
		if c > 0 {
			out.text, out.words = append(out.text, '\t'), append(out.words, -1)
		}
		out.text, out.words = append(out.text, a.text[p[0]:p[1]]...), append(out.words, a.words[p[0]:p[1]]...)
		for _, q := range tabbed(b) {
			if column(d.box(span{i + 1, q[0], q[1]})) != c {
				continue
			}
			if isLatin(out.text[len(out.text)-1]) && isLatin(b.text[q[0]]) && !isDigits(out.text[len(out.text)-1], b.text[q[0]]) {
				out.text, out.words = append(out.text, ' '), append(out.words, -1)
			}
			for k := q[0]; k < q[1]; k++ {
				w := b.words[k]
				if w >= 0 {
					w += len(a.parts)
				}
				out.text, out.words = append(out.text, b.text[k]), append(out.words, w)
			}
		}
	}
	d.rows = append(append(append([]row(nil), d.rows[:i]...), out), d.rows[i+2:]...)
}

func isDigits(a, b rune) bool { return a >= '0' && a <= '9' && b >= '0' && b <= '9' }
