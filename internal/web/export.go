package web

import (
	"bytes"
	"context"
	"net/http"

	"hequan"
	"hequan/internal/render"
	"hequan/internal/store"
)

// summaryXLSX gives what the query of the list chooses as a workbook: with no
// query the latest thousand, with ?id=…&id=… those alone.
func (s *Server) summaryXLSX(w http.ResponseWriter, r *http.Request) {
	in := r.URL.Query()
	upload := in.Get("upload")
	q := listQuery(in, person(r).Name)
	q.IDs, q.Offset, q.Limit = in["id"], 0, listLimit
	p, err := s.Ledger.Search(r.Context(), q)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	list := p.Rows
	name := "申报汇总"
	if upload != "" {
		up, err := s.Ledger.Upload(r.Context(), upload)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		name = up.Name + "-汇总"
	}
	s.workbook(w, r, list, name)
}

// applicationXLSX gives one application as a workbook.
func (s *Server) applicationXLSX(w http.ResponseWriter, r *http.Request) {
	sum, err := s.Ledger.Summary(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.workbook(w, r, []store.Summary{*sum}, sum.Name+"-问题与金额")
}

func (s *Server) workbook(w http.ResponseWriter, r *http.Request, list []store.Summary, name string) {
	var rows []render.BookRow
	for _, sum := range list {
		if sum.Run == 0 {
			continue // nothing is judged yet
		}
		row, err := s.bookRow(r.Context(), sum)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		rows = append(rows, row)
	}
	var out bytes.Buffer
	if err := render.Workbook(&out, rows); err != nil {
		s.broken(w, r, err)
		return
	}
	s.attach(w, name+".xlsx", "summary.xlsx")
	s.write(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "no-store", out.Bytes())
}

func (s *Server) bookRow(ctx context.Context, sum store.Summary) (render.BookRow, error) {
	_, report, err := s.latest(ctx, sum.ID)
	if err != nil {
		return render.BookRow{}, err
	}
	decisions, err := s.Ledger.Decisions(ctx, sum.ID)
	if err != nil {
		return render.BookRow{}, err
	}
	last := map[string]store.Decision{}
	for _, d := range decisions {
		last[d.Finding] = d
	}
	decided := func(f hequan.Finding) render.Decided {
		d, ok := last[store.FindingKey(f)]
		if !ok || d.Action == store.Reopen {
			return render.Decided{}
		}
		word := actionWords[d.Action][0]
		if d.Pending(f.Status) {
			word = pendingWord
		}
		return render.Decided{Word: word, Reason: d.Reason, Person: d.Person, Time: deskTime(d.CreatedAt), Confirmed: d.Action == store.Confirm}
	}
	return render.BookRow{Report: report, Stage: stageOf(sum).Word, Rounds: sum.Rounds, Decided: decided}, nil
}
