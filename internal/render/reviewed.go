package render

import (
	"fmt"
	"io"

	"hequan"
	"hequan/internal/paper"
	"hequan/internal/typeface"
)

// maxReviewed bounds the pages of a review copy.
const maxReviewed = 400

// Reviewed writes a review copy of a file as PDF where no copy of the file itself
// can be made: its pages as they were read, frames around the passages that fails
// and reviews speak of, and what they say beside the page. Pages without a picture
// are left out. The pages are our own pictures: nothing of the file is passed on.
func Reviewed(w io.Writer, r *hequan.Report, sha256 string, img PageImages) error {
	var file *hequan.FileInfo
	for i := range r.Files {
		if r.Files[i].SHA256 == sha256 {
			file = &r.Files[i]
		}
	}
	if file == nil {
		return fmt.Errorf("the report has no file %s", sha256)
	}
	notes := notesOf(Remarks(r, sha256))
	var pages []paper.Marked
	for page := 1; page <= min(file.Pages, maxReviewed); page++ {
		jpeg, err := img.PageImage(sha256, page)
		if err != nil {
			continue // it could not be drawn; the report says so
		}
		pages = append(pages, paper.Marked{JPEG: jpeg, Title: fmt.Sprintf("%s 第 %d 页　初审审阅副本", file.File, page), Notes: notes[page]})
	}
	if len(pages) == 0 {
		return ErrNoPages
	}
	return paper.WriteMarked(w, file.File+" 审阅副本", pages)
}

// ErrNoPages is returned for a file of which no page has a picture.
var ErrNoPages = fmt.Errorf("no page of the file has a picture")

// Remark is what a finding says of a page of a file.
type Remark struct {
	Number int // through the file
	Status hequan.Status
	Text   string // what it says, its clause, and what is asked
	Page   int
	Boxes  []hequan.Box // where on the page; none: of the whole page
	Color  [3]byte
}

// Remarks are what fails and reviews say of the pages of a file, in their order.
func Remarks(r *hequan.Report, sha256 string) []Remark {
	var out []Remark
	number := 0
	for _, status := range []hequan.Status{hequan.Fail, hequan.Review} {
		for _, f := range with(r.Findings, status) {
			boxes := map[int][]hequan.Box{}
			var order []int
			for _, p := range places(r, f) {
				if p.SHA256 != sha256 || p.Page == 0 {
					continue
				}
				if _, ok := boxes[p.Page]; !ok {
					order = append(order, p.Page)
					boxes[p.Page] = nil
				}
				if !p.Box.IsZero() {
					boxes[p.Page] = append(boxes[p.Page], p.Box)
				}
			}
			if len(order) == 0 {
				continue
			}
			number++
			text := fmt.Sprintf("%s　%s（条款 %s）", status.Chinese(), f.Message, f.Clause)
			if f.Action != "" {
				text += "\n补正要求：" + f.Action
			}
			for _, page := range order {
				out = append(out, Remark{number, status, text, page, boxes[page], statusColors[status]})
			}
		}
	}
	return out
}

// notesOf are the remarks on each page.
func notesOf(remarks []Remark) map[int][]paper.Note {
	out := map[int][]paper.Note{}
	for _, r := range remarks {
		n := paper.Note{Number: r.Number, Text: r.Text, Color: r.Color}
		for _, b := range r.Boxes {
			n.Boxes = append(n.Boxes, [4]float64(b))
		}
		out[r.Page] = append(out[r.Page], n)
	}
	return out
}

// RemarksPDF writes the list of a file's remarks as PDF, to stand behind the
// file's own pages.
func RemarksPDF(w io.Writer, r *hequan.Report, file string, remarks []Remark) error {
	d := paper.Doc{Title: file + " 审阅意见", Foot: fmt.Sprintf("核券 %s　政策 %s　机器初审意见，供工作人员复核", r.Version, r.Policy)}
	d.Blocks = append(d.Blocks, paper.Text{Text: "审阅意见", Style: typeface.HeiBold, Size: 15, After: 2},
		paper.Text{Text: r.Application.ID + "　" + r.Application.Applicant + "　" + file, Style: typeface.Hei, Size: 9.5, Color: soft, After: 2},
		paper.Text{Text: "编号与各页方框上的编号一致。本文件是审阅副本，不是原件：文件自带的链接、脚本和附件已去除，电子签名在副本中不再有效。", Style: typeface.Hei, Size: 9, Color: soft, After: 8})
	table := paper.Table{Widths: []float64{7, 9, 84}, Head: []string{"编号", "页", "意见"}}
	for _, one := range remarks {
		cell := func(text string) paper.Cell {
			return paper.Cell{paper.Text{Text: text, Style: typeface.Hei, Size: 9.5}}
		}
		table.Rows = append(table.Rows, []paper.Cell{cell(fmt.Sprint(one.Number)), cell(fmt.Sprintf("第 %d 页", one.Page)),
			{paper.Text{Text: one.Text, Style: typeface.Hei, Size: 9.5, Color: one.Color}}})
	}
	if len(remarks) == 0 {
		d.Blocks = append(d.Blocks, paper.Text{Text: "没有发现问题。", Style: typeface.Hei, Size: 10})
	} else {
		d.Blocks = append(d.Blocks, table)
	}
	return d.Write(w)
}
