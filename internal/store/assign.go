package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/uptrace/bun"

	"hequan"
)

// Assignment says who is to look at an application. The latest counts.
type Assignment struct {
	bun.BaseModel `bun:"table:assignments"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	Assignee      string `bun:"assignee"`         // "": nobody any more
	Account       string `bun:"assignee_account"` // id; "" while there are no accounts
	Person        string `bun:"person"`           // who assigned it
	CreatedAt     int64  `bun:"created_at"`
}

// Assignee is who is to look at an application: the zero value is nobody.
type Assignee struct {
	Name    string
	Account string // id; "" while there are no accounts
}

// Assign gives applications to a person, or to nobody; all or none of them.
func (s *Store) Assign(ctx context.Context, applications []string, to Assignee, person string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		var events []Event
		for _, id := range applications {
			var before string
			if err := one(tx.NewRaw(`SELECT assignee FROM applications WHERE id = ?`, id).Scan(ctx, &before)); err != nil {
				return err
			}
			events = append(events, assigned(id, before, to.Name))
			if err := hold(ctx, tx, id); err != nil {
				return err
			}
			n, err := next(ctx, tx, "assignments", id)
			if err != nil {
				return err
			}
			row := &Assignment{ApplicationID: id, Number: n, Assignee: to.Name, Account: to.Account, Person: person, CreatedAt: now()}
			if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
				return err
			}
			if _, err := tx.NewRaw(`UPDATE applications SET assignee = ?, assignee_account = ? WHERE id = ?`, to.Name, to.Account, id).Exec(ctx); err != nil {
				return err
			}
		}
		return record(ctx, tx, events...)
	})
}

// Assignments returns an application's assignments, the oldest first.
func (s *Store) Assignments(ctx context.Context, application string) ([]Assignment, error) {
	var rows []Assignment
	err := s.db.NewSelect().Model(&rows).Where("application_id = ?", application).Order("number").Scan(ctx)
	return rows, err
}

// People are the names under which somebody decided something or was given an application.
func (s *Store) People(ctx context.Context) ([]string, error) {
	var names []string
	err := s.db.NewRaw(`SELECT DISTINCT assignee AS name FROM applications WHERE assignee <> '' UNION SELECT DISTINCT person FROM decisions WHERE person <> ''
		UNION SELECT DISTINCT person FROM assignments WHERE person <> '' ORDER BY name`).Scan(ctx, &names)
	return names, err
}

// SavedFilter is a choice of the list that a person keeps.
type SavedFilter struct {
	bun.BaseModel `bun:"table:saved_filters"`

	Person    string `bun:"person,pk"`
	Name      string `bun:"name,pk"`
	Query     string `bun:"query"` // of the list's address
	CreatedAt int64  `bun:"created_at"`
}

// KeepFilter keeps a filter under its name; an empty query lets go of it.
func (s *Store) KeepFilter(ctx context.Context, f SavedFilter) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`DELETE FROM saved_filters WHERE person = ? AND name = ?`, f.Person, f.Name).Exec(ctx); err != nil || f.Query == "" {
			return err
		}
		f.CreatedAt = now()
		_, err := tx.NewInsert().Model(&f).Exec(ctx)
		return err
	})
}

// SavedFilters returns a person's filters by name.
func (s *Store) SavedFilters(ctx context.Context, person string) ([]SavedFilter, error) {
	var rows []SavedFilter
	err := s.db.NewSelect().Model(&rows).Where("person = ?", person).Order("name").Scan(ctx)
	return rows, err
}

// HandCheck is a tick beside something that people look up by hand. The latest
// of an item counts.
type HandCheck struct {
	bun.BaseModel `bun:"table:hand_checks"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	Item          string `bun:"item"` // see [ManualKey]
	Ticked        bool   `bun:"ticked,type:integer"`
	Note          string `bun:"note"`
	Person        string `bun:"person"`
	CreatedAt     int64  `bun:"created_at"`
}

// ManualKey names a thing to look up by hand across runs.
func ManualKey(m hequan.Manual) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s", m.Rule, m.What)
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Tick records a tick, or that it was taken back.
func (s *Store) Tick(ctx context.Context, c HandCheck) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := hold(ctx, tx, c.ApplicationID); err != nil {
			return err
		}
		n, err := next(ctx, tx, "hand_checks", c.ApplicationID)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO hand_checks (application_id, number, item, ticked, note, person, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			c.ApplicationID, n, c.Item, bit(c.Ticked), c.Note, c.Person, now()).Exec(ctx)
		if err != nil {
			return err
		}
		return record(ctx, tx, ticked(c))
	})
}

// HandChecks returns every tick of an application, the oldest first.
func (s *Store) HandChecks(ctx context.Context, application string) ([]HandCheck, error) {
	var rows []HandCheck
	err := s.db.NewRaw(`SELECT application_id, number, item, ticked <> 0 AS ticked, note, person, created_at FROM hand_checks WHERE application_id = ? ORDER BY number`, application).Scan(ctx, &rows)
	return rows, err
}
