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

// stillHere is how often a stream without news shows that it is alive.
const stillHere = 15 * time.Second

// events streams news as server-sent events: with ?application=ID of one
// application, with ?trial=ID of a trial, else of the list that the query
// chooses as the list's page does.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	key, look := "list?"+listKey(r.URL.Query()), s.listLooker(r.URL.Query())
	if id := r.URL.Query().Get("application"); id != "" {
		key = "application/" + id
		look = func(ctx context.Context) (map[string]event, []string, error) { return s.applicationNews(ctx, id) }
	}
	if id := r.URL.Query().Get("trial"); id != "" {
		key = "trial/" + id
		look = func(ctx context.Context) (map[string]event, []string, error) { return s.trialNews(ctx, id) }
	}
	if v := person(r); v.Limited() { // who sees less than others shares with nobody
		all := look
		key += "\n" + v.account()
		look = func(ctx context.Context) (map[string]event, []string, error) {
			return all(context.WithValue(ctx, visitorKey{}, v))
		}
	}
	t, leave := s.hub.join(key, look) //nolint:contextcheck // what several pages watch outlives each request
	defer leave()
	alive := time.NewTicker(stillHere)
	defer alive.Stop()
	sent, started := map[string]event{}, false
	for {
		now, next := t.look()
		switch {
		case now.err != nil && !started:
			s.broken(w, r, now.err) // the browser does not ask again after that
			return
		case now.err != nil:
			s.Log.Warn("no news for a page", "error", now.err)
		case now.events != nil:
			if !started {
				w.Header().Set("Content-Type", "text/event-stream")
				w.Header().Set("Cache-Control", "no-store")
				w.Header().Set("X-Accel-Buffering", "no")
				started = true
			}
			if !s.tell(w, sent, now) {
				return
			}
			sent = now.events
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.Ended.Done():
			if !started { // any other answer, and the browser would not come again when the server is back
				w.Header().Set("Content-Type", "text/event-stream")
			}
			return
		case <-next:
		case <-alive.C:
			if started {
				if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil {
					return
				}
			}
		}
	}
}

// tell sends what differs; false when nobody listens any more.
func (s *Server) tell(w http.ResponseWriter, sent map[string]event, now snapshot) bool {
	if err := send(w, sent, now.events, now.order); err != nil {
		return false
	}
	return http.NewResponseController(w).Flush() == nil
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
