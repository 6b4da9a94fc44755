package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestNamesInTheMiddle: models whose names stand over the rows they are of, at the middle of their height, one of them in
// two lines, are those of the rows.
func TestNamesInTheMiddle(t *testing.T) {
	xs := []float64{0.30, 0.45, 0.60, 0.70, 0.85}
	row := func(y float64, day, quantity, amount string) placedRow {
		return at(y, xs, day, quantity, "千tokens", "0.02", amount)
	}
	list := func(first, second float64) []placedRow {
		rows := append(rowsOf("用量明细"), at(0.20, append([]float64{0.12}, xs...), "模型", "月份", "用量", "单位", "单价", "金额"),
			row(0.230, "2026-01", "10000", "200.00"), row(0.260, "2026-02", "20000", "400.00"), row(0.290, "2026-03", "30000", "600.00"),
			row(0.320, "2026-01", "40000", "800.00"), row(0.350, "2026-02", "50000", "1,000.00"))
		return append(rows, placedRow{first - 0.008, []placedWord{{0.12, "星海-Lite-32"}}}, placedRow{first + 0.008, []placedWord{{0.12, "k"}}}, placedRow{second, []placedWord{{0.12, "星海-Max"}}},
			placedRow{0.38, []placedWord{{0.12, "合计"}, {0.85, "3,000.00"}}})
	}
	sorted := func(rows []placedRow) []placedRow {
		for i := range rows {
			for k := i; k > 0 && rows[k].y < rows[k-1].y; k-- {
				rows[k], rows[k-1] = rows[k-1], rows[k]
			}
		}
		return rows
	}
	models := func(first, second float64) []string {
		got := Extract(hequan.KindUsage, laid(sorted(list(first, second))...), nil)
		if len(got.Tables) != 1 {
			t.Fatalf("%d tables", len(got.Tables))
		}
		return columnOfTable(t, got.Tables[0], "model")
	}
	if got, want := models(0.260, 0.336), []string{"星海-Lite-32k", "星海-Lite-32k", "星海-Lite-32k", "星海-Max", "星海-Max"}; !slices.Equal(got, want) {
		t.Errorf("models %q, want %q", got, want)
	}
	if got := models(0.245, 0.320); got[0] != "星海-Lite-32k" || got[4] != "星海-Max" { // the second name stands beside a row, as one of a row of its own would
		t.Errorf("models %q", got)
	}
}
