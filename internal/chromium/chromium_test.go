package chromium

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A browser that crashes at its first start is started again; one that always
// does is an error with its words.
func TestOpenAfterACrash(t *testing.T) {
	real, err := Find()
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	fake := func(script string) {
		if err := os.WriteFile(filepath.Join(dir, "chromium"), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	fake("if mkdir " + dir + "/crashed 2>/dev/null; then echo no stack mapping >&2; exit 1; fi\nexec " + real + ` "$@"`)
	tab, stop, err := Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := chromedp.Run(tab, chromedp.Evaluate[int]("6*7")); err != nil || sum != 42 {
		t.Error(sum, err)
	}
	stop()
	fake("echo no stack mapping >&2; exit 1")
	if _, _, err := Open(context.Background()); err == nil || !strings.Contains(err.Error(), "no stack mapping") {
		t.Error(err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, _, err := Open(context.Background()); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
}
