package worker

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"testing"

	"hequan"
	"hequan/internal/blob"
	"hequan/pipeline"
)

// TestAnEqualFileIsNotReadAgain: a reading is found by whatever machine has the
// database and the blobs, not by the cache of the one that made it.
func TestAnEqualFileIsNotReadAgain(t *testing.T) {
	q, dir := embedded(t), t.TempDir()
	here, there := newScripted(), newScripted()
	first := newWorker(t, dir, q, here)
	up := accept(t, first, "contract", "invoice")
	stop := run(t, first)
	one := finished(t, first, up, 1)
	stop()
	second := newWorker(t, dir, q, there) // another machine: its reader knows nothing
	up = accept(t, second, "contract", "invoice")
	run(t, second)
	two := finished(t, second, up, 1)
	if n := there.count("contract") + there.count("invoice"); n != 0 {
		t.Errorf("%d files were read again", n)
	}
	a, err := first.Store.LatestRun(t.Context(), one.ID)
	if err != nil {
		t.Fatal(err)
	}
	b, err := second.Store.LatestRun(t.Context(), two.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a.Report != b.Report {
		t.Errorf("the reports differ:\n%s\n%s", a.Report, b.Report)
	}
}

// faltering is a store of blobs that fails to give its contents a few times.
type faltering struct {
	blob.Store
	left atomic.Int32
}

func (f *faltering) Get(sha256 string) ([]byte, error) {
	if f.left.Add(-1) >= 0 {
		return nil, errors.New("the store does not answer")
	}
	return f.Store.Get(sha256)
}

// TestAPictureThatCannotBeHadIsNoMissingPicture: the application is judged
// again, not by fewer pictures.
func TestAPictureThatCannotBeHadIsNoMissingPicture(t *testing.T) {
	q, dir := embedded(t), t.TempDir()
	w := newWorker(t, dir, q, newScripted())
	blobs := &faltering{Store: w.Blobs}
	w.Blobs = blobs
	var judged atomic.Int32
	w.Judge = func(c Case) *hequan.Report {
		if judged.Add(1) == 1 {
			blobs.left.Store(1) // of the readings, all are loaded
		}
		r := &hequan.Report{Schema: hequan.Schema, Verdict: hequan.Pass}
		for _, f := range c.Files {
			if _, err := c.Images.PageImage(f.Reading.SHA256, 1); err != nil {
				r.Verdict = hequan.Fail
			}
			if _, err := c.Images.PageImage(f.Reading.SHA256, 2); err == nil {
				t.Error("the second page has a picture")
			}
		}
		return r
	}
	up := accept(t, w, "contract")
	run(t, w)
	if app := finished(t, w, up, 1); app.Verdict != "pass" || app.Run != 1 {
		t.Errorf("verdict %s in run %d", app.Verdict, app.Run)
	}
	if n := judged.Load(); n != 2 {
		t.Errorf("judged %d times, want 2", n)
	}
}

// full is a store of blobs on a disk that is full for a while.
type full struct {
	blob.Store
	left atomic.Int32
}

func (f *full) File(sha256, dir string) (string, error) {
	if f.left.Add(-1) >= 0 {
		return "", &os.PathError{Op: "write", Path: dir, Err: syscall.ENOSPC}
	}
	return f.Store.File(sha256, dir)
}

// TestASickMachineDoesNotUseUpTries: work is not given up because a machine
// failed at it more often than work may fail.
func TestASickMachineDoesNotUseUpTries(t *testing.T) {
	w := newWorker(t, t.TempDir(), embedded(t), newScripted())
	blobs := &full{Store: w.Blobs}
	blobs.left.Store(3 * int32(w.MaxTries))
	w.Blobs = blobs
	up := accept(t, w, "contract", "invoice")
	run(t, w)
	if app := finished(t, w, up, 1); app.Verdict != "pass" || app.FilesDead != 0 {
		t.Errorf("summary %+v", app)
	}
}

// dying is a reader whose child dies on the first archive that it unpacks.
type dying struct {
	*scripted
	left atomic.Int32
}

func (d *dying) Intake(ctx context.Context, path, work string) ([]pipeline.Source, error) {
	sources, err := d.scripted.Intake(ctx, path, work)
	if err == nil && d.left.Add(-1) >= 0 {
		sources[0].Files = nil
		sources[0].Problems = []hequan.FileInfo{{File: "a.zip", Problem: hequan.Problemf(hequan.ProblemCrashed, "signal: killed")}}
	}
	return sources, err
}

// TestAReaderThatDiesOnAnArchiveLosesNothing: the upload is taken apart once
// more; an archive that is really poison is told after that.
func TestAReaderThatDiesOnAnArchiveLosesNothing(t *testing.T) {
	for deaths, files := range map[int32]int{1: 2, 100: 0} {
		r := &dying{scripted: newScripted()}
		r.left.Store(deaths)
		w := newWorker(t, t.TempDir(), embedded(t), r)
		up := accept(t, w, "contract", "invoice")
		run(t, w)
		if app := finished(t, w, up, 1); app.Files != files {
			t.Errorf("after %d deaths the application has %d files, want %d", deaths, app.Files, files)
		}
	}
}
