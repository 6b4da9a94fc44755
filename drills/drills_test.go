package drills

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hequan/internal/store"
	"hequan/worker"
)

// drill disturbs a fleet that has work to do.
type drill struct {
	name string
	run  func(*fleet)
}

// drills are all disturbances. The first does several at once: it is what the
// ordinary tests run.
var drills = []drill{
	{"everything at once", everything},
	{"workers, server and readers killed", killed},
	{"Redis flushed, stopped and restarted", redisLost},
	{"PostgreSQL restarted in mid-transaction", postgresRestarted},
	{"every task delivered again and again", deliveredTwice},
	{"the store of files slow, then dead", slowStore},
	{"clocks that jump", clockJumps},
	{"disk full", diskFull},
	{"two versions at once", twoVersions},
	{"a long file read by all", longFile},
	{"shut down and started again", shutDown},
}

// TestDrills runs the first drill, or HEQUAN_DRILLS of them, in turn, each on
// an installation of its own. HEQUAN_SEED gives other moments.
func TestDrills(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a fleet")
	}
	n, seed := number(t, "HEQUAN_DRILLS", 1), number(t, "HEQUAN_SEED", 1)
	applications, invoices := 2, 1
	if n > 1 {
		applications, invoices = 3, 2
	}
	s := newSite(t, applications, invoices)
	only := os.Getenv("HEQUAN_DRILL")
	run := 0
	for i := 0; run < n; i++ {
		d := drills[i%len(drills)]
		if !strings.Contains(d.name, only) {
			if i > len(drills) && run == 0 {
				t.Fatalf("no drill is named %q", only)
			}
			continue
		}
		run++
		ok := t.Run(fmt.Sprintf("%d %s", run, d.name), func(t *testing.T) {
			f := s.fleet(t, uint64(seed))
			d.run(f)
			f.finished(2 * time.Minute)
			f.proven()
		})
		if !ok {
			break // what a drill leaves broken would break the next ones
		}
	}
	t.Logf("%d drills were run", run)
}

func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s is no number", name, text)
	}
	return n
}

// newSite builds the program, starts what is shared and runs a fleet that
// nobody disturbs.
func newSite(t *testing.T, applications, invoices int) *site {
	t.Helper()
	dir := t.TempDir()
	s := &site{program: filepath.Join(dir, "hequan"), modules: compiledModules(t), archive: papers(t, applications, invoices)}
	s.pg, s.redis, s.bucket = startPostgres(t), startRedis(t), startBucket(t)
	if built := os.Getenv("HEQUAN_PROGRAM"); built != "" {
		s.program = built
	} else if out, err := exec.Command("go", "build", "-o", s.program, "hequan/cmd/hequan").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Run("undisturbed", func(t *testing.T) {
		f := s.fleet(t, 0)
		f.upload()
		f.finished(3 * time.Minute)
		s.want = f.outcome(f.uploads[0])
		if len(s.want.reports) != applications || t.Failed() {
			t.Fatalf("the undisturbed run came to %d applications\n%s", len(s.want.reports), f.logs())
		}
		for name, report := range s.want.reports {
			if strings.Contains(report, `"crashed"`) || !strings.Contains(report, "invoice") {
				t.Errorf("the report of %s is of no use: %.300s", name, report)
			}
		}
		t.Run("moved", f.moved)
		t.Run("restored", f.restored)
		t.Run("erased", f.erased)
		t.Run("room", s.room)
	})
	if s.want == nil {
		t.FailNow()
	}
	return s
}

// compiledModules is the folder of PDFium's compiled module that all tests
// share: compiling takes seconds.
func compiledModules(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if cache, err := os.UserCacheDir(); err == nil {
		if shared := filepath.Join(cache, "hequan", "modules"); os.MkdirAll(shared, 0o700) == nil {
			dir = shared
		}
	}
	return dir
}

// pause waits up to a limit, at random.
func (f *fleet) pause(limit time.Duration) { time.Sleep(time.Duration(f.rand.Int64N(int64(limit)))) }

func (f *fleet) any() *process { return f.processes[f.rand.IntN(len(f.processes))] }

// kill kills a process or a reader; three times at most, for work that has
// killed its worker four times is given up, which is right.
func (f *fleet) kill() {
	f.scars++
	if f.rand.IntN(3) == 0 && f.any().killReader() {
		return
	}
	f.any().signal(syscall.SIGKILL)
}

