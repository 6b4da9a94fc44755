package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"hequan"
)

// Action is what people decide of a finding.
type Action string

// The actions.
const (
	Confirm Action = "confirm" // 确认: it is so
	Dismiss Action = "dismiss" // 驳回: it is not, for a reason
	Reopen  Action = "reopen"  // 撤销: undecided again
	Endorse Action = "endorse" // 同意驳回: a second person agrees that a fail is dismissed
)

// Decision is what a person decided of a finding. The latest of a finding counts.
type Decision struct {
	bun.BaseModel `bun:"table:decisions"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	Finding       string `bun:"finding"` // see [FindingKey]
	Action        Action `bun:"action"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	Account       string `bun:"account"` // of the person; "" while there are no accounts
	Run           int    `bun:"run"`     // the run that the person saw
	Message       string `bun:"message"` // what the finding said
	CreatedAt     int64  `bun:"created_at"`
}

// Pending says whether a decision on a finding of that status still waits for a
// second person: a fail that somebody with an account dismissed.
func (d Decision) Pending(status hequan.Status) bool {
	return d.Action == Dismiss && status == hequan.Fail && d.Account != ""
}

// Decide records decisions, all or none, and numbers them.
func (s *Store) Decide(ctx context.Context, application string, decisions []Decision) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := hold(ctx, tx, application); err != nil {
			return err
		}
		n, err := next(ctx, tx, "decisions", application)
		if err != nil {
			return err
		}
		rows := make([]Decision, len(decisions))
		for i, d := range decisions {
			d.ApplicationID, d.Number, d.CreatedAt = application, n+i, now()
			rows[i] = d
		}
		events, err := decided(ctx, tx, rows)
		if err != nil {
			return err
		}
		if err := insertAll(ctx, tx, rows); err != nil {
			return err
		}
		if err := tally(ctx, tx, application); err != nil {
			return err
		}
		return record(ctx, tx, events...)
	})
}

// Decisions returns every decision on an application's findings, the oldest first.
func (s *Store) Decisions(ctx context.Context, application string) ([]Decision, error) {
	var rows []Decision
	err := s.db.NewSelect().Model(&rows).Where("application_id = ?", application).Order("number").Scan(ctx)
	return rows, err
}

// hold makes concurrent changes of an application wait for each other.
func hold(ctx context.Context, tx bun.Tx, application string) error {
	var id string
	err := tx.NewRaw(`UPDATE applications SET updated_at = ? WHERE id = ? RETURNING id`, now(), application).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// next is the number of the application's next row in a table.
func next(ctx context.Context, tx bun.Tx, table, application string) (int, error) {
	var n int
	err := tx.NewRaw(`SELECT coalesce(max(number), 0) + 1 FROM ? WHERE application_id = ?`, bun.Ident(table), application).Scan(ctx, &n)
	return n, err
}
