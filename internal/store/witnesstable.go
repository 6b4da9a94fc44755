package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// unwitnessed are the tables without marks of their rows, and why. Every other
// table has them, a new one, too.
var unwitnessed = map[string]string{
	"audit":      "a chain of its own, whose end is marked",
	"audit_head": "the end of that chain, compared with the mark",
	"workers":    "who is there at the moment, told anew every minute",
}

// volatile are the columns that are no part of a row's digest, in every table:
// they change with each sign of life and say nothing of an application.
var volatile = []string{"lease_until", "pages_done", "pages_total", "updated_at", "used_at"}

// witnessed is a table whose rows have marks.
type witnessed struct {
	name    string
	key     []string // columns of the primary key, in its order
	columns []string // that are digested, sorted
}

// rowDigest is the sha256 of a row: of "column=length:text\n", columns sorted.
func rowDigest(columns []string, values []string) string {
	h := sha256.New()
	for i, c := range columns {
		fmt.Fprintf(h, "%s=%d:%s\n", c, len(values[i]), values[i])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sqliteDriver is SQLite with the function that triggers call: hequan_digest('a,b', a, b).
const sqliteDriver = "sqlite3-hequan"

func init() {
	sql.Register(sqliteDriver, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		return c.RegisterFunc("hequan_digest", func(columns string, values ...any) (string, error) {
			names, texts := strings.Split(columns, ","), make([]string, len(values))
			if len(names) != len(values) {
				return "", fmt.Errorf("%d values of %d columns", len(values), len(names))
			}
			for i, v := range values {
				switch v := v.(type) {
				case nil:
				case []byte:
					texts[i] = string(v)
				default:
					texts[i] = fmt.Sprint(v)
				}
			}
			return rowDigest(names, texts), nil
		}, true)
	}})
}

