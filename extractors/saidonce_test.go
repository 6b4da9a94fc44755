package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestSaidOnceAboveTheTable: model and price unit that stand once above a list hold for its rows; a company, a number, a
// summary's count and the name of a project are no model, and two models are none of the whole list.
func TestSaidOnceAboveTheTable(t *testing.T) {
	rows := []placedRow{{0.50, []placedWord{{0.1, "月份"}, {0.3, "用量"}, {0.45, "计量单位"}, {0.6, "单价"}, {0.8, "费用（元）"}}},
		{0.55, []placedWord{{0.1, "2025-09"}, {0.3, "36216"}, {0.45, "万tokens"}, {0.6, "0.08"}, {0.8, "2,897.28"}}},
		{0.60, []placedWord{{0.1, "2025-10"}, {0.3, "50000"}, {0.45, "万tokens"}, {0.6, "0.08"}, {0.8, "4,000.00"}}},
		{0.65, []placedWord{{0.1, "2025-11"}, {0.3, "25000"}, {0.45, "万tokens"}, {0.6, "0.08"}, {0.8, "2,000.00"}}}}
	for name, c := range map[string]struct {
		heads       []string
		model, unit string // of the rows, "" for no such column
	}{
		"model":                   {[]string{"计费模型：云岫-Turbo"}, "云岫-Turbo", ""},
		"unit as well":            {[]string{"服务名称：云岫-Turbo", "计价单位：元/万tokens"}, "云岫-Turbo", "元/万tokens"},
		"a vendor's":              {[]string{"产品名称：通义千问"}, "通义千问", ""},
		"a company":               {[]string{"模型服务商：上海云岫科技有限公司"}, "", ""},
		"a project":               {[]string{"产品名称：病历质控助手"}, "", ""},
		"a number":                {[]string{"模型：2"}, "", ""},
		"two":                     {[]string{"调用模型：云岫-Turbo", "计费模型：云岫-Max"}, "", ""},
		"a unit that counts sums": {[]string{"计价单位：元"}, "", ""},
	} {
		list := []placedRow{{0.10, []placedWord{{0.4, "用量明细"}}}}
		for i, h := range c.heads {
			list = append(list, placedRow{0.15 + 0.05*float64(i), []placedWord{{0.1, h}}})
		}
		list = append(list, placedRow{0.3, []placedWord{{0.1, "客户：北京某甲科技有限公司"}}})
		table := tableNamed(t, Extract(hequan.KindUsage, laid(append(list, rows...)...), nil), "rows")
		for column, want := range map[string]string{"model": c.model, "price_unit": c.unit} {
			if k := table.Column(column); (k >= 0) != (want != "") {
				t.Errorf("%s: columns %v", name, table.Columns)
			} else if want != "" && !slices.Equal(columnOfTable(t, table, column), []string{want, want, want}) {
				t.Errorf("%s: %q", name, columnOfTable(t, table, column))
			}
		}
	}
}

