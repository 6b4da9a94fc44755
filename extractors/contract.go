package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Words of contracts.
var (
	partyALabels  = []string{"甲方单位", "采购单位", "委托人", "需求方", "订购方", "买受人", "购方", "用户单位", "客户名称", "购买人", "委托单位", "甲方", "采购方", "委托方", "需方", "采购人", "买方", "客户", "购买方", "用户方", "使用方", "发包方"}
	partyBLabels  = []string{"乙方单位", "供应单位", "供货方", "供货单位", "服务单位", "受托人", "出卖人", "销售方", "服务提供者", "服务人", "中标人", "受托单位", "售方", "乙方", "供应商", "受托方", "供方", "卖方", "服务方", "服务提供方", "提供方", "供应方", "服务商", "出卖方", "承包方", "模型服务提供方"}
	amountLabels  = []string{"合同总额度", "合同总费用", "合同价格", "合同含税金额", "含税金额", "合同总款", "服务总价", "费用合计", "采购总价", "采购总金额", "合同价税合计", "总计金额", "合计金额", "合同费用", "费用总计", "总价格", "总计", "合计", "合同总价", "合同总金额", "合同金额", "合同总价款", "总价款", "采购金额", "服务费总额", "合同价款", "费用总额", "总金额", "服务费用总计", "合同含税总价", "含税总价", "价税合计", "总费用", "服务费用", "合同总额", "总价"}
	modelName     = regexp.MustCompile(`[A-Za-z][A-Za-z0-9.]*(?:-[A-Za-z0-9.]+)+|\p{Han}{2,6}(?:-[A-Za-z0-9.]+)+|\p{Han}{2,6}大模型`)
	paymentClues  = []string{"支付", "付款", "付清", "结清"}
	deliveryClues = []string{"交付方式", "交付", "交货", "安装部署", "安装调试", "送达", "运送"}
)

// leastContract is a sum below which nothing is a contract's amount: 100 yuan.
const leastContract rmb.Fen = 100_00

// contract reads 项目合同.
func contract(d *doc) Content {
	wants := []wanted{
		{"number", readCode, []string{"合同书编号", "合同序号", "合同代码", "合同流水号", "订单号", "协议号", "采购合同编号", "文本编号", "No", "NO", "合同编号", "合同号", "协议编号", "订单编号", "编号"}},
		{"party_a", readCompany, partyALabels},
		{"party_b", readCompany, partyBLabels},
		{"sign_date", readDay, []string{"签订日期", "合同签订日期", "合同签署日期", "订立日期", "订立时间", "签约时间", "签署日", "签订日", "合同日期", "签章日期", "签署日期", "签订时间", "签约日期", "日期", "签署时间"}},
		{"amount", readMoney, amountLabels},
		{"amount_words", readWords, []string{"大写", "人民币大写", "人民币(大写)", "金额大写", "合同金额(大写)", "总价(大写)", "人民币"}},
	}
	c := Content{Fields: gather(d, wants, "地址", "法定代表人", "统一社会信用代码", "联系人", "电话", "签订地点", "住所", "开户行", "账号", "盖章")}
	sides(d, &c)
	addSides(d, &c, "party_a", "party_b")
	if f, ok := title(d, []string{"合同", "协议", "订单"}); ok {
		c.set(f)
	}
	if f := c.field("amount"); f == nil || f.Value == "" {
		if f, ok := moneyIn(d, amountLabels); ok {
			c.set(f)
		}
	}
	if f := c.field("amount"); f != nil {
		if v, ok := rmb.ParseValue(f.Value); ok && v < leastContract {
			c.drop("amount") // a unit price, a rate
		}
	}
	if f := c.field("amount_words"); f == nil || f.Value == "" {
		if f, ok := wordsOrPlace(d, "amount_words", c.field("amount")); ok {
			c.set(f)
		}
	}
	if f := c.field("sign_date"); f == nil || f.Value == "" {
		if f, ok := loneDay(d, "sign_date"); ok {
			c.set(f)
		}
	}
	signedTwice(d, &c)
	term(d, &c)
	passages(d, &c)
	quota(d, &c)
	foundContract(d, &c)
	partTerm(d, &c)
	namesUnderRoles(d, &c)
	roleHeads(d, &c)
	f := d.flow()
	otherParty(f, &c, "party_a", "party_b")
	steadyParty(d, f, &c, "party_a", "party_b")
	steadyParty(d, f, &c, "party_b", "party_a")
	c.Fields = append(c.Fields, models(d)...)
	framework(d, &c)
	resale(d, &c)
	heads(d, &c)
	partyFactsOf(d, &c)
	instalments(d, &c)
	contractTables(d, &c)
	if dropItemAmount(&c); c.field("amount") == nil { // a column's heading gave it; a sentence may name it
		if f, ok := moneyIn(d, amountLabels); ok {
			c.set(f)
			dropItemAmount(&c)
		}
	}
	if f := c.field("number"); f != nil {
		pairBrackets(f)
	}
	return c
}

// noticeClause says how notices are sent, not goods: 否则按原地址送达.
var noticeClause = regexp.MustCompile(`原地址|送达地址|联系方式|视为送达|通知对方|通知.{0,8}送达`)

