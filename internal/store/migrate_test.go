package store

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun/migrate"
)

// TestADatabaseOfTheFirstVersionIsBroughtUpToDate makes one by the migrations
// that version 0.1.0 had, with a judged application, and opens it.
func TestADatabaseOfTheFirstVersionIsBroughtUpToDate(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "hequan.db")
	old := fstest.MapFS{}
	err := fs.WalkDir(migrations, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(name, "/202607") {
			return err
		}
		data, err := migrations.ReadFile(name)
		old[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil || len(old) != 4 {
		t.Fatalf("%d migrations, %v", len(old), err)
	}
	s, unlock, err := openSQLite(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	all := migrate.NewMigrations()
	if err := all.Discover(old); err != nil {
		t.Fatal(err)
	}
	m := migrate.NewMigrator(s.db, all, migrate.WithMarkAppliedOnSuccess(true))
	if err := m.Init(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO uploads VALUES ('u', 'w.zip', 1, 'done', 1, 0, '', 0, 0, '', 1, 1)`,
		`INSERT INTO applications VALUES ('a', 'u', 0, '0017', '某公司', '项目', 'api', '{}', '[]', 'fail', '61.5', 1, 'done', 1, 0, '', 0, 0, '', 1, 1)`,
		`INSERT INTO files VALUES ('f', 'a', 0, '1.pdf', 'aa', 1, 1, 1, 'r', '["p"]', '', 'done', 1, 0, '', 0, 0, '', 1, 1)`,
		`INSERT INTO runs VALUES ('a', 1, '2026H1', '0.1.0', 'fail', '{"application": {"claimed_amount": "1230000.00"}, "subsidy": {"payable_wan": "61.5"}, "findings": [{"rule": "x", "status": "fail"}, {"rule": "y", "status": "pass"}]}', 1)`,
	} {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	s.Close()
	unlock()
	now, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer now.Close()
	sum, err := now.Summary(ctx, "a")
	if err != nil || sum.Name != "0017" || sum.Fails != 1 || sum.Open != 1 || sum.Claimed != 123000000 || sum.Payable != "61.5" || sum.Files != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if files, err := now.Files(ctx, "a"); err != nil || len(files) != 1 || files[0].ReplacedIn != 0 {
		t.Errorf("%+v, %v", files, err)
	}
	if due := supplement(t, now, "a", nil, false, Incoming{"2.pdf", "bb", 1}); len(due) != 1 {
		t.Errorf("due %v", due)
	}
}
