package blob

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

// stores are the implementations, which must behave alike.
var stores = map[string]func(*testing.T) Store{
	"folder": func(t *testing.T) Store {
		s, err := OpenFolder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return s
	},
	"s3":          func(t *testing.T) Store { return fakeS3(t, newFake(t), "/blobs") },
	"s3 prefixed": func(t *testing.T) Store { return fakeS3(t, newFake(t), "/blobs/hequan/one") },
}

func TestConformance(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			for what, test := range conformance {
				t.Run(what, func(t *testing.T) { test(t, open(t)) })
			}
		})
	}
}

var conformance = map[string]func(*testing.T, Store){
	"put gives the content back":          givesBack,
	"a failed put leaves nothing behind":  leavesNothing,
	"names that are no hash are refused":  refusesNames,
	"concurrent puts of one content":      concurrentPuts,
	"file is a path of the content":       filePath,
	"large contents":                      largeContents,
	"delete and walk":                     deleteAndWalk,
	"ping leaves nothing":                 pingLeavesNothing,
	"putting again makes a blob younger":  putAgain,
	"an empty content is a content, too ": emptyContent,
}

func put(t *testing.T, s Store, content string) Info {
	t.Helper()
	info, err := s.Put(strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func all(t *testing.T, s Store) map[string]Info {
	t.Helper()
	found := map[string]Info{}
	if err := s.Walk(func(i Info) error { found[i.SHA256] = i; return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

func givesBack(t *testing.T, s Store) {
	info, err := s.Put(strings.NewReader("abc"), 3)
	if err != nil {
		t.Fatal(err)
	}
	if want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; info.SHA256 != want || info.Bytes != 3 {
		t.Errorf("Put = %+v, want %s of 3 bytes", info, want)
	}
	got, err := s.Get(info.SHA256)
	if err != nil || string(got) != "abc" {
		t.Errorf("Get = %q, %v", got, err)
	}
	if again := put(t, s, "abc"); again != info {
		t.Errorf("a second Put = %+v", again)
	}
}

func leavesNothing(t *testing.T, s Store) {
	if _, err := s.Put(strings.NewReader("abcd"), 3); !errors.Is(err, ErrTooLarge) {
		t.Errorf("four bytes under a limit of three: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(errors.New("the line broke")))
	if _, err := s.Put(broken, 0); err == nil {
		t.Error("half a content was accepted")
	}
	if left := all(t, s); len(left) != 0 {
		t.Errorf("%v were left behind", left)
	}
}

func refusesNames(t *testing.T, s Store) {
	for _, name := range []string{"", "..", "../../etc/passwd", strings.Repeat("0", 63), strings.Repeat("z", 64), strings.Repeat("A", 64), strings.Repeat("0", 64)} {
		if _, err := s.Get(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Get(%q): %v", name, err)
		}
		if _, err := s.File(name, t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("File(%q): %v", name, err)
		}
	}
	if err := s.Delete("../../etc/passwd"); err == nil {
		t.Error("Delete of a path is no error")
	}
}

func concurrentPuts(t *testing.T, s Store) {
	content := bytes.Repeat([]byte("核券"), 100_000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			info, err := s.Put(bytes.NewReader(content), 0)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := s.Get(info.SHA256); err != nil || !bytes.Equal(got, content) {
				t.Errorf("the content came back as %d bytes: %v", len(got), err)
			}
		})
	}
	wg.Wait()
}

func filePath(t *testing.T, s Store) {
	info := put(t, s, "发票")
	path, err := s.File(info.SHA256, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "发票" {
		t.Errorf("the file holds %q: %v", data, err)
	}
}

func largeContents(t *testing.T, s Store) { // over the size of one part of S3
	content := bytes.Repeat([]byte("0123456789abcdef"), 40<<20/16)
	info, err := s.Put(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(info.SHA256); err != nil || !bytes.Equal(got, content) {
		t.Errorf("the content came back as %d bytes: %v", len(got), err)
	}
}

func deleteAndWalk(t *testing.T, s Store) {
	one, two := put(t, s, "one"), put(t, s, "two!")
	found := all(t, s)
	if len(found) != 2 || found[one.SHA256].Bytes != 3 || found[two.SHA256].Bytes != 4 {
		t.Errorf("Walk found %v", found)
	}
	if about, err := s.Stat(two.SHA256); err != nil || about.Bytes != 4 || about.Changed.Sub(found[two.SHA256].Changed).Abs() > time.Second { // S3 rounds it in one answer
		t.Errorf("Stat = %+v, %v", about, err)
	}
	for range 2 { // the second time there is nothing to delete
		if err := s.Delete(one.SHA256); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Stat(one.SHA256); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat of a deleted blob: %v", err)
	}
	if _, err := s.Get(one.SHA256); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a deleted blob: %v", err)
	}
	if left := all(t, s); len(left) != 1 {
		t.Errorf("after Delete Walk found %v", left)
	}
	stop := errors.New("stop")
	if err := s.Walk(func(Info) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Walk hid the visitor's error: %v", err)
	}
}

func pingLeavesNothing(t *testing.T, s Store) {
	if err := s.Ping(); err != nil {
		t.Fatal(err)
	}
	if left := all(t, s); len(left) != 0 {
		t.Errorf("Ping left %v", left)
	}
}

func putAgain(t *testing.T, s Store) {
	info := put(t, s, "again")
	first := all(t, s)[info.SHA256].Changed
	time.Sleep(1100 * time.Millisecond) // S3 knows seconds
	put(t, s, "again")
	if second := all(t, s)[info.SHA256].Changed; !second.After(first) {
		t.Errorf("put at %v, again at %v", first, second)
	}
}

func emptyContent(t *testing.T, s Store) {
	info := put(t, s, "")
	if got, err := s.Get(info.SHA256); err != nil || len(got) != 0 {
		t.Errorf("Get = %q, %v", got, err)
	}
}

func TestAFolderTellsAndMendsDamage(t *testing.T) {
	dir := t.TempDir()
	s, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	info := put(t, s, "whole")
	if err := os.WriteFile(s.path(info.SHA256), []byte("whale"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(info.SHA256); !errors.Is(err, ErrDamaged) {
		t.Errorf("Get of a damaged blob: %v", err)
	}
	if _, err := s.File(info.SHA256, ""); !errors.Is(err, ErrDamaged) {
		t.Errorf("File of a damaged blob: %v", err)
	}
	put(t, s, "whole")
	if got, err := s.Get(info.SHA256); err != nil || string(got) != "whole" {
		t.Errorf("after putting it again: %q, %v", got, err)
	}
}

func TestAFolderSweepsWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(dir, "tmp", "put-1"), filepath.Join(dir, "tmp", "put-2")
	for _, path := range []string{old, young} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old remnant: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("a file that may be in use was removed: %v", err)
	}
}
