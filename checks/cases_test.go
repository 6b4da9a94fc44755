package checks

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"hequan"
)

var update = flag.Bool("update", false, "rewrite what the cases in testdata want")

// TestCases runs each case of testdata/<rule id>: its findings of that rule,
// told as a person sees them, must be those in the file.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.*", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	given := map[string]map[hequan.Status]bool{}
	for _, file := range files {
		rule := filepath.Base(filepath.Dir(file))
		t.Run(rule+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if Lookup(rule) == nil {
				t.Fatalf("no rule %s", rule)
			}
			if len(a.Files) == 0 || a.Files[0].Name != "case.yaml" {
				t.Fatal("no case.yaml")
			}
			r := Judge(build(t, a.Files[0].Data))
			got := tell(r, rule)
			for _, f := range r.Findings {
				if f.Rule == rule {
					if given[rule] == nil {
						given[rule] = map[hequan.Status]bool{}
					}
					given[rule][f.Status] = true
				}
			}
			worst := hequan.NA
			for _, f := range r.Findings {
				if f.Rule == rule && f.Status.Worse(worst) {
					worst = f.Status
				}
			}
			if prefix, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txtar"), "_"); prefix != string(worst) {
				t.Errorf("a case of this name gives %s", worst)
			}
			if *update {
				a.Files = []txtar.File{a.Files[0], {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) != 2 || !bytes.Equal(a.Files[1].Data, []byte(got)) {
				t.Errorf("found:\n%s\nwanted:\n%s", got, a.Files[len(a.Files)-1].Data)
			}
		})
	}
	if t.Failed() || *update {
		return
	}
	verdicts := tableVerdicts(t)
	for _, r := range All() {
		if r.Scope == AcrossWindow {
			continue
		}
		want := []hequan.Status{hequan.Pass}
		for _, s := range []hequan.Status{hequan.Fail, hequan.Review} {
			if strings.Contains(verdicts[r.ID], string(s)) {
				want = append(want, s)
			}
		}
		for _, s := range want {
			if !given[r.ID][s] {
				t.Errorf("testdata/%s has no case that gives %s", r.ID, s)
			}
		}
	}
}

// tell writes the findings of a rule as a person sees them.
func tell(r *hequan.Report, rule string) string {
	var b strings.Builder
	for _, f := range r.Findings {
		if f.Rule != rule {
			continue
		}
		b.WriteString(f.Status.Chinese())
		if f.Subject != "" {
			fmt.Fprintf(&b, " [%s]", f.Subject)
		}
		fmt.Fprintf(&b, " %s\n", f.Message)
		if f.Action != "" {
			fmt.Fprintf(&b, "  补正：%s\n", f.Action)
		}
		if f.Status == hequan.Pass || f.Status == hequan.NA {
			continue
		}
		for _, e := range f.Evidence {
			var parts []string
			for _, s := range []string{e.Document, e.File} {
				if s != "" {
					parts = append(parts, s)
				}
			}
			if e.Page > 0 {
				parts = append(parts, fmt.Sprintf("第%d页", e.Page))
			}
			for _, s := range []string{e.Field, e.Note} {
				if s != "" {
					parts = append(parts, s)
				}
			}
			if e.Text != "" {
				parts = append(parts, "“"+e.Text+"”")
			}
			fmt.Fprintf(&b, "  见 %s\n", strings.Join(parts, " "))
		}
	}
	return b.String()
}

// TestClean asserts that a clean application of each mode has nothing but
// passes; an appliance always has its hardware taken off.
func TestClean(t *testing.T) {
	for _, mode := range hequan.Modes {
		t.Run(string(mode), func(t *testing.T) {
			r := Judge(build(t, []byte("base: "+string(mode))))
			natural := []string{}
			if mode == hequan.ModeAppliance {
				natural = append(natural, "subsidy.ineligible")
			}
			for _, f := range r.Findings {
				if (f.Status == hequan.Fail || f.Status == hequan.Review) && !slices.Contains(natural, f.Rule) {
					t.Errorf("%s\n%+v", tell(r, f.Rule), f)
				}
				for _, mark := range []string{"%!", "<nil>", "\n"} {
					if strings.Contains(f.Message, mark) {
						t.Errorf("%s says %q", f.Rule, f.Message)
					}
				}
			}
			if r.Subsidy.PayableWan == "0.0" || r.Subsidy.Unknown {
				t.Errorf("subsidy %+v", r.Subsidy)
			}
		})
	}
}
