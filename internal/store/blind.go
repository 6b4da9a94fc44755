package store

import (
	"context"

	"github.com/uptrace/bun"
)

// BlindCheck is a value that a person read off a page without seeing what the
// machine had read there.
type BlindCheck struct {
	bun.BaseModel `bun:"table:blind_checks"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	SHA256        string `bun:"sha256"` // of the file
	Page          int    `bun:"page"`
	Field         string `bun:"field"`
	Nth           int    `bun:"nth"`
	Machine       string `bun:"machine"` // in the normal form of the field, as Human
	Human         string `bun:"human"`   // "": it cannot be read by people either
	Agrees        bool   `bun:"agrees,type:integer"`
	Person        string `bun:"person"`
	CreatedAt     int64  `bun:"created_at"`
}

// KeepBlindCheck records one.
func (s *Store) KeepBlindCheck(ctx context.Context, c BlindCheck) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := hold(ctx, tx, c.ApplicationID); err != nil {
			return err
		}
		n, err := next(ctx, tx, "blind_checks", c.ApplicationID)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO blind_checks (application_id, number, sha256, page, field, nth, machine, human, agrees, person, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ApplicationID, n, c.SHA256, c.Page, c.Field, c.Nth, c.Machine, c.Human, bit(c.Agrees), c.Person, now()).Exec(ctx)
		if err != nil {
			return err
		}
		return record(ctx, tx, Event{Name: "blindcheck", Application: c.ApplicationID, Subject: c.Field})
	})
}

// BlindChecks returns those of an upload's applications, of all when upload is empty.
func (s *Store) BlindChecks(ctx context.Context, upload string) ([]BlindCheck, error) {
	var rows []BlindCheck
	err := s.db.NewRaw(`SELECT b.application_id, b.number, b.sha256, b.page, b.field, b.nth, b.machine, b.human, b.agrees <> 0 AS agrees, b.person, b.created_at
		FROM blind_checks b JOIN applications a ON a.id = b.application_id WHERE ? = '' OR a.upload_id = ? ORDER BY b.created_at, b.application_id, b.number`, upload, upload).Scan(ctx, &rows)
	return rows, err
}
