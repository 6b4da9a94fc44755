package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// formalWords is a run of the characters of an amount in words.
var formalWords = regexp.MustCompile(`[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*`)

// wordsBeside finds 大写 in the rows around the amount in digits, or anywhere.
func wordsBeside(d *doc, name string, amount *hequan.Field) (hequan.Field, bool) {
	for i, r := range d.rows {
		t := string(r.text)
		loc := formalWords.FindStringIndex(t)
		if loc == nil || amount != nil && amount.Page != 0 && r.page != amount.Page {
			continue
		}
		// Misread characters may stand before the first sound one.
		from := len([]rune(t[:loc[0]]))
		for from > 0 && unicode.Is(unicode.Han, r.text[from-1]) && !strings.ContainsRune("币写为计额价款", r.text[from-1]) {
			from--
		}
		if f, ok := readWords(d, name, span{i, from, len(r.text)}); ok {
			return f, true
		}
	}
	return hequan.Field{}, false
}

// wordsOrPlace finds the amount in words where its label was not read as such: what
// is one, else what stands where one has to, behind 大写 and before 小写, for the
// page's picture to settle.
func wordsOrPlace(d *doc, name string, amount *hequan.Field) (hequan.Field, bool) {
	if f, ok := wordsBeside(d, name, amount); ok {
		return f, true
	}
	for i, r := range d.rows {
		t := string(r.text)
		at := strings.Index(t, "大写")
		if at < 0 {
			continue
		}
		s := span{i, len([]rune(t[:at])) + 2, len(r.text)}
		if end := strings.Index(t, "小写"); end > at {
			s.to = len([]rune(t[:end]))
		}
		s = d.trim(s, "()（）〈〉:：，,。.|“”\"'@¥/⊗ ")
		han := 0
		for _, r := range d.text(s) {
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
		if han >= 3 {
			return d.field(name, "", s), true
		}
	}
	return hequan.Field{}, false
}

// wordsRun finds an amount in words, misread characters included.
var wordsRun = regexp.MustCompile(`[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正一二三四五六七八九十百千貳參陸弐叄兩两〇0負负\p{Han}]{3,}`)

// readWords reads an amount in words (大写).
func readWords(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.text(s)
	for _, loc := range wordsRun.FindAllStringIndex(t, -1) {
		at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
		text := d.text(at)
		if before, behind, found := strings.Cut(text, "人民币"); found && strings.ContainsAny(behind, "壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆") {
			at.from += len([]rune(before)) + 3
			text = d.text(at)
		}
		if !strings.ContainsAny(text, "元圆园整正角分万") && !strings.ContainsAny(text, "壹贰叁肆伍陆柒捌玖拾佰仟") {
			continue
		}
		amount, exact, ok := rmb.ParseWords(text)
		if more, goesOn := d.wordsBelow(at); goesOn {
			if whole, sound, yes := rmb.ParseWords(text + d.text(more)); yes {
				f := goneOn(d.field(field, "", at), d.field(field, "", more))
				f.Value = whole.String()
				if !sound {
					f.Confidence, f.Repaired = min(f.Confidence, 0.6), text+d.text(more)
				}
				return f, true
			}
		}
		if !ok {
			return d.field(field, "", at), true
		}
		f := d.field(field, amount.String(), at)
		if !exact {
			f.Confidence = min(f.Confidence, 0.6)
			f.Repaired = text
		}
		return f, true
	}
	return hequan.Field{}, false
}

// wordsBelow is what an amount in words that breaks off at the end of its row goes on with in the row below.
func (d *doc) wordsBelow(at span) (span, bool) {
	r := d.rows[at.row]
	rest := string(r.text[at.to:])
	if strings.HasPrefix(rest, "\t") {
		return d.wordsUnder(at)
	}
	if strings.TrimSpace(rest) != "" || at.row+1 >= len(d.rows) || d.rows[at.row+1].page != r.page {
		return span{}, false
	}
	if n := len([]rune(wordsOn.FindString(string(d.rows[at.row+1].text)))); n > 0 {
		return span{at.row + 1, 0, n}, true
	}
	return d.wordsUnder(at)
}

// wordsUnder is what such an amount in a column goes on with below itself, one line of another column between them perhaps.
func (d *doc) wordsUnder(at span) (span, bool) {
	box := d.box(at)
	for k := at.row + 1; k <= at.row+2 && k < len(d.rows) && d.rows[k].page == d.rows[at.row].page; k++ {
		for _, p := range tabbed(d.rows[k]) {
			part := d.trim(span{k, p[0], p[1]}, "")
			if b := d.box(part); endOfWords.MatchString(d.text(part)) && b[1]-box[3] < 1.5*box.Height() && b[0] < box[2] && b[2] > box[0] {
				return part, true
			}
		}
	}
	return span{}, false
}

// endOfWords is the end of an amount in words.
var endOfWords = regexp.MustCompile(`^[零〇壹贰叁参肆伍陆柒捌玖拾佰仟万元圆角]*[分整正]$`)

// wordsOn are numerals and units at the beginning of a row.
var wordsOn = regexp.MustCompile(`^[零〇壹贰叁参肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+`)
