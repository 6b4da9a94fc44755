package worker

import (
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hibiken/asynq"

	"hequan/internal/store"
)

// realRedis starts a Redis server on a free port and returns the queue on it.
func realRedis(t *testing.T) *Redis {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		t.Skip("redis-server is not installed")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command(program, "--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir(), "--maxmemory-policy", "noeviction")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		q, err := Connect(t.Context(), fmt.Sprintf("redis://127.0.0.1:%d/0", port))
		if err == nil {
			t.Cleanup(func() { q.Close() })
			return q
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// queues are the implementations of the queue, which must behave alike.
var queues = map[string]func(*testing.T) *Redis{"embedded": embedded, "redis": realRedis}

func pending(t *testing.T, q *Redis, queue string) int {
	t.Helper()
	info, err := q.inspector.GetQueueInfo(queue)
	if errors.Is(err, asynq.ErrQueueNotFound) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return info.Pending
}

func TestTellingTwiceMakesOneTask(t *testing.T) {
	for name, open := range queues {
		t.Run(name, func(t *testing.T) {
			q := open(t)
			task := store.Task{Kind: store.KindFile, ID: "f1", Attempt: 2}
			for range 3 {
				if err := q.Enqueue(t.Context(), task, 0); err != nil {
					t.Fatal(err)
				}
			}
			if n := pending(t, q, "read"); n != 1 {
				t.Errorf("%d tasks wait, want 1", n)
			}
			task.Attempt++
			if err := q.Enqueue(t.Context(), task, 0); err != nil {
				t.Fatal(err)
			}
			if n := pending(t, q, "read"); n != 2 {
				t.Errorf("%d tasks wait after the next attempt, want 2", n)
			}
		})
	}
}

func TestAnArchivedTaskDoesNotBlockItsID(t *testing.T) {
	for name, open := range queues {
		t.Run(name, func(t *testing.T) {
			q := open(t)
			task := store.Task{Kind: store.KindFile, ID: "f1"}
			if err := q.Enqueue(t.Context(), task, 0); err != nil {
				t.Fatal(err)
			}
			if err := q.inspector.ArchiveTask("read", "file:f1:0"); err != nil {
				t.Fatal(err)
			}
			if err := q.Enqueue(t.Context(), task, 0); err != nil {
				t.Fatal(err)
			}
			if n := pending(t, q, "read"); n != 1 {
				t.Errorf("%d tasks wait, want 1", n)
			}
		})
	}
}

func TestAFlushedQueueLosesNothing(t *testing.T) {
	for name, open := range queues {
		t.Run(name, func(t *testing.T) {
			q, r := open(t), newScripted()
			w := newWorker(t, t.TempDir(), q, r)
			w.Readers = 1
			up := accept(t, w, "wait", "one", "two", "three")
			run(t, w)
			for r.count("wait") == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			if err := q.client.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
			close(r.gate)
			if app := finished(t, w, up, 1); app.Verdict != "pass" || app.FilesDone != 4 {
				t.Errorf("summary %+v", app)
			}
		})
	}
}

func TestTwoWorkersShareTheWork(t *testing.T) {
	q, r, dir := realRedis(t), newScripted(), t.TempDir()
	first, second := newWorker(t, dir, q, r), newWorker(t, dir, q, r)
	var texts []string
	for i := range 24 {
		texts = append(texts, fmt.Sprintf("file %d", i))
	}
	up := accept(t, first, texts...)
	run(t, first)
	run(t, second)
	if app := finished(t, first, up, 1); app.Verdict != "pass" || app.FilesDone != 24 {
		t.Errorf("summary %+v", app)
	}
	for _, text := range texts {
		if n := r.count(text); n != 1 {
			t.Errorf("%s was read %d times", text, n)
		}
	}
}

// TestPeopleComeBeforeBatches: a single application that comes after a large
// window is read long before the window's last file.
func TestPeopleComeBeforeBatches(t *testing.T) {
	for name, open := range queues {
		t.Run(name, func(t *testing.T) {
			q, r := open(t), newScripted()
			w := newWorker(t, t.TempDir(), q, r)
			w.Readers = 1
			up, err := w.Store.Accept(t.Context(), "窗口", []store.Incoming{})
			if err != nil {
				t.Fatal(err)
			}
			attempt, ok, err := w.Store.Claim(t.Context(), store.KindUpload, up.ID, "test", time.Minute, 3)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			var apps []store.Taken
			for i := range 4 {
				one := store.Taken{Application: store.Application{Name: fmt.Sprint(i), Form: `{"form": {}}`, Problems: "[]"}}
				for j := range 15 {
					info, err := w.Blobs.Put(strings.NewReader(fmt.Sprintf("batch %d %d", i, j)), 0)
					if err != nil {
						t.Fatal(err)
					}
					one.Files = append(one.Files, store.Incoming{Name: fmt.Sprintf("%d.pdf", j), SHA256: info.SHA256, Bytes: info.Bytes})
				}
				apps = append(apps, one)
			}
			due, err := w.Store.FinishUpload(t.Context(), up.ID, attempt, apps)
			if err != nil || len(due) != 60 {
				t.Fatal(len(due), err)
			}
			if err := Tell(t.Context(), q, due); err != nil {
				t.Fatal(err)
			}
			single := accept(t, w, "one", "two", "three")
			run(t, w)
			finished(t, w, single, 1)
			read := 0
			for i := range 4 {
				for j := range 15 {
					read += r.count(fmt.Sprintf("batch %d %d", i, j))
				}
			}
			if read > 40 {
				t.Errorf("%d of the batch's 60 files were read before the single application was judged", read)
			}
			close(r.gate)
			w.awaitBatch(t, up.ID)
		})
	}
}

// awaitBatch waits until a batch is judged.
func (w *Worker) awaitBatch(t *testing.T, upload string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		list, err := w.Store.List(t.Context(), upload, 10)
		if err != nil {
			t.Fatal(err)
		}
		done := 0
		for _, a := range list {
			if a.State == store.Done {
				done++
			}
		}
		if done == 4 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of 4 applications are judged", done)
		}
	}
}
