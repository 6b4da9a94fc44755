package store

import (
	"context"
	"sync"
)

// news tells those who wait that something was written by this process.
type news struct {
	mu   sync.Mutex
	next chan struct{}
}

// Changed is closed at the next change that this process makes. Changes of
// other processes are seen by [Store.Pulse] alone.
func (s *Store) Changed() <-chan struct{} {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	if s.news.next == nil {
		s.news.next = make(chan struct{})
	}
	return s.news.next
}

func (s *Store) tell() {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	if s.news.next != nil {
		close(s.news.next)
		s.news.next = nil
	}
}

// Pulse is a text that is another one after anything that pages show was
// changed, by whatever process. It reads four indexes. It is a sum of times:
// the latest alone would hide what a machine writes whose clock is behind.
func (s *Store) Pulse(ctx context.Context) (string, error) {
	var pulse string
	err := s.db.NewRaw(`SELECT (SELECT CAST(count(*) AS TEXT) || ':' || coalesce(CAST(sum(updated_at) AS TEXT), '') FROM applications)
		|| '/' || (SELECT CAST(count(*) AS TEXT) || ':' || coalesce(CAST(sum(updated_at) AS TEXT), '') FROM files)
		|| '/' || (SELECT CAST(count(*) AS TEXT) || ':' || coalesce(CAST(sum(updated_at) AS TEXT), '') FROM uploads)
		|| '/' || (SELECT CAST(count(*) AS TEXT) || ':' || coalesce(CAST(sum(updated_at) AS TEXT), '') FROM trials)`).Scan(ctx, &pulse)
	return pulse, err
}
