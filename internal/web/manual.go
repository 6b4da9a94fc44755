package web

import (
	"context"
	"net/http"
	"strings"

	"hequan"
	"hequan/internal/store"
)

// manualView is a thing that no paper tells, with whether somebody looked it up.
type manualView struct {
	hequan.Manual
	App, Key           string
	Ticked             bool
	Note, Person, Time string
}

// manual is the list of what is to be looked up by hand, with its ticks.
func (s *Server) manual(ctx context.Context, id string, report *hequan.Report) ([]manualView, error) {
	rows, err := s.Ledger.HandChecks(ctx, id)
	if err != nil {
		return nil, err
	}
	last := map[string]store.HandCheck{}
	for _, c := range rows {
		last[c.Item] = c
	}
	var out []manualView
	for _, m := range report.Manual {
		v := manualView{Manual: m, App: id, Key: store.ManualKey(m)}
		if c, ok := last[v.Key]; ok {
			v.Ticked, v.Note, v.Person, v.Time = c.Ticked, c.Note, c.Person, deskTime(c.CreatedAt)
		}
		out = append(out, v)
	}
	return out, nil
}

// apiTick records that somebody looked something up by hand, or has not after
// all: {"item": KEY, "ticked": true, "note": "…"}. The answer holds its line.
func (s *Server) apiTick(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var in struct {
		Item   string `json:"item"`
		Ticked bool   `json:"ticked"`
		Note   string `json:"note"`
	}
	who, _, report, ok := s.acting(w, r, &in)
	if !ok {
		return
	}
	in.Note = strings.TrimSpace(in.Note)
	known := false
	for _, m := range report.Manual {
		known = known || store.ManualKey(m) == in.Item
	}
	switch {
	case !known:
		s.fail(w, r, http.StatusConflict, "这一项已不在最新的报告中", "材料已重新核对，请刷新页面")
		return
	case len(in.Note) > 3000:
		s.fail(w, r, http.StatusBadRequest, "备注过长", "请缩短后重试")
		return
	}
	if err := s.Ledger.Tick(r.Context(), store.HandCheck{ApplicationID: id, Item: in.Item, Ticked: in.Ticked, Note: in.Note, Person: who}); err != nil {
		s.broken(w, r, err)
		return
	}
	list, err := s.manual(r.Context(), id, report)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	var pieces []event
	for _, m := range list {
		if m.Key == in.Item && err == nil {
			var e event
			e, err = piece("m-"+m.Key, "manualline", m)
			pieces = append(pieces, e)
		}
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, struct {
		Pieces []event `json:"pieces"`
	}{pieces})
}
