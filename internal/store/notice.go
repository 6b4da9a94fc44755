package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Notice is a 补正告知书: a draft until it is issued, then never changed.
type Notice struct {
	bun.BaseModel `bun:"table:notices"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	Body          string `bun:"body"` // JSON
	Run           int    `bun:"run"`  // the run it speaks of
	Person        string `bun:"person"`
	CreatedAt     int64  `bun:"created_at"` // of a draft: when it was last kept
	IssuedAt      int64  `bun:"issued_at"`  // 0: a draft
}

// KeepNotice keeps the draft of an application, or issues it: the number of
// the notice is returned. There is one draft at a time.
func (s *Store) KeepNotice(ctx context.Context, n Notice, issue bool) (int, error) {
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := hold(ctx, tx, n.ApplicationID); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`DELETE FROM notices WHERE application_id = ? AND issued_at = 0`, n.ApplicationID).Exec(ctx); err != nil {
			return err
		}
		var err error
		if n.Number, err = next(ctx, tx, "notices", n.ApplicationID); err != nil {
			return err
		}
		n.CreatedAt, n.IssuedAt = now(), 0
		if issue {
			n.IssuedAt = n.CreatedAt
		}
		if _, err = tx.NewInsert().Model(&n).Exec(ctx); err != nil {
			return err
		}
		if err := tally(ctx, tx, n.ApplicationID); err != nil {
			return err
		}
		return record(ctx, tx, noticed(n))
	})
	return n.Number, err
}

// Notices returns an application's notices, the latest first; a draft is the first.
func (s *Store) Notices(ctx context.Context, application string) ([]Notice, error) {
	var rows []Notice
	err := s.db.NewSelect().Model(&rows).Where("application_id = ?", application).Order("number DESC").Scan(ctx)
	return rows, err
}
