package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"

	"hequan/internal/people"
)

// TestEveryRouteIsInTheTable reads the source: nothing but the table's own loop
// may add to a mux, and every route names its right.
func TestEveryRouteIsInTheTable(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range routes {
		name := r.Method + " " + r.Pattern
		if r.Right < people.Open || r.Right > people.Inspect {
			t.Errorf("%s needs no right: name one, people.Open if anybody may", name)
		}
		if r.Method == "POST" && r.Right == people.Look {
			t.Errorf("%s changes something and needs no more than to look", name)
		}
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	adds := 0
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && len(call.Args) == 2 && (f.Sel.Name == "HandleFunc" || f.Sel.Name == "Handle") {
				adds++
				if path != "routes.go" && filepath.Base(path) != "routes_test.go" {
					t.Errorf("%s adds a route by itself: put it into routes.go", path)
				}
			}
			return true
		})
	}
	if adds != 1 {
		t.Errorf("%d calls add to the mux, want the one of the table", adds)
	}
}
