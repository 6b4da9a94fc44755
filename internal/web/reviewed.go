package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"hequan"
	"hequan/internal/render"
	"hequan/internal/reviewcopy"
	"hequan/internal/store"
)

// Copier makes copies of uploaded PDFs with marks on them; see reviewcopy.
type Copier interface {
	Copy(ctx context.Context, pdf []byte, marks []reviewcopy.Mark, appendix []byte) ([]byte, error)
}

// reviewedPDF gives a file with what was found on its pages: ?file=SHA256. Of a
// PDF it is a copy of the file itself; where none can be made (another kind of
// file, an encrypted or damaged one) it is our own pictures of its pages.
func (s *Server) reviewedPDF(w http.ResponseWriter, r *http.Request) {
	id, sha256 := r.PathValue("id"), r.URL.Query().Get("file")
	report, err := s.report(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for i := range report.Files {
		if f := &report.Files[i]; f.SHA256 == sha256 {
			s.pdf(w, r, report.Application.ID+"-"+f.File+"-审阅副本.pdf", func(out io.Writer) error { return s.reviewed(r.Context(), out, id, report, f) })
			return
		}
	}
	s.nothing(w, r)
}

func (s *Server) reviewed(ctx context.Context, out io.Writer, id string, report *hequan.Report, f *hequan.FileInfo) error {
	copied, err := s.copied(ctx, id, report, f)
	if err == nil {
		_, err = out.Write(copied)
		return err
	}
	if !errors.Is(err, reviewcopy.ErrUnfit) {
		return err
	}
	s.Log.Info("the review copy is made of pictures", "application", id, "file", f.SHA256, "reason", err)
	return render.Reviewed(out, report, f.SHA256, pictures{ctx, s, id})
}

// copied is a copy of an uploaded PDF with marks; ErrUnfit where there is none.
func (s *Server) copied(ctx context.Context, id string, report *hequan.Report, f *hequan.FileInfo) ([]byte, error) {
	if s.Copies == nil || f.Type != "application/pdf" || f.Problem != nil {
		return nil, reviewcopy.ErrUnfit
	}
	turns, err := s.turns(ctx, id, f.SHA256)
	if err != nil {
		return nil, err
	}
	remarks := render.Remarks(report, f.SHA256)
	var marks []reviewcopy.Mark
	for _, one := range remarks {
		for _, b := range one.Boxes {
			marks = append(marks, reviewcopy.Mark{Page: one.Page, Box: [4]float64(b), Turn: turns[one.Page], Number: one.Number, Text: one.Text, Color: one.Color})
		}
	}
	var appendix bytes.Buffer
	if err := render.RemarksPDF(&appendix, report, f.File, remarks); err != nil {
		return nil, err
	}
	pdf, err := s.Blobs.Get(f.SHA256)
	if err != nil {
		return nil, err
	}
	return s.Copies.Copy(ctx, pdf, marks, appendix.Bytes())
}

// turns are the clockwise turns in degrees that made the pages of a file upright.
func (s *Server) turns(ctx context.Context, id, sha256 string) (map[int]int, error) {
	files, err := s.Ledger.Files(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.SHA256 != sha256 || f.Reading == "" {
			continue
		}
		data, err := s.Blobs.Get(f.Reading)
		if err != nil {
			return nil, err
		}
		reading, err := store.UnpackReading(data)
		if err != nil {
			return nil, err
		}
		out := map[int]int{}
		for i := range reading.Pages {
			out[reading.Pages[i].Info.Page] = reading.Pages[i].Info.Rotation
		}
		return out, nil
	}
	return nil, reviewcopy.ErrUnfit
}
