package extractors

import (
	"regexp"
	"strings"

	"github.com/agnivade/levenshtein"

	"hequan"
	"hequan/internal/name"
)

// What the labels of a kind did not give is looked for here: by parts of labels,
// by the form of values, by sentences, by what only one thing can be.

func isOrganisation(v string) bool {
	return looksLikeCompany(v) && len([]rune(v)) >= 6 && !strings.HasSuffix(v, "局")
}

// notNumber are labels of other numbers than a paper's own.
var notNumber = []string{"电话", "手机", "传真", "邮编", "账号", "帐号", "账户", "信用", "税号", "识别", "证件", "身份", "银行", "行号", "序", "版本", "型号", "页", "发票", "模型", "邮箱"}

// useHints are for settlements and usage lists.
var useHints = []hint{
	{"customer", readCompany, []string{"客户", "购", "买", "甲方", "需方", "用户", "委托", "采购", "使用", "付款", "付费", "调用方", "账号主体", "账户主体", "租户", "致", "收单", "接收"}, []string{"提供", "供应", "电话", "编号", "地址"}, isOrganisation},
	{"provider", readCompany, []string{"供应", "提供", "乙方", "服务商", "服务方", "供方", "卖", "销售", "受托", "收款", "平台", "出具", "出账", "开具", "结算单位", "运营"}, []string{"客户", "电话", "编号", "地址", "使用"}, isOrganisation},
}

// settlementDate is how the day of a statement may be told by its label.
var settlementDate = []hint{
	{"date", readDay, []string{"结算日", "出账", "账单日", "开单", "制单", "编制", "填报", "填表", "出具", "签发", "开具", "填制", "确认日", "日期"}, []string{"起", "止", "始", "终", "截", "期间", "周期", "付款", "到期", "签订", "使用", "服务", "结束", "开始", "账期"}, nil},
}

var settlementHints = []hint{
	{"number", readCode, []string{"结算单", "账单编", "账单号", "单据", "单号", "对账", "编号", "流水", "凭证", "号码", "文号", "No", "NO"}, append([]string{"合同", "协议", "订单", "客户", "项目", "日期", "周期", "金额"}, notNumber...), nil},
	settlementDate[0],
	{"total", readMoney, []string{"应付总", "应结", "应付", "实付", "结算总", "总额", "总计", "合计", "总价", "总金额", "结算金额", "费用", "金额", "价税合计"}, []string{"大写", "原价", "优惠", "税额", "折扣", "代金", "单价", "不含税", "上期", "未付", "已付", "期间", "周期", "区间", "时间", "期限", "日"}, nil},
}

var usageHints = []hint{
	{"total", readMoney, []string{"消费总", "费用总", "总费用", "总金额", "总额", "合计", "总计", "总消费", "累计", "应付", "费用", "金额"}, []string{"大写", "原价", "优惠", "税额", "折扣", "代金", "单价", "用量", "数量", "调用", "期", "时间", "周期", "区间"}, nil},
}

var periodHints = []hint{
	{"period_start", readDay, []string{"起始", "开始", "起", "始"}, []string{"截止", "终止", "结束", "签订", "合同"}, nil},
	{"period_end", readDay, []string{"截止", "终止", "结束", "截", "止", "终"}, []string{"起始", "开始", "付款", "合同"}, nil},
}

// otherNumbers are parts of labels of other papers' numbers on a statement.
var otherNumbers = []string{"合同", "协议", "订单", "客户", "项目", "采购", "发票", "联系"}

// addressed is whom a letter is written to: 致：某某, or 某某： in a line of its own.
var addressed = regexp.MustCompile(`(?:\n|^)(?:致|尊敬的|TO|To)?:?([\p{Han}A-Za-z()]{6,36}):(?:\n|$)|(?:\n|^)致:?([\p{Han}A-Za-z()]{6,36})(?:\n|$|:)`)

// addressee reads whom a letter is written to.
func addressee(f *flow, field string) (hequan.Field, bool) {
	text := string(f.text)
	for _, loc := range addressed.FindAllStringSubmatchIndex(text, -1) {
		from, to := loc[2], loc[3]
		if from < 0 {
			from, to = loc[4], loc[5]
		}
		v := strings.TrimPrefix(text[from:to], "致")
		if isOrganisation(normalName(v)) && !strings.Contains(v, "公章") {
			k := len([]rune(text[:from]))
			return f.field(field, normalName(v), k, k+len([]rune(text[from:to]))), true
		}
	}
	return hequan.Field{}, false
}

