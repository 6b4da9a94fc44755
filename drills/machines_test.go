package drills

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/redis/go-redis/v9"
)

// postgres is a server that can be stopped as by a power cut and started again.
type postgres struct {
	bin, dir string
	as       *syscall.SysProcAttr
	cmd      *exec.Cmd
	address  *url.URL
}

func startPostgres(t *testing.T) *postgres {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is valid
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed")
	}
	dir, err := os.MkdirTemp("", "pg") // short: the path of a socket has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &postgres{bin: filepath.Dir(found[len(found)-1]), dir: dir, as: &syscall.SysProcAttr{}}
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid) // numeric on this system
		gid, _ := strconv.Atoi(u.Gid)
		p.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	initdb := exec.Command(filepath.Join(p.bin, "initdb"), "-D", p.data(), "-U", "hequan", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
	initdb.SysProcAttr, initdb.Dir = p.as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	p.address = &url.URL{Scheme: "postgres", User: url.User("hequan"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	p.start(t, "")
	t.Cleanup(func() { p.stop(syscall.SIGINT) })
	return p
}

func (p *postgres) data() string { return filepath.Join(p.dir, "data") }

// start starts the server; clock sets its clock off, as +3h or -3h.
func (p *postgres) start(t *testing.T, clock string) {
	t.Helper()
	args := []string{filepath.Join(p.bin, "postgres"), "-D", p.data(), "-k", p.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"}
	if clock != "" {
		args = append([]string{"faketime", "-f", clock}, args...)
	}
	p.cmd = exec.Command(args[0], args[1:]...)
	p.cmd.SysProcAttr, p.cmd.Dir = p.as, p.dir
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		db, err := sql.Open("pgx", p.address.String())
		if err == nil {
			err = db.Ping()
			db.Close()
		}
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// stop ends the server: SIGINT cuts all connections off, SIGQUIT leaves it to
// recover at the next start, as after a power cut.
func (p *postgres) stop(how syscall.Signal) {
	p.signal(how)
	p.cmd.Wait()
}

// signal reaches the server itself, which faketime has replaced itself by.
func (p *postgres) signal(how syscall.Signal) {
	data, err := os.ReadFile(filepath.Join(p.data(), "postmaster.pid"))
	if err != nil {
		return
	}
	first, _, _ := strings.Cut(string(data), "\n")
	if pid, err := strconv.Atoi(first); err == nil {
		_ = syscall.Kill(pid, how) // it may be gone
	}
}

// database makes an empty database and returns its address.
func (p *postgres) database(t *testing.T, name string) string {
	t.Helper()
	db, err := sql.Open("pgx", p.address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	own := *p.address
	own.Path = "/" + name
	return own.String()
}

// redisServer can be killed and started again, empty.
type redisServer struct {
	port   int
	dir    string
	cmd    *exec.Cmd
	client *redis.Client
}

func startRedis(t *testing.T) *redisServer {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	r := &redisServer{port: freePort(t), dir: t.TempDir()}
	r.client = redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", r.port), DialerRetries: 1})
	r.start(t)
	t.Cleanup(func() { r.client.Close(); r.kill() })
	return r
}

func (r *redisServer) address() string { return fmt.Sprintf("redis://127.0.0.1:%d/0", r.port) }

func (r *redisServer) start(t *testing.T) {
	t.Helper()
	r.cmd = exec.Command("redis-server", "--port", fmt.Sprint(r.port), "--bind", "127.0.0.1", "--save", "", "--dir", r.dir, "--maxmemory-policy", "noeviction")
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); r.client.Ping(context.Background()).Err() != nil; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("Redis does not start")
		}
	}
}

func (r *redisServer) kill() {
	r.cmd.Process.Kill()
	r.cmd.Wait()
}

// bucket is an S3-compatible store that can be made slow or dead.
type bucket struct {
	server *httptest.Server
	store  *s3mem.Backend
	slow   atomic.Int64 // milliseconds that an answer takes longer
	dead   atomic.Bool
}

func startBucket(t *testing.T) *bucket {
	t.Helper()
	b := &bucket{store: s3mem.New()}
	well := gofakes3.New(b.store).Server()
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.dead.Load() {
			if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
				c.Close()
			}
			return
		}
		time.Sleep(time.Duration(b.slow.Load()) * time.Millisecond)
		well.ServeHTTP(w, r)
	}))
	t.Cleanup(b.server.Close)
	return b
}

// make makes an empty bucket and returns its address.
func (b *bucket) make(t *testing.T, name string) string {
	t.Helper()
	if err := b.store.CreateBucket(name); err != nil {
		t.Fatal(err)
	}
	return "s3://" + strings.TrimPrefix(b.server.URL, "http://") + "/" + name + "?tls=off&region=us-east-1"
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
