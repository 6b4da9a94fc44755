package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Correction is a value that a person set in place of what was read. It is
// tied to the file's content, not to a reading, so it outlives reading anew.
// The latest of a field counts; one that is withdrawn gives the reading back.
type Correction struct {
	bun.BaseModel `bun:"table:corrections"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	SHA256        string `bun:"sha256"` // of the file
	Page          int    `bun:"page"`   // one of the document's pages
	Field         string `bun:"field"`  // field, or table[row].column, rows from 1
	Nth           int    `bun:"nth"`    // which one of several fields of that name, from 0
	Before        string `bun:"before"` // value as it was read
	Value         string `bun:"value"`  // in the normal form of the field
	Withdrawn     bool   `bun:"withdrawn,type:integer"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	Run           int    `bun:"run"` // the run that the person saw
	CreatedAt     int64  `bun:"created_at"`
}

// Correct records a correction and queues the application to be judged again,
// in one transaction. A judgement at hand is fenced off: it does not know the
// correction. An application whose files are being read is judged after that
// anyway. The tasks to be queued are returned.
func (s *Store) Correct(ctx context.Context, c Correction) ([]Task, error) {
	var due []Task
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := hold(ctx, tx, c.ApplicationID); err != nil {
			return err
		}
		var err error
		if c.Number, err = next(ctx, tx, "corrections", c.ApplicationID); err != nil {
			return err
		}
		c.CreatedAt = now()
		_, err = tx.NewRaw(`INSERT INTO corrections (application_id, number, sha256, page, field, nth, before, value, withdrawn, reason, person, run, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ApplicationID, c.Number, c.SHA256, c.Page, c.Field, c.Nth, c.Before, c.Value, bit(c.Withdrawn), c.Reason, c.Person, c.Run, c.CreatedAt).Exec(ctx)
		if err != nil {
			return err
		}
		t := now()
		err = tx.NewRaw(`UPDATE applications SET state = ?, attempt = attempt + 1, tries = 0, owner = '', lease_until = 0, due_at = ?, updated_at = ?
			WHERE id = ? AND state <> ? RETURNING ? AS kind, id, attempt`, Queued, t, t, c.ApplicationID, Waiting, KindApplication).Scan(ctx, &due)
		if err != nil {
			return err
		}
		return record(ctx, tx, corrected(c))
	})
	return due, err
}

// Corrections returns every correction of an application, the oldest first.
func (s *Store) Corrections(ctx context.Context, application string) ([]Correction, error) {
	var rows []Correction
	err := s.db.NewRaw(`SELECT application_id, number, sha256, page, field, nth, before, value, withdrawn <> 0 AS withdrawn, reason, person, run, created_at
		FROM corrections WHERE application_id = ? ORDER BY number`, application).Scan(ctx, &rows)
	return rows, err
}

// Standing are the corrections that count, in the order
// in which they were made: the latest of each place, unless it was withdrawn.
func Standing(rows []Correction) []Correction {
	type place struct {
		sha256, field string
		page, nth     int
	}
	last := map[place]int{}
	for i, c := range rows {
		last[place{c.SHA256, c.Field, c.Page, c.Nth}] = i
	}
	var out []Correction
	for i, c := range rows {
		if last[place{c.SHA256, c.Field, c.Page, c.Nth}] == i && !c.Withdrawn {
			out = append(out, c)
		}
	}
	return out
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// CorrectionsOf returns every correction of an upload's applications, of all
// when upload is empty: by application, the oldest first.
func (s *Store) CorrectionsOf(ctx context.Context, upload string) ([]Correction, error) {
	var rows []Correction
	err := s.db.NewRaw(`SELECT c.application_id, c.number, c.sha256, c.page, c.field, c.nth, c.before, c.value, c.withdrawn <> 0 AS withdrawn, c.reason, c.person, c.run, c.created_at
		FROM corrections c JOIN applications a ON a.id = c.application_id WHERE ? = '' OR a.upload_id = ? ORDER BY c.application_id, c.number`, upload, upload).Scan(ctx, &rows)
	return rows, err
}
