package extractors

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/day"
)

// fieldsOf reads a document of placed words and gives its fields by name.
func fieldsOf(kind hequan.Kind, rows ...placedRow) map[string]string {
	c := Extract(kind, laid(rows...), nil)
	out := map[string]string{}
	for _, f := range c.Fields {
		out[f.Name] = f.Value
	}
	return out
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, v := range want {
		if got[name] != v {
			t.Errorf("%s is %q, want %q", name, got[name], v)
		}
	}
}

// TestMisreadHeadings: of headings beside each other one may be misread where values
// of companies, days and numbers stand below; words over words are no headings.
func TestMisreadHeadings(t *testing.T) {
	compare(t, fieldsOf(hequan.KindSettlement,
		placedRow{0.10, []placedWord{{0.40, "结算账单"}}},
		placedRow{0.20, []placedWord{{0.10, "单据编号"}, {0.38, "付款方"}, {0.66, "收才方"}}},
		placedRow{0.23, []placedWord{{0.10, "JS202512643887"}, {0.38, "北京明序金融科技有限公司"}, {0.66, "杭州知微子人工智能有限公司"}}},
		placedRow{0.28, []placedWord{{0.10, "有单起始"}, {0.38, "账单截止"}, {0.66, "本期应结金额"}}},
		placedRow{0.31, []placedWord{{0.10, "2025.09.01"}, {0.38, "2025.12.31"}, {0.66, "668,288.27元"}}},
	), map[string]string{"customer": "北京明序金融科技有限公司", "provider": "杭州知微子人工智能有限公司", "period_start": "2025-09-01", "period_end": "2025-12-31", "total": "668288.27"})

	for text, want := range map[string]bool{"起始]期": true, "应用[业": false, "起始1期": false, "起始期": false, "价]格": false} {
		if labelLike(text) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
	d := layout(laid(
		placedRow{0.20, []placedWord{{0.10, "单据编号"}, {0.38, "研发部门"}}},
		placedRow{0.23, []placedWord{{0.10, "JS202512643887"}, {0.38, "平台组"}}},
	))
	if d.labelRow(0) {
		t.Error("a word over a word was taken for a heading")
	}
}

// TestNamesFlowOn: in running text a name goes on in the next line, and ends where it does.
func TestNamesFlowOn(t *testing.T) {
	compare(t, fieldsOf(hequan.KindBankAccount,
		placedRow{0.10, []placedWord{{0.40, "开户信息说明函"}}},
		placedRow{0.20, []placedWord{{0.16, "我单位申报模型券专项资金，请将款项拨付至以下账户:收款人全称为北京启宸政务信息有"}}},
		placedRow{0.23, []placedWord{{0.12, "限公司，开户银行为中国工商银行股份有限公司北京开发区支行，银行账户号码为"}}},
		placedRow{0.26, []placedWord{{0.12, "880434414408486。"}}},
	), map[string]string{"account_name": "北京启宸政务信息有限公司", "account": "880434414408486"})
	compare(t, fieldsOf(hequan.KindCommitment,
		placedRow{0.10, []placedWord{{0.40, "承诺书"}}},
		placedRow{0.60, []placedWord{{0.30, "北京九原车联科技有限公司〈公音)"}}},
		placedRow{0.65, []placedWord{{0.30, "2026年07月07日"}}},
	), map[string]string{"applicant": "北京九原车联科技有限公司", "date": "2026-07-07"})
}

// TestMisreadFirms: words that all audit firms share are put right, and such a
// firm is not the audited company.
func TestMisreadFirms(t *testing.T) {
	compare(t, fieldsOf(hequan.KindAuditReport,
		placedRow{0.10, []placedWord{{0.40, "审计报告"}}},
		placedRow{0.15, []placedWord{{0.60, "中衡审字[2025]第964号"}}},
		placedRow{0.20, []placedWord{{0.12, "北京启宸政务信息有限公司董事会:"}}},
		placedRow{0.25, []placedWord{{0.12, "一、审计意见"}}},
		placedRow{0.50, []placedWord{{0.12, "立诚致远会计师澡务所“等味普通合伙)"}}},
		placedRow{0.60, []placedWord{{0.12, "2025年4月14日"}}},
	), map[string]string{"firm": "立诚致远会计师事务所（特殊普通合伙）", "report_number": "中衡审字[2025]第964号", "report_date": "2025-04-14"})
}

// TestFirmsBehindTheirLabel: a firm's label ends with the words that its name has as well, and brackets are lost.
func TestFirmsBehindTheirLabel(t *testing.T) {
	for text, want := range map[string]string{
		"会计师事务所立诚致远佐计师事务所(特殊普通合伙)": "立诚致远会计师事务所（特殊普通合伙）",
		"会计师事务所，北京衡并公计师事务所有限公司":    "北京衡并会计师事务所有限公司",
		"出具机构:北京正勤信会计师事务所(普通合伙":    "北京正勤信会计师事务所（普通合伙）",
		"立诚致远会计师事务所（特殊普通合伙） 2026":  "立诚致远会计师事务所（特殊普通合伙）",
	} {
		compare(t, fieldsOf(hequan.KindAuditReport, placedRow{0.10, []placedWord{{0.40, "审计报告"}}}, placedRow{0.50, []placedWord{{0.12, text}}}), map[string]string{"firm": want})
	}
}

// TestNumberCutOff: a second reading that is but the end of a number says nothing against it.
func TestNumberCutOff(t *testing.T) {
	pages := laid(placedRow{0.15, []placedWord{{0.60, "正勤审字"}, {0.66, "[2026]"}, {0.72, "第"}, {0.74, "891"}, {0.78, "号"}}})
	pages[0].Lines[0].Words[3].Alt = "91"
	c := Extract(hequan.KindAuditReport, pages, nil)
	if f := c.field("report_number"); f == nil || f.Value != "正勤审字[2026]第891号" {
		t.Errorf("%+v", f)
	}
}

func TestMendDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026年0]月04日": "2026-01-04", "2026年0]月06二": "2026-01-06", "2026年6月29晶": "2026-06-29", "2O26年6月9日": "",
		"-口二六年三月五日": "2026-03-05", ".O=六年七月六日": "2026-07-06", "自二O〇二五年十二月十一日": "2025-12-11", "二〇二五年一月三十一日": "2025-01-31",
		"2026年1月6日至": "2026-01-06", "第0]条": "", "二C〇二六年四月八日": "2026-04-08", "民 二二六年六月二十八日": "2026-06-28", "二二六年六月": "", "日期2026：年7月7日": "2026-07-07",
	} {
		mended := mendDay(text)
		if len([]rune(mended)) != len([]rune(text)) {
			t.Errorf("%q became %q: another length", text, mended)
		}
		got := ""
		if found := day.Find(mended); len(found) > 0 {
			got = found[0].Window.From.String()
		}
		if got != want {
			t.Errorf("%q became %q: %s, want %s", text, mended, got, want)
		}
	}
}

