package metrics

import (
	"errors"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
	"hequan/worker"
)

func TestMetrics(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	queue, err := worker.Embed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Close()
	folder, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := New()
	m.Store, m.Queue, m.Pages, m.Version, m.Reader = db, queue, func() int { return 7 }, "1.0", "abc"
	m.Blobs = m.Count(folder)
	db.Watch(m.Statement)
	handler := m.Handler()
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Code, w.Body.String()
	}

	info, err := m.Blobs.Put(strings.NewReader("发票"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Blobs.Get(strings.Repeat("0", 64)); err == nil {
		t.Error("an absent blob was found")
	}
	if _, err := m.Blobs.Put(iotest.ErrReader(errors.New("the browser went away")), 0); err == nil {
		t.Error("a broken upload was kept")
	}
	if _, err := db.Accept(t.Context(), "a.zip", []store.Incoming{{Name: "a.zip", SHA256: info.SHA256, Bytes: info.Bytes}}); err != nil {
		t.Fatal(err)
	}
	if err := queue.Enqueue(t.Context(), store.Task{Kind: store.KindUpload, ID: "x"}, 0); err != nil {
		t.Fatal(err)
	}
	if err := db.Present(t.Context(), store.Presence{ID: "here:1", Version: "1.0", Reader: "abc", Readers: 2}); err != nil {
		t.Fatal(err)
	}
	m.Attempt(store.KindFile, "done", 3*time.Second)

	code, text := get("/metrics")
	for _, want := range []string{
		`hequan_due_rows{kind="upload"} 1`, `hequan_queue_waiting{queue="intake"} 1`, `hequan_attempts_total{kind="file",outcome="done"} 1`,
		`hequan_attempt_seconds_bucket{kind="file",le="5"} 1`, `hequan_pages_read_total 7`, `hequan_dead_letters 0`, `hequan_up{part="database"} 1`, `hequan_up{part="queue"} 1`,
		`hequan_workers{reader="abc",version="1.0"} 1`, `hequan_blob_operations_total{operation="put",result="ok"} 1`, `hequan_blob_operations_total{operation="put",result="error"} 0`,
		`hequan_database_statements_total{result="error"} 0`, `hequan_build_info{reader="abc",version="1.0"} 1`,
	} {
		if code != 200 || !strings.Contains(text, want) {
			t.Errorf("status %d; %s is not among\n%s", code, want, text)
		}
	}
	if code, text := get("/readyz"); code != 200 {
		t.Errorf("ready: %d %s", code, text)
	}
	db.Close()
	if code, text := get("/readyz"); code != 503 || !strings.Contains(text, `"queue":"ok"`) {
		t.Errorf("without a database: %d %s", code, text)
	}
	get("/metrics") // counters and what is asked are gathered side by side
	if _, text := get("/metrics"); !strings.Contains(text, `hequan_up{part="database"} 0`) || strings.Contains(text, `hequan_database_statements_total{result="error"} 0`) {
		t.Errorf("without a database:\n%s", text)
	}
	if code, _ := get("/healthz"); code != 200 {
		t.Errorf("healthz: %d", code)
	}
}
