package pipeline

import (
	"testing"

	"hequan"
	"hequan/extractors"
)

// typedPage is a page with a text layer: cells of a row are given their places across.
func typedPage(rows ...[]string) *hequan.Reading {
	page := hequan.Page{Info: hequan.PageInfo{Page: 1, Source: hequan.SourceDigital, WidthMM: 210, HeightMM: 297}}
	for i, cells := range rows {
		y := 0.1 + 0.03*float64(i)
		var line hequan.Line
		for k, text := range cells {
			x := 0.1 + 0.18*float64(k)
			w := hequan.Word{Text: text, Box: hequan.Box{x, y, x + 0.012*float64(len([]rune(text))), y + 0.014}, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}}
			line.Words = append(line.Words, w)
			line.Box = line.Box.Union(w.Box)
		}
		page.Lines = append(page.Lines, line)
	}
	return &hequan.Reading{SHA256: "ab", Pages: []hequan.Page{page}}
}

// TestDetailsOfStatements: of two papers that settle the same the one without a number, which lists
// months, is the details of the other.
func TestDetailsOfStatements(t *testing.T) {
	statement := typedPage([]string{"费用结算单"}, []string{"结算单编号：JS202512646010"}, []string{"结算期间：2025年10月1日至2025年12月31日"},
		[]string{"结算总额：588,814.28元"})
	list := func(first string) *hequan.Reading {
		return typedPage([]string{"费用结算单"}, []string{"结算期间：2025年10月1日至2025年12月31日"},
			[]string{first, "模型", "用量", "单价", "金额"},
			[]string{"2025-10", "听泉-Max", "100000", "2.00", "200000.00"}, []string{"2025-11", "听泉-Max", "100000", "2.00", "200000.00"}, []string{"2025-12", "听泉-Max", "94407.14", "2.00", "188814.28"},
			[]string{"合计", "", "", "", "588814.28"}, []string{"结算总额：588,814.28元"})
	}
	for _, c := range []struct {
		name  string
		files []*hequan.Reading
		want  hequan.Kind
	}{
		{"with its statement", []*hequan.Reading{list("月份"), statement}, hequan.KindUsage},
		{"alone", []*hequan.Reading{list("月份")}, hequan.KindSettlement},
		{"a statement again", []*hequan.Reading{typedPage([]string{"费用结算单"}, []string{"结算期间：2025年10月1日至2025年12月31日"}, []string{"结算总额：588,814.28元"}), statement}, hequan.KindSettlement},
	} {
		var docs []hequan.Document
		var parts []filePart
		for _, r := range c.files {
			p := filePart{name: "结算.pdf", reading: r, part: extractors.Part{Kind: hequan.KindSettlement, Confidence: 1}, alone: true}
			parts, docs = append(parts, p), append(docs, p.document())
		}
		detailsOfStatements(docs, parts)
		if docs[0].Kind != c.want {
			t.Errorf("%s: %s, want %s; %+v", c.name, docs[0].Kind, c.want, docs[0].Fields)
		}
		if len(docs) > 1 && docs[1].Kind != hequan.KindSettlement {
			t.Errorf("%s: the statement became %s", c.name, docs[1].Kind)
		}
	}
}
