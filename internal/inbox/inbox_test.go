package inbox

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// watching is an inbox over a folder, with a real database and real blobs.
type watching struct {
	*Inbox
	dir string
	db  *store.Store

	mu    sync.Mutex
	woken []string
}

func watch(t *testing.T) *watching {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &watching{dir: t.TempDir(), db: db}
	w.Inbox = &Inbox{Dir: w.dir, Ledger: db, Blobs: blobs, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Poll: 5 * time.Millisecond, Settle: 50 * time.Millisecond, MaxFiles: 3,
		Wake: func(_ context.Context, task store.Task) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.woken = append(w.woken, task.ID)
		}}
	return w
}

// run watches until the uploads are as many as wanted, and a little longer.
func (w *watching) run(t *testing.T, want int) []store.Upload {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() { w.Run(ctx) })
	var ups []store.Upload
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var err error
		if ups, err = w.db.OpenUploads(t.Context(), 100); err != nil {
			t.Fatal(err)
		}
		if len(ups) >= want {
			break
		}
	}
	time.Sleep(150 * time.Millisecond) // several looks more
	stop()
	wait.Wait()
	ups, err := w.db.OpenUploads(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(ups) != want || len(w.woken) != want {
		t.Fatalf("%d uploads and %d tasks, want %d", len(ups), len(w.woken), want)
	}
	return ups
}

func (w *watching) write(t *testing.T, name, content string) {
	t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEachEntryIsTakenInOnce(t *testing.T) {
	w := watch(t)
	w.write(t, "2026H1-0017/application.json", "{}")
	w.write(t, "2026H1-0017/7/发票.pdf", "invoice")
	w.write(t, "2026H1-0017/~$合同.docx.tmp", "lock")
	w.write(t, "window.zip", "zip")
	w.write(t, "coming.zip.part", "half")
	w.write(t, ".hidden", "x")
	for _, name := range []string{"many/1", "many/2", "many/3", "many/4"} { // more than an upload may have
		w.write(t, name, name)
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(w.dir, "link.pdf")); err != nil {
		t.Fatal(err)
	}
	ups := w.run(t, 2)
	for _, up := range ups {
		files, err := w.db.UploadFiles(t.Context(), up.ID)
		if err != nil {
			t.Fatal(err)
		}
		if up.Name == "2026H1-0017" && (len(files) != 2 || files[0].Name != "2026H1-0017/7/发票.pdf") {
			t.Errorf("files %+v", files)
		}
	}
	w.run(t, 2) // another start takes nothing in again
	w.write(t, "2026H1-0017/8.pdf", "a paper more")
	w.run(t, 3) // as it is now
}

func TestWhatIsStillWrittenIsLeft(t *testing.T) {
	w := watch(t)
	w.Settle = time.Second
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() { w.Run(ctx) })
	for range 40 {
		w.write(t, "slow.zip", time.Now().String())
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	wait.Wait()
	if ups, err := w.db.OpenUploads(t.Context(), 10); err != nil || len(ups) != 0 {
		t.Errorf("%d uploads of a file that is being written, %v", len(ups), err)
	}
}
