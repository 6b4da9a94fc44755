package drills

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// site is what all drills share.
type site struct {
	program string // the built hequan
	modules string // PDFium, compiled once
	pg      *postgres
	redis   *redisServer
	bucket  *bucket
	archive []byte // the upload
	want    *outcome
	n       int
}

// fleet is an installation of its own: a database, a bucket, a server and two
// workers, each with a data folder as if it were another machine.
type fleet struct {
	*site
	t         *testing.T
	rand      *rand.Rand
	database  string
	blobs     string
	url       string
	processes []*process
	uploads   []string   // that were accepted
	decided   []decision // that were accepted
	scars     int        // readers, workers and servers that were killed
}

type decision struct{ application, finding string }

func (s *site) fleet(t *testing.T, seed uint64) *fleet {
	t.Helper()
	s.n++
	name := fmt.Sprintf("drill%d", s.n)
	if err := s.redis.client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	f := &fleet{site: s, t: t, rand: rand.New(rand.NewPCG(seed, uint64(s.n))), database: s.pg.database(t, name), blobs: s.bucket.make(t, name)}
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	f.url = "http://" + addr
	f.add("serve", "--addr", addr)
	f.add("worker")
	f.add("worker")
	return f
}

// process is one of the fleet's; it is started again whenever it ends, as an
// operator's system does.
type process struct {
	mu    sync.Mutex
	cmd   *exec.Cmd
	log   bytes.Buffer
	ended bool
	gone  chan struct{}
}

// add starts a process with a data folder of its own.
func (f *fleet) add(command string, flags ...string) *process {
	data := f.t.TempDir()
	f.sharedModules(data)
	return f.start(data, append([]string{command}, flags...)...)
}

func (f *fleet) sharedModules(data string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Join(data, "cache"), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Symlink(f.modules, filepath.Join(data, "cache", "modules")); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fleet) start(data string, args ...string) *process {
	f.t.Helper()
	args = append(args, "--data", data, "--database", f.database, "--blobs", f.blobs, "--redis", f.redis.address(),
		"--jobs", "1", "--lease", "2s", "--reconcile", "500ms")
	p := &process{gone: make(chan struct{})}
	go func() {
		defer close(p.gone)
		for p.next(f.program, args) {
			_ = p.cmd.Wait() // it was killed, or could not reach something yet
			time.Sleep(100 * time.Millisecond)
		}
	}()
	f.processes = append(f.processes, p)
	f.t.Cleanup(p.end)
	return p
}

func (p *process) next(program string, args []string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return false
	}
	p.cmd = exec.Command(program, args...)
	p.cmd.Stderr = &p.log
	p.cmd.WaitDelay = time.Second
	p.cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=key", "AWS_SECRET_ACCESS_KEY=secret", "OMP_THREAD_LIMIT=1", "HEQUAN_PORTION=2")
	return p.cmd.Start() == nil
}

// signal sends a signal to the process as it runs now.
func (p *process) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd != nil && p.cmd.Process != nil {
		_ = p.cmd.Process.Signal(s) // it may have ended just now
	}
}

// killReader kills a reader child of the process, if there is one.
func (p *process) killReader() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil || p.cmd.Process == nil {
		return false
	}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.cmd.Process.Pid)) // the pattern is valid
	for _, task := range tasks {
		data, err := os.ReadFile(task)
		if err != nil {
			continue // the thread has ended
		}
		for _, child := range strings.Fields(string(data)) {
			if pid, err := strconv.Atoi(child); err == nil && syscall.Kill(pid, syscall.SIGKILL) == nil {
				return true
			}
		}
	}
	return false
}

// end ends the process for good.
func (p *process) end() {
	p.mu.Lock()
	p.ended = true
	p.mu.Unlock()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.gone:
	case <-time.After(40 * time.Second):
		p.signal(syscall.SIGKILL)
		<-p.gone
	}
}

// upload hands the archive in.
func (f *fleet) upload() {
	f.t.Helper()
	f.uploads = append(f.uploads, f.hand("drill.zip", f.archive))
}

