package extractors

import (
	"strings"
	"testing"

	"hequan"
	"hequan/internal/rmb"
)

// TestMendTokens: the t of tokens, which another recogniser read as a Chinese character, stands for that character.
func TestMendTokens(t *testing.T) {
	at := func(x float64, text, alt string) hequan.Word {
		return hequan.Word{Text: text, Alt: alt, Box: hequan.Box{x, 0.1, x + 0.01, 0.11}}
	}
	for _, c := range []struct {
		words []hequan.Word
		want  string
	}{
		{[]hequan.Word{at(0.1, "35,979,720", ""), at(0.4, "t", "干"), at(0.41, "okens", "tokens")}, "35,979,720|千|tokens"},
		{[]hequan.Word{at(0.4, "t", "咎"), at(0.41, "okens", "tokens")}, "咎|tokens"},
		{[]hequan.Word{at(0.39, "千", "。"), at(0.4, "t", "干"), at(0.41, "okens", "tokens")}, "千|t|okens"},
		{[]hequan.Word{at(0.4, "t", "1"), at(0.41, "okens", "")}, "t|okens"},
	} {
		mendTokens(c.words)
		var got []string
		for _, w := range c.words {
			got = append(got, w.Text)
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s, want %s", text, c.want)
		}
	}
}

func useTable(rows ...[]hequan.Cell) hequan.Table {
	return hequan.Table{Name: "rows", Columns: []string{"quantity", "unit", "unit_price", "price_unit", "amount"}, Rows: rows}
}

func useRow(values ...string) []hequan.Cell {
	var out []hequan.Cell
	for _, v := range values {
		out = append(out, hequan.Cell{Value: v, Text: v, Confidence: 0.95})
	}
	return out
}

// TestUnitsAgree: a unit of which the first character was misread or lost is what the price is for, where the row comes out so.
func TestUnitsAgree(t *testing.T) {
	lost := useRow("19852195", "tokens", "0.002", "元/千tokens", "39704.39")
	lost[0].Text = "19,852,195千"
	seen := useRow("35813562", "tokens", "0.02", "元/千tokens", "716271.24")
	seen[1].Text, seen[1].Alt = "tokens", "千okens"
	layer := useRow("3564650", "和tokens", "0.008", "元/千tokens", "28517.20")
	layer[1].Proof = []hequan.Proof{hequan.ProofTextLayer}
	table := useTable(useRow("3564650", "和tokens", "0.008", "元/千tokens", "28517.20"), lost, seen,
		useRow("3564650", "tokens", "0.008", "元/千tokens", "28517.20"), useRow("3564651", "和tokens", "0.008", "元/千tokens", "28600.20"), layer)
	unitsAgree(&table)
	for i, want := range []string{"千tokens", "千tokens", "千tokens", "tokens", "和tokens", "和tokens"} {
		if got := table.Rows[i][1].Value; got != want {
			t.Errorf("row %d: %s, want %s", i+1, got, want)
		}
	}
}

// TestOtherReadingsOfPoints: 0,002 is no price of two yuan, so that one reading of the row alone comes out; a quantity that an
// amount rounded to the fen does not tell from its neighbours is not proven by it.
func TestOtherReadingsOfPoints(t *testing.T) {
	a := useRow("1065.760", "千tokens", "0.002", "元/千tokens", "2131.32")
	a[0].Text, a[0].Alt, a[2].Alt, a[4].Alt = "1,065.760", "1.065.760", "0,002", "2,131.52"
	a[4].Proof = []hequan.Proof{hequan.ProofTwoReadings}
	b := useRow("", "千tokens", "0.002", "元/千tokens", "1716.95")
	b[0].Text, b[0].Alt = "ROKATS", "858.473"
	table := useTable(a, b)
	otherReadings(&table)
	if a[0].Value != "1065760" || a[4].Value != "2131.52" || !has(a[4].Proof, hequan.ProofArithmetic) || has(a[4].Proof, hequan.ProofTwoReadings) {
		t.Errorf("%+v", a)
	}
	if b[0].Value != "858473" || len(b[0].Proof) > 0 {
		t.Errorf("%+v, which may be 858475", b[0])
	}
	proveTable(&table, nil)
	if len(b[0].Proof) > 0 {
		t.Errorf("%+v, which may be 858475", b[0])
	}
}

