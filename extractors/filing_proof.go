package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var (
	filingNumber    = regexp.MustCompile(`[A-Z][A-Za-z]{2,20}\s?-\s?[A-Za-z0-9.\-]+?\s?-\s?(?:20\d{6})[A-Za-z]?\d{0,6}`)
	algorithmNumber = regexp.MustCompile(`网信算备\s?\d{10,24}号?`)
)

// filingProof reads 备案证明: label and value, or a list with the filing in a row.
func filingProof(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"model", readPhrase, []string{"模型名称", "模型", "备案产品", "备案产品名称", "备案对象", "备案大模型", "备案大模型名称", "备案模型名称", "大模型产品名称", "模型产品名称", "应用名称", "备案模型", "大模型", "产品(模型)名称", "备案服务名称", "备案名称", "生成式人工智能服务名称", "服务名称", "大模型名称", "模型(服务)名称", "产品名称", "算法名称"}},
		{"entity", readCompany, []string{"备案单位", "备案单位名称", "备案人", "申请主体", "运营单位", "运营主体", "提供单位", "服务提供单位", "备案主体", "单位名称", "主体名称", "服务提供者", "申请单位", "备案企业", "登记单位"}},
		{"number", readFilingNumber, []string{"备案编号", "备案号", "登记编号", "上线编号", "编号"}},
		{"date", readDay, []string{"备案时间", "备案完成时间", "备案完成日期", "完成备案日期", "备案生效日期", "备案登记日期", "备案公告日期", "备案公示日期", "获批日期", "备案通过时间", "备案公布时间", "公告日期", "发布日期", "公布时间", "通过备案时间", "备案日期", "通过时间", "公示日期", "登记时间", "备案通过日期"}},
		{"territory", readPhrase, []string{"属地", "备案属地", "省份", "地区", "所属省份", "所在省市", "所在省份", "所在省", "省市", "属地网信办", "所属地区", "所在地", "备案地"}},
	}, "序号", "备案状态", "查询时间")}
	list(d, &c)
	if c.field("number") == nil {
		for i, r := range d.rows {
			if f, ok := readFilingNumber(d, "number", span{i, 0, len(r.text)}); ok {
				c.set(f)
				break
			}
		}
	}
	foundFiling(d, &c)
	mendNumbers(&c)
	c.Fields = append(c.Fields, register(d)...)
	return c
}

// tallJ is a J that was read as l, as every recogniser here does now and then: names of models are written
// syllable by syllable, each with a capital, and no syllable goes on with li or lu.
var tallJ = regexp.MustCompile(`(-[A-Za-z]*[a-z])l([iu][A-Za-z]*-)`)

// mendNumbers mends the number of a proof and those of the list that it stands in.
func mendNumbers(c *Content) {
	if f := c.field("number"); f != nil {
		if v, ok := mendNumber(f.Value, f.Proof); ok {
			f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, v, nil, min(f.Confidence, 0.75)
		}
	}
	for _, t := range c.Tables {
		n := t.Column("number")
		if n < 0 {
			continue
		}
		for _, r := range t.Rows {
			if v, ok := mendNumber(r[n].Value, r[n].Proof); ok {
				r[n].Value, r[n].Proof, r[n].Confidence = v, nil, min(r[n].Confidence, 0.75)
			}
		}
	}
}

// mendNumber reads HengJian for Henglian in the number of a filing, and says whether it did. Nothing proves it.
func mendNumber(value string, proof []hequan.Proof) (string, bool) {
	if has(proof, hequan.ProofTextLayer) || !tallJ.MatchString(value) {
		return value, false
	}
	return tallJ.ReplaceAllString(value, "${1}J${2}"), true
}

// readFilingNumber reads 属地-模型-日期, or the number of an algorithm filing.
func readFilingNumber(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.text(s)
	for _, re := range []*regexp.Regexp{filingNumber, algorithmNumber} {
		if loc := re.FindStringIndex(t); loc != nil {
			at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
			return d.field(field, strings.ReplaceAll(d.text(at), " ", ""), at), true
		}
	}
	return hequan.Field{}, false
}

// list reads the print-out of a list whose rows are filings, as the table
// filings. Its first row gives the single fields; which row concerns an
// application is not known here.
func list(d *doc, c *Content) {
	kind := tableKind{name: "filings", least: 3, needs: []string{"model"}, columns: []column{
		{"seq", []string{"序号"}, cellText},
		{"territory", []string{"属地"}, cellText},
		{"model", []string{"模型名称", "服务名称", "模型"}, cellText},
		{"entity", []string{"备案单位", "单位", "备案主体"}, func(t string) string { return name.Normal(t) }},
		{"number", []string{"备案编号", "备案号", "编号", "上线编号"}, cellText},
		{"date", []string{"备案时间", "备案日期", "时间"}, cellDay},
	}}
	if tables := d.tables(kind); len(tables) > 0 {
		t := tables[0]
		for n, r := range t.Rows { // below, other labels with their values
			if n > 0 && !slices.ContainsFunc(r, func(x hequan.Cell) bool { return x.Text != "" && !labelLike(x.Text) && !oneOf(x.Text, labelWords) }) {
				t.Rows = t.Rows[:n]
				break
			}
		}
		if n := t.Column("number"); n >= 0 && t.Column("seq") < 0 && plainNumbers(t, n) {
			t.Columns[n] = "seq" // 编号 is the number of the row
		}
		c.Tables = append(c.Tables, t)
		for n, cell := range t.Rows[0] {
			if cell.Value != "" && t.Columns[n] != "seq" && (t.Columns[n] != "number" || isFilingNumber(cell.Value)) {
				c.set(hequan.Field{Name: t.Columns[n], Value: cell.Value, Text: cell.Text, Page: t.Page, Box: cell.Box, Confidence: cell.Confidence, Proof: cell.Proof})
			}
		}
	}
}

// plainNumbers says whether all cells of a column are numbers.
func plainNumbers(t hequan.Table, column int) bool {
	for _, r := range t.Rows {
		if !isNumber(r[column].Text) {
			return false
		}
	}
	return true
}

// register says which register the paper is of: 备案, 登记 or 算法备案.
func register(d *doc) []hequan.Field {
	for _, r := range []struct{ word, value string }{{"网信算备", "算法备案"}, {"算法备案", "算法备案"}, {"已登记", "登记"}, {"登记编号", "登记"}, {"上线编号", "登记"}, {"备案", "备案"}} {
		if at, ok := d.find(r.word); ok {
			return []hequan.Field{d.field("register", r.value, at)}
		}
	}
	return nil
}