// TestMisreadDaysInCells: days in Chinese numerals whose zero was misread or lost, behind the numbers of their rows, are read, and not proven.
func TestMisreadDaysInCells(t *testing.T) {
	c := Content{Tables: []hequan.Table{{Columns: []string{"date"}}}}
	for text, want := range map[string]string{
		"1.二口二五年十月一日": "2025-10-01", "4二D二五年十月四日": "2025-10-04", "5、二二五年十月五日": "2025-10-05", "11二口二五年十月十一日": "2025-10-11", "9、二O〇二五年十月九日": "2025-10-09",
		"1.二〇二五年十月一日": "2025-10-01", "十二十五年": "", "二口二五元": "",
	} {
		if got := cellDay(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		c.Tables[0].Rows = append(c.Tables[0].Rows, []hequan.Cell{{Value: want, Text: text, Proof: []hequan.Proof{hequan.ProofTwoReadings}}})
	}
	withoutOpenProofs(&c)
	for _, r := range c.Tables[0].Rows {
		if sound := r[0].Text == "1.二〇二五年十月一日" || !strings.Contains(r[0].Text, "年"); (len(r[0].Proof) > 0) != sound {
			t.Errorf("%s: %v", r[0].Text, r[0].Proof)
		}
	}
}

// TestMendedDayIsUnproven: a day of which a digit was put right has no proof of having been read.
func TestMendedDayIsUnproven(t *testing.T) {
	pages := laid(placedRow{0.10, []placedWord{{0.40, "承诺书"}}}, placedRow{0.65, []placedWord{{0.30, "2026年0]月07日"}}})
	pages[0].Lines[1].Words[0].Proof = []hequan.Proof{hequan.ProofTwoReadings}
	c := Extract(hequan.KindCommitment, pages, nil)
	if f := c.field("date"); f == nil || f.Value != "2026-01-07" || f.Proven() || f.Confidence > 0.75 || f.Repaired == "" {
		t.Errorf("%+v", f)
	}
}

func TestMisreadBracketOfANumber(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.08, []placedWord{{0.40, "技术服务合同"}}},
		placedRow{0.13, []placedWord{{0.12, "合同编号:采合字(20251"}, {0.275, "179号"}}},
	), map[string]string{"number": "采合字〔2025〕179号"})
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.08, []placedWord{{0.40, "技术服务合同"}}},
		placedRow{0.13, []placedWord{{0.12, "合同编号:采合字（2025）179号"}}},
	), map[string]string{"number": "采合字（2025）179号"})
}

