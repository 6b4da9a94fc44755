package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// redis runs server and worker on a real Redis, flushes it in the middle of an
// application, and kills a reader child besides.
func (s *stage) redis(t *testing.T) {
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
	db := exec.Command(program, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--save", "", "--dir", t.TempDir(), "--maxmemory-policy", "noeviction")
	if err := db.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Process.Kill(); db.Wait() })
	client := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", port)})
	defer client.Close()
	for deadline := time.Now().Add(10 * time.Second); client.Ping(t.Context()).Err() != nil; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("Redis does not start")
		}
	}
	url := fmt.Sprintf("redis://127.0.0.1:%d/0", port)
	data := filepath.Join(t.TempDir(), "data")
	v := s.serve(t, data, "--redis", url, "--jobs", "1")
	var workerLog bytes.Buffer
	worker := s.start(t, &workerLog, "worker", "--data", data, "--redis", url, "--jobs", "1")
	upload := s.uploadFolder(t, v)
	v.await(t, upload, func(a state) bool { return a.Progress.FilesDone >= 1 && a.Progress.FilesDone < a.Progress.Files })
	if err := client.FlushAll(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
	killed := 0
	for _, pid := range []int{v.cmd.Process.Pid, worker.Process.Pid} {
		for _, child := range children(t, pid) {
			if p, err := os.FindProcess(child); err == nil && p.Kill() == nil {
				killed++
				break
			}
		}
	}
	if killed == 0 {
		t.Error("no reader child was there to kill")
	}
	s.reported(t, v, upload)
}

// children are the processes that a process has started.
func children(t *testing.T, pid int) []int {
	t.Helper()
	var out []int
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		data, err := os.ReadFile(task)
		if err != nil {
			continue // the thread has ended
		}
		for _, field := range strings.Fields(string(data)) {
			if child, err := strconv.Atoi(field); err == nil {
				out = append(out, child)
			}
		}
	}
	return out
}
