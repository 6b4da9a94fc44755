// Package notice makes the 补正告知书: the letter that tells an applicant, once
// and completely, what is missing or wrong, where it stands, by which clause,
// and what is asked. Staff change the draft before it is issued.
package notice

import (
	"fmt"
	"strings"

	"hequan"
	"hequan/internal/render"
)

// Notice is the text of a letter. Every part may be changed by hand.
type Notice struct {
	Title     string `json:"title"`
	Number    string `json:"number"`
	Recipient string `json:"recipient"`
	Opening   string `json:"opening"`
	Items     []Item `json:"items"`
	Closing   string `json:"closing"`
	Contact   string `json:"contact"`
	Office    string `json:"office"`
	Date      string `json:"date"` // as printed
}

// Item is one defect.
type Item struct {
	Key     string `json:"key"` // of its finding; "" where staff added it
	Include bool   `json:"include"`
	Problem string `json:"problem"`
	Where   string `json:"where"`
	Clause  string `json:"clause"`
	Ask     string `json:"ask"`
	Picture bool   `json:"picture"` // the passage is shown

	SHA256 string     `json:"sha256,omitempty"` // the passage
	Page   int        `json:"page,omitempty"`
	Box    hequan.Box `json:"box,omitzero"`
}

// Standing is what people have decided of a finding.
type Standing int

// The standings of a finding.
const (
	Undecided Standing = iota
	Confirmed
	Dismissed
)

// Head is what a draft needs besides the report.
type Head struct {
	Policy string // title of the policy
	Number string
	Date   string
}

// The guide's own words for where to turn to (guide 六(二), 八, 十).
const (
	office  = "北京经济技术开发区营商环境建设局"
	contact = "受理窗口：北京经济技术开发区万源街4号政务服务大厅“政策申报”窗口。咨询电话：010-67857878转4、010-67857687（工作日上午9:00—12:00，下午1:30—5:00）。"
	closing = "请于　　年　　月　　日前，按上述要求补齐补正，并通过政策兑现综合服务平台重新提交。未列出的材料无需重复提交。"
)

// Draft writes the letter for a report. What people dismissed is left out; what
// they confirmed, and fails that they have not decided yet, is ticked.
func Draft(r *hequan.Report, standing func(hequan.Finding) Standing, key func(hequan.Finding) string, h Head) Notice {
	a := r.Application
	n := Notice{Title: "补正告知书", Number: h.Number, Recipient: a.Applicant, Closing: closing, Contact: contact, Office: office, Date: h.Date}
	about := "申报编号 " + a.ID
	if a.Project != "" {
		about += "，项目“" + a.Project + "”"
	}
	if a.Mode != "" {
		about += "，申报类型为" + a.Mode.Chinese()
	}
	n.Opening = fmt.Sprintf("你单位提交的%s申报材料（%s）收悉。经审查，材料不齐全或不符合要求。根据《%s办事指南》第六条第（二）项，现将需要补齐补正的全部内容一次性告知如下：", h.Policy, about, h.Policy)
	for _, status := range []hequan.Status{hequan.Fail, hequan.Review} {
		for _, f := range r.Findings {
			st := standing(f)
			if f.Status != status || st == Dismissed {
				continue
			}
			item := newItem(r, f)
			item.Key, item.Include = key(f), st == Confirmed || status == hequan.Fail
			n.Items = append(n.Items, item)
		}
	}
	return n
}

// Renew brings a draft that was changed by hand up to a newer report: what was
// written stays, defects that are no more go, new ones are added as in fresh.
func Renew(old, fresh Notice) Notice {
	still := map[string]bool{}
	for _, item := range fresh.Items {
		still[item.Key] = true
	}
	out := old
	out.Items = nil
	kept := map[string]bool{}
	for _, item := range old.Items {
		if item.Key == "" || still[item.Key] {
			out.Items = append(out.Items, item)
			kept[item.Key] = true
		}
	}
	for _, item := range fresh.Items {
		if !kept[item.Key] {
			out.Items = append(out.Items, item)
		}
	}
	return out
}

// maxWhere bounds the places that a defect names.
const maxWhere = 4

func newItem(r *hequan.Report, f hequan.Finding) Item {
	item := Item{Problem: f.Message, Clause: f.Clause, Ask: f.Action}
	if item.Ask == "" {
		item.Ask = "请核对并补充说明或重新提交"
	}
	var where []string
	for _, p := range render.Places(r, f) {
		if p.Where != "" && len(where) < maxWhere && !contains(where, p.Where) {
			where = append(where, p.Where)
		}
	}
	item.Where = strings.Join(where, "；")
	Show(&item, r, f)
	return item
}

// Show gives an item the first passage of its finding that stands on a page.
func Show(item *Item, r *hequan.Report, f hequan.Finding) {
	for _, p := range render.Places(r, f) {
		if p.SHA256 != "" && p.Page > 0 && !p.Box.IsZero() {
			item.SHA256, item.Page, item.Box, item.Picture = p.SHA256, p.Page, p.Box, true
			return
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
