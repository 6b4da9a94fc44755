package mapped

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "face")
	want := bytes.Repeat([]byte("字体"), 5000)
	if err := os.WriteFile(path, want, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := File(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes, %v; want the %d of the file", len(got), err, len(want))
	}
	if again, err := File(path); err != nil || &again[0] != &got[0] {
		t.Errorf("asked again it is mapped anew, %v", err)
	}
	err = Look(path, func(data []byte) error {
		if !bytes.Equal(data, want) {
			t.Errorf("shown are %d bytes", len(data))
		}
		return os.ErrClosed
	})
	if !errors.Is(err, os.ErrClosed) {
		t.Errorf("the error of who looked became %v", err)
	}
	if err := os.Remove(path); err != nil { // as when a package is replaced
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("what was mapped went with the file's name")
	}
}

func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, empty, filepath.Join(dir, "none")} {
		if data, err := File(path); err == nil {
			t.Errorf("%s gives %d bytes", path, len(data))
		}
	}
}
