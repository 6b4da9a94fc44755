package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/uptrace/bun"
)

// Range is a part of a file of many pages.
type Range struct {
	bun.BaseModel `bun:"table:ranges"`

	ID            string `bun:"id,pk"`
	FileID        string `bun:"file_id"`
	ApplicationID string `bun:"application_id"`
	First         int    `bun:"first"` // page, from 0
	Pages         int    `bun:"pages"`
	Reading       string `bun:"reading"`  // sha256 of the blob that holds its pages
	Pictures      string `bun:"pictures"` // JSON: sha256 of the blob of each page's picture
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// FanOut has the attempt's file read in ranges: it waits until they are read,
// and is due again then.
func (s *Store) FanOut(ctx context.Context, file *File, attempt int64, pages, portion int) (due []Task, err error) {
	t := now()
	_, lane, isBatch := strings.Cut(file.ID, "-")
	if isBatch {
		lane = "-" + lane
	}
	var rows []Range
	for first := 0; first < pages; first += portion {
		r := Range{ID: newID() + lane, FileID: file.ID, ApplicationID: file.ApplicationID, First: first, Pages: min(portion, pages-first), Pictures: "[]",
			Job: Job{State: Queued, DueAt: t}, CreatedAt: file.CreatedAt, UpdatedAt: t}
		rows, due = append(rows, r), append(due, Task{KindRange, r.ID, 0})
	}
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := held(affected(tx.NewRaw(`UPDATE files SET state = ?, tries = 0, owner = '', lease_until = 0, pages_done = 0, pages_total = ?, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
			Waiting, pages, t, file.ID, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw(`DELETE FROM ranges WHERE file_id = ?`, file.ID).Exec(ctx); err != nil {
			return err
		}
		return insertAll(ctx, tx, rows)
	})
	return due, err
}

// Ranges returns the ranges of a file, in order; none where it is read as a whole.
func (s *Store) Ranges(ctx context.Context, file string) ([]Range, error) {
	var list []Range
	err := s.db.NewSelect().Model(&list).Where("file_id = ?", file).Order("first").Scan(ctx)
	return list, err
}

// Range returns a range; ErrNotFound when there is none.
func (s *Store) Range(ctx context.Context, id string) (*Range, error) {
	r := new(Range)
	return r, one(s.db.NewSelect().Model(r).Where("id = ?", id).Scan(ctx))
}

// FinishRange records the pages of the attempt and, with the last range, has
// its file joined: in one transaction.
func (s *Store) FinishRange(ctx context.Context, id string, attempt int64, result FileResult) (due []Task, err error) {
	pictures, err := json.Marshal(result.Pictures)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := held(affected(tx.NewRaw(`UPDATE ranges SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, reading = ?, pictures = ?, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
			Done, result.Reading, string(pictures), now(), id, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		return join(ctx, tx, id)
	})
	if err != nil {
		return nil, err
	}
	return s.FileOfRangeDue(ctx, id)
}

// PictureNames are the blobs of the pictures of a range's pages.
func (r *Range) PictureNames() ([]string, error) { return sumsOf(r.Pictures) }

// FileOfRangeDue returns the file of a range when it is queued to be joined.
func (s *Store) FileOfRangeDue(ctx context.Context, id string) ([]Task, error) {
	var due []Task
	err := s.db.NewRaw(`SELECT ? AS kind, id, attempt FROM files WHERE state = ? AND id = (SELECT file_id FROM ranges WHERE id = ?)`, KindFile, Queued, id).Scan(ctx, &due)
	return due, err
}

// join queues the file of a range once none of its ranges is left to read.
// Touching the file's row first makes concurrent calls wait for each other.
func join(ctx context.Context, tx bun.Tx, id string) error {
	t := now()
	var file string
	err := tx.NewRaw(`UPDATE files SET updated_at = ? WHERE id = (SELECT file_id FROM ranges WHERE id = ?) RETURNING id`, t, id).Scan(ctx, &file)
	if err != nil {
		return err
	}
	if _, err := tx.NewRaw(`UPDATE files SET pages_done = (SELECT sum(pages) FROM ranges WHERE file_id = ? AND state IN (?, ?)) WHERE id = ?`, file, Done, Dead, file).Exec(ctx); err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE files SET state = ?, due_at = ?, tries = 0 WHERE id = ? AND state = ?
		AND NOT EXISTS (SELECT 1 FROM ranges WHERE file_id = files.id AND state NOT IN (?, ?))`, Queued, t, file, Waiting, Done, Dead).Exec(ctx)
	return err
}
