package extractors

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hequan"
)

// at lays words out at one height, at the given places.
func at(y float64, xs []float64, cells ...string) placedRow {
	r := placedRow{y: y}
	for i, c := range cells {
		if c != "" {
			r.words = append(r.words, placedWord{xs[i], c})
		}
	}
	return r
}

func tableNamed(t *testing.T, c Content, name string) hequan.Table {
	t.Helper()
	for _, x := range c.Tables {
		if x.Name == name {
			return x
		}
	}
	t.Fatalf("no table %s in %+v", name, c.Tables)
	return hequan.Table{}
}

func columnOfTable(t *testing.T, table hequan.Table, name string) (out []string) {
	t.Helper()
	k := table.Column(name)
	if k < 0 {
		t.Fatalf("no column %s in %v", name, table.Columns)
	}
	for _, r := range table.Rows {
		out = append(out, r[k].Value)
	}
	return out
}

// TestItemsWithoutAmounts: a contract lists what it delivers and tells the sum alone. Where a
// cell of the list is unread, or a column of numbers has a heading that is unknown, it is no such list.
func TestItemsWithoutAmounts(t *testing.T) {
	xs := []float64{0.12, 0.18, 0.50, 0.65, 0.80, 0.88}
	read := func(last, quantity, strange string) Content {
		return Extract(hequan.KindContract, laid(
			placedRow{0.05, []placedWord{{0.40, "大模型采购合同"}}},
			at(0.20, xs, "序号", "货物或服务", "支出类别", "单位", "数量", last),
			at(0.24, xs, "1", "漱石大模型私有化授权", "模型", "套", "1", strange),
			at(0.28, xs, "2", "智能体编排平台软件", "其他软件", "套", quantity, strange),
			placedRow{0.34, []placedWord{{0.12, "总价款：1,241,000.00"}, {0.5, "大写：壹佰贰拾肆万壹仟元整"}}},
		), nil)
	}
	table := tableNamed(t, read("", "2", ""), "items")
	for column, want := range map[string]string{"name": "智能体编排平台软件", "category": "software", "unit": "套", "quantity": "2"} {
		if got := columnOfTable(t, table, column); len(got) != 2 || got[1] != want {
			t.Errorf("%s: %q, want %s", column, got, want)
		}
	}
	if c := read("备注", "2", "含税"); len(c.Tables) != 1 {
		t.Errorf("a column of remarks: %+v", c.Tables)
	}
	if c := read("", "", ""); len(c.Tables) != 0 {
		t.Errorf("an unread quantity: %+v", c.Tables)
	}
	if c := read("厶额", "2", "620,500.00"); len(c.Tables) != 0 && c.Tables[0].Column("amount") < 0 {
		t.Errorf("an unread column: %+v", c.Tables)
	}
}

// TestCellsWrappedWithoutRules: no line of a wrapped row stands at the height of another cell's.
func TestCellsWrappedWithoutRules(t *testing.T) {
	xs := []float64{0.08, 0.24, 0.40, 0.52, 0.64, 0.76, 0.88}
	rows := []placedRow{placedRow{0.02, []placedWord{{0.4, "用量明细"}}}, at(0.08, xs, "计费日", "模型", "用量", "单位", "单价", "计价单位", "金额")}
	for i, r := range [][3]string{{"1000", "一日", "8.00"}, {"2000", "二日", "16.00"}, {"3000", "三日", "24.00"}} {
		y := 0.14 + 0.08*float64(i)
		rows = append(rows,
			at(y, xs, "二〇二五年十月", "砚池-", "", "千", "", "元/千"),
			at(y+0.012, xs, "", "", r[0], "", "0.008", "", r[2]),
			at(y+0.024, xs, r[1], "Lite", "", "tokens", "", "tokens"))
	}
	table := tableNamed(t, Extract(hequan.KindUsage, laid(rows...), nil), "rows")
	for column, want := range map[string]string{"date": "2025-10-01 2025-10-02 2025-10-03", "model": "砚池-Lite 砚池-Lite 砚池-Lite",
		"quantity": "1000 2000 3000", "unit": "千tokens 千tokens 千tokens", "amount": "8.00 16.00 24.00"} {
		if got := strings.Join(columnOfTable(t, table, column), " "); got != want {
			t.Errorf("%s: %s, want %s", column, got, want)
		}
	}
}