func TestBorneOut(t *testing.T) {
	fen := func(s string) rmb.Fen { v, _ := rmb.ParseValue(s); return v }
	for _, c := range []struct {
		cell          hequan.Cell
		price, amount string
		want          bool
	}{
		{hequan.Cell{Value: "858473"}, "0.02", "17169.46", true},                  // each more is two fen more
		{hequan.Cell{Value: "858473", Text: "858,473"}, "0.002", "1716.95", true}, // it was read so
		{hequan.Cell{Value: "858473", Text: "ROKATS"}, "0.002", "1716.95", false}, // it was found so
		{hequan.Cell{Value: "858473", Text: "858,473", Alt: "858,475"}, "0.002", "1716.95", false},
	} {
		if got := borneOut(c.cell, c.price, fen(c.amount)); got != c.want {
			t.Errorf("%+v × %s = %s: %v", c.cell, c.price, c.amount, got)
		}
	}
}

// TestPartOfACode: 17 characters are no taxpayer's number, however often they were read; behind them stood the last.
func TestPartOfACode(t *testing.T) {
	for text, want := range map[string]string{"纳税人识别号：91110302MAAERE8Q7了": "91110302MAAERE8Q7J", "纳税人识别号：91110302MAAERE8Q7": "91110302MAAERE8Q7"} {
		pages := laid(placedRow{0.10, []placedWord{{0.10, text}}})
		pages[0].Lines[0].Words[0].Proof = []hequan.Proof{hequan.ProofTwoReadings}
		d := layout(pages)
		f, ok := readTaxID(d, span{0, len([]rune("纳税人识别号：")), len(d.rows[0].text)})
		if !ok || f.Value != want || f.Proven() {
			t.Errorf("%s: %+v", text, f)
		}
	}
}

// TestTaxAlone: of the row 合计 the tax alone was read; it stands in its column and is not the amount.
func TestTaxAlone(t *testing.T) {
	got := Extract(hequan.KindInvoice, laid(
		placedRow{0.37, []placedWord{{0.06, "项目名称"}, {0.45, "单位"}, {0.54, "数量"}, {0.62, "单价"}, {0.72, "金额"}, {0.82, "税率"}, {0.90, "税额"}}},
		placedRow{0.41, []placedWord{{0.06, "*信息技术服务*模型服务费"}, {0.45, "项"}, {0.54, "1"}, {0.62, "194019.06"}, {0.72, "194019.06"}, {0.82, "6%"}, {0.90, "11641.14"}}},
		placedRow{0.45, []placedWord{{0.06, "*信息技术服务*推理服务费"}, {0.45, "次"}, {0.54, "1"}, {0.62, "199429.92"}, {0.72, "199429.92"}, {0.82, "6%"}, {0.90, "11965.80"}}},
		placedRow{0.62, []placedWord{{0.12, "合计"}, {0.70, "手"}, {0.72, "393448"}, {0.78, "98"}, {0.88, "手"}, {0.90, "23606.94"}}},
		placedRow{0.66, []placedWord{{0.10, "价税合计(大写)"}, {0.30, "肆拾壹万柒仟零伍拾伍元玖角贰分"}, {0.60, "(小写)"}, {0.70, "¥417055.92"}}},
	), nil)
	for name, v := range map[string]string{"tax": "23606.94", "total": "417055.92"} {
		if f := got.field(name); f == nil || f.Value != v {
			t.Errorf("%s is %+v, want %s", name, f, v)
		}
	}
	if f := got.field("amount"); f != nil && f.Value == "23606.94" {
		t.Errorf("the tax is the amount: %+v", f)
	}
}

// TestAmountOfLines: a tax that was taken for the amount gives way to the sum of the lines, proven or not.
func TestAmountOfLines(t *testing.T) {
	c := Content{Fields: []hequan.Field{{Name: "total", Value: "417055.92"}, {Name: "amount", Value: "23606.94", Proof: []hequan.Proof{hequan.ProofTwoReadings}}}}
	c.Tables = []hequan.Table{{Page: 1, Columns: []string{"amount", "tax_rate", "tax"}, Rows: [][]hequan.Cell{useRow("194019.06", "0.06", "11641.14"), useRow("199429.92", "0.06", "11965.80")}}}
	netOfItems(layout(laid(placedRow{0.1, []placedWord{{0.1, "发票"}}})), &c)
	if a, x := c.field("amount"), c.field("tax"); a.Value != "393448.98" || x == nil || x.Value != "23606.94" {
		t.Errorf("%+v", c.Fields)
	}
}