// TestOneHeadingOfTwoWords: 用量单位 is the unit, 用量 and 单位 beside each other are two columns.
func TestOneHeadingOfTwoWords(t *testing.T) {
	c := Extract(hequan.KindSettlement, laid(
		placedRow{0.30, []placedWord{{0.10, "产品名称"}, {0.32, "用量"}, {0.50, "用量单位"}, {0.65, "单价"}, {0.80, "实付金额"}}},
		placedRow{0.34, []placedWord{{0.10, "知微子-Pro"}, {0.30, "334,144,135"}, {0.50, "千tokens"}, {0.65, "0.002"}, {0.80, "668,288.27"}}},
	), nil)
	if len(c.Tables) != 1 || tableText(c.Tables[0]) != "model|quantity|unit|unit_price|amount\n知微子-Pro|334144135|千tokens|0.002|668288.27" {
		t.Errorf("%+v", c.Tables)
	}
}

// TestEdgesBesideRightAlignedNumbers: prices of one digit stand right of their
// heading, nearer to the amounts' column than the gap before them is wide.
func TestEdgesBesideRightAlignedNumbers(t *testing.T) {
	c := Extract(hequan.KindUsage, laid(
		placedRow{0.30, []placedWord{{0.10, "模型"}, {0.30, "月份"}, {0.46, "Tokens用量"}, {0.60, "单位"}, {0.68, "单价(元)"}, {0.84, "费用(元)"}}},
		placedRow{0.34, []placedWord{{0.10, "璞石-Turbo"}, {0.30, "2025年10月"}, {0.46, "47,331.16"}, {0.575, "百万tokens"}, {0.775, "2"}, {0.83, "94,662.32"}}},
		placedRow{0.38, []placedWord{{0.10, "璞石-Lite"}, {0.30, "2025年10月"}, {0.46, "29,108.44"}, {0.575, "百万tokens"}, {0.775, "4"}, {0.82, "116,433.76"}}},
	), nil)
	want := "model|date|quantity|unit|unit_price|amount\n璞石-Turbo|2025-10|47331.16|百万tokens|2|94662.32\n璞石-Lite|2025-10|29108.44|百万tokens|4|116433.76"
	if len(c.Tables) != 1 || tableText(c.Tables[0]) != want {
		t.Errorf("%+v", c.Tables)
	}
}

