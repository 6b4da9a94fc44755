package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"hequan"
	"hequan/internal/notice"
	"hequan/internal/store"
)

// noticeLine is one notice of an application in a list.
type noticeLine struct {
	Number       int
	Issued       bool
	Person, Time string
	Items        int
}

func (s *Server) noticeLines(ctx context.Context, id string) ([]noticeLine, error) {
	rows, err := s.Ledger.Notices(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]noticeLine, 0, len(rows))
	for _, n := range rows {
		var body notice.Notice
		if err := json.Unmarshal([]byte(n.Body), &body); err != nil {
			return nil, fmt.Errorf("notice %d: %w", n.Number, err)
		}
		line := noticeLine{Number: n.Number, Issued: n.IssuedAt > 0, Person: n.Person, Time: deskTime(n.CreatedAt)}
		for _, item := range body.Items {
			if item.Include {
				line.Items++
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// noticeView is the page on which staff change the letter before it is issued.
type noticeView struct {
	Person visitor
	App    applicationView
	Open   int // findings that nobody has decided yet
	Notice notice.Notice
	Kept   bool // the draft was changed by hand before
	Issued []noticeLine
}

func (s *Server) noticePage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	v := noticeView{Person: person(r)}
	var err error
	if v.App, err = s.application(r.Context(), id); err != nil {
		s.broken(w, r, err)
		return
	}
	sum, err := s.Ledger.Summary(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v.Open = sum.Open
	if v.Notice, v.Kept, err = s.draft(r.Context(), id, r.URL.Query().Has("anew")); err != nil {
		s.broken(w, r, err)
		return
	}
	lines, err := s.noticeLines(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	for _, l := range lines {
		if l.Issued {
			v.Issued = append(v.Issued, l)
		}
	}
	s.show(w, "notice.html", v)
}

// draft is the draft that is kept, brought up to the latest run; a new one
// where there is none or one is wanted.
func (s *Server) draft(ctx context.Context, id string, anew bool) (n notice.Notice, kept bool, err error) {
	run, report, err := s.latest(ctx, id)
	if err != nil {
		return n, false, err
	}
	rows, err := s.Ledger.Notices(ctx, id)
	if err != nil {
		return n, false, err
	}
	issued := 0
	var old *notice.Notice
	for _, row := range rows {
		switch {
		case row.IssuedAt > 0:
			issued++
		case anew:
		case row.Run == run.Number:
			return n, true, json.Unmarshal([]byte(row.Body), &n)
		default:
			old = new(notice.Notice)
			if err := json.Unmarshal([]byte(row.Body), old); err != nil {
				return n, false, err
			}
		}
	}
	decisions, err := s.Ledger.Decisions(ctx, id)
	if err != nil {
		return n, false, err
	}
	last := map[string]store.Decision{}
	for _, d := range decisions {
		last[d.Finding] = d
	}
	standing := func(f hequan.Finding) notice.Standing {
		d := last[store.FindingKey(f)]
		switch {
		case d.Action == store.Confirm:
			return notice.Confirmed
		case d.Action == store.Endorse, d.Action == store.Dismiss && !d.Pending(f.Status):
			return notice.Dismissed
		}
		return notice.Undecided
	}
	head := notice.Head{Policy: s.Title, Number: fmt.Sprintf("编号：%s-补正-%d", report.Application.ID, issued+1), Date: time.Now().In(beijing).Format("2006年1月2日")}
	n = notice.Draft(report, standing, store.FindingKey, head)
	if old != nil {
		return notice.Renew(*old, n), true, nil
	}
	return n, false, nil
}

// apiNotice keeps the draft, or issues it: {"notice": {…}, "issue": true}.
func (s *Server) apiNotice(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var in struct {
		Notice notice.Notice `json:"notice"`
		Issue  bool          `json:"issue"`
	}
	who, run, report, ok := s.acting(w, r, &in)
	if !ok {
		return
	}
	included := 0
	for i := range in.Notice.Items {
		item := &in.Notice.Items[i]
		if item.Include {
			included++
		}
		wanted := item.Picture
		item.SHA256, item.Page, item.Box, item.Picture = "", 0, hequan.Box{}, false // passages are taken from the report, not from the request
		for _, f := range report.Findings {
			if item.Key != "" && store.FindingKey(f) == item.Key {
				notice.Show(item, report, f)
				item.Picture = item.Picture && wanted
			}
		}
	}
	if in.Issue && included == 0 {
		s.fail(w, r, http.StatusBadRequest, "告知书没有任何补正事项", "请至少勾选一项再签发")
		return
	}
	body, err := json.Marshal(in.Notice)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	number, err := s.Ledger.KeepNotice(r.Context(), store.Notice{ApplicationID: id, Body: string(body), Run: run.Number, Person: who}, in.Issue)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, struct {
		Number int  `json:"number"`
		Issued bool `json:"issued"`
	}{number, in.Issue})
}

// noticeDocx gives a notice as a Word document: ?number=N.
func (s *Server) noticeDocx(w http.ResponseWriter, r *http.Request) {
	n, name, ok := s.kept(w, r)
	if !ok {
		return
	}
	var out bytes.Buffer
	if err := notice.Docx(&out, n, pictures{r.Context(), s, r.PathValue("id")}.passage); err != nil {
		s.broken(w, r, err)
		return
	}
	s.attach(w, name+".docx", "notice.docx")
	s.write(w, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "no-store", out.Bytes())
}

// kept finds the notice that a request names, and what its file is called; a
// refusal is answered and false returned.
func (s *Server) kept(w http.ResponseWriter, r *http.Request) (n notice.Notice, name string, ok bool) {
	rows, err := s.Ledger.Notices(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return n, "", false
	}
	for _, row := range rows {
		if fmt.Sprint(row.Number) != r.URL.Query().Get("number") {
			continue
		}
		app, err := s.Ledger.Application(r.Context(), row.ApplicationID)
		if err == nil {
			err = json.Unmarshal([]byte(row.Body), &n)
		}
		if err != nil {
			s.broken(w, r, err)
			return n, "", false
		}
		name = app.Name + "-补正告知书"
		if row.IssuedAt == 0 {
			name += "（草稿）"
		}
		return n, name, true
	}
	s.nothing(w, r)
	return n, "", false
}

// attach has the browser keep the answer as a file.
func (s *Server) attach(w http.ResponseWriter, name, plain string) {
	w.Header().Set("Content-Disposition", "attachment; filename="+plain+"; filename*=UTF-8''"+url.PathEscape(name))
}
