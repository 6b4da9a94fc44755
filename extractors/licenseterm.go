package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// termLabels are the names of how long a licence holds: older forms and print-outs of the register have their own.
var termLabels = []string{"营业期限", "经营期限", "有效期限", "有效期", "合伙期限", "营业(经营)期限", "经营(营业)期限", "存续期限", "存续期间", "登记期限", "经营年限",
	"营业期限至", "经营期限至", "营业截止日期", "营业终止日期", "经营截止日期", "有效期至", "证照有效期", "执照有效期", "有效日期", "期限"}

// endless are words for a term without an end.
var endless = []string{"长期", "无固定", "永久", "永续", "不约定"}

var (
	endlessOnly = regexp.MustCompile(`^(?:自.{0,14}(?:至|到))?[至到\-—~～(（]*(?:长期(?:有效)?|无固定期限|永久|永续经营|不约定期限?)[)）。]?$`)
	namedTerm   = regexp.MustCompile(`(?:营业|经营|存续|登记|合伙|有效)[^，。；]{0,3}期[限间]?[^，。；]{0,8}?(?:长期|无固定期限|永久|永续|不约定)`)
	endOfTerm   = regexp.MustCompile(`^[至到\-—~～]`)
	openTerm    = regexp.MustCompile(`[至到\-—~～]$`)
)

// readLastDay reads the last day of a term; one without an end is "long". Of a
// term of which only the first day was read the last one is not known: its value is empty.
func readLastDay(d *doc, field string, s span) (hequan.Field, bool) {
	if t := d.rows[s.row].text; s.to+1 < len(t) && t[s.to] == '\t' && (strings.ContainsRune("至到-—~～", t[s.to+1]) || openTerm.MatchString(strings.Map(dropSpace, d.text(s)))) {
		s.to = len(t) // 自2016年2月13日    至2026年5月31日
	}
	text := d.text(s)
	if containsAny(strings.Map(dropSpace, text), endless) {
		return d.field(field, "long", s), true
	}
	if rest := d.restOfDay(s, text); rest != "" {
		if found := day.Find(mendDay(text + rest)); len(found) == 2 {
			last := found[1]
			return d.field(field, last.Window.From.String(), sub(s, last.Start, last.End)), true
		}
	}
	found := day.Find(mendDay(text))
	if len(found) == 0 {
		return hequan.Field{}, false
	}
	last := found[len(found)-1]
	if len(found) < 2 && !containsAny(string([]rune(text)[:min(last.Start, len([]rune(text)))]), []string{"至", "截止", "到期"}) && !d.behindEnd(s) {
		if f, ok := d.termBelow(field, s); ok {
			return f, true
		}
		return d.field(field, "", s), true
	}
	return d.field(field, last.Window.From.String(), sub(s, last.Start, last.End)), true
}

// behindEnd says whether a value stands behind a label of the last day: 营业期限至, 截止日期.
func (d *doc) behindEnd(s span) bool {
	before := strings.TrimRight(strings.Map(dropSpace, string(d.rows[s.row].text[:s.from])), ":：")
	for _, end := range []string{"至", "截止", "截止日期", "终止日期", "到期日"} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// termBelow is the last day that stands in the row below the first one, where its line ends: under it, or at the margin.
func (d *doc) termBelow(field string, s span) (hequan.Field, bool) {
	open := openTerm.MatchString(strings.Map(dropSpace, d.text(s)))
	own := d.box(s)
	for i := s.row + 1; i <= s.row+2 && i < len(d.rows) && d.rows[i].page == d.rows[s.row].page; i++ {
		for _, p := range tabbed(d.rows[i]) {
			part := d.trim(span{i, p[0], p[1]}, "")
			b, text := d.box(part), strings.Map(dropSpace, d.text(part))
			if b[1]-own[3] > 1.6*own.Height() || min(b[2], own[2]) < max(b[0], own[0]) || !open && !endOfTerm.MatchString(text) {
				continue
			}
			if endlessOnly.MatchString(text) {
				return d.field(field, "long", part), true
			}
			if found := day.Find(mendDay(d.text(part))); len(found) == 1 && found[0].Start <= 2 {
				return d.field(field, found[0].Window.From.String(), sub(part, found[0].Start, found[0].End)), true
			}
		}
	}
	return hequan.Field{}, false
}

// loneTerm is the term of a licence whose label was not read: nothing else on a licence runs from one day to another, or
// has no end. Less certain than one beside its label.
func loneTerm(d *doc) (out hequan.Field, ok bool) {
	for i, r := range d.rows {
		for _, p := range tabbed(r) {
			s := d.trim(span{i, p[0], p[1]}, ":： ")
			text := strings.Map(dropSpace, d.text(s))
			var f hequan.Field
			switch found := day.Find(mendDay(d.text(s))); {
			case len(found) == 2 && found[1].Start-found[0].End <= 4 && found[0].Window.To.Before(found[1].Window.From):
				f = d.field("valid_until", found[1].Window.From.String(), sub(s, found[1].Start, found[1].End))
			case endlessOnly.MatchString(text) || namedTerm.MatchString(text):
				f = d.field("valid_until", "long", s)
			default:
				continue
			}
			if ok && out.Value != f.Value {
				return hequan.Field{}, false
			}
			f.Confidence, f.Proof = min(f.Confidence, 0.75), nil
			out, ok = f, true
		}
	}
	return out, ok
}
