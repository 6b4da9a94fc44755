package checks

import (
	"fmt"
	"strings"

	"hequan"
)

var scanLegible = &Rule{
	ID: "scan.legible", Clause: "五", Scope: PerDocument,
	Title: "各页清晰可读",
	Doc:   "Every page can be read: resolution, mean recognition confidence, not blank, not refused by the reader.",
	Run: func(p *Pass) {
		var bad []string
		var at []At
		for _, i := range p.Doc.PageInfo {
			page := At{Evidence: hequan.Evidence{Document: p.Doc.ID, Page: i.Page}}
			why := ""
			switch {
			case i.Problem != "":
				why = strings.TrimSuffix(i.Problem, "。")
			case i.Blank:
				why = "是空白页"
			case i.Legibility < p.Policy.Thresholds.Legibility.Value:
				why = fmt.Sprintf("不清晰（平均识别置信度 %.0f%%）", 100*i.Legibility)
			case i.Source == hequan.SourceScan && i.DPI > 0 && float64(i.DPI) < p.Policy.Thresholds.DPI.Value:
				why = fmt.Sprintf("分辨率只有 %d dpi", i.DPI)
			default:
				p.Looked(page)
				continue
			}
			bad = append(bad, fmt.Sprintf("第 %d 页%s", i.Page, why))
			at = append(at, page)
		}
		if len(bad) > 0 {
			p.Review(p.Doc.Kind.Chinese()+strings.Join(bad, "；"), "请以 200–300 dpi 重新彩色扫描这些页", at...)
		}
	},
}
