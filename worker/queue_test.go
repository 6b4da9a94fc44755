package worker

import (
	"errors"
	"fmt"
	"net"
	"os/exec"
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