// hand hands a file in, again and again until it is accepted.
func (f *fleet) hand(name string, data []byte) string {
	f.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		resp, err := http.Post(f.url+"/api/applications?name="+name, "application/octet-stream", bytes.NewReader(data))
		if err == nil {
			var got struct{ ID string }
			err = json.NewDecoder(resp.Body).Decode(&got)
			resp.Body.Close()
			if err == nil && resp.StatusCode == http.StatusAccepted {
				return got.ID
			}
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("the upload is never accepted: %v\n%s", err, f.logs())
		}
	}
}

// decide decides a finding of an application that is judged, if there is one;
// the decision counts once the server has said so.
func (f *fleet) decide() {
	db := f.open()
	defer db.Close()
	var d decision
	err := db.QueryRow(`SELECT g.application_id, g.finding FROM findings g JOIN applications a ON a.id = g.application_id
		WHERE a.state = 'done' AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.application_id = a.id) ORDER BY g.application_id, g.ordinal LIMIT 1`).Scan(&d.application, &d.finding)
	if err != nil {
		return
	}
	body, err := json.Marshal(map[string]any{"decisions": []map[string]string{{"finding": d.finding, "action": "dismiss", "reason": "演练"}}})
	if err != nil {
		f.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, f.url+"/api/applications/"+d.application+"/decisions", bytes.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(&http.Cookie{Name: "hequan_person", Value: "%E5%BC%A0%E4%B8%89"})
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	answer, _ := io.ReadAll(resp.Body) // for the message below only
	resp.Body.Close()
	switch {
	case resp.StatusCode < 300:
		f.decided = append(f.decided, d)
	case resp.StatusCode < 500 && resp.StatusCode != http.StatusConflict: // judged anew meanwhile
		f.t.Errorf("a decision was refused: %s %s", resp.Status, answer)
	}
}

func (f *fleet) open() *sql.DB {
	f.t.Helper()
	db, err := sql.Open("pgx", f.database)
	if err != nil {
		f.t.Fatal(err)
	}
	return db
}

// finished waits until nothing is left to do.
func (f *fleet) finished(within time.Duration) {
	f.t.Helper()
	db := f.open()
	defer db.Close()
	var left, judged int
	var err error
	for deadline := time.Now().Add(within); ; time.Sleep(100 * time.Millisecond) {
		err = db.QueryRow(`SELECT (SELECT count(*) FROM uploads WHERE state NOT IN ('done', 'dead')) + (SELECT count(*) FROM files WHERE state NOT IN ('done', 'dead'))
			+ (SELECT count(*) FROM applications WHERE state NOT IN ('done', 'dead')) + (SELECT count(*) FROM windows WHERE state NOT IN ('done', 'dead')),
			(SELECT count(*) FROM applications WHERE state = 'done')`).Scan(&left, &judged)
		if err == nil && left == 0 && judged > 0 {
			return
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("not finished: %d rows are left, %d applications judged, %v\n%s", left, judged, err, f.logs())
		}
	}
}

// outcome is what an upload came to: by the name of the application.
type outcome struct {
	reports  map[string]string
	runs     map[string]int
	findings map[string]string
}

// outcome reads what an upload came to, and that nothing of it is doubled.
func (f *fleet) outcome(upload string) *outcome {
	f.t.Helper()
	db := f.open()
	defer db.Close()
	rows, err := db.Query(`SELECT a.name, a.state, a.run, (SELECT report FROM runs r WHERE r.application_id = a.id AND r.number = a.run),
		(SELECT count(*) FROM runs r WHERE r.application_id = a.id), coalesce((SELECT string_agg(g.finding, ' ' ORDER BY g.ordinal) FROM findings g WHERE g.application_id = a.id), '')
		FROM applications a WHERE a.upload_id = $1 ORDER BY a.ordinal`, upload)
	if err != nil {
		f.t.Fatal(err)
	}
	defer rows.Close()
	o := &outcome{map[string]string{}, map[string]int{}, map[string]string{}}
	for rows.Next() {
		var name, state, report, findings string
		var run, runs int
		if err := rows.Scan(&name, &state, &run, &report, &runs, &findings); err != nil {
			f.t.Fatal(err)
		}
		if _, twice := o.reports[name]; twice || state != "done" || run != runs {
			f.t.Errorf("application %s: state %s, run %d of %d, twice %v", name, state, run, runs, twice)
		}
		o.reports[name], o.runs[name], o.findings[name] = report, run, findings
	}
	if err := rows.Err(); err != nil {
		f.t.Fatal(err)
	}
	return o
}

// proven compares everything with the undisturbed run.
func (f *fleet) proven() {
	f.t.Helper()
	for _, upload := range f.uploads {
		got := f.outcome(upload)
		if len(got.reports) != len(f.want.reports) {
			f.t.Errorf("upload %s came to %d applications, want %d", upload, len(got.reports), len(f.want.reports))
		}
		for name, want := range f.want.reports {
			switch {
			case got.reports[name] != want:
				f.t.Errorf("the report of %s differs:\n%s", name, difference(got.reports[name], want))
			case got.findings[name] != f.want.findings[name]:
				f.t.Errorf("the findings kept of %s are %q, want %q", name, got.findings[name], f.want.findings[name])
			case got.runs[name] != f.want.runs[name]:
				f.t.Errorf("%s was judged %d times, want %d", name, got.runs[name], f.want.runs[name])
			}
		}
	}
	db := f.open()
	defer db.Close()
	for _, d := range f.decided {
		var n int
		if err := db.QueryRow(`SELECT count(*) FROM decisions WHERE application_id = $1 AND finding = $2`, d.application, d.finding).Scan(&n); err != nil || n != 1 {
			f.t.Errorf("a decision that was accepted is kept %d times: %v", n, err)
		}
	}
	// Whatever was killed and repeated, every row has its mark and the trail is one chain.
	if out, err := exec.Command(f.program, "audit", "verify", "--no-files", "--database", f.database).CombinedOutput(); err != nil {
		f.t.Errorf("audit verify: %v\n%s", err, out)
	}
	var dead string
	if err := db.QueryRow(`SELECT coalesce(string_agg(kind || ': ' || reason, '; '), '') FROM dead_letters`).Scan(&dead); err != nil || dead != "" {
		f.t.Errorf("dead letters: %s %v", dead, err)
	}
	if f.t.Failed() {
		f.t.Logf("logs:\n%s", f.logs())
	}
}

// difference shows where two reports part.
func difference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	from := max(0, i-200)
	return fmt.Sprintf("… %s\nwant\n… %s", got[from:min(len(got), i+300)], want[from:min(len(want), i+300)])
}

