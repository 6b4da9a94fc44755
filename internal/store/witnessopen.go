package store

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"

	"github.com/uptrace/bun"
)

// marksAre is the name of the key that rows are marked with; "" where none
// are, or where there is no table of marks yet.
func (s *Store) marksAre(ctx context.Context) (name string, err error) {
	query := `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'witness_head'`
	if s.pg() {
		query = `SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'witness_head'`
	}
	var n int
	if err := s.db.NewRaw(query).Scan(ctx, &n); err != nil || n == 0 {
		return "", err
	}
	err = s.db.NewRaw(`SELECT key FROM witness_head WHERE id = 1`).Scan(ctx, &name)
	return name, one(err)
}

// upgrade brings the tables up to date and has all rows marked. What was
// tampered with before a step changed the rows is told to the trail.
func (s *Store) upgrade(ctx context.Context, keyFile string) error {
	marked, err := s.marksAre(ctx)
	if err != nil {
		return err
	}
	_, missing := os.Stat(keyFile)
	if s.key, err = findKey(keyFile, marked); err != nil {
		return err
	}
	s.file = keyFile
	if marked != "" && marked != s.key.name {
		return fmt.Errorf("%w (%s) than the one of %s (%s): name the right file with --witness-key, or mark the rows anew: hequan audit witness", ErrOtherKey, marked, orNone(keyFile), s.key.name)
	}
	steps, err := s.migrations(ctx)
	if err != nil {
		return err
	}
	behind, step := false, false
	for _, m := range steps {
		behind = behind || m.Applied.IsZero()
		step = step || strings.HasSuffix(m.Name, "_witness") && !m.Applied.IsZero()
	}
	if marked != "" && !behind {
		return s.keepTriggers(ctx)
	}
	var wrong []string
	if marked != "" {
		v, err := s.VerifyRows(ctx)
		if err != nil {
			return err
		}
		wrong = v.Problems
	}
	if !s.pg() { // SQLite's steps may rebuild a table; on a server others go on working, and their rows must be noted
		if err := s.dropTriggers(ctx); err != nil {
			return err
		}
	}
	if err := errors.Join(s.migrate(ctx), s.makeTriggers(ctx)); err != nil {
		return err
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var events []Event
		for _, w := range wrong {
			events = append(events, Event{Name: eventBroken, Subject: "before an update of the tables", Detail: map[string]string{"why": w}})
		}
		if marked == "" {
			if events, err = s.firstMarks(ctx, tx, step || missing == nil && !s.pg()); err != nil {
				return err
			}
		}
		if err := record(ctx, tx, events...); err != nil {
			return err
		}
		return s.markAll(ctx, tx)
	})
}

// Key is the name of the key that rows are marked with, and its file: "" where
// they are marked without a secret.
func (s *Store) Key() (name, file string) { return s.key.name, s.file }