// TestWrappedItemWithoutHeadings: what stands below a line's name alone goes on with it.
func TestWrappedItemWithoutHeadings(t *testing.T) {
	got := invoiceTable(t,
		placedRow{0.30, []placedWord{{0.06, "统社会信用代码:91110302MAF8X21K7D"}, {0.55, "统社会信用代码:91340191MAQPM4NF7U"}}},
		placedRow{0.40, []placedWord{{0.06, "*信息技术服务*璞石-Lite-32k模型"}, {0.45, "项"}, {0.52, "1"}, {0.56, "760851.89"}, {0.70, "760851.89"}, {0.81, "6%"}, {0.88, "45651.11"}}},
		placedRow{0.425, []placedWord{{0.065, "接口"}, {0.09, "调用费"}}},
		placedRow{0.67, []placedWord{{0.10, "合计"}, {0.70, "¥760851.89"}, {0.88, "¥45651.11"}}},
	)
	if want := "name|unit|quantity|unit_price|amount|tax_rate|tax\n*信息技术服务*璞石-Lite-32k模型接口调用费|项|1|760851.89|760851.89|0.06|45651.11"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestSkewedRulesHoldLevelRows: the lines of a ruled cell on a page that lies askew
// are rows with those that are level with them, not those at their height.
func TestSkewedRulesHoldLevelRows(t *testing.T) {
	p := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, WidthMM: 240, HeightMM: 140}, Skew: 1.3}
	slope := math.Tan(p.Skew*math.Pi/180) * 240 / 140
	cell := func(col int, x float64, texts ...string) hequan.GridCell {
		c := hequan.GridCell{Col: col, RowSpan: 1, ColSpan: 1}
		for k, text := range texts {
			y := 0.40 + 0.032*float64(k) + (x-0.5)*slope
			w := hequan.Word{Text: text, Box: hequan.Box{x, y, x + 0.009*float64(len([]rune(text))), y + 0.024}, Confidence: 0.9}
			c.Lines = append(c.Lines, hequan.Line{Box: w.Box, Words: []hequan.Word{w}})
			p.Lines = append(p.Lines, c.Lines[k])
		}
		c.Lines = append(c.Lines, hequan.Line{Box: hequan.Box{x, 0.62, x + 0.05, 0.64}, Words: []hequan.Word{{Text: "计", Box: hequan.Box{x, 0.62, x + 0.05, 0.64}}}})
		return c
	}
	g := hequan.Grid{Box: hequan.Box{0.05, 0.3, 0.95, 0.7}, Rows: 1, Cols: 3}
	g.Cells = []hequan.GridCell{cell(0, 0.06, "授权", "平台"), cell(1, 0.55, "737168.14", "214159.29"), cell(2, 0.88, "95831.86", "27840.71")}
	p.Grids = []hequan.Grid{g}
	rows, _ := gridRows(p)
	if len(rows) < 2 || string(rows[0].text) != "授权\t737168.14\t95831.86" || string(rows[1].text) != "平台\t214159.29\t27840.71" {
		for _, r := range rows {
			t.Errorf("%q", string(r.text))
		}
	}
}

