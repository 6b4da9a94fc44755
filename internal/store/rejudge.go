package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
)

// AddRuns adds runs of a re-check, all in one transaction. Number is the run
// that was judged again; an application that has a newer one, or is about to,
// keeps it and is returned.
func (s *Store) AddRuns(ctx context.Context, runs []Run) (left []string, err error) {
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		left = nil // a transaction may be tried again
		t := now()
		var events []Event
		for _, run := range runs {
			added, err := s.addRun(ctx, tx, &run, t)
			if err != nil {
				return err
			}
			if !added {
				left = append(left, run.ApplicationID)
				continue
			}
			events = append(events, judgedAs(&run))
		}
		return record(ctx, tx, events...)
	})
	return left, err
}

// addRun adds a run of an application that was judged again; false where it has
// a newer one than run.Number, or is about to. run.Number becomes the new one.
func (s *Store) addRun(ctx context.Context, tx bun.Tx, run *Run, t int64) (bool, error) {
	err := tx.NewRaw(`UPDATE applications SET verdict = ?, run = run + 1, updated_at = ? WHERE id = ? AND state = ? AND run = ? RETURNING run`,
		run.Verdict, t, run.ApplicationID, Done, run.Number).Scan(ctx, &run.Number)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	run.CreatedAt = t
	if _, err := tx.NewInsert().Model(run).Exec(ctx); err != nil {
		return false, err
	}
	if err := digest(ctx, tx, run); err != nil {
		return false, err
	}
	return true, s.announce(ctx, tx, run)
}
