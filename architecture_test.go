package hequan_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of ours the packages below a path may import;
// the longest path counts. Only cmd wires everything.
var mayImport = map[string][]string{
	".":                        {},
	"internal/rmb":             {},
	"internal/day":             {},
	"internal/uscc":            {},
	"internal/name":            {},
	"internal/imaging":         {"."},
	"internal/fontfile":        {"internal/mapped"},
	"internal/glyph":           {"internal/fontfile"},
	"internal/mapped":          {},
	"internal/signature":       {"."},
	"internal/child":           {},
	"internal/clamd":           {},
	"internal/jpeg":            {},
	"internal/clamd/clamdtest": {},
	"internal/alphabet":        {},
	"internal/lstmf":           {},
	"internal/exttool":         {},
	"internal/chromium":        {},
	"internal/blob":            {"."},
	"internal/metrics":         {"internal/blob", "internal/store"},
	"internal/ocr":             {".", "internal/mapped"},
	"internal/raster":          {".", "internal/signature"},
	"internal/einvoice":        {"."},
	"internal/seal":            {".", "internal/ocr", "internal/imaging", "internal/mapped"},
	"internal/policy":          {".", "internal/rmb", "internal/day", "internal/name", "internal/uscc", "internal/ownrule"},
	"internal/subsidy":         {".", "internal/policy", "internal/rmb", "internal/day", "internal/name"},
	"internal/store":           {".", "internal/blob", "internal/rmb", "internal/audit"},
	"internal/render":          {".", "internal/rmb", "internal/day", "internal/paper", "internal/typeface", "internal/spreadsheet"},
	"internal/web":             {".", "internal/render", "internal/store", "internal/blob", "internal/recheck", "internal/correct", "internal/notice", "internal/rmb", "internal/people", "internal/audit", "internal/typeface", "internal/redact", "internal/reviewcopy"},
	"internal/eval":            {".", "internal/rmb", "internal/day", "internal/name"},
	"extractors":               {".", "internal/rmb", "internal/day", "internal/uscc", "internal/name"},
	"checks":                   {".", "internal/policy", "internal/subsidy", "internal/rmb", "internal/day", "internal/uscc", "internal/name", "internal/ownrule"},
	"pipeline":                 {".", "extractors", "internal/raster", "internal/ocr", "internal/seal", "internal/einvoice", "internal/imaging", "internal/child", "internal/clamd", "internal/jpeg", "internal/name", "internal/glyph", "internal/signature", "internal/alphabet", "internal/rmb", "internal/day", "internal/uscc"},
	"drills":                   {}, // tests only
	"worker":                   {".", "pipeline", "checks", "internal/policy", "internal/store", "internal/blob", "internal/clamd", "internal/correct"},
	"samples/lines":            {"internal/imaging", "internal/alphabet", "internal/rmb", "internal/uscc"},
	"samples":                  {".", "internal/raster", "internal/chromium", "internal/rmb", "internal/day", "internal/uscc", "internal/name"},
	"cmd":                      nil,
	"docs/api/client":          {},
	"internal/spreadsheet":     {},
	"internal/ownrule":         {".", "internal/rmb"},
	"internal/recheck":         {".", "internal/rmb", "internal/spreadsheet"},
	"internal/correct":         {".", "internal/rmb", "internal/day", "internal/uscc", "internal/name"},
	"internal/notice":          {".", "internal/render", "internal/paper", "internal/typeface"},
	"internal/typeface":        {"internal/fontfile"},
	"internal/inbox":           {"internal/store", "internal/blob"},
	"internal/paper":           {"internal/typeface"},
	"internal/people":          {},
	"internal/audit":           {},
	"internal/airlock":         {},
	"internal/redact":          {},
	"internal/dossier":         {"internal/audit"},
	"internal/reviewcopy":      {"internal/child"},
}

// TestImportDirections parses the files, so that its result is never cached
// when one of them changes the picture.
func TestImportDirections(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "tools" || d.Name() == "var" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		owner, allowed := ruleFor(filepath.ToSlash(filepath.Dir(path)))
		if owner == "cmd" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if owner == "" {
			t.Errorf("%s: no rule says what this package may import: add it to mayImport", path)
			return nil
		}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if name != "hequan" && !strings.HasPrefix(name, "hequan/") {
				if owner == "." && strings.Contains(name, ".") {
					t.Errorf("%s imports %s: the root package uses the standard library only", path, name)
				}
				continue
			}
			ours := strings.TrimPrefix(strings.TrimPrefix(name, "hequan"), "/")
			if ours == "" {
				ours = "."
			}
			if !contains(allowed, ours) && !strings.HasPrefix(ours, owner+"/") {
				t.Errorf("%s imports %s: %s may import %v only (see docs/architecture.md)", path, name, owner, allowed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ruleFor(dir string) (string, []string) {
	owner := ""
	for p := range mayImport {
		if (dir == p || strings.HasPrefix(dir, p+"/") || p == "." && dir == ".") && len(p) > len(owner) {
			owner = p
		}
	}
	return owner, mayImport[owner]
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
