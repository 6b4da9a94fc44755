package extractors

import (
	"fmt"
	"slices"
	"testing"

	"hequan"
)

// TestThingsAsColumns: a certificate's table on its side, whose headings stand in the first column, prices and all.
func TestThingsAsColumns(t *testing.T) {
	page := ruled([]float64{0.05, 0.20, 0.45, 0.70, 0.95},
		[]string{"标的物", "大模型一体机主机", "模型软件授权", "推理加速软件"},
		[]string{"合同数量", "1台", "1套", "2套"},
		[]string{"实交数量", "1台", "1套", "2套"},
		[]string{"单价（元）", "506,000.00", "618,000.00", "180,000.00"},
		[]string{"外观及功能", "可用", "可用", "可用"})
	page.Lines = append(laid(placedRow{0.05, []placedWord{{0.4, "项目交接单"}}})[0].Lines, page.Lines...)
	pages := []hequan.Page{page}
	table := tableNamed(t, Extract(hequan.KindAcceptance, pages, nil), "items")
	if got := columnOfTable(t, table, "name"); !slices.Equal(got, []string{"大模型一体机主机", "模型软件授权", "推理加速软件"}) {
		t.Errorf("%q", got)
	}
	if got := columnOfTable(t, table, "quantity"); !slices.Equal(got, []string{"1", "1", "2"}) {
		t.Errorf("%q", got)
	}
}

// TestLabelsInBrackets: a value ends where the next line begins with a label in brackets.
func TestLabelsInBrackets(t *testing.T) {
	compare(t, fieldsOf(hequan.KindAcceptance,
		placedRow{0.06, []placedWord{{0.40, "验收证明"}}},
		placedRow{0.15, []placedWord{{0.10, "【部署地点】北京市大兴区科创十四街33号院1号楼4层505机房"}}},
		placedRow{0.18, []placedWord{{0.10, "【确认日期】2026-3-28"}}},
	), map[string]string{"place": "北京市大兴区科创十四街33号院1号楼4层505机房", "date": "2026-03-28"})
}

// TestWhatIsNoAddress: what goes on in the sentence is no address, and a seal's words at its end are no part of one.
func TestWhatIsNoAddress(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.06, []placedWord{{0.40, "大模型服务采购合同"}}},
		placedRow{0.12, []placedWord{{0.10, "用户方：北京望潮金融科技有限公司"}}},
		placedRow{0.15, []placedWord{{0.10, "地址：北京市大兴区地盛北街4号7号楼514合同专用章"}}},
		placedRow{0.18, []placedWord{{0.10, "平台方：上海衡鉴智能技术有限公司"}}},
		placedRow{0.24, []placedWord{{0.10, "平台方将产品运送至用户方所在地并现场安装，经联调后一次性交付。"}}},
	), map[string]string{"party_a_address": "北京市大兴区地盛北街4号7号楼514", "party_b_address": ""})
}