// TestWrappedGridRow: a row of a ruled list of which most cells are wrapped is one row.
func TestWrappedGridRow(t *testing.T) {
	line := func(x, y float64, text string) hequan.Line {
		b := hequan.Box{x, y, x + 0.01*float64(len([]rune(text))), y + 0.012}
		return hequan.Line{Box: b, Words: []hequan.Word{{Text: text, Box: b}}}
	}
	cells := []hequan.GridCell{
		{Col: 0, Lines: []hequan.Line{line(0.08, 0.228, "258")}},
		{Col: 1, Lines: []hequan.Line{line(0.30, 0.218, "知微子大模"), line(0.30, 0.238, "型")}},
		{Col: 2, Lines: []hequan.Line{line(0.60, 0.218, "杭州知微子人工智能有限公"), line(0.60, 0.238, "司")}},
	}
	p := hequan.Page{Info: hequan.PageInfo{Page: 1, WidthMM: 210, HeightMM: 297}, Grids: []hequan.Grid{{Rows: 1, Cols: 3, Cells: cells}}}
	rows, _ := gridRows(p)
	if len(rows) != 1 || string(rows[0].text) != "258\t知微子大模型\t杭州知微子人工智能有限公司" {
		t.Errorf("%+v", rows)
	}
	// Two rows without a rule between them are not.
	cells[0].Lines = []hequan.Line{line(0.08, 0.218, "258")}
	if rows, _ := gridRows(p); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

func TestUnreadCounts(t *testing.T) {
	c := Extract(hequan.KindAcceptance, laid(
		placedRow{0.30, []placedWord{{0.10, "序号"}, {0.20, "名称"}, {0.60, "数量"}, {0.75, "验收结果"}}},
		placedRow{0.34, []placedWord{{0.11, "1"}, {0.20, "大模型授权"}, {0.61, "1套"}, {0.76, "合格"}}},
		placedRow{0.38, []placedWord{{0.11, "2"}, {0.20, "数据整理"}, {0.61, "J项"}, {0.76, "人台格"}}},
		placedRow{0.42, []placedWord{{0.11, "3"}, {0.20, "实施培训"}, {0.61, "l项"}, {0.76, "合格"}}},
	), nil)
	if want := "name|quantity|result\n大模型授权|1|合格\n数据整理||合格\n实施培训|1|合格"; len(c.Tables) != 1 || tableText(c.Tables[0]) != want {
		t.Errorf("%+v", c.Tables)
	}
}

// TestSpecksBetweenColumns: a lone quotation mark is the gap between two columns.
func TestSpecksBetweenColumns(t *testing.T) {
	c := Extract(hequan.KindUsage, laid(
		placedRow{0.30, []placedWord{{0.10, "月份"}, {0.22, "模型"}, {0.46, "用量"}, {0.60, "单位"}, {0.72, "单价"}, {0.84, "费用"}}},
		placedRow{0.34, []placedWord{{0.10, "2025年10月”璞石-Turbo"}, {0.46, "47,331.16"}, {0.58, "百万tokens"}, {0.72, "2"}, {0.83, "94,662.32"}}},
		placedRow{0.38, []placedWord{{0.10, "2025年11月"}, {0.22, "璞石-Lite"}, {0.46, "29,108.44。”百万tokens"}, {0.72, "4"}, {0.82, "116,433.76"}}},
	), nil)
	want := "date|model|quantity|unit|unit_price|amount\n2025-10|璞石-Turbo|47331.16|百万tokens|2|94662.32\n2025-11|璞石-Lite|29108.44|百万tokens|4|116433.76"
	if len(c.Tables) != 1 || tableText(c.Tables[0]) != want {
		t.Errorf("%+v", c.Tables)
	}
}

// TestWrappedPeriod: a period whose second day goes on in the next row of its column.
func TestWrappedPeriod(t *testing.T) {
	want := map[string]string{"period_start": "2026-01-01", "period_end": "2026-05-31"}
	compare(t, fieldsOf(hequan.KindSettlement,
		placedRow{0.10, []placedWord{{0.40, "模型服务费用结算单"}}},
		placedRow{0.16, []placedWord{{0.12, "乙方:上海衡鉴科技有限公司"}, {0.55, "使用日期:2026年01月01日至2026年05"}}},
		placedRow{0.19, []placedWord{{0.55, "月31日"}}},
		placedRow{0.26, []placedWord{{0.12, "说明:以上金额均为含税金额。"}}},
	), want)
	compare(t, fieldsOf(hequan.KindUsage,
		placedRow{0.10, []placedWord{{0.40, "用量明细"}}},
		placedRow{0.16, []placedWord{{0.12, "使用日期:2026.01.01("}, {0.36, "至2026.05.31"}}},
	), want)
}

// TestMonthAndModelSetTight: a month that a model's name follows without a gap is a cell of its own.
func TestMonthAndModelSetTight(t *testing.T) {
	c := Extract(hequan.KindUsage, laid(
		placedRow{0.30, []placedWord{{0.10, "使用月份"}, {0.22, "模型"}, {0.46, "用量"}, {0.72, "单价"}, {0.84, "费用"}}},
		placedRow{0.34, []placedWord{{0.12, "2026年1月衡鉴Turbo"}, {0.46, "9,905.05"}, {0.72, "12"}, {0.83, "118,860.60"}}},
		placedRow{0.38, []placedWord{{0.12, "2026年2月衡鉴Pro"}, {0.46, "22,284.71"}, {0.72, "4"}, {0.83, "89,138.84"}}},
	), nil)
	want := "date|model|quantity|unit_price|amount\n2026-01|衡鉴Turbo|9905.05|12|118860.60\n2026-02|衡鉴Pro|22284.71|4|89138.84"
	if len(c.Tables) != 1 || tableText(c.Tables[0]) != want {
		t.Errorf("%+v", c.Tables)
	}
}

// TestSumsTakenOff: what is taken off is no amount, and of two columns of names the
// one of models counts.
func TestSumsTakenOff(t *testing.T) {
	c := Extract(hequan.KindUsage, laid(
		placedRow{0.30, []placedWord{{0.06, "账单月份"}, {0.16, "产品名称"}, {0.28, "资源名称"}, {0.40, "用量"}, {0.50, "用量单位"}, {0.60, "单价"}, {0.74, "优惠金额"}, {0.87, "应付金额"}}},
		placedRow{0.34, []placedWord{{0.06, "2025年9月"}, {0.15, "模型推理服务"}, {0.28, "砚池Max"}, {0.39, "1,696,042.5"}, {0.53, "万tokens"}, {0.62, "0.02"}, {0.74, "1,696.00"}, {0.86, "33,920.85"}}},
		placedRow{0.38, []placedWord{{0.06, "2025年9月"}, {0.15, "模型推理服务"}, {0.28, "砚池Turbo"}, {0.39, "364,500.5"}, {0.53, "万tokens"}, {0.62, "0.08"}, {0.74, "1,510.00"}, {0.86, "29,160.04"}}},
	), nil)
	if len(c.Tables) != 1 {
		t.Fatalf("%+v", c.Tables)
	}
	for column, want := range map[string][2]string{"model": {"砚池Max", "砚池Turbo"}, "amount": {"33920.85", "29160.04"}, "unit": {"万tokens", "万tokens"}} {
		k := c.Tables[0].Column(column)
		for i := range want {
			if k < 0 || c.Tables[0].Rows[i][k].Value != want[i] {
				t.Errorf("%s of row %d is not %s: %s", column, i, want[i], tableText(c.Tables[0]))
			}
		}
	}
}

// TestAPageWithATitleOfItsOwn: dated rows below a title that says nothing new begin
// a document, and so they do without a title behind a statement that gave its sum: they are its usage.
func TestAPageWithATitleOfItsOwn(t *testing.T) {
	settled := laid(
		placedRow{0.08, []placedWord{{0.40, "费用结算单"}}},
		placedRow{0.14, []placedWord{{0.10, "结算单编号"}, {0.30, "JS202512402675"}, {0.60, "结算期间"}, {0.75, "2025年9月1日至2025年12月31日"}}},
		placedRow{0.30, []placedWord{{0.10, "结算金额"}, {0.30, "245,212.77"}}},
	)[0]
	rows := func(title string) hequan.Page {
		var list []placedRow
		if title != "" {
			list = append(list, placedRow{0.08, []placedWord{{0.40, title}}})
		}
		list = append(list, placedRow{0.20, []placedWord{{0.10, "账单月份"}, {0.25, "产品"}, {0.45, "用量"}, {0.60, "单价"}, {0.80, "应付金额"}}})
		for i := range 8 {
			list = append(list, placedRow{0.25 + 0.05*float64(i), []placedWord{{0.10, "2025年9月"}, {0.25, "砚池-Max"}, {0.45, "1,696,042.5"}, {0.60, "0.02"}, {0.80, "33,920.85"}}})
		}
		p := laid(list...)[0]
		p.Info.Page = 2
		if title != "" {
			b := &p.Lines[0].Words[0].Box
			b[3] = b[1] + 0.026 // large letters
		}
		return p
	}
	for title, want := range map[string]int{"对账总表": 2, "": 2} {
		if got := Split([]hequan.Page{settled, rows(title)}); len(got) != want {
			t.Errorf("%q: %d documents, want %d: %+v", title, len(got), want, got)
		}
	}
}

// TestDetailsBehindAStatement: pages that list days behind a statement with rows of
// its own are the details of its usage, and so is a page with a title alone before them.
func TestDetailsBehindAStatement(t *testing.T) {
	statement := laid(
		placedRow{0.08, []placedWord{{0.40, "费用结算单"}}},
		placedRow{0.14, []placedWord{{0.10, "结算期间"}, {0.30, "2025年9月1日至2025年12月31日"}}},
		placedRow{0.20, []placedWord{{0.10, "砚池-Max"}, {0.30, "1,696,042.5"}, {0.50, "0.02"}, {0.70, "33,920.85"}}},
		placedRow{0.30, []placedWord{{0.10, "结算金额"}, {0.30, "33,920.85"}}},
	)[0]
	bare := laid( // nothing but its title speaks for its kind
		placedRow{0.08, []placedWord{{0.40, "模型调用结算单"}}},
		placedRow{0.20, []placedWord{{0.10, "砚池-Max"}, {0.30, "1,696,042.5"}, {0.50, "0.02"}, {0.70, "33,920.85"}}},
		placedRow{0.30, []placedWord{{0.10, "¥33,920.85"}}},
	)[0]
	cover := laid(placedRow{0.08, []placedWord{{0.40, "费用结算明细"}}}, placedRow{0.14, []placedWord{{0.40, "共2页"}}})[0]
	var list []placedRow
	for i := range 9 {
		list = append(list, placedRow{0.1 + 0.05*float64(i), []placedWord{{0.10, fmt.Sprintf("2025-09-%02d", i+1)}, {0.25, "砚池-Max"}, {0.45, "1,696,042.5"}, {0.60, "0.02"}, {0.80, "33,920.85"}}})
	}
	details := laid(list...)[0]
	for _, first := range []hequan.Page{statement, bare} {
		got := Split([]hequan.Page{first, details, details})
		if len(got) != 2 || got[0].Kind != hequan.KindSettlement || got[1].Kind != hequan.KindUsage || got[1].Last != 2 {
			t.Errorf("a statement and its details: %+v", got)
		}
	}
	got := Split([]hequan.Page{cover, details})
	if len(got) != 1 || got[0].Kind != hequan.KindUsage {
		t.Errorf("details behind a cover: %+v", got)
	}
}

// TestSectionNumbersAreNoSums: 3.1 before a contract's prices is its section.
func TestSectionNumbersAreNoSums(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract,
		placedRow{0.08, []placedWord{{0.40, "技术服务合同"}}},
		placedRow{0.30, []placedWord{{0.12, "3.1各项价格如下表(均含税)。"}}},
		placedRow{0.40, []placedWord{{0.12, "合同总价款为人民币828,000.00元。"}}},
	), map[string]string{"amount": "828000.00"})
}

