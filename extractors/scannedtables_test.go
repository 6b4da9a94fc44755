package extractors

import (
	"fmt"
	"strings"
	"testing"

	"hequan"
)

// onPage makes what was drawn a scan: what a seal over the edges of pages leaves in the
// margin stands beside the table at the height y.
func onPage(pages []hequan.Page, y float64, margin string) []hequan.Page {
	for i := range pages {
		p := &pages[i]
		p.Info.Source = hequan.SourceScan
		for _, g := range p.Grids {
			for _, c := range g.Cells {
				unprove(c.Lines)
			}
		}
		unprove(p.Lines)
		if margin != "" {
			w := hequan.Word{Text: margin, Box: hequan.Box{0.034, y, 0.05, y + 0.012}, Confidence: 0.4}
			p.Lines = append(p.Lines, hequan.Line{Words: []hequan.Word{w}, Box: w.Box})
		}
	}
	return pages
}

func unprove(lines []hequan.Line) {
	for _, l := range lines {
		for i := range l.Words {
			l.Words[i].Proof = nil
		}
	}
}

// TestMarginsEndNoTable: what stands beside the rules of a table between two of its rows
// does not end it; the table goes on below.
func TestMarginsEndNoTable(t *testing.T) {
	for _, margin := range []string{"", "和", "@@"} {
		d := draw([]float64{0.08, 0.15, 0.30, 0.43, 0.56, 0.67, 0.79, 0.92}, 3, 5, 6)
		d.text("大模型服务用量清单")
		d.ruled = true
		d.row("序号|模型名称|使用日期|用量|单位|单价(元)|费用(元)")
		for i := range 12 {
			d.row(fmt.Sprintf("%d|星槎-Lite-32k|2026.02.%02d|%d,000|千tokens|0.02|%d.00", i+53, i+1, 300+i, 20*(300+i)))
		}
		pages := d.done()
		grid := pages[0].Grids[0].Box
		c := Extract(hequan.KindUsage, onPage(pages, (grid[1]+grid[3])/2, margin), nil)
		if len(c.Tables) != 1 || len(c.Tables[0].Rows) != 12 {
			t.Errorf("margin %q: %+v, want one table of 12 rows", margin, c.Tables)
		}
	}
}

// TestTheLastNounHeadsAColumn: 消费时间 is a time, although 消费 alone heads sums.
func TestTheLastNounHeadsAColumn(t *testing.T) {
	d := draw([]float64{0.05, 0.13, 0.25, 0.35, 0.44, 0.52, 0.57, 0.66, 0.75, 0.84, 0.95}, 3, 5, 6, 7, 8, 9)
	d.page(297, 210).text("账单详情")
	d.ruled = true
	d.row("消费时间|产品名称|资源名称|用量|用量单位|单价|原价(元)|优惠(元)|代金券抵扣|应付金额(元)")
	for i, r := range [][2]string{{"46,256,910", "97,138.82|4,625.00|0.00|92,513.82"}, {"83,636,710", "175,636.42|8,363.00|0.00|167,273.42"}, {"74,739,715", "156,952.43|7,473.00|0.00|149,479.43"}} {
		d.row(fmt.Sprintf("2025年%d月|大模型推理服务|星槎-Lite-32k|%s|千tokens|0.002|%s", i+6, r[0], r[1]))
	}
	pages := onPage(d.done(), 0, "")
	sheet := layout(pages)
	if h := headOf(tableKind{columns: usageColumns, least: 3}, sheet, 1); h == nil || h.names() != "date model quantity unit unit_price amount" {
		t.Errorf("headings %+v", h)
	}
	c := Extract(hequan.KindUsage, pages, nil)
	if len(c.Tables) != 1 {
		t.Fatalf("%d tables, want 1", len(c.Tables))
	}
	want := "2025-07|星槎-Lite-32k|83636710|千tokens|0.002|167273.42"
	table := c.Tables[0]
	var got []string
	for _, name := range []string{"date", "model", "quantity", "unit", "unit_price", "amount"} {
		if k := table.Column(name); k >= 0 {
			got = append(got, table.Rows[1][k].Value)
		}
	}
	if strings.Join(got, "|") != want {
		t.Errorf("%s\nwant in its second row %s", tableText(table), want)
	}
}

