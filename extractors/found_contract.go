package extractors

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hequan/internal/rmb"
)

var contractHints = []hint{
	{"number", readCode, []string{"合同编", "合同号", "协议编", "协议号", "订单编", "订单号", "合同", "编号", "文号", "单号", "案号", "号码"}, append([]string{"项目编", "名称", "日期", "金额", "总价", "签订", "采购项目", "期限", "方式"}, notNumber...), nil},
	{"sign_date", readDay, []string{"签订", "签署", "订立", "签约", "下单", "订货日", "订单日", "合同日", "日期"}, []string{"起", "止", "交付", "交货", "付款", "支付", "有效", "到期", "服务", "使用", "截"}, nil},
	{"amount", readMoney, []string{"合同总", "总价", "总额", "总金额", "合同金额", "合同价", "价款", "费用合计", "合计", "总计", "服务费", "采购金额", "金额", "费用"}, []string{"单价", "税额", "不含税", "预付", "首付", "尾款", "首期", "第一", "第二", "违约", "比例", "大写", "注册资", "保证金", "押金"}, nil},
}

// subjectOf is what a contract is about, in a sentence.
var subjectOf = []*regexp.Regexp{
	regexp.MustCompile(`(?:标的物?|(?:采购|服务|供货|合作|工作|委托|项目|交付|订购|实施|合同)(?:内容|范围|事项|项目|概况|明细))(?:为|是|包括|如下:|:)+([^。\n]{6,120})`),
	regexp.MustCompile(`(?:提供|采购|购买|委托(?:[^。，\n]{0,8})开发)([^人方商者单的。\n][^。\n]{3,109}?(?:模型|服务|软件|一体机|系统)[^。\n]{0,60})[。\n]`),
}

// subjectSentence takes the first sentence that says what is bought.
func subjectSentence(f *flow, c *Content) {
	for _, re := range subjectOf {
		for _, m := range f.matches(re) {
			if said := f.string(m[0], m[1]); !otherClause.MatchString(said) {
				c.set(f.field("subject", said, m[0], m[1]))
				return
			}
		}
	}
}

// wordsApart says whether a text is the headings of a table: short words apart from each other, and nothing else.
func wordsApart(text string) bool {
	words := strings.Fields(text)
	return len(words) >= 3 && !slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) > 6 })
}

// statedSum is the sum of a contract in its sentence: 框架总额不超过人民币180,000.00元.
var statedSum = regexp.MustCompile(`(?:总额|总价|总金额|总价款|价款总计|合同金额)[^\d。，,]{0,12}?([¥￥]?\d[\d,]*\.\d{2})元`)

// otherClause is what is said of a service elsewhere: that it is filed, available, supported, not resold.
var otherClause = regexp.MustCompile(`备案|可用性|培训|技术支持|转售|转租|分租|保证|保密|违约|侵权|发票`)

// foundContract completes a contract.
func foundContract(d *doc, c *Content) {
	f := d.flow()
	if x := c.field("number"); x != nil && x.Box[1] > 0.6 && d.rows[0].page == x.Page {
		c.drop("number") // a number in a clause
	}
	ownNumber(d, c, []string{"项目", "招标", "标书", "采购编", "包号", "客户", "订货", "发票"})
	ownHeadNumber(d, c, []string{"项目", "招标", "标书", "客户", "发票"})
	byHint(d, c, contractHints)
	settleSum(f, c, "amount", "amount_words")
	wholeWords(f, c, "amount", "amount_words")
	firstDigitLost(f, c, "amount", "amount_words")
	if x := c.field("amount"); x == nil || x.Value == "" {
		if from, to, ok := f.match(statedSum); ok { // its words could not be read
			if sums := rmb.Find(f.string(from, to)); len(sums) == 1 && sums[0].Fen >= leastContract {
				c.set(f.field("amount", sums[0].Fen.String(), from, to))
			}
		}
	}
	namedParties(f, c)
	if x := c.field("sign_date"); x == nil || x.Value == "" {
		if x, ok := f.dayIn("sign_date", signedOn); ok {
			c.set(x)
		} else if x, ok := loneDay(d, "sign_date"); ok {
			c.set(x)
		}
	}
	f.longest(c, "term_start", "term_end", 25)
	if x := c.field("subject"); x != nil && wordsApart(x.Text) {
		c.drop("subject")
	}
	if x := c.field("subject"); x == nil || x.Value == "" || len([]rune(x.Value)) > 200 {
		subjectSentence(f, c)
	}
}

