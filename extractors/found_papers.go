package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/day"
)

func isBank(v string) bool {
	return (strings.Contains(v, "银行") || strings.Contains(v, "信用社") || strings.Contains(v, "信用合作")) && len([]rune(v)) >= 6 && !labelLike(v) && !isRole(v)
}

func isRole(v string) bool {
	return strings.HasSuffix(v, "账户") || strings.HasSuffix(v, "账号") || strings.HasSuffix(v, "的函")
}

func isAccountName(v string) bool { return isOrganisation(v) && !strings.Contains(v, "银行") }

func isAccount(v string) bool { return len(v) >= 10 && len(v) <= 25 }

var (
	bankName   = regexp.MustCompile(`([\p{Han}]{2,16}银行[\p{Han}()]{0,24}?(?:支行|营业部|分行|营业室|分理处))`)
	accountRun = regexp.MustCompile(`(?:^|[^\dA-Za-z])(\d{12,25})(?:[^\dA-Za-z]|$)`)
	bankHints  = []hint{
		{"account_name", readCompany, []string{"户名", "收款人", "收款单位", "开户名", "账户名", "存款人", "开户单位", "单位名", "企业名", "名称", "全称", "单位"}, []string{"银行", "开户行", "支行", "机构", "账号"}, isAccountName},
		{"bank", readPhrase, []string{"开户行", "开户银行", "银行", "开户", "网点", "支行", "机构"}, []string{"账号", "账户", "户名", "行号"}, isBank},
		{"account", readDigits, []string{"账号", "帐号", "账户号", "账户", "卡号", "号码"}, []string{"联行", "行号", "电话", "信用"}, isAccount},
	}
)

// foundBank completes a bank sheet: a bank and an account are known by their form.
func foundBank(d *doc, c *Content) {
	f := d.flow()
	byHint(d, c, bankHints)
	if x := c.field("bank"); x == nil || !isBank(x.Value) {
		c.drop("bank")
		if from, to, ok := f.match(bankName); ok {
			for _, lead := range []string{"为", "是", "在", "至", "于", "银行名称", "开户行", "开户银行"} {
				if i := strings.LastIndex(f.string(from, to), lead); i >= 0 && strings.Contains(f.string(from, to)[i+len(lead):], "银行") {
					from += len([]rune(f.string(from, to)[:i])) + len([]rune(lead))
				}
			}
			c.set(f.field("bank", f.string(from, to), from, to))
		}
	}
	if x := c.field("account"); x == nil || !isAccount(x.Value) {
		c.drop("account")
		for _, m := range f.matches(accountRun) {
			if !otherRun.MatchString(f.string(max(0, m[0]-10), m[0])) {
				c.set(f.field("account", f.string(m[0], m[1]), m[0], m[1]))
				break
			}
		}
	}
	if x := c.field("account_name"); x == nil || !isAccountName(x.Value) {
		c.drop("account_name")
		var all []hequan.Field
		for _, o := range companies(f) {
			if !strings.Contains(o.Value, "银行") {
				all = append(all, o)
			}
		}
		if x, ok := f.inSentence("account_name", paidTo, isPayee); ok {
			c.set(x)
		} else if len(all) == 1 {
			all[0].Name = "account_name"
			c.set(all[0])
		}
	}
}

// otherRun is the label of digits that are no account's: the bank's own number, a telephone.
var otherRun = regexp.MustCompile(`(?:行号|联行|支付系统|代码|电话|手机|传真|编号|单号)[^\d]{0,4}$`)

// paidTo is to whom a sentence asks that the money be paid.
var paidTo = regexp.MustCompile(`(?:拨付|支付|汇入|汇至|转入|划拨|划入|拨至)(?:至|到|给|入)?:?([\p{Han}()（）·]{2,40})[，,;；。]`)

// isPayee says whether a name is a company's or may be a person's: a person's account is no applicant's, and must be read to be told.
func isPayee(v string) bool {
	return wholeCompany(v) || len([]rune(v)) <= 4 && !strings.ContainsAny(v, "我本该下列账户银行如单位公司企业以上述指定同其")
}

// provinces are the places that filings belong to.
var provinces = regexp.MustCompile(`((?:北京|上海|天津|重庆)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省?|内蒙古(?:自治区)?|广西(?:壮族自治区)?|西藏(?:自治区)?|宁夏(?:回族自治区)?|新疆(?:维吾尔自治区)?|国资委)`)

var onlyProvince = regexp.MustCompile(`^` + provinces.String() + `$`)

func readTerritory(d *doc, field string, s span) (hequan.Field, bool) {
	f, ok := readPhrase(d, field, s)
	return f, ok && onlyProvince.MatchString(f.Value)
}

