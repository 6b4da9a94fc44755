package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Window is an upload of several applications, which are compared with each
// other once all of them are judged. Its id is the upload's.
type Window struct {
	bun.BaseModel `bun:"table:windows"`

	ID string `bun:"id,pk"`
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// touchWindow queues the window of an application when all its applications
// are judged, and makes it wait when one is not. A comparison at hand is fenced
// off: it knows an older report.
func touchWindow(ctx context.Context, tx bun.Tx, application string) error {
	t := now()
	_, err := tx.NewRaw(`UPDATE windows SET attempt = attempt + 1, tries = 0, owner = '', lease_until = 0, due_at = ?, updated_at = ?,
			state = CASE WHEN EXISTS (SELECT 1 FROM applications WHERE upload_id = windows.id AND state NOT IN (?, ?)) THEN ? ELSE ? END
		WHERE id = (SELECT upload_id FROM applications WHERE id = ?)`, t, t, Done, Dead, Waiting, Queued, application).Exec(ctx)
	return err
}

// holdWindow makes concurrent changes of a window's applications wait for each
// other, so that the last one sees them all.
func holdWindow(ctx context.Context, tx bun.Tx, application string) error {
	_, err := tx.NewRaw(`UPDATE windows SET updated_at = ? WHERE id = (SELECT upload_id FROM applications WHERE id = ?)`, now(), application).Exec(ctx)
	return err
}

// WindowDue returns the window of an application when it is queued.
func (s *Store) WindowDue(ctx context.Context, application string) ([]Task, error) {
	var due []Task
	err := s.db.NewRaw(`SELECT ? AS kind, id, attempt FROM windows WHERE state = ? AND id = (SELECT upload_id FROM applications WHERE id = ?)`,
		KindWindow, Queued, application).Scan(ctx, &due)
	return due, err
}

// FinishWindow records the runs of the applications whose reports the
// comparison changed, in one transaction. Number is the run that was compared;
// an application that has a newer one, or is about to, keeps it: its window is
// due again then.
func (s *Store) FinishWindow(ctx context.Context, id string, attempt int64, changed []Run) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		err := held(affected(tx.NewRaw(`UPDATE windows SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
			Done, t, id, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		var events []Event
		for _, run := range changed {
			added, err := s.addRun(ctx, tx, &run, t)
			if err != nil {
				return err
			}
			if added {
				events = append(events, judgedAs(&run))
			}
		}
		return record(ctx, tx, events...)
	})
}
