package web

import (
	"context"
	"sync"
	"time"
)

// hub looks for news once for all pages that show the same. It asks the
// database whether anything changed at most once a Poll, and when nothing of
// this process did, five times less: that finds what other processes write.
type hub struct {
	server *Server

	mu     sync.Mutex
	topics map[string]*topic
	beat   chan struct{} // closed when something changed
	stop   context.CancelFunc
}

// looker gives the pieces of a page as they are now, and their order.
type looker func(context.Context) (map[string]event, []string, error)

// topic is what one or more pages show.
type topic struct {
	watchers int // under the hub's lock
	stop     context.CancelFunc

	mu   sync.Mutex
	seen snapshot
	next chan struct{} // closed when seen is out of date
}

type snapshot struct {
	events map[string]event
	order  []string
	err    error
}

// join has a topic looked at until the leave that is returned is called.
func (h *hub) join(key string, look looker) (t *topic, leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.topics == nil {
		h.topics = map[string]*topic{}
	}
	if len(h.topics) == 0 {
		var ctx context.Context
		ctx, h.stop = context.WithCancel(h.server.Ended)
		h.beat = make(chan struct{})
		go h.run(ctx)
	}
	t = h.topics[key]
	if t == nil {
		t = &topic{next: make(chan struct{})}
		var ctx context.Context
		ctx, t.stop = context.WithCancel(h.server.Ended)
		h.topics[key] = t
		go h.follow(ctx, t, look)
	}
	t.watchers++
	return t, func() { h.leave(key, t) }
}

func (h *hub) leave(key string, t *topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t.watchers--; t.watchers > 0 {
		return
	}
	t.stop()
	delete(h.topics, key)
	if len(h.topics) == 0 {
		h.stop()
	}
}

// run beats whenever the database changed.
func (h *hub) run(ctx context.Context) {
	s := h.server
	idle := time.NewTicker(5 * s.Poll)
	defer idle.Stop()
	last := ""
	for {
		changed := s.Ledger.Changed() // before looking: what comes after is told of
		pulse, err := s.Ledger.Pulse(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("no news from the database", "error", err)
		}
		if err == nil && pulse != last {
			last = pulse
			h.mu.Lock()
			if ctx.Err() == nil { // else another run beats
				close(h.beat)
				h.beat = make(chan struct{})
			}
			h.mu.Unlock()
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(s.Poll):
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-idle.C:
		}
	}
}

// follow looks anew with each beat.
func (h *hub) follow(ctx context.Context, t *topic, look looker) {
	for {
		h.mu.Lock()
		beat := h.beat
		h.mu.Unlock()
		var now snapshot
		now.events, now.order, now.err = look(ctx)
		if ctx.Err() != nil {
			return
		}
		t.set(now)
		select {
		case <-ctx.Done():
			return
		case <-beat:
		}
	}
}

func (t *topic) set(now snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen = now
	close(t.next)
	t.next = make(chan struct{})
}

// look returns what was seen last, and what is closed when there is more; the
// events are nil before the first look.
func (t *topic) look() (snapshot, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen, t.next
}