// TestDaysAreNoSums: a column of days has no sums, whatever its heading says, and gives
// the name back to the column that is headed so as well.
func TestDaysAreNoSums(t *testing.T) {
	kind := tableKind{columns: usageColumns}
	amount, _ := kind.column("amount")
	columns := []headed{{column: amount, text: "消费"}, {text: "用量"}, {text: "应付金额(元)"}, {text: "优惠金额(元)"}}
	var rows []tableRow
	for _, r := range [][4]string{{"2025年6月", "46,256,910", "92,513.82", "4,625.00"}, {"2025年7月", "83,636,710", "167,273.42", "8,363.00"}} {
		var cells []hequan.Cell
		for _, text := range r {
			cells = append(cells, hequan.Cell{Text: text})
		}
		rows = append(rows, tableRow{cells: cells})
	}
	if !disown(columns, rows) {
		t.Fatal("the days kept their name")
	}
	ownAgain(kind, columns, rows)
	for c, want := range []string{"date", "quantity", "amount", ""} {
		if columns[c].name != want {
			t.Errorf("%s is %q, want %q", columns[c].text, columns[c].name, want)
		}
	}
	if v := rows[1].cells[0].Value + " " + rows[1].cells[2].Value; v != "2025-07 167273.42" {
		t.Errorf("the cells are read as %s", v)
	}
}

// itemsOf reads the lines of a contract of which the heading and some counts were misread.
func itemsOf(heading []placedWord, counts ...string) hequan.Table {
	rows := []placedRow{{0.10, []placedWord{{0.40, "采购合同"}}}, {0.20, heading}}
	for i, r := range [][4]string{{"漱石-32B大模型私有化授权", "模型", "796,000.00", "796,000.00"}, {"智能体编排平台软件", "其他软件", "247,000.00", "247,000.00"},
		{"GPU算力租赁服务", "算力", "24,000.00", "144,000.00"}, {"行业语料清洗与标注", "数据", "78,000.00", "78,000.00"}} {
		words := []placedWord{{0.12, fmt.Sprint(i + 1)}, {0.16, r[0]}, {0.43, r[1]}}
		if counts != nil {
			words = append(words, placedWord{0.515, counts[i]})
		}
		rows = append(rows, placedRow{0.24 + 0.04*float64(i), append(words, placedWord{0.58, []string{"套", "套", "月", "项"}[i]}, placedWord{0.64, r[2]}, placedWord{0.80, r[3]})})
	}
	rows = append(rows, placedRow{0.44, []placedWord{{0.43, "合计"}, {0.80, "1,265,000.00"}}})
	d := layout(laid(rows...))
	c := Content{}
	contractTables(d, &c)
	if len(c.Tables) == 0 {
		return hequan.Table{}
	}
	return c.Tables[0]
}

// TestPricesAreNoCounts: where no quantity was read the prices of things are none.
func TestPricesAreNoCounts(t *testing.T) {
	table := itemsOf([]placedWord{{0.12, "序号"}, {0.23, "森森林林"}})
	if table.Column("amount") < 0 || len(table.Rows) != 4 {
		t.Fatalf("the table is lost:\n%s", tableText(table))
	}
	if table.Column("quantity") >= 0 {
		t.Errorf("a column of money is the quantity:\n%s", tableText(table))
	}
	full := []placedWord{{0.12, "序号"}, {0.23, "产品或服务名称"}, {0.42, "费用类别"}, {0.50, "数量"}, {0.57, "单位"}, {0.64, "含税单价(元)"}, {0.80, "含税金额(元)"}}
	table = itemsOf(full, "工", "工", "6", "1") // a lone 1 misread in half of the rows
	var got []string
	for _, r := range table.Rows {
		if q := table.Column("quantity"); q >= 0 {
			got = append(got, r[q].Value)
		}
	}
	if strings.Join(got, " ") != "1 1 6 1" {
		t.Errorf("quantities %v, want 1 1 6 1:\n%s", got, tableText(table))
	}
}

// TestMarksOfQuotationInWrongOrder: a second half before a first one is no pair, both are dirt.
func TestMarksOfQuotationInWrongOrder(t *testing.T) {
	d := layout(laid(placedRow{0.20, []placedWord{{0.12, "2"}, {0.15, "”智能体编排平台软件"}, {0.42, "其他软件”类"}, {0.49, "“1"}, {0.56, "套"}, {0.64, "247,000.00"}}}))
	var got []string
	for _, s := range d.runs(0) {
		got = append(got, s.text)
	}
	if strings.Join(got, "/") != "2/”智能体编排平台软件/其他软件/类/1/套/247,000.00" {
		t.Errorf("%q", got)
	}
	d = layout(laid(placedRow{0.20, []placedWord{{0.12, "就“病历质控助手”项目经协商一致"}}}))
	if n := len(d.runs(0)); n != 1 {
		t.Errorf("a quotation was cut into %d", n)
	}
}

