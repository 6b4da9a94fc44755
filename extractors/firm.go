package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var firmName = regexp.MustCompile(`\p{Han}{2,20}会计师事务所(?:[（(〈《【]?(?:特殊普通合伙|普通合伙|有限合伙)[）)〉》】]?|有限责任公司|有限公司)?`)

// firmIn is the firm's name that a row holds in one of its pieces, or over them.
func firmIn(r row) string {
	for _, p := range tabbed(r) {
		text := strings.Map(dropSpace, string(r.text[p[0]:p[1]]))
		if k := strings.LastIndexAny(text, ":："); k >= 0 && firmName.MatchString(text[k:]) {
			text = text[k:]
		}
		if m := firmName.FindString(text); m != "" {
			return m
		}
	}
	return firmName.FindString(strings.Map(dropSpace, string(r.text)))
}

// firmLabel is what stands before a firm's name without a gap.
var firmLabel = regexp.MustCompile(`^(?:审计|出具|受托|事务所|会计师事务所|报告)?(?:机构|单位|名称|方)(?:名称)?`)

// withoutLabel takes the label off a firm's name.
func withoutLabel(firm string) string {
	if rest := firm[len(firmLabel.FindString(firm)):]; len([]rune(rest)) >= 8 {
		return rest
	}
	return firm
}

// firmWords are what every audit firm's name holds.
var firmWords = []rune("会计师事务所")

// firmAt says where in a text firmWords begin, up to two of them misread; -1 for nowhere. The last place counts:
// they may be the label of the name as well.
func firmAt(t []rune) int {
	for i := len(t) - len(firmWords); i >= 0; i-- {
		wrong := 0
		for k, w := range firmWords {
			if t[i+k] != w {
				wrong++
			}
		}
		if wrong <= 2 {
			return i
		}
	}
	return -1
}

// partnership is the form of a firm behind its name, characters of it and its
// brackets misread: 等味普通合伙 was 特殊普通合伙.
var partnership = regexp.MustCompile(`^.?(\p{Han}{2})?(普.合伙|.通合伙|普通.伙|普通合(?:.|$))`)

// partnershipIn is the form of a partnership that stands behind a firm's name, "" for none.
func partnershipIn(behind string) string {
	switch m := partnership.FindStringSubmatch(behind); {
	case m == nil:
		return ""
	case m[1] != "":
		return "(特殊普通合伙)"
	}
	return "(普通合伙)"
}

// FirmParts takes a text that holds a firm's name apart: what is the firm's own, before 会计师事务所 (two of whose
// characters may be misread), and its form behind it, "" for none.
func FirmParts(text string) (own, form string, ok bool) {
	t := []rune(strings.Map(dropSpace, text))
	k := firmAt(t)
	if k < 2 {
		return "", "", false
	}
	own = strings.TrimPrefix(string(t[:k]), string(firmWords))
	own = strings.TrimLeft(own, ":：,，、.。“”'‘’|-·")
	rest := string(t[k+len(firmWords):])
	if form = partnershipIn(rest); form == "" {
		form = limitedFirm.FindString(rest)
	}
	if n := len([]rune(own)); n < 2 || n > 20 || !allHan([]rune(own)) {
		return "", "", false
	}
	return own, form, true
}

var limitedFirm = regexp.MustCompile(`^有限(?:责任)?公司`)

// misreadFirm finds a firm in whose name words that all firms share were
// misread, as under its seal, and puts those right.
func misreadFirm(d *doc) (hequan.Field, bool) {
	for i := len(d.rows) - 1; i >= 0; i-- {
		for _, p := range tabbed(d.rows[i]) {
			s := d.trim(span{i, p[0], p[1]}, "")
			own, form, ok := FirmParts(d.text(s))
			if !ok {
				continue
			}
			f := d.field("firm", name.Normal(own+string(firmWords)+form), s)
			f.Repaired, f.Confidence = strings.Map(dropSpace, d.text(s)), min(f.Confidence, 0.6)
			return f, true
		}
	}
	return hequan.Field{}, false
}

// wholeFirm gives a firm's name its form where it stands behind the name in another place, or
// behind a bracket that was misread or in the next line.
func wholeFirm(d *doc, f *hequan.Field) {
	head, ok := strings.CutSuffix(f.Value, string(firmWords))
	if !ok {
		return
	}
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		_, rest, found := strings.Cut(text, head)
		if t := []rune(rest); !found || len(t) <= len(firmWords) || firmAt(t[:len(firmWords)]) != 0 {
			continue
		}
		rest = string([]rune(rest)[len(firmWords):])
		if len([]rune(rest)) < 4 && i+1 < len(d.rows) && d.rows[i+1].page == r.page {
			rest += strings.Map(dropSpace, string(d.rows[i+1].text))
		}
		form := partnershipIn(rest)
		if form == "" {
			form = limitedFirm.FindString(rest)
		}
		if form == "" {
			continue
		}
		f.Repaired, f.Value, f.Confidence = f.Value, name.Normal(f.Value+form), min(f.Confidence, 0.6)
		return
	}
}
