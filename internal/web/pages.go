package web

import (
	"bytes"
	"errors"
	"html/template"
	"net/http"

	"hequan/internal/render"
	"hequan/internal/store"
)

// listView is the first page: what waits to be taken apart, and the applications.
type listView struct {
	Uploads      []uploadView
	Applications []applicationView
}

func (s *Server) listPage(w http.ResponseWriter, r *http.Request) {
	var v listView
	ups, err := s.Ledger.OpenUploads(r.Context(), listLimit)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for i := range ups {
		v.Uploads = append(v.Uploads, newUploadView(&ups[i]))
	}
	if v.Applications, err = s.applications(r.Context(), ""); err != nil {
		s.broken(w, r, err)
		return
	}
	s.show(w, "list.html", v)
}

// pageView is the page of one application.
type pageView struct {
	App    applicationView
	Report template.HTML // empty before the first run
}

func (s *Server) applicationPage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	app, err := s.application(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v := pageView{App: app}
	report, err := s.report(r.Context(), id)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		s.broken(w, r, err)
		return
	default:
		var out bytes.Buffer
		if err := render.Fragment(&out, report, links{pictures{r.Context(), s, id}}); err != nil {
			s.broken(w, r, err)
			return
		}
		v.Report = template.HTML(out.String()) // escaped by render's own template
	}
	s.show(w, "application.html", v)
}
