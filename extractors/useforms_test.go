package extractors

import (
	"slices"
	"strings"
	"testing"

	"hequan"
)

// TestDaysInSpacedPrint: 2025 年 10 月 1 日, each part a word of its own, is one cell.
func TestDaysInSpacedPrint(t *testing.T) {
	list := []placedRow{{0.10, []placedWord{{0.10, "资源"}, {0.30, "用量日期"}, {0.52, "总量"}, {0.66, "单价"}, {0.80, "结算金额"}}}}
	for i, d := range []string{"8", "9", "10", "11"} {
		y := 0.16 + 0.05*float64(i)
		list = append(list, placedRow{y, []placedWord{{0.10, "璞石-Pro"}, {0.300, "2025"}, {0.351, "年"}, {0.369, "10"}, {0.398, "月"}, {0.416, d}, {0.425 + 0.011*float64(len(d)), "日"}, {0.52, "36216"}, {0.66, "0.08"}, {0.80, "2,897.28"}}})
	}
	table := tableNamed(t, Extract(hequan.KindUsage, laid(list...), nil), "rows")
	if got, want := columnOfTable(t, table, "date"), []string{"2025-10-08", "2025-10-09", "2025-10-10", "2025-10-11"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestDaysBehindNumbers: what is glued before a day numbers its row.
func TestDaysBehindNumbers(t *testing.T) {
	for text, want := range map[string]string{"12026/01": "2026-01", "102026-05": "2026-05", "12025/10/1": "2025-10-01", "1022025年12月11日": "2025-12-11", "1、2026-01": "2026-01", "12026.5": "", "2026": ""} {
		if got := cellDay(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestAColumnOfDaysIsNoModels: 计费日 is but one character off 计费项, and holds days.
func TestAColumnOfDaysIsNoModels(t *testing.T) {
	d := draw([]float64{0.06, 0.12, 0.32, 0.52, 0.72, 0.92}, 2, 3, 4)
	d.text("用量明细")
	d.row("#|计费日|Token用量（万tokens）|合同单价（元/万tokens）|本期费用（元）")
	d.text("璞石-Lite-32k 用量")
	d.row("1|2025-10-1|298548.5|0.02|5,970.97")
	d.row("2|2025-10-2|243003|0.02|4,860.06")
	d.row("3|2025-10-3|186805.5|0.02|3,736.11")
	table := tableNamed(t, Extract(hequan.KindUsage, d.done(), nil), "rows")
	if got := columnOfTable(t, table, "date"); !slices.Equal(got, []string{"2025-10-01", "2025-10-02", "2025-10-03"}) {
		t.Errorf("days %q", got)
	}
	if got := columnOfTable(t, table, "model"); !slices.Equal(got, []string{"璞石-Lite-32k", "璞石-Lite-32k", "璞石-Lite-32k"}) {
		t.Errorf("models %q", got)
	}
}

// TestGroupsGoOnOverPages: the model of a group is that of a table of the next page with the same columns, unless headings of groups stand there.
func TestGroupsGoOnOverPages(t *testing.T) {
	at := hequan.Box{0.1, 0.1, 0.2, 0.12}
	first := hequan.Table{Name: "rows", Page: 1, Columns: []string{"date", "amount", "model"}}
	for _, day := range []string{"2025-10-01", "2025-10-02"} {
		first.Rows = append(first.Rows, []hequan.Cell{{Value: day}, {Value: "1.00"}, {Value: "璞石-Pro", Box: at}})
	}
	next := hequan.Table{Name: "rows", Page: 2, Columns: []string{"date", "amount"}, Rows: [][]hequan.Cell{{{Value: "2025-10-03"}, {Value: "2.00"}}}}
	page := func(n int, rows ...placedRow) hequan.Page {
		p := laid(rows...)[0]
		p.Info.Page = n
		return p
	}
	for name, c := range map[string]struct {
		heading string
		own     bool // the models of the first table stand in its rows
		want    int
	}{"none": {"", false, 3}, "of its own": {"璞石-Max", false, 2}, "a cell of each row": {"", true, 2}} {
		a, b := first, next
		a.Rows, b.Rows = slices.Clone(first.Rows), slices.Clone(next.Rows)
		if c.own {
			a.Rows[1] = []hequan.Cell{{Value: "2025-10-02"}, {Value: "1.00"}, {Value: "璞石-Pro", Box: hequan.Box{0.1, 0.2, 0.2, 0.22}}}
		}
		d := layout([]hequan.Page{page(1, placedRow{0.1, []placedWord{{0.1, "璞石-Pro"}}}), page(2, placedRow{0.1, []placedWord{{0.1, c.heading + " "}}})})
		tables := []hequan.Table{a, b}
		d.carryGroups(tables)
		if got := len(tables[1].Columns); got != c.want {
			t.Errorf("%s: %v", name, tables[1].Columns)
		} else if c.want == 3 && (tables[1].Rows[0][2].Value != "璞石-Pro" || tables[1].Rows[0][2].Page != 1) {
			t.Errorf("%s: %+v", name, tables[1].Rows[0])
		}
	}
}

// TestGroupsBesideOtherWords: where a column holds regions, the heading of the group names the model.
func TestGroupsBesideOtherWords(t *testing.T) {
	d := draw([]float64{0.06, 0.24, 0.40, 0.56, 0.74, 0.92}, 1, 2, 3)
	d.text("用量明细")
	d.row("月份|用量（千tokens）|单价（元/千tokens）|费用|地域")
	for _, m := range []string{"云岫-Max", "云岫-Turbo"} {
		d.text(m)
		d.row("2025年9月|2,147,737|0.02|42,954.74|cn-beijing")
		d.row("2025年10月|2,310,608|0.02|46,212.16|华东")
		d.row("2025年11月|2,310,608|0.02|46,212.16|华北")
	}
	table := tableNamed(t, Extract(hequan.KindUsage, d.done(), nil), "rows")
	if got := columnOfTable(t, table, "model"); !slices.Equal(got, []string{"云岫-Max", "云岫-Max", "云岫-Max", "云岫-Turbo", "云岫-Turbo", "云岫-Turbo"}) {
		t.Errorf("%q", got)
	}
}

// TestEndsAtTheMargin: the last value of a line goes on at the margin, a name with its last character, a day with its month.
func TestEndsAtTheMargin(t *testing.T) {
	got := fieldsOf(hequan.KindSettlement,
		placedRow{0.06, []placedWord{{0.40, "费用结算单"}}},
		placedRow{0.16, []placedWord{{0.08, "采购方：北京某甲政务信息科技有限公司"}, {0.73, "开单单位：成都某乙人工智能有限公"}}},
		placedRow{0.185, []placedWord{{0.08, "司"}}},
		placedRow{0.24, []placedWord{{0.08, "租户：某甲"}, {0.65, "起止日期：二〇二五年九月一日至二〇二五年十二"}}},
		placedRow{0.265, []placedWord{{0.08, "月三十一日"}}},
		placedRow{0.32, []placedWord{{0.08, "合同编号：A-1"}, {0.55, "币种：人民币"}}},
	)
	compare(t, got, map[string]string{"provider": "成都某乙人工智能有限公司", "period_start": "2025-09-01", "period_end": "2025-12-31"})
}

// TestTotalsCutOff: of a sum whose last digit stands in another line the rows have it; where they don't, nothing proves it.
func TestTotalsCutOff(t *testing.T) {
	for second, want := range map[string]struct {
		total  string
		proven bool
	}{"184,000.26": {"359416.76", true}, "184,100.26": {"359416.70", false}} {
		d := draw([]float64{0.06, 0.24, 0.40, 0.56, 0.74, 0.92}, 2, 3, 4)
		d.text("用量明细")
		d.text("费用合计：人民币359,416.7")
		d.row("月份|模型|用量（千tokens）|单价（元/千tokens）|费用")
		d.row("2025年9月|云岫-Max|8,770,825|0.02|175,416.50")
		d.row("2025年10月|云岫-Max|9,200,013|0.02|" + second)
		c := Extract(hequan.KindUsage, d.done(), nil)
		f := c.field("total")
		if f == nil || f.Value != want.total || (len(f.Proof) > 0) != want.proven {
			t.Errorf("%s: %+v", second, f)
		}
	}
}

// TestWordsThatGoOnInAColumn: an amount in words takes two lines of its column, with the line of another column between them.
func TestWordsThatGoOnInAColumn(t *testing.T) {
	got := fieldsOf(hequan.KindSettlement,
		placedRow{0.06, []placedWord{{0.40, "费用结算确认单"}}},
		placedRow{0.20, []placedWord{{0.08, "对账期间"}, {0.36, "大写金额"}, {0.70, "待支付金额"}}},
		placedRow{0.24, []placedWord{{0.08, "2025年9月1日—2025年12月31"}, {0.36, "柒拾陆万零壹佰捌拾捌元贰角"}}},
		placedRow{0.258, []placedWord{{0.70, "760,188.23元"}}},
		placedRow{0.276, []placedWord{{0.08, "日"}, {0.36, "叁分"}}},
		placedRow{0.34, []placedWord{{0.08, "出账日期"}, {0.36, "签约客户"}}},
		placedRow{0.38, []placedWord{{0.08, "2026年1月3日"}, {0.36, "北京某甲政务信息有限公司"}}},
	)
	compare(t, got, map[string]string{"total_words": "760188.23"})
}

// TestTitlesOfShortPages: a page of one row, in two pieces, has at most one title.
func TestTitlesOfShortPages(t *testing.T) {
	page := func(tall float64) hequan.Page {
		p := laid(placedRow{0.06, []placedWord{{0.06, "计量平台"}, {0.60, "消费明细"}}})[0]
		p.Lines[0].Words[1].Box[3] = p.Lines[0].Words[1].Box[1] + tall
		return p
	}
	if got := titleOf(layout([]hequan.Page{page(0.04)})); got != "消费明细" {
		t.Errorf("%q", got)
	}
	if got := titleOf(layout([]hequan.Page{page(0.016)})); got != "" {
		t.Errorf("%q", got)
	}
	if got := titleOf(layout([]hequan.Page{{}})); got != "" {
		t.Errorf("%q", got)
	}
}

// TestUnitsOfTheirColumn: a character before tokens that could not be read is that of the rows where it could.
func TestUnitsOfTheirColumn(t *testing.T) {
	for name, c := range map[string]struct {
		texts, values string
		want          string
	}{
		"one read":    {"F tokens|二tokens|下tokens", "tokens|千tokens|tokens", "千tokens|千tokens|千tokens"},
		"two differ":  {"F tokens|二tokens|万tokens", "tokens|千tokens|万tokens", "tokens|千tokens|万tokens"},
		"none read":   {"F tokens|F tokens", "tokens|tokens", "tokens|tokens"},
		"tokens read": {"tokens|二tokens|F tokens", "tokens|千tokens|tokens", "tokens|千tokens|tokens"},
	} {
		table := hequan.Table{Name: "rows", Columns: []string{"unit"}}
		texts, values := strings.Split(c.texts, "|"), strings.Split(c.values, "|")
		for i := range texts {
			table.Rows = append(table.Rows, []hequan.Cell{{Text: texts[i], Value: values[i], Confidence: 0.9}})
		}
		unitsOfColumn(&table)
		if got := strings.Join(columnOfTable(t, table, "unit"), "|"); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestAShortContractIsNoStatement: a contract of one page that is signed, with a sum in words for use in some time, is one by its title.
func TestAShortContractIsNoStatement(t *testing.T) {
	for title, want := range map[string]hequan.Kind{"大模型API调用服务合同": hequan.KindContract, "模型服务协议（2025版）": hequan.KindContract, "服务费结算单": hequan.KindSettlement} {
		p := laid(
			placedRow{0.06, []placedWord{{0.30, title}}},
			placedRow{0.16, []placedWord{{0.10, "甲方：北京某甲科技有限公司"}}},
			placedRow{0.22, []placedWord{{0.10, "乙方：上海某乙智能科技有限公司"}}},
			placedRow{0.28, []placedWord{{0.10, "服务期限：2025年10月1日至2026年5月31日"}}},
			placedRow{0.34, []placedWord{{0.10, "调用砚池-Max模型，以实际tokens计费"}}},
			placedRow{0.40, []placedWord{{0.10, "总价：人民币捌拾肆万叁仟陆佰贰拾元整（843,620.00元）"}}},
			placedRow{0.60, []placedWord{{0.10, "甲方（盖章）："}, {0.60, "乙方（盖章）："}}},
		)[0]
		if parts := Split([]hequan.Page{p}); parts[0].Kind != want {
			t.Errorf("%s: %+v", title, parts)
		}
	}
}
