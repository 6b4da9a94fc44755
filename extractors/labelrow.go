package extractors

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hequan/internal/day"
	"hequan/internal/name"
)

// labelNouns are how labels of papers end, whatever stands before: 结算单编号,
// 收款单位, 开票时间.
var labelNouns = []string{"名称", "全称", "编号", "号码", "单号", "合同号", "备案号", "账号", "帐号", "文号", "日期", "时间", "时间段", "年月", "月份", "地址", "地点", "住所", "场所", "金额", "总额", "额度", "费用", "总价", "单价", "价款", "单位", "方式", "类型", "类别", "性质",
	"周期", "期间", "区间", "账期", "期限", "有效期", "数量", "用量", "代码", "开户银行", "收款银行", "开户行", "网点", "传真", "邮编", "邮箱", "户名", "主体", "机构", "电话", "联系人", "负责人", "代表人", "代表", "经办人", "收款人", "付款人", "申请人", "领域", "行业", "方向", "属地", "地区", "结论", "意见", "情况", "结果", "状态",
	"备注", "说明", "内容", "币种", "起始", "开始日", "起始日", "结束日", "终止日", "结算日", "账单日", "出账日", "开单日", "制单日", "制表日", "付款日", "到期日", "签订日", "签署日", "签约日", "成立日", "开票日", "对账日", "截止日期", "截止", "截止日", "起止", "开始", "结束", "合计", "大写", "客户", "用户", "供应商", "服务商", "提供商", "甲方", "乙方", "买方", "卖方", "供方", "需方", "付款方", "收款方", "使用方", "提供方", "服务方", "委托方", "受托方", "采购人", "序号", "比例", "税率", "资本", "盖章", "签字", "登记号", "流水号", "批次号", "No", "NO", "ID", "Number", "Date"}

// labelWords are labels by themselves, and no end of others.
var labelWords = []string{"项目", "模型", "大模型", "调用模型", "产品", "服务", "银行", "企业", "单位", "银行名称", "省份", "省市", "属地"}

// bareLabel is a label without blanks, colon, and remark in brackets.
func bareLabel(text string) string {
	text = strings.Map(dropSpace, text)
	text = text[len(listMark.FindString(text)):]
	if i := strings.IndexAny(text, "(〈《【[〔"); i > 0 {
		text = text[:i]
	}
	return strings.Trim(text, ":;,.·*_")
}

// listMark is what a line of a list begins with.
var listMark = regexp.MustCompile(`^(?:\(?\d{1,2}[)、.．]|[●○■□◆◇▪▶])`)

var plainWord = regexp.MustCompile(`^[\p{Han}A-Za-z/、]{2,12}$`)

// labelLike says whether a stretch has the form of a label: a short word that
// ends as labels do, and no name of a company.
func labelLike(text string) bool {
	text = bareLabel(text)
	if misreadLabel(text) {
		return true
	}
	if !plainWord.MatchString(text) || strings.HasSuffix(text, "公司") || strings.HasSuffix(text, "固定期限") {
		return false
	}
	for _, n := range labelNouns {
		if strings.HasSuffix(text, n) {
			return true
		}
	}
	return oneOf(text, labelWords) || len([]rune(text)) <= 6 && sideOfLabel(text) != ""
}

// misreadLabel says whether a word ends as labels do but for one character that is no letter: 起始]期.
func misreadLabel(text string) bool {
	r := []rune(text)
	at := slices.IndexFunc(r, func(c rune) bool { return !unicode.IsLetter(c) })
	if len(r) < 4 || len(r) > 8 || at < 0 || unicode.IsDigit(r[at]) {
		return false
	}
	rest := append(append([]rune(nil), r[:at]...), r[at+1:]...)
	if !allHan(rest) {
		return false
	}
	return slices.ContainsFunc(labelNouns, func(noun string) bool {
		n := []rune(noun)
		k := len(r) - len(n)
		return len(n) >= 2 && k >= 0 && at >= k && slices.Equal(append(append([]rune(nil), n[:at-k]...), n[at-k+1:]...), rest[k:])
	})
}

// formRemark is how a form says what goes into a field, behind its label: 代码（18位）, its brackets misread.
var formRemark = regexp.MustCompile(`\s*[\pP\pS]?(?:\d{1,2}位|必填|选填)[\pP\pS]?$`)

// labelRow says whether row i is headings only, whose values stand below: two
// and more labels beside each other, over a row that is none of labels alone.
func (d *doc) labelRow(i int) bool {
	is, known := d.headings[i]
	if !known {
		is = d.isLabelRow(i)
		d.headings[i] = is
	}
	return is
}

