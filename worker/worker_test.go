package worker

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hequan"
	"hequan/internal/blob"
	"hequan/internal/store"
	"hequan/pipeline"
)

// scripted reads files by what stands in them: "fail" breaks, "panic" panics,
// "wait" hangs until it is told to go on; all else is one page of text.
type scripted struct {
	mu    sync.Mutex
	reads map[string]int
	gate  chan struct{}
}

func (s *scripted) Intake(_ context.Context, path, _ string) ([]pipeline.Source, error) {
	src := pipeline.Source{ID: filepath.Base(path), Form: &hequan.Application{ID: "2026H1-0017", Present: true}}
	err := filepath.WalkDir(path, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, relErr := filepath.Rel(path, p)
			src.Files = append(src.Files, pipeline.SourceFile{Name: filepath.ToSlash(rel), Path: p})
			return relErr
		}
		return err
	})
	return []pipeline.Source{src}, err
}

func (s *scripted) Read(ctx context.Context, path string, progress func(int, int)) (*hequan.Reading, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := string(data)
	s.mu.Lock()
	s.reads[text]++
	n := s.reads[text]
	s.mu.Unlock()
	progress(1, 2)
	switch {
	case strings.HasPrefix(text, "fail"):
		return nil, fmt.Errorf("no language model (try %d)", n)
	case strings.HasPrefix(text, "panic"):
		panic("out of luck")
	case strings.HasPrefix(text, "wait"):
		select {
		case <-s.gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	case strings.HasPrefix(text, "batch"): // takes its time, until the test has seen what it waits for
		select {
		case <-s.gate:
		case <-time.After(150 * time.Millisecond):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	progress(2, 2)
	return &hequan.Reading{Pages: make([]hequan.Page, 2)}, nil
}

func (s *scripted) PageImage(sha string, page int) ([]byte, error) {
	if page == 2 {
		return nil, fs.ErrNotExist
	}
	return []byte("picture of " + sha), nil
}

func (s *scripted) Version() string { return "scripted" }

func (s *scripted) count(text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads[text]
}

// judged passes when every file could be read.
func judged(c Case) *hequan.Report {
	r := &hequan.Report{Schema: hequan.Schema, Verdict: hequan.Pass, Files: c.Problems, Application: hequan.ReportApplication{ID: c.Form.ID}}
	for _, f := range c.Files {
		r.Files = append(r.Files, hequan.FileInfo{File: f.Name, SHA256: f.Reading.SHA256, Pages: len(f.Reading.Pages), Problem: f.Reading.Problem})
		if f.Reading.Problem != nil {
			r.Verdict = hequan.Fail
		}
	}
	return r
}

// compared fails every application of a window of several.
func compared(members []Member) {
	for _, m := range members {
		m.Report.Verdict = hequan.Fail
		m.Report.Findings = []hequan.Finding{{Rule: "window.duplicate_project", Status: hequan.Fail, Message: fmt.Sprintf("%d 份申报", len(members))}}
	}
}

// newWorker makes a worker with short times over a data folder.
func newWorker(t *testing.T, dir string, q *Redis, r Reader) *Worker {
	t.Helper()
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), filepath.Join(dir, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	return &Worker{Store: db, Blobs: blobs, Reader: r, Judge: judged, Compare: compared, Queue: q, Work: filepath.Join(dir, "work"), Log: log,
		Readers: 2, Lease: time.Second, Reconcile: 300 * time.Millisecond, MaxTries: 3, Backoff: 20 * time.Millisecond}
}

func newScripted() *scripted { return &scripted{reads: map[string]int{}, gate: make(chan struct{})} }

// run starts the worker; the function returned ends it and waits.
func run(t *testing.T, w *Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// accept hands in a folder of files by their texts.
func accept(t *testing.T, w *Worker, texts ...string) *store.Upload {
	t.Helper()
	var in []store.Incoming
	for i, text := range texts {
		info, err := w.Blobs.Put(strings.NewReader(text), 0)
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, store.Incoming{Name: fmt.Sprintf("申报/%d.pdf", i+1), SHA256: info.SHA256, Bytes: info.Bytes})
	}
	up, err := w.Store.Accept(t.Context(), "申报", in)
	if err != nil {
		t.Fatal(err)
	}
	return up
}

// finished waits for the upload's application to have the run of that number.
func finished(t *testing.T, w *Worker, up *store.Upload, run int) store.Summary {
	t.Helper()
	var last []store.Summary
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		list, err := w.Store.List(context.Background(), up.ID, 10)
		if err != nil {
			t.Fatal(err)
		}
		if last = list; len(list) == 1 && list[0].State == store.Done && list[0].Run >= run {
			return list[0]
		}
	}
	t.Fatalf("no report after 30 s: %+v", last)
	return store.Summary{}
}

func embedded(t *testing.T) *Redis {
	t.Helper()
	q, err := Embed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q.Redis
}

func TestAnApplicationGoesThrough(t *testing.T) {
	w := newWorker(t, t.TempDir(), embedded(t), newScripted())
	up := accept(t, w, "one", "two", "three")
	run(t, w)
	app := finished(t, w, up, 1)
	if app.Verdict != "pass" || app.Name != "2026H1-0017" || app.Files != 3 || app.PagesDone != 6 {
		t.Errorf("summary %+v", app)
	}
	files, err := w.Store.Files(t.Context(), app.ID)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := w.Store.Picture(t.Context(), app.ID, files[0].SHA256, 1)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := w.Blobs.Get(picture); err != nil || string(data) != "picture of "+files[0].SHA256 {
		t.Errorf("picture %q, %v", data, err)
	}
	if err := w.Store.Recheck(t.Context(), app.ID); err != nil {
		t.Fatal(err)
	}
	if again := finished(t, w, up, 2); again.Run != 2 {
		t.Errorf("run %d after a re-check", again.Run)
	}
}

func TestAPoisonFileDiesAndTheApplicationIsReported(t *testing.T) {
	for _, poison := range []string{"fail", "panic"} {
		t.Run(poison, func(t *testing.T) {
			r := newScripted()
			w := newWorker(t, t.TempDir(), embedded(t), r)
			up := accept(t, w, "one", poison)
			run(t, w)
			app := finished(t, w, up, 1)
			if app.Verdict != "fail" || app.FilesDead != 1 {
				t.Errorf("summary %+v", app)
			}
			if n := r.count(poison); n != 3 {
				t.Errorf("%d tries, want 3", n)
			}
			got, err := w.Store.LatestRun(t.Context(), app.ID)
			if err != nil || !strings.Contains(got.Report, `"code":"crashed"`) {
				t.Errorf("the report doesn't tell of the file: %s, %v", got.Report, err)
			}
			letters, err := w.Store.DeadLetters(t.Context(), 10)
			if err != nil || len(letters) != 1 || letters[0].Kind != store.KindFile || letters[0].Reason == "" {
				t.Errorf("dead letters %+v, %v", letters, err)
			}
		})
	}
}

func TestShutdownGivesWorkBack(t *testing.T) {
	dir, r := t.TempDir(), newScripted()
	w := newWorker(t, dir, embedded(t), r)
	up := accept(t, w, "wait", "one")
	stop := run(t, w)
	for r.count("wait") == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	due, err := w.Store.Due(t.Context(), 10)
	if err != nil || len(due) == 0 {
		t.Fatalf("nothing is due after the shutdown: %v, %v", due, err)
	}
	close(r.gate)
	next := newWorker(t, dir, embedded(t), r) // another process, another queue
	run(t, next)
	if app := finished(t, next, up, 1); app.Verdict != "pass" || app.FilesDead != 0 {
		t.Errorf("summary %+v", app)
	}
}

func TestASilentWorkersWorkIsTakenOver(t *testing.T) {
	dir, r := t.TempDir(), newScripted()
	w := newWorker(t, dir, embedded(t), r)
	up := accept(t, w, "one")
	attempt, ok, err := w.Store.Claim(t.Context(), store.KindUpload, up.ID, "a worker that dies now", 500*time.Millisecond, 3)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	run(t, w)
	finished(t, w, up, 1)
	if _, err := w.Store.FinishUpload(t.Context(), up.ID, attempt, nil); !errors.Is(err, store.ErrFenced) {
		t.Errorf("the late result of the first worker: %v", err)
	}
}

// several makes two applications of what is handed in.
type several struct{ *scripted }

func (s several) Intake(ctx context.Context, path, dir string) ([]pipeline.Source, error) {
	sources, err := s.scripted.Intake(ctx, path, dir)
	return append(sources, sources...), err
}

func TestAWindowIsComparedOnceAllAreJudged(t *testing.T) {
	w := newWorker(t, t.TempDir(), embedded(t), several{newScripted()})
	up := accept(t, w, "one")
	run(t, w)
	var list []store.Summary
	wait := func(runs int) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			var err error
			if list, err = w.Store.List(t.Context(), up.ID, 10); err != nil {
				t.Fatal(err)
			}
			if len(list) == 2 && list[0].Run == runs && list[1].Run >= 2 && list[0].State == store.Done {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("not compared after 20 s: %+v", list)
			}
		}
	}
	wait(2)
	for _, app := range list {
		got, err := w.Store.LatestRun(t.Context(), app.ID)
		if err != nil || app.Verdict != "fail" || !strings.Contains(got.Report, "2 份申报") {
			t.Errorf("%+v: %s, %v", app, got.Report, err)
		}
	}
	if err := w.Store.Recheck(t.Context(), list[0].ID); err != nil { // judged alone, then compared again
		t.Fatal(err)
	}
	wait(4)
	if list[0].Verdict != "fail" || list[1].Run != 2 {
		t.Errorf("after a re-check: %+v", list)
	}
}

func TestASingleArchiveIsLaidOutAsAFile(t *testing.T) {
	w := newWorker(t, t.TempDir(), nil, newScripted())
	w.defaults()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := w.Blobs.Put(&packed, 0)
	if err != nil {
		t.Fatal(err)
	}
	up, err := w.Store.Accept(t.Context(), "2026H1-0017.zip", []store.Incoming{{Name: "2026H1-0017.zip", SHA256: info.SHA256, Bytes: info.Bytes}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.layOut(t.Context(), up.ID, filepath.Join(t.TempDir(), "in"))
	if err != nil || filepath.Base(got) != "2026H1-0017.zip" {
		t.Fatalf("laid out as %s, %v", got, err)
	}
	if fi, err := os.Stat(got); err != nil || fi.IsDir() || fi.Size() != info.Bytes {
		t.Errorf("%v, %v", fi, err)
	}
}