// TestSaidOnceInsteadOfOtherWords: how a thing is charged for is no model where the model is said above.
func TestSaidOnceInsteadOfOtherWords(t *testing.T) {
	list := []placedRow{{0.10, []placedWord{{0.4, "用量明细"}}}, {0.2, []placedWord{{0.1, "模型：云岫-Turbo"}}},
		{0.40, []placedWord{{0.06, "项次"}, {0.15, "统计日期"}, {0.32, "用量（万tokens）"}, {0.56, "计费方式"}, {0.7, "单价"}, {0.85, "费用"}}}}
	for i, x := range [][3]string{{"2026-01-01", "36216", "2,897.28"}, {"2026-01-02", "50000", "4,000.00"}, {"2026-01-03", "25000", "2,000.00"}} {
		list = append(list, placedRow{0.46 + 0.06*float64(i), []placedWord{{0.06, []string{"1", "2", "3"}[i]}, {0.15, x[0]}, {0.32, x[1]}, {0.56, []string{"按量", "后付费", "按量计费"}[i]}, {0.7, "0.08"}, {0.85, x[2]}}})
	}
	table := tableNamed(t, Extract(hequan.KindUsage, laid(list...), nil), "rows")
	if got, want := columnOfTable(t, table, "model"), []string{"云岫-Turbo", "云岫-Turbo", "云岫-Turbo"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestRowNumbersGoOn: rows are numbered through the tables of a document.
func TestRowNumbersGoOn(t *testing.T) {
	table := func(page int, names ...string) hequan.Table {
		x := hequan.Table{Name: "rows", Page: page, Columns: []string{"model"}}
		for _, n := range names {
			x.Rows = append(x.Rows, []hequan.Cell{{Value: n, Text: n}})
		}
		return x
	}
	c := Content{Tables: []hequan.Table{table(1, "1木铎-Turbo"), table(2, "2.木铎-Turbo", "3、木铎-Turbo"), table(3, "7.木铎-Turbo")}}
	dropRowNumbers(&c)
	for i, want := range [][]string{{"木铎-Turbo"}, {"木铎-Turbo", "木铎-Turbo"}, {"7.木铎-Turbo"}} {
		if got := columnOfTable(t, c.Tables[i], "model"); !slices.Equal(got, want) {
			t.Errorf("table %d: %q, want %q", i, got, want)
		}
	}
}

// TestDaysBetweenRows: in an open table a month that holds for two rows stands between them.
func TestDaysBetweenRows(t *testing.T) {
	list := []placedRow{{0.10, []placedWord{{0.4, "API调用统计表"}}}, {0.20, []placedWord{{0.10, "使用月份"}, {0.28, "项目"}, {0.44, "计费数量"}, {0.62, "执行价"}, {0.80, "本期费用"}}}}
	for i, m := range []string{"2025.10", "2025.11"} {
		y := 0.26 + 0.12*float64(i)
		list = append(list, placedRow{y, []placedWord{{0.28, "衡鉴-Turbo"}, {0.44, "1250204.5"}, {0.62, "0.08"}, {0.80, "100,016.36"}}},
			placedRow{y + 0.03, []placedWord{{0.10, m}}}, placedRow{y + 0.06, []placedWord{{0.28, "衡鉴-Max"}, {0.44, "2852398"}, {0.62, "0.02"}, {0.80, "57,047.96"}}})
	}
	table := tableNamed(t, Extract(hequan.KindUsage, laid(list...), nil), "rows")
	if got, want := columnOfTable(t, table, "date"), []string{"2025-10", "2025-10", "2025-11", "2025-11"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestListsDayByDay: days without a gap lose no row, be one or two of them unread; a missing row is a gap.
func TestListsDayByDay(t *testing.T) {
	for name, c := range map[string]struct {
		days []string
		want bool
	}{
		"days":       {[]string{"2026-01-30", "2026-01-31", "2026-02-01"}, true},
		"months":     {[]string{"2025-11", "2025-12", "2026-01"}, true},
		"two models": {[]string{"2025-11", "2025-11", "2025-12", "2025-12"}, true},
		"one unread": {[]string{"2026-01-01", "", "2026-01-03", "2026-01-04"}, true},
		"one lost":   {[]string{"2026-01-01", "2026-01-02", "2026-01-04"}, false},
		"two":        {[]string{"2026-01-01", "2026-01-02"}, false},
		"none read":  {[]string{"", "", "2026-01-03"}, false},
		"an end":     {[]string{"2026-01-01", "2026-01-02", "2026-01-03", ""}, false},
	} {
		table := hequan.Table{Columns: []string{"date"}}
		for _, d := range c.days {
			table.Rows = append(table.Rows, []hequan.Cell{{Value: d}})
		}
		if got := dayByDay(&table); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestHeadsOfListsOnTheirOwnPage: the page with title, parties and time of a list of use belongs to the rows on the next one.
func TestHeadsOfListsOnTheirOwnPage(t *testing.T) {
	statement := typed("服务费用结算单", "编号：JS202512602293", "甲方：北京某甲信息技术有限公司", "结算周期：2025-09-01至2025-12-31", "模型  用量  单价  金额", "知微子-Max  20650038  0.02  413,000.76", "应付金额：413,000.76元（大写：肆拾壹万叁仟元柒角陆分）", "乙方（盖章）：深圳某乙人工智能有限公司")
	head := typed("甲方：北京某甲信息技术有限公司", "乙方：深圳某乙人工智能有限公司", "统计区间：2025-09-01至2025-12-31")
	rows := typed("日期  模型  用量  单价  金额", "2025-09-01  知微子-Max  100000  0.02  2,000.00", "2025-09-02  知微子-Max  110000  0.02  2,200.00", "2025-09-03  知微子-Max  120000  0.02  2,400.00", "2025-09-04  知微子-Max  130000  0.02  2,600.00")
	pages := append(append(statement, head...), rows...)
	for i := range pages {
		pages[i].Info.Page = i + 1
	}
	if parts := Split(pages); len(parts) != 2 || parts[1].First != 1 || parts[1].Kind != hequan.KindUsage {
		t.Errorf("%+v", parts)
	}
	pages[1] = typed("以上费用已核对无误。", "经办人：某某")[0] // the end of the statement
	pages[1].Info.Page = 2
	if parts := Split(pages); len(parts) > 1 && parts[1].First == 1 {
		t.Errorf("its end: %+v", parts)
	}
}