// title is the heading of the first page: its tallest row with one of the words.
func title(d *doc, words []string) (hequan.Field, bool) {
	best, tallest := -1, 0.0
	for i, r := range d.rows {
		if r.page != d.rows[0].page || r.box[1] > 0.5 {
			break
		}
		text := strings.Map(dropSpace, string(r.text))
		if n := len([]rune(text)); n < 2 || n > 40 || strings.ContainsAny(text, "，。：:;；") {
			continue
		}
		for _, w := range words {
			if strings.HasSuffix(text, w) || strings.HasSuffix(text, w+"书") {
				if r.box.Height() > tallest {
					best, tallest = i, r.box.Height()
				}
			}
		}
	}
	if best < 0 {
		return hequan.Field{}, false
	}
	s := span{best, 0, len(d.rows[best].text)}
	for _, p := range tabbed(d.rows[best]) { // beside a letterhead
		text := strings.Map(dropSpace, string(d.rows[best].text[p[0]:p[1]]))
		if n := len([]rune(text)); n >= 4 && slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(text, w) || strings.HasSuffix(text, w+"书") }) && strings.HasSuffix(strings.Map(dropSpace, string(d.rows[best].text)), text) {
			s.from, s.to = p[0], p[1]
		}
	}
	s.from = d.rows[best].large(s.from, s.to)
	return d.field("title", foldSpaces(d.text(s)), s), true
}

// large is where, from a place of a row on, letters begin that are nearly as tall as its tallest: behind a letterhead.
func (r *row) large(from, to int) int {
	tallest := 0.0
	for _, w := range r.words[from:to] {
		if w >= 0 {
			tallest = max(tallest, r.parts[w].Box.Height())
		}
	}
	for k := from; k < to; k++ {
		if w := r.words[k]; w >= 0 && r.parts[w].Box.Height() >= 0.62*tallest {
			return k
		}
	}
	return from
}

// sides keeps of several mentions of a party the one that ends as a company's
// name does.
func sides(d *doc, c *Content) {
	for _, side := range []struct {
		field  string
		labels []string
	}{{"party_a", partyALabels}, {"party_b", partyBLabels}} {
		if f := c.field(side.field); f != nil && looksLikeCompany(f.Value) {
			continue
		}
		s := seeker{d: d, labels: append(append([]string{}, partyALabels...), partyBLabels...)}
		for _, at := range s.after(side.labels...) {
			if f, ok := readCompany(d, side.field, at); ok && looksLikeCompany(f.Value) {
				c.set(f)
				break
			}
		}
	}
}

// moneyIn finds an amount in a sentence that names the contract's sum.
func moneyIn(d *doc, words []string) (hequan.Field, bool) {
	for i, r := range d.rows {
		if len(tabbed(r)) >= 4 {
			continue // a heading, or a line of a table
		}
		text := string(r.text)
		for _, w := range words {
			k := strings.Index(text, w)
			if k < 0 {
				continue
			}
			from := len([]rune(text[:k])) + len([]rune(w))
			if f, ok := readMoney(d, "amount", span{i, from, len(r.text)}); ok && f.Value != "" {
				return f, true
			}
			if i+1 < len(d.rows) && d.rows[i+1].page == r.page {
				if f, ok := readMoney(d, "amount", span{i + 1, 0, len(d.rows[i+1].text)}); ok && f.Value != "" {
					return f, true
				}
			}
		}
	}
	return hequan.Field{}, false
}

// partTerm reads what is left of a term of which a day was lost: 合同期限：自 … 起至 2026-06-30 止. That it stands there counts,
// whether it could be read or not.
func partTerm(d *doc, c *Content) {
	if c.field("term_start") != nil || c.field("term_end") != nil {
		return
	}
	for i := range d.rows {
		at := span{i, 0, len(d.rows[i].text)}
		text := mendDay(d.text(at))
		flat := strings.Map(dropSpace, text)
		if !containsAny(flat, termClues) || !partOfTerm.MatchString(flat) {
			continue
		}
		c.set(d.field("term_start", "", at))
		c.set(d.field("term_end", "", at))
		to := strings.LastIndexAny(text, "至到")
		for _, found := range day.FindAll(text) {
			if found.Exact && found.Start > len([]rune(text[:to])) {
				c.set(d.dayField("term_end", at, found))
				break
			}
		}
		return
	}
}

