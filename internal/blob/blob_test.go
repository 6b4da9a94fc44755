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

func TestPutGivesTheContentBack(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
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
	if again, err := s.Put(strings.NewReader("abc"), 0); err != nil || again != info {
		t.Errorf("a second Put = %+v, %v", again, err)
	}
}

func TestPutLeavesNothingBehindWhenItFails(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(strings.NewReader("abcd"), 3); !errors.Is(err, ErrTooLarge) {
		t.Errorf("four bytes under a limit of three: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(errors.New("the line broke")))
	if _, err := s.Put(broken, 0); err == nil {
		t.Error("half a content was accepted")
	}
	left := 0
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			left++
		}
		return err
	})
	if err != nil || left != 0 {
		t.Errorf("%d files were left behind (%v)", left, err)
	}
}

func TestNamesThatAreNoHashNeverReachTheDisk(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "..", "../../etc/passwd", strings.Repeat("0", 63), strings.Repeat("z", 64), strings.Repeat("0", 64)} {
		if _, err := s.Path(name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("Path(%q): %v", name, err)
		}
	}
}

func TestConcurrentPutsOfOneContent(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
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

func TestOpenSweepsWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); err != nil {
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
	if _, err := Open(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old remnant: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("a file that may be in use was removed: %v", err)
	}
}
