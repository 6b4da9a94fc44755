package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"
)

// Task names a row that is due.
type Task struct {
	Kind    Kind
	ID      string
	Attempt int64 // as the row has it: the next claim is one higher
}

// Claim takes the row for lease: it must be queued, or running with a lease
// that has run out. ok is false when there is nothing to do: another worker
// holds it, it is done, or it is gone. A row that was claimed maxTries times
// without a result is buried instead (see [Store.Fail]); so work that kills
// its process ends, too.
func (s *Store) Claim(ctx context.Context, k Kind, id, owner string, lease time.Duration, maxTries int) (attempt int64, ok bool, err error) {
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		err := tx.NewRaw(`UPDATE ? SET state = ?, attempt = attempt + 1, tries = tries + 1, owner = ?, lease_until = ?, updated_at = ?
			WHERE id = ? AND tries < ? AND (state = ? OR (state = ? AND (lease_until < ? OR lease_until > ?))) RETURNING attempt`,
			k.table(), Running, owner, t+lease.Milliseconds(), t, id, maxTries, Queued, Running, t, t+longestLease).Scan(ctx, &attempt)
		if err == nil {
			ok = true
			return nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		n, err := affected(tx.NewRaw(`UPDATE ? SET state = ?, attempt = attempt + 1, updated_at = ?
			WHERE id = ? AND tries >= ? AND (state = ? OR (state = ? AND (lease_until < ? OR lease_until > ?)))`,
			k.table(), Dead, t, id, maxTries, Queued, Running, t, t+longestLease).Exec(ctx))
		if err != nil || n == 0 {
			return err
		}
		return bury(ctx, tx, k, id)
	})
	return attempt, ok, err
}

// Beat prolongs the lease; ErrFenced when the attempt no longer holds the row.
func (s *Store) Beat(ctx context.Context, k Kind, id string, attempt int64, lease time.Duration) error {
	return held(affected(s.db.NewRaw(`UPDATE ? SET lease_until = ? WHERE id = ? AND state = ? AND attempt = ?`,
		k.table(), now()+lease.Milliseconds(), id, Running, attempt).Exec(ctx)))
}

// Release gives the row back untried, as at shutdown.
func (s *Store) Release(ctx context.Context, k Kind, id string, attempt int64) error {
	return held(s.quietly1(ctx, `UPDATE ? SET state = ?, tries = tries - 1, owner = '', lease_until = 0, updated_at = ?
		WHERE id = ? AND state = ? AND attempt = ?`, k.table(), Queued, now(), id, Running, attempt))
}

// Postpone gives the row back untried, due again after a while: the machine was
// at fault, not the work.
func (s *Store) Postpone(ctx context.Context, k Kind, id string, attempt int64, reason string, delay time.Duration) error {
	t := now()
	return held(s.quietly1(ctx, `UPDATE ? SET state = ?, tries = tries - 1, error = ?, owner = '', lease_until = 0, due_at = ?, updated_at = ?
		WHERE id = ? AND state = ? AND attempt = ?`, k.table(), Queued, reason, t+delay.Milliseconds(), t, id, Running, attempt))
}

// Fail records that the attempt failed. The row is due again after backoff, or,
// after maxTries, dead: a dead letter is written, and the application of a dead
// file goes on without it. dead says which.
func (s *Store) Fail(ctx context.Context, k Kind, id string, attempt int64, reason string, maxTries int, backoff time.Duration) (dead bool, err error) {
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		var tries int
		err := tx.NewRaw(`UPDATE ? SET state = CASE WHEN tries >= ? THEN ? ELSE ? END, error = ?, owner = '', lease_until = 0, due_at = ?, updated_at = ?
			WHERE id = ? AND state = ? AND attempt = ? RETURNING tries`,
			k.table(), maxTries, Dead, Queued, reason, t+backoff.Milliseconds(), t, id, Running, attempt).Scan(ctx, &tries)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrFenced
		}
		if err != nil || tries < maxTries {
			return err
		}
		dead = true
		return bury(ctx, tx, k, id)
	})
	return dead, err
}

// bury writes the dead letter of a row that has just died, and lets the
// application of a file go on.
func bury(ctx context.Context, tx bun.Tx, k Kind, id string) error {
	t := now()
	_, err := tx.NewRaw(`INSERT INTO dead_letters (id, kind, subject_id, reason, tries, created_at, resolved_at)
		SELECT ?, ?, id, CASE WHEN error = '' THEN ? ELSE error END, tries, ?, 0 FROM ? WHERE id = ?`,
		newID(), k, "处理程序在处理中多次异常退出", t, k.table(), id).Exec(ctx)
	switch {
	case err != nil:
		return err
	case k == KindFile:
		return advance(ctx, tx, id)
	case k == KindRange:
		return join(ctx, tx, id)
	case k == KindApplication:
		return touchWindow(ctx, tx, id)
	}
	return nil
}

// advance queues the application of a file once none of its files is left to
// read. Touching the application's row first makes concurrent calls wait for
// each other, so that the last one sees them all.
func advance(ctx context.Context, tx bun.Tx, fileID string) error {
	t := now()
	var app string
	err := tx.NewRaw(`UPDATE applications SET updated_at = ? WHERE id = (SELECT application_id FROM files WHERE id = ?) RETURNING id`, t, fileID).Scan(ctx, &app)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE applications SET state = ?, due_at = ?, tries = 0 WHERE id = ? AND state = ?
		AND NOT EXISTS (SELECT 1 FROM files WHERE application_id = applications.id AND replaced_in = 0 AND state NOT IN (?, ?))`,
		Queued, t, app, Waiting, Done, Dead).Exec(ctx)
	return err
}

// Due lists what is to be done now: queued rows whose time has come, and
// running ones whose lease has run out. Checks come before readings, so that
// what is nearly finished is reported first.
func (s *Store) Due(ctx context.Context, limit int) ([]Task, error) {
	if err := s.readClock(ctx); err != nil {
		return nil, err
	}
	var due []Task
	t := now()
	for _, k := range kinds {
		var rows []Task
		err := s.db.NewRaw(`SELECT ? AS kind, id, attempt FROM ? WHERE (state = ? AND (due_at <= ? OR due_at > ?)) OR (state = ? AND (lease_until < ? OR lease_until > ?))
			ORDER BY CASE WHEN id LIKE '%-_' THEN 1 ELSE 0 END, created_at, id LIMIT ?`, k, k.table(), Queued, t, t+longestLease, Running, t, t+longestLease, limit).Scan(ctx, &rows)
		if err != nil {
			return nil, err
		}
		due = append(due, rows...)
	}
	return due, nil
}

// DropLeases ends every lease. Only for a process that knows that no other
// works on this database: after a crash, work resumes at once instead of when
// the leases run out.
func (s *Store) DropLeases(ctx context.Context) error {
	for _, k := range kinds {
		if _, err := s.db.NewRaw(`UPDATE ? SET lease_until = 0 WHERE state = ?`, k.table(), Running).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// held turns "no row was changed" into ErrFenced.
func held(n int64, err error) error {
	if err == nil && n == 0 {
		return ErrFenced
	}
	return err
}