func isTerritory(v string) bool { return onlyProvince.MatchString(v) }

func isModelName(v string) bool {
	n := len([]rune(v))
	return n >= 2 && n <= 30 && !labelLike(v) && !strings.HasSuffix(v, "名称") && balanced(v) && !containsAny(v, []string{"备案", "登记", "办法", "条例", "规定", "管理", "信息", "互联网"}) && !looksLikeCompany(v) && !strings.ContainsAny(v, "，。；")
}

func isFilingNumber(v string) bool {
	return filingNumber.MatchString(v) || algorithmNumber.MatchString(v)
}

var (
	quotedName  = regexp.MustCompile(`[“"「『《'‘]([^“”"「」『』《》'’\n]{2,24})[”"」』》'’]`)
	filedModel  = regexp.MustCompile(`(?:提供的|运营的|开发的|申报的|研发的|备案的|申请的|上线的|运营|提供|开发|旗下的?|其|名为|名称为)([\p{Han}A-Za-z0-9\-]{2,20}?(?:大模型|模型|助手|GPT|Chat|\p{Han}?))(?:服务)?(?:已|于|,|，|通过|完成|属)`)
	filedOn     = regexp.MustCompile(`(?:于|在)(` + aDay + `)[^。\n]{0,20}?(?:备案|登记|通过|公告)`)
	filingHints = []hint{
		{"number", readFilingNumber, []string{"备案编", "备案号", "登记编", "编号", "号"}, nil, isFilingNumber},
		{"entity", readCompany, []string{"备案主体", "备案单位", "主体", "单位", "企业", "公司", "运营", "提供者", "申请人", "机构", "提供方", "申报", "开发者", "研发"}, []string{"发布", "主管", "查询", "地址", "名称(模型)"}, isOrganisation},
		{"model", readPhrase, []string{"模型名", "服务名", "大模型", "模型", "产品名", "产品", "应用名", "名称", "服务", "应用"}, []string{"单位", "主体", "企业", "公司", "机构", "提供者", "提供方", "状态", "类型", "编号", "时间", "日期", "号"}, isModelName},
		{"date", readDay, []string{"备案时", "备案日", "通过", "登记时", "批准", "核准", "时间", "日期"}, []string{"编号", "号", "发布", "查询", "打印", "截图", "公布", "公告", "有效"}, nil},
		{"territory", readTerritory, []string{"属地", "地区", "所在", "辖", "省", "区域", "地"}, []string{"地址"}, isTerritory},
	}
)

// foundFiling completes a filing: what stands in the row of its number is told
// by its form, and sentences are read.
func foundFiling(d *doc, c *Content) {
	f := d.flow()
	for _, x := range []struct {
		field string
		fits  func(string) bool
	}{{"number", isFilingNumber}, {"entity", isOrganisation}, {"model", isModelName}, {"territory", isTerritory}} {
		if v := c.field(x.field); v != nil && !x.fits(v.Value) {
			c.drop(x.field)
		}
	}
	filingRow(d, c)
	if c.field("number") == nil {
		if x, ok := f.inSentence("number", wholeFilingNumber, isFilingNumber); ok {
			c.set(x)
		}
	}
	byHint(d, c, filingHints)
	if c.field("model") == nil {
		if x, ok := f.inSentence("model", quotedName, isModelName); ok {
			c.set(x)
		} else if x, ok := f.inSentence("model", filedModel, isModelName); ok {
			c.set(x)
		} else if x, ok := onlyModel(d, "model"); ok {
			c.set(x)
		}
	}
	if c.field("entity") == nil {
		if x, ok := addressee(f, "entity"); ok {
			c.set(x)
		} else if all := companies(f); len(all) == 1 {
			all[0].Name = "entity"
			c.set(all[0])
		}
	}
	if x := c.field("date"); x == nil || x.Value == "" {
		if x, ok := f.dayIn("date", filedOn); ok {
			c.set(x)
		} else if x, ok := f.onlyDay("date"); ok {
			c.set(x)
		}
	}
	if c.field("territory") == nil {
		if x, ok := f.inSentence("territory", provincePhrase, isTerritory); ok {
			c.set(x)
		}
	}
	wrappedProvince(d, c)
}

// wrappedProvince gives a province its 省 or 市 where the line broke before it.
func wrappedProvince(d *doc, c *Content) {
	x := c.field("territory")
	if x == nil || endOfProvince.MatchString(x.Value) {
		return
	}
	for i := range d.rows[:max(0, len(d.rows)-1)] {
		text, next := strings.Map(dropSpace, string(d.rows[i].text)), d.rows[i+1]
		m := endOfProvince.FindString(strings.Map(dropSpace, string(next.text)))
		if m == "" || next.page != x.Page || !strings.HasSuffix(text, x.Value) || !d.rows[i].box.Contains(x.Box.CenterX(), x.Box.CenterY()) || !isTerritory(x.Value+m) {
			continue
		}
		*x = goneOn(*x, d.field("territory", m, span{i + 1, 0, len([]rune(m))}))
		return
	}
}