// TestSumRowUnderCells: the row of the sums takes unit and rate of cells that go on downwards; it is no third line.
func TestSumRowUnderCells(t *testing.T) {
	row := func(values ...string) []hequan.Cell { return useRow(values...) }
	table := hequan.Table{Columns: []string{"name", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax"}, Rows: [][]hequan.Cell{
		row("甲", "套", "1", "100.00", "100.00", "0.13", "13.00"), row("乙", "套", "1", "200.00", "200.00", "0.13", "26.00"), row("合if", "套", "", "", "300.00", "0.13", "")}}
	tables := []hequan.Table{table}
	if dropSumRow(tables); len(tables[0].Rows) != 2 {
		t.Errorf("%d rows", len(tables[0].Rows))
	}
	tables = []hequan.Table{{Columns: table.Columns, Rows: [][]hequan.Cell{table.Rows[0], row("丙", "套", "", "", "100.00", "0.13", "13.00")}}}
	if dropSumRow(tables); len(tables[0].Rows) != 2 {
		t.Error("two lines of one amount are two lines")
	}
}

// TestRateBySecondReading: 1% of which another recogniser read 13 is 13 % where the tax is.
func TestRateBySecondReading(t *testing.T) {
	for alt, want := range map[string]string{"13和": "0.13", "1": "0.01", "": "0.01"} {
		r := useRow("385840.71", "0.01", "50159.29")
		r[1].Text, r[1].Alt = "1%", alt
		settleRates([]hequan.Table{{Columns: []string{"amount", "tax_rate", "tax"}, Rows: [][]hequan.Cell{r}}})
		if r[1].Value != want {
			t.Errorf("1%%, or %q: %s", alt, r[1].Value)
		}
	}
}

// TestPartTerm: a term of which the first day was lost is there, and its last day is read.
func TestPartTerm(t *testing.T) {
	got := Extract(hequan.KindContract, laid(placedRow{0.10, []placedWord{{0.30, "大模型服务合同"}}}, placedRow{0.20, []placedWord{{0.10, "合同期限：自"}, {0.32, "起至"}, {0.38, "2026-06-30"}, {0.52, "止。"}}}), nil)
	if from, to := got.field("term_start"), got.field("term_end"); from == nil || from.Value != "" || to == nil || to.Value != "2026-06-30" {
		t.Errorf("%+v, %+v", from, to)
	}
	got = Extract(hequan.KindContract, laid(placedRow{0.10, []placedWord{{0.30, "大模型服务合同"}}}, placedRow{0.20, []placedWord{{0.10, "合同期限以双方另行商定为准。"}}}), nil)
	if got.field("term_start") != nil || got.field("term_end") != nil {
		t.Errorf("no term is there: %+v", got.Fields)
	}
}

// TestBracketAtAnEdge: behind a full-width bracket that is closed in the next line no column begins.
func TestBracketAtAnEdge(t *testing.T) {
	glyphs := func(text string, gap float64) []glyph {
		var out []glyph
		x := 0.0
		for i, r := range []rune(text) {
			if strings.ContainsRune("(（", r) {
				x += gap
			}
			out = append(out, glyph{r: r, x0: x, x1: x + 0.01, at: i})
			x += 0.01
		}
		return out
	}
	if got := room(glyphs("主机（8", 0.011), 2, 0.01); got > 0.003 {
		t.Errorf("a wrapped bracket stands %f away", got)
	}
	if got := room(glyphs("金额（元）", 0.011), 2, 0.01); got < 0.01 {
		t.Errorf("a closed bracket stands %f away", got)
	}
}

// TestDaysInOrder: a month out of order is what another recogniser read where that is in order; what was read twice stays.
func TestDaysInOrder(t *testing.T) {
	table := hequan.Table{Columns: []string{"date"}, Rows: [][]hequan.Cell{useRow("2025-10"), useRow("2025-11"), useRow("2025-01"), useRow("2025-12"), useRow("2025-01"), useRow("2025-12")}}
	table.Rows[2][0].Alt, table.Rows[4][0].Alt = "2025年11月", "2025年12月"
	table.Rows[4][0].Proof = []hequan.Proof{hequan.ProofTwoReadings}
	daysInOrder(&table)
	for i, want := range []string{"2025-10", "2025-11", "2025-11", "2025-12", "2025-01", "2025-12"} {
		if got := table.Rows[i][0].Value; got != want {
			t.Errorf("row %d: %s, want %s", i+1, got, want)
		}
	}
}

