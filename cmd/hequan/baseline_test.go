package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hequan/internal/ocr"
)

// TestDemoBaseline reads the sample applications and compares the score with
// the one that is committed. Where reading got better, or a measure was given
// up for another on purpose, make baseline writes it anew.
//
// The score, every miss of it, is the same bytes by one process and by several
// at a time, and from documents that were settled and kept.
func TestDemoBaseline(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads some sixty pages")
	}
	if ocr.LinesDir() == "" {
		t.Skip("the baseline was measured with the recogniser of lines, which is not here: scripts/lines.sh")
	}
	cache := t.TempDir()
	if err := os.Symlink(compiledModules(t), filepath.Join(cache, "modules")); err != nil {
		t.Fatal(err)
	}
	score := func(flags ...string) []byte {
		args := append([]string{"eval", "--cache", cache, "--misses", "4000"}, flags...)
		cmd := exec.CommandContext(t.Context(), "hequan", append(args, "../../samples/demo")...)
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%v %s\n%s\nif this is meant: make baseline", err, &errs, out)
		}
		return out
	}
	read := score("--jobs", "2", "--baseline", "../../samples/demo/baseline.json")
	pace := regexp.MustCompile(`(?m)^pages per minute.*\n`) // the one line that tells of the machine
	if !pace.Match(read) {
		t.Errorf("nothing was read anew:\n%s", read)
	}
	read = pace.ReplaceAll(read, nil)
	if kept := score("--jobs", "2"); !bytes.Equal(kept, read) {
		t.Errorf("from what was settled before another score:\n%s\nand\n%s", kept, read)
	}
	if err := os.RemoveAll(filepath.Join(cache, "documents")); err != nil {
		t.Fatal(err)
	}
	if alone := score("--jobs", "1"); !bytes.Equal(alone, read) {
		t.Errorf("settled one after the other another score:\n%s\nand\n%s", alone, read)
	}
}
