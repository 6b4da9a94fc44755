package extractors

import (
	"testing"

	"hequan"
)

// TestOneRowOfWrappedCells: the lines of the only row of an open table, whose figures stand between those of its wrapped
// cells, are one row.
func TestOneRowOfWrappedCells(t *testing.T) {
	pages := laid(placedRow{0.08, []placedWord{{0.4, "模型调用量核定单"}}}, placedRow{0.16, []placedWord{{0.1, "客户：北京和序智慧医疗有限公司"}}},
		placedRow{0.325, []placedWord{{0.08, "模型标识"}, {0.22, "请求次数"}, {0.36, "地域"}, {0.46, "Token用量"}, {0.64, "含税单价"}, {0.80, "本期费用/元"}}},
		placedRow{0.350, []placedWord{{0.08, "璞石-Lite-"}, {0.36, "北"}}},
		placedRow{0.365, []placedWord{{0.22, "84,017"}, {0.46, "5106917.5"}, {0.64, "0.08"}, {0.80, "408,553.40"}}},
		placedRow{0.380, []placedWord{{0.08, "32k"}, {0.36, "京"}}},
		placedRow{0.46, []placedWord{{0.08, "合计：408,553.40元"}}})
	table := tableNamed(t, Extract(hequan.KindSettlement, pages, nil), "items")
	if got := columnOfTable(t, table, "model"); len(got) != 1 || got[0] != "璞石-Lite-32k" {
		t.Errorf("%q of %v", got, table.Columns)
	}
}
