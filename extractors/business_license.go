package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// businessLicense reads 营业执照 and the certificates of other institutions.
func businessLicense(d *doc) Content {
	others := []string{"类型", "经营范围", "登记机关", "组成形式", "副本", "证照编号"}
	fields := gatherBy(seeker{d: d, commas: true, labels: others, own: []string{"名称", "企业名称", "注册号", "统一社会信用代码"}}, []wanted{
		{"uscc", readUSCC, []string{"统一社会信用代码", "社会信用代码", "注册号"}},
		{"name", readCompany, []string{"企业名称", "名称", "单位名称"}},
		{"legal_representative", readPerson, []string{"法定代表人", "法人代表", "法定代表人姓名", "负责人", "经营者", "执行事务合伙人", "投资人"}},
		{"capital", readCapital, []string{"注册资本", "开办资金", "注册资金", "出资额", "认缴出资额"}},
		{"established", readDay, []string{"成立日期", "注册日期", "成立时间", "开业日期", "设立日期"}},
		{"address", readAddress, []string{"住所", "企业住所", "机构住所", "注册地址", "登记住所", "经营场所", "主要经营场所", "营业场所", "地址"}},
		{"valid_until", readLastDay, termLabels},
	})
	c := Content{Fields: fields}
	if f := c.field("uscc"); f == nil || !has(f.Proof, hequan.ProofCheckDigit) && !has(f.Proof, hequan.ProofTextLayer) && len(f.Value) != registration {
		if f, ok := anyUSCC(d); ok {
			c.set(f)
		}
	}
	if c.field("established") == nil {
		if f, ok := anyFounding(d); ok {
			c.set(f)
		}
	}
	if c.field("address") == nil {
		if f, ok := loneAddress(d); ok {
			c.set(f)
		}
	}
	if c.field("capital") == nil {
		if f, ok := loneCapital(d); ok {
			c.set(f)
		}
	}
	if c.field("legal_representative") == nil {
		if f, ok := wrappedRepresentative(d); ok {
			c.set(f)
		}
	}
	if f := c.field("valid_until"); f == nil || f.Value == "" {
		if f, ok := loneTerm(d); ok {
			c.set(f)
		}
	}
	return c
}

var founding = regexp.MustCompile(`(?:成\s*立|注\s*册)\s*(?:日\s*期|时\s*间)[^0-9二]{0,3}`)