func everything(f *fleet) {
	f.upload()
	f.pause(time.Second)
	f.kill()
	f.redis.client.FlushAll(f.t.Context())
	f.pause(time.Second)
	f.pg.stop(syscall.SIGQUIT)
	f.pg.start(f.t, "")
	f.bucket.dead.Store(true)
	f.pause(2 * time.Second)
	f.bucket.dead.Store(false)
	f.redis.kill()
	f.kill()
	f.redis.start(f.t)
	f.deliverAll(2)
	f.decide()
}

func killed(f *fleet) {
	f.upload()
	for range 3 {
		f.pause(2500 * time.Millisecond)
		f.kill()
		f.decide()
	}
}

func redisLost(f *fleet) {
	f.upload()
	for range 3 {
		f.pause(1500 * time.Millisecond)
		if f.rand.IntN(2) == 0 {
			f.redis.client.FlushAll(f.t.Context())
			continue
		}
		f.redis.kill()
		f.pause(1500 * time.Millisecond)
		f.redis.start(f.t)
	}
}

func postgresRestarted(f *fleet) {
	f.upload()
	for range 3 {
		f.pause(2 * time.Second)
		how := []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT}[f.rand.IntN(2)]
		f.pg.stop(how)
		f.pause(time.Second)
		f.pg.start(f.t, "")
		f.decide()
	}
}