// TestTotalAboveItsRows: a total right under the heading does not end the table.
func TestTotalAboveItsRows(t *testing.T) {
	xs := []float64{0.08, 0.30, 0.50, 0.65, 0.80}
	table := tableNamed(t, Extract(hequan.KindUsage, laid(
		placedRow{0.02, []placedWord{{0.4, "用量明细"}}},
		at(0.10, xs, "模型", "月份", "用量", "单价", "金额"),
		at(0.14, xs, "", "合计", "", "", "60.00"),
		at(0.18, xs, "砚池-Lite", "2025年1月", "1000", "0.02", "20.00"),
		at(0.22, xs, "砚池-Lite", "2025年2月", "2000", "0.02", "40.00"),
	), nil), "rows")
	if got := columnOfTable(t, table, "amount"); !slices.Equal(got, []string{"20.00", "40.00"}) {
		t.Errorf("%q", got)
	}
}

// TestCellsOverRowsWithoutRules: what several rows have in common stands in their middle.
func TestCellsOverRowsWithoutRules(t *testing.T) {
	xs := []float64{0.08, 0.30, 0.50, 0.65, 0.80}
	rows := []placedRow{placedRow{0.02, []placedWord{{0.4, "用量明细"}}}, at(0.10, xs, "模型", "月份", "用量", "单价", "金额")}
	for i := range 6 {
		model := map[int]string{1: "砚池-Lite", 4: "砚池-Max"}[i]
		rows = append(rows, at(0.15+0.05*float64(i), xs, model, fmt.Sprintf("2025年%d月", i%3+1), fmt.Sprint(1000*(i+2)), "0.02", fmt.Sprintf("%d.00", 20*(i+2))))
	}
	rows = append(rows, at(0.45, xs, "合计", "", "", "", "540.00"))
	table := tableNamed(t, Extract(hequan.KindUsage, laid(rows...), nil), "rows")
	if got := strings.Join(columnOfTable(t, table, "model"), " "); got != "砚池-Lite 砚池-Lite 砚池-Lite 砚池-Max 砚池-Max 砚池-Max" {
		t.Error(got)
	}
	texts := func(ys ...float64) (out []overRows) {
		for _, y := range ys {
			out = append(out, overRows{y: y})
		}
		return out
	}
	y := []float64{0, 1, 2, 3, 4, 5, 6, 7}
	for _, c := range []struct {
		texts []overRows
		want  []int
	}{
		{texts(0.5, 2.5, 4.5, 6.5), []int{0, 2, 4, 6}},
		{texts(1, 5), []int{0, 3}},
		{texts(0, 4), nil},        // at the head of their rows, or in the middle: nobody knows
		{texts(0.5, 2.5, 6), nil}, // one is unread
	} {
		if got := divided(y, c.texts, 0.3); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.texts, got, c.want)
		}
	}
}

// TestSteadyColumns: what was misread in one row stands in all others, and the row's product needs it.
func TestSteadyColumns(t *testing.T) {
	row := func(quantity, unit, price, amount string) []hequan.Cell {
		var out []hequan.Cell
		for _, v := range []string{"砚池-Lite", quantity, unit, price, amount} {
			out = append(out, hequan.Cell{Value: v, Text: v, Confidence: 0.9})
		}
		return out
	}
	table := hequan.Table{Columns: []string{"model", "quantity", "unit", "unit_price", "amount"}, Rows: [][]hequan.Cell{
		row("1000", "千tokens", "0.02", "20.00"), row("2000", "千tokens", "0.02", "40.00"), row("3000", "千tokens", "0.02", "60.00"), row("3500", "千tokens", "0.02", "70.00"),
		row("4000", "和tokens", "", "80.00"),      // both misread
		row("5000", "万tokens", "0.02", "100.00"), // another unit: the paper says so
		row("6000", "王tokens", "0.02", "121.00"), // no product: nothing tells
		row("7000", "千tokens", "", "141.00"),
	}}
	steadyPrices(&table)
	steadyUnits(&table)
	if got := strings.Join(columnOfTable(t, table, "unit")[4:], " "); got != "千tokens 万tokens 王tokens 千tokens" {
		t.Error(got)
	}
	if got := strings.Join(columnOfTable(t, table, "unit_price")[4:], " "); got != "0.02 0.02 0.02 " {
		t.Errorf("%q", got)
	}
	if !has(table.Rows[4][3].Proof, hequan.ProofArithmetic) {
		t.Error("no proof by the product")
	}
}

