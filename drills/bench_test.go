package drills

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestBench measures a fleet and prints rows for docs/scaling.md; see
// scripts/bench-fleet.sh. Times are those of the machine as it was.
func TestBench(t *testing.T) {
	if os.Getenv("HEQUAN_BENCH") == "" {
		t.Skip("HEQUAN_BENCH is not set: make bench-fleet")
	}
	s := newSite(t, 6, 2)
	pages := 6 * 3
	seconds := map[int]float64{}
	for _, workers := range []int{1, 2} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			f := s.fleet(t, 1)
			for _, p := range f.processes[workers:] {
				p.end()
			}
			db := f.open()
			defer db.Close()
			for n := 0; n == 0; time.Sleep(50 * time.Millisecond) { // serve, which works as well, is up
				_ = db.QueryRow(`SELECT count(*) FROM workers`).Scan(&n) // the table may not be there yet
			}
			before := s.cpu()
			began := time.Now()
			f.upload()
			f.finished(10 * time.Minute)
			seconds[workers] = time.Since(began).Seconds()
			t.Logf("| %d process(es) of one reader each: %d pages, from upload to compared window | %.1f s |", workers, pages, seconds[workers])
			t.Logf("| CPU of PostgreSQL and Redis a page, %d process(es) | %.1f ms |", workers, (s.cpu()-before)*1000/float64(pages))
		})
	}
	t.Logf("| ratio 1 → 2 | %.2f |", seconds[1]/seconds[2])
	t.Run("recheck", s.recheck)
}

// cpu is what PostgreSQL and Redis have used, in seconds.
func (s *site) cpu() float64 {
	ticks := 0.0
	count := func(pid int, children bool) {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return // it has ended
		}
		fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
		last := 13 // utime, stime
		if children {
			last = 15
		}
		for _, f := range fields[11:last] {
			n, _ := strconv.ParseFloat(f, 64) // the kernel writes numbers
			ticks += n
		}
	}
	count(s.redis.cmd.Process.Pid, true)
	head := s.pg.cmd.Process.Pid
	count(head, true)
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", head)) // the pattern is valid
	for _, task := range tasks {
		data, err := os.ReadFile(task)
		if err != nil {
			continue
		}
		for _, child := range strings.Fields(string(data)) {
			if pid, err := strconv.Atoi(child); err == nil {
				count(pid, false)
			}
		}
	}
	return ticks / 100
}

// recheck judges 1,000 applications again, on either database.
func (s *site) recheck(t *testing.T) {
	f := s.fleet(t, 2)
	f.upload()
	f.finished(3 * time.Minute)
	dir := t.TempDir()
	f.hequan(t, "export", filepath.Join(dir, "moved"), "--database", f.database, "--blobs", f.blobs, "--data", filepath.Join(dir, "none"))
	rows := filepath.Join(dir, "moved", "rows.jsonl")
	data, err := os.ReadFile(rows)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(rows, multiplied(t, data, 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	sqlite := []string{"--data", filepath.Join(dir, "single")}
	pg := []string{"--database", s.pg.database(t, "thousand"), "--blobs", filepath.Join(dir, "single", "blobs"), "--data", filepath.Join(dir, "single")}
	for name, where := range map[string][]string{"SQLite": sqlite, "PostgreSQL": pg} {
		f.hequan(t, append([]string{"import", filepath.Join(dir, "moved")}, where...)...)
		args := []string{"recheck", "--window", "all", "--dry-run", "--format", "json", "-o", filepath.Join(dir, "difference.json"), "--data", where[len(where)-1]}
		if name == "PostgreSQL" {
			args = append(args, where[:2]...)
		}
		before, began := s.cpu(), time.Now()
		cmd := exec.Command(s.program, args...)
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() > 1 {
			t.Fatalf("recheck: %v\n%s", err, out)
		}
		used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		t.Logf("| recheck of 1,000 applications, %s | %.1f s, %.1f CPU s of hequan, %.1f of PostgreSQL |", name, time.Since(began).Seconds(), used.Seconds(), s.cpu()-before)
	}
}

// multiplied keeps the first application of exported rows, n times.
func multiplied(t *testing.T, rows []byte, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	app := ""
	for _, line := range bytes.SplitAfter(rows, []byte("\n")) {
		var r struct {
			Table string
			Row   map[string]any
		}
		if json.Unmarshal(line, &r) != nil || r.Table == "" {
			out.Write(line)
			continue
		}
		id, _ := r.Row["application_id"].(string)
		if r.Table == "applications" {
			id, _ = r.Row["id"].(string)
			if app == "" {
				app = id
			}
		}
		if id == "" {
			out.Write(line)
			continue
		}
		if id != app {
			continue
		}
		for i := range n {
			copied := bytes.ReplaceAll(line, []byte(app), fmt.Appendf(nil, "%s%04d", app[:12], i))
			switch r.Table {
			case "files":
				copied = bytes.Replace(copied, fmt.Appendf(nil, `"id":"%s"`, r.Row["id"]), fmt.Appendf(nil, `"id":"%s.%d"`, r.Row["id"], i), 1)
			case "applications":
				copied = bytes.Replace(copied, fmt.Appendf(nil, `"ordinal":%v,`, r.Row["ordinal"]), fmt.Appendf(nil, `"ordinal":%d,`, i), 1)
			}
			out.Write(copied)
		}
	}
	return out.Bytes()
}
