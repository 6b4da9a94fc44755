package web

import (
	"net/http"
	"time"

	"hequan/internal/store"
)

// trailView is everything that people did to an application, the oldest first.
type trailView struct {
	Decisions   []decidedView   `json:"decisions"`
	Corrections []correctedView `json:"corrections"`
	Notices     []issuedView    `json:"notices"`
	Rounds      []roundView     `json:"rounds"`
}

type decidedView struct {
	Finding string       `json:"finding"`
	Message string       `json:"message"` // what the finding said
	Action  store.Action `json:"action"`
	Reason  string       `json:"reason,omitempty"`
	Person  string       `json:"person"`
	Run     int          `json:"run"`
	At      string       `json:"at"` // RFC 3339, UTC
}

type correctedView struct {
	Number    int    `json:"number"`
	SHA256    string `json:"sha256"`
	Page      int    `json:"page"`
	Field     string `json:"field"`
	Nth       int    `json:"nth,omitempty"`
	Before    string `json:"before"`
	Value     string `json:"value"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Person    string `json:"person"`
	Run       int    `json:"run"`
	At        string `json:"at"`
}

type issuedView struct {
	Number int    `json:"number"`
	Issued bool   `json:"issued"`
	Run    int    `json:"run"`
	Person string `json:"person"`
	At     string `json:"at"`
}

type roundView struct {
	Number   int    `json:"number"`
	Run      int    `json:"run"` // before it
	Added    int    `json:"added"`
	Replaced int    `json:"replaced"`
	Person   string `json:"person"`
	At       string `json:"at"`
}

// apiTrail answers with what people did to an application.
func (s *Server) apiTrail(w http.ResponseWriter, r *http.Request) {
	ctx, id := r.Context(), r.PathValue("id")
	if _, err := s.Ledger.Application(ctx, id); err != nil {
		s.broken(w, r, err)
		return
	}
	at := func(ms int64) string { return store.Time(ms).Format(time.RFC3339) }
	v := trailView{[]decidedView{}, []correctedView{}, []issuedView{}, []roundView{}}
	decisions, err := s.Ledger.Decisions(ctx, id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, d := range decisions {
		v.Decisions = append(v.Decisions, decidedView{d.Finding, d.Message, d.Action, d.Reason, d.Person, d.Run, at(d.CreatedAt)})
	}
	corrections, err := s.Ledger.Corrections(ctx, id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, c := range corrections {
		v.Corrections = append(v.Corrections, correctedView{c.Number, c.SHA256, c.Page, c.Field, c.Nth, c.Before, c.Value, c.Withdrawn, c.Reason, c.Person, c.Run, at(c.CreatedAt)})
	}
	notices, err := s.Ledger.Notices(ctx, id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for i := len(notices) - 1; i >= 0; i-- {
		n := notices[i]
		v.Notices = append(v.Notices, issuedView{n.Number, n.IssuedAt > 0, n.Run, n.Person, at(n.CreatedAt)})
	}
	rounds, err := s.Ledger.Rounds(ctx, id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, round := range rounds {
		v.Rounds = append(v.Rounds, roundView{round.Number, round.Run, round.Added, round.Replaced, round.Person, at(round.CreatedAt)})
	}
	s.writeJSON(w, http.StatusOK, v)
}
