package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hequan"
	"hequan/internal/render"
	"hequan/pipeline"
)

// ReadCmd shows what is read of one file.
type ReadCmd struct {
	File   string `arg:"" help:"The file to read."`
	Format string `enum:"text,json,html" default:"text" help:"text, json, or html: the pages with what was read drawn over them."`
	readerFlags
}

// Run reads the file and prints words, tables, seals and codes by page.
func (c *ReadCmd) Run(ctx context.Context) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := os.Stat(c.File); err != nil {
		return &exitError{exitUsage, err}
	}
	reading, err := r.Read(ctx, c.File, nil)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", " ")
		e.SetEscapeHTML(false)
		return e.Encode(reading)
	}
	name := filepath.Base(c.File)
	docs, _ := pipeline.Documents(&hequan.Application{}, []pipeline.ReadFile{{Name: name, Reading: reading}}, nil)
	if c.Format == "html" {
		return render.ReadingHTML(os.Stdout, name, reading, docs, r)
	}
	printReading(reading)
	for _, d := range docs {
		printDocument(d)
	}
	return nil
}

func printReading(r *hequan.Reading) {
	fmt.Printf("%s  %d 字节  %d 页\n", r.Type, r.Bytes, len(r.Pages))
	if r.Problem != nil {
		fmt.Printf("无法读取：%s（%s）\n", r.Problem.Code.Chinese(), r.Problem.Detail)
	}
	for _, p := range r.Pages {
		i := p.Info
		fmt.Printf("\n── 第 %d 页  %s  %.0f×%.0f mm  %d dpi  彩色=%v  旋转=%d°  清晰度=%.2f %s\n", i.Page, i.Source, i.WidthMM, i.HeightMM, i.DPI, i.Color, i.Rotation, i.Legibility, i.Problem)
		if i.Unread {
			fmt.Println("（只读了页眉和页脚）")
		}
		for _, l := range p.Lines {
			var words []string
			for _, w := range l.Words {
				t := w.Text
				if w.Alt != "" {
					t += "⟨" + w.Alt + "⟩"
				}
				words = append(words, t)
			}
			fmt.Printf("%.3f %.3f  %s\n", l.Box[0], l.Box[1], strings.Join(words, " "))
		}
		for _, g := range p.Grids {
			fmt.Printf("表格 %d 行 × %d 列 %v\n", g.Rows, g.Cols, g.Box)
		}
		for _, s := range p.Seals {
			fmt.Printf("印章 %s %s %q 中心 %q %s %v\n", s.Color, s.Shape, s.Text, s.Center, s.Kind, s.Box)
		}
		for _, q := range p.Codes {
			fmt.Printf("二维码 %s %v\n", q.Payload, q.Box)
		}
	}
}

func printDocument(d hequan.Document) {
	fmt.Printf("\n══ %s  %s（%.2f）\n", d.ID, d.Kind.Chinese(), d.KindConfidence)
	for _, f := range d.Fields {
		fmt.Printf("  %-14s %s   ⟨%s⟩ 第%d页 %.2f %v %s\n", f.Name, f.Value, f.Text, f.Page, f.Confidence, f.Proof, f.Repaired)
	}
	for _, t := range d.Tables {
		fmt.Printf("  表 %s：%s\n", t.Name, strings.Join(t.Columns, " | "))
		for _, r := range t.Rows {
			var cells []string
			for _, c := range r {
				cells = append(cells, c.Value+"⟨"+c.Text+"⟩")
			}
			fmt.Printf("    %s\n", strings.Join(cells, " | "))
		}
	}
}
