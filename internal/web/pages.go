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
	Head        template.HTML
	Materials   template.HTML
	Rest        template.HTML
	Timeline    template.HTML // "" when no date is known
	Flow        template.HTML // "" when no sum is known
	Manual      []manualView
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
	if v.Materials, err = parts(report, "materials", "problems", "subsidy"); err != nil {
		return nil, err
	}
	if v.Rest, err = parts(report, "documents", "quiet", "foot"); err != nil {
		return nil, err
	}
	if v.Manual, err = s.manual(ctx, id, report); err != nil {
		return nil, err
	}
	return v, s.charts(v, id, report)
}

// charts draws dates and money; a date leads to its page.
func (s *Server) charts(v *pageView, id string, report *hequan.Report) error {
	var dates, money bytes.Buffer
	at := func(d *hequan.Document, page int) string {
		return viewAddress(id, d.SHA256, max(page, d.Pages[0]), hequan.Box{})
	}
	if err := render.WriteTimeline(&dates, report, s.Spans, at); err != nil {
		return err
	}
	err := render.WriteFlow(&money, report)
	v.Timeline, v.Flow = template.HTML(dates.String()), template.HTML(money.String()) // escaped by render's own templates
	return err
}

// parts are pieces of the report as render makes them.
func parts(report *hequan.Report, names ...string) (template.HTML, error) {
	var out bytes.Buffer
	err := render.Parts(&out, report, names...)
	return template.HTML(out.String()), err // escaped by render's own templates
}