// endOfProvince is what the name of a province ends with.
var endOfProvince = regexp.MustCompile(`^(?:省|市|自治区)|(?:省|市|自治区)$`)

// otherDay is what stands before a day that is not the filing's.
var otherDay = regexp.MustCompile(`(?:发布|查询|打印|截图|公布|公告|下载|有效|成立|访问|更新|截至|截止)[^\d\n]{0,8}$`)

// onlyDay is the day of a paper that names no other, but for days of looking it up.
func (f *flow) onlyDay(name string) (out hequan.Field, ok bool) {
	text := string(f.text)
	for _, d := range day.FindAll(text) {
		if !d.Exact || otherDay.MatchString(string(f.text[:d.Start])) || d.Start > 0 && strings.ContainsRune("-—", f.text[d.Start-1]) {
			continue
		}
		v := d.Window.From.String()
		if ok && v != out.Value {
			return out, false
		}
		out, ok = f.field(name, v, d.Start, d.End), true
	}
	return out, ok
}

var (
	standingModel = regexp.MustCompile(`^[\p{Han}A-Za-z0-9\-]{2,10}大模型$`)
	noModel       = regexp.MustCompile(`备案|登记|生成式|人工智能|我国|服务|已|等|该|本|的`)
)

// onlyModel is the name of the only model on a paper: …大模型 that stands by itself.
func onlyModel(d *doc, name string) (out hequan.Field, ok bool) {
	for i, r := range d.rows {
		for _, p := range tabbed(r) {
			s := d.trim(span{i, p[0], p[1]}, "“”\"「」《》:：")
			v := strings.Map(dropSpace, d.text(s))
			if !standingModel.MatchString(v) || noModel.MatchString(v) || !isModelName(v) {
				continue
			}
			if ok && v != out.Value {
				return hequan.Field{}, false
			}
			out, ok = d.field(name, v, s), true
		}
	}
	return out, ok
}

// wholeFilingNumber finds a number also where its line breaks at a hyphen.
var wholeFilingNumber = regexp.MustCompile(`(` + filingNumber.String() + `)`)

var provincePhrase = regexp.MustCompile(`属地(?:网信办)?(?:为|是|:)?` + provinces.String())

// inSentence finds the first value of a pattern that fits.
func (f *flow) inSentence(name string, re *regexp.Regexp, fits func(string) bool) (hequan.Field, bool) {
	for _, m := range f.matches(re) {
		if v := f.string(m[0], m[1]); fits(v) {
			return f.field(name, v, m[0], m[1]), true
		}
	}
	return hequan.Field{}, false
}

// withoutNumber leaves the number of a row off, where it stands right before words: 322浙江省.
func (d *doc) withoutNumber(s span) span {
	t := d.rows[s.row].text
	for s.from < s.to && unicode.IsDigit(t[s.from]) {
		s.from++
	}
	return s
}

// filingRow reads the row that a filing number stands in: a company, a day, a
// place are known by their form; what words are left is the model's name.
func filingRow(d *doc, c *Content) {
	for i, r := range d.rows {
		list := tabbed(r)
		if len(list) < 4 {
			continue
		}
		has := false
		for _, p := range list {
			has = has || isFilingNumber(strings.ReplaceAll(string(r.text[p[0]:p[1]]), " ", ""))
		}
		if !has || len(c.Tables) > 0 && len(c.Tables[0].Rows) > 1 {
			continue
		}
		put := func(f hequan.Field, ok bool, fits func(string) bool) bool {
			if !ok || f.Value == "" || fits != nil && !fits(f.Value) {
				return false
			}
			if old := c.field(f.Name); old == nil || f.Name == "date" && old.Box.CenterY() < d.rows[i].box[1] {
				c.set(f) // a day above the row is that of the page
			}
			return true
		}
		for _, p := range list {
			s := d.trim(span{i, p[0], p[1]}, "")
			number, ok1 := readFilingNumber(d, "number", s)
			date, ok2 := readDay(d, "date", s)
			territory, ok3 := readTerritory(d, "territory", d.withoutNumber(s))
			entity, ok4 := readCompany(d, "entity", s)
			if put(number, ok1, isFilingNumber) || put(date, ok2, nil) || put(territory, ok3, nil) || put(entity, ok4, isOrganisation) {
				continue
			}
			model, ok5 := readPhrase(d, "model", s)
			put(model, ok5 && !isNumber(model.Value), isModelName)
		}
		return
	}
}
