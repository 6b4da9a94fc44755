package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"hequan/internal/store"
)

// listLimit is how many applications a list shows.
const listLimit = 1000

// apiList answers with applications: with the latest thousand, or with what the
// query of the list's page chooses, limit and offset of it.
func (s *Server) apiList(w http.ResponseWriter, r *http.Request) {
	in := r.URL.Query()
	if in.Get("person") == "me" {
		in.Set("person", ownWork(person(r)))
	}
	q := listQuery(in, "")
	q.Limit, q.Offset = min(number(r, "limit", listLimit), listLimit), number(r, "offset", 0)
	p, err := s.Ledger.Search(r.Context(), q)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	rows := applicationViews(p.Rows)
	if err := s.foresee(r.Context(), pointers(rows)); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, struct {
		Applications []applicationView `json:"applications"`
		Total        int               `json:"total"`
	}{rows, p.Total})
}

// number is a number of the query that is not negative, else a default.
func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}

func pointers(rows []applicationView) []*applicationView {
	out := make([]*applicationView, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}

func applicationViews(rows []store.Summary) []applicationView {
	apps := make([]applicationView, len(rows))
	for i := range rows {
		apps[i] = newApplicationView(rows[i])
	}
	return apps
}

func (s *Server) applications(ctx context.Context, upload string) ([]applicationView, error) {
	list, err := s.Ledger.List(ctx, upload, listLimit)
	return applicationViews(list), err
}

func (s *Server) apiApplication(w http.ResponseWriter, r *http.Request) {
	v, err := s.application(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, v)
}

// application is one application with its files.
func (s *Server) application(ctx context.Context, id string) (applicationView, error) {
	files, err := s.Ledger.Files(ctx, id)
	if err != nil {
		return applicationView{}, err
	}
	sum, err := s.Ledger.Summary(ctx, id)
	if err != nil {
		return applicationView{}, err
	}
	views := make([]fileView, len(files))
	for i, f := range files {
		views[i] = newFileView(f)
	}
	v := newApplicationView(*sum)
	v.Files = views
	if err := s.foresee(ctx, []*applicationView{&v}); err != nil {
		return applicationView{}, err
	}
	open, err := s.Ledger.OpenUploads(ctx, listLimit)
	if err != nil {
		return applicationView{}, err
	}
	for i := range open {
		if open[i].RoundOf == id {
			v.Incoming = append(v.Incoming, newUploadView(&open[i]))
		}
	}
	return v, nil
}

func (s *Server) apiUpload(w http.ResponseWriter, r *http.Request) {
	up, err := s.Ledger.Upload(r.Context(), r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	v := newUploadView(up)
	if v.Applications, err = s.applications(r.Context(), up.ID); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, v)
}

func (s *Server) apiRecheck(w http.ResponseWriter, r *http.Request) {
	if err := s.recheck(r, r.PathValue("id")); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusAccepted, struct{}{})
}

// deadView is a dead letter as clients see it.
type deadView struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"` // of the upload, file or application
	Reason  string `json:"reason"`
	Tries   int    `json:"tries"`
	Created string `json:"created"`
}

func (s *Server) apiDead(w http.ResponseWriter, r *http.Request) {
	letters, err := s.Ledger.DeadLetters(r.Context(), listLimit)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	views := make([]deadView, len(letters))
	for i, l := range letters {
		views[i] = deadView{string(l.Kind), l.SubjectID, l.Reason, l.Tries, store.Time(l.CreatedAt).Format(time.RFC3339)}
	}
	s.writeJSON(w, http.StatusOK, struct {
		Dead []deadView `json:"dead"`
	}{views})
}

func (s *Server) apiRetry(w http.ResponseWriter, r *http.Request) {
	k, id := store.Kind(r.PathValue("kind")), r.PathValue("id")
	if k != store.KindUpload && k != store.KindFile && k != store.KindApplication && k != store.KindWindow && k != store.KindTrial && k != store.KindWebhook {
		s.nothing(w, r)
		return
	}
	if err := s.Ledger.Retry(r.Context(), k, id); err != nil {
		s.broken(w, r, err)
		return
	}
	if err := s.wakeRetried(r.Context(), store.Task{Kind: k, ID: id, Attempt: -1}); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusAccepted, struct{}{})
}

// wakeRetried queues what was retried: of an application that was cancelled that
// is its files.
func (s *Server) wakeRetried(ctx context.Context, t store.Task) error {
	s.Wake(ctx, t)
	if t.Kind != store.KindApplication {
		return nil
	}
	files, err := s.Ledger.Files(ctx, t.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.State == store.Queued {
			s.Wake(ctx, store.Task{Kind: store.KindFile, ID: f.ID, Attempt: f.Attempt})
		}
	}
	return nil
}

// apiCancel ends the reading of an application.
func (s *Server) apiCancel(w http.ResponseWriter, r *http.Request) {
	if err := s.cancel(r, r.PathValue("id")); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusAccepted, struct{}{})
}

func (s *Server) cancel(r *http.Request, id string) error {
	return s.Ledger.Cancel(r.Context(), id, person(r).Name)
}

// health says whether database and queue answer.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	status, state := http.StatusOK, map[string]string{"database": "ok", "queue": "ok"}
	for name, err := range map[string]error{"database": s.Ledger.Ping(ctx), "queue": s.Queue.Ping(ctx)} {
		if err != nil {
			status, state[name] = http.StatusServiceUnavailable, "unreachable"
			s.Log.Warn("health", "part", name, "error", err)
		}
	}
	s.writeJSON(w, status, state)
}
