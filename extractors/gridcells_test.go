package extractors

import (
	"slices"
	"strings"
	"testing"

	"hequan"
)

// ruled makes a page with a grid of columns at xs; a cell of "text|text" has a word in each of the
// columns that it reaches over, "<" goes on with the cell to its left, "^" with that above.
func ruled(xs []float64, rows ...[]string) hequan.Page {
	p := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, WidthMM: 210, HeightMM: 297}}
	g := hequan.Grid{Rows: len(rows), Cols: len(xs) - 1, Box: hequan.Box{xs[0], 0.2, xs[len(xs)-1], 0.2 + 0.03*float64(len(rows))}}
	for r, row := range rows {
		y := 0.2 + 0.03*float64(r)
		for c, text := range row {
			if text == "<" || text == "^" {
				continue
			}
			cell := hequan.GridCell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Box: hequan.Box{xs[c], y, xs[c+1], y + 0.03}}
			for k := c + 1; k < len(row) && row[k] == "<"; k++ {
				cell.ColSpan, cell.Box[2] = cell.ColSpan+1, xs[k+1]
			}
			for k := r + 1; k < len(rows) && rows[k][c] == "^"; k++ {
				cell.RowSpan, cell.Box[3] = cell.RowSpan+1, cell.Box[3]+0.03
			}
			var l hequan.Line
			for k, t := range strings.Split(text, "|") {
				x := xs[c+k] + 0.01
				if t == "rule" {
					t, x = "|", xs[c+k]-0.002
				}
				l.Words = append(l.Words, hequan.Word{Text: t, Box: hequan.Box{x, y + 0.008, x + 0.008*float64(len([]rune(t))), y + 0.02}, Confidence: 0.95})
			}
			l.Box = l.Words[0].Box.Union(l.Words[len(l.Words)-1].Box)
			cell.Lines = []hequan.Line{l}
			p.Lines, g.Cells = append(p.Lines, l), append(g.Cells, cell)
		}
	}
	p.Grids = []hequan.Grid{g}
	return p
}

var usageColumnsAt = []float64{0.05, 0.25, 0.4, 0.55, 0.7, 0.9}

// TestRuleThatWasNotFound: a rule is missing in one row, and two cells are read as one.
func TestRuleThatWasNotFound(t *testing.T) {
	head := []string{"模型", "月份", "用量", "单价", "金额"}
	p := ruled(usageColumnsAt, head,
		[]string{"云岫-Max", "2025-10", "1000", "0.02", "20.00"},
		[]string{"云岫-Max", "2025-11", "2000", "0.02|40.00", "<"},
		[]string{"云岫-Max", "2025-12", "3000", "0.02", "60.00"})
	table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")
	if got := columnOfTable(t, table, "amount"); !slices.Equal(got, []string{"20.00", "40.00", "60.00"}) {
		t.Errorf("%v", got)
	}
	// What reaches over a rule, or stands close together, is one cell.
	c := p.Grids[0].Cells[len(p.Grids[0].Cells)-6]
	for _, x := range []float64{0.69, 0.62} {
		one := c
		one.Lines = []hequan.Line{lineOf([]hequan.Word{{Text: "0.02", Box: hequan.Box{0.6, 0.2, 0.61, 0.21}}, {Text: "40.00", Box: hequan.Box{x, 0.2, x + 0.03, 0.21}}})}
		one.ColSpan = 2
		if got := partSpanning(p.Grids[0], one); len(got) != 1 {
			t.Errorf("%+v", got)
		}
	}
}

// TestSumsOverAllColumns: what reaches over the whole table, a sum and its words, is no row of it.
func TestSumsOverAllColumns(t *testing.T) {
	p := ruled(usageColumnsAt, []string{"模型", "月份", "用量", "单价", "金额"},
		[]string{"云岫-Max", "2025-10", "1000", "0.02", "20.00"}, []string{"云岫-Max", "2025-11", "2000", "0.02", "40.00"},
		[]string{"陆拾元整", "<", "<", "<", "<"})
	sum := &p.Grids[0].Cells[len(p.Grids[0].Cells)-1].Lines[0]
	sum.Words = append(sum.Words, hequan.Word{Text: "¥60.00", Box: hequan.Box{0.75, 0.298, 0.8, 0.31}})
	if table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows"); len(table.Rows) != 2 {
		t.Errorf("%s", tableText(table))
	}
}

