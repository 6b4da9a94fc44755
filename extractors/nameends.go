package extractors

import (
	"strings"
	"unicode"
)

// nameEndings are the endings of companies' names that a line may cut off.
var nameEndings = []string{"股份有限公司", "有限责任公司", "有限公司", "分公司"}

// joinNameEnds puts the end of a company's name that stands alone in a column, 限公司, behind the
// beginning of the name in the row above, whatever stands beside it in either row.
func (d *doc) joinNameEnds() {
	for i := 0; i+1 < len(d.rows); i++ {
		r, next := d.rows[i], d.rows[i+1]
		if r.page != next.page || r.grid != nil || next.grid != nil || next.box[1] < r.box[1]+0.5*r.box.Height() || next.box[1]-r.box[3] > 1.5*r.box.Height() {
			continue
		}
		for n, q := range tabbed(next) {
			if p, ok := d.nameCutOff(i, q); ok {
				d.moveLine(i, n, p)
				break
			}
		}
	}
}

// nameCutOff is the piece of row i whose name ends in piece q of the row below.
func (d *doc) nameCutOff(i int, q [2]int) (p [2]int, ok bool) {
	end := strings.Map(dropSpace, string(d.rows[i+1].text[q[0]:q[1]]))
	b := d.box(span{i + 1, q[0], q[1]})
	for _, p := range tabbed(d.rows[i]) {
		own := d.box(span{i, p[0], p[1]})
		if b[0] < own[0]-0.01 || b[0] > own[2] {
			continue
		}
		text := strings.Map(dropSpace, string(d.rows[i].text[p[0]:p[1]]))
		if strings.Count(text, ":")+strings.Count(text, "：")+strings.Count(text, ";") > 1 || strings.Count(text, "方")+strings.Count(text, "人") > 2 {
			continue // two columns that run into each other
		}
		for _, whole := range nameEndings {
			before, found := strings.CutSuffix(whole, end)
			if !found || end == "" || !strings.HasSuffix(text, before) {
				continue
			}
			if before != "" && before != "分" || before == "" && near(own[0], b[0]) && nameOpen(text) {
				return p, true
			}
		}
		if tail := []rune(end); len(tail) <= 10 && looksLikeCompany(end) && companyStart(end) == 0 && near(own[0], b[0]) && nameOpen(text) {
			return p, true // 技有限公司
		}
	}
	return p, false
}

// nameOpen says whether a labelled value may be the beginning of a name: four characters at least, and no end of one.
func nameOpen(text string) bool {
	k := strings.LastIndexAny(text, ":：")
	if k < 0 {
		return false
	}
	value := []rune(strings.TrimLeft(text[k:], ":："))
	return len(value) >= 4 && unicode.Is(unicode.Han, value[len(value)-1]) && !looksLikeCompany(string(value))
}

// moveLine puts piece n of row i+1 behind piece p of row i.
func (d *doc) moveLine(i, n int, p [2]int) {
	r, next := d.rows[i], d.rows[i+1]
	q := tabbed(next)[n]
	out := row{page: r.page, box: r.box.Union(d.box(span{i + 1, q[0], q[1]})), parts: append(append(row{}.parts, r.parts...), next.parts...)}
	out.take(r, 0, p[1], 0)
	out.take(next, q[0], q[1], len(r.parts))
	out.take(r, p[1], len(r.text), 0)
	rest := row{page: next.page, parts: next.parts}
	for k, x := range tabbed(next) {
		if k == n {
			continue
		}
		if len(rest.text) > 0 {
			rest.text, rest.words = append(rest.text, '\t'), append(rest.words, -1)
		}
		rest.take(next, x[0], x[1], 0)
		rest.box = rest.box.Union(d.box(span{i + 1, x[0], x[1]}))
	}
	if len(rest.text) == 0 {
		d.rows = append(append([]row(nil), d.rows[:i]...), append([]row{out}, d.rows[i+2:]...)...)
		return
	}
	d.rows[i], d.rows[i+1] = out, rest
}
