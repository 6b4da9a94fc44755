package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// headLabels are what the head of a contract says of each party.
var headLabels = []struct {
	field  string
	labels []string
	read   valueReader
}{
	{"legal", []string{"法定代表人", "负责人", "法人代表"}, readPerson},
	{"address", []string{"住所", "住所地", "注册地", "单位地址", "公司地址", "办公地址", "送达地址", "邮寄地址", "地址", "住址", "注册地址", "联系地址", "通讯地址"}, readText},
	{"phone", []string{"联系电话", "电话", "电话号码", "联系人电话", "办公电话", "手机", "手机号", "手机号码", "联系方式"}, readPhone},
}

var phone = regexp.MustCompile(`(?:0\d{2,3}[-\s]?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3,4}[-\s]?\d{3,4})`)

func readPhone(d *doc, field string, s span) (hequan.Field, bool) {
	return pattern(phone)(d, field, s)
}

// heads reads legal representative, address and telephone of both parties:
// what stands under a party's name and above the other's, or in its half where
// the parties stand side by side.
func heads(d *doc, c *Content) {
	a, b := c.field("party_a"), c.field("party_b")
	if a == nil || b == nil || a.Page != b.Page || a.Value == "" || b.Value == "" {
		return
	}
	beside := a.Box.CenterY()-b.Box.CenterY() < 0.015 && b.Box.CenterY()-a.Box.CenterY() < 0.015
	if !beside && a.Box.CenterY() > b.Box.CenterY() {
		return
	}
	var labels []string
	for _, h := range headLabels {
		labels = append(labels, h.labels...)
	}
	ownHeads(d, c)
	s := seeker{d: d, labels: append(labels, "统一社会信用代码", "联系人", "开户行", "账号")}
	for _, h := range headLabels {
		for _, at := range s.after(h.labels...) {
			f, ok := h.read(d, "", at)
			if !ok || f.Value == "" || f.Page != a.Page {
				continue
			}
			side := ""
			y, top := f.Box.CenterY(), a.Box.CenterY()-0.005
			switch {
			case beside && y > top && y < top+0.2:
				side = "party_a_"
				if f.Box[0] > (a.Box[0]+b.Box[0])/2+0.02 {
					side = "party_b_"
				}
			case !beside && y > top && y < b.Box.CenterY()-0.005:
				side = "party_a_"
			case !beside && y >= b.Box.CenterY()-0.005 && y < 2*b.Box.CenterY()-top+0.03:
				side = "party_b_"
			}
			if own := ownedBy(d, at); own != "" {
				side = own
			}
			if side != "" && c.field(side+h.field) == nil {
				f.Name = side + h.field
				c.set(f)
			}
		}
	}
}

// partySides are the parties of a contract: how their fields begin, what they are called.
var partySides = []struct {
	field string
	words []string
}{{"party_a_", partyALabels}, {"party_b_", partyBLabels}}

// ownedBy is the party that the row of a value names before its label, "" for none.
func ownedBy(d *doc, at span) string {
	text := strings.Map(dropSpace, string(d.rows[at.row].text[:at.from]))
	for _, side := range partySides {
		for _, w := range side.words {
			if rest, ok := strings.CutPrefix(text, w); ok && rest != "" && !strings.ContainsAny(rest, ":：,，") {
				return side.field
			}
		}
	}
	return ""
}

// ownHeads reads what a contract says of the parties under labels that name
// them: 采购人地址, 乙方法定代表人.
func ownHeads(d *doc, c *Content) {
	of := func(words, labels []string, legal bool) []string {
		var out []string
		for _, w := range words {
			for _, l := range labels {
				out = append(out, w+l)
			}
			if legal {
				out = append(out, w+"代表")
			}
		}
		return out
	}
	for _, side := range partySides {
		for _, h := range headLabels {
			labels := of(side.words, h.labels, h.field == "legal")
			// 甲方地址 is no misread 乙方地址.
			s := seeker{d: d, labels: append(of(partyALabels, h.labels, h.field == "legal"), of(partyBLabels, h.labels, h.field == "legal")...)}
			for _, at := range s.after(labels...) {
				if f, ok := h.read(d, side.field+h.field, at); ok && f.Value != "" {
					f.Name = side.field + h.field
					c.set(f)
					break
				}
			}
		}
	}
}

var instalmentWords = regexp.MustCompile(`分期|分批|分阶段|按月|按季|按期|逐月|逐期|每月|每季|每期|第[一二三]期|里程碑`)

// instalments finds the passage on delivery and payment by instalments: one
// that speaks of parts and of paying, settling or delivering them.
func instalments(d *doc, c *Content) {
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if instalmentWords.MatchString(text) && containsAny(text, []string{"支付", "付款", "结算", "交付", "付清", "对账", "验收"}) {
			c.set(d.paragraph("instalments", span{i, 0, len(r.text)}))
			return
		}
	}
}

var redOf = regexp.MustCompile(`(?:被红冲蓝字数电(?:票|发票)号码|对应正数发票代码:?\d*号码|对应蓝字发票(?:代码:?\d*)?号码|蓝字发票号码|正数发票号码)[:：]?(\d{8,20})`)

// redInvoice reads which invoice a red-letter one takes back, from its remarks.
func redInvoice(d *doc, c *Content) {
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if i+1 < len(d.rows) && d.rows[i+1].page == r.page {
			text += strings.Map(dropSpace, string(d.rows[i+1].text)) // remarks wrap
		}
		if m := redOf.FindStringSubmatch(text); m != nil {
			f := d.field("red_of", m[1], span{i, 0, len(r.text)})
			c.set(f)
			return
		}
	}
}
