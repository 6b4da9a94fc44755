package notice

import (
	"fmt"
	"io"
	"strings"

	"hequan/internal/paper"
	"hequan/internal/typeface"
)

// PDF writes the letter as [Docx] does, ready to be printed or sent.
func PDF(w io.Writer, n Notice, cut Pictures) error {
	d := paper.Doc{Title: n.Title}
	add := func(t paper.Text) { d.Blocks = append(d.Blocks, t) }
	add(paper.Text{Text: n.Title, Style: typeface.SongBold, Size: 20, Align: paper.Center, After: 8})
	if n.Number != "" {
		add(paper.Text{Text: n.Number, Size: 10.5, Align: paper.Center, After: 8})
	}
	if n.Recipient != "" {
		add(paper.Text{Text: strings.TrimRight(n.Recipient, "：:") + "：", Size: 12})
	}
	add(paper.Text{Text: n.Opening, Size: 12, Indent: true, After: 8})
	table := paper.Table{Widths: []float64{8, 49, 12, 31}, Head: []string{"序号", "存在的问题", "依据条款", "补正要求"}}
	for _, item := range n.Items {
		if !item.Include {
			continue
		}
		problem := paper.Cell{paper.Text{Text: item.Problem, Size: 10}}
		if item.Where != "" {
			problem = append(problem, paper.Text{Text: "位置：" + item.Where, Size: 8.5, Color: [3]byte{90, 90, 90}})
		}
		if item.Picture && cut != nil {
			if jpeg, err := cut(item.SHA256, item.Page, item.Box); err == nil { // without a picture the words stand alone, as in Word
				problem = append(problem, paper.Picture{JPEG: jpeg, Height: 150})
			}
		}
		table.Rows = append(table.Rows, []paper.Cell{
			{paper.Text{Text: fmt.Sprint(len(table.Rows) + 1), Size: 10, Align: paper.Center}}, problem,
			{paper.Text{Text: item.Clause, Size: 10, Align: paper.Center}}, {paper.Text{Text: item.Ask, Size: 10}}})
	}
	if len(table.Rows) > 0 {
		d.Blocks = append(d.Blocks, table)
	}
	add(paper.Text{Text: n.Closing, Size: 12, Indent: true})
	add(paper.Text{Text: n.Contact, Size: 12, Indent: true, After: 16})
	add(paper.Text{Text: n.Office, Size: 12, Align: paper.Right})
	add(paper.Text{Text: n.Date, Size: 12, Align: paper.Right})
	return d.Write(w)
}
