package render

import (
	"fmt"
	"io"
	"strings"

	"hequan"
	"hequan/internal/paper"
	"hequan/internal/typeface"
)

var statusColors = map[hequan.Status][3]byte{hequan.Fail: {179, 38, 30}, hequan.Review: {154, 103, 0}, hequan.Pass: {30, 123, 74}}

var soft = [3]byte{90, 98, 106}

// PDF writes the report as a PDF to be printed or filed: the same content as
// [HTML], without what passed. img may be nil.
func PDF(w io.Writer, r *hequan.Report, img PageImages) error {
	v := newView(r, noCrops{})
	d := paper.Doc{Title: r.Application.ID + " 初审报告", Foot: fmt.Sprintf("核券 %s　政策 %s　机器初审意见，供工作人员复核", r.Version, r.Policy)}
	add := func(blocks ...paper.Block) { d.Blocks = append(d.Blocks, blocks...) }
	heading := func(text string) {
		add(paper.Text{Text: text, Style: typeface.HeiBold, Size: 12.5, After: 2})
	}
	small := func(text string) paper.Text { return paper.Text{Text: text, Style: typeface.Hei, Size: 9} }
	name := r.Application.Applicant
	if name == "" {
		name = "申报主体未知"
	}
	var facts []string
	for _, f := range v.About {
		facts = append(facts, f.Name+"："+f.Value)
	}
	add(paper.Text{Text: "模型券申报材料初审报告", Style: typeface.Hei, Size: 9, Color: soft},
		paper.Text{Text: name, Style: typeface.HeiBold, Size: 17},
		paper.Text{Text: strings.Join(facts, "　　"), Style: typeface.Hei, Size: 9.5, After: 4},
		paper.Text{Text: r.Verdict.Chinese() + "：" + v.Sentence, Style: typeface.HeiBold, Size: 12, Color: statusColors[r.Verdict], After: 10})

	heading("材料完整性")
	materials := paper.Table{Widths: []float64{7, 20, 8, 40, 25}, Head: []string{"序号", "材料", "核对", "提交的文件", "说明"}}
	for _, m := range v.Materials {
		var names []string
		for _, p := range m.Papers {
			names = append(names, strings.TrimSpace(p.File+" "+p.Pages))
		}
		if len(names) == 0 {
			names = []string{"未见"}
		}
		materials.Rows = append(materials.Rows, []paper.Cell{{small(fmt.Sprint(m.Slot))}, {small(m.Name)}, {small(m.Mark)}, {small(strings.Join(names, "\n"))}, {small(m.Message)}})
	}
	add(materials)
	if lines, n := unreadOf(r); n > 0 {
		add(small(fmt.Sprintf("未逐字识别的页（%d）：%s。%s", n, strings.Join(lines, "；"), unreadReason)))
	}

	cutter := NewCutter(img)
	for _, g := range v.Groups {
		heading(fmt.Sprintf("%s（%d 项）", g.Status.Chinese(), len(g.Findings)))
		for _, f := range g.Findings {
			add(paper.Text{Text: fmt.Sprintf("%d. %s", f.Number, f.Message), Style: typeface.HeiBold, Size: 10, Color: statusColors[g.Status]})
			source := "条款 " + f.Clause
			if f.Subject != "" {
				source += "　" + f.Subject
			}
			add(paper.Text{Text: source + "　" + f.Rule, Style: typeface.Hei, Size: 8, Color: soft})
			if f.Action != "" {
				add(paper.Text{Text: "补正要求：" + f.Action, Style: typeface.Hei, Size: 9.5})
			}
			for i, p := range places(r, f.Finding) {
				if i == maxPictures {
					break
				}
				if p.SHA256 != "" && p.Page > 0 && !p.Box.IsZero() && img != nil {
					if jpeg, err := cutter.Cut(p.SHA256, p.Page, p.Box); err == nil { // else the words alone
						add(paper.Picture{JPEG: jpeg, Width: 300, Height: 140})
					}
				}
				add(paper.Text{Text: p.String(), Style: typeface.Hei, Size: 8.5, Color: soft, After: 2})
			}
			add(paper.Text{Text: " ", Style: typeface.Hei, Size: 4})
		}
	}

	if len(v.Ladder) > 0 {
		heading("金额测算")
		money := paper.Table{Widths: []float64{72, 28}, Head: []string{"项目", "金额"}}
		for _, s := range v.Ladder {
			cell := paper.Cell{small(s.Name)}
			if s.Note != "" {
				cell = append(cell, paper.Text{Text: s.Note, Style: typeface.Hei, Size: 8, Color: soft})
			}
			money.Rows = append(money.Rows, []paper.Cell{cell, {small(s.Amount)}})
		}
		add(money)
	}
	if len(r.Manual) > 0 {
		heading("人工核验")
		table := paper.Table{Widths: []float64{12, 53, 35}, Head: []string{"条款", "核验内容", "查询渠道"}}
		for _, m := range r.Manual {
			table.Rows = append(table.Rows, []paper.Cell{{small(m.Clause)}, {small(m.What)}, {small(m.Where)}})
		}
		add(table)
	}
	return d.Write(w)
}
