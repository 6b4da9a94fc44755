package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
	"hequan/internal/rmb"
)

// A reader of values takes a stretch of text and gives a field, or none.
type valueReader func(d *doc, field string, s span) (hequan.Field, bool)

// runeSpan turns a stretch of the trimmed text of s, in runes, to a span of the row.
func sub(s span, from, to int) span {
	return span{s.row, min(s.to, s.from+from), min(s.to, s.from+to)}
}

// companyEnd are marks at which a company's name is over.
var companyEnd = regexp.MustCompile(`[，,。；;|｜]|[(（〈《【\[](?:以下|下称|简称|盖|公章|签|章|负责人|法定|法人|地址|住所|注册|统一|电话|联系|办公|通[讯信])|统一社会|纳税人|地址|法定代表|\s{2,}|（?盖章`)

// bracketedRemark is a remark behind a name whose words were misread: 有限公司(公音).
var bracketedRemark = regexp.MustCompile(`公司[(（〈《【\[][^司]{1,4}[)）〉》】\]]?$`)

// remark is what stands beside the place of a seal or a signature, and no name.
var remark = regexp.MustCompile(`^[（(〈《【]?(?:公章|盖章|签章|签字|签名|合同专用章|单位公章|加盖公章|全称|单位名称)[）)〉》】]?$`)

// onlyEnding is the end of a company's name, whose beginning stands elsewhere.
var onlyEnding = regexp.MustCompile(`^(?:科技|信息|技术|数据|智能)?(?:股份)?有限(?:责任)?公司$`)

