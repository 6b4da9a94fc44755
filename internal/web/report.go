package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/render"
	"hequan/internal/store"
)

// report loads the latest report of an application.
func (s *Server) report(ctx context.Context, id string) (*hequan.Report, error) {
	_, report, err := s.latest(ctx, id)
	return report, err
}

// latest loads the latest run of an application with its report.
func (s *Server) latest(ctx context.Context, id string) (*store.Run, *hequan.Report, error) {
	run, err := s.Ledger.LatestRun(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	report := new(hequan.Report)
	return run, report, json.Unmarshal([]byte(run.Report), report)
}

// apiReport answers with the report as render.JSON writes it.
func (s *Server) apiReport(w http.ResponseWriter, r *http.Request) {
	report, err := s.report(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := render.JSON(&out, report); err != nil {
		s.broken(w, r, err)
		return
	}
	s.write(w, "application/json; charset=utf-8", "no-store", out.Bytes())
}

// reportHTML gives the report as a page that stands alone, to keep or send on.
func (s *Server) reportHTML(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	report, err := s.report(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := render.HTML(&out, report, pictures{r.Context(), s, id}); err != nil {
		s.broken(w, r, err)
		return
	}
	name := url.PathEscape(report.Application.ID + "-初审报告.html")
	w.Header().Set("Content-Disposition", "attachment; filename=report.html; filename*=UTF-8''"+name)
	s.write(w, "text/html; charset=utf-8", "no-store", out.Bytes())
}

// pictures gives the pages of one application.
type pictures struct {
	ctx         context.Context
	server      *Server
	application string
}

func (p pictures) PageImage(sha256 string, page int) ([]byte, error) {
	picture, err := p.server.Ledger.Picture(p.ctx, p.application, sha256, page)
	if err != nil {
		return nil, err
	}
	return p.server.Blobs.Get(picture)
}

// passage cuts a passage out of a page.
func (p pictures) passage(sha256 string, page int, box hequan.Box) ([]byte, error) {
	picture, err := p.server.Ledger.Picture(p.ctx, p.application, sha256, page)
	if err != nil {
		return nil, err
	}
	return p.server.cut(picture, box)
}

// page answers with the picture of a page.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	picture, err := s.picture(r)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	data, err := s.Blobs.Get(picture)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.write(w, "image/jpeg", kept(r), data)
}

// crop answers with a passage of a page: ?file=SHA256&page=N&box=x0,y0,x1,y1.
func (s *Server) crop(w http.ResponseWriter, r *http.Request) {
	box, ok := parseBox(r.URL.Query().Get("box"))
	if !ok {
		s.fail(w, r, http.StatusBadRequest, "截图的位置不正确", "位置写作 box=x0,y0,x1,y1，各为页面宽高的 0 至 1")
		return
	}
	picture, err := s.picture(r)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	data, err := s.cut(picture, box)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.write(w, "image/jpeg", kept(r), data)
}

// kept says how long a browser keeps a picture of a page: not at all where
// people sign in, for the next one at the same browser may be another.
func kept(r *http.Request) string {
	if person(r).Signed() {
		return "private, no-store"
	}
	return "private, max-age=86400, immutable"
}

// picture finds the blob of the page a request speaks of.
func (s *Server) picture(r *http.Request) (string, error) {
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		page = 0 // no file has it
	}
	return s.Ledger.Picture(r.Context(), r.PathValue("id"), r.URL.Query().Get("file"), page)
}

// cut cuts one passage at a time: a report asks for several of the same page,
// which then is decoded once.
func (s *Server) cut(picture string, box hequan.Box) ([]byte, error) {
	s.cutterReady.Do(func() { s.cutter = render.NewCutter(blobPictures{s.Blobs}) })
	s.cutterLock.Lock()
	defer s.cutterLock.Unlock()
	return s.cutter.Cut(picture, 1, box)
}

// blobPictures are pictures by the name of their own blob.
type blobPictures struct{ blobs Blobs }

func (b blobPictures) PageImage(picture string, _ int) ([]byte, error) { return b.blobs.Get(picture) }

func parseBox(text string) (hequan.Box, bool) {
	var box hequan.Box
	parts := strings.Split(text, ",")
	if len(parts) != len(box) {
		return box, false
	}
	for i, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil || !(v >= 0 && v <= 1) {
			return box, false
		}
		box[i] = v
	}
	return box, true
}

func (s *Server) write(w http.ResponseWriter, media, cache string, data []byte) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Cache-Control", cache)
	if _, err := w.Write(data); err != nil {
		s.Log.Debug("a client went away", "error", err)
	}
}
