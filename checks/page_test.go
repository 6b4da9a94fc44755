package checks

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestRulesPage asserts that docs/rules.md is what the rules say; -update rewrites it.
func TestRulesPage(t *testing.T) {
	var b bytes.Buffer
	if err := WritePage(&b); err != nil {
		t.Fatal(err)
	}
	const file = "../docs/rules.md"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(data, b.Bytes()) {
		t.Errorf("%s is not what the rules say (%v): run bin/hequan rules --format md > docs/rules.md", file, err)
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
