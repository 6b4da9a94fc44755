package extractors

import (
	"testing"

	"hequan"
)

// TestItemsBySecondReadings: without headings the lines of an invoice are the
// rows in which a sum is the tax on another, in either of two readings; the
// row of their sums is none of them and gives amount and tax.
func TestItemsBySecondReadings(t *testing.T) {
	pages := laid(
		placedRow{0.41, []placedWord{{0.06, "*软件*甲大模型授权"}, {0.45, "套"}, {0.54, "1"}, {0.60, "465489.73"}, {0.72, "4654486.75"}, {0.84, "13%"}, {0.88, "60313.27"}}},
		placedRow{0.45, []placedWord{{0.06, "*软件*管理平台软件"}, {0.45, "套"}, {0.54, "1"}, {0.60, "230088.50"}, {0.72, "230088.50"}, {0.84, "13%"}, {0.88, "29911.50"}}},
		placedRow{0.62, []placedWord{{0.20, "计"}, {0.72, "695575.23"}, {0.88, "90424.77"}}},
		placedRow{0.66, []placedWord{{0.10, "价税合计(大写)"}, {0.60, "(小写)"}, {0.70, "¥786000.00"}}},
	)
	words := pages[0].Lines[0].Words
	words[3].Alt, words[4].Alt, words[6].Alt = "465486.73", "465486.73", "60513.27"
	got := Extract(hequan.KindInvoice, pages, nil)
	if len(got.Tables) != 1 {
		t.Fatalf("%d tables: %+v", len(got.Tables), got.Tables)
	}
	want := "name|unit|quantity|unit_price|amount|tax_rate|tax\n*软件*甲大模型授权|套|1|465486.73|465486.73|0.13|60513.27\n*软件*管理平台软件|套|1|230088.50|230088.50|0.13|29911.50"
	if text := tableText(got.Tables[0]); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	for name, v := range map[string]string{"amount": "695575.23", "tax": "90424.77", "total": "786000.00"} {
		if f := got.field(name); f == nil || f.Value != v {
			t.Errorf("%s is %+v, want %s", name, f, v)
		}
	}
}

// TestSecondTotal: of two readings of a total the one that amount and tax make counts.
func TestSecondTotal(t *testing.T) {
	pages := laid(
		placedRow{0.62, []placedWord{{0.20, "合计"}, {0.72, "377876.11"}, {0.88, "49123.89"}}},
		placedRow{0.66, []placedWord{{0.10, "价税合计(大写)"}, {0.60, "(小写)"}, {0.70, "127000.00"}}},
	)
	pages[0].Lines[1].Words[2].Alt = "427000.00"
	got := Extract(hequan.KindInvoice, pages, nil)
	if f := got.field("total"); f == nil || f.Value != "427000.00" || f.Repaired != "127000.00" {
		t.Errorf("the total is %+v", f)
	}
}

