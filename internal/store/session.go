package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps sessions for scs (its CtxStore), in the database: they outlive
// a restart and hold in every process that serves.
type Sessions struct{ *Store }

// sessionGrain is by how much a session's end must move to be written again:
// looking at pages costs no writing.
const sessionGrain = time.Minute

// FindCtx returns the data of a session that has not ended.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data string
	err := s.db.NewRaw(`SELECT data FROM sessions WHERE token = ? AND expiry > ?`, token, now()).Scan(ctx, &data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return []byte(data), err == nil, err
}

// CommitCtx keeps a session; one whose end has hardly moved is left as it is.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	var old struct {
		Data   string `bun:"data"`
		Expiry int64  `bun:"expiry"`
	}
	err := s.db.NewRaw(`SELECT data, expiry FROM sessions WHERE token = ?`, token).Scan(ctx, &old)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	moved := expiry.UnixMilli() - old.Expiry
	if err == nil && old.Data == string(data) && moved >= 0 && moved < sessionGrain.Milliseconds() {
		return nil
	}
	_, err = s.quietly1(ctx, `INSERT INTO sessions (token, data, expiry) VALUES (?, ?, ?) ON CONFLICT (token) DO UPDATE SET data = EXCLUDED.data, expiry = EXCLUDED.expiry`,
		token, string(data), expiry.UnixMilli())
	return err
}

// DeleteCtx ends a session, and clears away those that have ended.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.quietly1(ctx, `DELETE FROM sessions WHERE token = ? OR expiry < ?`, token, now())
	return err
}

// Find is FindCtx without a context: scs's interface asks for it, as for the next two.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete ends a session.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