// deliverAll puts a task for every row into the queue, whether it is due or not.
func (f *fleet) deliverAll(times int) {
	f.t.Helper()
	q, err := worker.Connect(f.t.Context(), f.redis.address())
	if err != nil {
		f.t.Fatal(err)
	}
	defer q.Close()
	db := f.open()
	defer db.Close()
	rows, err := db.Query(`SELECT 'upload', id FROM uploads UNION ALL SELECT 'file', id FROM files UNION ALL SELECT 'application', id FROM applications UNION ALL SELECT 'window', id FROM windows`)
	if err != nil {
		f.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var t store.Task
		if err := rows.Scan(&t.Kind, &t.ID); err != nil {
			f.t.Fatal(err)
		}
		for range times {
			t.Attempt = 1000 + f.rand.Int64N(1_000_000_000) // another task each time
			if err := q.Enqueue(f.t.Context(), t, 0); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	if err := rows.Err(); err != nil {
		f.t.Fatal(err)
	}
}

func deliveredTwice(f *fleet) {
	f.upload()
	for range 4 {
		f.pause(2 * time.Second)
		f.deliverAll(2)
	}
	f.finished(2 * time.Minute)
	f.decide()
	f.deliverAll(3) // of work that is done
	time.Sleep(time.Second)
}

func slowStore(f *fleet) {
	f.bucket.slow.Store(100)
	defer f.bucket.slow.Store(0)
	f.upload()
	for range 2 {
		f.pause(2 * time.Second)
		f.bucket.dead.Store(true)
		f.pause(3 * time.Second)
		f.bucket.dead.Store(false)
	}
	f.pause(2 * time.Second)
	f.bucket.slow.Store(0)
}

// clockJumps sets the database server's clock forwards and back by hours: that
// is the clock by which all machines work.
func clockJumps(f *fleet) {
	if _, err := exec.LookPath("faketime"); err != nil {
		f.t.Skip("faketime is not installed")
	}
	f.upload()
	for _, clock := range []string{"+3h", "-3h", ""} {
		f.pause(2 * time.Second)
		f.any().signal(syscall.SIGKILL) // what it held is leased until hours from now, or was hours ago
		f.pg.stop(syscall.SIGINT)
		f.pg.start(f.t, clock)
	}
}

// diskFull gives a worker a disk that is full for a while.
func diskFull(f *fleet) {
	data := f.t.TempDir()
	if err := syscall.Mount("tmpfs", data, "tmpfs", 0, "size=24m"); err != nil {
		f.t.Skipf("no small disk can be mounted: %v", err)
	}
	f.t.Cleanup(func() { _ = syscall.Unmount(data, syscall.MNT_DETACH) }) // it is a temporary one
	f.sharedModules(data)
	f.start(data, "worker")
	ballast := filepath.Join(data, "ballast")
	for range 2 {
		_ = os.WriteFile(ballast, make([]byte, 30<<20), 0o600) // as much as there is room for
		if len(f.uploads) == 0 {
			f.upload()
		}
		f.pause(4 * time.Second)
		if err := os.Remove(ballast); err != nil {
			f.t.Fatal(err)
		}
		f.pause(2 * time.Second)
	}
}

// twoVersions replaces a worker by one whose reader is of another version.
func twoVersions(f *fleet) {
	models, err := filepath.Glob("/usr/share/tesseract-ocr/*/tessdata/*.traineddata")
	if err != nil || len(models) == 0 {
		f.t.Skip("no language models are installed")
	}
	tessdata := f.t.TempDir()
	for _, m := range models {
		data, err := os.ReadFile(m)
		if err != nil {
			f.t.Fatal(err)
		}
		if filepath.Base(m) == "osd.traineddata" { // it is no part of the version
			err = os.WriteFile(filepath.Join(tessdata, filepath.Base(m)), data, 0o600)
		} else {
			err = os.WriteFile(filepath.Join(tessdata, filepath.Base(m)), append(data, 0), 0o600)
		}
		if err != nil {
			f.t.Fatal(err)
		}
	}
	f.upload()
	f.pause(2 * time.Second)
	f.processes[1].end()
	f.add("worker", "--tessdata", tessdata)
	f.upload() // read anew by the one, known to the other
	f.pause(3 * time.Second)
	f.processes[2].end()
	f.add("worker", "--tessdata", tessdata)
}

// longFile has a file of several pages read in parts while workers are killed;
// its report is that of the program alone.
func longFile(f *fleet) {
	if _, err := exec.LookPath("pdfunite"); err != nil {
		f.t.Skip("pdfunite is not installed")
	}
	f.upload()
	dir := f.t.TempDir()
	long := filepath.Join(dir, "long.pdf")
	var args []string
	for _, name := range []string{"10-大模型备案截图.pdf", "7-发票扫描1.pdf", "10-大模型备案截图.pdf", "7-发票扫描2.pdf", "10-大模型备案截图.pdf"} {
		args = append(args, filepath.Join("..", "samples", "demo", "2026H1-2001", name))
	}
	if out, err := exec.Command("pdfunite", append(args, long)...).CombinedOutput(); err != nil {
		f.t.Fatalf("pdfunite: %v\n%s", err, out)
	}
	data, err := os.ReadFile(long)
	if err != nil {
		f.t.Fatal(err)
	}
	id := f.hand("long.pdf", data)
	for range 2 {
		f.pause(2 * time.Second)
		f.kill()
	}
	f.finished(2 * time.Minute)
	check := exec.Command(f.program, "check", "--format", "json", "--cache", filepath.Join(dir, "cache"), long)
	want, err := check.Output()
	if check.ProcessState.ExitCode() > 1 {
		f.t.Fatalf("hequan check: %v", err)
	}
	db := f.open()
	defer db.Close()
	var app string
	var pages, parts int
	if err := db.QueryRow(`SELECT a.id, (SELECT sum(pages_done) FROM files WHERE application_id = a.id), (SELECT count(*) FROM ranges) FROM applications a WHERE upload_id = $1`, id).Scan(&app, &pages, &parts); err != nil || pages != len(args) || parts != 0 {
		f.t.Errorf("%d pages of %d are read, %d parts are left: %v", pages, len(args), parts, err)
	}
	if got := get(f.t, f.url+"/api/applications/"+app+"/report", &f.processes[0].log); got != string(want) {
		f.t.Errorf("the report of the long file differs:\n%s", difference(got, string(want)))
	}
	if _, fanned := f.attempts("range"); !fanned {
		f.t.Error("the file was not read in parts")
	}
}

// attempts counts lines of the log about work of a kind.
func (f *fleet) attempts(kind string) (n int, some bool) {
	for _, p := range f.processes {
		n += strings.Count(p.log.String(), "kind="+kind+" ")
	}
	return n, n > 0
}

// shutDown ends processes as an operator does; the page at hand is given back.
func shutDown(f *fleet) {
	f.upload()
	for range 3 {
		f.pause(2 * time.Second)
		f.any().signal(syscall.SIGTERM)
		f.decide()
	}
}
