package pipeline

import (
	"fmt"
	"os"
	"testing"
)

// TestMain makes the test binary its own reader child.
func TestMain(m *testing.M) {
	if os.Getenv(ChildEnv) != "" {
		if err := ServeChild(os.Stdin, os.Stdout, childFlag("--modules"), childFlag("--tessdata")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// childFlag returns the value after a flag of the child's command line.
func childFlag(name string) string {
	for i, a := range os.Args {
		if a == name && i+1 < len(os.Args) {
			return os.Args[i+1]
		}
	}
	return ""
}

// testReader opens a reader with a cache of its own. The compiled modules of
// PDFium are shared by all tests: compiling takes seconds.
func testReader(t *testing.T, jobs int) *Reader {
	t.Helper()
	dir := t.TempDir()
	if shared, err := os.UserCacheDir(); err == nil {
		if err := os.MkdirAll(shared+"/hequan/modules", 0o700); err == nil {
			if err := os.Symlink(shared+"/hequan/modules", dir+"/modules"); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, err := OpenReader(Options{CacheDir: dir, Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}
