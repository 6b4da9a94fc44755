package checks

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"

	"hequan"
)

var scanNotRepeated = &Rule{
	ID: "scan.not_repeated", Clause: "五", Scope: PerDocument,
	Title: "没有重复的页",
	Doc: "No page of the application stands twice in it: the same bytes under two names, or nearly the same picture. Papers of one template whose numbers, dates or " +
		"amounts differ are not repeated, however alike they look. The later of the two bears the review.",
	Run: func(p *Pass) {
		const action = "请核对是否重复上传或传错文件"
		for i := range p.Files {
			f := &p.Files[i]
			if f.File < p.Doc.File && f.SHA256 != "" && f.SHA256 == p.Doc.SHA256 {
				p.Review(fmt.Sprintf("文件“%s”与“%s”完全相同", p.Doc.File, f.File), action, At{Evidence: hequan.Evidence{File: f.File}}, whole(p.Doc))
				return
			}
		}
		pages := p.pictures()
		for i, a := range pages {
			if a.doc != p.Doc {
				continue
			}
			p.Looked(a.at())
			for _, b := range pages[:i] {
				if nearlySame(a, b) && !sameInvoice(p, a.doc, b.doc) {
					p.Review(fmt.Sprintf("%s第 %d 页与%s第 %d 页几乎是同一画面", a.doc.File, a.page, b.doc.File, b.page), action, b.at(), a.at())
				}
			}
		}
		if why := p.unseen(); why != "" {
			p.Unread(p.Doc.Kind.Chinese()+why, lookedAt(p.Doc, ""))
			return
		}
		p.Looked(whole(p.Doc))
	},
}

// unseen says why the pictures of a document are not all known.
func (p *Pass) unseen() string {
	if len(p.Doc.PageInfo) < p.Doc.Pages[1]-p.Doc.Pages[0]+1 {
		return "并非每一页都已读取"
	}
	return ""
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

// nearlySame compares pictures. Papers that say different things are not the
// same; of papers made from one template, only those are that say one thing alike.
func nearlySame(a, b picture) bool {
	distance := bits.OnesCount64(a.hash ^ b.hash)
	if a.doc == b.doc {
		return distance == 0 && !otherRows(a, b)
	}
	if distance > 1 {
		return false
	}
	alike := false
	for _, name := range []string{"number", "issue_date", "period_start", "period_end", "total", "year", "report_number", "date"} {
		x, y := a.doc.Field(name), b.doc.Field(name)
		if x == nil || y == nil || x.Value == "" || y.Value == "" {
			continue
		}
		if x.Value != y.Value {
			return false
		}
		alike = true
	}
	return alike || a.doc.Kind != b.doc.Kind || !slices.Contains(templated, a.doc.Kind)
}

// otherRows says whether both pages bear rows of tables, and not the same ones:
// pages of one long list look alike.
func otherRows(a, b picture) bool {
	x, y := rowsOn(a), rowsOn(b)
	return len(x) > 0 && len(y) > 0 && !slices.Equal(x, y)
}

// rowsOn are the rows of tables on a page, as they were read.
func rowsOn(p picture) []string {
	var out []string
	for _, t := range p.doc.Tables {
		for _, r := range t.Rows {
			text, here := "", false
			for _, c := range r {
				page := c.Page
				if page == 0 {
					page = t.Page
				}
				here = here || page == p.page
				text += c.Value + "|"
			}
			if here {
				out = append(out, text)
			}
		}
	}
	return out
}

// templated are kinds whose papers look alike at a glance.
var templated = []hequan.Kind{hequan.KindInvoice, hequan.KindSettlement, hequan.KindUsage, hequan.KindAuditReport}
