package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

var (
	clauseHead    = regexp.MustCompile(`(?m)^(?:第[一二三四五六七八九十]{1,3}条|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])`)
	contractTitle = regexp.MustCompile(`(?:合同|协议|协定)书?(?:[（(].{1,8}[)）])?$|(?:订购|采购|订货)单$|^订单$`)
	ofContracts   = regexp.MustCompile(`违约|争议|仲裁|人民法院|不可抗力|保密|知识产权|解除|终止(?:[^日时]|$)|生效|甲方.{0,6}应|乙方.{0,6}应`)
	vow           = regexp.MustCompile(`承诺|保证|真实|虚假|失信|处罚|刑事|财政资金|转售|转租|关联|法律责任|后果|责任由`)
	handedOver    = regexp.MustCompile(`验收合格|验收通过|通过验收|同意验收|交付完毕|完成交付|已交付|安装调试|测试(?:合格|通过)|运行(?:稳定|正常)|确认收到|货物?齐全`)
	figure        = regexp.MustCompile(`^[¥￥]?-?\d[\d,]*(?:\.\d+)?\s*(?:%|元|[千万亿百]*(?:[Tt]okens?|次)|[KM])?$`)
	usedWord      = regexp.MustCompile(`(?i)tokens?|调用|用量|使用量|消耗`)
	signedHere    = regexp.MustCompile(`盖章|签章|公章|签字`)
	bargained     = regexp.MustCompile(`(?:约定|协议|条款|一致)如下|如下(?:约定|协议|条款)|达成(?:如下|以下|本)|[订签缔][立订结]本(?:合同|协议)|(?:共同|遵照)(?:遵守|执行|信守)`)
	checkedSo     = regexp.MustCompile(`(?:核对|核算|核实|对账|确认)一致，?(?:结果|情况|事项)?如下`)                   // what statements say
	numberedLabel = regexp.MustCompile(`(?m)^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、].{2,16}(?:[:：]|为)`) // 3、核算期间：2026/1/1 is no clause
	comesInto     = regexp.MustCompile(`一式.{1,4}份.{0,40}生效|生效.{0,40}一式.{1,4}份`)
	formWord      = regexp.MustCompile(`申报|申请|申领|信用代码|成立|领域|行业|方向|项目|类型|方式|额度|金额|开始|结束|起始|截止|联系人|法定代表`)
)

// signs weighs what a page holds beside its words: what only one kind of paper
// has in this form, whatever its title says.
func signs(d *doc, text string) map[hequan.Kind]float64 {
	out := map[hequan.Kind]float64{}
	said := checkedSo.ReplaceAllString(strings.ReplaceAll(text, "\n", ""), "")
	bargain := bargained.MatchString(said) // parties that agree: no other paper says so
	if bargain {
		out[hequan.KindContract] += 2
	}
	if comesInto.MatchString(said) {
		out[hequan.KindContract] += 1
	}
	n := datedRows(d)
	switch {
	case n >= 8: // no settlement lists so many days
		out[hequan.KindUsage] += 4
		out[hequan.KindSettlement] -= 2
	case figureRows(d) >= 15 && usedWord.MatchString(text): // nor so much, whatever stands for the day
		out[hequan.KindUsage] += 4
	case n >= 3:
		out[hequan.KindUsage] += 2.5
	}
	f, rows := d.flow(), max(figureRows(d), turnedRows(d))
	switch used := usedWord.MatchString(text) && !contractual(d, text) && !bargain; {
	case used && n < 8 && rows < 15 && len(statedWords(f)) > 0: // a sum in words for what was used, which no list of use has
		out[hequan.KindSettlement] += 3.5
		out[hequan.KindUsage] -= 1.5
		if spansTime(f) {
			out[hequan.KindSettlement] += 2
		}
		if signedHere.MatchString(text) {
			out[hequan.KindSettlement] += 1.5 // nobody signs a list of use
		}
	case used && n == 0 && rows < 8 && spansTime(f) && sumOfMoney.MatchString(text) && !handedOver.MatchString(text): // for what was used in some time, not day by day
		switch {
		case signedHere.MatchString(text):
			out[hequan.KindSettlement] += 5
		case rows > 0 && rows <= 4:
			out[hequan.KindSettlement] += 2
		}
		out[hequan.KindUsage] -= 1.5
	}
	if filingNumber.MatchString(text) || algorithmNumber.MatchString(text) {
		out[hequan.KindFilingProof] += 3
	}
	if short := len(d.rows) < 30; short {
		if !bargain && bankName.MatchString(text) && accountRun.MatchString(text) && !strings.Contains(text, "发票") {
			out[hequan.KindBankAccount] += 3
		}
		if n := kindsOf(formWord, text); n >= 7 {
			out[hequan.KindApplicationForm] += 0.35 * float64(n)
		}
	}
	if n := kindsOf(vow, text); n >= 4 {
		out[hequan.KindCommitment] += 0.4 * float64(n)
	}
	if handedOver.MatchString(text) && !strings.Contains(text, "验收合格后") {
		out[hequan.KindAcceptance] += 1.5
	}
	if len(clauseHead.FindAllString(text, -1))-len(numberedLabel.FindAllString(text, -1)) >= 5 && len(d.rows) > 25 {
		out[hequan.KindContract] += 1.5
	}
	return out
}