// TestSecondReadingOfACode: of two readings the one with a right check character counts.
func TestSecondReadingOfACode(t *testing.T) {
	for _, c := range []struct{ read, alt, want string }{
		{"911100008O21O0433O", "91110000802100433B", "91110000802100433B"},
		{"91110000802100433B", "91110000802100433", "91110000802100433B"},
		{"91110000802100777", "9111000080210077", "91110000802100777"},
	} {
		pages := laid(placedRow{0.10, []placedWord{{0.40, "营业执照"}}}, placedRow{0.20, []placedWord{{0.12, "统一社会信用代码"}, {0.40, c.read}}})
		pages[0].Lines[1].Words[1].Alt = c.alt
		got := Extract(hequan.KindBusinessLicense, pages, nil)
		if f := got.field("uscc"); f == nil || f.Value != c.want || has(f.Proof, hequan.ProofCheckDigit) != (c.want == "91110000802100433B") {
			t.Errorf("%s: %+v", c.read, f)
		}
	}
}

// TestALetterOfATaxNumberSetApart: a gap before a letter ends no number that is right with it.
func TestALetterOfATaxNumberSetApart(t *testing.T) {
	for text, want := range map[string]string{"91110000802100433 B": "91110000802100433B", "91110000802100433 C": "91110000802100433"} {
		head, tail, _ := strings.Cut(text, " ")
		d := layout(laid(placedRow{0.20, []placedWord{{0.14, "纳税人识别号:" + head}, {0.14 + 0.011*float64(7+len(head)) + 0.006, tail}}}))
		if got, ok := readTaxID(d, span{0, 7, len(d.rows[0].text)}); !ok || got.Value != want {
			t.Errorf("%s: %q, want %q", text, got.Value, want)
		}
	}
}

