package checks

import (
	"fmt"
	"slices"

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
		var grey, plain []string
		var at, plainAt []At
		for _, i := range p.Doc.PageInfo {
			page := At{Evidence: hequan.Evidence{Document: p.Doc.ID, Page: i.Page}}
			switch {
			case i.Problem != "":
				p.Unread(fmt.Sprintf("第 %d 页未能读取", i.Page), page.Evidence)
			case i.Source == hequan.SourceScan && i.Colorless && !i.Blank && !greySeal(p.Doc, i.Page):
				// Black print on white paper, stored in colour: a scan in colour of it looks the same.
				plain = append(plain, fmt.Sprint(i.Page))
				plainAt = append(plainAt, page)
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
		if len(plain) > 0 {
			rest := ""
			if p.coloredFile() {
				rest = "，其余页为彩色"
			}
			p.Review(fmt.Sprintf("%s第 %s 页没有任何彩色内容%s", p.Doc.Kind.Chinese(), join(plain), rest), "请核对该页是否为彩色扫描", plainAt...)
		}
	},
}

// coloredFile says whether a page of the document's file was scanned in colour:
// what is in one file was scanned in one go.
func (p *Pass) coloredFile() bool {
	return slices.ContainsFunc(p.docs, func(d *hequan.Document) bool {
		return d.File == p.Doc.File && slices.ContainsFunc(d.PageInfo, func(i hequan.PageInfo) bool { return i.Source == hequan.SourceScan && i.Color })
	})
}

// greySeal says whether a seal without colour was found on a page: then it is a copy.
func greySeal(d *hequan.Document, page int) bool {
	return slices.ContainsFunc(d.Seals, func(s hequan.Seal) bool { return s.Page == page && s.Color == "grey" })
}