// logs are the last words of every process.
func (f *fleet) logs() string {
	var out strings.Builder
	for i, p := range f.processes {
		lines := strings.Split(p.log.String(), "\n")
		fmt.Fprintf(&out, "process %d:\n%s\n", i, strings.Join(lines[max(0, len(lines)-25):], "\n"))
	}
	return out.String()
}

// papers makes the upload: applications, each with invoices and a certificate
// that are electronic, so that a page takes a second. Files have a comment at
// their end, so that no two are equal.
func papers(t *testing.T, applications, invoices int) []byte {
	t.Helper()
	source := filepath.Join("..", "samples", "demo", "2026H1-2001")
	form, err := os.ReadFile(filepath.Join(source, "application.json"))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"10-大模型备案截图.pdf", "7-发票扫描1.pdf", "7-发票扫描2.pdf"}[:1+invoices]
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, data []byte) {
		w, err := z.Create("窗口/" + name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range applications {
		id := fmt.Sprintf("2026H1-200%d", i+1)
		put(id+"/application.json", bytes.ReplaceAll(form, []byte("2026H1-2001"), []byte(id)))
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(source, name))
			if err != nil {
				t.Fatal(err)
			}
			put(id+"/"+name, slices.Concat(data, fmt.Appendf(nil, "\n%% drill %s\n", id)))
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
