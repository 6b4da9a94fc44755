package airlock

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inside is what the child of the test tells.
type inside struct {
	Before, After []Wall
	Shut          string
	Allowed       []string // what must still go, and did not
}

// TestMain is the child, too: it shuts itself in and tries what must not go.
func TestMain(m *testing.M) {
	at := os.Getenv("AIRLOCK_TEST")
	if at == "" {
		os.Exit(m.Run())
	}
	address, dir, _ := strings.Cut(at, " ")
	tell := inside{Before: Probe(address, "/etc/passwd", dir)}
	if err := Shut(Walls{Read: []string{filepath.Join(dir, "data"), "/dev/null", filepath.Join(dir, "missing")}, Write: []string{filepath.Join(dir, "cache")}}); err != nil {
		tell.Shut = err.Error()
	}
	tell.After = Probe(address, "/etc/passwd", dir)
	note := func(what string, err error) {
		if err != nil {
			tell.Allowed = append(tell.Allowed, what+": "+err.Error())
		}
	}
	_, err := os.ReadFile(filepath.Join(dir, "data", "model"))
	note("read", err)
	note("write", os.WriteFile(filepath.Join(dir, "cache", "new"), []byte("x"), 0o600))
	if os.WriteFile(filepath.Join(dir, "data", "model"), []byte("x"), 0o600) == nil {
		tell.Allowed = append(tell.Allowed, "what may be read only was written")
	}
	done := make(chan bool) // threads can still be made
	for range 20 {
		go func() { _, _ = os.ReadFile("/dev/null"); done <- true }()
	}
	for range 20 {
		<-done
	}
	json.NewEncoder(os.Stdout).Encode(tell)
	os.Exit(0)
}

// TestAChildReachesNothing starts a child that tries the network, the files of
// the machine and other programs, before and after it shuts itself in.
func TestAChildReachesNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := t.TempDir()
	for _, d := range []string{"data", "cache"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "model"), []byte("model"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("AIRLOCK_TEST=%s %s", l.Addr(), dir))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var tell inside
	if err != nil || json.Unmarshal(out, &tell) != nil {
		t.Fatalf("the child: %v\n%s", err, out)
	}
	for _, w := range tell.Before {
		if w.Holds {
			t.Errorf("%s: refused before anything was shut, so that it proves nothing afterwards", w.Name)
		}
	}
	for _, problem := range tell.Allowed {
		t.Error("what reading needs: ", problem)
	}
	if tell.Shut != "" {
		t.Log("not all walls stand on this machine: ", tell.Shut)
	}
	for _, w := range tell.After {
		switch {
		case w.Holds:
		case tell.Shut == "":
			t.Errorf("%s: %s", w.Name, w.Despite)
		default:
			t.Logf("not in force here: %s (%s)", w.Name, w.Despite)
		}
	}
}
