package drills

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// moved exports a fleet's installation from PostgreSQL and S3, imports it into
// SQLite and a folder, and back into another database and bucket; what the
// export of each holds is the same, and so are the reports.
func (f *fleet) moved(t *testing.T) {
	dir := t.TempDir()
	first, second, third := filepath.Join(dir, "first"), filepath.Join(dir, "second"), filepath.Join(dir, "third")
	here := []string{"--database", f.database, "--blobs", f.blobs, "--data", filepath.Join(dir, "none")}
	single := []string{"--data", filepath.Join(dir, "single")}
	back := []string{"--database", f.pg.database(t, "back"), "--blobs", f.bucket.make(t, "back"), "--data", filepath.Join(dir, "other")}
	f.hequan(t, append([]string{"export", first}, here...)...)
	f.hequan(t, append([]string{"import", first}, single...)...)
	f.hequan(t, append([]string{"export", second}, single...)...)
	f.hequan(t, append([]string{"import", second}, back...)...)
	f.hequan(t, append([]string{"export", third}, back...)...)
	want := exported(t, first)
	for _, other := range []string{second, third} {
		if got := exported(t, other); !slices.Equal(got, want) {
			t.Errorf("%s holds %d rows and files, %s holds %d, or they differ", other, len(got), first, len(want))
		}
	}
	if len(want) < 30 {
		t.Errorf("the export holds %d rows and files only", len(want))
	}
	f.reportsOf(t, filepath.Join(dir, "single"))
}

// exported lists the rows and files of an export. Who works now is no part of what is kept.
func exported(t *testing.T, dir string) []string {
	t.Helper()
	rows, err := os.ReadFile(filepath.Join(dir, "rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.Split(string(rows), "\n"), func(l string) bool { return strings.Contains(l, `"table":"workers"`) || l == "" })
	files, err := filepath.Glob(filepath.Join(dir, "blobs", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, name)
	}
	slices.Sort(lines)
	return lines
}

// hequan runs a command to its end.
func (s *site) hequan(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command(s.program, args...)
	cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=key", "AWS_SECRET_ACCESS_KEY=secret", "OMP_THREAD_LIMIT=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("hequan %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// reportsOf serves a data folder by itself and compares the reports that it gives.
func (f *fleet) reportsOf(t *testing.T, data string) {
	t.Helper()
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	cmd := exec.Command(f.program, "serve", "--addr", addr, "--data", data)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	db, err := sql.Open("sqlite3", filepath.Join(data, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name := range f.want.reports {
		var id string
		if err := db.QueryRow(`SELECT id FROM applications WHERE name = ?`, name).Scan(&id); err != nil {
			t.Fatal(err)
		}
		want := get(t, f.url+"/api/applications/"+id+"/report", &log)
		if got := get(t, "http://"+addr+"/api/applications/"+id+"/report", &log); got != want || len(got) < 1000 {
			t.Errorf("the report of %s differs after the move:\n%s", name, difference(got, want))
		}
	}
}

func get(t *testing.T, url string, log *bytes.Buffer) string {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		resp, err := http.Get(url)
		if err == nil {
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err == nil && resp.StatusCode == http.StatusOK {
				return string(body)
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: %v\n%s", url, err, log)
		}
	}
}

// restored dumps the database, restores it as another, and compares the reports.
func (f *fleet) restored(t *testing.T) {
	dump := filepath.Join(f.pg.dir, "dump")
	run := func(program string, args ...string) {
		t.Helper()
		cmd := exec.Command(filepath.Join(f.pg.bin, program), args...)
		cmd.SysProcAttr, cmd.Dir = f.pg.as, f.pg.dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", program, err, out)
		}
	}
	run("pg_dump", "-Fc", "-f", dump, f.database)
	other := f.pg.database(t, "restored")
	run("pg_restore", "-d", other, dump)
	again := *f
	again.t, again.database = t, other
	again.proven()
	out := f.hequan(t, "doctor", "--database", other, "--blobs", f.blobs, "--redis", f.redis.address(), "--data", t.TempDir())
	if !strings.Contains(out, "✓ 数据库") || !strings.Contains(out, "✓ 材料存储") || !strings.Contains(out, "✓ 队列") {
		t.Errorf("doctor says\n%s", out)
	}
}

// erased erases one application; the others keep their reports, and no table
// but the audit trail speaks of it.
func (f *fleet) erased(t *testing.T) {
	db := f.open()
	defer db.Close()
	var id, sum string
	if err := db.QueryRow(`SELECT a.id, f.reading FROM applications a JOIN files f ON f.application_id = a.id ORDER BY a.ordinal DESC, f.ordinal LIMIT 1`).Scan(&id, &sum); err != nil {
		t.Fatal(err)
	}
	out := f.hequan(t, "erase", id, "--reason", "演练", "--database", f.database, "--blobs", f.blobs, "--data", t.TempDir())
	if !strings.Contains(out, "已抹除申报 "+id) {
		t.Errorf("erase says %s", out)
	}
	var left, lines int
	if err := db.QueryRow(`SELECT (SELECT count(*) FROM applications WHERE id = $1) + (SELECT count(*) FROM files WHERE application_id = $1) + (SELECT count(*) FROM runs WHERE application_id = $1) + (SELECT count(*) FROM files WHERE reading = $2),
		(SELECT count(*) FROM audit WHERE application = $1 AND event = 'application.erase')`, id, sum).Scan(&left, &lines); err != nil || left != 0 || lines != 1 {
		t.Errorf("%d rows are left, %d lines say so: %v", left, lines, err)
	}
}
