package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// officeNumber is the number of an office's paper, 某审字〔2025〕第0622号: the
// office's word, the year, mostly in brackets (GB/T 9704), and a number. A closing
// bracket is recognised as 1 or |.
var officeNumber = regexp.MustCompile(`(\p{Han}{1,8}[审会专][\p{Han}]{0,3})([（(\[〔【〖|]*)(20\d{2})([）)\]〕】〗|1lI]*)(年?第?)([0-9A-Za-z\-]*[0-9])(号?)`)

var bareNumber = regexp.MustCompile(`^[0-9]{2,8}$`)

// number of a paper as it stands in one place.
type officeNo struct {
	office string
	open   string
	year   string
	shut   string
	nth    string // 第, or 年第
	number string
	end    string // 号
	at     span
}

// officeNumberField reads the number of a paper from all places where it stands,
// cover and head of the opinion mostly: of its digits the reading counts that most
// of the recognisers gave over these places, where they differ.
func officeNumberField(d *doc, field string) (hequan.Field, bool) {
	var all []officeNo
	votes := map[string]float64{}
	best := ""
	vote := func(n string, weight float64) {
		if votes[n] += weight; best == "" || votes[n] > votes[best] {
			best = n
		}
	}
	for i, r := range d.rows {
		one, ok := numberIn(strings.Map(dropSpace, string(r.text)))
		one.office = strings.TrimPrefix(one.office, "号") // 审计报告号 | 某审字…
		if !ok || len(all) > 0 && one.year != all[0].year {
			continue
		}
		one.at = span{i, 0, len(r.text)}
		all = append(all, one)
		vote(one.number, 1)
		for _, w := range r.parts {
			if len(w.Proof) > 0 && strings.Contains(w.Text, one.number) {
				vote(one.number, 1)
			}
			// A second reading of the same digits, mostly from a narrower crop.
			// What is but its end was cut off by the crop.
			if w.Alt != "" && strings.Contains(w.Text, one.number) && bareNumber.MatchString(w.Alt) && !strings.HasSuffix(one.number, w.Alt) {
				vote(w.Alt, 1.1)
			}
		}
	}
	if len(all) == 0 {
		return hequan.Field{}, false
	}
	first := all[0]
	open, shut := first.open, first.shut
	if open != "" || shut != "" {
		open, shut = "[", "]"
		for _, one := range all {
			if strings.ContainsAny(one.open+one.shut, "〔〕【】〖〗") {
				open, shut = "〔", "〕"
			}
		}
		if strings.ContainsAny(first.open, "（(") {
			open, shut = "（", "）"
		}
	}
	f := d.field(field, first.office+open+first.year+shut+first.nth+best+first.end, first.at)
	if best != first.number {
		f.Proof, f.Confidence = nil, min(f.Confidence, 0.75)
	}
	return f, true
}

// numberIn finds the number of a paper in a line without blanks.
func numberIn(text string) (officeNo, bool) {
	m := officeNumber.FindStringSubmatch(text)
	if m == nil {
		return officeNo{}, false
	}
	one := officeNo{office: officeWord(m[1]), open: m[2], year: m[3], shut: m[4], nth: m[5], number: m[6], end: m[7]}
	if one.open == "" || one.nth == "" { // without brackets, or 第, what looks like one is a digit
		digits := strings.TrimLeft(one.shut, "）)]〕】〗|")
		one.shut, one.number = strings.TrimSuffix(one.shut, digits), digits+one.number
	}
	return one, one.office != ""
}

// officeWord drops the label that stands before an office's word.
func officeWord(text string) string {
	for _, label := range []string{"报告", "审计报告", "文号", "编号", "报告号"} {
		if _, after, ok := strings.Cut(text, label); ok && strings.ContainsAny(after, "审会专") {
			text = after
		}
	}
	return text
}

// yearInBrackets is the year of a paper's number, with its brackets.
var yearInBrackets = regexp.MustCompile(`([（(\[〔【〖])(20\d{2})([）)\]〕】〗])`)

// pairBrackets makes a pair of the brackets round the year of a number where one of them was read as another: 〔2025] is
// 〔2025〕, as papers are numbered (GB/T 9704).
func pairBrackets(f *hequan.Field) {
	m := yearInBrackets.FindStringSubmatch(f.Value)
	if m == nil || strings.Contains("（） () [] 〔〕 【】 〖〗", m[1]+m[3]) || !strings.ContainsAny(m[1]+m[3], "〔〕【】〖〗") {
		return
	}
	f.Repaired, f.Proof, f.Confidence = f.Value, nil, min(f.Confidence, 0.75)
	f.Value = strings.Replace(f.Value, m[0], "〔"+m[2]+"〕", 1)
}
