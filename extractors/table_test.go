package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// placedRow is words at given places of a page, x in fractions of its width.
type placedRow struct {
	y     float64
	words []placedWord
}

type placedWord struct {
	x    float64
	text string
}

// laid makes a page of words that stand where they are put, 0.011 wide a character.
func laid(rows ...placedRow) []hequan.Page {
	p := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, WidthMM: 210, HeightMM: 140}}
	for _, r := range rows {
		var l hequan.Line
		for _, w := range r.words {
			word := hequan.Word{Text: w.text, Box: hequan.Box{w.x, r.y, w.x + 0.011*float64(len([]rune(w.text))), r.y + 0.016}, Confidence: 0.95}
			l.Words = append(l.Words, word)
			l.Box = l.Box.Union(word.Box)
		}
		p.Lines = append(p.Lines, l)
	}
	return []hequan.Page{p}
}

func tableText(t hequan.Table) string {
	var out []string
	for _, r := range t.Rows {
		var cells []string
		for _, c := range r {
			cells = append(cells, c.Value)
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(t.Columns, "|") + "\n" + strings.Join(out, "\n")
}

func invoiceTable(t *testing.T, rows ...placedRow) string {
	t.Helper()
	got := Extract(hequan.KindInvoice, laid(rows...), nil)
	if len(got.Tables) != 1 {
		t.Fatalf("%d tables, want 1: %+v", len(got.Tables), got.Tables)
	}
	return tableText(got.Tables[0])
}

func TestInvoiceLinesWrapAndHeadingsAreSpaced(t *testing.T) {
	got := invoiceTable(t,
		placedRow{0.37, []placedWord{{0.13, "项目名称"}, {0.28, "规格型号"}, {0.38, "单位"}, {0.48, "数"}, {0.51, "量"}, {0.58, "单"}, {0.62, "价"}, {0.68, "金"}, {0.71, "额"}, {0.76, "税率/征收率"}, {0.92, "税"}, {0.945, "额"}}},
		placedRow{0.41, []placedWord{{0.04, "*信息技术服务*甲-Pro大模型推理"}, {0.385, "项"}, {0.50, "1"}, {0.55, "495350.60"}, {0.66, "495350.60"}, {0.79, "6%"}, {0.89, "29721.04"}}},
		placedRow{0.437, []placedWord{{0.04, "服务费"}}},
		placedRow{0.48, []placedWord{{0.04, "*信息技术服务*乙大模型"}, {0.66, "332893.04"}, {0.79, "6%"}, {0.89, "19973.58"}}},
		placedRow{0.60, []placedWord{{0.1, "合计"}, {0.66, "828243.64"}, {0.89, "49694.62"}}},
	)
	want := "name|unit|quantity|unit_price|amount|tax_rate|tax\n" +
		"*信息技术服务*甲-Pro大模型推理服务费|项|1|495350.60|495350.60|0.06|29721.04\n" +
		"*信息技术服务*乙大模型||||332893.04|0.06|19973.58"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHeadingsThatWereNotReadAreFoundByArithmetic(t *testing.T) {
	got := invoiceTable(t,
		placedRow{0.37, []placedWord{{0.13, "项目名称"}, {0.38, "划仓"}, {0.66, "金额"}, {0.78, "税率"}, {0.91, "说儒"}}},
		placedRow{0.41, []placedWord{{0.04, "*软件*知识库软件"}, {0.385, "套"}, {0.66, "89380.53"}, {0.79, "13%"}, {0.89, "11619.47"}}},
		placedRow{0.44, []placedWord{{0.04, "*软件*推理引擎"}, {0.385, "套"}, {0.66, "98230.09"}, {0.79, "13%"}, {0.89, "12769.91"}}},
		placedRow{0.60, []placedWord{{0.1, "合计"}, {0.66, "187610.62"}, {0.89, "24389.38"}}},
	)
	want := "name|unit|amount|tax_rate|tax\n*软件*知识库软件|套|89380.53|0.13|11619.47\n*软件*推理引擎|套|98230.09|0.13|12769.91"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestAHeadingWithACharacterTooMany: in a row of headings one of four characters may
// have one added, lost or replaced.
func TestAHeadingWithACharacterTooMany(t *testing.T) {
	for _, head := range []string{"项目和名称", "项日名称", "目名称"} {
		got := invoiceTable(t,
			placedRow{0.37, []placedWord{{0.13, head}, {0.38, "单位"}, {0.50, "数量"}, {0.57, "单价"}, {0.66, "金额"}, {0.78, "税率"}, {0.91, "税额"}}},
			placedRow{0.41, []placedWord{{0.04, "*软件*知识库软件"}, {0.385, "套"}, {0.50, "1"}, {0.55, "89380.53"}, {0.66, "89380.53"}, {0.79, "13%"}, {0.89, "11619.47"}}},
			placedRow{0.60, []placedWord{{0.1, "合计"}, {0.66, "89380.53"}, {0.89, "11619.47"}}},
		)
		want := "name|unit|quantity|unit_price|amount|tax_rate|tax\n*软件*知识库软件|套|1|89380.53|89380.53|0.13|11619.47"
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", head, got, want)
		}
	}
}

func TestInvoiceLinesWithoutHeadings(t *testing.T) {
	got := invoiceTable(t,
		placedRow{0.36, []placedWord{{0.13, "其目基入"}, {0.38, "香位"}, {0.76, "收各权"}}},
		placedRow{0.41, []placedWord{{0.04, "“信息技术服务*甲模型服务费"}, {0.385, "项"}, {0.50, "1"}, {0.55, "361734.58"}, {0.66, "361734.58"}, {0.79, "696"}, {0.89, "21704.07"}}},
		placedRow{0.60, []placedWord{{0.1, "合计"}, {0.66, "361734.58"}, {0.89, "21704.07"}}},
	)
	want := "name|unit|quantity|unit_price|amount|tax_rate|tax\n*信息技术服务*甲模型服务费|项|1|361734.58|361734.58|0.06|21704.07"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnotherPrintedRateStays(t *testing.T) {
	tables := []hequan.Table{{Name: "items", Columns: []string{"amount", "tax_rate", "tax"},
		Rows: [][]hequan.Cell{{{Value: "100.00", Text: "100.00"}, {Value: "0.13", Text: "13%"}, {Value: "6.00", Text: "6.00"}}}}}
	settleRates(tables)
	if got := tables[0].Rows[0][1].Value; got != "0.13" {
		t.Errorf("the printed rate 13%% became %s: the contradiction is for a rule to find", got)
	}
}

func TestUnits(t *testing.T) {
	for text, want := range map[string]string{"千tokens": "千tokens", "干okens": "千tokens", "百万lokens": "百万tokens", "Tokens": "tokens", "次": "次", "套": "套", "XX": "xx", "1K tokens": "千tokens", "元/1M tokens": "元/百万tokens", "1000tokens": "千tokens"} {
		if got := cellUnit(text); got != want {
			t.Errorf("cellUnit(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSidesOfLabels(t *testing.T) {
	for label, want := range map[string]string{
		"甲方": "buyer", "乙方": "seller", "采购人": "buyer", "服务单位": "seller", "供货方": "seller", "受托方": "seller", "委托方": "buyer",
		"服务使用方": "buyer", "模型服务提供方": "seller", "客户": "", "买方": "buyer", "卖方": "seller", "开票人": "", "联系人": "", "第三方": "",
	} {
		if got := sideOfLabel(label); got != want {
			t.Errorf("sideOfLabel(%s) = %q, want %q", label, got, want)
		}
	}
}

func TestPassagesAndHeads(t *testing.T) {
	got := Extract(hequan.KindContract, typed(
		"大模型服务合同", "合同编号：采合字〔2025〕047号", "采购人：北京某甲科技有限公司", "法定代表人：王明", "联系电话：010-66355543",
		"服务单位：上海某乙智能技术有限公司", "法定代表人：李强", "联系电话：021-55556666",
		"第一条 合同标的与服务内容", "交付标的：甲-Pro模型的API接口调用服务，用于导诊项目。", "供方按月向需方结算费用，需方于对账后30日内支付当期费用。",
	), nil)
	for name, want := range map[string]string{
		"number": "采合字〔2025〕047号", "party_a": "北京某甲科技有限公司", "party_b": "上海某乙智能技术有限公司", "subject": "甲-Pro模型的API接口调用服务，用于导诊项目。",
		"party_a_legal": "王明", "party_b_legal": "李强", "party_a_phone": "010-66355543", "party_b_phone": "021-55556666",
		"instalments": "供方按月向需方结算费用，需方于对账后30日内支付当期费用。",
	} {
		if f := got.field(name); f == nil || f.Value != want {
			t.Errorf("%s: %+v, want %q", name, f, want)
		}
	}
}

func TestWhatARedInvoiceTakesBack(t *testing.T) {
	got := Extract(hequan.KindInvoice, typed("电子发票（普通发票）", "发票号码：26612938264347462934", "备注  被红冲蓝字数电票号码：26612938264347460001"), nil)
	if f := got.field("red_of"); f == nil || f.Value != "26612938264347460001" {
		t.Errorf("red_of: %+v", f)
	}
}

// TestADigitReadTwice: a total of which one digit was read twice is the sum of its rows, without proof; other totals that
// differ stay, and so does what words or a text layer bear out.
func TestADigitReadTwice(t *testing.T) {
	cell := func(v string) hequan.Cell { return hequan.Cell{Value: v, Text: v} }
	for _, c := range []struct {
		read, want string
		proof      hequan.Proof
	}{
		{"4888656.76", "488656.76", hequan.ProofTwoReadings},
		{"4888656.76", "4888656.76", hequan.ProofWords},
		{"4888656.76", "4888656.76", hequan.ProofTextLayer},
		{"4788656.76", "4788656.76", hequan.ProofTwoReadings},
		{"488656.76", "488656.76", hequan.ProofTwoReadings},
	} {
		rows := &hequan.Table{Columns: []string{"amount"}, Rows: [][]hequan.Cell{{cell("488000.00")}, {cell("656.76")}}}
		total := hequan.Field{Name: "total", Value: c.read, Text: c.read, Confidence: 0.9, Proof: []hequan.Proof{c.proof}}
		if proveTable(rows, &total); total.Value != c.want || (c.want != c.read) == total.Proven() {
			t.Errorf("%s proven by %s: %+v, want %s", c.read, c.proof, total, c.want)
		}
	}
}

// TestAMinusThatWasLost: sums whose digits add up and of which one is negative are those of a red-letter invoice.
func TestAMinusThatWasLost(t *testing.T) {
	for _, c := range [][8]string{ // amount, tax, total, words as read, then as they are
		{"-109952.77", "-6597.17", "116549.94", "116549.94", "-109952.77", "-6597.17", "-116549.94", "-116549.94"},
		{"109952.77", "-6597.17", "-116549.94", "-116549.94", "-109952.77", "-6597.17", "-116549.94", "-116549.94"},
		{"109952.77", "6597.17", "116549.94", "116549.94", "109952.77", "6597.17", "116549.94", "116549.94"},
		{"-109952.77", "-6597.17", "116549.49", "116549.94", "-109952.77", "-6597.17", "116549.49", "116549.94"},
	} {
		names := []string{"amount", "tax", "total", "total_words"}
		var content Content
		for i, n := range names {
			content.Fields = append(content.Fields, hequan.Field{Name: n, Value: c[i], Confidence: 0.9, Proof: []hequan.Proof{hequan.ProofTwoReadings}})
		}
		repairSigns(&content)
		for i, n := range names {
			if f := content.field(n); f.Value != c[i+4] || (c[i] != c[i+4]) == f.Proven() {
				t.Errorf("%v: %s is %+v, want %s", c[:4], n, f, c[i+4])
			}
		}
	}
}

// TestASignOfMoneyReadAsADigit: a total that differs from amount + tax in its
// first digit alone is mended, without proof; another difference stays for a rule.
func TestASignOfMoneyReadAsADigit(t *testing.T) {
	proof := []hequan.Proof{hequan.ProofTwoReadings}
	for read, want := range map[string]string{"2356159.75": "356159.75", "56159.75": "356159.75", "356159.57": "356159.57", "356159.75": "356159.75"} {
		c := Content{Fields: []hequan.Field{{Name: "amount", Value: "335999.76", Proof: proof}, {Name: "tax", Value: "20159.99", Proof: proof}, {Name: "total", Value: read, Proof: proof, Confidence: 0.9}}}
		repairTotal(&c)
		if f := c.field("total"); f.Value != want || (want != read && (f.Proven() || f.Repaired != read)) {
			t.Errorf("%s: %+v, want %s", read, f, want)
		}
	}
}
