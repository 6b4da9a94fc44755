package checks

import (
	"fmt"
	"math/bits"
	"strconv"

	"hequan"
)

var scanNotRepeated = &Rule{
	ID: "scan.not_repeated", Clause: "五", Scope: PerApplication,
	Title: "没有重复的页",
	Doc: "No file stands twice under two names, and no two pages are nearly the same picture. Papers of one template whose numbers, dates or amounts differ are " +
		"not repeated, however alike they look.",
	Run: func(p *Pass) {
		bySum := map[string]string{}
		for i := range p.Files {
			f := &p.Files[i]
			if f.SHA256 == "" {
				continue
			}
			p.Looked(At{Evidence: hequan.Evidence{File: f.File}})
			if first, again := bySum[f.SHA256]; again {
				p.Review(fmt.Sprintf("文件“%s”与“%s”完全相同", f.File, first), "请核对是否重复上传或传错文件",
					At{Evidence: hequan.Evidence{File: first}}, At{Evidence: hequan.Evidence{File: f.File}})
				continue
			}
			bySum[f.SHA256] = f.File
		}
		pages := p.pictures()
		for i, a := range pages {
			p.Looked(a.at())
			for _, b := range pages[:i] {
				if a.doc.SHA256 != "" && a.doc.SHA256 == b.doc.SHA256 && a.doc.File != b.doc.File {
					continue // told as files
				}
				if nearlySame(a, b) {
					p.Review(fmt.Sprintf("%s第 %d 页与%s第 %d 页几乎是同一画面", a.doc.File, a.page, b.doc.File, b.page), "请核对是否重复上传或传错页", b.at(), a.at())
				}
			}
		}
	},
}

type picture struct {
	doc  *hequan.Document
	page int
	hash uint64
}

func (x picture) at() At {
	return At{Evidence: hequan.Evidence{Document: x.doc.ID, Page: x.page}}
}

func (f *facts) pictures() []picture {
	var out []picture
	for _, d := range f.docs {
		for _, i := range d.PageInfo {
			h, err := strconv.ParseUint(i.Picture, 16, 64)
			if i.Picture == "" || err != nil || i.Blank || h == 0 || h == ^uint64(0) {
				continue
			}
			out = append(out, picture{d, i.Page, h})
		}
	}
	return out
}

// nearlySame compares pictures; papers that say different things are not the
// same.
func nearlySame(a, b picture) bool {
	distance := bits.OnesCount64(a.hash ^ b.hash)
	if a.doc == b.doc {
		return distance == 0
	}
	if distance > 1 {
		return false
	}
	for _, name := range []string{"number", "issue_date", "period_start", "period_end", "total", "year", "report_number", "date"} {
		x, y := a.doc.Field(name), b.doc.Field(name)
		if x != nil && y != nil && x.Value != "" && y.Value != "" && x.Value != y.Value {
			return false
		}
	}
	return true
}