// TestRulesAmongHeads: a rule that was read as a character is none of the heads.
func TestRulesAmongHeads(t *testing.T) {
	p := ruled(usageColumnsAt, []string{"模型|月份|用量|单价|金额", "<", "<", "<", "<"},
		[]string{"云岫-Max", "2025-10", "1000", "0.02", "20.00"},
		[]string{"云岫-Max", "2025-11", "2000", "0.02", "40.00"})
	head := &p.Grids[0].Cells[0].Lines[0]
	head.Words = slices.Insert(head.Words, 1, hequan.Word{Text: "|", Box: hequan.Box{0.248, 0.2, 0.252, 0.23}})
	table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")
	if got := tableText(table); got != "model|date|quantity|unit_price|amount\n云岫-Max|2025-10|1000|0.02|20.00\n云岫-Max|2025-11|2000|0.02|40.00" {
		t.Error(got)
	}
}

// TestHeadsOfTwoLevels: some headings stand beside a common one of others.
func TestHeadsOfTwoLevels(t *testing.T) {
	p := ruled([]float64{0.1, 0.4, 0.65, 0.9}, []string{"服务内容", "计价标准", "<"}, []string{"^", "价格/元", "计价单位"}, []string{"云岫-Max", "0.08", "万tokens"})
	table := tableNamed(t, Extract(hequan.KindContract, []hequan.Page{p}, nil), "prices")
	if got := tableText(table); got != "model|unit_price|unit\n云岫-Max|0.08|万tokens" {
		t.Error(got)
	}
}

// TestDirtAmongHeads: what was taken for one more heading on a later page does not lose its rows.
func TestDirtAmongHeads(t *testing.T) {
	first := ruled(usageColumnsAt, []string{"月份", "输入", "总用量", "单价", "金额"},
		[]string{"2025-10-01", "600", "1000", "0.02", "20.00"}, []string{"2025-10-02", "700", "2000", "0.02", "40.00"})
	second := ruled([]float64{0.05, 0.25, 0.3, 0.4, 0.55, 0.7, 0.9}, []string{"月份", "命", "输入", "总用量", "单价", "金额"},
		[]string{"2025-10-03", "800", "<", "3000", "0.02", "60.00"}, []string{"2025-10-04", "900", "<", "4000", "0.02", "80.00"})
	second.Info.Page = 2
	table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{first, second}, nil), "rows")
	if got := columnOfTable(t, table, "quantity"); !slices.Equal(got, []string{"1000", "2000", "3000", "4000"}) {
		t.Errorf("%v", got)
	}
	if columns := (&head{columns: []headed{{column: column{name: "date"}}, {column: column{name: "amount"}}, {}}}).places([]headed{{column: column{name: "date"}}, {column: column{name: "quantity"}}}); columns != nil {
		t.Errorf("%v", columns)
	}
}

// TestModelsAboveRows: a row inside a table with headings names the model of those below it.
func TestModelsAboveRows(t *testing.T) {
	p := ruled([]float64{0.05, 0.25, 0.45, 0.65, 0.9}, []string{"时间", "总用量", "单价", "金额"},
		[]string{"模型:云岫-Max", "<", "<", "<"}, []string{"2025-10-01", "1000", "0.02", "20.00"}, []string{"2025-10-02", "2000", "0.02", "40.00"},
		[]string{"模型:云岫-Pro", "<", "<", "<"}, []string{"2025-10-01", "3000", "0.02", "60.00"})
	table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")
	if got := columnOfTable(t, table, "model"); !slices.Equal(got, []string{"云岫-Max", "云岫-Max", "云岫-Pro"}) {
		t.Errorf("%v", got)
	}
}

// TestHeadsOfOneTable: a heading that was misread on one page is that of the other pages, and not the column of which another heading is.
func TestHeadsOfOneTable(t *testing.T) {
	xs := []float64{0.05, 0.2, 0.35, 0.5, 0.65, 0.9}
	page := func(n int, head string, days ...string) hequan.Page {
		rows := [][]string{{"时间", "输入", head, "单价", "费用(元)"}}
		for _, d := range days {
			rows = append(rows, []string{d, "600", "1000", "0.02", "20.00"})
		}
		p := ruled(xs, rows...)
		p.Info.Page = n
		return p
	}
	pages := []hequan.Page{page(1, "总用", "2025-10-01", "2025-10-02"), page(2, "总用量", "2025-10-03"), page(3, "总用", "2025-10-04", "2025-10-05")}
	table := tableNamed(t, Extract(hequan.KindUsage, pages, nil), "rows")
	if got := columnOfTable(t, table, "quantity"); len(got) != 5 || columnOfTable(t, table, "amount")[0] != "20.00" {
		t.Errorf("%s", tableText(table))
	}
}
