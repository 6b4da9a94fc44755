package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"
)

// Cancelled is the error of a file, and the beginning of that of an application,
// whose reading a person ended. [Store.Retry] of the application takes it up again.
const Cancelled = "已取消"

// Cancel ends the reading of an application: what is being read is given up by
// its worker at the next beat of its lease, what is read already is kept. The
// application is dead until it is retried. ErrNotFound when it is not being read.
func (s *Store) Cancel(ctx context.Context, id, person string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		t := now()
		reason := Cancelled
		if person != "" {
			reason += "（" + person + "）"
		}
		n, err := affected(tx.NewRaw(`UPDATE applications SET state = ?, attempt = attempt + 1, error = ?, owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ?`,
			Dead, reason, t, id, Waiting).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		if _, err := tx.NewRaw(`DELETE FROM ranges WHERE application_id = ?`, id).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`UPDATE files SET state = ?, attempt = attempt + 1, error = ?, owner = '', lease_until = 0, updated_at = ? WHERE application_id = ? AND replaced_in = 0 AND state IN (?, ?, ?)`,
			Dead, Cancelled, t, id, Queued, Running, Waiting).Exec(ctx); err != nil {
			return err
		}
		if err := bury(ctx, tx, KindApplication, id); err != nil {
			return err
		}
		return record(ctx, tx, Event{Name: "cancel", Application: id})
	})
}

// resume queues the files of an application that were cancelled; with any, the
// application waits for them.
func resume(ctx context.Context, tx bun.Tx, id string) error {
	t := now()
	n, err := affected(tx.NewRaw(`UPDATE files SET state = ?, tries = 0, error = '', due_at = ?, updated_at = ? WHERE application_id = ? AND replaced_in = 0 AND state = ? AND error = ?`,
		Queued, t, t, id, Dead, Cancelled).Exec(ctx))
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.NewRaw(`UPDATE applications SET state = ? WHERE id = ?`, Waiting, id).Exec(ctx)
	return err
}

// Outlook is how much is still to be read, and how fast reading goes lately.
type Outlook struct {
	Ahead     map[string]float64 // of each application that is being read: pages that come before its end
	PerSecond float64            // pages; 0 where nothing was read lately
}

// outlookTime is over how long the speed of reading is taken, in milliseconds.
const outlookTime = 3 * 60 * 1000

// Outlook looks at everything that is being read. Files that nobody has opened
// count as many pages as a file has on average. It reads the files that are not
// done, and those that were in the last minutes.
func (s *Store) Outlook(ctx context.Context) (Outlook, error) {
	o := Outlook{Ahead: map[string]float64{}}
	t := now()
	var lately struct {
		Files int   `bun:"files"`
		Pages int64 `bun:"pages"`
		Since int64 `bun:"since"`
	}
	err := s.db.NewRaw(`SELECT count(*) AS files, coalesce(sum(CASE WHEN state = ? THEN pages_total ELSE pages_done END), 0) AS pages, coalesce(min(created_at), 0) AS since
		FROM files WHERE updated_at > ? AND state IN (?, ?)`, Done, t-outlookTime, Done, Running).Scan(ctx, &lately)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return o, err
	}
	if span := t - max(lately.Since, t-outlookTime); lately.Pages > 0 && span > 0 {
		o.PerSecond = float64(lately.Pages) * 1000 / float64(span)
	}
	var left []struct {
		ID      string `bun:"application_id"`
		Pages   int64  `bun:"pages"`
		Unknown int64  `bun:"unknown"`
	}
	err = s.db.NewRaw(`SELECT f.application_id, sum(CASE WHEN f.pages_total > f.pages_done THEN f.pages_total - f.pages_done ELSE 0 END) AS pages, sum(CASE WHEN f.pages_total = 0 THEN 1 ELSE 0 END) AS unknown
		FROM files f JOIN applications a ON a.id = f.application_id WHERE f.state IN (?, ?, ?) AND f.replaced_in = 0 AND a.state = ?
		GROUP BY f.application_id, a.created_at, a.ordinal ORDER BY a.created_at, a.ordinal`, Queued, Running, Waiting, Waiting).Scan(ctx, &left)
	if err != nil {
		return o, err
	}
	mean := 2.0
	if lately.Files > 0 && lately.Pages > 0 {
		mean = max(1, float64(lately.Pages)/float64(lately.Files))
	}
	sum := 0.0
	for _, l := range left {
		sum += float64(l.Pages) + mean*float64(l.Unknown)
		o.Ahead[l.ID] = sum
	}
	return o, nil
}
