package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

const lease = time.Minute

// conformance is what every database must do alike; each test gets an empty one.
var conformance = map[string]func(*testing.T, *Store){
	"A window waits for all its applications":        testAWindowWaitsForAllItsApplications,
	"An application is due after its last file only": testAnApplicationIsDueAfterItsLastFileOnly,
	"Picture": testPicture,
	"Concurrent last files queue their application": testConcurrentLastFilesQueueTheirApplication,
	"Fencing":                                testFencing,
	"A dead file lets its application go on": testADeadFileLetsItsApplicationGoOn,
	"Work that kills its process ends":       testWorkThatKillsItsProcessEnds,
	"Release costs no try":                   testReleaseCostsNoTry,
	"Due":                                    testDue,
}

func TestSQLite(t *testing.T) {
	for name, test := range conformance {
		t.Run(name, func(t *testing.T) {
			s, err := Open(t.Context(), filepath.Join(t.TempDir(), "data", "hequan.db"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			test(t, s)
			if !tampering[name] {
				intact(t, s)
			}
		})
	}
}

// seed makes one application with n files and returns its id and theirs.
func seed(t *testing.T, s *Store, n int) (app string, files []string) {
	t.Helper()
	ctx := t.Context()
	up, err := s.Accept(ctx, "2026H1-0017", []Incoming{{"a.pdf", "aa", 3}})
	if err != nil {
		t.Fatal(err)
	}
	attempt := claim(t, s, KindUpload, up.ID)
	taken := Taken{Application: Application{Name: "2026H1-0017", Form: "{}", Problems: "[]"}}
	for i := range n {
		taken.Files = append(taken.Files, Incoming{fmt.Sprintf("%d.pdf", i), fmt.Sprintf("%02x", i), 3})
	}
	due, err := s.FinishUpload(ctx, up.ID, attempt, []Taken{taken})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range due {
		if d.Kind == KindFile {
			files = append(files, d.ID)
		}
	}
	apps, err := s.List(ctx, up.ID, 10)
	if err != nil || len(apps) != 1 || apps[0].Files != n {
		t.Fatalf("the upload holds %+v, %v", apps, err)
	}
	return apps[0].ID, files
}

func claim(t *testing.T, s *Store, k Kind, id string) int64 {
	t.Helper()
	attempt, ok, err := s.Claim(t.Context(), k, id, "test", lease, 3)
	if err != nil || !ok {
		t.Fatalf("claim of %s %s: %v, %v", k, id, ok, err)
	}
	return attempt
}

func testAnApplicationIsDueAfterItsLastFileOnly(t *testing.T, s *Store) {
	app, files := seed(t, s, 3)
	for i, id := range files {
		due, err := s.FinishFile(t.Context(), id, claim(t, s, KindFile, id), FileResult{Reading: "r", Pictures: []string{"p1", ""}})
		if err != nil {
			t.Fatal(err)
		}
		if last := i == len(files)-1; (len(due) == 1) != last {
			t.Errorf("after file %d of 3: due %v", i+1, due)
		}
	}
	attempt := claim(t, s, KindApplication, app)
	if err := s.FinishApplication(t.Context(), app, attempt, Run{Verdict: "fail", Report: "{}"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Recheck(t.Context(), app); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishApplication(t.Context(), app, claim(t, s, KindApplication, app), Run{Verdict: "pass", Report: "{}"}); err != nil {
		t.Fatal(err)
	}
	run, err := s.LatestRun(t.Context(), app)
	if err != nil || run.Number != 2 || run.Verdict != "pass" {
		t.Errorf("latest run %+v, %v", run, err)
	}
	list, err := s.List(t.Context(), "", 10)
	if err != nil || len(list) != 1 || list[0].PagesDone != 6 || list[0].Read != 3 || list[0].FilesDone != 3 || list[0].Verdict != "pass" || list[0].Name != "2026H1-0017" {
		t.Errorf("summary %+v, %v", list, err)
	}
}

func testPicture(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	if _, err := s.FinishFile(t.Context(), files[0], claim(t, s, KindFile, files[0]), FileResult{Pictures: []string{"p1", ""}}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Picture(t.Context(), app, "00", 1); err != nil || got != "p1" {
		t.Errorf("picture of page 1: %q, %v", got, err)
	}
	for _, q := range []struct {
		app, sha string
		page     int
	}{{app, "00", 2}, {app, "00", 3}, {app, "00", 0}, {app, "ff", 1}, {"other", "00", 1}} {
		if got, err := s.Picture(t.Context(), q.app, q.sha, q.page); !errors.Is(err, ErrNotFound) {
			t.Errorf("picture of %v: %q, %v", q, got, err)
		}
	}
}

func testConcurrentLastFilesQueueTheirApplication(t *testing.T, s *Store) {
	app, files := seed(t, s, 12)
	var wg sync.WaitGroup
	for _, id := range files {
		wg.Go(func() {
			attempt, ok, err := s.Claim(context.Background(), KindFile, id, "w", lease, 3)
			if err != nil || !ok {
				t.Errorf("claim: %v %v", ok, err)
				return
			}
			if _, err := s.FinishFile(context.Background(), id, attempt, FileResult{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if a, err := s.Application(t.Context(), app); err != nil || a.State != Queued {
		t.Errorf("application is %v, %v", a.State, err)
	}
}

func testFencing(t *testing.T, s *Store) {
	_, files := seed(t, s, 2)
	ctx, id := t.Context(), files[0]
	old, ok, err := s.Claim(ctx, KindFile, id, "first", time.Millisecond, 3)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if _, ok, _ := s.Claim(ctx, KindFile, files[1], "first", lease, 3); !ok {
		t.Fatal("a free row was refused")
	}
	if _, ok, _ := s.Claim(ctx, KindFile, files[1], "second", lease, 3); ok {
		t.Fatal("a row under lease was given away")
	}
	time.Sleep(5 * time.Millisecond)
	young := claim(t, s, KindFile, id)
	if young <= old {
		t.Fatalf("attempt %d after %d", young, old)
	}
	for name, err := range map[string]error{
		"beat":     s.Beat(ctx, KindFile, id, old, lease),
		"progress": s.Progress(ctx, id, old, 1, 2),
		"release":  s.Release(ctx, KindFile, id, old),
		"fail":     second(s.Fail(ctx, KindFile, id, old, "late", 3, 0)),
		"finish":   second(s.FinishFile(ctx, id, old, FileResult{Reading: "stale"})),
	} {
		if !errors.Is(err, ErrFenced) {
			t.Errorf("%s of the overtaken attempt: %v", name, err)
		}
	}
	if _, err := s.FinishFile(ctx, id, young, FileResult{Reading: "fresh", Pictures: []string{"p"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FinishFile(ctx, id, young, FileResult{Reading: "twice"}); !errors.Is(err, ErrFenced) {
		t.Errorf("a second result of the same attempt: %v", err)
	}
	if f, err := s.File(ctx, id); err != nil || f.Reading != "fresh" {
		t.Errorf("the row holds %q, %v", f.Reading, err)
	}
	if _, ok, _ := s.Claim(ctx, KindFile, id, "third", lease, 3); ok {
		t.Error("finished work was given away again")
	}
}

func second[T any](_ T, err error) error { return err }

func testAWindowWaitsForAllItsApplications(t *testing.T, s *Store) {
	ctx := t.Context()
	up, err := s.Accept(ctx, "window", []Incoming{{"a.zip", "aa", 3}})
	if err != nil {
		t.Fatal(err)
	}
	two := []Taken{{Application: Application{Name: "1", Form: "{}", Problems: "[]"}}, {Application: Application{Name: "2", Form: "{}", Problems: "[]"}}}
	if _, err := s.FinishUpload(ctx, up.ID, claim(t, s, KindUpload, up.ID), two); err != nil {
		t.Fatal(err)
	}
	apps, err := s.List(ctx, up.ID, 10)
	if err != nil || len(apps) != 2 {
		t.Fatal(apps, err)
	}
	finish := func(id string) []Task {
		t.Helper()
		if err := s.FinishApplication(ctx, id, claim(t, s, KindApplication, id), Run{Verdict: "pass", Report: "{}"}); err != nil {
			t.Fatal(err)
		}
		due, err := s.WindowDue(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return due
	}
	if due := finish(apps[0].ID); len(due) != 0 {
		t.Errorf("due after the first of two: %v", due)
	}
	if due := finish(apps[1].ID); len(due) != 1 || due[0].ID != up.ID {
		t.Fatalf("due after both: %v", due)
	}
	late := claim(t, s, KindWindow, up.ID)
	if err := s.Recheck(ctx, apps[0].ID); err != nil {
		t.Fatal(err)
	}
	finish(apps[0].ID)
	changed := []Run{{ApplicationID: apps[0].ID, Number: 1, Verdict: "fail", Report: `{"version": "late"}`}}
	if err := s.FinishWindow(ctx, up.ID, late, changed); !errors.Is(err, ErrFenced) {
		t.Errorf("a comparison of an older report: %v", err)
	}
	changed[0].Number, changed[0].Report = 2, `{"version": "compared"}`
	stale := Run{ApplicationID: apps[1].ID, Number: 7, Verdict: "fail", Report: `{"version": "stale"}`}
	if err := s.FinishWindow(ctx, up.ID, claim(t, s, KindWindow, up.ID), append(changed, stale)); err != nil {
		t.Fatal(err)
	}
	if run, err := s.LatestRun(ctx, apps[0].ID); err != nil || run.Number != 3 || run.Report != `{"version": "compared"}` {
		t.Errorf("latest run %+v, %v", run, err)
	}
	if run, err := s.LatestRun(ctx, apps[1].ID); err != nil || run.Number != 1 || run.Verdict != "pass" {
		t.Errorf("an application of another run was changed: %+v, %v", run, err)
	}
}

func testADeadFileLetsItsApplicationGoOn(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	ctx, id := t.Context(), files[0]
	for try := 1; try <= 3; try++ {
		dead, err := s.Fail(ctx, KindFile, id, claim(t, s, KindFile, id), "broken", 3, 0)
		if err != nil || dead != (try == 3) {
			t.Fatalf("try %d: dead %v, %v", try, dead, err)
		}
	}
	due, err := s.ApplicationDue(ctx, id)
	if err != nil || len(due) != 1 || due[0].ID != app {
		t.Fatalf("due %v, %v", due, err)
	}
	letters, err := s.DeadLetters(ctx, 10)
	if err != nil || len(letters) != 1 || letters[0].Reason != "broken" || letters[0].Tries != 3 {
		t.Fatalf("dead letters %+v, %v", letters, err)
	}
	if err := s.Retry(ctx, KindFile, id); err != nil {
		t.Fatal(err)
	}
	if letters, _ = s.DeadLetters(ctx, 10); len(letters) != 0 {
		t.Error("the dead letter stays open after a retry")
	}
	if a, _ := s.Application(ctx, app); a.State != Waiting {
		t.Errorf("application is %s while its file is read again", a.State)
	}
	if err := s.Retry(ctx, KindFile, id); !errors.Is(err, ErrNotFound) {
		t.Errorf("a retry of what is not dead: %v", err)
	}
}

func testWorkThatKillsItsProcessEnds(t *testing.T, s *Store) {
	app, files := seed(t, s, 1)
	for range 3 {
		claim(t, s, KindFile, files[0])
		if err := s.DropLeases(t.Context()); err != nil { // the process died
			t.Fatal(err)
		}
	}
	if _, ok, err := s.Claim(t.Context(), KindFile, files[0], "w", lease, 3); ok || err != nil {
		t.Fatalf("a fourth claim: %v, %v", ok, err)
	}
	if f, _ := s.File(t.Context(), files[0]); f.State != Dead {
		t.Errorf("file is %s", f.State)
	}
	if a, _ := s.Application(t.Context(), app); a.State != Queued {
		t.Errorf("application is %s", a.State)
	}
}

func testReleaseCostsNoTry(t *testing.T, s *Store) {
	_, files := seed(t, s, 1)
	for range 5 {
		if err := s.Release(t.Context(), KindFile, files[0], claim(t, s, KindFile, files[0])); err != nil {
			t.Fatal(err)
		}
	}
}

func testDue(t *testing.T, s *Store) {
	_, files := seed(t, s, 3)
	ctx := t.Context()
	if _, err := s.Fail(ctx, KindFile, files[0], claim(t, s, KindFile, files[0]), "later", 3, 5*time.Minute); err != nil {
		t.Fatal(err)
	}
	claim(t, s, KindFile, files[1])
	due, err := s.Due(ctx, 10)
	if err != nil || len(due) != 1 || due[0] != (Task{KindFile, files[2], 0}) {
		t.Errorf("due %+v, %v", due, err)
	}
	if err := s.DropLeases(ctx); err != nil {
		t.Fatal(err)
	}
	if due, _ = s.Due(ctx, 10); len(due) != 2 {
		t.Errorf("after the leases ended: due %+v", due)
	}
}

func TestTwoProcessesOpenOneDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "数据 #1", "hequan.db")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Accept(context.Background(), "x", []Incoming{{"a", "b", 1}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if ups, err := s.OpenUploads(t.Context(), 10); err != nil || len(ups) != 4 {
		t.Errorf("%d uploads, %v", len(ups), err)
	}
}

func init() { conformance["A clock that is set back"] = testAClockThatIsSetBack }

// testAClockThatIsSetBack: a lease or a time to wait for that was given by a
// clock hours ahead must not hold work up for hours.
func testAClockThatIsSetBack(t *testing.T, s *Store) {
	_, files := seed(t, s, 2)
	ctx, later := t.Context(), now()+3*3600*1000
	old := claim(t, s, KindFile, files[0])
	for _, q := range []string{`UPDATE files SET lease_until = ? WHERE id = ?`, `UPDATE files SET due_at = ? WHERE id = ?`} {
		for _, id := range files {
			if _, err := s.quietly1(ctx, q, later, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	due, err := s.Due(ctx, 10)
	if err != nil || len(due) != 2 {
		t.Fatalf("due %v, %v", due, err)
	}
	for _, id := range files {
		claim(t, s, KindFile, id)
	}
	if err := s.Beat(ctx, KindFile, files[0], old, lease); !errors.Is(err, ErrFenced) {
		t.Errorf("the old attempt: %v", err)
	}
}

func init() { conformance["A long file is read in ranges"] = testRanges }

func testRanges(t *testing.T, s *Store) {
	ctx := t.Context()
	app, files := seed(t, s, 2)
	file, err := s.File(ctx, files[0])
	if err != nil {
		t.Fatal(err)
	}
	due, err := s.FanOut(ctx, file, claim(t, s, KindFile, file.ID), 50, 20)
	if err != nil || len(due) != 3 {
		t.Fatalf("due %v, %v", due, err)
	}
	if _, ok, err := s.Claim(ctx, KindFile, file.ID, "other", lease, 3); ok || err != nil {
		t.Errorf("the file is to be had while its ranges are read: %v", err)
	}
	parts, err := s.Ranges(ctx, file.ID)
	if err != nil || len(parts) != 3 || parts[2].First != 40 || parts[2].Pages != 10 {
		t.Fatalf("%+v, %v", parts, err)
	}
	if _, err := s.Fail(ctx, KindRange, parts[0].ID, claim(t, s, KindRange, parts[0].ID), "poison", 1, 0); err != nil {
		t.Fatal(err)
	}
	for i, p := range parts[1:] {
		attempt := claim(t, s, KindRange, p.ID)
		due, err := s.FinishRange(ctx, p.ID, attempt, FileResult{Reading: "rr", Pictures: []string{"pp"}})
		if err != nil || (len(due) == 1) != (i == 1) {
			t.Errorf("after range %d: due %v, %v", i+1, due, err)
		}
		if _, err := s.FinishRange(ctx, p.ID, attempt, FileResult{}); !errors.Is(err, ErrFenced) {
			t.Errorf("a second result: %v", err)
		}
	}
	again, err := s.File(ctx, file.ID)
	if err != nil || again.PagesDone != 50 || again.PagesTotal != 50 || again.State != Queued {
		t.Errorf("%+v, %v", again, err)
	}
	readAll(t, s, files)
	if parts, err = s.Ranges(ctx, file.ID); err != nil || len(parts) != 0 {
		t.Errorf("ranges of a file that is read: %v, %v", parts, err)
	}
	claim(t, s, KindApplication, app)
}
