package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestWrappedNamesBySymmetry: lines of names stand as near to the row above as to the one below; a cell is set in the
// middle of its row, so that as many lines stand above its figures as below.
func TestWrappedNamesBySymmetry(t *testing.T) {
	xs := []float64{0.12, 0.34, 0.45, 0.55, 0.68, 0.82}
	heading := at(0.200, xs, "分项名称", "费用类型", "计价单位", "数量", "含税单价", "合计金额")
	for name, rows := range map[string][]placedRow{
		"above and below": {
			at(0.240, xs, "砚池大模型一"), at(0.280, xs, "体机主机（8卡推理服务", "硬件", "台", "1", "665,000.00", "665,000.00"), at(0.320, xs, "器）"),
			at(0.360, xs, "砚池-72B模型软件授权", "模型", "套", "1", "301,000.00", "301,000.00")},
		"a name alone above": { // a model's name, that heads nothing here
			at(0.240, xs, "砚池-32B-I"), at(0.280, xs, "nstruct大模型私有化授", "模型", "套", "1", "665,000.00", "665,000.00"), at(0.320, xs, "权"),
			at(0.360, xs, "知识库管理软件", "其他软件", "套", "1", "301,000.00", "301,000.00")},
	} {
		all := append([]placedRow{{0.05, []placedWord{{0.4, "采购合同"}}}, heading}, rows...)
		table := tableNamed(t, Extract(hequan.KindContract, laid(all...), nil), "items")
		want := []string{"砚池大模型一体机主机（8卡推理服务器）", "砚池-72B模型软件授权"}
		if name != "above and below" {
			want = []string{"砚池-32B-Instruct大模型私有化授权", "知识库管理软件"}
		}
		if got := columnOfTable(t, table, "name"); !slices.Equal(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	// 其他 / 软件 in one cell is a software, not something else.
	rows := []placedRow{{0.05, []placedWord{{0.4, "采购合同"}}}, heading,
		at(0.240, xs, "砚池-72B模型软件授权", "模型", "套", "1", "665,000.00", "665,000.00"),
		at(0.272, xs, "", "其他"), at(0.284, xs, "知识库管理软件", "", "套", "1", "301,000.00", "301,000.00"), at(0.296, xs, "", "软件")}
	table := tableNamed(t, Extract(hequan.KindContract, laid(rows...), nil), "items")
	if got := columnOfTable(t, table, "category"); !slices.Equal(got, []string{"model", "software"}) {
		t.Errorf("%v", got)
	}
	for text, want := range map[string]bool{"推理加速引擎软件": false, "系统运行稳定，交付内容与合同一致，验收合格": true} {
		if aSentence.MatchString(text) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
}

// TestHeadingsOfTwoLevels: the heading of the first column stands between two rows of headings, the upper of which
// reaches over two columns.
func TestHeadingsOfTwoLevels(t *testing.T) {
	xs := []float64{0.12, 0.46, 0.70}
	rows := []placedRow{{0.05, []placedWord{{0.4, "大模型服务合同"}}}, {0.200, []placedWord{{0.56, "计价标准"}}}, {0.213, []placedWord{{0.15, "计费项"}}},
		{0.226, []placedWord{{0.46, "计量方式"}, {0.70, "单价"}, {0.731, "(元)"}}}, at(0.26, xs, "漱石-Lite-32k", "千tokens", "0.008"), at(0.29, xs, "漱石-Max", "千tokens", "0.02")}
	for _, source := range []string{hequan.SourceScan, hequan.SourceDigital} {
		pages := laid(rows...)
		pages[0].Info.Source = source
		got := tableText(tableNamed(t, Extract(hequan.KindContract, pages, nil), "prices"))
		if want := "model|unit|unit_price\n漱石-Lite-32k|千tokens|0.008\n漱石-Max|千tokens|0.02"; got != want {
			t.Errorf("%s: %s", source, got)
		}
	}
}

// TestHeadingsByTheirEnds: 费用项目 are items, not sums; 业务量 and 执行价 are told by how they end, and by the product.
func TestHeadingsByTheirEnds(t *testing.T) {
	p := ruled([]float64{0.05, 0.25, 0.4, 0.55, 0.7, 0.9}, []string{"费用项目", "使用月份", "业务量", "执行价/元", "小计（元)"},
		[]string{"星槎-Max", "2025.10", "20009.78", "2", "40019.56"},
		[]string{"星槎-Turbo", "2025.10", "6803.78", "12", "81645.36"},
		[]string{"星槎-Max", "2025.11", "43016.43", "2", "86032.86"})
	want := "model|date|quantity|unit_price|amount\n星槎-Max|2025-10|20009.78|2|40019.56\n星槎-Turbo|2025-10|6803.78|12|81645.36\n星槎-Max|2025-11|43016.43|2|86032.86"
	if got := tableText(tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")); got != want {
		t.Error(got)
	}
	// Without rules, and the words of a heading taken for two.
	xs := []float64{0.12, 0.33, 0.56, 0.82}
	rows := []placedRow{{0.05, []placedWord{{0.4, "费用确认单"}}}, at(0.20, xs, "费用项目", "结算量(百万tokens)", "资费(元/百万tokens)", "总价"),
		at(0.24, xs, "砚池-Lite-32k", "34902.24", "4", "139,608.96"), at(0.28, xs, "砚池-Max", "12514.61", "12", "150,175.32")}
	if got, want := tableText(tableNamed(t, Extract(hequan.KindSettlement, laid(rows...), nil), "items")), "model|quantity|unit_price|amount|unit|price_unit\n砚池-Lite-32k|34902.24|4|139608.96|百万tokens|元/百万tokens\n砚池-Max|12514.61|12|150175.32|百万tokens|元/百万tokens"; got != want {
		t.Error(got)
	}
	// The rules of a row in the middle were not found.
	kept := p.Grids[0].Cells[:0:0]
	for _, c := range p.Grids[0].Cells {
		if c.Row != 2 {
			kept = append(kept, c)
		}
	}
	p.Grids[0].Cells = kept
	if got := tableText(tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")); got != want {
		t.Error(got)
	}
}

// TestAnApplianceBehindANumber: the number of its row before its category tells nothing else.
func TestAnApplianceBehindANumber(t *testing.T) {
	table := hequan.Table{Name: "items", Columns: []string{"category", "name"}, Rows: [][]hequan.Cell{{{Text: "1、 一体机"}, {Text: "知微子大模型一体机(含知微子-72B模型软件)", Value: "知微子大模型一体机(含知微子-72B模型软件)"}}}}
	if bundles(&table); table.Rows[0][0].Value != "other" {
		t.Errorf("%q", table.Rows[0][0].Value)
	}
}

// TestRowsOfSumsThatAreNoTable: a list whose figures could not be told apart is there, if unread; a contract with one sum in a sentence has none.
func TestRowsOfSumsThatAreNoTable(t *testing.T) {
	rows := append(rowsOf("采购合同", "三、价款"),
		placedRow{0.20, []placedWord{{0.12, "1砚池-72B授权"}, {0.52, "套1 665,000.00"}}}, placedRow{0.23, []placedWord{{0.12, "2知识库管理软件"}, {0.52, "套1 301,000.00"}}},
		placedRow{0.27, []placedWord{{0.12, "合同总价为966,000.00元（大写：玖拾陆万陆仟元整）。"}}})
	c := Extract(hequan.KindContract, laid(rows...), nil)
	if f := c.field("items_unread"); f == nil || f.Value != "" || f.Box[1] < 0.19 {
		t.Errorf("%+v", f)
	}
	c = Extract(hequan.KindContract, laid(append(rows[:2:2], rows[4])...), nil)
	if f := c.field("items_unread"); f != nil {
		t.Errorf("%+v", f)
	}
}

// TestRemarksOfAForm: a label with how many digits go into its field heads what stands below it like its neighbours.
func TestRemarksOfAForm(t *testing.T) {
	xs := []float64{0.12, 0.55}
	compare(t, fieldsOf(hequan.KindApplicationForm, placedRow{0.05, []placedWord{{0.4, "模型券申报书"}}},
		at(0.15, xs, "申报主体", "统一社会信用代码：18位"), at(0.175, xs, "北京启宸智慧教育技术有限公司", "91110302MAMUTUCW29"),
		at(0.22, xs, "成立时间", "申请日期"), at(0.245, xs, "2021-01-07", "2026-07-10")),
		map[string]string{"applicant.name": "北京启宸智慧教育技术有限公司", "applicant.uscc": "91110302MAMUTUCW29", "applicant.established": "2021-01-07"})
}

// TestARowIsAsHighAsItsLetters: a digit cut low begins a row that words of full height go on with.
func TestARowIsAsHighAsItsLetters(t *testing.T) {
	pages := laid(placedRow{0.20, []placedWord{{0.12, "2"}}}, placedRow{0.20, []placedWord{{0.20, "2025年10月"}, {0.40, "璞石-Max"}}}, placedRow{0.20, []placedWord{{0.60, "0.008"}, {0.75, "1398550"}}})
	for i, y := range [][2]float64{{0.2403, 0.2432}, {0.2364, 0.2492}, {0.2403, 0.2462}} { // sorted by their middles
		l := &pages[0].Lines[i]
		l.Box[1], l.Box[3] = y[0], y[1]
		for k := range l.Words {
			l.Words[k].Box[1], l.Words[k].Box[3] = y[0], y[1]
		}
	}
	if d := layout(pages); len(d.rows) != 1 {
		t.Errorf("%d rows, want 1", len(d.rows))
	}
}

// TestBracketsGoOn: a bracket behind a name of a wrapped cell begins no column of its own.
func TestBracketsGoOn(t *testing.T) {
	word := func(text string, x0, x1, y float64) levelWord {
		b := hequan.Box{x0, y, x1, y + 0.01}
		return levelWord{hequan.Word{Text: text, Box: b}, b}
	}
	b := band{words: []levelWord{word("璞石大模型一体机主机", 0.1, 0.2, 0.2), word("（8卡推理", 0.207, 0.25, 0.2), word("服务器）", 0.1, 0.14, 0.212), word("硬件", 0.3, 0.33, 0.206)}}
	if got := bandColumns([]band{b}, 0.01, 1); len(got) != 2 {
		t.Errorf("%v", got)
	}
}
