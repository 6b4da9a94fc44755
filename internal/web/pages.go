package web

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"net/http"

	"hequan"
	"hequan/internal/render"
	"hequan/internal/store"
)

// pageView is the page of one application.
type pageView struct {
	Person      visitor
	App         applicationView
	Stage       stage
	Review      *reviewView // nil before the first run
	Head, Rest  template.HTML
	Steps       []stepView
	Corrections []correctionView
	Supplement  []string // names of the files that new ones can replace
	Notices     []noticeLine
}

func (s *Server) applicationPage(w http.ResponseWriter, r *http.Request) {
	v, err := s.pageOf(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Person = person(r)
	s.show(w, "application.html", v)
}

func (s *Server) pageOf(ctx context.Context, id string) (*pageView, error) {
	app, err := s.application(ctx, id)
	if err != nil {
		return nil, err
	}
	sum, err := s.Ledger.Summary(ctx, id)
	if err != nil {
		return nil, err
	}
	v := &pageView{App: app, Stage: stageOf(*sum)}
	run, report, err := s.latest(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	if v.Review, err = s.review(ctx, id, run.Number, report); err != nil {
		return nil, err
	}
	if v.Corrections, err = s.correctionViews(ctx, id, report); err != nil {
		return nil, err
	}
	if v.Steps, err = s.steps(ctx, id, run, report); err != nil {
		return nil, err
	}
	if v.Notices, err = s.noticeLines(ctx, id); err != nil {
		return nil, err
	}
	for _, f := range app.Files {
		v.Supplement = append(v.Supplement, f.Name)
	}
	if v.Head, err = parts(report, "head"); err != nil {
		return nil, err
	}
	v.Rest, err = parts(report, "materials", "problems", "subsidy", "manual", "documents", "quiet", "foot")
	return v, err
}

// parts are pieces of the report as render makes them.
func parts(report *hequan.Report, names ...string) (template.HTML, error) {
	var out bytes.Buffer
	err := render.Parts(&out, report, names...)
	return template.HTML(out.String()), err // escaped by render's own templates
}
