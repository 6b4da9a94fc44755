package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite reader.version")

// readingSources are the files that decide what is read of a page.
var readingSources = []string{
	"../internal/raster/*.go", "../internal/ocr/*.go", "../internal/ocr/*.c", "../internal/imaging/*.go", "../internal/seal/*.go", "../internal/einvoice/*.go", "../internal/signature/*.go",
	"child.go", "page.go", "brief.go", "ocrpage.go", "echoes.go", "short.go", "fainter.go", "witness.go", "weigh.go", "weighwords.go", "beside.go", "stretches.go", "days.go", "dayspelled.go", "dayplaced.go", "halves.go", "lostlines.go", "mergereadings.go", "upright.go", "twice.go", "numbers.go", "numbercrop.go", "numbersettle.go", "numbercell.go", "palecell.go", "words.go", "signplace.go", "sniff.go", "../internal/alphabet/*.go", "../internal/jpeg/*.go", "../reading.go",
}

// TestReaderVersion fails when the code of reading changed and reader.version
// did not: readings made before would be taken from the cache for new ones.
func TestReaderVersion(t *testing.T) {
	h := sha256.New()
	for _, pattern := range readingSources {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files (%v)", pattern, err)
		}
		sort.Strings(files)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(h, filepath.Base(f), len(data))
			h.Write(data)
		}
	}
	want := hex.EncodeToString(h.Sum(nil))[:16] + "\n"
	if *update {
		if err := os.WriteFile("reader.version", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if codeVersion != want {
		t.Errorf("the code of reading changed: run go test ./pipeline -run ReaderVersion -update")
	}
}
