package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// event is one piece of a page that changed. The browser replaces the element
// of that id, or puts it first into the list.
type event struct {
	ID   string `json:"id"`
	HTML string `json:"html"`           // empty: remove the element
	Done bool   `json:"done,omitempty"` // the page as a whole is out of date
}

// events streams news as server-sent events: of the list, or with
// ?application=ID of one application, with ?trial=ID of a trial.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	look := s.listNews
	if id := r.URL.Query().Get("application"); id != "" {
		look = func(ctx context.Context) (map[string]event, []string, error) { return s.applicationNews(ctx, id) }
	}
	if id := r.URL.Query().Get("trial"); id != "" {
		look = func(ctx context.Context) (map[string]event, []string, error) { return s.trialNews(ctx, id) }
	}
	sent := map[string]event{}
	ticker := time.NewTicker(s.Poll)
	defer ticker.Stop()
	for beat := 0; ; beat++ {
		now, order, err := look(r.Context())
		if err != nil {
			if beat == 0 {
				s.broken(w, r, err)
			} else if r.Context().Err() == nil {
				s.Log.Warn("no news for a page", "error", err)
			}
			return // the browser asks again by itself, unless it was told of an error
		}
		if beat == 0 {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("X-Accel-Buffering", "no")
		}
		if err := send(w, sent, now, order); err != nil {
			return
		}
		sent = now
		if beat%40 == 0 {
			if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil {
				return
			}
		}
		if err := out.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.Ended.Done():
			return
		case <-ticker.C:
		}
	}
}

// send writes what differs between two looks, in order.
func send(w http.ResponseWriter, before, now map[string]event, order []string) error {
	write := func(e event) error {
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "data: %s\n\n", data)
		return err
	}
	for id := range before {
		if _, still := now[id]; !still {
			if err := write(event{ID: id}); err != nil {
				return err
			}
		}
	}
	for _, id := range order {
		if before[id] != now[id] {
			if err := write(now[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

// listNews is the rows of the list, the oldest first: new ones are put on top.
func (s *Server) listNews(ctx context.Context) (map[string]event, []string, error) {
	now := map[string]event{}
	var order []string
	apps, err := s.applications(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	for i := len(apps) - 1; i >= 0; i-- {
		order = append(order, "a-"+apps[i].ID)
		if now["a-"+apps[i].ID], err = piece("a-"+apps[i].ID, "row", apps[i]); err != nil {
			return nil, nil, err
		}
	}
	ups, err := s.Ledger.OpenUploads(ctx, listLimit)
	if err != nil {
		return nil, nil, err
	}
	for i := len(ups) - 1; i >= 0; i-- {
		order = append(order, "u-"+ups[i].ID)
		if now["u-"+ups[i].ID], err = piece("u-"+ups[i].ID, "upload", newUploadView(&ups[i])); err != nil {
			return nil, nil, err
		}
	}
	return now, order, nil
}

// applicationNews is the progress of one application; a new run makes the page out of date.
func (s *Server) applicationNews(ctx context.Context, id string) (map[string]event, []string, error) {
	app, err := s.application(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	e, err := piece("progress", "progress", app)
	run := event{ID: fmt.Sprintf("run-%d", app.Run), Done: !app.Busy}
	return map[string]event{"progress": e, run.ID: run}, []string{"progress", run.ID}, err
}

func piece(id, name string, data any) (event, error) {
	var out bytes.Buffer
	err := templates.ExecuteTemplate(&out, name, data)
	return event{ID: id, HTML: out.String()}, err
}