// readCompany reads a name of a company or institution.
func readCompany(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.text(s)
	if loc := companyEnd.FindStringIndex(t); loc != nil {
		s.to = s.from + len([]rune(t[:loc[0]]))
	}
	s = d.trim(s, ":：_-—“”‘’\"'*. 、。,，|")
	if loc := bracketedRemark.FindStringIndex(d.text(s)); loc != nil {
		s.to = s.from + len([]rune(d.text(s)[:loc[0]])) + 2
	}
	s.to = s.from + oneCompany([]rune(d.text(s)))
	if m := labelBehind.FindStringSubmatchIndex(d.text(s)); m != nil {
		s.to = s.from + len([]rune(d.text(s)[:m[2]]))
	}
	if loc := nameLabel.FindStringIndex(d.text(s)); loc != nil && wholeCompany(name.Normal(d.text(s))) {
		s.from += len([]rune(d.text(s)[:loc[1]]))
	}
	value := name.Normal(d.text(s))
	han := 0
	for _, r := range value {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 2 || han > 40 || remark.MatchString(value) || quotes.MatchString(value) || onlyEnding.MatchString(value) {
		return hequan.Field{}, false
	}
	f := d.continued(d.field(field, value, s), s, wholeCompany)
	f.Value = name.Normal(f.Value)
	if strings.HasSuffix(f.Value, "有限公") || strings.HasSuffix(f.Value, "有限责任公") { // its 司 lies under a seal
		f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, f.Value+"司", nil, min(f.Confidence, 0.9)
	}
	if lostForm.MatchString(f.Value) {
		return hequan.Field{}, false // a seal ate the rest
	}
	if m := roleInside.FindStringSubmatch(f.Value); m != nil {
		f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, m[1]+m[2], nil, min(f.Confidence, 0.7)
	}
	return f, true
}

// roleInside is the label of the other party that stands between the lines of a wrapped name: 某某医疗科销售方技有限公司.
var roleInside = regexp.MustCompile(`^(\p{Han}{4,20}?)(?:销售方|购买方|采购方|供应方|服务方|委托方|受托方|服务提供方|服务接受方|采购单位|供应单位|甲方|乙方|(?:被)?许可方|[需供买卖]方|使用方|提供方|[供订]货方|订购方|定作人|承揽人|(?:委|受)托人|采购人|中标人|出卖人|买受人|(?:委托|承接|承建|建设|实施|使用|服务|用户)单位)(\p{Han}{0,8}(?:有限公司|有限责任公司|公司))$`)

// lostForm is a form of company whose beginning is no character of a name: 和呈SN限公司.
var lostForm = regexp.MustCompile(`[A-Za-z0-9]限(?:责任)?公司`)

// nameLabel is the label of a name that stands before it without a mark between.
var nameLabel = regexp.MustCompile(`^(?:单位|公司|企业|机构)?(?:名称|全称)[\t ]*`)

// labelBehind is a label of a neighbouring column that a name runs into: …有限公司账期开始日.
var labelBehind = regexp.MustCompile(`有限公司((?:账[期单]|计费|服务|结算|统计|出账|开[单具]|制单|签[订署]|合同|协议|项目|单据|订单|发票|起[始止]|开始|截止|结束|终止)\p{Han}{0,4}(?:日期?|时间|期间|周期|编?号|始|止|名称|金额))$`)

// quotes are what a sentence has, and no company's name.
var quotes = regexp.MustCompile(`[“"「『《].+[”"」』》]`)

// oneCompany is where the first of several companies' names ends that run into
// each other: …有限公司服务方…有限公司. A branch is named after its company.
func oneCompany(t []rune) int {
	text := string(t)
	k := strings.Index(text, "公司")
	if k < 0 {
		return len(t)
	}
	rest := text[k+len("公司"):]
	if m := strings.Index(rest, "公司"); m > 0 && !strings.HasSuffix(rest[:m], "分") && !strings.HasSuffix(rest[:m], "支") {
		return len([]rune(text[:k])) + 2
	}
	return len(t)
}

// readDay reads the first day that stands in the stretch. Where there is none
// but something like one stands there, the field has no value.
func readDay(d *doc, field string, s span) (hequan.Field, bool) {
	text := mendDay(d.text(s))
	if found := day.Find(text); len(found) > 0 {
		return d.dayField(field, s, found[0]), true
	}
	if loc := endlessDay.FindStringIndex(text); loc != nil && d.printed(s.row, s.from, s.to) {
		if found := day.Find(text[loc[0]:loc[1]] + "日"); len(found) == 1 {
			at := sub(s, len([]rune(text[:loc[0]])), len([]rune(text[:loc[1]])))
			return d.field(field, found[0].Window.From.String(), at), true
		}
	}
	if t := d.text(s); strings.ContainsAny(t, "0123456789") && strings.ContainsAny(t, "年月日.-/") {
		return d.field(field, "", s), true
	}
	return hequan.Field{}, false
}

// endlessDay is a day whose 日 a seal or the edge took, and to which no digit can be missing.
var endlessDay = regexp.MustCompile(`20\d\d年\d{1,2}月(?:[12]\d|3[01])$`)

// readMoney reads the first amount in digits, one with a currency mark or unit
// before others.
func readMoney(d *doc, field string, s span) (hequan.Field, bool) {
	found := amounts(d.text(s))
	for _, marked := range []bool{true, false} {
		for _, f := range found {
			// A bare figure of one or two digits is a remnant, a page or line number.
			// One with one decimal is the number of a clause or section (3.1).
			if f.Marked == marked && !marked && labelInTenThousands.MatchString(strings.Map(dropSpace, string(d.rows[s.row].text[:s.from]))) {
				return d.tenThousandYuan(field, strings.TrimSpace(f.Text), s) // 合同总价（万元）：120
			}
			if f.Marked == marked && (marked || len(strings.TrimSpace(f.Text)) > 2 && !sectionNumber.MatchString(strings.TrimSpace(f.Text)) && !counted(d.text(s), f.End)) {
				return d.field(field, f.Fen.String(), sub(s, f.Start, f.End)), true
			}
		}
	}
	if t := d.text(s); strings.ContainsAny(t, "0123456789") {
		return d.field(field, "", s), true
	}
	return hequan.Field{}, false
}

var sectionNumber = regexp.MustCompile(`^\d{1,2}\.\d$`)

// counted says whether what stands behind a number makes it a date, a share or a count.
func counted(text string, end int) bool {
	r := []rune(text)
	return end < len(r) && strings.ContainsRune("年月日天个次%％号期", r[end])
}

// amounts finds the amounts of a text. Commas read as points are mended where
// the form leaves no doubt (1.640.000.00); an amount that digits or points
// touch on either side is a part of something else, and dropped.
func amounts(text string) []rmb.Found {
	text = pointed(text)
	runes := []rune(text)
	digit := func(k int) bool { return k >= 0 && k < len(runes) && unicode.IsDigit(runes[k]) }
	joint := func(k int) bool { return k >= 0 && k < len(runes) && strings.ContainsRune(".,．，'·", runes[k]) }
	before := func(k int) bool { return digit(k) || joint(k) && (digit(k-1) || joint(k-1) && digit(k-2)) }
	after := func(k int) bool { return digit(k) || joint(k) && (digit(k+1) || joint(k+1) && digit(k+2)) }
	var out []rmb.Found
	for _, f := range rmb.Find(text) {
		if partOfCode.MatchString(string(runes[:f.Start])) && !f.Marked {
			continue
		}
		if f.End < len(runes) && (runes[f.End] == 't' || runes[f.End] == 'T') { // 120万tokens are no money
			continue
		}
		if f.Start > 0 && runes[f.Start-1] == ',' && beheaded.MatchString(f.Text) {
			continue
		}
		if !before(f.Start-1) && !after(f.End) && !truncated.MatchString(strings.TrimLeft(f.Text, "¥￥ -")) {
			out = append(out, f)
		}
	}
	return out
}

// partOfCode are letters that touch a number and are no sign of money: CGHT2025082339.
var partOfCode = regexp.MustCompile(`(?:^|[^A-Za-z])(?:[A-Z]{2}|[A-Z]{4,8})$`)

// beheaded is an amount that behind a comma is the rest of a larger one, whose first
// digits were swallowed with the sign of money: 习,500,000.00.
var beheaded = regexp.MustCompile(`^\d{3}(?:,\d{3})*(?:\.\d{2})?\s*(?:[万亿]?元|圆)?$`)

// truncated is an amount whose head was lost: no sum begins with 00.
var truncated = regexp.MustCompile(`^0\d`)

// pointed gives the amounts of a text whose commas were read as points their commas. 1,200,000 has no fen: what seems to be
// their two digits goes on.
func pointed(text string) string {
	var out strings.Builder
	from := 0
	for _, loc := range pointedAmount.FindAllStringIndex(text, -1) {
		m := text[loc[0]:loc[1]]
		if loc[1] < len(text) && text[loc[1]] >= '0' && text[loc[1]] <= '9' || loc[0] > 0 && text[loc[0]-1] >= '0' && text[loc[0]-1] <= '9' {
			continue
		}
		out.WriteString(text[from:loc[0]])
		cut := len(m) - 3
		out.WriteString(strings.ReplaceAll(m[:cut], ".", ",") + "." + m[cut+1:])
		from = loc[1]
	}
	out.WriteString(text[from:])
	return out.String()
}

// pointedNumber is pointed for a cell that is one amount.
func pointedNumber(t string) string {
	if pointedAmount.FindString(t) != t {
		return t
	}
	return pointed(t)
}

var pointedAmount = regexp.MustCompile(`\d{1,3}(?:[.,]\d{3})+[.,]\d{2}`)

// readText takes the stretch as it stands, blanks between Chinese characters folded.
func readText(d *doc, field string, s span) (hequan.Field, bool) {
	s = d.trim(s, ":：_ 。；;，,“”‘’\"'|、.")
	if s.to <= s.from {
		return hequan.Field{}, false
	}
	return d.field(field, foldSpaces(d.text(s)), s), true
}

// foldSpaces removes blanks that do not part Latin words, and puts （ where it was read as 〈.
func foldSpaces(t string) string {
	runes := []rune(strings.TrimSpace(t))
	var out []rune
	for i, r := range runes {
		if unicode.IsSpace(r) && !(i > 0 && i+1 < len(runes) && isLatin(runes[i-1]) && isLatin(runes[i+1])) {
			continue
		}
		out = append(out, r)
	}
	return misreadOpening.ReplaceAllString(string(out), "（$1")
}

// misreadOpening is （ as it is recognised, and what it brackets.
var misreadOpening = regexp.MustCompile(`〈([^〈〉()（）]*[)）])`)

// yearFirstCode is a number that begins with its year in brackets: （2025）京采字第018号.
var yearFirstCode = regexp.MustCompile(`^[:： ]*[（(\[〔【]\s?20\d\d\s?[）)\]〕】]\s?\p{Han}{1,8}(?:第)?\s?[0-9A-Za-z\-]+\s?号`)

var codeText = regexp.MustCompile(`[0-9A-Za-z][0-9A-Za-z\-_/.()（）\[\]〔〕第号字]*`)

// wordedCode is a number that begins with Chinese characters: 采合字〔2025〕047号.
var wordedCode = regexp.MustCompile(`^[:： ]*\p{Han}{1,8}\s?[（(\[〔【〈]?20\d\d[）)\]〕】〉]?\s?(?:年)?(?:第)?\s?[0-9A-Za-z\-]+\s?(?:号)?`)

// datedCode and calendarYear are days where a number should stand.
var (
	datedCode    = regexp.MustCompile(`(?:自|从|于|至)20\d\d|20\d\d年\d{1,2}$`)
	calendarYear = regexp.MustCompile(`^20\d\d\s?年\s?\d{1,2}\s?月`)
)

// misreadCode is such a number whose closing bracket was read as a digit.
var misreadCode = regexp.MustCompile(`^([:： ]*\p{Han}{1,8}\s?)[（(\[〔【〈〖{](20\d\d)[1lI|]\s?((?:年)?(?:第)?[0-9]{2,6}\s?号)`)

// readCode reads a number of a paper: letters, digits and their joints.
func readCode(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.text(s)
	if m := misreadCode.FindStringSubmatchIndex(t); m != nil {
		at := d.trim(sub(s, 0, len([]rune(t[:m[1]]))), ":： ")
		f := d.field(field, strings.Map(dropSpace, strings.TrimLeft(t[m[2]:m[3]], ":： ")+"〔"+t[m[4]:m[5]]+"〕"+t[m[6]:m[7]]), at)
		f.Repaired, f.Proof, f.Confidence = d.text(at), nil, min(f.Confidence, 0.75)
		return f, true
	}
	if loc := wordedCode.FindStringIndex(t); loc != nil && !datedCode.MatchString(t[loc[0]:loc[1]]) {
		at := d.trim(sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]]))), ":： ")
		return d.field(field, foldSpaces(strings.ReplaceAll(d.text(at), " ", "")), at), true
	}
	if loc := yearFirstCode.FindStringIndex(t); loc != nil {
		at := d.trim(sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]]))), ":： ")
		return d.field(field, foldSpaces(strings.ReplaceAll(d.text(at), " ", "")), at), true
	}
	loc := codeText.FindStringIndex(t)
	if loc != nil && (len(day.Find(t[loc[0]:loc[1]])) > 0 && !strings.ContainsFunc(t[loc[0]:loc[1]], unicode.IsLetter) || loc[0]+4 <= len(t) && calendarYear.MatchString(t[loc[0]:])) {
		return hequan.Field{}, false // a day is no number
	}
	if loc == nil || !strings.ContainsAny(t[loc[0]:loc[1]], "0123456789") {
		return hequan.Field{}, false
	}
	if decimalOnly.MatchString(t[loc[0]:loc[1]]) {
		return hequan.Field{}, false // a quantity is none either
	}
	at := d.trim(sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]]))), ".-_/")
	for at.to > at.from && closes(d.rows[at.row].text[at.to-1]) && !strings.ContainsFunc(d.text(at), opens) {
		at.to-- // （合同编号：YL-HT-251107）
	}
	return d.field(field, strings.ToUpper(d.text(at)[:1])+d.text(at)[1:], at), true
}

