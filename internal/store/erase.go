package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// Erased says what an erasure removed from the tables.
type Erased struct {
	Application string
	Blobs       map[string]bool // names that no row speaks of any more, perhaps
	Rows        int64
}

// Erase removes an application from the tables: its papers, what was read, found
// and decided. An upload that brought nothing else goes with it; the files of an
// upload of several are erased with the last of them, for an archive holds them
// all. A line in the audit trail says that the application was erased, by whom
// and why, and nothing of what it held. ErrNotFound when there is none.
func (s *Store) Erase(ctx context.Context, id, reason string) (*Erased, error) {
	e := &Erased{Application: id, Blobs: map[string]bool{}}
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		e.Rows, e.Blobs = 0, map[string]bool{}
		var upload string
		if err := one(tx.NewRaw(`SELECT upload_id FROM applications WHERE id = ?`, id).Scan(ctx, &upload)); err != nil {
			return err
		}
		uploads := []string{}
		if err := tx.NewRaw(`SELECT id FROM uploads WHERE round_of = ?`, id).Scan(ctx, &uploads); err != nil {
			return err
		}
		var others int
		if err := tx.NewRaw(`SELECT count(*) FROM applications WHERE upload_id = ? AND id <> ?`, upload, id).Scan(ctx, &others); err != nil {
			return err
		}
		if others == 0 {
			uploads = append(uploads, upload)
		}
		var sums []string
		query := `SELECT sha256 FROM files WHERE application_id = ? UNION SELECT reading FROM files WHERE application_id = ? UNION SELECT reading FROM ranges WHERE application_id = ?`
		if err := tx.NewRaw(query, id, id, id).Scan(ctx, &sums); err != nil {
			return err
		}
		var pictures []string
		if err := tx.NewRaw(`SELECT pictures FROM files WHERE application_id = ? UNION ALL SELECT pictures FROM ranges WHERE application_id = ?`, id, id).Scan(ctx, &pictures); err != nil {
			return err
		}
		for _, list := range pictures {
			more, err := sumsOf(list)
			if err != nil {
				return err
			}
			sums = append(sums, more...)
		}
		for _, u := range uploads {
			var more []string
			if err := tx.NewRaw(`SELECT sha256 FROM upload_files WHERE upload_id = ?`, u).Scan(ctx, &more); err != nil {
				return err
			}
			sums = append(sums, more...)
		}
		for _, sum := range sums {
			if sum != "" {
				e.Blobs[sum] = true
			}
		}
		gone := func(query string, args ...any) error {
			n, err := affected(tx.NewRaw(query, args...).Exec(ctx))
			e.Rows += n
			return err
		}
		if err := gone(`DELETE FROM dead_letters WHERE subject_id = ? OR subject_id IN (SELECT id FROM files WHERE application_id = ?)`, id, id); err != nil {
			return err
		}
		tables, err := tablesWith(ctx, tx, "application_id")
		if err != nil {
			return err
		}
		for _, table := range tables {
			if err := gone(`DELETE FROM ? WHERE application_id = ?`, bun.Ident(table), id); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		if err := gone(`DELETE FROM applications WHERE id = ?`, id); err != nil {
			return err
		}
		if tables, err = tablesWith(ctx, tx, "upload_id"); err != nil {
			return err
		}
		for _, u := range uploads {
			for _, table := range tables {
				if err := gone(`DELETE FROM ? WHERE upload_id = ?`, bun.Ident(table), u); err != nil {
					return fmt.Errorf("%s: %w", table, err)
				}
			}
			for _, query := range []string{`DELETE FROM windows WHERE id = ?`, `DELETE FROM dead_letters WHERE subject_id = ?`, `DELETE FROM uploads WHERE id = ?`} {
				if err := gone(query, u); err != nil {
					return err
				}
			}
		}
		if len(uploads) == 0 || others > 0 { // the window is compared without it
			if _, err := tx.NewRaw(`UPDATE windows SET attempt = attempt + 1, tries = 0, due_at = ?, updated_at = ?, state = ? WHERE id = ? AND state IN (?, ?, ?)`,
				now(), now(), Queued, upload, Queued, Running, Done).Exec(ctx); err != nil {
				return err
			}
		}
		for sum := range e.Blobs {
			if _, err := tx.NewRaw(`INSERT INTO erased (sha256, at) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET at = EXCLUDED.at`, sum, now()).Exec(ctx); err != nil {
				return err
			}
		}
		return record(ctx, tx, Event{Name: "application.erase", Application: id, Detail: map[string]any{"reason": strings.TrimSpace(reason), "rows": e.Rows}})
	})
	return e, err
}

// tablesWith lists the tables that have a column, each before those that it
// refers to. The database is asked, so that no new table is forgotten.
func tablesWith(ctx context.Context, tx bun.Tx, column string) ([]string, error) {
	all, err := tablesOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	query := `SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = ?`
	if tx.Dialect().Name() == dialect.PG {
		query = `SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = ?`
	}
	has := map[string]bool{}
	var names []string
	err = tx.NewRaw(query, column).Scan(ctx, &names)
	for _, name := range names {
		has[name] = true
	}
	slices.Reverse(all)
	return slices.DeleteFunc(all, func(t string) bool { return !has[t] }), err
}

// remembered is how long erased contents are listed, so that every machine
// comes to remove its copies.
const remembered = 30 * 24 * time.Hour

// ErasedSince lists contents that were erased after a time (0: all that are
// remembered), and the time to ask with next.
func (s *Store) ErasedSince(ctx context.Context, after int64) (sums []string, next int64, err error) {
	next = now()
	if _, err := s.quietly1(ctx, `DELETE FROM erased WHERE at < ?`, next-remembered.Milliseconds()); err != nil {
		return nil, after, err
	}
	// An erasure may be committed a while after its time.
	err = s.db.NewRaw(`SELECT sha256 FROM erased WHERE at >= ? ORDER BY sha256`, after-60_000).Scan(ctx, &sums)
	return sums, next, err
}

// Referenced says whether a row speaks of a blob.
func (s *Store) Referenced(ctx context.Context, sha256 string) (bool, error) {
	var n int
	err := s.db.NewRaw(`SELECT (SELECT count(*) FROM upload_files WHERE sha256 = ?) + (SELECT count(*) FROM files WHERE sha256 = ? OR reading = ? OR pictures LIKE ?)
		+ (SELECT count(*) FROM ranges WHERE reading = ? OR pictures LIKE ?)`,
		sha256, sha256, sha256, "%"+sha256+"%", sha256, "%"+sha256+"%").Scan(ctx, &n)
	return n > 0, err
}
