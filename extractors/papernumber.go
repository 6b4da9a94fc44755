package extractors

import (
	"regexp"
	"strings"
)

// numberLabel is how labels of a paper's own number end, whatever stands before.
var numberLabel = regexp.MustCompile(`(?:编号|单号|号码|文号|字号|登记号|流水号|批次号|档案号|编码|合同号|协议号|订单号|账单号|凭单号|单据号|ID|No|NO|Number|号)$`)

// idNumber is a number that papers are told apart by: four digits and more.
var idNumber = regexp.MustCompile(`\d{4,}|20\d\d[)）\]〕】〉]第?\d+号?`)

// ownNumber reads the number of a paper from the first label that ends as labels
// of numbers do and names nothing else; not are parts of labels of other papers' numbers.
func ownNumber(d *doc, c *Content, not []string) {
	if x := c.field("number"); x != nil && idNumber.MatchString(x.Value) {
		return
	}
	for _, p := range d.pairs() {
		if !numberLabel.MatchString(p.label) || containsAny(p.label, not) || containsAny(p.label, notNumber) || d.rows[p.at.row].page != d.rows[0].page {
			continue
		}
		if f, ok := readCode(d, "number", p.at); ok && idNumber.MatchString(f.Value) && len([]rune(f.Value)) <= 32 {
			c.set(f)
			return
		}
	}
}

// headNumber is the number in a line of its own above or below the title, in
// brackets or behind a short label.
var headNumber = regexp.MustCompile(`^\(?[^:\n]{0,10}?(?:编号|号|No\.?|NO\.?|ID)[:.]*[为是]?([^\n:]{5,32}?)[)）;；。，,]?$`)

// ownHeadNumber reads a number that stands in the head of a paper.
func ownHeadNumber(d *doc, c *Content, not []string) {
	if x := c.field("number"); x != nil && idNumber.MatchString(x.Value) {
		return
	}
	f := d.flow()
	text := string(f.text)
	for n, l := range lines(text) {
		if n > 12 {
			return
		}
		m := headNumber.FindStringSubmatchIndex(text[l[0]:l[1]])
		if m == nil || containsAny(text[l[0]:l[0]+m[2]], not) || containsAny(text[l[0]:l[0]+m[2]], notNumber) {
			continue
		}
		v := text[l[0]+m[2] : l[0]+m[3]]
		from := len([]rune(text[:l[0]+m[2]]))
		if !idNumber.MatchString(v) || f.row[from] < 0 || strings.ContainsAny(v, "，。；,;") {
			continue
		}
		last := f.at[from+len([]rune(v))-1]
		if g, ok := readCode(d, "number", span{f.row[from], f.at[from], last + 1}); ok && idNumber.MatchString(g.Value) {
			c.set(g)
			return
		}
	}
}
