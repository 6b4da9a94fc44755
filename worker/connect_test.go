package worker

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// program starts a program until the test ends; it skips where it is missing.
func program(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(name + " is not installed")
	}
	cmd := exec.Command(path, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

// connected connects within a while.
func connected(t *testing.T, address string) *Redis {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		q, err := Connect(t.Context(), address)
		if err == nil {
			t.Cleanup(func() { q.Close() })
			return q
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// worked runs a worker on the queue until an application is judged.
func worked(t *testing.T, q *Redis, dir string) {
	t.Helper()
	w := newWorker(t, dir, q, newScripted())
	up := accept(t, w, "contract", "invoice")
	stop := run(t, w)
	defer stop()
	if app := finished(t, w, up, 1); app.Verdict != "pass" || app.FilesDone != 2 {
		t.Errorf("summary %+v", app)
	}
}

func redisAt(t *testing.T, port int, more ...string) *exec.Cmd {
	t.Helper()
	return program(t, "redis-server", append([]string{"--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--save", "", "--dir", t.TempDir()}, more...)...)
}

// TestSentinel: the queue moves to the replica when the master dies, and work goes on.
func TestSentinel(t *testing.T) {
	if _, err := exec.LookPath("redis-sentinel"); err != nil {
		t.Skip("redis-sentinel is not installed")
	}
	first, second, watch := freePort(t), freePort(t), freePort(t)
	master := redisAt(t, first)
	redisAt(t, second, "--replicaof", fmt.Sprintf("127.0.0.1 %d", first))
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("port %d\nbind 127.0.0.1\nsentinel monitor queue 127.0.0.1 %d 1\nsentinel down-after-milliseconds queue 500\nsentinel failover-timeout queue 3000\n", watch, first)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	program(t, "redis-sentinel", conf)
	q := connected(t, fmt.Sprintf("redis+sentinel://127.0.0.1:%d/0?master_name=queue", watch))
	worked(t, q, t.TempDir())
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) { // the sentinel knows the replica
		out, err := exec.Command("redis-cli", "-p", fmt.Sprint(watch), "sentinel", "replicas", "queue").Output()
		if err == nil && strings.Contains(string(out), fmt.Sprint(second)) && strings.Contains(string(out), "master-link-status\nok") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no replica: %s", out)
		}
	}
	if err := master.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	worked(t, q, t.TempDir())
}

func TestCluster(t *testing.T) {
	args := []string{"--cluster", "create"}
	var ports []int
	for range 3 {
		port := freePort(t)
		for port > 55000 { // the bus listens 10,000 above
			port = freePort(t)
		}
		redisAt(t, port, "--cluster-enabled", "yes")
		args, ports = append(args, fmt.Sprintf("127.0.0.1:%d", port)), append(ports, port)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		out, err := exec.Command("redis-cli", append(args, "--cluster-yes")...).CombinedOutput()
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v: %s", err, out)
		}
	}
	q := connected(t, fmt.Sprintf("redis+cluster://127.0.0.1:%d?addr=127.0.0.1:%d", ports[0], ports[1]))
	worked(t, q, t.TempDir())
}

func TestAddressesOfRedis(t *testing.T) {
	for _, bad := range []string{"", "127.0.0.1:6379", "redis+sentinel://127.0.0.1:26379", "redis+shards://127.0.0.1", "http://127.0.0.1"} {
		if _, err := Connect(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "the address of Redis is") {
			t.Errorf("Connect(%q): %v", bad, err)
		}
	}
}
