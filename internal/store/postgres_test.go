package store

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

func TestPostgres(t *testing.T) {
	server := postgres(t)
	n := 0
	for name, test := range conformance {
		n++
		schema := fmt.Sprintf("s%d", n)
		t.Run(name, func(t *testing.T) {
			s := openSchema(t, server, schema)
			test(t, s)
			if !tampering[name] {
				intact(t, s)
			}
		})
	}
}

// openSchema opens an empty schema of its own.
func openSchema(t *testing.T, server *url.URL, schema string) *Store {
	t.Helper()
	public, err := Open(t.Context(), server.String())
	if err != nil {
		t.Fatal(err)
	}
	defer public.Close()
	if _, err := public.db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	own := *server
	query := own.Query()
	query.Set("search_path", schema)
	own.RawQuery = query.Encode()
	s, err := Open(t.Context(), own.String())
	if err != nil {
		t.Fatal(err)
	}
	addresses[s] = own.String()
	t.Cleanup(func() { s.Close() })
	return s
}

// postgres starts a PostgreSQL server for the test, reached by a socket.
func postgres(t testing.TB) *url.URL {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is valid
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed")
	}
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "pg") // short: the path of a socket has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	as := &syscall.SysProcAttr{}
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid) // numeric on this system
		gid, _ := strconv.Atoi(u.Gid)
		as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "hequan", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
	initdb.SysProcAttr, initdb.Dir = as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off")
	server.SysProcAttr, server.Dir = as, dir
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Signal(syscall.SIGINT); server.Wait() })
	address := &url.URL{Scheme: "postgres", User: url.User("hequan"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		s, err := Open(t.Context(), address.String())
		if err == nil {
			s.Close()
			return address
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}
