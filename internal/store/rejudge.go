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
		for _, run := range runs {
			err := tx.NewRaw(`UPDATE applications SET verdict = ?, run = run + 1, updated_at = ? WHERE id = ? AND state = ? AND run = ? RETURNING run`,
				run.Verdict, t, run.ApplicationID, Done, run.Number).Scan(ctx, &run.Number)
			if errors.Is(err, sql.ErrNoRows) {
				left = append(left, run.ApplicationID)
				continue
			}
			if err != nil {
				return err
			}
			run.CreatedAt = t
			if _, err := tx.NewInsert().Model(&run).Exec(ctx); err != nil {
				return err
			}
			if err := digest(ctx, tx, &run); err != nil {
				return err
			}
		}
		return nil
	})
	return left, err
}
