package web

import (
	"net/http"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/correct"
	"hequan/internal/render"
	"hequan/internal/store"
)

// apiCorrect puts a value in place of what was read at a piece of evidence of
// the latest report: {"finding": KEY, "place": N, "value": "…", "reason": "…"}.
// The application is judged again at once from what was read.
func (s *Server) apiCorrect(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var in struct {
		Finding string `json:"finding"`
		Place   int    `json:"place"`
		Value   string `json:"value"`
		Reason  string `json:"reason"`
	}
	who, run, report, ok := s.acting(w, r, &in)
	if !ok {
		return
	}
	at, ok := placeOf(report, in.Finding, in.Place)
	if !ok {
		s.fail(w, r, http.StatusConflict, "这一处已不在最新的报告中", "材料已重新核对，请刷新页面")
		return
	}
	value, err := correct.Normal(at.Document.Kind, at.Field, in.Value)
	switch {
	case err != nil:
		s.fail(w, r, http.StatusBadRequest, render.FieldWord(at.Field)+"没有保存："+err.Error(), "请改正后重试")
		return
	case value == at.Value && at.By == "":
		// A person bears out what was read: that is worth keeping, too.
	case value == at.Value:
		s.fail(w, r, http.StatusBadRequest, "与现有的值相同", "请填写正确的值，或撤销原更正")
		return
	}
	before := at.Value
	if at.By != "" {
		before = at.Read
	}
	s.correct(w, r, store.Correction{ApplicationID: id, SHA256: at.Document.SHA256, Page: at.Document.Pages[0], Field: at.Field, Nth: at.Nth,
		Before: before, Value: value, Reason: strings.TrimSpace(in.Reason), Person: who, Run: run.Number})
}

// correct records a correction and wakes the worker.
func (s *Server) correct(w http.ResponseWriter, r *http.Request, c store.Correction) {
	due, err := s.Ledger.Correct(r.Context(), c)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, t := range due {
		s.Wake(r.Context(), t)
	}
	s.writeJSON(w, http.StatusAccepted, struct {
		Value string `json:"value"`
	}{c.Value})
}

// placeOf finds the place of a piece of evidence by its finding.
func placeOf(report *hequan.Report, finding string, index int) (correct.Place, bool) {
	for _, f := range report.Findings {
		if store.FindingKey(f) == finding && index >= 0 && index < len(f.Evidence) {
			return correct.Find(report.Documents, f.Evidence[index])
		}
	}
	return correct.Place{}, false
}

// apiWithdraw gives the reading back in place of a correction.
func (s *Server) apiWithdraw(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	who, ok := s.named(w, r)
	if !ok {
		return
	}
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		s.nothing(w, r)
		return
	}
	rows, err := s.Ledger.Corrections(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	app, err := s.Ledger.Application(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, c := range store.Standing(rows) {
		if c.Number == number {
			c.Withdrawn, c.Person, c.Reason, c.Run = true, who, "", app.Run
			s.correct(w, r, c)
			return
		}
	}
	s.fail(w, r, http.StatusConflict, "该更正已不再生效", "请刷新页面")
}