var (
	startDay = regexp.MustCompile(`(?:开始|起始)(?:日期?|时间)?[:为]?\n?(` + aDay + `)`)
	endDay   = regexp.MustCompile(`(?:结束|终止|截止)(?:日期?|时间)?[:为]?\n?(` + aDay + `)`)
)

// spansTime says whether a text states a time with its first and its last day, be they apart.
func spansTime(f *flow) bool {
	return len(f.ranges()) > 0 || startDay.MatchString(string(f.text)) && endDay.MatchString(string(f.text))
}

// daysApart sets the two days of a period that stand behind their labels, without a mark between.
func (f *flow) daysApart(c *Content) {
	text := string(f.text)
	for _, end := range []struct {
		field string
		re    *regexp.Regexp
	}{{"period_start", startDay}, {"period_end", endDay}} {
		if x := c.field(end.field); x != nil && x.Value != "" {
			continue
		}
		for _, m := range end.re.FindAllStringSubmatchIndex(text, -1) {
			if d, ok := dayOf(text[m[2]:m[3]]); ok && !containsAny(text[max(0, m[0]-len("付款")):m[0]], otherEnds) {
				c.set(f.field(end.field, d.String(), len([]rune(text[:m[2]])), len([]rune(text[:m[3]]))))
				break
			}
		}
	}
}

// contractual says whether a page is of a contract: by its title, by three clauses at least (labels that are numbered are none), or by what
// only contracts settle.
func contractual(d *doc, text string) bool {
	for _, h := range headings(d) {
		if h.y < 0.3 && len([]rune(h.text)) <= 30 && contractTitle.MatchString(h.text) {
			return true
		}
	}
	words := kindsOf(ofContracts, text)
	clauses := len(clauseHead.FindAllString(text, -1))
	return words >= 2 || clauses-len(numberedLabel.FindAllString(text, -1)) >= 3
}

// kindsOf counts the different words of a pattern in a text.
func kindsOf(re *regexp.Regexp, text string) int {
	seen := map[string]bool{}
	for _, w := range re.FindAllString(text, -1) {
		seen[w] = true
	}
	return len(seen)
}

// figureRows counts the rows of four or more pieces of which half at least are
// figures, with or without a unit.
func figureRows(d *doc) int {
	n := 0
	for _, r := range d.rows {
		n += boolInt(figures(r))
	}
	return n
}

// turnedRows counts the columns of figures of a table on its side: three rows and more below each other, each a word and then
// figures.
func turnedRows(d *doc) int {
	most, run, width := 0, 0, 0
	for _, r := range d.rows {
		list := pieces(r)
		n := 0
		for _, p := range list {
			n += boolInt(figure.MatchString(string(r.text[p[0]:p[1]])))
		}
		if len(list) < 2 || n != len(list)-1 || figure.MatchString(string(r.text[list[0][0]:list[0][1]])) {
			continue // words: names, units
		}
		if n != width {
			run, width = 0, n
		}
		if run++; run >= 3 {
			most = max(most, width)
		}
	}
	return most
}

func figures(r row) bool {
	list := pieces(r)
	n := 0
	for _, p := range list {
		n += boolInt(figure.MatchString(string(r.text[p[0]:p[1]])))
	}
	return len(list) >= 4 && n >= 2 && 2*n >= len(list)
}

// datedRows counts the rows that hold one day or month and numbers, as the
// sheets of vendors do.
func datedRows(d *doc) int { return len(listedDays(d)) }

// listedDays are the days or months of these rows.
func listedDays(d *doc) []day.Window {
	var out []day.Window
	for i, r := range d.rows {
		if w, ok := listedDay(r); ok {
			out = append(out, w)
		} else if i > 0 && i+1 < len(d.rows) && wholeDay(string(r.text)) && figures(d.rows[i-1]) && figures(d.rows[i+1]) {
			if found := day.FindAll(string(r.text)); len(found) == 1 {
				out = append(out, found[0].Window) // between the rows that it is of
			}
		}
	}
	return out
}

// listedDay is the one day or month of a row that has numbers as well.
func listedDay(r row) (day.Window, bool) {
	list := pieces(r)
	if len(list) < 4 {
		return day.Window{}, false
	}
	found := day.FindAll(string(r.text))
	if len(found) != 1 {
		return day.Window{}, false
	}
	numbers := 0
	for _, p := range list {
		if isNumber(string(r.text[p[0]:p[1]])) {
			numbers++
		}
	}
	return found[0].Window, numbers >= 2
}