// partOfTerm is the beginning and the end of a term, and a number between or behind them.
var partOfTerm = regexp.MustCompile(`(?:[自从由].{0,24}[至到]|起至).{0,14}\d.{0,12}(?:止|日)`)

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// passages finds the clauses that the guide asks for.
func passages(d *doc, c *Content) {
	if f, ok := d.passage("subject", "交付标的", "合同标的", "服务标的", "采购标的", "服务内容", "采购内容", "标的"); ok {
		c.set(f)
	}
	if f, ok := d.passage("delivery_method", "交付方式", "交货方式", "交付及验收方式"); ok {
		c.set(f)
	}
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		whole := span{i, 0, len(r.text)}
		if c.field("subject") == nil && containsAny(text, []string{"标的", "服务内容", "采购内容"}) && len(text) > 30 && strings.ContainsAny(text, "，。；：,;:") && len(tabbed(r)) < 3 {
			c.set(d.field("subject", foldSpaces(string(r.text)), whole))
		}
		if c.field("payment_terms") == nil && payHeading.MatchString(text) && i+1 < len(d.rows) && d.rows[i+1].page == r.page && len(d.rows[i+1].text) > 12 {
			c.set(d.paragraph("payment_terms", span{i + 1, 0, len(d.rows[i+1].text)}))
		}
		if c.field("payment_terms") == nil && containsAny(text, paymentClues) && containsAny(text, []string{"日内", "工作日", "个月内", "每月", "季度", "验收", "预付", "一次性", "按月", "按季", "之前", "签订后"}) {
			c.set(d.field("payment_terms", foldSpaces(string(r.text)), whole))
		}
		if c.field("delivery_method") == nil && containsAny(text, deliveryClues) && !noticeClause.MatchString(text) && containsAny(text, []string{"方式", "现场", "机房", "远程", "指定", "安装"}) && len([]rune(text)) > 8 &&
			(!strings.Contains(text, "验收") || containsAny(text, []string{"交付", "交货"})) { // 安装调试完成后10日内验收 tells no way of delivery
			c.set(d.field("delivery_method", foldSpaces(string(r.text)), whole))
		}
		if c.field("calling_method") == nil {
			if m := modeOf(text); m != "" {
				c.set(d.field("calling_method", m, whole))
			}
		}
	}
}

// modeOf tells the calling or delivery method that a text names, "" when none
// or more than one.
func modeOf(text string) string {
	found := ""
	for _, m := range []struct {
		mode  string
		words []string
	}{
		{"appliance", []string{"大模型一体机", "一体机"}},
		{"private", []string{"私有化部署", "本地化部署", "私有部署", "私有化"}},
		{"cloud", []string{"云化部署", "云上部署", "专属云", "云端部署", "专有云实例"}},
		{"api", []string{"API接口", "API调用", "接口调用", "API方式", "API"}},
	} {
		if containsAny(text, m.words) {
			if found != "" {
				return ""
			}
			found = m.mode
		}
	}
	return found
}

// readMode reads a mode of application.
func readMode(d *doc, field string, s span) (hequan.Field, bool) {
	if m := modeOf(d.text(s)); m != "" {
		return d.field(field, m, s), true
	}
	return hequan.Field{}, false
}

// payHeading is the heading of the clause on paying.
var payHeading = regexp.MustCompile(`^(?:第?[一二三四五六七八九十\d]+[条、.．:：]?)?(?:付款|支付|价款支付|费用支付)[^，。:：]{0,8}$`)

// namesNoModel says whether a stretch that looks like a model's name is none: a
// project that is called so, or 采购大模型, where only the word is left.
func namesNoModel(t []rune, at span) bool {
	rest := strings.TrimLeft(string(t[at.to:]), "”\"’』」》）) \t")
	if strings.HasPrefix(rest, "项目") || strings.HasPrefix(rest, "工程") || rest == "项" || rest == "" && strings.ContainsRune("”』」", t[len(t)-1]) {
		return true
	}
	lead := string(t[:at.from])
	if before := strings.TrimRight(lead, "“\"‘「『《"); before != lead { // what it is for, in quotation marks
		for _, w := range []string{"用于", "服务于", "支撑", "建设", "实施", "开展"} {
			if strings.HasSuffix(before, w) {
				return true
			}
		}
	}
	name, generic := strings.CutSuffix(string(t[at.from:at.to]), "大模型")
	if !generic {
		return false
	}
	for _, w := range leadWords {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// models lists the model names that stand in a contract, each once.
func models(d *doc) []hequan.Field {
	var out []hequan.Field
	seen := map[string]bool{}
	for i, r := range d.rows {
		t := string(r.text)
		if !containsAny(t, []string{"模型", "Model", "model"}) {
			continue
		}
		for _, loc := range modelName.FindAllStringIndex(t, -1) {
			at := span{i, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]]))}
			at = bareModel(d, at)
			value := d.text(at)
			key := strings.ToLower(value)
			if seen[key] || len([]rune(value)) < 4 || isPaperNumber(value) || strings.Contains(value, "的") || namesNoModel(r.text, at) {
				continue
			}
			seen[key] = true
			out = append(out, d.field("models", value, at))
			if len(out) == 12 {
				return out
			}
		}
	}
	return out
}

var paperNumber = regexp.MustCompile(`\d{4,}|^[A-Z]{2,}-?\d`)

func isPaperNumber(s string) bool { return paperNumber.MatchString(s) }

// framework says whether the paper is a framework contract.
func framework(d *doc, c *Content) {
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if containsAny(text, frameworkWords) || frameworkForm.MatchString(text) {
			c.set(d.field("is_framework", "true", span{i, 0, len(r.text)}))
			return
		}
	}
	c.set(hequan.Field{Name: "is_framework", Value: "false", Page: d.rows[0].page, Confidence: 0.8})
}
