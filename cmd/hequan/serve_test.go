package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hequan"
)

// TestServe runs the program itself, with its real readers, database and queue.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute or two")
	}
	for _, program := range []string{"tesseract", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed")
		}
	}
	s := &stage{dir: t.TempDir()}
	var err error
	if s.program, err = exec.LookPath("hequan"); err != nil { // this test binary, see TestMain
		t.Fatal(err)
	}
	s.makePapers(t)
	s.want = s.check(t)
	t.Run("browser", s.browser)
	t.Run("desk", s.desk)
	t.Run("day", s.day)
	t.Run("trial", s.trial)
	t.Run("kill", s.kill)
	t.Run("archive", s.archive)
	t.Run("window", s.window)
	t.Run("redis", s.redis)
	t.Run("refusals", s.refusals)
}

// stage is what the tests share: the program, an application, and the report
// that hequan check gives on it.
type stage struct {
	dir     string
	program string
	papers  string // the application folder
	mended  string // an invoice of the right date, to take the place of the wrong one
	want    string // its report as JSON
}

// check is the report of the program without server and queue.
func (s *stage) check(t *testing.T) string {
	t.Helper()
	cmd := exec.Command(s.program, "check", "--format", "json", "--cache", filepath.Join(s.dir, "check-cache"), s.papers)
	out, err := cmd.Output()
	if _, isExit := err.(*exec.ExitError); err != nil && (!isExit || cmd.ProcessState.ExitCode() != exitFinding) {
		t.Fatalf("hequan check: %v", err)
	}
	return string(out)
}

// server is a running hequan serve.
type server struct {
	cmd *exec.Cmd
	url string
	log *bytes.Buffer
}

// serve starts the server on a free port and waits until it is well.
func (s *stage) serve(t *testing.T, data string, flags ...string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	return s.serveAt(t, addr, data, flags...)
}

// serveAt does so at an address.
func (s *stage) serveAt(t *testing.T, addr, data string, flags ...string) *server {
	t.Helper()
	v := &server{url: "http://" + addr, log: new(bytes.Buffer)}
	v.cmd = s.start(t, v.log, append([]string{"serve", "--addr", addr, "--data", data}, flags...)...)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		resp, err := http.Get(v.url + "/healthz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return v
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server is not well: %v\n%s", err, v.log)
		}
	}
}

// start runs the program until the test ends.
func (s *stage) start(t *testing.T, log io.Writer, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(s.program, args...)
	cmd.Stderr = log
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	})
	return cmd
}

// get fetches a path and decodes its JSON into v; it returns the body.
func (v *server) get(t *testing.T, path string, into any) string {
	t.Helper()
	resp, err := http.Get(v.url + path)
	if err != nil {
		t.Fatalf("%v\n%s", err, v.log)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v\n%s", path, resp.Status, err, body)
	}
	if into != nil {
		if err := json.Unmarshal(body, into); err != nil {
			t.Fatalf("%s: %v\n%s", path, err, body)
		}
	}
	return string(body)
}

// uploadFolder hands the application in as a browser does and returns the upload's id.
func (s *stage) uploadFolder(t *testing.T, v *server) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	entries, err := os.ReadDir(s.papers)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(s.papers, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		part, err := form.CreateFormFile("file", filepath.Base(s.papers)+"/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		part.Write(data)
	}
	form.Close()
	return v.post(t, "/api/applications", form.FormDataContentType(), &body)
}

func (v *server) post(t *testing.T, path, media string, body io.Reader) string {
	t.Helper()
	resp, err := http.Post(v.url+path, media, body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct{ ID, Error string }
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != http.StatusAccepted {
		t.Fatalf("%s: %s %v %s", path, resp.Status, err, got.Error)
	}
	return got.ID
}

// state is how far an application is.
type state struct {
	ID, State, Verdict string
	Run                int
	Progress           struct {
		Files     int
		FilesDone int `json:"files_done"`
	}
}

// await polls until the upload's only application satisfies ok.
func (v *server) await(t *testing.T, upload string, ok func(state) bool) state {
	t.Helper()
	var last struct{ Applications []state }
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		v.get(t, "/api/applications?upload="+upload, &last)
		if len(last.Applications) == 1 && ok(last.Applications[0]) {
			return last.Applications[0]
		}
	}
	t.Fatalf("waited in vain: %+v\n%s", last, v.log)
	return state{}
}

func done(s state) bool { return s.State == "done" }

