package render

import (
	"strings"

	"hequan"
)

// Place is one piece of evidence, tied to its file.
type Place = place

// Places resolves the evidence of a finding to files and pages.
func Places(r *hequan.Report, f hequan.Finding) []Place { return places(r, f) }

// FieldWord is the staff's word for a field of a document, or a key of the form.
func FieldWord(name string) string { return fieldWord(name) }

// place is one piece of evidence, tied to its file.
type place struct {
	Side   string // what stands there: 开票日期
	Where  string // file and page, or 申报表
	Text   string
	Note   string
	SHA256 string // "" when it is not on a page of a file
	Page   int
	Box    hequan.Box
}

// places resolves the evidence of a finding to files and pages.
func places(r *hequan.Report, f hequan.Finding) []place {
	out := make([]place, 0, len(f.Evidence))
	for _, e := range f.Evidence {
		p := place{Side: fieldWord(e.Field), Text: e.Text, Note: e.Note, Page: e.Page, Box: e.Box}
		if p.Text == "" {
			p.Text = e.Value
		}
		file := e.File
		for i := range r.Documents {
			if d := &r.Documents[i]; d.ID == e.Document && e.Document != "" {
				p.SHA256 = d.SHA256
				if file == "" {
					file = d.File
				}
				if p.Page == 0 && !p.Box.IsZero() {
					p.Page = d.Pages[0]
				}
			}
		}
		for _, known := range r.Files {
			if p.SHA256 == "" && file != "" && known.File == file {
				p.SHA256 = known.SHA256
			}
		}
		switch {
		case file == "" && e.Document != "":
			p.Where = e.Document
		case file == "" && e.Note != "":
			p.Where = e.Note // where was looked for something absent
		case file == "":
			p.Where = "申报表"
		default:
			p.Where = file
		}
		if p.Note == p.Where {
			p.Note = ""
		}
		if p.Page > 0 {
			p.Where += " " + pageRange([2]int{p.Page, p.Page})
		}
		out = append(out, p)
	}
	return out
}

// String is the place in one line.
func (p place) String() string {
	parts := []string{p.Where}
	if p.Side != "" {
		parts = append(parts, p.Side)
	}
	s := strings.Join(parts, " ")
	if p.Text != "" {
		s += "“" + clip(p.Text, 60) + "”"
	}
	if p.Note != "" {
		s += "（" + p.Note + "）"
	}
	return s
}

// clip shortens a text to n characters on one line.
func clip(s string, n int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n]) + "…"
}
