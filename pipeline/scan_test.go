package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hequan"
	"hequan/internal/clamd"
	"hequan/internal/clamd/clamdtest"
)

// TestAnInfectedFileIsNotRead: it costs itself and nothing else, and no parser
// sees it; without an answer nothing is read.
func TestAnInfectedFileIsNotRead(t *testing.T) {
	r := testReader(t, 1)
	r.scanner = clamd.Scanner{Address: clamdtest.Serve(t)}
	dir := t.TempDir()
	bad, sound := filepath.Join(dir, "bad.xml"), filepath.Join(dir, "sound.xml")
	if err := errors.Join(os.WriteFile(bad, []byte("<a>"+clamdtest.Bad+"</a>"), 0o600), os.WriteFile(sound, []byte("<a>nothing</a>"), 0o600)); err != nil {
		t.Fatal(err)
	}
	infected := func(p *hequan.Problem, err error) {
		t.Helper()
		if err != nil || p == nil || p.Code != hequan.ProblemInfected || p.Detail != "ClamAV: Hequan.Test.UNOFFICIAL" {
			t.Errorf("%+v, %v", p, err)
		}
	}
	reading, err := r.Read(t.Context(), bad, nil)
	infected(reading.Problem, err)
	reading, err = r.Glance(t.Context(), bad, nil)
	infected(reading.Problem, err)
	reading, pages, err := r.Open(t.Context(), bad)
	infected(reading.Problem, err)
	if pids := r.pool.Pids(); len(pids) > 0 || pages != 0 || len(r.glances.Pids()) > 0 {
		t.Errorf("a reader was started for it: %v", pids)
	}
	if reading, err = r.Read(t.Context(), sound, nil); err != nil || reading.Problem == nil || reading.Problem.Code != hequan.ProblemUnsupported {
		t.Errorf("another file: %+v, %v", reading.Problem, err)
	}
	long := filepath.Join(dir, "long.pdf")
	if err := os.WriteFile(long, make([]byte, 4<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if reading, err = r.Read(t.Context(), long, nil); err != nil || reading.Problem == nil || reading.Problem.Code != hequan.ProblemTooLarge {
		t.Errorf("longer than the scanner takes: %+v, %v", reading.Problem, err)
	}
	r.scanner.Address = filepath.Join(dir, "none")
	if _, err = r.Read(t.Context(), bad, nil); !errors.Is(err, clamd.ErrUnavailable) {
		t.Errorf("without an answer: %v", err)
	}
	if _, err = r.Read(t.Context(), sound, nil); err != nil {
		t.Errorf("what was looked at just now: %v", err)
	}
}
