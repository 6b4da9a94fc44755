package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"hequan"
	"hequan/internal/render"
	"hequan/internal/store"
)

// viewerView is one page of a file with what was read of it.
type viewerView struct {
	Person      visitor
	App, Name   string
	File        store.File
	Page, Pages int
	Picture     string // "" when there is none
	Replaced    bool
	Files       []viewerFile
	Pager       []viewerLink
	Prev, Next  string
	Marked      []boxView
	Words       []boxView
	Fields      []boxView
	Cells       []boxView
	Seals       []boxView
	Info        string
}

type viewerFile struct {
	Name, Address string
	Current       bool
	SHA256        string
}

type viewerLink struct {
	Number  int
	Address string
	Current bool
}

// boxView is something that stands on the page, in thousandths of it.
type boxView struct {
	X, Y, W, H string
	Name, Text string
	Note       string
}

func newBox(b hequan.Box, name, text, note string) boxView {
	f := func(v float64) string { return strconv.FormatFloat(v*1000, 'f', 1, 64) }
	return boxView{f(b[0]), f(b[1]), f(b.Width()), f(b.Height()), name, text, note}
}

// viewPage shows a page: ?file=SHA256&page=N&box=x0,y0,x1,y1.
func (s *Server) viewPage(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	v, err := s.viewer(r.Context(), r.PathValue("id"), q.Get("file"), page)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Person = person(r)
	if box, ok := parseBox(q.Get("box")); ok {
		v.Marked = append(v.Marked, newBox(box, "", "", ""))
	}
	s.show(w, "view.html", v)
}

func (s *Server) viewer(ctx context.Context, id, sha256 string, page int) (*viewerView, error) {
	app, err := s.Ledger.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	live, err := s.Ledger.Files(ctx, id)
	if err != nil {
		return nil, err
	}
	old, err := s.Ledger.Replaced(ctx, id)
	if err != nil {
		return nil, err
	}
	v := &viewerView{App: id, Name: app.Name, Page: page}
	for _, f := range append(live, old...) {
		name := f.Name
		if f.ReplacedIn > 0 {
			name += "（已替换）"
		}
		v.Files = append(v.Files, viewerFile{name, viewAddress(id, f.SHA256, 1, hequan.Box{}), f.SHA256 == sha256, f.SHA256})
		if f.SHA256 == sha256 && v.File.ID == "" {
			v.File, v.Replaced = f, f.ReplacedIn > 0
		}
	}
	if v.File.ID == "" {
		return nil, store.ErrNotFound
	}
	v.Pages = max(v.File.PagesTotal, 1)
	if page > v.Pages {
		return nil, store.ErrNotFound
	}
	v.turn(id)
	if _, err := s.Ledger.Picture(ctx, id, sha256, page); err == nil {
		v.Picture = fmt.Sprintf("/applications/%s/page?file=%s&page=%d", id, sha256, page)
	}
	return v, s.draw(ctx, id, v)
}

// turn sets the links to the other pages of the file.
func (v *viewerView) turn(id string) {
	address := func(n int) string { return viewAddress(id, v.File.SHA256, n, hequan.Box{}) }
	if v.Page > 1 {
		v.Prev = address(v.Page - 1)
	}
	if v.Page < v.Pages {
		v.Next = address(v.Page + 1)
	}
	for n := max(1, v.Page-6); n <= min(v.Pages, v.Page+6); n++ {
		v.Pager = append(v.Pager, viewerLink{n, address(n), n == v.Page})
	}
}

// draw adds what was read of the page: words from the reading, the rest from the report.
func (s *Server) draw(ctx context.Context, id string, v *viewerView) error {
	if v.File.State == store.Done && v.File.Reading != "" {
		data, err := s.Blobs.Get(v.File.Reading)
		if err != nil {
			return err
		}
		reading, err := store.UnpackReading(data)
		if err != nil {
			return err
		}
		for i := range reading.Pages {
			if p := &reading.Pages[i]; p.Info.Page == v.Page {
				v.words(p)
			}
		}
	}
	report, err := s.report(ctx, id)
	if err != nil {
		return err
	}
	for i := range report.Documents {
		if d := &report.Documents[i]; d.SHA256 == v.File.SHA256 && v.Page >= d.Pages[0] && v.Page <= d.Pages[1] {
			v.document(d)
			return nil // a file that was handed in twice has the same on each
		}
	}
	return nil
}

func (v *viewerView) words(p *hequan.Page) {
	for _, l := range p.Lines {
		for _, word := range l.Words {
			v.Words = append(v.Words, newBox(p.Frame.Box(word.Box), "", word.Text, fmt.Sprintf("%.0f%%", word.Confidence*100)))
		}
	}
	source := "扫描"
	if p.Info.Source == hequan.SourceDigital {
		source = "电子"
	}
	v.Info = fmt.Sprintf("%s · %.0f×%.0f mm", source, p.Info.WidthMM, p.Info.HeightMM)
	if p.Info.DPI > 0 {
		v.Info += fmt.Sprintf(" · %d dpi", p.Info.DPI)
	}
	if p.Info.Source == hequan.SourceScan {
		v.Info += fmt.Sprintf(" · 清晰度 %.0f%%", p.Info.Legibility*100)
	}
	if p.Info.Unread {
		v.Info += " · 只读了页眉和页脚"
	}
}

func (v *viewerView) document(d *hequan.Document) {
	for _, f := range d.Fields {
		if f.Page == v.Page && !f.Box.IsZero() {
			v.Fields = append(v.Fields, newBox(f.Box, render.FieldWord(f.Name), valueWord(d.Kind, f.Name, f.Value), render.Trust(f)))
		}
	}
	for _, t := range d.Tables {
		for r, row := range t.Rows {
			for c, cell := range row {
				if page := max(cell.Page, 0); page != v.Page && (page != 0 || t.Page != v.Page) || cell.Box.IsZero() || c >= len(t.Columns) {
					continue
				}
				v.Cells = append(v.Cells, newBox(cell.Box, render.FieldWord(fmt.Sprintf("%s[%d].%s", t.Name, r+1, t.Columns[c])), cell.Value, ""))
			}
		}
	}
	for _, seal := range d.Seals {
		if seal.Page == v.Page {
			v.Seals = append(v.Seals, newBox(seal.Box, "印章", render.SealLine(seal), seal.Note))
		}
	}
}