// TestOtherNamesOfLabels: how statements, prices and provinces are headed as well.
func TestOtherNamesOfLabels(t *testing.T) {
	if k := Split(laid(placedRow{0.06, []placedWord{{0.40, "模型服务费核算单"}}}, placedRow{0.12, []placedWord{{0.10, "凭单号:JS202512731895"}}}, placedRow{0.16, []placedWord{{0.10, "合计金额:人民币176,619.92元"}}}))[0].Kind; k != hequan.KindSettlement {
		t.Errorf("核算单 is %s", k)
	}
	compare(t, fieldsOf(hequan.KindFilingProof, placedRow{0.07, []placedWord{{0.40, "大模型备案信息公示"}}},
		placedRow{0.15, []placedWord{{0.10, "所在省市"}, {0.30, "浙江省"}}}, placedRow{0.18, []placedWord{{0.10, "备案登记号"}, {0.30, "Zhejiang-YanChi-20241017"}}},
	), map[string]string{"territory": "浙江省", "number": "Zhejiang-YanChi-20241017"})
	for text, want := range map[string]bool{"协议价": true, "单价（元）": true, "外观及功能": true, "砚池大模型": false, "大模型一体机（8卡）": false} {
		if headOfColumn.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// TestATableThatGoesOnShifted: on the next page the same rules lie further right, by more than a narrow column, and there is no heading.
func TestATableThatGoesOnShifted(t *testing.T) {
	first := []float64{0.08, 0.28, 0.42, 0.52, 0.64, 0.72, 0.86}
	var second []float64
	for _, x := range first {
		second = append(second, x+0.07)
	}
	row := func(n, q, a string) []string {
		return []string{"云端-Max", "2026-1-" + n, q, "百万tokens", "12", a}
	}
	a := ruled(first, []string{"费用项目", "使用日期", "用量", "计费单位", "单价(元)", "结算额(元)"}, row("1", "429.9", "5,158.80"), row("2", "716.11", "8,593.32"), row("3", "428.09", "5,137.08"))
	b := ruled(second, row("4", "293.72", "3,524.64"), row("5", "533.8", "6,405.60"), row("6", "342.32", "4,107.84"))
	b.Info.Page = 2
	c := Extract(hequan.KindUsage, []hequan.Page{a, b}, nil)
	table := tableNamed(t, c, "rows")
	if got := columnOfTable(t, table, "quantity"); !slices.Equal(got, []string{"429.9", "716.11", "428.09", "293.72", "533.8", "342.32"}) {
		t.Errorf("%q", got)
	}
	if got := columnOfTable(t, table, "unit_price"); !slices.Equal(got, []string{"12", "12", "12", "12", "12", "12"}) {
		t.Errorf("%q", got)
	}
}

// TestStatementsOfOneSeries: a second statement in a file has another number of the same series; it is one of its own.
func TestStatementsOfOneSeries(t *testing.T) {
	page := func(n int, title, number, sum string) hequan.Page {
		p := laid(placedRow{0.06, []placedWord{{0.40, title}}}, placedRow{0.12, []placedWord{{0.10, "结算流水号:" + number}}}, placedRow{0.18, []placedWord{{0.10, "委托方:北京望潮医疗技术有限公司"}}},
			placedRow{0.30, []placedWord{{0.10, "应付金额:" + sum + "元"}}})[0]
		p.Info.Page = n
		return p
	}
	for second, want := range map[string]int{"JS202605820720": 2, "JS202512271989": 1} {
		if parts := Split([]hequan.Page{page(1, "月度对账单", "JS202512271989", "313404.84"), page(2, "费用", second, "299818.20")}); len(parts) != want {
			t.Errorf("%s: %d documents, want %d", second, len(parts), want)
		}
	}
}

// TestRowsWithNumbersOfOneSeries: an order's number in each row of a list makes no page a statement of its own.
func TestRowsWithNumbersOfOneSeries(t *testing.T) {
	page := func(n int, head ...placedRow) hequan.Page {
		list := append(head, placedRow{0.20, []placedWord{{0.10, "发生日期"}, {0.25, "模型标识"}, {0.45, "结算量"}, {0.60, "订单号"}, {0.80, "金额"}}})
		for i := range 8 {
			list = append(list, placedRow{0.25 + 0.05*float64(i), []placedWord{{0.10, fmt.Sprintf("2026/%d/%d", n, i+1)}, {0.25, "砚池-Max"}, {0.45, "868.65"}, {0.60, fmt.Sprintf("DD4552%d97%02d", n, i)}, {0.80, "3,474.60"}}})
		}
		p := laid(list...)[0]
		p.Info.Page = n
		return p
	}
	first := page(1, placedRow{0.06, []placedWord{{0.40, "消费明细"}}}, placedRow{0.14, []placedWord{{0.10, "账单周期"}, {0.30, "2026/1/1~2026/5/31"}}})
	if parts := Split([]hequan.Page{first, page(2), page(3)}); len(parts) != 1 {
		t.Errorf("%+v", parts)
	}
}

// TestReportsOfTwoYears: a second audit report in a file is told by its year, however it is said, or by its title after the statements of the first.
func TestReportsOfTwoYears(t *testing.T) {
	page := func(title string, lines ...string) hequan.Page {
		list := []placedRow{{0.06, []placedWord{{0.40, title}}}}
		for i, l := range lines {
			list = append(list, placedRow{0.14 + 0.04*float64(i), []placedWord{{0.10, l}}})
		}
		p := laid(list...)[0]
		b := &p.Lines[0].Words[0].Box
		b[3] = b[1] + 0.03 // large letters
		return p
	}
	cover := page("审计报告", "立诚审字[2026]第579号", "委托单位北京望潮文旅数字有限公司", "报表期间截至2024年12月31日止年度", "会计师事务所：北京衡准会计师事务所有限公司")
	opinion := page("审计报告", "立诚审字[2026]第579号", "一、审计意见", "我们审计了贵公司2024年1月1日至2024年12月31日的财务报表", "中国注册会计师：", "北京衡准会计师事务所有限公司")
	sheet := page("资产负债表", "编制单位：北京望潮文旅数字有限公司2024年12月31日", "货币资金87,487,200.00短期借款65,615,400.00", "流动资产合计233,299,200.00")
	next := page("审计报告", "立诚审字[2026]第580号", "一、审计意见", "我们审计了贵公司2025年1月1日至2025年12月31日的财务报表", "中国注册会计师：", "北京衡准会计师事务所有限公司")
	unread := page("审计报告", "一、审计意见", "我们审计了贵公司的财务报表", "中国注册会计师：", "北京衡准会计师事务所有限公司")
	for name, c := range map[string]struct {
		pages []hequan.Page
		want  int
	}{
		"one report":         {[]hequan.Page{cover, opinion, sheet}, 1},
		"two years":          {[]hequan.Page{cover, opinion, sheet, next}, 2},
		"no statements":      {[]hequan.Page{cover, opinion, next}, 2},
		"year not read":      {[]hequan.Page{cover, opinion, sheet, unread}, 2},
		"cover, year unread": {[]hequan.Page{cover, unread, sheet}, 1},
	} {
		if parts := Split(c.pages); len(parts) != c.want || parts[0].Kind != hequan.KindAuditReport {
			t.Errorf("%s: %+v, want %d", name, parts, c.want)
		}
	}
}

// usePage is a page of a list of use: its head, then days from the first of a month on.
func usePage(n int, month string, head ...placedRow) hequan.Page {
	list := append(head, placedRow{0.26, []placedWord{{0.10, "日期"}, {0.30, "模型"}, {0.50, "用量"}, {0.70, "单价"}, {0.85, "金额"}}})
	for i := range 9 {
		list = append(list, placedRow{0.30 + 0.04*float64(i), []placedWord{{0.10, fmt.Sprintf("%s-%02d", month, i+1)}, {0.30, "砚池-Max"}, {0.50, "868.65"}, {0.70, "4"}, {0.85, "3,474.60"}}})
	}
	p := laid(list...)[0]
	p.Info.Page = n
	return p
}

// large gives a page's first row large letters.
func large(p hequan.Page) hequan.Page {
	b := &p.Lines[0].Words[0].Box
	b[3] = b[1] + 0.03
	return p
}

// TestListsThatFollowEachOther: what parts two lists of use in one file, and what does not.
func TestListsThatFollowEachOther(t *testing.T) {
	title := func(s string) placedRow { return placedRow{0.06, []placedWord{{0.40, s}}} }
	label := func(y float64, l, v string) placedRow { return placedRow{y, []placedWord{{0.10, l + "：" + v}}} }
	span := func(from, to string) []placedRow {
		return []placedRow{label(0.12, "起始日期", from), label(0.16, "终止日期", to)}
	}
	first := large(usePage(1, "2025-10", append([]placedRow{title("服务用量明细")}, span("2025-10-01", "2025-12-31")...)...))
	for name, c := range map[string]struct {
		second hequan.Page
		want   int
	}{
		"it goes on":                      {usePage(2, "2025-11"), 1},
		"its head again":                  {large(usePage(2, "2025-11", append([]placedRow{title("服务用量明细")}, span("2025-10-01", "2025-12-31")...)...)), 1},
		"its head again, a digit misread": {large(usePage(2, "2025-11", append([]placedRow{title("服务用量明细")}, span("2025-10-01", "2025-12-81")...)...)), 1},
		"continued":                       {large(usePage(2, "2025-11", title("服务用量明细（续）"))), 1},
		"a section's title":               {large(usePage(2, "2025-11", title("二、逐日用量"))), 1},
		"another title, unknown":          {large(usePage(2, "2025-11", title("服务台账"))), 2},
		"the same title, another span":    {large(usePage(2, "2026-01", append([]placedRow{title("服务用量明细")}, span("2026-01-01", "2026-05-31")...)...)), 2},
		"no title, another span":          {usePage(2, "2025-11", span("2026-01-01", "2026-05-31")...), 2},
	} {
		if parts := Split([]hequan.Page{first, c.second}); len(parts) != c.want || parts[0].Kind != hequan.KindUsage {
			t.Errorf("%s: %+v, want %d", name, parts, c.want)
		}
	}
	stated := large(usePage(1, "2025-10", title("服务用量明细"), label(0.12, "服务期间", "2025-10-01至2025-12-31")))
	if parts := Split([]hequan.Page{stated, usePage(2, "2026-01")}); len(parts) != 2 {
		t.Errorf("days outside of the span: %+v", parts)
	}
	summed := large(usePage(1, "2025-10", title("服务用量明细")))
	sum := laid(placedRow{0.80, []placedWord{{0.10, "合计"}, {0.85, "31,271.40"}}})[0]
	summed.Lines = append(summed.Lines, sum.Lines...)
	again := usePage(2, "2025-11")
	again.Lines = append(again.Lines, sum.Lines...)
	own := usePage(2, "2025-11", label(0.08, "客户名称", "北京望潮文旅数字有限公司"), label(0.12, "供应商", "西安星槎人工智能有限公司"), label(0.16, "数据来源", "计量平台"), label(0.20, "币种", "人民币"))
	for name, c := range map[string]struct {
		pages []hequan.Page
		want  int
	}{
		"behind a sum, with a head": {[]hequan.Page{summed, own}, 2},
		"a sum on each page":        {[]hequan.Page{summed, again, own}, 1},
		"behind a sum, no head":     {[]hequan.Page{summed, usePage(2, "2025-11")}, 1},
	} {
		if parts := Split(c.pages); len(parts) != c.want {
			t.Errorf("%s: %+v, want %d", name, parts, c.want)
		}
	}
}

// TestStatementsByWhatTheySay: a sheet whose title speaks of use is a statement if it says a sum in words, or is signed for a time and lists no days.
func TestStatementsByWhatTheySay(t *testing.T) {
	sheet := func(lines ...string) hequan.Page {
		list := []placedRow{{0.06, []placedWord{{0.40, "Token用量报告"}}}}
		for i, l := range lines {
			list = append(list, placedRow{0.12 + 0.04*float64(i), []placedWord{{0.10, l}}})
		}
		list = append(list, placedRow{0.60, []placedWord{{0.10, "砚池-Max"}, {0.30, "42181010.5"}, {0.50, "万tokens"}, {0.70, "0.02"}, {0.85, "843,620.21"}}})
		return large(laid(list...)[0])
	}
	for name, c := range map[string]struct {
		page hequan.Page
		want hequan.Kind
	}{
		"words":           {sheet("所属期间：2025-10-01至2025-12-31", "合计：捌拾肆万叁仟陆佰贰拾元贰角壹分"), hequan.KindSettlement},
		"words, sections": {sheet("一、客户：北京某甲科技有限公司", "二、所属期间：2025-10-01至2025-12-31", "三、合计：捌拾肆万叁仟陆佰贰拾元贰角壹分", "四、币种：人民币"), hequan.KindSettlement},
		"signed":          {sheet("所属期间：2025-10-01至2025-12-31", "付款方确认（盖章）："), hequan.KindSettlement},
		"a list of use":   {large(usePage(1, "2025-10", placedRow{0.06, []placedWord{{0.40, "Token用量报告"}}}, placedRow{0.12, []placedWord{{0.10, "所属期间：2025-10-01至2025-12-31"}}})), hequan.KindUsage},
	} {
		if parts := Split([]hequan.Page{c.page}); parts[0].Kind != c.want {
			t.Errorf("%s: %+v", name, parts)
		}
	}
}

// TestBlankFirstPage: the blank back of another paper belongs to what follows.
func TestBlankFirstPage(t *testing.T) {
	if parts := Split([]hequan.Page{{}, usePage(2, "2025-10", placedRow{0.06, []placedWord{{0.40, "用量明细"}}})}); len(parts) != 1 || parts[0].Kind != hequan.KindUsage || parts[0].First != 0 {
		t.Errorf("%+v", parts)
	}
}

// TestNumbersOfTheWholeFile: pages that are numbered through a file are parted by their titles; those of one paper are not.
func TestNumbersOfTheWholeFile(t *testing.T) {
	numbered := func(p hequan.Page, n int, total string) hequan.Page {
		foot := laid(placedRow{0.95, []placedWord{{0.45, fmt.Sprintf("第%d页%s", n, total)}}})[0]
		p.Lines, p.Info.Page = append(p.Lines, foot.Lines...), n
		return p
	}
	list := func(title, month string) hequan.Page {
		return large(usePage(1, month, placedRow{0.06, []placedWord{{0.40, title}}}))
	}
	for name, c := range map[string]struct {
		pages []hequan.Page
		want  int
	}{
		"the file's":              {[]hequan.Page{numbered(list("用量明细", "2025-10"), 1, ""), numbered(list("服务台账", "2026-01"), 2, ""), numbered(usePage(3, "2026-02"), 3, "")}, 2},
		"the file's, of how many": {[]hequan.Page{numbered(list("用量明细", "2025-10"), 1, "共2页"), numbered(list("服务台账", "2026-01"), 2, "共2页")}, 2},
		"a paper's, of how many":  {[]hequan.Page{numbered(list("用量明细", "2025-10"), 1, "共2页"), numbered(list("逐日用量", "2025-11"), 2, "共2页"), usePage(3, "2025-12")}, 1},
		"a contract's, whose last page speaks of settling": {[]hequan.Page{
			numbered(large(laid(placedRow{0.06, []placedWord{{0.40, "大模型接口服务合同"}}}, placedRow{0.20, []placedWord{{0.10, "甲方：北京某甲科技有限公司"}}}, placedRow{0.24, []placedWord{{0.10, "乙方：上海某乙科技有限公司"}}}, placedRow{0.3, []placedWord{{0.10, "经双方协商，订立本合同，共同遵守。"}}})[0]), 1, "共2页"),
			numbered(laid(placedRow{0.10, []placedWord{{0.10, "结算单价（元）4"}}}, placedRow{0.14, []placedWord{{0.10, "含税总价款：人民币510,000.00元，大写：伍拾壹万元整"}}}, placedRow{0.18, []placedWord{{0.10, "费用结算：按月结算，以tokens用量计"}}}, placedRow{0.5, []placedWord{{0.10, "甲方（盖章）："}}})[0], 2, "共2页")}, 1},
		"a paper's, a page of no title": {[]hequan.Page{numbered(list("用量明细", "2025-10"), 1, ""), numbered(usePage(2, "2025-11"), 2, "")}, 1},
	} {
		if parts := Split(c.pages); len(parts) != c.want {
			t.Errorf("%s: %+v, want %d", name, parts, c.want)
		}
	}
}

// TestBehindASignedStatement: what is of use behind a page that states its sum and is signed is another paper, whatever title it has.
func TestBehindASignedStatement(t *testing.T) {
	statement := func(lines ...string) hequan.Page {
		list := []placedRow{{0.06, []placedWord{{0.40, "费用结算单"}}}, {0.14, []placedWord{{0.10, "结算期间：2025-10-01至2025-12-31"}}},
			{0.24, []placedWord{{0.10, "砚池-Max"}, {0.30, "42181010.5"}, {0.50, "万tokens"}, {0.70, "0.02"}, {0.85, "843,620.21"}}}}
		for i, l := range lines {
			list = append(list, placedRow{0.40 + 0.05*float64(i), []placedWord{{0.10, l}}})
		}
		return large(laid(list...)[0])
	}
	rest := laid(
		placedRow{0.06, []placedWord{{0.40, "用量"}}},
		placedRow{0.12, []placedWord{{0.10, "2025-10"}, {0.30, "砚池-Max"}, {0.50, "21090505"}, {0.70, "0.02"}, {0.85, "421,810.10"}}},
		placedRow{0.16, []placedWord{{0.10, "2025-11"}, {0.30, "砚池-Max"}, {0.50, "21090505.5"}, {0.70, "0.02"}, {0.85, "421,810.11"}}},
		placedRow{0.22, []placedWord{{0.10, "统计周期内调用量以tokens计"}}},
	)[0]
	rest.Info.Page = 2
	for name, c := range map[string]struct {
		first hequan.Page
		want  int
	}{"its own number": {statement("结算金额：843,620.21"), 2}, "signed": {statement("结算金额：843,620.21", "供应商（盖章）："), 2}, "not signed": {statement("结算金额：843,620.21"), 1}} {
		pages := []hequan.Page{c.first, rest}
		if name == "its own number" {
			foot := laid(placedRow{0.95, []placedWord{{0.45, "第1页共2页"}}})[0]
			pages[1].Lines = append(slices.Clone(rest.Lines), foot.Lines...)
		}
		if parts := Split(pages); len(parts) != c.want {
			t.Errorf("%s: %+v, want %d", name, parts, c.want)
		}
	}
}
