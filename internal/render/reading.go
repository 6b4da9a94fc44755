package render

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"hequan"
)

// ReadingHTML writes what was read of one file as a page that stands alone:
// each page's picture with words, tables, seals and codes drawn over it, its
// text beside it, and the documents found. img may be nil.
func ReadingHTML(w io.Writer, name string, r *hequan.Reading, docs []hequan.Document, img PageImages) error {
	v := readingView{Name: name, Type: r.Type, Problem: r.Problem, Notes: r.Notes}
	for _, p := range r.Pages {
		v.Pages = append(v.Pages, newReadPage(r, p, img))
	}
	for _, d := range docs {
		v.Documents = append(v.Documents, newReadDocument(d))
	}
	return document.ExecuteTemplate(w, "reading", v)
}

type readingView struct {
	Name, Type string
	Problem    *hequan.Problem
	Notes      []string
	Pages      []readPage
	Documents  []readDocument
}

// readPage is a page in millimetres, as the drawing over its picture has them.
type readPage struct {
	Number        int
	Facts         string
	Problem       string
	Picture       template.URL
	Width, Height string
	Shapes        []readShape
	Lines         []string
}

// readShape is a frame over the picture: word, doubt (a word that was read
// badly or in two ways), cell, seal or code.
type readShape struct {
	Class      string
	X, Y, W, H string
	Title      string
}

type readDocument struct {
	ID, Kind, Confidence string
	Fields               []hequan.Field
	Tables               []hequan.Table
}

// doubtful is the confidence below which a word is marked.
const doubtful = 0.8

func newReadPage(r *hequan.Reading, p hequan.Page, img PageImages) readPage {
	i := p.Info
	out := readPage{
		Number: i.Page, Problem: i.Problem, Width: fmt.Sprintf("%.1f", i.WidthMM), Height: fmt.Sprintf("%.1f", i.HeightMM),
		Facts: fmt.Sprintf("%s · %.0f×%.0f mm · %d dpi · 转正 %d° · 倾斜 %.2f° · 清晰度 %.2f", map[string]string{hequan.SourceScan: "图像", hequan.SourceDigital: "电子"}[i.Source],
			i.WidthMM, i.HeightMM, i.DPI, i.Rotation, p.Skew, i.Legibility),
	}
	if i.Unread {
		out.Facts += " · 只读了页眉和页脚"
	}
	if img != nil {
		if data, err := img.PageImage(r.SHA256, i.Page); err == nil {
			out.Picture = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)) //nolint:gosec // our own picture
		}
	}
	add := func(class string, b hequan.Box, title string) {
		if !p.Frame.IsZero() {
			b = p.Frame.Box(b)
		}
		at := func(v, side float64) string { return fmt.Sprintf("%.2f", v*side) }
		out.Shapes = append(out.Shapes, readShape{class, at(b[0], i.WidthMM), at(b[1], i.HeightMM), at(b.Width(), i.WidthMM), at(b.Height(), i.HeightMM), title})
	}
	for _, g := range p.Grids {
		for _, c := range g.Cells {
			add("cell", c.Box, fmt.Sprintf("第 %d 行第 %d 列", c.Row+1, c.Col+1))
		}
	}
	for _, s := range p.Seals {
		add("seal", s.Box, fmt.Sprintf("印章 %s %s “%s” “%s” %s", s.Color, s.Shape, s.Text, s.Center, s.Kind))
	}
	for _, c := range p.Codes {
		add("code", c.Box, "二维码 "+c.Payload)
	}
	for _, l := range p.Lines {
		var words []string
		for _, w := range l.Words {
			class, title := "word", fmt.Sprintf("%s  %.2f %s", w.Text, w.Confidence, proofs(w.Proof))
			if w.Alt != "" {
				title += "  另读作 " + w.Alt
			}
			if w.Alt != "" || w.Confidence < doubtful {
				class = "word doubt"
			}
			add(class, w.Box, title)
			words = append(words, w.Text)
		}
		out.Lines = append(out.Lines, strings.Join(words, " "))
	}
	return out
}

func newReadDocument(d hequan.Document) readDocument {
	return readDocument{ID: d.ID, Kind: d.Kind.Chinese(), Confidence: fmt.Sprintf("%.2f", d.KindConfidence), Fields: d.Fields, Tables: d.Tables}
}

// proofs names why a value can be trusted.
func proofs(list []hequan.Proof) string {
	var out []string
	for _, p := range list {
		out = append(out, word(proofNames, string(p)))
	}
	return strings.Join(out, "、")
}
