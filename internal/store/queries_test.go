package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"
)

func init() { conformance["A list takes as few queries however long"] = testFewQueries }

// counter counts queries.
type counter struct{ n *atomic.Int64 }

func (c counter) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }
func (c counter) AfterQuery(context.Context, *bun.QueryEvent)                        { c.n.Add(1) }

func testFewQueries(t *testing.T, s *Store) {
	ctx := t.Context()
	var n atomic.Int64
	s.db.AddQueryHook(counter{&n})
	for round := range 2 {
		up, err := s.Accept(ctx, "w", []Incoming{{"w.zip", "aa", 1}})
		if err != nil {
			t.Fatal(err)
		}
		taken := make([]Taken, 3+57*round)
		for i := range taken {
			taken[i] = Taken{Application: Application{Name: fmt.Sprint(i), Form: "{}", Problems: "[]"}, Files: []Incoming{{"a.pdf", "aa", 1}, {"b.pdf", "bb", 1}}}
		}
		if _, err := s.FinishUpload(ctx, up.ID, claim(t, s, KindUpload, up.ID), taken); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			most int64
			ask  func() error
		}{
			"list": {3, func() error { _, err := s.Search(ctx, Query{Limit: 50}); return err }},
			"words": {3, func() error {
				_, err := s.Search(ctx, Query{Words: "1", Sort: "open", Down: true, Limit: 50})
				return err
			}},
			"uploads": {1, func() error { _, err := s.OpenUploads(ctx, 100); return err }},
			"intakes": {1, func() error { _, err := s.Intakes(ctx, 100); return err }},
			"outlook": {2, func() error { _, err := s.Outlook(ctx); return err }},
			"pulse":   {1, func() error { _, err := s.Pulse(ctx); return err }},
		} {
			n.Store(0)
			if err := c.ask(); err != nil {
				t.Fatal(err)
			}
			if got := n.Load(); got == 0 || got > c.most {
				t.Errorf("%s of %d applications: %d queries, at most %d", name, len(taken), got, c.most)
			}
		}
	}
}
