package checks

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestRulesPage asserts that docs/rules.md is what the rules say; -update rewrites it.
func TestRulesPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Rules\n\nWritten from the rules by `go test ./checks -run TestRulesPage -update`; do not edit.\n")
	group := ""
	for _, r := range All() {
		if g, _, _ := strings.Cut(r.ID, "."); g != group {
			group = g
			fmt.Fprintf(&b, "\n## %s\n", g)
		}
		modes := "all modes"
		if len(r.Modes) > 0 {
			var list []string
			for _, m := range r.Modes {
				list = append(list, string(m))
			}
			modes = strings.Join(list, ", ")
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s · %s · %s · %s\n\n%s\n", r.ID, r.Title, r.Clause, modes, r.Scope, r.Doc)
		var needs []string
		for _, n := range r.Needs {
			kind := string(n.Kind)
			if kind == "" {
				kind = "form"
			}
			needs = append(needs, "`"+kind+"."+n.Field+"`")
		}
		if len(needs) > 0 {
			fmt.Fprintf(&b, "\nReads %s.\n", strings.Join(needs, ", "))
		}
	}
	const file = "../docs/rules.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil || string(data) != b.String() {
		t.Errorf("%s is not what the rules say (%v): run go test ./checks -run TestRulesPage -update", file, err)
	}
}

// TestNeeds asserts that what a rule says it reads is a field that exists.
func TestNeeds(t *testing.T) {
	contract, err := os.ReadFile("../docs/fields.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range All() {
		for _, n := range r.Needs {
			_, named := fieldNames[n.Field]
			_, form := formNames[n.Field]
			switch {
			case n.Kind == "" && (form || n.Field == "models"):
			case named, n.Field == "seals", n.Field == "items", n.Field == "rows", n.Field == "prices", n.Field == "is_framework":
			case strings.Contains(string(contract), "`"+n.Field+"`"):
			default:
				t.Errorf("%s reads %s.%s, which neither the contract nor docs/fields.md names", r.ID, n.Kind, n.Field)
			}
			if n.Kind != "" && n.Kind.Info().Kind != n.Kind {
				t.Errorf("%s reads of kind %s", r.ID, n.Kind)
			}
		}
		if r.Kind != "" && r.Kind.Info().Kind != r.Kind {
			t.Errorf("%s is run on kind %s", r.ID, r.Kind)
		}
	}
}