// TestHeadless: an amount that lost its first digit to the sign before it is that of the lines.
func TestHeadless(t *testing.T) {
	c := Content{Fields: []hequan.Field{{Name: "total", Value: "152955.52"}, {Name: "amount", Value: "44297.66", Proof: []hequan.Proof{hequan.ProofTwoReadings}}}}
	c.Tables = []hequan.Table{{Page: 1, Columns: []string{"amount", "tax_rate", "tax"}, Rows: [][]hequan.Cell{useRow("44297.66", "0.06", "2657.86"), useRow("100000.00", "0.06", "6000.00")}}}
	netOfItems(layout(laid(placedRow{0.1, []placedWord{{0.1, "发票"}}})), &c)
	if a := c.field("amount"); a.Value != "144297.66" {
		t.Errorf("%+v", c.Fields)
	}
}

// TestPlaceByItself: an address whose label was misread may be the place; a label without its value is no absence.
func TestPlaceByItself(t *testing.T) {
	for text, want := range map[string]string{"北京经济技术开发区同济南路11号9号楼5层": "北京经济技术开发区同济南路11号9号楼5层", "交付地点": "", "北京市大兴区科创路科技有限公司": "none", "验收方式": "none"} {
		d, c := layout(laid(placedRow{0.2, []placedWord{{0.1, "te"}, {0.3, text}}})), Content{}
		placeByItself(d, &c)
		got := "none"
		if f := c.field("place"); f != nil {
			got = f.Value
			if f.Confidence > 0.7 && f.Value != "" || f.Proven() {
				t.Errorf("%+v", f)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestOneName: a name ends before what ran into it; one that begins with a number is not proven; branches stay.
func TestOneName(t *testing.T) {
	for text, want := range map[string]string{
		"西安衡鉴科技有限公司所属期间2026年1月1日至2026年4月30日北京嘉禾云文旅数字有限公司": "西安衡鉴科技有限公司",
		"中国石油股份有限公司华北油田公司":                                "中国石油股份有限公司华北油田公司+",
		"北京甲乙科技有限公司上海分公司":                                 "北京甲乙科技有限公司上海分公司+",
		"北京甲乙科技有限公司":                                      "北京甲乙科技有限公司+",
		"176上海砚池科技有限公司":                                   "176上海砚池科技有限公司",
		"北京甲乙科技有限公司分公司第3营业部":                              "北京甲乙科技有限公司分公司第3营业部+",
	} {
		c := Content{Fields: []hequan.Field{{Name: "provider", Value: text, Proof: []hequan.Proof{hequan.ProofTextLayer}}}}
		oneName(&c)
		got := c.Fields[0].Value
		if c.Fields[0].Proven() {
			got += "+"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestDueDayIsNoEnd: the last day for paying is not the end of what is paid for.
func TestDueDayIsNoEnd(t *testing.T) {
	rows := func(label string) []stretchOfTime {
		return layout(laid(placedRow{0.2, []placedWord{{0.1, "计费开始"}, {0.4, "2026年01月01日"}}}, placedRow{0.22, []placedWord{{0.1, label}, {0.4, "2026年06月04日"}}})).flow().ranges()
	}
	if got := rows("付款截止日"); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := rows("计费截止日"); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestQuantityThatLostADigit: a quantity that comes to its amount with one digit more is not proven by readings; one that does not stays.
func TestQuantityThatLostADigit(t *testing.T) {
	cell := func(v string) hequan.Cell {
		return hequan.Cell{Value: v, Text: v, Confidence: 0.99, Proof: []hequan.Proof{hequan.ProofTwoReadings}}
	}
	for quantity, proven := range map[string]bool{"2380.4": false, "380.44": false, "2380.44": true, "2381.44": true, "1": true} {
		price := "12"
		if quantity == "1" {
			price = "28565.28"
		}
		table := hequan.Table{Columns: []string{"quantity", "unit_price", "amount"}, Rows: [][]hequan.Cell{{cell(quantity), cell(price), cell("28565.28")}}}
		proveTable(&table, nil)
		if got := len(table.Rows[0][0].Proof) > 0; got != proven {
			t.Errorf("%s: %t", quantity, got)
		}
	}
}
