package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"
)

// Presence is a worker on this database.
type Presence struct {
	bun.BaseModel `bun:"table:workers"`

	ID      string `bun:"id,pk"` // host and process
	Version string `bun:"version"`
	Reader  string `bun:"reader"`  // version of its reader
	Readers int    `bun:"readers"` // files it reads at a time
	SeenAt  int64  `bun:"seen_at"`
}

// present is how long a worker counts that said nothing.
const present = 2 * time.Minute

// Present says that a worker is there, and forgets those that are long gone.
func (s *Store) Present(ctx context.Context, p Presence) error {
	p.SeenAt = now()
	if _, err := s.db.NewInsert().Model(&p).On("CONFLICT (id) DO UPDATE").
		Set("version = EXCLUDED.version, reader = EXCLUDED.reader, readers = EXCLUDED.readers, seen_at = EXCLUDED.seen_at").Exec(ctx); err != nil {
		return err
	}
	_, err := s.db.NewRaw(`DELETE FROM workers WHERE seen_at < ? OR seen_at > ?`, p.SeenAt-24*3600*1000, p.SeenAt+longestLease).Exec(ctx)
	return err
}

// Gone says that a worker has ended.
func (s *Store) Gone(ctx context.Context, id string) error {
	_, err := s.db.NewRaw(`DELETE FROM workers WHERE id = ?`, id).Exec(ctx)
	return err
}

// Workers lists who works on this database now.
func (s *Store) Workers(ctx context.Context) ([]Presence, error) {
	if err := s.readClock(ctx); err != nil {
		return nil, err
	}
	var list []Presence
	err := s.db.NewSelect().Model(&list).Where("seen_at > ?", now()-present.Milliseconds()).Order("id").Scan(ctx)
	return list, err
}

// Backlog is what waits.
type Backlog struct {
	Waiting map[Kind]int           // rows that are due, by kind
	Running map[Kind]int           // rows at hand
	Oldest  map[Kind]time.Duration // since the row of a kind that waits longest was made
	Dead    int                    // open dead letters
}

// Backlog counts what waits.
func (s *Store) Backlog(ctx context.Context) (*Backlog, error) {
	b := &Backlog{map[Kind]int{}, map[Kind]int{}, map[Kind]time.Duration{}, 0}
	for _, k := range kinds {
		var waiting, running int
		var oldest int64
		err := s.db.NewRaw(`SELECT count(CASE WHEN state = ? THEN 1 END), count(CASE WHEN state = ? THEN 1 END), coalesce(min(CASE WHEN state = ? THEN created_at END), 0)
			FROM ? WHERE state IN (?, ?)`, Queued, Running, Queued, k.table(), Queued, Running).Scan(ctx, &waiting, &running, &oldest)
		if err != nil {
			return nil, err
		}
		b.Waiting[k], b.Running[k] = waiting, running
		if oldest > 0 {
			b.Oldest[k] = time.Duration(max(0, now()-oldest)) * time.Millisecond
		}
	}
	return b, s.db.NewRaw(`SELECT count(*) FROM dead_letters WHERE resolved_at = 0`).Scan(ctx, &b.Dead)
}

// UploadOf returns the id of the upload that a row belongs to: the one id that
// all the log's lines of it share. "" when it cannot be had.
func (s *Store) UploadOf(ctx context.Context, k Kind, id string) string {
	query := map[Kind]string{
		KindRange:       `SELECT upload_id FROM applications WHERE id = (SELECT application_id FROM ranges WHERE id = ?)`,
		KindFile:        `SELECT upload_id FROM applications WHERE id = (SELECT application_id FROM files WHERE id = ?)`,
		KindWebhook:     `SELECT upload_id FROM applications WHERE id = (SELECT application_id FROM webhooks WHERE id = ?)`,
		KindApplication: `SELECT upload_id FROM applications WHERE id = ?`, KindTrial: `SELECT upload_id FROM trials WHERE id = ?`,
	}[k]
	if query == "" { // an upload and its window have the same id
		return id
	}
	var upload string
	if err := s.db.NewRaw(query, id).Scan(ctx, &upload); err != nil {
		return ""
	}
	return upload
}

// watcher tells of statements.
type watcher struct{ told func(failed bool) }

// BeforeQuery implements bun.QueryHook.
func (watcher) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery implements bun.QueryHook.
func (w watcher) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	w.told(e.Err != nil && !errors.Is(e.Err, sql.ErrNoRows) && !errors.Is(e.Err, context.Canceled))
}

// Watch has every statement told, and whether it failed.
func (s *Store) Watch(told func(failed bool)) { s.db = s.db.WithQueryHook(watcher{told}) }
