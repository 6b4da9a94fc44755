package checks

import (
	"fmt"

	"hequan"
)

var scanColor = &Rule{
	ID: "scan.color", Clause: "五.3-11", Scope: PerDocument,
	Title: "扫描页均为彩色",
	Doc:   "Scanned pages are colour scans. A born-digital page is not a scan. The licence is an electronic one (五.2) and not meant.",
	Applies: func(p *Pass) string {
		if p.Doc.Kind == hequan.KindBusinessLicense || p.Doc.Kind == hequan.KindApplicationForm {
			return p.Doc.Kind.Chinese() + "不要求彩色扫描"
		}
		return ""
	},
	Run: func(p *Pass) {
		var grey []string
		var at []At
		for _, i := range p.Doc.PageInfo {
			page := At{Evidence: hequan.Evidence{Document: p.Doc.ID, Page: i.Page}}
			switch {
			case i.Problem != "":
				p.Unread(fmt.Sprintf("第 %d 页未能读取", i.Page), page.Evidence)
			case i.Source == hequan.SourceScan && !i.Color && !i.Blank:
				grey = append(grey, fmt.Sprint(i.Page))
				at = append(at, page)
			default:
				p.Looked(page)
			}
		}
		if len(grey) > 0 {
			p.Fail(fmt.Sprintf("%s第 %s 页不是彩色扫描", p.Doc.Kind.Chinese(), join(grey)), "请将原件彩色扫描后重新上传", at...)
		}
	},
}
