package blob

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// fake is an S3 server in this process that can be made to misbehave.
type fake struct {
	*httptest.Server
	backend *s3mem.Backend
	trouble atomic.Pointer[http.HandlerFunc] // asked instead of the store
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{backend: s3mem.New()}
	if err := f.backend.CreateBucket("blobs"); err != nil {
		t.Fatal(err)
	}
	well := gofakes3.New(f.backend).Server()
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := f.trouble.Load(); h != nil {
			(*h)(w, r)
			return
		}
		well.ServeHTTP(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func fakeS3(t *testing.T, f *fake, path string) *S3 {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	s, err := OpenS3("s3://" + strings.TrimPrefix(f.URL, "http://") + path + "?tls=off&region=us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	s.Spool = t.TempDir()
	return s
}

func TestOpenChoosesByTheAddress(t *testing.T) {
	for address, bad := range map[string]bool{"s3://host/bucket": false, "s3://host:9000/bucket/a/b?tls=off": false, "s3://host": true, "s3:///bucket": true, "s3://key:secret@host/bucket": true} {
		s, err := Open(address)
		if _, ok := s.(*S3); (err != nil) != bad || ok == bad && err == nil {
			t.Errorf("Open(%s) = %T, %v", address, s, err)
		}
	}
	if s, err := Open(t.TempDir()); err != nil {
		t.Error(err)
	} else if _, ok := s.(*Folder); !ok {
		t.Errorf("a path opens %T", s)
	}
}

func TestS3KeysOfAFile(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	file := t.TempDir() + "/credentials"
	if err := os.WriteFile(file, []byte("[default]\naws_access_key_id = from-file\naws_secret_access_key = s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
	f := newFake(t)
	var seen atomic.Value
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusForbidden)
	})
	f.trouble.Store(&h)
	s, err := OpenS3("s3://" + strings.TrimPrefix(f.URL, "http://") + "/blobs?tls=off&region=us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(); err == nil {
		t.Error("a store that refuses everything is well")
	}
	if got, _ := seen.Load().(string); !strings.Contains(got, "Credential=from-file/") {
		t.Errorf("the request was signed by %q", got)
	}
}

// TestAStoreThatNeverAnswers: work must not wait for it for ever.
func TestAStoreThatNeverAnswers(t *testing.T) {
	f := newFake(t)
	s := fakeS3(t, f, "/blobs")
	s.patience = 300 * time.Millisecond
	info := put(t, s, "before")
	end := make(chan struct{})
	defer close(end)
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-end })
	f.trouble.Store(&h)
	if _, err := s.Put(strings.NewReader("slow"), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Put: %v", err)
	}
	if _, err := s.Get(info.SHA256); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Get: %v", err)
	}
	f.trouble.Store(nil)
	if got, err := s.Get(info.SHA256); err != nil || string(got) != "before" {
		t.Errorf("once it answers again: %q, %v", got, err)
	}
}

// TestAStoreThatDies: trouble is an error, never an absent or half blob.
func TestAStoreThatDies(t *testing.T) {
	f := newFake(t)
	s := fakeS3(t, f, "/blobs")
	info := put(t, s, "before")
	dies := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			c.Close()
		}
	})
	refuses := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	for _, h := range []http.HandlerFunc{dies, refuses} {
		f.trouble.Store(&h)
		if _, err := s.Put(strings.NewReader("never"), 0); err == nil {
			t.Error("a dead store took a blob")
		}
		if _, err := s.Get(info.SHA256); !errors.Is(err, ErrUnavailable) || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Get: %v", err)
		}
		f.trouble.Store(nil)
		if found := all(t, s); len(found) != 1 {
			t.Errorf("there are %v", found)
		}
	}
}

// TestAStoreThatRecovers: a few failures are not even noticed.
func TestAStoreThatRecovers(t *testing.T) {
	f := newFake(t)
	s := fakeS3(t, f, "/blobs")
	var left atomic.Int32
	left.Store(2)
	well := gofakes3.New(f.backend).Server()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Add(-1) >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		well.ServeHTTP(w, r)
	})
	f.trouble.Store(&h)
	info := put(t, s, "after two failures")
	if got, err := s.Get(info.SHA256); err != nil || string(got) != "after two failures" {
		t.Errorf("Get = %q, %v", got, err)
	}
}

func TestS3TellsDamage(t *testing.T) {
	f := newFake(t)
	s := fakeS3(t, f, "/blobs")
	info := put(t, s, "whole")
	if _, err := f.backend.PutObject("blobs", s.key(info.SHA256), map[string]string{}, strings.NewReader("whale"), 5, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(info.SHA256); !errors.Is(err, ErrDamaged) {
		t.Errorf("Get of a damaged blob: %v", err)
	}
	dir := t.TempDir()
	if _, err := s.File(info.SHA256, dir); !errors.Is(err, ErrDamaged) {
		t.Errorf("File of a damaged blob: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("a damaged copy was left: %v", left)
	}
	put(t, s, "whole")
	if got, err := s.Get(info.SHA256); err != nil || string(got) != "whole" {
		t.Errorf("after putting it again: %q, %v", got, err)
	}
}

func TestABucketThatIsNotThere(t *testing.T) {
	s := fakeS3(t, newFake(t), "/other")
	if err := s.Ping(); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("Ping: %v", err)
	}
}
