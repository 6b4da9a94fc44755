package store

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hequan"
)

// worked fills a database with what reading, judging and deciding leave.
func worked(t *testing.T, s *Store) {
	t.Helper()
	app, files := seed(t, s, 3)
	readAll(t, s, files[:2])
	if _, err := s.Fail(t.Context(), KindFile, files[2], claim(t, s, KindFile, files[2]), "坏\x01了 'quoted' \"?\" \n", 1, 0); err != nil {
		t.Fatal(err)
	}
	finding := hequan.Finding{Rule: "invoice.date_window", Status: hequan.Fail, Message: "开票日期 ？ 不在期内"}
	judged(t, s, app, finding)
	if err := s.Decide(t.Context(), app, []Decision{{Finding: FindingKey(finding), Action: Confirm, Person: "张三", Reason: "属实", Run: 1}}); err != nil {
		t.Fatal(err)
	}
	seed(t, s, 2) // still to be read
}

// rowsOf is what Export writes, in an order of its own.
func rowsOf(t *testing.T, s *Store) (raw, sorted string) {
	t.Helper()
	var out bytes.Buffer
	if err := s.Export(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	slices.Sort(lines)
	return out.String(), strings.Join(lines, "\n")
}

func sqlite(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestAnExportMovesEverything(t *testing.T) {
	server := postgres(t)
	lite, pg, back := sqlite(t), openSchema(t, server, "moved"), sqlite(t)
	worked(t, lite)
	raw, want := rowsOf(t, lite)
	if n := strings.Count(raw, "\n"); n < 15 {
		t.Fatalf("the export has %d lines only:\n%s", n, raw)
	}
	for _, to := range []*Store{pg, back} {
		n, err := to.Import(t.Context(), strings.NewReader(raw))
		if err != nil || n != strings.Count(raw, "\n")-1 {
			t.Fatalf("imported %d rows: %v", n, err)
		}
		var got string
		raw, got = rowsOf(t, to) // the next one takes what this one gives
		intact(t, to)
		if got != want {
			t.Errorf("the rows differ:\n%s\nwant\n%s", got, want)
		}
	}
	due, err := pg.Due(t.Context(), 10)
	if err != nil || len(due) != 2 {
		t.Errorf("due after the move: %v, %v", due, err)
	}
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	from, to := sqlite(t), sqlite(t)
	worked(t, from)
	raw, _ := rowsOf(t, from)
	for name, bad := range map[string]string{
		"cut off":       raw[:len(raw)-20],
		"other tables":  strings.Replace(raw, "_fleet", "_elsewhere", 1),
		"unknown table": raw + `{"table": "passwords", "row": {"id": "1"}}` + "\n",
		"doubled":       raw + strings.SplitAfter(raw, "\n")[1],
		"no export":     `{"rows": 1}`,
	} {
		if _, err := to.Import(t.Context(), strings.NewReader(bad)); err == nil {
			t.Errorf("%s: imported", name)
		}
		if list, err := to.List(t.Context(), "", 10); err != nil || len(list) != 0 {
			t.Errorf("%s: %d applications are there, %v", name, len(list), err)
		}
	}
	if _, err := to.Import(t.Context(), strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	if _, err := to.Import(t.Context(), strings.NewReader(raw)); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a second import: %v", err)
	}
}

func TestMigrationsAreListed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hequan.db")
	s, unlock, err := connect(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	s.Close()
	before, err := Migrations(t.Context(), path)
	if err != nil || len(before) < 4 || !before[0].Applied.IsZero() {
		t.Fatalf("%v, %v", before, err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	s.Close()
	after, err := Migrations(t.Context(), path)
	if err != nil || len(after) != len(before) || after[len(after)-1].Applied.IsZero() {
		t.Errorf("%v, %v", after, err)
	}
}
