package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"
)

func init() {
	conformance["Tampering with any row of any table is detected"] = testAnyRow
	conformance["Tampering with marks is detected"] = testMarks
	conformance["A row that was tampered with is not marked by later work"] = testNoLaundering
	conformance["An update keeps what was found"] = testUpdate
	conformance["All rows are marked anew on purpose only"] = testRemark
}

// intact says that every row has its mark.
func intact(t *testing.T, s *Store) {
	t.Helper()
	v, err := s.VerifyRows(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Problems {
		t.Error(p)
	}
}

// tampered says what VerifyRows tells after somebody has run statements past
// the program; they are undone.
func tampered(t *testing.T, s *Store, statements ...string) (told string, err error) {
	t.Helper()
	ctx := t.Context()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	off := "PRAGMA defer_foreign_keys = ON"
	if s.pg() {
		off = "SET LOCAL session_replication_role = replica" // no triggers, ours neither
	}
	for _, q := range append([]string{off}, statements...) {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return "", fmt.Errorf("%s: %w", q, err)
		}
	}
	v, err := s.verifyRows(ctx, tx)
	if err != nil {
		t.Fatal(statements, err)
	}
	return strings.Join(v.Problems, "\n"), nil
}

// columnsOf are a table's columns: name to whether it is a number.
func columnsOf(t *testing.T, s *Store, table string) map[string]bool {
	t.Helper()
	query := `SELECT name AS column_name, lower(type) AS data_type FROM pragma_table_info(?)`
	if s.pg() {
		query = `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?`
	}
	var rows []struct{ ColumnName, DataType string }
	if err := s.db.NewRaw(query, table).Scan(t.Context(), &rows); err != nil || len(rows) == 0 {
		t.Fatal(table, err)
	}
	columns := map[string]bool{}
	for _, r := range rows {
		switch r.DataType {
		case "text":
			columns[r.ColumnName] = false
		case "integer", "bigint":
			columns[r.ColumnName] = true
		default:
			t.Fatalf("%s.%s is of the type %s, which rows are not known to be digested alike with", table, r.ColumnName, r.DataType)
		}
	}
	return columns
}

// filled has a row in every table that the schema has, and returns the tables.
func filled(t *testing.T, s *Store) []string {
	t.Helper()
	worked(t, s)
	ctx := t.Context()
	tables, err := tablesOf(ctx, s.db)
	if err != nil || len(tables) < 20 {
		t.Fatal(tables, err)
	}
	refers := map[string]string{}
	for column, query := range map[string]string{"application_id": "SELECT min(id) FROM applications", "upload_id": "SELECT min(id) FROM uploads", "file_id": "SELECT min(id) FROM files"} {
		var id string
		if err := s.db.NewRaw(query).Scan(ctx, &id); err != nil {
			t.Fatal(err)
		}
		refers[column] = id
	}
	for _, table := range tables {
		row := map[string]any{}
		for c, number := range columnsOf(t, s, table) {
			switch {
			case refers[c] != "":
				row[c] = refers[c]
			case table == "windows" && c == "id":
				row[c] = refers["upload_id"]
			case number:
				row[c] = 3
			default:
				row[c] = "值|\\\n'" + c
			}
		}
		if table == "accounts" || table == "trials" {
			refers[strings.TrimSuffix(table, "s")+"_id"] = fmt.Sprint(row["id"])
		}
		if unwitnessed[table] != "" {
			continue
		}
		if err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewInsert().Model(&row).TableExpr("?", bun.Ident(table)).Exec(ctx)
			return err
		}); err != nil {
			t.Fatal(table, err)
		}
	}
	return tables
}

func testAnyRow(t *testing.T, s *Store) {
	tables := filled(t, s)
	intact(t, s)
	for _, table := range tables {
		if unwitnessed[table] != "" {
			continue
		}
		columns := columnsOf(t, s, table)
		var names, changed []string
		for c := range columns {
			names = append(names, c)
		}
		slices.Sort(names)
		for _, c := range names {
			with := fmt.Sprintf(`"%s" || 'x'`, c)
			if columns[c] {
				with = fmt.Sprintf(`"%s" + 1`, c)
			}
			changed = append(changed, with)
			told, err := tampered(t, s, fmt.Sprintf(`UPDATE "%s" SET "%s" = %s`, table, c, with))
			if err != nil {
				t.Fatal(err)
			}
			if want := "数据表 " + table; strings.Contains(told, want) == slices.Contains(volatile, c) {
				t.Errorf("%s.%s changed: %q", table, c, told)
			}
		}
		insert := fmt.Sprintf(`INSERT INTO "%s" ("%s") SELECT %s FROM "%s"`, table, strings.Join(names, `", "`), strings.Join(changed, ", "), table)
		if !s.pg() {
			insert += " LIMIT 1"
		}
		for what, c := range map[string]struct {
			do   []string
			says string
		}{
			"deleted":                 {[]string{fmt.Sprintf(`DELETE FROM "%s"`, table)}, "数据表 " + table},
			"inserted":                {[]string{insert}, "绕过程序添加"},
			"deleted with its mark":   {[]string{fmt.Sprintf(`DELETE FROM "%s"`, table), fmt.Sprintf(`DELETE FROM witness_rows WHERE tbl = '%s'`, table)}, "连同校验码被删除"},
			"inserted with some mark": {[]string{insert, fmt.Sprintf(`INSERT INTO witness_rows SELECT tbl, pk || 'x', mark FROM witness_rows WHERE tbl = '%s'`, table)}, "数据表 " + table},
			"its marks taken off":     {[]string{fmt.Sprintf(`DELETE FROM witness_rows WHERE tbl = '%s'`, table)}, "没有校验码"},
		} {
			told, err := tampered(t, s, c.do...)
			if err != nil {
				t.Fatal(what, err)
			}
			if !strings.Contains(told, c.says) {
				t.Errorf("%s, %s: %q", table, what, told)
			}
		}
	}
	intact(t, s)
}

