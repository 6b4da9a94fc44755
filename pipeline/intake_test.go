package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hequan"
)

// shape renders sources as a person lists them.
func shape(sources []Source) string {
	var b strings.Builder
	for _, s := range sources {
		fmt.Fprintf(&b, "%s form=%v\n", s.ID, s.Form.Present)
		for _, f := range s.Files {
			fmt.Fprintf(&b, "  %s\n", f.Name)
		}
		for _, p := range s.Problems {
			fmt.Fprintf(&b, "  ! %s %s\n", p.File, p.Problem.Code)
		}
	}
	return b.String()
}

func TestIntake(t *testing.T) {
	r := testReader(t, 1)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("合同/7-发票.pdf")
	if err != nil {
		t.Fatal(err)
	}
	form := func(id string) string { return `{"id":"` + id + `","applicant":{"name":"甲"}}` }
	for _, c := range []struct {
		name string
		make func(dir string) string // returns the path to take in
		want string
	}{
		{"an empty folder", func(dir string) string { return dir }, "app form=false\n"},
		{"an application", func(dir string) string {
			write(t, dir+"/application.json", []byte(form("2026H1-0001")))
			write(t, dir+"/b/2.pdf", []byte("x"))
			write(t, dir+"/.DS_Store", []byte("x"))
			write(t, dir+"/truth.json", []byte("{}"))
			return dir
		}, "2026H1-0001 form=true\n  b/2.pdf\n"},
		{"a form that is no JSON", func(dir string) string {
			write(t, dir+"/application.json", []byte("{"))
			return dir
		}, "app form=false\n  ! application.json damaged\n"},
		{"a window", func(dir string) string {
			write(t, dir+"/a/application.json", []byte(form("A")))
			write(t, dir+"/a/1.pdf", []byte("x"))
			write(t, dir+"/b/1.pdf", []byte("x"))
			write(t, dir+"/c.zip", zipOf(t, "c/application.json", form("C"), "c/9.pdf", "x"))
			return dir
		}, "A form=true\n  1.pdf\nb form=false\n  1.pdf\nC form=true\n  9.pdf\n"},
		{"a single file", func(dir string) string { return write(t, dir+"/发票.pdf", []byte("x")) },
			"发票.pdf form=false\n  发票.pdf\n"},
		{"a link", func(dir string) string {
			if err := os.Symlink("/etc/passwd", dir+"/x.pdf"); err != nil {
				t.Fatal(err)
			}
			return dir
		}, "app form=false\n  ! x.pdf unsafe\n"},
		{"an archive that climbs out", func(dir string) string {
			return write(t, dir+"/bad.zip", zipOf(t, "../../evil.pdf", "x", "ok.pdf", "y", "/abs.pdf", "z"))
		}, "bad form=false\n  ok.pdf\n  ! abs.pdf unsafe\n  ! evil.pdf unsafe\n"},
		{"names in GBK, a wrapper", func(dir string) string {
			return write(t, dir+"/w.zip", zipOf(t, "top/"+gbk, "x", "top/application.json", form("G")))
		}, "G form=true\n  合同/7-发票.pdf\n"},
		{"an archive among the files", func(dir string) string {
			write(t, dir+"/application.json", []byte(form("N")))
			write(t, dir+"/发票.zip", zipOf(t, "1.pdf", "x"))
			return dir
		}, "N form=true\n  发票.zip/1.pdf\n"},
		{"an archive cut off", func(dir string) string {
			return write(t, dir+"/cut.zip", zipOf(t, "1.pdf", strings.Repeat("x", 500))[:60])
		}, "cut form=false\n  ! cut.zip damaged\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "app")
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			got, err := r.Intake(t.Context(), c.make(dir), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if s := shape(got); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func TestIntakeOfNothing(t *testing.T) {
	if _, err := testReader(t, 1).Intake(t.Context(), "/no/such/path", t.TempDir()); err == nil || !strings.Contains(err.Error(), "/no/such/path") {
		t.Errorf("error %v", err)
	}
}

func TestZipSlipCollection(t *testing.T) {
	files, err := filepath.Glob("../../shared/data/hostile/snyk+zip-slip-vulnerability/*/*.zip")
	if err != nil || len(files) == 0 {
		t.Skip("the shared collection of hostile files is not here")
	}
	r := testReader(t, 1)
	for _, f := range files {
		sources, err := r.Intake(t.Context(), f, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		unsafe := 0
		for _, s := range sources {
			for _, p := range s.Problems {
				if p.Problem.Code == hequan.ProblemUnsafe {
					unsafe++
				}
			}
		}
		if unsafe == 0 {
			t.Errorf("%s: no entry was refused", f)
		}
	}
}
