package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"hequan/internal/audit"
)

// Event is what is written into the audit trail by hand; who did it comes from the context (see [audit.With]).
type Event struct {
	Name        string
	Application string
	Subject     string
	Detail      any // becomes a JSON object; nil: an empty one
}

// auditLine is a line as it is kept.
type auditLine struct {
	bun.BaseModel `bun:"table:audit"`

	Number      int64  `bun:"number,pk"`
	At          int64  `bun:"at"`
	Account     string `bun:"account"`
	Person      string `bun:"person"`
	Role        string `bun:"role"`
	Address     string `bun:"address"`
	Event       string `bun:"event"`
	Application string `bun:"application"`
	Subject     string `bun:"subject"`
	Detail      string `bun:"detail"`
	Previous    string `bun:"previous"`
	Hash        string `bun:"hash"`
}

func (r *auditLine) line() *audit.Line {
	return &audit.Line{Number: r.Number, At: r.At, Account: r.Account, Person: r.Person, Role: r.Role, Address: r.Address, Event: r.Event,
		Application: r.Application, Subject: r.Subject, Detail: json.RawMessage(r.Detail), Previous: r.Previous, Hash: r.Hash}
}

// record adds lines to the audit trail inside the transaction of the change.
// It must be the last thing that a transaction does: from here on others wait.
func record(ctx context.Context, tx bun.Tx, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	var head audit.Head
	err := tx.NewRaw(`UPDATE audit_head SET number = number + ? WHERE id = 1 RETURNING number, hash`, len(events)).Scan(ctx, &head.Number, &head.Hash)
	if err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	by, at, number, hash := audit.By(ctx), now(), head.Number-int64(len(events)), head.Hash
	rows := make([]auditLine, len(events))
	for i, e := range events {
		number++
		detail, err := compact(e.Detail)
		if err != nil {
			return fmt.Errorf("audit trail: %w", err)
		}
		rows[i] = auditLine{Number: number, At: at, Account: by.Account, Person: audit.Plain(by.Person), Role: by.Role, Address: audit.Plain(by.Address),
			Event: e.Name, Application: audit.Plain(e.Application), Subject: audit.Plain(e.Subject), Detail: detail}
		line := rows[i].line()
		if err := line.Seal(hash); err != nil {
			return err
		}
		rows[i].Previous, rows[i].Hash = line.Previous, line.Hash
		hash = line.Hash
	}
	if err := insertAll(ctx, tx, rows); err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	if end, ok := ctx.Value(trailEnd{}).(*trailEnd); ok {
		*end = trailEnd{number, hash}
	}
	_, err = tx.NewRaw(`UPDATE audit_head SET hash = ? WHERE id = 1`, hash).Exec(ctx)
	return err
}

// compact is a detail as it is kept: JSON without spaces.
func compact(detail any) (string, error) {
	if detail == nil {
		return "{}", nil
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(detail); err != nil {
		return "", err
	}
	return string(bytes.TrimSpace(out.Bytes())), nil
}

// Record adds a line to the audit trail: for what changes nothing in the
// database, as a look at an application.
func (s *Store) Record(ctx context.Context, e Event) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error { return record(ctx, tx, e) })
}

// AuditHead is the end of the trail as it is recorded.
func (s *Store) AuditHead(ctx context.Context) (audit.Head, error) {
	var h audit.Head
	err := s.db.NewRaw(`SELECT number, hash FROM audit_head WHERE id = 1`).Scan(ctx, &h.Number, &h.Hash)
	return h, one(err)
}

// EachAuditLine calls fn for the lines after a number, in order, portion by
// portion; of one application when it is not empty.
func (s *Store) EachAuditLine(ctx context.Context, application string, after int64, fn func(*audit.Line) error) error {
	for {
		var rows []auditLine
		q := s.db.NewSelect().Model(&rows).Where("number > ?", after).Order("number").Limit(1000)
		if application != "" {
			q = q.Where("application = ?", application)
		}
		if err := q.Scan(ctx); err != nil {
			return err
		}
		for i := range rows {
			if err := fn(rows[i].line()); err != nil {
				return err
			}
			after = rows[i].Number
		}
		if len(rows) < 1000 {
			return nil
		}
	}
}

// AuditFilter chooses lines; what is empty chooses all.
type AuditFilter struct {
	Person, Event, Application string // Event: its beginning
	From, To                   int64  // milliseconds UTC; To is excluded
	Before                     int64  // number
}

// AuditLines returns the chosen lines, the newest first.
func (s *Store) AuditLines(ctx context.Context, f AuditFilter, limit int) ([]audit.Line, error) {
	var rows []auditLine
	q := s.db.NewSelect().Model(&rows).Order("number DESC").Limit(int64(limit))
	if f.Person != "" {
		q = q.Where("person = ?", f.Person)
	}
	if f.Event != "" {
		q = q.Where("substr(event, 1, ?) = ?", len(f.Event), f.Event)
	}
	if f.Application != "" {
		q = q.Where("application = ?", f.Application)
	}
	if f.From > 0 {
		q = q.Where("at >= ?", f.From)
	}
	if f.To > 0 {
		q = q.Where("at < ?", f.To)
	}
	if f.Before > 0 {
		q = q.Where("number < ?", f.Before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, err
	}
	out := make([]audit.Line, len(rows))
	for i := range rows {
		out[i] = *rows[i].line()
	}
	return out, nil
}

// VerifyAudit checks the whole trail. kept is an end known from elsewhere, or zero.
func (s *Store) VerifyAudit(ctx context.Context, kept audit.Head) (*audit.Verifier, error) {
	v := &audit.Verifier{Kept: kept}
	for seen := int64(-1); ; {
		if err := s.EachAuditLine(ctx, "", v.Last.Number, v.Add); err != nil {
			return nil, err
		}
		head, err := s.AuditHead(ctx)
		if err != nil {
			return nil, err
		}
		if head.Number <= v.Last.Number || head.Number == seen { // else lines came meanwhile
			v.End(head)
			return v, nil
		}
		seen = head.Number
	}
}

// appendOnly has the database itself refuse to change or delete lines of the
// trail. Whoever may change tables can take this off: the chain tells.
func (s *Store) appendOnly(ctx context.Context) error {
	statements := []string{
		`CREATE TRIGGER IF NOT EXISTS audit_kept_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
		`CREATE TRIGGER IF NOT EXISTS audit_kept_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
	}
	if s.db.Dialect().Name() == dialect.PG {
		statements = []string{
			`CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$`,
			`CREATE OR REPLACE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_kept()`,
		}
	}
	for _, q := range statements {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("audit trail: %w", err)
		}
	}
	return nil
}
