package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// header is the first line of exported rows.
type header struct {
	Format string `json:"format"`
	Tables string `json:"tables"` // the steps that the tables have taken
}

const exportFormat = "hequan.rows/v1"

// row is one of the lines after it.
type row struct {
	Table string         `json:"table"`
	Row   map[string]any `json:"row"`
}

// Export writes every row as JSON, one a line, as of one moment. It works
// while others use the database.
func (s *Store) Export(ctx context.Context, w io.Writer) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	if err := out.Encode(header{exportFormat, version}); err != nil {
		return err
	}
	conn, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer endSnapshot(ctx, conn)
	tables, err := tablesOf(ctx, conn)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := exportTable(ctx, conn, t, out); err != nil {
			return fmt.Errorf("table %s: %w", t, err)
		}
	}
	return nil
}

func exportTable(ctx context.Context, db bun.IConn, table string, out *json.Encoder) error {
	rows, err := db.QueryContext(ctx, `SELECT * FROM "`+table+`"`)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		r := row{table, map[string]any{}}
		for i, c := range columns {
			if raw, ok := values[i].([]byte); ok {
				if !utf8.Valid(raw) {
					return fmt.Errorf("column %s holds bytes, which JSON cannot", c)
				}
				values[i] = string(raw)
			}
			r.Row[c] = values[i]
		}
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Import fills the empty tables with exported rows, all or none. It returns
// how many there were.
func (s *Store) Import(ctx context.Context, r io.Reader) (n int, err error) {
	in := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	in.UseNumber() // fen and times are whole numbers
	var head header
	if err := in.Decode(&head); err != nil || head.Format != exportFormat {
		return 0, fmt.Errorf("these are no rows of hequan export (%q): %w", head.Format, err)
	}
	version, err := s.version(ctx)
	if err != nil {
		return 0, err
	}
	if version != head.Tables {
		return 0, fmt.Errorf("the export is of tables %q, this database has %q: export and import with the same version of hequan", head.Tables, version)
	}
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		// The one row that a new database has.
		if _, err := tx.ExecContext(ctx, `DELETE FROM audit_head WHERE number = 0`); err != nil {
			return err
		}
		for _, t := range tables {
			var full bool
			if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM "`+t+`")`).Scan(&full); err != nil {
				return err
			}
			if full {
				return fmt.Errorf("the table %s is not empty: rows are imported into a new database only", t)
			}
		}
		for {
			var one row
			err := in.Decode(&one)
			if errors.Is(err, io.EOF) {
				return importedTrail(ctx, tx)
			}
			if err != nil {
				return err
			}
			if !slices.Contains(tables, one.Table) {
				return fmt.Errorf("there is no table %q", one.Table)
			}
			if err := insertRow(ctx, tx, one); err != nil {
				return fmt.Errorf("table %s: %w", one.Table, err)
			}
			n++
		}
	})
	return n, err
}

// importedTrail has the end of the imported trail marked with the rows.
func importedTrail(ctx context.Context, tx bun.Tx) error {
	end, ok := ctx.Value(trailEnd{}).(*trailEnd)
	if !ok {
		return errors.New("no transaction of the store")
	}
	return one(tx.NewRaw(`SELECT number, hash FROM audit_head WHERE id = 1`).Scan(ctx, &end.Number, &end.Hash))
}

func insertRow(ctx context.Context, tx bun.Tx, r row) error {
	for c, v := range r.Row {
		number, ok := v.(json.Number)
		if !ok {
			continue
		}
		whole, err := number.Int64()
		if err != nil {
			return fmt.Errorf("column %s: %w", c, err)
		}
		r.Row[c] = whole
	}
	_, err := tx.NewInsert().Model(&r.Row).TableExpr("?", bun.Ident(r.Table)).Exec(ctx)
	return err
}

// tablesOf lists our tables, each after those that it refers to.
func tablesOf(ctx context.Context, db bun.IDB) ([]string, error) {
	names, refers := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'bun_%' AND name NOT LIKE 'witness_%' ORDER BY name`,
		`SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
	if db.Dialect().Name() == dialect.PG {
		names = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'bun_%' AND tablename NOT LIKE 'witness_%' ORDER BY tablename`
		refers = `SELECT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
			JOIN pg_namespace n ON n.oid = a.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema()`
	}
	var todo []string
	err := each(ctx, db, names, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		todo = append(todo, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	before := map[string][]string{}
	err = each(ctx, db, refers, func(rows *sql.Rows) error {
		var from, to string
		err := rows.Scan(&from, &to)
		if from != to {
			before[from] = append(before[from], to)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var ordered []string
	for len(todo) > 0 {
		rest := slices.DeleteFunc(slices.Clone(todo), func(t string) bool {
			ready := !slices.ContainsFunc(before[t], func(b string) bool { return !slices.Contains(ordered, b) })
			if ready {
				ordered = append(ordered, t)
			}
			return ready
		})
		if len(rest) == len(todo) {
			return nil, fmt.Errorf("the tables %s refer to each other", strings.Join(todo, ", "))
		}
		todo = rest
	}
	return ordered, nil
}

func each(ctx context.Context, db bun.IConn, query string, visit func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// References calls visit with the name of every blob that a row speaks of, some of them often.
func (s *Store) References(ctx context.Context, visit func(sha256 string) error) error {
	for _, query := range []string{`SELECT sha256, '[]' FROM upload_files`, `SELECT sha256, pictures FROM files`, `SELECT reading, '[]' FROM files`, `SELECT reading, pictures FROM ranges`} {
		err := each(ctx, s.db, query, func(rows *sql.Rows) error {
			var one, more string
			if err := rows.Scan(&one, &more); err != nil {
				return err
			}
			list, err := sumsOf(more)
			if err != nil {
				return err
			}
			for _, sum := range append(list, one) {
				if sum == "" {
					continue
				}
				if err := visit(sum); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sumsOf reads the column of pictures.
func sumsOf(pictures string) (list []string, err error) {
	if pictures == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(pictures), &list)
	return list, err
}