// anyFounding finds the day of founding whose label stands behind another label's value, without a gap.
func anyFounding(d *doc) (hequan.Field, bool) {
	for i, r := range d.rows {
		if at := founding.FindStringIndex(string(r.text)); at != nil {
			if f, ok := readDay(d, "established", span{i, len([]rune(string(r.text)[:at[1]])), len(r.text)}); ok && f.Value != "" {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}

// inTenThousandsYuan is how a licence says before or behind a figure that it counts 万元.
var inTenThousandsYuan = regexp.MustCompile(`^[^\d]{0,3}[(（]\s*(?:人民币)?万元(?:人民币)?\s*[)）]?`)

// marked is an amount with its currency before it and no unit behind.
var marked = regexp.MustCompile(`^(?:¥|￥|RMB|CNY)\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{6,}(?:\.\d{1,2})?)$`)

// readCapital reads an amount of capital; 万 that was read as another character is taken for it, unproven.
func readCapital(d *doc, field string, s span) (hequan.Field, bool) {
	f, ok := capitalOf(d, field, s)
	if ok && misreadTenThousand.MatchString(d.text(s)) { // two readers may misread it alike
		f.Repaired, f.Proof, f.Confidence = d.text(s), nil, min(f.Confidence, 0.75)
	}
	return f, ok
}

// capitalOf is an amount in words or digits, 万 as a unit, be it that of the label.
func capitalOf(d *doc, field string, s span) (hequan.Field, bool) {
	text := strings.TrimSpace(strings.ReplaceAll(d.text(s), "人民币", ""))
	if v, ok := plainWords(text); ok {
		return d.field(field, v.String(), s), true
	}
	text = misreadTenThousand.ReplaceAllString(text, "${1}万")
	if strings.ContainsAny(text, "壹贰叁肆伍陆柒捌玖拾佰仟") {
		if v, _, ok := rmb.ParseWords(text + "元整"); ok && strings.HasSuffix(text, "万") {
			return d.field(field, v.String(), s), true
		}
		if f, ok := readWords(d, field, s); ok && (f.Value != "" || len(capitalNumerals.FindAllString(f.Text, 3)) == 3) {
			return f, true // without a value where it makes no sense: the page's picture may tell
		}
	}
	row := d.rows[s.row].text
	before := strings.Map(dropSpace, string(row[:s.from]))
	plain, bare := rmb.Number(strings.Map(dropSpace, text))
	number := leadingNumber.FindString(text)
	switch {
	case bare && plain.Sign() > 0 && labelInTenThousands.MatchString(before):
		return d.tenThousandYuan(field, strings.Map(dropSpace, text), s)
	case number != "" && inTenThousandsYuan.MatchString(text[len(number):]):
		return d.tenThousandYuan(field, strings.TrimSpace(number), s)
	}
	if m := marked.FindStringSubmatch(text); m != nil {
		if f := rmb.Find(m[1] + "元"); len(f) == 1 {
			return d.field(field, f[0].Fen.String(), s), true
		}
	}
	if !strings.ContainsAny(text, "元圆万萬亿億") {
		return hequan.Field{}, false // a year, or what is left of a seal
	}
	for _, f := range rmb.Find(text) {
		return d.field(field, f.Fen.String(), s), true
	}
	return hequan.Field{}, false
}

// misreadTenThousand is 万 read as characters like it, behind figures.
var misreadTenThousand = regexp.MustCompile(`(\d\s?)[方刀力]`)

// plainWords is an amount in everyday numerals: 二千五百万元.
func plainWords(text string) (rmb.Fen, bool) {
	if !everydaySum.MatchString(text) {
		return 0, false
	}
	v, exact, ok := rmb.ParseWords(formalNumerals.Replace(strings.TrimRight(text, "元圆整正")) + "元整")
	return v, ok && exact
}

var (
	everydaySum    = regexp.MustCompile(`^[一二两三四五六七八九十百千零〇]+万[元圆]?[整正]?$`)
	formalNumerals = strings.NewReplacer("一", "壹", "二", "贰", "两", "贰", "三", "叁", "四", "肆", "五", "伍", "六", "陆", "七", "柒", "八", "捌", "九", "玖", "十", "拾", "百", "佰", "千", "仟", "〇", "零")
)

// capitalNumerals are characters that only amounts in words have.
var capitalNumerals = regexp.MustCompile(`[壹贰叁肆伍陆柒捌玖拾佰仟]`)

var (
	leadingNumber       = regexp.MustCompile(`^[\d,]+(?:\.\d+)?\s*`)
	labelInTenThousands = regexp.MustCompile(`[(（](?:人民币)?万元(?:人民币)?[)）][:：]?$`)
)

// tenThousandYuan is the field of a figure that counts 万元.
func (d *doc) tenThousandYuan(field, number string, s span) (hequan.Field, bool) {
	f := rmb.Find(number + "万元")
	if len(f) != 1 {
		return hequan.Field{}, false
	}
	return d.field(field, f[0].Fen.String(), s), true
}

// restOfDay is what the next row holds of a day that the end of a line cut: 2047年11月29 / 日.
func (d *doc) restOfDay(s span, text string) string {
	if s.row+1 >= len(d.rows) || d.rows[s.row+1].page != d.rows[s.row].page || !cutDay.MatchString(text) || d.rows[s.row+1].box[1]-d.rows[s.row].box[3] > 1.4*d.rows[s.row].box.Height() {
		return ""
	}
	if t := strings.Map(dropSpace, string(d.rows[s.row+1].text)); endOfDay.MatchString(t) {
		return t
	}
	return ""
}

var (
	cutDay   = regexp.MustCompile(`20\d\d年\d{1,2}(?:月\d{0,2})?$`)
	endOfDay = regexp.MustCompile(`^(?:月\d{1,2}|\d{0,1})日$`)
)

// readAddress reads an address; it may go on in the next row, under its beginning.
func readAddress(d *doc, field string, s span) (hequan.Field, bool) {
	f, ok := readText(d, field, s)
	if !ok || len([]rune(f.Value)) < 4 {
		return hequan.Field{}, false
	}
	// The next row may be the value beside, set in the middle of its cell.
	for j := s.row + 1; j <= s.row+2 && j < len(d.rows) && d.rows[j].page == f.Page; j++ {
		before, own := "", f.Value
		for _, p := range tabbed(d.rows[j]) {
			part := d.trim(span{j, p[0], p[1]}, "")
			b, text := d.box(part), foldSpaces(d.text(part))
			under := b[0] >= f.Box[0]-0.01 && b[0] < f.Box[0]+0.04
			rest := restOfAddress.MatchString(text)
			// Beside a label stands its own value.
			if alone := before == "" || len([]rune(before)) > 6 && !labelLike(before); alone && part.to > part.from && len([]rune(text)) <= 24 && !labelLike(text) && !strings.ContainsAny(text, "。；;：:【】〔") &&
				b[1]-f.Box[3] < 1.4*f.Box.Height() && (j == s.row+1 && under || rest && (under || near(b[0], columnStart(d, s.row, s.from)) || near(b.CenterX(), f.Box.CenterX()))) {
				f.Value += text
				f.Text += text
				f.Box = f.Box.Union(b)
				break
			}
			before = text
		}
		if f.Value != own {
			break
		}
	}
	if v := besideAddress.ReplaceAllString(f.Value, ""); v != f.Value { // the column beside it, set without a gap
		f.Repaired, f.Value, f.Proof = f.Value, v, nil
	}
	return f, true
}

// restOfAddress is the end of an address, as it goes on under its label: 12号楼6层313, 科创十四街36号.
var restOfAddress = regexp.MustCompile(`^(?:[号院楼层室幢座栋区\d]|\p{Han}{1,8}(?:路|街|道|巷)\d)[\p{Han}\dA-Za-z#\-]{0,20}?(?:[号院楼层室幢座栋房区]|\d{3,4})$|^\d{2,4}$`)

// besideAddress are labels with their values that stand in an address's lines and are no part of it.
var besideAddress = regexp.MustCompile(`(?:企业|公司|主体)?类型[\p{Han}()（）]{2,16}?(?:公司|企业|合伙)(?:[(（][^)）]*[)）])?|(?:注册资本|成立日期|营业期限|经营范围|登记机关|统一社会信用代码).*$`)