// firstMarks tells the trail that rows which were there before are marked as
// they stand. Where there were marks before, somebody took them off.
func (s *Store) firstMarks(ctx context.Context, tx bun.Tx, before bool) ([]Event, error) {
	tables, err := witnessedTables(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows := 0
	for i := range tables {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM "`+tables[i].name+`"`).Scan(&n); err != nil {
			return nil, err
		}
		rows += n
	}
	if rows == 0 {
		return nil, nil
	}
	var told int
	if err := tx.NewRaw(`SELECT count(*) FROM audit WHERE event = ?`, eventRemark).Scan(ctx, &told); err != nil {
		return nil, err
	}
	events := []Event{{Name: eventRemark, Detail: map[string]any{"reason": "first", "rows": rows, "after": s.key.name}}}
	if before || told > 0 {
		events = append(events, Event{Name: eventBroken, Subject: "witness_head", Detail: map[string]string{"why": "全部校验码被删除"}})
	}
	return events, nil
}

func orNone(path string) string {
	if path == "" {
		return "this process"
	}
	return path
}

// markAll marks every row as it is.
func (s *Store) markAll(ctx context.Context, tx bun.Tx) error {
	if s.pg() { // nobody writes meanwhile
		if _, err := tx.ExecContext(ctx, `SELECT id FROM witness_head WHERE id = 1 FOR UPDATE`); err != nil {
			return err
		}
	}
	for _, q := range []string{`DELETE FROM witness_rows`, `DELETE FROM witness_touched`} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	tables, err := witnessedTables(ctx, tx)
	if err != nil {
		return err
	}
	h, total := witnessHead{}, new(big.Int)
	for i := range tables {
		var rows []markedRow
		err := tables[i].each(ctx, tx, func(pk, digest, _ string) {
			rows = append(rows, markedRow{Table: tables[i].name, PK: pk, Mark: s.key.row(tables[i].name, pk, digest)})
		})
		if err != nil {
			return err
		}
		for _, r := range rows {
			total.Add(total, s.key.term(r.Table, r.PK, r.Mark))
		}
		h.Marks += int64(len(rows))
		if err := insertAll(ctx, tx, rows); err != nil {
			return err
		}
	}
	if err := tx.NewRaw(`SELECT number, hash FROM audit_head WHERE id = 1`).Scan(ctx, &h.Number, &h.Hash); err != nil {
		return err
	}
	return s.keepHead(ctx, tx, &h, total)
}

// makeTriggers makes the table that they write to, and the triggers.
func (s *Store) makeTriggers(ctx context.Context) error {
	table := `CREATE TABLE IF NOT EXISTS witness_touched (id INTEGER PRIMARY KEY, tag TEXT NOT NULL DEFAULT '', tbl TEXT NOT NULL, pk TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL)`
	if s.pg() {
		table = `CREATE UNLOGGED TABLE IF NOT EXISTS witness_touched (id BIGSERIAL PRIMARY KEY, tag TEXT NOT NULL DEFAULT coalesce(current_setting('hequan.tag', true), ''), tbl TEXT NOT NULL, pk TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL)`
	}
	if _, err := s.db.ExecContext(ctx, table); err != nil {
		return err
	}
	tables, err := witnessedTables(ctx, s.db)
	if err != nil {
		return err
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		for i := range tables {
			for _, t := range tables[i].triggers(s.pg()) {
				for _, q := range t.make {
					if _, err := tx.ExecContext(ctx, q); err != nil {
						return fmt.Errorf("trigger %s: %w", t.name, err)
					}
				}
			}
		}
		return nil
	})
}

// dropTriggers lets the steps of an update of SQLite change tables and rows.
func (s *Store) dropTriggers(ctx context.Context) error {
	there, err := standing(ctx, s.db)
	if err != nil {
		return err
	}
	tables, err := witnessedTables(ctx, s.db)
	if err != nil {
		return err
	}
	for i := range tables {
		for _, t := range tables[i].triggers(false) {
			if _, ok := there[t.name]; !ok {
				continue
			}
			if _, err := s.db.ExecContext(ctx, `DROP TRIGGER "`+t.name+`"`); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepTriggers puts triggers back that somebody took off, and tells the trail.
func (s *Store) keepTriggers(ctx context.Context) error {
	tables, err := witnessedTables(ctx, s.db)
	if err != nil {
		return err
	}
	wrong, err := strangeTriggers(ctx, s.db, tables)
	if err != nil || len(wrong) == 0 {
		return err
	}
	if err := s.makeTriggers(ctx); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		var events []Event
		for _, w := range wrong {
			events = append(events, Event{Name: eventBroken, Subject: "triggers", Detail: map[string]string{"why": w}})
		}
		return record(ctx, tx, events...)
	})
}

// Remark marks all rows anew, as they stand, with the key in a file (made where
// there is none; "" is for no key), and tells the trail who did so and why, and
// what was wrong before. For a database that was mended by hand, whose key was
// lost or is to be another. where is as in [Open]; nobody else may use it.
func Remark(ctx context.Context, where, keyFile, reason string) (wrong []string, err error) {
	s, unlock, err := connect(ctx, where)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	defer unlock()
	if keyFile == "" {
		keyFile = keyBeside(where)
	}
	if s.key, err = findKey(keyFile, ""); err != nil {
		return nil, err
	}
	marked, err := s.marksAre(ctx)
	if err != nil {
		return nil, err
	}
	switch marked {
	case "":
		return nil, errors.New("nothing is marked yet: that is done when the database is opened")
	case s.key.name:
		v, err := s.VerifyRows(ctx)
		if err != nil {
			return nil, err
		}
		wrong = v.Problems
	default:
		wrong = []string{"此前的校验码由另一密钥（" + marked + "）生成，无法核对"}
	}
	if err := s.makeTriggers(ctx); err != nil {
		return nil, err
	}
	return wrong, s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := record(ctx, tx, Event{Name: eventRemark, Detail: map[string]any{"reason": reason, "before": marked, "after": s.key.name, "wrong": len(wrong), "first": wrong[:min(20, len(wrong))]}})
		if err != nil {
			return err
		}
		return s.markAll(ctx, tx)
	})
}