// calledParty is a name that a sentence gives its role in brackets: 某某公司（以下简称“甲方”）.
var calledParty = regexp.MustCompile(`([\p{Han}A-Za-z()]{6,40}?(?:公司|研究院|研究所|中心|大学|医院|集团))[,，]?(?:[(〈](?:以下)?(?:简称|下称|称)?|(?:以下)(?:简称|称)|下称)(?:为)?[“"‘'『「*＊]?([\p{Han}]{2,6})[”"’'』」]?[)，,。]?`)

// calledLater is a name whose role follows what is said of it: 某某公司，一家依法设立的公司，住所地为…（“甲方”）.
var calledLater = regexp.MustCompile(`([\p{Han}A-Za-z()]{6,40}?(?:公司|研究院|研究所|中心|大学|医院|集团))[,，](?:一家|系|是|为|依|根据|注册|登记|住所|地址|其|统一|法定)[^；。;\n]{4,160}?[(〈](?:以下)?(?:简称|下称|称)?(?:为)?[“"‘'『「]([\p{Han}]{2,6})[”"’'』」][)〉]`)

// namedParties reads who is who from sentences, and the second of two companies.
func namedParties(f *flow, c *Content) {
	text := string(f.text)
	for _, loc := range append(calledParty.FindAllStringSubmatchIndex(text, -1), calledLater.FindAllStringSubmatchIndex(text, -1)...) {
		role := text[loc[4]:loc[5]]
		role = strings.TrimSuffix(role, "”")
		side := map[string]string{"buyer": "party_a", "seller": "party_b"}[sideOfLabel(role)]
		if side == "" {
			continue
		}
		defined := isOrganisation(normalName(text[loc[2]+len(string([]rune(text[loc[2]:loc[3]])[:companyStart(text[loc[2]:loc[3]])])) : loc[3]]))
		if x := c.field(side); x != nil && wholeCompany(x.Value) && (!defined || x.Repaired == "") {
			continue
		}
		from := len([]rune(text[:loc[2]])) + companyStart(text[loc[2]:loc[3]])
		to := len([]rune(text[:loc[3]]))
		c.set(f.field(side, normalName(f.string(from, to)), from, to))
	}
	otherParty(f, c, "party_a", "party_b")
}

// leadWords are what may stand before the name of a model in a sentence.
var leadWords = []string{"提供", "采购", "使用", "调用", "购买", "部署", "运营", "开发", "研发", "名称为", "含", "预装", "搭载", "内置", "一体机", "向", "为", "的", "购人", "供"}

// bareModel takes the words of a sentence off a model's name: 购人提供云岫-32B.
func bareModel(d *doc, s span) span {
	t := d.rows[s.row].text
	for changed := true; changed; {
		changed = false
		for _, w := range leadWords {
			k := strings.LastIndex(string(t[s.from:s.to]), w)
			if k < 0 {
				continue
			}
			from := s.from + len([]rune(string(t[s.from:s.to])[:k])) + len([]rune(w))
			if s.to-from >= 4 && unicode.Is(unicode.Han, t[s.from]) {
				s.from, changed = from, true
			}
		}
	}
	return s
}

// frameworkForm is a framework under one of its names.
var frameworkForm = regexp.MustCompile(`框架性?(?:合同|协议|合作|采购|订单)`)

// frameworkWords mark a contract whose sum follows from use.
var frameworkWords = []string{"框架合同", "框架协议", "框架采购", "采购框架", "框架模式", "框架订单", "据实结算", "以订单为准", "按实际调用量结算", "按实际使用量结算", "以实际发生量", "单价合同", "年度框架"}