// TestRowNumbersAndClosings: the number of a row is cut from the name that
// follows it without a gap, and a table ends where people sign.
func TestRowNumbersAndClosings(t *testing.T) {
	got := Extract(hequan.KindAcceptance, laid(
		placedRow{0.30, []placedWord{{0.14, "序号"}, {0.42, "名称"}, {0.71, "数量"}, {0.80, "验收结果"}}},
		placedRow{0.34, []placedWord{{0.15, "1砚池大模型一体机主机(8卡推理服务器)"}, {0.72, "1台"}, {0.81, "合格"}}},
		placedRow{0.38, []placedWord{{0.15, "2”模型应用管理平台软件"}, {0.72, "1套"}, {0.81, "合格"}}},
		placedRow{0.42, []placedWord{{0.12, "验收结论:通过。"}}},
		placedRow{0.47, []placedWord{{0.12, "采购单位(盖章)"}, {0.52, "供应单位(盖章)"}, {0.80, "一"}}},
	), nil)
	if len(got.Tables) != 1 {
		t.Fatalf("%d tables: %+v", len(got.Tables), got.Tables)
	}
	want := "name|quantity|result\n砚池大模型一体机主机(8卡推理服务器)|1|合格\n模型应用管理平台软件|1|合格"
	if text := tableText(got.Tables[0]); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// TestMisreadDays: a day under the firm's seal whose zero or last character was
// misread, and one of which too much is lost.
func TestMisreadDays(t *testing.T) {
	for text, want := range map[string]string{"二O二五年三月十五甘": "2025-03-15", "二O二六年二月十二日一": "2026-02-12", "2026年4月23晶": "2026-04-23", "二oO二六年四月十闪季": ""} {
		got := ""
		if f, ok := reportDate(layout(laid(placedRow{0.9, []placedWord{{0.5, text}}}))); ok {
			got = f.Value
		}
		if got != want {
			t.Errorf("%s gives %q, want %q", text, got, want)
		}
	}
}

// TestNamesThatRunTogether: of two companies without a gap the first is the value.
func TestNamesThatRunTogether(t *testing.T) {
	for text, want := range map[string]string{
		"北京甲教育科技有限公司服务方杭州乙技术有限公司": "北京甲教育科技有限公司", "某银行股份有限公司北京分公司": "某银行股份有限公司北京分公司", "北京甲科技有限公司": "北京甲科技有限公司",
	} {
		if got := string([]rune(text)[:oneCompany([]rune(text))]); got != want {
			t.Errorf("%s gives %s", text, got)
		}
	}
}

// TestPricesAndPoints: a price that took a rule along is that of its column where
// the amount says so; a point of thousands is one where the amount says so.
func TestPricesAndPoints(t *testing.T) {
	cell := func(v string) hequan.Cell {
		return hequan.Cell{Value: v, Text: v, Confidence: 0.95, Proof: []hequan.Proof{hequan.ProofTwoReadings}}
	}
	row := func(q, p, a string) []hequan.Cell { return []hequan.Cell{cell("甲-Pro"), cell(q), cell(p), cell(a)} }
	table := hequan.Table{Columns: []string{"model", "quantity", "unit_price", "amount"}, Rows: [][]hequan.Cell{
		row("10", "12", "120.00"), row("20", "12", "240.00"), row("30", "12", "360.00"), row("40", "12", "480.00"), row("52.5", "412", "630.00"), row("468.961", "12", "5627532.00"), row("468.962", "12", ""),
	}}
	steadyPrices(&table)
	pointsOfThousands(&table)
	if got := table.Rows[4][2].Value; got != "12" {
		t.Errorf("the price is %s", got)
	}
	if got := table.Rows[5][1]; got.Value != "468961" || !has(got.Proof, hequan.ProofArithmetic) {
		t.Errorf("the quantity is %+v", got)
	}
	if got := table.Rows[6][1]; got.Value != "468.962" || len(got.Proof) > 0 {
		t.Errorf("a quantity that nothing tells is %+v", got)
	}
}

// TestInvoicesAmongContractPages: a page with an invoice's code begins a document.
func TestInvoicesAmongContractPages(t *testing.T) {
	contract := typed("技术服务合同", "甲方：北京甲科技有限公司", "乙方：上海乙科技有限公司", "第一条 合同标的", "本合同一式四份，双方违约责任与争议解决如下。")[0]
	page := typed("税务", "名称：北京甲科技有限公司")[0]
	page.Info.Page, page.Info.WidthMM, page.Info.HeightMM = 2, 240, 140
	page.Codes = []hequan.Code{{Payload: "01,32,,26332158792001896354,661275.24,20260107,,3D25"}}
	parts := Split([]hequan.Page{contract, page})
	if len(parts) != 2 || parts[0].Kind != hequan.KindContract || parts[1].Kind != hequan.KindInvoice {
		t.Errorf("the parts are %+v", parts)
	}
}