// found completes a settlement or usage list.
func found(d *doc, c *Content, table string) {
	f := d.flow()
	if x := c.field("customer"); x == nil || !isOrganisation(x.Value) {
		if x, ok := addressee(f, "customer"); ok {
			c.set(x)
		}
	}
	byHint(d, c, useHints)
	if x, seller := c.field("customer"), c.field("provider"); x != nil && seller != nil && levenshtein.ComputeDistance(x.Value, seller.Value) <= 1 {
		if x, ok := addressee(f, "customer"); ok { // it was the seller's name, beside 客户确认
			c.set(x)
		}
	}
	gluedSides(d, c, "customer", "provider")
	otherParty(f, c, "customer", "provider")
	headNames(d, c)
	if table == "items" {
		ownNumber(d, c, otherNumbers)
		ownHeadNumber(d, c, otherNumbers)
		byHint(d, c, settlementHints)
		settleSum(f, c, "total", "total_words")
		wholeWords(f, c, "total", "total_words")
		firstDigitLost(f, c, "total", "total_words")
	} else {
		byHint(d, c, usageHints)
	}
	settleTotal(f, c, table)
	if x := c.field("period_start"); x == nil || x.Value == "" {
		f.longest(c, "period_start", "period_end", 2)
		byHint(d, c, periodHints)
		f.daysApart(c)
	}
}

// gluedSides fills the parties whose label stands against the name: 采购方北京某某科技有限公司. A name begins with its place,
// so the label ends before it.
func gluedSides(d *doc, c *Content, buyer, seller string) {
	for i, r := range d.rows {
		for _, p := range tabbed(r) {
			s := d.trim(span{i, p[0], p[1]}, "-■●◆·.、，。；;0123456789 ")
			text := []rune(strings.Map(dropSpace, d.text(s)))
			for n := 2; n <= 8 && n+6 <= len(text); n++ {
				place, _, _ := name.Parts(string(text[n:]))
				field := map[string]string{"buyer": buyer, "seller": seller}[sideOfLabel(string(text[:n]))]
				if place == "" || field == "" || !isOrganisation(string(text[n:])) {
					continue
				}
				if x := c.field(field); x != nil && isOrganisation(x.Value) {
					break
				}
				s.from += blanksWithin(d.text(s), n)
				if f, ok := readCompany(d, field, s); ok && isOrganisation(f.Value) {
					c.set(f)
				}
				break
			}
		}
	}
}

// blanksWithin is how many characters of a text its first n that are no blanks take.
func blanksWithin(text string, n int) int {
	for k, r := range []rune(text) {
		if dropSpace(r) >= 0 {
			if n--; n < 0 {
				return k
			}
		}
	}
	return len([]rune(text))
}

// headNames are the parties of a statement that no label names: who made it stands above its title, as on letter paper, and
// whom it is for in a line of its own below.
func headNames(d *doc, c *Content) {
	provider, customer := c.field("provider"), c.field("customer")
	if provider != nil && customer != nil || len(d.rows) == 0 {
		return
	}
	var above, below []hequan.Field
	tallest := 0
	for i, r := range d.rows {
		if r.page != d.rows[0].page || r.box[1] > 0.45 {
			break
		}
		if i < 6 && r.box.Height() > d.rows[tallest].box.Height() && !isOrganisation(strings.Map(dropSpace, string(r.text))) {
			tallest = i
		}
	}
	for i, r := range d.rows {
		if r.page != d.rows[0].page || r.box[1] > 0.45 {
			break
		}
		if list := tabbed(r); len(list) != 1 || !isOrganisation(strings.Map(dropSpace, string(r.text))) || strings.ContainsAny(string(r.text), ":：，。") {
			continue
		}
		f, ok := readCompany(d, "", span{i, 0, len(r.text)})
		if !ok || !isOrganisation(f.Value) {
			continue
		}
		f.Confidence, f.Proof = min(f.Confidence, 0.75), nil
		if i < tallest {
			above = append(above, f)
		} else {
			below = append(below, f)
		}
	}
	other := func(f hequan.Field, x *hequan.Field) bool {
		return x == nil || levenshtein.ComputeDistance(f.Value, x.Value) > 3
	}
	if provider == nil && len(above) == 1 && other(above[0], customer) {
		above[0].Name = "provider"
		c.set(above[0])
		provider = c.field("provider")
	}
	if customer == nil && provider != nil && len(below) == 1 && other(below[0], provider) {
		below[0].Name = "customer"
		c.set(below[0])
	}
}

// otherParty takes the second of the only two companies of a paper for the
// party that is missing; what is no organisation's name is none. A name whose
// ending was lost or misread stays, for the page's picture to settle.
func otherParty(f *flow, c *Content, a, b string) {
	for _, side := range []string{a, b} {
		if x := c.field(side); x != nil && !isOrganisation(x.Value) && !strings.Contains(x.Value, "有限") {
			c.drop(side)
		}
	}
	all := companies(f)
	if len(all) != 2 {
		if all = standing(f); len(all) != 2 {
			return
		}
	}
	for _, side := range [][2]string{{a, b}, {b, a}} {
		known, missing := c.field(side[0]), c.field(side[1])
		if known == nil || missing != nil {
			continue
		}
		for i, o := range all {
			if sameCompany(o.Value, known.Value) {
				other := all[1-i]
				other.Name = side[1]
				c.set(other)
				return
			}
		}
	}
}
