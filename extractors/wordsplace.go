package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
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
