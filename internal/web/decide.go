package web

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"hequan"
	"hequan/internal/people"
	"hequan/internal/store"
)

// apiDecide records decisions on findings of the latest report:
// {"decisions": [{"finding": KEY, "action": "confirm" | "dismiss" | "reopen" | "endorse", "reason": "…"}]}.
// The answer holds the pieces of the page that changed.
func (s *Server) apiDecide(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var in struct {
		Decisions []struct {
			Finding string       `json:"finding"`
			Action  store.Action `json:"action"`
			Reason  string       `json:"reason"`
		} `json:"decisions"`
	}
	who, run, report, ok := s.acting(w, r, &in)
	if !ok {
		return
	}
	known := map[string]hequan.Finding{}
	for _, f := range report.Findings {
		if f.Status == hequan.Fail || f.Status == hequan.Review {
			known[store.FindingKey(f)] = f
		}
	}
	rows := make([]store.Decision, 0, len(in.Decisions))
	for _, d := range in.Decisions {
		f, there := known[d.Finding]
		reason := strings.TrimSpace(d.Reason)
		switch {
		case !there:
			s.fail(w, r, http.StatusConflict, "这项问题已不在最新的报告中", "材料已重新核对，请刷新页面")
			return
		case actionWords[d.Action] == [2]string{} || len(reason) > 3000:
			s.fail(w, r, http.StatusBadRequest, "请求的内容不正确", "请刷新页面后重试")
			return
		case d.Action == store.Endorse && !person(r).May(people.Endorse):
			s.fail(w, r, http.StatusForbidden, "同意驳回须由复核人员办理", "请由复核角色的另一人确认")
			return
		case d.Action == store.Dismiss && reason == "":
			s.fail(w, r, http.StatusBadRequest, "驳回须写明理由", "请选择或填写理由")
			return
		}
		rows = append(rows, store.Decision{Finding: d.Finding, Action: d.Action, Reason: reason, Person: who, Account: person(r).account(), Run: run.Number, Message: f.Message})
	}
	if len(rows) == 0 {
		s.fail(w, r, http.StatusBadRequest, "没有选择任何问题", "请选择问题后再操作")
		return
	}
	switch err := s.Ledger.Decide(r.Context(), id, rows); {
	case errors.Is(err, store.ErrSamePerson):
		s.fail(w, r, http.StatusConflict, "同一人不能既驳回又同意", "请由复核角色的另一人确认")
		return
	case errors.Is(err, store.ErrNotDismissed):
		s.fail(w, r, http.StatusConflict, "这项问题没有待同意的驳回", "请刷新页面")
		return
	case err != nil:
		s.broken(w, r, err)
		return
	}
	s.answerPieces(w, r, id, run.Number, report, rows)
}

// answerPieces answers with the elements that the decisions changed.
func (s *Server) answerPieces(w http.ResponseWriter, r *http.Request, id string, run int, report *hequan.Report, rows []store.Decision) {
	v, err := s.review(r.Context(), id, run, report)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	changed := map[string]bool{}
	for _, d := range rows {
		changed[d.Finding] = true
	}
	var pieces []event
	add := func(id, name string, data any) {
		var out bytes.Buffer
		if err == nil {
			err = templates.ExecuteTemplate(&out, name, data)
			pieces = append(pieces, event{ID: id, HTML: out.String()})
		}
	}
	for _, item := range v.Items {
		if changed[item.Key] {
			add("d-"+item.Key, "decision", item)
			add("q-"+item.Key, "queued", item)
		}
	}
	add("tally", "tally", v)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, struct {
		Pieces []event `json:"pieces"`
	}{pieces})
}
