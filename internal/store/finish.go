package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"
)

// Progress records how many pages of a file are read.
func (s *Store) Progress(ctx context.Context, id string, attempt int64, done, total int) error {
	defer s.tell()
	return held(affected(s.db.NewRaw(`UPDATE files SET pages_done = ?, pages_total = ?, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
		done, total, now(), id, Running, attempt).Exec(ctx)))
}

// FileResult is what reading a file came to.
type FileResult struct {
	Reading  string   // sha256 of the blob of the reading
	Pictures []string // sha256 of the blob of each page's picture, "" where there is none
	Problem  string   // code; empty when the file could be read
	Reader   string   // version of the reader, so that equal files need not be read again; "" when the result may not be used for them
}

// ReadBefore returns what reading another file of the same content by the same
// version of the reader came to, on whatever machine.
func (s *Store) ReadBefore(ctx context.Context, sha256, reader string) (r FileResult, known bool, err error) {
	f := new(File)
	err = one(s.db.NewSelect().Model(f).Where("sha256 = ?", sha256).Where("reader = ?", reader).Where("reader <> ''").
		Where("state = ?", Done).OrderExpr("created_at, id").Limit(1).Scan(ctx))
	if errors.Is(err, ErrNotFound) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	r = FileResult{Reading: f.Reading, Problem: f.Problem, Reader: f.Reader}
	return r, true, json.Unmarshal([]byte(f.Pictures), &r.Pictures)
}

// FinishFile records the result of the attempt and, with the last file, queues
// its application: in one transaction.
func (s *Store) FinishFile(ctx context.Context, id string, attempt int64, r FileResult) (due []Task, err error) {
	pictures, err := json.Marshal(r.Pictures)
	if err != nil {
		return nil, err
	}
	pages := len(r.Pictures)
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := held(affected(tx.NewRaw(`UPDATE files SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, reading = ?, pictures = ?, pages_done = ?, pages_total = ?, problem = ?, reader = ?, updated_at = ?
			WHERE id = ? AND state = ? AND attempt = ?`, Done, r.Reading, string(pictures), pages, pages, r.Problem, r.Reader, now(), id, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		// What ranges came to is part of the file now.
		if _, err := tx.NewRaw(`DELETE FROM ranges WHERE file_id = ?`, id).Exec(ctx); err != nil {
			return err
		}
		return advance(ctx, tx, id)
	})
	if err != nil {
		return nil, err
	}
	return s.ApplicationDue(ctx, id)
}

// ApplicationDue returns the application of a file when it is queued for its check.
func (s *Store) ApplicationDue(ctx context.Context, fileID string) ([]Task, error) {
	var due []Task
	err := s.db.NewRaw(`SELECT ? AS kind, id, attempt FROM applications WHERE state = ? AND id = (SELECT application_id FROM files WHERE id = ?)`,
		KindApplication, Queued, fileID).Scan(ctx, &due)
	return due, err
}

// FinishApplication records a run of the application: a new row, with the
// application's summary, and queues its window when it was the last of it: in
// one transaction.
func (s *Store) FinishApplication(ctx context.Context, id string, attempt int64, run Run) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		if err := holdWindow(ctx, tx, id); err != nil {
			return err
		}
		err := tx.NewRaw(`UPDATE applications SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, verdict = ?, run = run + 1, updated_at = ?
			WHERE id = ? AND state = ? AND attempt = ? RETURNING run`, Done, run.Verdict, t, id, Running, attempt).Scan(ctx, &run.Number)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrFenced
		}
		if err != nil {
			return err
		}
		run.ApplicationID, run.CreatedAt = id, t
		if _, err = tx.NewInsert().Model(&run).Exec(ctx); err != nil {
			return err
		}
		if err := digest(ctx, tx, &run); err != nil {
			return err
		}
		if err := touchWindow(ctx, tx, id); err != nil {
			return err
		}
		if err := s.announce(ctx, tx, &run); err != nil {
			return err
		}
		return record(ctx, tx, judgedAs(&run))
	})
}

// Retry queues dead work again and closes its dead letters. A file's
// application waits for it and is judged anew; an application that was cancelled
// is read on. ErrNotFound when nothing of that
// name is dead.
func (s *Store) Retry(ctx context.Context, k Kind, id string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		n, err := affected(tx.NewRaw(`UPDATE ? SET state = ?, tries = 0, error = '', owner = '', due_at = ?, lease_until = 0, updated_at = ? WHERE id = ? AND state = ?`,
			k.table(), Queued, t, t, id, Dead).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		if k == KindFile {
			if _, err := tx.NewRaw(`DELETE FROM ranges WHERE file_id = ?`, id).Exec(ctx); err != nil {
				return err
			}
			if _, err := tx.NewRaw(`UPDATE applications SET state = ?, attempt = attempt + 1, updated_at = ? WHERE id = (SELECT application_id FROM files WHERE id = ?)`,
				Waiting, t, id).Exec(ctx); err != nil {
				return err
			}
		}
		if k == KindApplication {
			if err := resume(ctx, tx, id); err != nil {
				return err
			}
		}
		if _, err = tx.NewRaw(`UPDATE dead_letters SET resolved_at = ? WHERE kind = ? AND subject_id = ? AND resolved_at = 0`, t, k, id).Exec(ctx); err != nil {
			return err
		}
		return record(ctx, tx, Event{Name: "retry", Subject: string(k) + " " + id})
	})
}

// Recheck queues a finished application for another run. ErrNotFound when it is not finished.
func (s *Store) Recheck(ctx context.Context, id string) error {
	defer s.tell()
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		n, err := affected(tx.NewRaw(`UPDATE applications SET state = ?, tries = 0, due_at = ?, updated_at = ? WHERE id = ? AND state = ?`,
			Queued, t, t, id, Done).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		return record(ctx, tx, Event{Name: "recheck", Application: id})
	})
}

// Time converts a stored time.
func Time(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
