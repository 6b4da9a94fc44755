package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// passage finds the clause that a label heads: its sentence, over as many
// lines as the paragraph has. Labels with a colon behind them come first; a
// label that is part of a heading (合同标的与服务内容) heads the paragraph below.
func (d *doc) passage(field string, labels ...string) (hequan.Field, bool) {
	for _, strict := range []bool{true, false} {
		for i := range d.rows {
			t := d.rows[i].text
			for k := range t {
				n, wrong := best(t, k, labels)
				if n == 0 || wrong > 0 {
					continue
				}
				from := k + n
				for from < len(t) && (t[from] == ' ' || t[from] == '\t') {
					from++
				}
				colon := from < len(t) && strings.ContainsRune(":：;；", t[from])
				if strict != colon {
					continue
				}
				if !colon && d.rows[i].grid == nil && k > 8 {
					continue // a word of a sentence
				}
				if !colon && len(tabbed(d.rows[i])) >= 3 {
					continue // a heading of a table
				}
				at := d.trim(span{i, from, len(t)}, ":：;；,， ")
				if !colon && (at.to-at.from < 6 || headingTail.MatchString(foldSpaces(string(t[at.from:at.to])))) {
					if i+1 >= len(d.rows) || d.rows[i+1].page != d.rows[i].page || len(d.rows[i+1].text) < 8 || otherLabel(d.rows[i+1].text, labels) || listFollows.MatchString(string(d.rows[i+1].text)) {
						continue
					}
					at = span{i + 1, 0, len(d.rows[i+1].text)}
				}
				if at.to-at.from >= 4 {
					return d.paragraph(field, at), true
				}
			}
		}
	}
	return hequan.Field{}, false
}

// headingTail is what a heading says behind a label, with dirt behind it: 合同标的与服务内容 2.
var headingTail = regexp.MustCompile(`^[与及和、][\p{Han}]{2,7}[^\p{Han}]{0,4}$`)

// listFollows says that prices follow, and nothing else: 采购明细（金额单位：元，含税）如下：
var listFollows = regexp.MustCompile(`(?:明细|清单|价格|报价|费用)[^。]{0,24}(?:如下|下表|下列)[^\p{Han}]*$`)

var labelled = regexp.MustCompile(`^[\s(（\d、.)）]*([\p{Han}]{2,8})[:：]`)

// otherLabel says whether a line begins with a label that is none of these: what stands behind it is another passage.
func otherLabel(line []rune, labels []string) bool {
	m := labelled.FindStringSubmatch(string(line))
	return m != nil && !containsAny(m[1], labels)
}

// paragraph makes a field of a stretch and the lines that continue it: those
// below that begin further left than the indented first one, up to the end of
// its sentence.
func (d *doc) paragraph(field string, s span) hequan.Field {
	f := d.field(field, "", s)
	text := d.text(s)
	for i := s.row + 1; i < len(d.rows) && i < s.row+6; i++ {
		r, above := d.rows[i], d.rows[i-1]
		if strings.HasSuffix(strings.TrimSpace(text), "。") || r.page != above.page || r.grid != nil || d.rows[s.row].grid != nil {
			break
		}
		em := d.em(i)
		if r.box[0] > d.rows[s.row].box[0]-0.6*em || r.box[1]-above.box[3] > 1.6*r.box.Height() || above.box[2] < 0.7 {
			break
		}
		more := d.field(field, "", span{i, 0, len(r.text)})
		text += string(r.text)
		f.Text += more.Text
		f.Box = f.Box.Union(more.Box)
		f.Confidence = min(f.Confidence, more.Confidence)
		if !has(more.Proof, hequan.ProofTextLayer) {
			f.Proof = nil
		}
	}
	f.Value = foldSpaces(strings.ReplaceAll(text, "\t", " "))
	return f
}
