package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
	"hequan/internal/web"
)

// quiet is a queue of a server whose work this test does itself.
type quiet struct{ tasks chan store.Task }

func (q quiet) Enqueue(_ context.Context, t store.Task, _ time.Duration) error {
	q.tasks <- t
	return nil
}
func (q quiet) Ping(context.Context) error { return nil }

// TestClient hands an archive to a real server; the work on it is done by hand,
// as a worker would record it.
func TestClient(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	q := quiet{make(chan store.Task, 10)}
	site := &web.Server{Ledger: db, Blobs: blobs, Queue: q, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Sessions: store.Sessions{Store: db}, LocalOnly: true}
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	archive := filepath.Join(t.TempDir(), "2026H1-0017.zip")
	if err := os.WriteFile(archive, []byte("zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		task := <-q.tasks
		claim := func(k store.Kind, id string) int64 {
			attempt, ok, err := db.Claim(context.Background(), k, id, "test", time.Minute, 3)
			if err != nil || !ok {
				t.Errorf("claim: %v %v", ok, err)
			}
			return attempt
		}
		due, err := db.FinishUpload(context.Background(), task.ID, claim(store.KindUpload, task.ID), []store.Taken{{Application: store.Application{Name: "2026H1-0017", Form: "{}", Problems: "[]"}}})
		if err != nil {
			t.Error(err)
			return
		}
		run := store.Run{Verdict: "review", Report: `{"subsidy": {"payable_wan": "61.5"}}`}
		if err := db.FinishApplication(context.Background(), due[0].ID, claim(store.KindApplication, due[0].ID), run); err != nil {
			t.Error(err)
		}
	}()
	var out bytes.Buffer
	c := &client{base: server.URL, pause: 5 * time.Millisecond}
	if err := c.run(t.Context(), archive, &out); err != nil {
		t.Fatal(err)
	}
	if want := "2026H1-0017\treview\t61.5 万元\t\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	if err := c.run(t.Context(), "none.zip", &out); err == nil {
		t.Error("an archive that is not there was handed in")
	}
}