var decimalOnly = regexp.MustCompile(`^\d{3,}\.\d{1,3}$`)

var digitsRun = regexp.MustCompile(`\d[\d \-]{6,}\d`)

// readDigits reads a number of digits only (accounts), groups joined.
func readDigits(d *doc, field string, s span) (hequan.Field, bool) {
	t := d.text(s)
	loc := digitsRun.FindStringIndex(t)
	if loc == nil {
		return hequan.Field{}, false
	}
	at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
	value := strings.NewReplacer(" ", "", "-", "").Replace(d.text(at))
	return d.field(field, value, at), true
}

// signHere are the words of a signature's label, as they are read.
var signHere = regexp.MustCompile(`或?授权代表|法定代表人|负责人|[签答等验][字宁名章]|亲笔`)

// first returns the first value that a reader accepts after one of the labels.
func (s seeker) first(field string, read valueReader, labels ...string) (hequan.Field, bool) {
	var unread *hequan.Field
	for _, at := range s.after(labels...) {
		f, ok := read(s.d, field, at)
		if ok && f.Value != "" {
			return f, true
		}
		if ok && unread == nil {
			unread = &f
		}
	}
	if unread != nil {
		return *unread, true
	}
	return hequan.Field{}, false
}

// wanted is a single field of a kind: its labels and how its value reads.
type wanted struct {
	field  string
	read   valueReader
	labels []string
}

// gather looks for single fields in order.
func gather(d *doc, wants []wanted, more ...string) []hequan.Field {
	return gatherBy(seeker{d: d, labels: more}, wants)
}

// gatherBy is gather with a seeker of one's own.
func gatherBy(s seeker, wants []wanted) []hequan.Field {
	var own []string
	for _, w := range wants {
		own = append(own, w.labels...)
	}
	s.labels = append(s.labels, own...)
	s.d.joinHeadings(own)
	var out []hequan.Field
	for _, w := range wants {
		if f, ok := s.first(w.field, w.read, w.labels...); ok {
			out = append(out, f)
		}
	}
	return out
}
