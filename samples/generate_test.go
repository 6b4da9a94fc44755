package samples

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"hequan"
	"hequan/internal/chromium"
)

// checkTruth says where a truth names what is not there, or a place off its page.
func checkTruth(t *testing.T, dir string, truth Truth) {
	t.Helper()
	pages := map[string]int{}
	for _, d := range truth.Documents {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(d.File))); err != nil {
			t.Error(err)
		}
		pages[d.File] = max(pages[d.File], d.Pages[1])
		if len(d.PageInfo) != d.Pages[1]-d.Pages[0]+1 {
			t.Errorf("%s: %d pages of %v described", d.File, len(d.PageInfo), d.Pages)
		}
		on := func(name string, page int, box *hequan.Box) {
			if box == nil {
				return
			}
			if page < d.Pages[0] || page > d.Pages[1] || !onPage(*box) {
				t.Errorf("%s %s: page %d, box %v", d.File, name, page, *box)
			}
		}
		for _, f := range d.Fields {
			if f.Box == nil && f.Text != "" && f.Name != "form" && f.Name != "qr" && f.Name != "outcome" {
				t.Errorf("%s: %s has no place", d.File, f.Name)
			}
			on(f.Name, f.Page, f.Box)
		}
		for _, table := range d.Tables {
			for _, row := range table.Rows {
				for name, c := range row {
					on(table.Name+"."+name, c.Page, c.Box)
				}
			}
		}
		for _, s := range d.Seals {
			on("seal "+s.Text, s.Page, s.Box)
		}
	}
	for _, p := range truth.Planted {
		for _, at := range p.At {
			if at.Page < 1 || at.Page > pages[at.File] || !onPage(at.Box) {
				t.Errorf("%s at %+v", p.Rule, at)
			}
		}
	}
}

func onPage(b hequan.Box) bool {
	return b[0] >= 0 && b[1] >= 0 && b[2] <= 1 && b[3] <= 1 && b[2] > b[0] && b[3] > b[1]
}

// The same seed gives the same bytes, file by file.
func TestGenerateRepeats(t *testing.T) {
	if testing.Short() {
		t.Skip("renders two applications")
	}
	if _, err := chromium.Find(); err != nil {
		t.Skip(err)
	}
	var dirs [2]string
	for i := range dirs {
		dirs[i] = t.TempDir()
		o := Options{Seed: 57, Count: 1, Modes: []hequan.Mode{hequan.ModeCloud}, Faults: "usage.arithmetic"}
		err := Generate(context.Background(), o, dirs[i], func(truth Truth) {
			checkTruth(t, filepath.Join(dirs[i], truth.ID), truth)
			if len(truth.Planted) != 2 || len(truth.Planted[0].At) == 0 {
				t.Errorf("planted %+v", truth.Planted)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	err := filepath.WalkDir(dirs[0], func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		rel, _ := filepath.Rel(dirs[0], path)
		a, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dirs[1], rel))
		if err != nil {
			return err
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs of the same seed", rel)
		}
		return nil
	})
	if err != nil || n < 12 {
		t.Errorf("%d files, %v", n, err)
	}
}
