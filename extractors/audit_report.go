package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
)

var reportYear = regexp.MustCompile(`(20\d{2}|[二][〇○零0O][一二三四五六七八九〇○零]{2})年度?`)

// auditReport reads 审计报告: its cover and opinion page tell what is needed.
func auditReport(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"entity", readCompany, []string{"被审计单位", "被审计单位名称", "编制单位", "单位名称"}},
		{"report_date", readDay, []string{"报告日期", "报告日"}},
	}, "会计师事务所", "报告文号", "报告编号")}
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		whole := span{i, 0, len(r.text)}
		if c.field("firm") == nil {
			if m := firmIn(r); m != "" {
				f := d.field("firm", name.Normal(strings.NewReplacer("〈", "(", "《", "(", "【", "(", "〉", ")", "》", ")", "】", ")").Replace(withoutLabel(m))), whole)
				f.Text = m
				c.set(f)
			}
		}
		if c.field("year") == nil {
			if m := reportYear.FindStringSubmatch(text); m != nil && (strings.Contains(text, "年度") || strings.Contains(text, "12月31日")) {
				f := d.field("year", arabicYear(m[1]), whole)
				f.Text = m[0]
				c.set(f)
			}
		}
	}
	if f := c.field("firm"); f != nil {
		if own, form, ok := FirmParts(f.Value); ok && form != "" { // a bracket may be lost
			f.Value = name.Normal(own + string(firmWords) + form)
		}
		wholeFirm(d, f)
	} else if f, ok := misreadFirm(d); ok {
		c.set(f)
	}
	if f, ok := officeNumberField(d, "report_number"); ok && c.field("report_number") == nil {
		c.set(f)
	}
	if f := c.field("entity"); f == nil || !looksLikeCompany(f.Value) || f.Confidence < 0.8 {
		if x, ok := auditedEntity(d); ok && (f == nil || !looksLikeCompany(f.Value) || x.Value == f.Value && x.Confidence > f.Confidence) {
			c.set(x) // of two places that say the same the one read better
		}
	}
	if f := c.field("report_date"); f == nil || f.Value == "" {
		if f, ok := reportDate(d); ok {
			c.set(f)
		}
	}
	if at, year := c.field("report_date"), c.field("year"); at != nil && year != nil && at.Value != "" && at.Value < year.Value+"-12-31" {
		c.drop("report_date") // no year is audited before it ends: another day was taken for it
	}
	text := strings.Map(dropSpace, d.fullText())
	if strings.Contains(text, "合并资产负债表") || strings.Contains(text, "合并财务报表") || strings.Contains(text, "合并及公司") {
		if at, ok := d.find("合并"); ok {
			c.set(d.field("consolidated", "true", at))
		}
	}
	for _, part := range []struct {
		field string
		words []string
	}{{"opinion", []string{"审计意见"}}, {"statements", []string{"资产负债表"}}} {
		for _, w := range part.words {
			if strings.Contains(text, w) {
				if at, ok := d.find(w); ok {
					c.Fields = append(c.Fields, d.field(part.field, "present", at))
				}
				break
			}
		}
	}
	return c
}

func allHan(t []rune) bool {
	for _, r := range t {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// auditsWhom is a sentence, or the head of a letter, that names whom a report is about.
var auditsWhom = regexp.MustCompile(`(?:审计了|^\s*致[:：])\s*([\p{Han}A-Za-z()（）]{4,40}?(?:公司|企业|合伙\)|合伙）|研究院|研究所|中心))`)

// auditedEntity is whom the opinion addresses (某某公司全体股东), else the
// first company of the cover that is not an audit firm.
func auditedEntity(d *doc) (hequan.Field, bool) {
	for i, r := range d.rows {
		t := string(r.text)
		for _, who := range []string{"全体股东", "董事会", "股东会", "管理层", "全体合伙人", "全体出资人"} {
			if k := strings.Index(t, who); k > 0 {
				s := d.trim(span{i, 0, len([]rune(t[:k]))}, "致：: ")
				if f, ok := readCompany(d, "entity", s); ok && looksLikeCompany(f.Value) {
					return f, true
				}
			}
		}
		if m := auditsWhom.FindStringSubmatchIndex(t); m != nil {
			s := span{i, len([]rune(t[:m[2]])), len([]rune(t[:m[3]]))}
			if f, ok := readCompany(d, "entity", s); ok && looksLikeCompany(f.Value) {
				return f, true
			}
		}
	}
	for i, r := range d.rows {
		for _, p := range pieces(r) {
			f, ok := readCompany(d, "entity", span{i, p[0], p[1]})
			if ok && looksLikeCompany(f.Value) && firmAt([]rune(f.Value)) < 0 && len([]rune(f.Value)) >= 6 {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}

// notOfReport marks days that are of the paper's registration, not its signing.
var notOfReport = regexp.MustCompile(`报备|备案|打印|验证|查询|防伪|有效期|下载|上传|赋码|编码|流水`)

// reportDate is the last day on a page that bears an opinion, standing by
// itself. A day of which the zero or the last character was misread, as under
// the firm's seal, counts where no other stands there.
func reportDate(d *doc) (hequan.Field, bool) {
	var best, mended hequan.Field
	for i, r := range d.rows {
		s := span{i, 0, len(r.text)}
		if notOfReport.MatchString(string(r.text)) {
			continue
		}
		for _, f := range day.Find(mendDay(d.text(s))) {
			rest := len(r.text) - (f.End - f.Start)
			if rest < 16 && !strings.Contains(d.text(s), "月31日止") && !strings.Contains(d.text(s), "12月31日") {
				best = d.dayField("report_date", s, f)
			}
		}
		if m := damagedDay.FindString(strings.Map(dropSpace, d.text(s))); m != "" && len(r.text) < 40 && !strings.Contains(m, "12月31") {
			text := mendDay(misreadZero.ReplaceAllString(m, "二〇"))
			for _, f := range day.Find(mendDay(text)) {
				mended = d.field("report_date", f.Window.From.String(), s)
				mended.Repaired, mended.Proof, mended.Confidence = m, nil, min(mended.Confidence, 0.75)
			}
		}
	}
	if best.Name == "" {
		best = mended
	}
	if best.Name == "" {
		return d.unreadDay("report_date")
	}
	return best, best.Name != ""
}

// damagedDay is a day whose zero, or last character, may be another one;
// misreadZero is the zero of a year in Chinese numerals read as letters.
var (
	damagedDay  = regexp.MustCompile(`(?:20\d\d年\d{1,2}月\d{1,2}|二[〇○零OoＯ0口QDU]{1,2}[一二三][〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3})(?:[日号]|\p{Han}(?:$|\P{Han}))`)
	misreadZero = regexp.MustCompile(`^二[〇○零OoＯ0口QDU]{1,2}`)
)

// find returns where a phrase stands, blanks ignored.
func (d *doc) find(phrase string) (span, bool) {
	for i, r := range d.rows {
		for k := range r.text {
			if n, _ := labelAt(r.text, k, phrase); n > 0 {
				return span{i, k, k + n}, true
			}
		}
	}
	return span{}, false
}

// arabicYear turns 二〇二五 into 2025.
func arabicYear(s string) string {
	return strings.NewReplacer("〇", "0", "○", "0", "零", "0", "O", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9").Replace(s)
}