// TestALinesAmountIsNoTotal: a contract that states no total has none, one whose last
// line is the sum of the others has that.
func TestALinesAmountIsNoTotal(t *testing.T) {
	rows := func(last string) []placedRow {
		return []placedRow{
			{0.08, []placedWord{{0.40, "技术服务合同"}}},
			{0.30, []placedWord{{0.10, "序号"}, {0.20, "项目内容"}, {0.45, "类别"}, {0.55, "数量"}, {0.62, "单位"}, {0.70, "单价"}, {0.84, "金额"}}},
			{0.34, []placedWord{{0.10, "1"}, {0.20, "大模型授权"}, {0.45, "模型"}, {0.56, "1"}, {0.62, "套"}, {0.69, "392,000.00"}, {0.83, "392,000.00"}}},
			{0.38, []placedWord{{0.10, "2"}, {0.20, "实施培训"}, {0.45, "人力"}, {0.56, "1"}, {0.62, "项"}, {0.69, "78,000.00"}, {0.83, "78,000.00"}}},
			{0.42, []placedWord{{0.20, last}, {0.83, "470,000.00"}}},
		}
	}
	if got := fieldsOf(hequan.KindContract, rows("合计")...); got["amount"] != "470000.00" {
		t.Errorf("the total is %q", got["amount"])
	}
	if got := fieldsOf(hequan.KindContract, rows("合计")[:4]...); got["amount"] != "" {
		t.Errorf("%q is no total", got["amount"])
	}
}

