package hequan_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestPictures: the manual and the README show pictures that are there and no
// larger than need be; a picture that none of them shows is one too many.
func TestPictures(t *testing.T) {
	shown := map[string]bool{}
	for page, link := range map[string]string{"docs/使用手册.md": `\]\((pictures/[^)]+)\)`, "README.md": `\]\(docs/(pictures/[^)]+)\)`} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(link).FindAllStringSubmatch(string(text), -1) {
			shown[m[1]] = true
			info, err := os.Stat(filepath.Join("docs", m[1]))
			if err != nil {
				t.Errorf("%s shows %s, which is not there: run make pictures", page, m[1])
			} else if info.Size() > 120<<10 {
				t.Errorf("%s has %d bytes", m[1], info.Size())
			}
		}
	}
	kept, err := filepath.Glob("docs/pictures/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range kept {
		if name := "pictures/" + filepath.Base(path); !shown[name] {
			t.Errorf("nothing shows docs/%s", name)
		}
	}
}
