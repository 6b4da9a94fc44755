package worker

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hequan"
	"hequan/internal/correct"
	"hequan/internal/store"
)

// remembering judges as judged does and remembers what it was given.
type remembering struct {
	mu   sync.Mutex
	seen []Case
}

func (r *remembering) judge(c Case) *hequan.Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, c)
	return judged(c)
}

func (r *remembering) last() Case {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen[len(r.seen)-1]
}

// settled waits until the application has that run and nothing is to do.
func settled(t *testing.T, w *Worker, app string, run int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		a, err := w.Store.Application(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		if a.State == store.Done && a.Run >= run {
			return
		}
	}
	t.Fatalf("run %d of the application never came", run)
}

func put(t *testing.T, w *Worker, name, content string) store.Incoming {
	t.Helper()
	info, err := w.Blobs.Put(strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	return store.Incoming{Name: name, SHA256: info.SHA256, Bytes: info.Bytes}
}

// TestCorrectionsRoundsAndTrials goes through an application's life at the
// desk: judged, corrected, mended by other files, tried anew.
func TestCorrectionsRoundsAndTrials(t *testing.T) {
	reader, judge := newScripted(), new(remembering)
	w := newWorker(t, t.TempDir(), embedded(t), reader)
	w.Judge = judge.judge
	t.Cleanup(run(t, w))
	ctx := t.Context()
	up, err := w.Store.Accept(ctx, "0017", []store.Incoming{put(t, w, "0017/1.pdf", "one"), put(t, w, "0017/2.pdf", "two")})
	if err != nil {
		t.Fatal(err)
	}
	app := ""
	for deadline := time.Now().Add(20 * time.Second); app == "" && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if list, err := w.Store.List(ctx, up.ID, 1); err == nil && len(list) == 1 {
			app = list[0].ID
		}
	}
	settled(t, w, app, 1)

	files, err := w.Store.Files(ctx, app)
	if err != nil {
		t.Fatal(err)
	}
	for i, value := range []string{"wrong", "right"} { // the latest counts
		c := store.Correction{ApplicationID: app, SHA256: files[0].SHA256, Page: 1, Field: "total", Before: "1.00", Value: value, Person: "甲"}
		if _, err := w.Store.Correct(ctx, c); err != nil {
			t.Fatal(err)
		}
		settled(t, w, app, i+2)
	}
	want := []correct.Value{{SHA256: files[0].SHA256, Page: 1, Field: "total", Value: "right", Person: "甲"}}
	if got := judge.last().Corrected; !slices.Equal(got, want) {
		t.Errorf("judged with the corrections %+v", got)
	}
	if reader.count("one") != 1 || reader.count("two") != 1 {
		t.Error("a correction had files read again")
	}

	if _, err := w.Store.AcceptRound(ctx, "r", []store.Incoming{put(t, w, "r/2-new.pdf", "mended")}, store.Supplement{Application: app, Replaces: map[string]string{"2-new.pdf": "2.pdf"}, Person: "甲"}); err != nil {
		t.Fatal(err)
	}
	settled(t, w, app, 4)
	c := judge.last()
	if len(c.Files) != 2 || c.Files[0].Name != "1.pdf" || c.Files[1].Name != "2-new.pdf" || !slices.Equal(c.Corrected, want) {
		t.Errorf("after the round: files %+v, corrections %+v", c.Files, c.Corrected)
	}
	if reader.count("one") != 1 || reader.count("two") != 1 || reader.count("mended") != 1 {
		t.Error("not only what changed was read")
	}

	trial, err := w.Store.StartTrial(ctx, up.ID, "甲")
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if tr, err := w.Store.Trial(ctx, trial.ID); err == nil && tr.State == store.Done {
			break
		}
	}
	rows, err := w.Store.TrialReports(ctx, trial.ID)
	if err != nil || len(rows) != 1 || rows[0].Run != 4 || rows[0].ApplicationID != app || !slices.Equal(judge.last().Corrected, want) {
		t.Errorf("%+v, %v", rows, err)
	}
	if a, err := w.Store.Application(ctx, app); err != nil || a.Run != 4 {
		t.Errorf("a trial made run %d, %v", a.Run, err)
	}
}

// TestARoundOfSeveralApplicationsIsRefused hands in a window as a round.
func TestARoundOfSeveralApplicationsIsRefused(t *testing.T) {
	w := newWorker(t, t.TempDir(), embedded(t), newScripted())
	up := &store.Upload{RoundOf: "x"}
	if _, err := w.finishRound(t.Context(), up, 1, nil, make([]store.Taken, 2)); err == nil || !strings.Contains(err.Error(), "2 份申报") {
		t.Errorf("%v", err)
	}
}