// reported says that the server's report is that of hequan check, byte for byte.
func (s *stage) reported(t *testing.T, v *server, upload string) {
	t.Helper()
	app := v.await(t, upload, done)
	if got := v.get(t, "/api/applications/"+app.ID+"/report", nil); got != s.want {
		t.Errorf("the server's report differs from that of hequan check:\n%s\nwant\n%s", got, s.want)
	}
}

// kill ends the server in the middle of an application, as a power cut does.
func (s *stage) kill(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	v := s.serve(t, data)
	upload := s.uploadFolder(t, v)
	v.await(t, upload, func(a state) bool { return a.Progress.FilesDone >= 1 && a.Progress.FilesDone < a.Progress.Files })
	if err := v.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	v.cmd.Wait()
	v = s.serve(t, data)
	s.reported(t, v, upload)
}

// archive hands the application in as one .zip in the request's body.
func (s *stage) archive(t *testing.T) {
	v := s.serve(t, filepath.Join(t.TempDir(), "data"), "--cache", filepath.Join(s.dir, "check-cache"))
	s.reported(t, v, v.post(t, "/api/applications?name=2026H1-0017.zip", "application/zip", bytes.NewReader(s.zipped(t, "2026H1-0017"))))
	second := v.post(t, "/api/applications?name=broken.zip", "application/zip", strings.NewReader("PK\x03\x04 and no more"))
	app := v.await(t, second, done)
	if app.Verdict != "fail" {
		t.Errorf("a broken archive is judged %q", app.Verdict)
	}
}

// window hands in an archive of two applications with the same papers.
func (s *stage) window(t *testing.T) {
	v := s.serve(t, filepath.Join(t.TempDir(), "data"), "--cache", filepath.Join(s.dir, "check-cache"))
	upload := v.post(t, "/api/applications?name=window.zip", "application/zip", bytes.NewReader(s.zipped(t, "2026H1-0017", "2026H1-0018")))
	var got struct{ Applications []state }
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		v.get(t, "/api/applications?upload="+upload, &got)
		if len(got.Applications) == 2 && min(got.Applications[0].Run, got.Applications[1].Run) >= 2 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not compared: %+v\n%s", got, v.log)
		}
	}
	var report hequan.Report
	v.get(t, "/api/applications/"+got.Applications[0].ID+"/report", &report)
	for _, f := range report.Findings {
		if f.Rule == "window.duplicate_document" && f.Status == hequan.Fail && f.Subject == "2026H1-0018" {
			return
		}
	}
	t.Error("the same papers in two applications were not told")
}

// refusals are requests that must not be served.
func (s *stage) refusals(t *testing.T) {
	v := s.serve(t, filepath.Join(t.TempDir(), "data"), "--cache", filepath.Join(s.dir, "check-cache"))
	upload := s.uploadFolder(t, v)
	app := v.await(t, upload, done)
	for name, c := range map[string]struct {
		method, path, host, origin string
		status                     int
	}{
		"another site":        {"POST", "/api/applications", "", "http://evil.example", http.StatusForbidden},
		"rebound name":        {"GET", "/api/applications", "evil.example", "", http.StatusMisdirectedRequest},
		"empty body":          {"POST", "/api/applications", "", "", http.StatusBadRequest},
		"unknown application": {"GET", "/api/applications/none", "", "", http.StatusNotFound},
		"unknown page":        {"GET", "/applications/" + app.ID + "/page?file=00&page=1", "", "", http.StatusNotFound},
		"box off the page":    {"GET", "/applications/" + app.ID + "/crop?file=00&page=1&box=0,0,NaN,9", "", "", http.StatusBadRequest},
		"unknown path":        {"GET", "/etc/passwd", "", "", http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			req, err := http.NewRequest(c.method, v.url+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if c.host != "" {
				req.Host = c.host
			}
			if c.origin != "" {
				req.Header.Set("Origin", c.origin)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != c.status {
				t.Errorf("%s, want %d", resp.Status, c.status)
			}
			if resp.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("headers %v", resp.Header)
			}
		})
	}
	other := exec.Command(s.program, "serve", "--addr", "127.0.0.1:0", "--data", v.cmd.Args[5])
	if out, err := other.CombinedOutput(); err == nil || !strings.Contains(string(out), "in use by another hequan") {
		t.Errorf("a second server on the same data folder: %v\n%s", err, out)
	}
	if err := v.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, v.log)
	}
}