func (d *doc) isLabelRow(i int) bool {
	r := d.rows[i]
	p := tabbed(r)
	if len(p) < 2 || i+1 >= len(d.rows) || d.rows[i+1].page != r.page {
		return false
	}
	unsure := 0
	for _, x := range p {
		text := formRemark.ReplaceAllString(string(r.text[x[0]:x[1]]), "")
		switch {
		case strings.TrimRight(text, ":： ") != strings.TrimRight(text, " "):
			return false
		case labelLike(text):
		case plainWord.MatchString(bareLabel(text)) && !namesCompany(text):
			unsure++ // a label that was misread?
		default:
			return false
		}
	}
	under := tabbed(d.rows[i+1])
	if unsure > 0 && (unsure == len(p) || !d.valuesUnder(i, p, under)) {
		return false
	}
	for _, x := range under {
		if !labelLike(string(d.rows[i+1].text[x[0]:x[1]])) {
			return len(under) > 0
		}
	}
	return false
}

// joinHeadings joins the headings of a row that fell apart (申请补 贴金额, 单 位 名 称), where every value below
// stands under a label once those over it are joined. labels are those of the kind.
func (d *doc) joinHeadings(labels []string) {
	for i := 0; i+1 < len(d.rows); i++ {
		r := &d.rows[i]
		p, under := tabbed(*r), tabbed(d.rows[i+1])
		if d.rows[i+1].page != r.page || len(under) == 0 || len(p) <= len(under) || len(p) > 12 {
			continue
		}
		groups := make([][][2]int, len(under)) // the pieces over each value
		for _, x := range p {
			k := 0
			for n, u := range under {
				if d.box(span{i + 1, u[0], u[1]})[0] <= d.box(span{i, x[0], x[1]})[0]+0.01 {
					k = n
				}
			}
			groups[k] = append(groups[k], x)
		}
		if !slices.ContainsFunc(groups, func(g [][2]int) bool { return !headingOf(r, g, labels) }) {
			var tabs []int
			for _, g := range groups {
				for _, x := range g[1:] {
					tabs = append(tabs, x[0]-1)
				}
			}
			for _, k := range slices.Backward(tabs) {
				r.text, r.words = slices.Delete(r.text, k, k+1), slices.Delete(r.words, k, k+1)
			}
		}
	}
}

// headingOf says whether pieces of a row make one heading: a label by itself, or joined one that ends as one of the kind's.
func headingOf(r *row, pieces [][2]int, labels []string) bool {
	var text []rune
	for _, x := range pieces {
		text = append(text, r.text[x[0]:x[1]]...)
	}
	whole := formRemark.ReplaceAllString(string(text), "")
	joined := bareLabel(whole)
	if len(pieces) == 1 {
		return labelLike(joined)
	}
	return len(pieces) > 0 && !strings.ContainsAny(whole, "0123456789:：") && plainWord.MatchString(joined) && endsAsLabel(joined, labels)
}

// endsAsLabel says whether a heading ends with one of the labels, of four characters at least.
func endsAsLabel(text string, labels []string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return utf8.RuneCountInString(l) >= 4 && strings.HasSuffix(text, l) })
}

// valuesUnder says whether below each piece of row i stands something that is a
// company's name, a day, a number, and no label or other word.
func (d *doc) valuesUnder(i int, pieces, under [][2]int) bool {
	if len(under) != len(pieces) {
		return false
	}
	for k, x := range under {
		if !namesCompany(string(d.rows[i+1].text[x[0]:x[1]])) {
			return false
		}
		a, b := d.box(span{i, pieces[k][0], pieces[k][1]}), d.box(span{i + 1, x[0], x[1]})
		if min(a[2], b[2]) <= max(a[0], b[0]) {
			return false
		}
	}
	return true
}

// sameColumn is the value under a heading of row i that begins at from, where
// the row below has as many pieces as the row of headings.
func (d *doc) sameColumn(i, from int) (span, bool) {
	if !d.labelRow(i) {
		return span{}, false
	}
	heads, values := tabbed(d.rows[i]), tabbed(d.rows[i+1])
	if len(heads) != len(values) {
		return span{}, false
	}
	for n, h := range heads {
		if from >= h[0] && from < h[1] {
			part := d.trim(span{i + 1, values[n][0], values[n][1]}, "")
			if part.to <= part.from {
				return part, false
			}
			label, box := d.box(span{i, h[0], h[1]}), d.box(part)
			for _, o := range heads {
				other := d.box(span{i, o[0], o[1]})
				if min(box[2], label[2]) <= max(box[0], label[0]) && abs(other.CenterX()-box.CenterX()) < abs(label.CenterX()-box.CenterX()) {
					return span{}, false // it stands under another one
				}
			}
			return d.underLabel(part, label), true
		}
	}
	return span{}, false
}

// namesCompany says whether a stretch begins with the name of a company or
// institution, a day or a number.
func namesCompany(text string) bool {
	if looksLikeCompany(name.Normal(text)) || len(day.Find(text)) > 0 {
		return true
	}
	r := []rune(strings.TrimSpace(text))
	return len(r) > 0 && !unicode.Is(unicode.Han, r[0])
}
