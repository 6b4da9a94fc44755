package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestModelsAboveTheirRows: a row names the model of those below in whatever words, also beside a column of other words.
func TestModelsAboveTheirRows(t *testing.T) {
	for _, form := range [][2]string{{"模型：", ""}, {"", "用量"}, {"一、", ""}, {"■", "（tokens）"}, {"", "用量明细"}, {"模型名称：", ""}} {
		d := draw([]float64{0.08, 0.30, 0.48, 0.62, 0.76, 0.92}, 1, 3, 4)
		d.text("用量明细")
		d.row("月份|用量（千tokens）|业务线|单价（元/千tokens）|费用")
		for _, m := range []string{"云岫-Max", "云岫-Turbo"} {
			d.text(form[0] + m + form[1])
			d.row("2025年9月|2,147,737|生产|0.02|42,954.74")
			d.row("2025年10月|2,310,608|办公|0.02|46,212.16")
		}
		table := tableNamed(t, Extract(hequan.KindUsage, d.done(), nil), "rows")
		if got := columnOfTable(t, table, "model"); !slices.Equal(got, []string{"云岫-Max", "云岫-Max", "云岫-Turbo", "云岫-Turbo"}) {
			t.Errorf("%s云岫-Max%s: %v", form[0], form[1], got)
		}
	}
	for text, want := range map[string]bool{"模型名称：云岫-Max": true, "云岫-Max用量": true, "2.云岫-Lite-32k": true, "-Lite-32k": false, "合计": false, "注：云岫-Max按量计费": false} {
		if groupLine(text) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
}

// TestGroupAboveItsFirstRow: the rule below the heading of a group was not found.
func TestGroupAboveItsFirstRow(t *testing.T) {
	p := ruled(usageColumnsAt, []string{"月份", "用量", "计费单位", "折后价", "价款"},
		[]string{"2025年9月", "16821875", "千tokens", "0.008", "134575.00"},
		[]string{"2025年10月", "14397040", "千tokens", "0.008", "115176.32"})
	cell := &p.Grids[0].Cells[5]
	above := hequan.Word{Text: "模型名称：星槎-Max", Box: hequan.Box{0.06, 0.222, 0.2, 0.232}, Confidence: 0.95}
	line := hequan.Line{Words: []hequan.Word{above}, Box: above.Box}
	cell.Lines = []hequan.Line{line, cell.Lines[0]}
	p.Lines = append(p.Lines, line)
	table := tableNamed(t, Extract(hequan.KindUsage, []hequan.Page{p}, nil), "rows")
	if got, want := tableText(table), "date|quantity|unit|unit_price|amount|model\n2025-09|16821875|千tokens|0.008|134575.00|星槎-Max\n2025-10|14397040|千tokens|0.008|115176.32|星槎-Max"; got != want {
		t.Error(got)
	}
}