// witnessedTables asks the database for its tables.
func witnessedTables(ctx context.Context, db bun.IDB) ([]witnessed, error) {
	names, err := tablesOf(ctx, db)
	if err != nil {
		return nil, err
	}
	query := `SELECT m.name, c.name, c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.name`
	if db.Dialect().Name() == dialect.PG {
		query = `SELECT c.table_name, c.column_name, coalesce((SELECT array_position(i.indkey::int2[], a.attnum) + 1 - array_lower(i.indkey::int2[], 1) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
			WHERE i.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass AND i.indisprimary AND a.attname = c.column_name AND a.attnum = ANY (i.indkey::int2[])), 0)
			FROM information_schema.columns c WHERE c.table_schema = current_schema() ORDER BY c.table_name, c.column_name COLLATE "C"`
	}
	type keyed struct {
		column string
		place  int
	}
	columns, keys := map[string][]string{}, map[string][]keyed{}
	err = each(ctx, db, query, func(rows *sql.Rows) error {
		var table, column string
		var place int
		if err := rows.Scan(&table, &column, &place); err != nil {
			return err
		}
		if !slices.Contains(volatile, column) {
			columns[table] = append(columns[table], column)
		}
		if place > 0 {
			keys[table] = append(keys[table], keyed{column, place})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var tables []witnessed
	for _, name := range names {
		if unwitnessed[name] != "" {
			continue
		}
		w := witnessed{name: name, columns: columns[name]}
		slices.Sort(w.columns)
		slices.SortFunc(keys[name], func(a, b keyed) int { return a.place - b.place })
		for _, k := range keys[name] {
			w.key = append(w.key, k.column)
		}
		if len(w.key) == 0 {
			return nil, fmt.Errorf("the table %s has no primary key", name)
		}
		tables = append(tables, w)
	}
	return tables, nil
}

// pkOf is the expression of a row's name; of is "", "NEW." or "OLD.".
func (w *witnessed) pkOf(of string) string {
	parts := make([]string, len(w.key))
	for i, c := range w.key {
		parts[i] = fmt.Sprintf(`replace(replace(CAST(%s"%s" AS TEXT), '\', '\\'), '|', '\|')`, of, c)
	}
	return strings.Join(parts, ` || '|' || `)
}

// digestOf is the expression of a row's digest.
func (w *witnessed) digestOf(of string, pg bool) string {
	parts := make([]string, len(w.columns))
	for i, c := range w.columns {
		parts[i] = of + `"` + c + `"`
		if pg {
			parts[i] = fmt.Sprintf(`'%s=' || octet_length(coalesce(%s::text, '')) || ':' || coalesce(%s::text, '') || E'\n'`, c, parts[i], parts[i])
		}
	}
	if pg {
		return `encode(sha256(convert_to(` + strings.Join(parts, ` || `) + `, 'UTF8')), 'hex')`
	}
	return `hequan_digest('` + strings.Join(w.columns, ",") + `', ` + strings.Join(parts, ", ") + `)`
}

// trigger is what a table notes its changes with.
type trigger struct {
	name, table string
	body        string // as the database keeps it: of the trigger (SQLite), of its function (PostgreSQL)
	make        []string
}

// triggers are those of a table. Each writes what was touched into
// witness_touched, with the digests of the row before and after.
func (w *witnessed) triggers(pg bool) []trigger {
	columns := `"` + strings.Join(w.columns, `", "`) + `"`
	into := `INSERT INTO witness_touched (tbl, pk, before, after) `
	added := fmt.Sprintf(`%sVALUES ('%s', %s, '', %s);`, into, w.name, w.pkOf("NEW."), w.digestOf("NEW.", pg))
	gone := fmt.Sprintf(`%sVALUES ('%s', %s, %s, '');`, into, w.name, w.pkOf("OLD."), w.digestOf("OLD.", pg))
	// A row that takes another name is one that goes and one that comes.
	changed := fmt.Sprintf(`%sSELECT '%s', %s, %s, CASE WHEN %s = %s THEN %s ELSE '' END;`, into, w.name, w.pkOf("OLD."), w.digestOf("OLD.", pg), w.pkOf("OLD."), w.pkOf("NEW."), w.digestOf("NEW.", pg)) +
		fmt.Sprintf(` %sSELECT '%s', %s, '', %s WHERE %s <> %s;`, into, w.name, w.pkOf("NEW."), w.digestOf("NEW.", pg), w.pkOf("OLD."), w.pkOf("NEW."))
	if pg {
		// A row that keeps its name is one note.
		kept := fmt.Sprintf(`%sVALUES ('%s', %s, %s, %s);`, into, w.name, w.pkOf("OLD."), w.digestOf("OLD.", pg), w.digestOf("NEW.", pg))
		body := "BEGIN IF TG_OP = 'INSERT' THEN " + added + " ELSIF TG_OP = 'DELETE' THEN " + gone + " ELSIF " + w.pkOf("OLD.") + " = " + w.pkOf("NEW.") + " THEN " + kept + " ELSE " + gone + " " + added + " END IF; RETURN NULL; END"
		name := "witness_" + w.name
		return []trigger{{name, w.name, body, []string{
			`CREATE OR REPLACE FUNCTION ` + name + `() RETURNS trigger LANGUAGE plpgsql AS $witness$` + body + `$witness$`,
			`CREATE OR REPLACE TRIGGER ` + name + ` AFTER INSERT OR DELETE OR UPDATE OF ` + columns + ` ON "` + w.name + `" FOR EACH ROW EXECUTE FUNCTION ` + name + `()`,
		}}}
	}
	var list []trigger
	for _, t := range []struct{ on, name, body string }{{"INSERT", "added", added}, {"DELETE", "gone", gone}, {"UPDATE OF " + columns, "changed", changed}} {
		name := "witness_" + w.name + "_" + t.name
		body := `CREATE TRIGGER "` + name + `" AFTER ` + t.on + ` ON "` + w.name + `" BEGIN ` + t.body + ` END`
		list = append(list, trigger{name, w.name, body, []string{`DROP TRIGGER IF EXISTS "` + name + `"`, body}})
	}
	return list
}

// ours are the triggers that the program knows on any table besides.
var ours = []string{"audit_kept_update", "audit_kept_delete", "audit_kept"}

// standing lists the triggers of the database: name to body. One that does not fire has none.
func standing(ctx context.Context, db bun.IDB) (map[string]string, error) {
	query := `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`
	if db.Dialect().Name() == dialect.PG {
		query = `SELECT t.tgname, CASE WHEN t.tgenabled = 'O' THEN p.prosrc ELSE '' END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND n.nspname = current_schema()`
	}
	there := map[string]string{}
	err := each(ctx, db, query, func(rows *sql.Rows) error {
		var name, body string
		err := rows.Scan(&name, &body)
		there[name] = body
		return err
	})
	return there, err
}

// strangeTriggers says what is wrong with the triggers of the database.
func strangeTriggers(ctx context.Context, db bun.IDB, tables []witnessed) ([]string, error) {
	there, err := standing(ctx, db)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for i := range tables {
		for _, t := range tables[i].triggers(db.Dialect().Name() == dialect.PG) {
			if body, ok := there[t.name]; !ok || body != t.body {
				wrong = append(wrong, fmt.Sprintf("数据表 %s 的触发器 %s 被删除、停用或改写", t.table, t.name))
			}
			delete(there, t.name)
		}
	}
	for _, name := range ours {
		delete(there, name)
	}
	for name := range there {
		wrong = append(wrong, fmt.Sprintf("数据库中有不属于本程序的触发器 %s", name))
	}
	slices.Sort(wrong)
	return wrong, nil
}