// TestABeheadedAmountIsUnread: what follows a comma is the rest of an amount whose
// first digit was swallowed with the sign of money.
func TestABeheadedAmountIsUnread(t *testing.T) {
	for text, want := range map[string]string{"人民币习,500,000.00元": "", "人民币，500,000.00元": "500000.00", "人民币1,500,000.00元": "1500000.00"} {
		got := ""
		for _, f := range amounts(text) {
			got = f.Fen.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestFactorsAreNotExchanged: quantity × price says nothing of which is which; the
// price stays while the use changes, whatever a misread heading says.
func TestFactorsAreNotExchanged(t *testing.T) {
	rows := []placedRow{{0.10, []placedWord{{0.10, "调用记录"}}}, {0.16, []placedWord{{0.46, "单位"}, {0.60, "数量:后"}}}, {0.20, []placedWord{{0.10, "时间"}, {0.40, "总用重"}, {0.60, "单介"}, {0.80, "费用(元)"}}}}
	for i, q := range []string{"4457173.5", "5151455", "2846581.5", "3232102", "2429809.5"} {
		amount := []string{"89143.47", "103029.10", "56931.63", "64642.04", "48596.19"}[i]
		rows = append(rows, placedRow{0.25 + 0.04*float64(i), []placedWord{{0.10, fmt.Sprintf("2026年%d月", i+1)}, {0.25, "砚池-Turbo"}, {0.40, q}, {0.60, "0.02"}, {0.80, amount}}})
	}
	c := Extract(hequan.KindUsage, laid(rows...), nil)
	if len(c.Tables) != 1 {
		t.Fatalf("%+v", c.Tables)
	}
	table := c.Tables[0]
	if k := table.Column("quantity"); k < 0 || table.Rows[0][k].Value != "4457173.5" {
		t.Errorf("the quantity is another: %s", tableText(table))
	}
	if k := table.Column("unit_price"); k < 0 || table.Rows[0][k].Value != "0.02" {
		t.Errorf("the price is another: %s", tableText(table))
	}
}

// TestATotalWithoutItsFirstDigitProvesNothing: two readers lost the digit behind ¥ alike.
func TestATotalWithoutItsFirstDigitProvesNothing(t *testing.T) {
	for total, proven := range map[string]bool{"24772.96": false, "324772.96": true} { // the second is another sum
		c := Content{Fields: []hequan.Field{{Name: "total", Value: total, Confidence: 0.9, Proof: []hequan.Proof{hequan.ProofTwoReadings}}},
			Tables: []hequan.Table{{Name: "rows", Columns: []string{"amount"}, Rows: [][]hequan.Cell{{{Value: "400000.00", Text: "400000.00"}}, {{Value: "24772.96", Text: "24772.96"}}}}}}
		prove(hequan.KindUsage, &c)
		if f := c.field("total"); f.Value != total || f.Proven() != proven {
			t.Errorf("%s: %+v", total, f)
		}
	}
}