// TestMergedCellsHoldForTheirRows: a model whose cell goes on over the rows below, by the rules,
// is that of each of them; an empty cell of its own stays empty.
func TestMergedCellsHoldForTheirRows(t *testing.T) {
	d := draw([]float64{0.07, 0.24, 0.36, 0.60, 0.70, 0.93}, 2, 3, 4)
	d.ruled = true
	d.row("模型|时间|总用量|单价|费用(元)")
	d.row("砚池-Turbo|2026年1月|1520855.5|0.02|30417.11")
	d.row("|2026年2月|2139689.5|0.02|42793.79")
	d.row("|2026年3月|1941930.5|0.02|38838.61")
	pages := onPage(d.done(), 0, "")
	models := func() string {
		var got []string
		for _, table := range layout(pages).tables(tableKind{name: "rows", columns: usageColumns, least: 3, needs: []string{"quantity"}}) {
			for _, r := range table.Rows {
				got = append(got, r[table.Column("model")].Value)
			}
		}
		return strings.Join(got, "|")
	}
	if got := models(); got != "砚池-Turbo||" {
		t.Errorf("models %q without a merged cell", got)
	}
	cells := pages[0].Grids[0].Cells
	for i := range cells {
		if cells[i].Row == 1 && cells[i].Col == 0 {
			cells[i].RowSpan = 2
		}
	}
	if got := models(); got != "砚池-Turbo|砚池-Turbo|" {
		t.Errorf("models %q, the first of which holds for two rows", got)
	}
}

// TestAHeadingOfAnotherColumn: 税率 is no misread 费率, and models are known by their names
// where the heading says nothing.
func TestAHeadingOfAnotherColumn(t *testing.T) {
	d := draw([]float64{0.07, 0.18, 0.26, 0.37, 0.49, 0.58, 0.78, 0.85, 0.95}, 3, 7)
	d.ruled = true
	d.row("期间|业务线|计费对象|计费数量|单位|计费标准(人民币元)|税率|总价/元")
	d.row("2025/10|生产|星槎-Max|2452674|万tokens|0.08|6%|196,213.92")
	d.row("2025/11|生产|星槎-Max|2507469.5|万tokens|0.08|6%|200,597.56")
	d.row("2025/12|办公|星槎-Max|1578469|万tokens|0.08|6%|126,277.52")
	want := "date|model|quantity|unit|unit_price|amount\n2025-10|星槎-Max|2452674|万tokens|0.08|196213.92"
	tables := layout(onPage(d.done(), 0, "")).tables(tableKind{name: "rows", columns: usageColumns, least: 3, needs: []string{"quantity"}})
	if len(tables) != 1 || !strings.HasPrefix(tableText(tables[0]), want) {
		t.Errorf("%+v, want\n%s", tables, want)
	}
}

// TestTaxesAreNoAmounts: of an invoice's columns without headings the last is not taken for
// the amounts; that which the last is the tax on is. The row of sums stays out, although one
// of its sums is unread.
func TestTaxesAreNoAmounts(t *testing.T) {
	pages := func(second string) []hequan.Page {
		d := draw([]float64{0.06, 0.33, 0.43, 0.49, 0.56, 0.67, 0.78, 0.84, 0.95}, 3, 4, 5, 7)
		d.page(240, 140).ruled = true
		d.row("货物或应税劳务、服务名称|规格型号||数量|||税率|税机")
		d.row("*软件*大模型私有化授权||盆|1|385840.71|385840.71|1和|50159.29")
		d.row("*软件*智能体编排平台软件||套|1|201769.91|201769.91|13%|" + second)
		d.row("全if|||||587610.62||¥76389 38")
		return onPage(d.done(), 0, "")
	}
	c := Extract(hequan.KindInvoice, pages("26230.09"), nil)
	want := "name|quantity|unit_price|amount|tax_rate|tax\n*软件*大模型私有化授权|1|385840.71|385840.71||50159.29\n*软件*智能体编排平台软件|1|201769.91|201769.91|0.13|26230.09"
	if len(c.Tables) != 1 || tableText(c.Tables[0]) != want {
		t.Errorf("%+v, want\n%s", c.Tables, want)
	}
	for _, table := range layout(pages("99999.99")).tables(itemKind) {
		t.Errorf("sums that nothing tells were taken for the amounts:\n%s", tableText(table))
	}
}