func testMarks(t *testing.T, s *Store) {
	worked(t, s)
	a, err := s.AddAccount(t.Context(), Account{Login: "li", Name: "李", Role: "初审"})
	if err != nil {
		t.Fatal(err)
	}
	var mark string
	if err := s.db.NewRaw(`SELECT mark FROM witness_rows WHERE tbl = 'accounts'`).Scan(t.Context(), &mark); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangeAccount(t.Context(), a.ID, "account.disable", func(a *Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	intact(t, s)
	drop, stranger := `DROP TRIGGER witness_accounts_changed`, []string{`CREATE TRIGGER helper AFTER UPDATE ON applications BEGIN UPDATE accounts SET role = '管理'; END`}
	if s.pg() {
		drop = `ALTER TABLE accounts DISABLE TRIGGER witness_accounts`
		stranger = []string{`CREATE FUNCTION helper() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`, `CREATE TRIGGER helper AFTER UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION helper()`}
	}
	for name, c := range map[string]struct {
		do   []string
		says string
	}{
		"a row set back with its mark": {[]string{`UPDATE accounts SET disabled = 0`, `UPDATE witness_rows SET mark = '` + mark + `' WHERE tbl = 'accounts'`}, "还原为较早的内容"},
		"marks exchanged":              {[]string{`UPDATE witness_rows SET mark = (SELECT max(mark) FROM witness_rows WHERE tbl <> 'accounts') WHERE tbl = 'accounts'`}, "被改动"},
		"the total":                    {[]string{`UPDATE witness_head SET total = '1'`}, "总校验码被改动"},
		"the count":                    {[]string{`UPDATE witness_head SET marks = marks - 1`}, "总校验码被改动"},
		"the key's name":               {[]string{`UPDATE witness_head SET key = 'public0'`}, "总校验码被改动"},
		"no head":                      {[]string{`DELETE FROM witness_head`}, "总校验码被删除"},
		"a table gone":                 {[]string{`DROP TABLE blind_checks`}, ""},
		"a table taken away":           {[]string{`DELETE FROM witness_rows WHERE tbl = 'decisions'`, `DROP TABLE decisions`}, "连同校验码被删除"},
		"a table of decisions gone":    {[]string{`DROP TABLE decisions`}, "数据表 decisions 被删除"},
		"a trigger taken off":          {[]string{drop}, "被删除、停用或改写"},
		"a strange trigger":            {stranger, "不属于本程序的触发器 helper"},
		"the trail's end":              {[]string{`UPDATE audit_head SET number = number - 1`}, "审计记录的末行"},
		"the trail written anew":       {[]string{`UPDATE audit_head SET hash = 'abc'`}, "审计记录的末行"},
	} {
		told, err := tampered(t, s, c.do...)
		if err != nil {
			t.Fatal(name, err)
		}
		if !strings.Contains(told, c.says) || c.says == "" && told != "" {
			t.Errorf("%s: %q", name, told)
		}
	}
	intact(t, s)
}

// testNoLaundering: what somebody wrote past the program stays told when the
// program itself writes that row, or any other, afterwards.
func testNoLaundering(t *testing.T, s *Store) {
	ctx := t.Context()
	worked(t, s)
	a, err := s.AddAccount(ctx, Account{Login: "li", Name: "李", Role: "初审"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.AddAccount(ctx, Account{Login: "wu", Name: "吴", Role: adminRole})
	if err != nil {
		t.Fatal(err)
	}
	verify := func() string {
		v, err := s.VerifyRows(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(v.Problems, "\n")
	}
	rename := func(id, name string) {
		t.Helper()
		if _, err := s.ChangeAccount(ctx, id, "account.name", func(a *Account) error { a.Name = name; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	// With the triggers in force, as by a program that has the function that they call.
	outside := outsider(t, s)
	if _, err := outside.ExecContext(ctx, `UPDATE accounts SET role = '管理' WHERE id = '`+a.ID+`'`); err != nil {
		t.Fatal(err)
	}
	rename(b.ID, "吴二")
	if got := verify(); !strings.Contains(got, "数据表 accounts 的行 "+a.ID+" 的内容与校验码不符") {
		t.Errorf("after other work: %q", got)
	}
	rename(a.ID, "李二")
	if got := verify(); !strings.Contains(got, "accounts "+a.ID) || !strings.Contains(got, "绕过程序改动过的行") {
		t.Errorf("after work on the row: %q", got)
	}
	if s.pg() { // noted for a transaction to come
		if _, err := outside.ExecContext(ctx, `INSERT INTO witness_touched (tbl, pk, before, after) VALUES ('accounts', 'x', '', 'y')`); err != nil {
			t.Fatal(err)
		}
		rename(b.ID, "吴三")
		var n int
		if err := s.db.NewRaw(`SELECT count(*) FROM witness_rows WHERE tbl = 'accounts' AND pk = 'x'`).Scan(ctx, &n); err != nil || n != 0 {
			t.Error("a strange note was marked", err)
		}
	}
	// A row deleted past the program whose name the program gives again.
	if _, err := outside.ExecContext(ctx, `DELETE FROM decisions`); err != nil {
		t.Fatal(err)
	}
	var app string
	if err := s.db.NewRaw(`SELECT application_id FROM runs`).Scan(ctx, &app); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, app, []Decision{{Finding: "f", Action: Confirm, Person: "x", Run: 1}}); err != nil {
		t.Fatal(err)
	}
	if got := verify(); !strings.Contains(got, "绕过程序删除过的行") {
		t.Errorf("a name given again: %q", got)
	}
}

func testRemark(t *testing.T, s *Store) {
	ctx := t.Context()
	worked(t, s)
	if _, err := s.db.NewRaw(`UPDATE runs SET verdict = 'pass'`).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	where, dir := addressOf(t, s), t.TempDir()
	file := filepath.Join(dir, "another.key")
	wrong, err := Remark(ctx, where, "", "修复")
	if err != nil || len(wrong) != 1 || !strings.Contains(wrong[0], "runs") {
		t.Fatal(wrong, err)
	}
	intact(t, s)
	if _, err := Remark(ctx, where, file, "换密钥"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, where); !errors.Is(err, ErrOtherKey) {
		t.Errorf("opened with another key: %v", err)
	}
	if err := s.Record(ctx, Event{Name: "view.list"}); !errors.Is(err, ErrOtherKey) {
		t.Errorf("a process that has the old key wrote: %v", err)
	}
	if mode := must(os.Stat(file)).Mode().Perm(); mode != 0o600 {
		t.Errorf("the key is for %v", mode)
	}
	o, err := OpenWith(ctx, where, file)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	intact(t, o)
	if v, err := o.VerifyRows(ctx); err != nil || !v.Keyed() || v.Rows == 0 {
		t.Errorf("%+v, %v", v, err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenWith(ctx, where, file); !errors.Is(err, ErrOtherKey) || !strings.Contains(err.Error(), "missing") {
		t.Errorf("opened without its key: %v", err)
	}
	if err := os.WriteFile(file, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenWith(ctx, where, file); err == nil || !strings.Contains(err.Error(), "holds no key") {
		t.Errorf("opened with no key: %v", err)
	}
	// Marks that are taken off as a whole do not come back in silence.
	if _, err := o.db.ExecContext(ctx, `UPDATE witness_head SET key = ''`); err != nil {
		t.Fatal(err)
	}
	again, err := OpenWith(ctx, where, filepath.Join(dir, "third.key"))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if v, err := again.VerifyRows(ctx); err != nil || !strings.Contains(strings.Join(v.Problems, ""), "全部校验码被删除") {
		t.Errorf("%+v, %v", v, err)
	}
}

// outsider is a connection that is not the program's.
func outsider(t *testing.T, s *Store) *sql.DB {
	t.Helper()
	driver, address := sqliteDriver, addressOf(t, s)
	if s.pg() {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// addressOf is where an open database is.
func addressOf(t *testing.T, s *Store) string {
	t.Helper()
	if address := addresses[s]; address != "" {
		return address
	}
	var path string
	if err := s.db.NewRaw(`SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(t.Context(), &path); err != nil {
		t.Fatal(err)
	}
	return path
}

// addresses are those of PostgreSQL's schemas.
var addresses = map[*Store]string{}

// testUpdate: a step that changes rows does not hide that one was tampered with
// before.
func testUpdate(t *testing.T, s *Store) {
	ctx := t.Context()
	worked(t, s)
	address := addressOf(t, s)
	for _, q := range []string{`UPDATE runs SET verdict = 'pass'`, `DELETE FROM bun_migrations WHERE name LIKE '%83'`, `DROP TABLE blind_checks`} {
		if _, err := outsider(t, s).ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	now, err := Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer now.Close()
	v, err := now.VerifyRows(ctx)
	if err != nil || len(v.Problems) != 1 || !strings.Contains(v.Problems[0], "runs") {
		t.Errorf("%v, %v", v.Problems, err)
	}
	if err := now.Record(ctx, Event{Name: "view.list"}); err != nil {
		t.Error(err)
	}
}

// tampering are the tests of conformance that leave rows without their marks.
var tampering = map[string]bool{
	"The audit trail tells of tampering":                       true,
	"A row that was tampered with is not marked by later work": true,
	"All rows are marked anew on purpose only":                 true,
	"An update keeps what was found":                           true,
}
