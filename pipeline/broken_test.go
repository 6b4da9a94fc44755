package pipeline

import (
	"log/slog"
	"strings"
	"testing"

	"hequan"
)

// TestABrokenExtractorCostsItsDocument: a reading that no reader gives brings an extractor down; its document has no values,
// the log says so, and the next document is read.
func TestABrokenExtractorCostsItsDocument(t *testing.T) {
	var log strings.Builder
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(old)
	line := func(text string) hequan.Line {
		b := hequan.Box{0.1, 0.1, 0.5, 0.12}
		return hequan.Line{Box: b, Words: []hequan.Word{{Text: text, Box: b, Confidence: 0.9}}}
	}
	broken := hequan.Page{Info: hequan.PageInfo{Page: 1}, Grids: []hequan.Grid{{Rows: 2, Cols: 2, Box: hequan.Box{0, 0, 1, 1}, Cells: []hequan.GridCell{{Row: -1, Col: -5, RowSpan: 1, ColSpan: 1, Lines: []hequan.Line{line("合计")}}}}}}
	if got := extract(hequan.KindContract, []hequan.Page{broken}, nil); len(got.Fields)+len(got.Tables) > 0 {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(log.String(), "extractor broke") || !strings.Contains(log.String(), "contract") {
		t.Errorf("the log says %q", log.String())
	}
	sound := hequan.Page{Info: hequan.PageInfo{Page: 2}, Lines: []hequan.Line{line("合同总价：1,200.00元")}}
	if got := extract(hequan.KindContract, []hequan.Page{sound}, nil); len(got.Fields) == 0 {
		t.Error("the next document has no values")
	}
}
