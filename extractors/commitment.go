package extractors

import (
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
)

// commitment reads 承诺书.
func commitment(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"applicant", readCompany, []string{"承诺单位", "承诺单位名称", "承诺方", "承诺主体", "声明单位", "承诺企业", "单位全称", "申请人", "承诺人名称", "申报企业", "申报单位", "承诺人", "单位名称", "申请单位", "企业名称", "申报主体"}},
		{"date", readDay, []string{"日期", "承诺时间", "时间", "签字日期", "签章日期", "签订日期", "承诺日期", "签署日期"}},
		{"signature", readSignature, []string{"签字", "签名", "法定代表人", "授权代表", "负责人"}},
	})}
	if f := c.field("applicant"); f == nil || !looksLikeCompany(f.Value) {
		if all := companies(d.flow()); len(all) == 1 {
			all[0].Name = "applicant"
			c.set(all[0])
		} else if f, ok := firstCompany(d, "applicant"); ok {
			c.set(f)
		}
	}
	if f := c.field("date"); f == nil || f.Value == "" {
		if f, ok := lastDay(d, "date"); ok {
			c.set(f)
		} else if f, ok := d.unreadDay("date"); ok {
			c.set(f)
		}
	}
	c.Fields = append(c.Fields, promises(d)...)
	return c
}

// companyEndings are how names of companies and institutions end.
var companyEndings = []string{"公司", "中心", "研究院", "研究所", "大学", "学院", "医院", "事务所", "合伙)", "合伙）", "厂", "局", "协会", "学校", "集团", "商店", "商场", "商行", "超市", "经营部", "合作社"}

// looksLikeCompany says whether a name ends as names of companies and
// institutions do, and is no sentence.
func looksLikeCompany(s string) bool {
	if strings.ContainsAny(s, "、，。；：:与为的\t") {
		return false
	}
	for _, end := range companyEndings {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// firstCompany finds the first name that ends as a company's does, from the
// last rows upwards: papers are signed at their foot.
func firstCompany(d *doc, field string) (hequan.Field, bool) {
	for i := len(d.rows) - 1; i >= 0; i-- {
		for _, p := range pieces(d.rows[i]) {
			s := span{i, p[0], p[1]}
			f, ok := readCompany(d, field, s)
			if ok && looksLikeCompany(f.Value) && !strings.HasSuffix(f.Value, "局") && len([]rune(f.Value)) >= 6 && len([]rune(f.Value)) < 30 {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}

// lastDay finds the last day that stands in a document.
func lastDay(d *doc, field string) (hequan.Field, bool) {
	for i := len(d.rows) - 1; i >= 0; i-- {
		s := span{i, 0, len(d.rows[i].text)}
		if found := day.Find(mendDay(d.text(s))); len(found) > 0 {
			return d.dayField(field, s, found[len(found)-1]), true
		}
	}
	return hequan.Field{}, false
}

// promiseClues are the words by which a promise of the guide (三) is known.
var promiseClues = []struct {
	value string
	any   [][]string // one list whose words all occur
}{
	{"no_penalty", [][]string{{"行政处罚"}, {"违法违规"}, {"刑事"}}},
	{"not_dishonest", [][]string{{"失信"}, {"违法失信"}}},
	{"no_other_funding", [][]string{{"财政资金"}, {"其他", "资金"}, {"重复", "申报"}, {"未获得", "支持"}}},
}

// promises finds which promises are made, each with its passage.
func promises(d *doc) []hequan.Field {
	var out []hequan.Field
	for _, p := range promiseClues {
	rows:
		for i, r := range d.rows {
			text := strings.Map(dropSpace, string(r.text))
			if i+1 < len(d.rows) { // a word may be broken over two lines
				next := strings.Map(dropSpace, string(d.rows[i+1].text))
				text += string([]rune(next)[:min(4, len([]rune(next)))])
			}
			for _, words := range p.any {
				all := true
				for _, w := range words {
					all = all && strings.Contains(text, w)
				}
				if all {
					out = append(out, d.field("declares", p.value, span{i, 0, len(r.text)}))
					break rows
				}
			}
		}
	}
	return out
}

// sameCompany says whether two readings are one name.
func sameCompany(a, b string) bool { return name.Equal(a, b) }