// TestYearsInCharacters: the 〇 of a year is read as a letter, or twice.
func TestYearsInCharacters(t *testing.T) {
	for text, want := range map[string]string{"二O〇二五年十月三日": "2025-10-03", "二〇二五年十月一日": "2025-10-01", "二 O 二五年十月二日": "2025-10-02", "二十二五年十月二日": ""} {
		if got := cellDay(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestHeadingInsideALonger: 账单明细 is no 账单.
func TestHeadingInsideALonger(t *testing.T) {
	if !saysMore("账单明细", "账单", hequan.KindSettlement) || saysMore("消费账单", "账单", hequan.KindSettlement) || saysMore("账单明细", "账单明细", hequan.KindUsage) {
		t.Error("which kind a heading is of")
	}
}

// TestColumnsSetTight: a number and the name beside it stand without a gap; a word of one
// column that reaches into the next stays whole.
func TestColumnsSetTight(t *testing.T) {
	m := &measured{x: [][2]float64{{0.40, 0.45}, {0.455, 0.60}}}
	for text, want := range map[string]string{"2,000砚池-Max": "2,000 砚池-Max", "大模型推理服务": "大模型推理服务", "第2000批砚池-Max": "第2000批砚池-Max"} {
		var g []glyph
		for k, r := range []rune(text) {
			g = append(g, glyph{r, k, 0.40 + 0.0105*float64(k), 0.41 + 0.0105*float64(k)})
		}
		var got []string
		for _, s := range m.apart([]cellRun{newRun(g)}) {
			got = append(got, s.text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %s", text, got, want)
		}
	}
}

// TestHeadsOfFormsAreNoBands: numbers beside labels with colons, as in the head of an invoice, are no row of data.
func TestHeadsOfFormsAreNoBands(t *testing.T) {
	of := func(first string) bool {
		b := band{top: 0.10, bottom: 0.13}
		for i, text := range []string{first, "57783", "37972", "77037", "餐费"} {
			box := hequan.Box{0.1 + 0.15*float64(i), 0.10, 0.18 + 0.15*float64(i), 0.114}
			b.words = append(b.words, levelWord{hequan.Word{Text: text, Box: box}, box})
		}
		return dataBand(b, 0.014, 210.0/297)
	}
	if of("校验码：") || !of("校验服务") {
		t.Error("which bands are rows of data")
	}
}

// TestSeamsOfTightColumns: numbers that end at one height, a name against each; two in a row, and no units.
func TestSeamsOfTightColumns(t *testing.T) {
	var rows []placedRow
	for i, q := range []string{"2,879.32", "2,006.04", "5,297.79"} {
		x := 0.50 - 0.0105*float64(len(q)) // they end at one place
		rows = append(rows, placedRow{0.20 + 0.03*float64(i), []placedWord{{0.05, "1"}, {0.15, "2"}, {x, q}, {0.501, "星槎-Turbo"}, {0.80, "3,743.5"}, {0.88, "万tokens"}}})
	}
	d := layout(laid(rows...))
	for i := range d.rows {
		r := &d.rows[i]
		for k, w := range r.parts { // as wide as figures are
			if plainFigure.MatchString(w.Text) {
				r.parts[k].Box[2] = map[bool]float64{true: 0.50, false: 0.875}[w.Box[0] < 0.7]
			}
		}
	}
	d.partTight()
	for _, r := range d.rows {
		if text := string(r.text); !strings.Contains(text, "\t星槎-Turbo") || !strings.Contains(text, "3,743.5万tokens") {
			t.Errorf("%q", text)
		}
	}
	// Two rows are no column.
	few := layout(laid(rows[:2]...))
	before := string(few.rows[0].text)
	few.partTight()
	if got := string(few.rows[0].text); got != before {
		t.Errorf("%q became %q", before, got)
	}
}
