package extractors

import (
	"testing"

	"hequan"
)

// TestCodeAndNumberWithoutLabels: paper forms print the code at the left and the number behind №, and
// both once more at the right.
func TestCodeAndNumberWithoutLabels(t *testing.T) {
	for _, c := range []struct {
		name         string
		rows         []placedRow
		code, number string
	}{
		{"both", []placedRow{
			{0.05, []placedWord{{0.39, "增值税专用发票"}}},
			{0.08, []placedWord{{0.18, "1100094140"}, {0.67, "No87654321"}, {0.85, "1100094140"}}},
			{0.13, []placedWord{{0.83, "87654321"}}},
			{0.17, []placedWord{{0.09, "机器编号 661619942171"}, {0.7, "开票日期:2010年11月18日"}}}}, "1100094140", "87654321"},
		{"two places that differ tell nothing", []placedRow{
			{0.05, []placedWord{{0.39, "增值税专用发票"}}},
			{0.08, []placedWord{{0.18, "1100094140"}, {0.67, "No87654321"}, {0.85, "1100094146"}}},
			{0.13, []placedWord{{0.83, "87654327"}}}}, "", ""},
		{"a digital invoice has no code", []placedRow{
			{0.05, []placedWord{{0.39, "电子发票(普通发票)"}}},
			{0.08, []placedWord{{0.18, "1100094140"}, {0.85, "1100094140"}}}}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Extract(hequan.KindInvoice, laid(c.rows...), nil)
			for name, want := range map[string]string{"code": c.code, "number": c.number} {
				v := ""
				if f := got.field(name); f != nil {
					v = f.Value
				}
				if v != want {
					t.Errorf("%s is %q, want %q", name, v, want)
				}
			}
		})
	}
}

// TestPartyByItsSecondReading: a number whose label was not read is found by the second reading of it.
func TestPartyByItsSecondReading(t *testing.T) {
	pages := laid(
		placedRow{0.05, []placedWord{{0.39, "增值税普通发票"}}},
		placedRow{0.60, []placedWord{{0.1, "合计"}, {0.6, "¥96.72"}, {0.85, "¥15.48"}}},
		placedRow{0.70, []placedWord{{0.13, "估岂人只央可深圳市南山区江南百货商场"}}},
		placedRow{0.74, []placedWord{{0.13, "地坟电入"}, {0.3, "92440300L081750139R"}}},
	)
	pages[0].Lines[3].Words[1].Alt = "92440300L08175019R"
	got := Extract(hequan.KindInvoice, pages, nil)
	if f := got.field("seller_tax_id"); f == nil || f.Value != "92440300L08175019R" || !has(f.Proof, hequan.ProofCheckDigit) {
		t.Errorf("seller_tax_id %+v: want the second reading, proven by its check character", f)
	}
}

// TestSumRowOfATable: the last row of a table is the lines' sum where it has no unit, price and rate.
func TestSumRowOfATable(t *testing.T) {
	row := func(values ...string) (r []hequan.Cell) {
		for _, v := range values {
			r = append(r, hequan.Cell{Value: v})
		}
		return r
	}
	table := func(last ...string) []hequan.Table {
		return []hequan.Table{{Columns: []string{"unit", "amount", "tax_rate", "tax"}, Rows: [][]hequan.Cell{row("套", "100.00", "0.13", "13.00"), row("套", "200.00", "0.13", "26.00"), row(last...)}}}
	}
	for _, c := range []struct {
		last []string
		want int
	}{{[]string{"", "300.00", "", "39.00"}, 2}, {[]string{"", "300.00", "", "39.01"}, 3}, {[]string{"套", "300.00", "0.13", "39.00"}, 3}} {
		tables := table(c.last...)
		if dropSumRow(tables); len(tables[0].Rows) != c.want {
			t.Errorf("%v: %d rows are left, want %d", c.last, len(tables[0].Rows), c.want)
		}
	}
}

// TestItemsWithMisreadHeadings: where the column of taxes was taken for that of amounts, the lines are those
// whose sums are the invoice's, whatever the headings say.
func TestItemsWithMisreadHeadings(t *testing.T) {
	pages := laid(
		placedRow{0.05, []placedWord{{0.39, "上海增值税专用发票"}}},
		placedRow{0.38, []placedWord{{0.12, "货物或应税劳务、服务名称"}, {0.44, "单位"}, {0.51, "数量"}, {0.80, "税率"}, {0.88, "金额"}}},
		placedRow{0.42, []placedWord{{0.06, "*软件*甲大模型授权"}, {0.45, "套"}, {0.54, "1"}, {0.60, "412389.38"}, {0.72, "412389.38"}, {0.81, "13%"}, {0.88, "53610.62"}}},
		placedRow{0.45, []placedWord{{0.06, "*软件*知识库管理软件"}, {0.45, "套"}, {0.54, "1"}, {0.60, "116814.16"}, {0.72, "116814.16"}, {0.81, "13%"}, {0.88, "15185.84"}}},
		placedRow{0.62, []placedWord{{0.15, "合"}, {0.23, "计"}, {0.72, "529203.54"}, {0.88, "68796.46"}}},
		placedRow{0.66, []placedWord{{0.10, "价税合计(大写)"}, {0.60, "(小写)"}, {0.70, "¥598000.00"}}},
	)
	got := Extract(hequan.KindInvoice, pages, nil)
	if len(got.Tables) != 1 {
		t.Fatalf("%d tables: %+v", len(got.Tables), got.Tables)
	}
	table := got.Tables[0]
	for i, want := range [][2]string{{"412389.38", "53610.62"}, {"116814.16", "15185.84"}} {
		if i >= len(table.Rows) || table.Rows[i][table.Column("amount")].Value != want[0] || table.Rows[i][table.Column("tax")].Value != want[1] {
			t.Errorf("row %d of\n%s\nwant amount %s, tax %s", i, tableText(table), want[0], want[1])
		}
	}
}
