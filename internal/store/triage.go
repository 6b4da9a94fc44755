package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"
)

// Triage is something that a glance found on a page, before anything was read.
type Triage struct {
	Page int    `json:"page"` // 0: the whole file
	What string `json:"what"` // 无彩色内容, 分辨率只有 72 dpi …
}

// KeepTriage records what a glance at a file found. What is read or replaced
// meanwhile keeps it, too: it says the same.
func (s *Store) KeepTriage(ctx context.Context, file string, found []Triage) error {
	data, err := json.Marshal(found)
	if err != nil {
		return err
	}
	pages := map[int]bool{}
	for _, t := range found {
		pages[t.Page] = true
	}
	defer s.tell()
	_, err = s.quietly1(ctx, `UPDATE files SET triage = ?, rescan = ?, updated_at = ? WHERE id = ?`, string(data), len(pages), now(), file)
	return err
}

// Watched says whether a watched folder's entry of that version was taken in.
func (s *Store) Watched(ctx context.Context, path, version string) (bool, error) {
	var n int
	err := s.db.NewRaw(`SELECT count(*) FROM watched WHERE path = ? AND version = ?`, path, version).Scan(ctx, &n)
	return n > 0, err
}

// AcceptWatched records an upload of a watched folder's entry, once a version:
// nil when it was taken in before.
func (s *Store) AcceptWatched(ctx context.Context, path, version, name string, files []Incoming) (*Upload, error) {
	up := &Upload{Name: name, Replaces: "{}"}
	taken := false
	err := s.acceptWith(ctx, up, files, func(ctx context.Context, tx bun.Tx) (bool, error) {
		n, err := affected(tx.NewRaw(`INSERT INTO watched (path, version, upload_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (path, version) DO NOTHING`, path, version, up.ID, now()).Exec(ctx))
		taken = n > 0
		return taken, err
	})
	if err != nil || !taken {
		return nil, err
	}
	return up, nil
}
