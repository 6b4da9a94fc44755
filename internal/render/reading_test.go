package render

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"hequan"
)

type noPictures struct{}

func (noPictures) PageImage(string, int) ([]byte, error) { return nil, errors.New("not kept") }

// TestReadingHTML: words, doubtful words, cells, seals and codes are drawn at
// their place in millimetres, what strangers print is text, and nothing is fetched.
func TestReadingHTML(t *testing.T) {
	r := &hequan.Reading{Type: "application/pdf", Pages: []hequan.Page{{
		Info: hequan.PageInfo{Page: 1, Source: hequan.SourceScan, WidthMM: 200, HeightMM: 300, DPI: 200},
		Lines: []hequan.Line{{Words: []hequan.Word{
			{Text: "<script>", Box: hequan.Box{0.1, 0.1, 0.2, 0.12}, Confidence: 0.95},
			{Text: "110.00", Alt: "119.00", Box: hequan.Box{0.5, 0.1, 0.6, 0.12}, Confidence: 0.95},
		}}},
		Grids: []hequan.Grid{{Cells: []hequan.GridCell{{Box: hequan.Box{0, 0.5, 1, 0.6}}}, Rows: 1, Cols: 1}},
		Seals: []hequan.Seal{{Text: "某公司", Box: hequan.Box{0.5, 0.5, 0.7, 0.65}}},
		Codes: []hequan.Code{{Payload: "01,31", Box: hequan.Box{0, 0, 0.1, 0.1}}},
	}}}
	var out bytes.Buffer
	if err := ReadingHTML(&out, "合同.pdf", r, []hequan.Document{{ID: "合同.pdf#1", Kind: hequan.KindContract, Fields: []hequan.Field{{Name: "amount", Value: "110.00"}}}}, noPictures{}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{
		`<rect class="word" x="20.00" y="30.00" width="20.00" height="6.00">`, `<rect class="word doubt" x="100.00"`, "另读作 119.00",
		`<rect class="cell" x="0.00" y="150.00" width="200.00" height="30.00">`, `<rect class="seal"`, `<rect class="code"`, "&lt;script&gt;", "没有这一页的图像", "110.00",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	for _, bad := range []string{"<script>", "http://", "https://"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
}
