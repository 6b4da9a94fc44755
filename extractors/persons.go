package extractors

import (
	"strings"
	"unicode"

	"hequan"
)

// readPerson reads a name of two to four Chinese characters (or a longer one with a dot).
func readPerson(d *doc, field string, s span) (hequan.Field, bool) {
	t := []rune(d.text(s))
	n := 0
	for n < len(t) && (unicode.Is(unicode.Han, t[n]) || t[n] == ' ' || t[n] == '·') {
		n++
	}
	for _, w := range []string{"联系", "电话", "手机", "职务", "身份证", "邮箱", "传真"} { // the next label, without a gap
		if i := strings.Index(string(t[:n]), w); i > 0 {
			n = len([]rune(string(t[:n])[:i]))
		}
	}
	at := d.trim(span{s.row, s.from, s.from + n}, "")
	value := foldSpaces(d.text(at))
	if c := len([]rune(value)); value == "姓名" || c < 2 || c > 12 || c > 4 && !strings.Contains(value, "·") {
		return hequan.Field{}, false
	}
	return d.field(field, value, at), true
}

// readSignature reads the name beside 签字; handwriting that is no name to the
// recogniser is "present".
func readSignature(d *doc, field string, s span) (hequan.Field, bool) {
	if f, ok := readPerson(d, field, s); ok && !strings.ContainsAny(f.Value, "字笔签章盖印") { // 签字 read as 答字 is no name
		return f, true
	}
	if k := strings.IndexAny(d.text(s), ":："); k >= 0 { // 负责人亲笔：
		s.from += len([]rune(d.text(s)[:k])) + 1
	}
	s = d.trim(s, ":：_-—/|()（）〈〉 ")
	if rest := signHere.ReplaceAllString(strings.Map(dropSpace, d.text(s)), ""); strings.Trim(rest, ":：;；_-—/|()（）〈〉,，.。、或及") == "" {
		return hequan.Field{}, false // the label alone
	}
	if s.to <= s.from || strings.Contains(d.text(s), "盖章") || strings.Contains(d.text(s), "年") {
		return hequan.Field{}, false
	}
	return d.field(field, "present", s), true
}
