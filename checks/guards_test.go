package checks

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/policy"
)

// tableRow is a row of rules.tsv.
type tableRow struct{ id, clause, modes, scope, holds, otherwise string }

func readTable(t testing.TB) []tableRow {
	t.Helper()
	data, err := os.ReadFile("rules.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []tableRow
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		c := strings.Split(line, "\t")
		if len(c) != 6 {
			t.Fatalf("rules.tsv: %q", line)
		}
		out = append(out, tableRow{c[0], c[1], c[2], c[3], c[4], c[5]})
	}
	return out
}

func tableVerdicts(t testing.TB) map[string]string {
	out := map[string]string{}
	for _, r := range readTable(t) {
		v := r.otherwise
		switch r.id { // rows that speak through another, or of staff's work
		case "contract.seal_provider":
			v = "fail, review"
		case "bank_account.seal":
			v = "fail, review"
		case "contract.seal_across_pages":
			v = "review"
		}
		out[r.id] = v
	}
	return out
}

// TestTable asserts that the rules are those of the table, in its order, of
// its modes and scopes.
func TestTable(t *testing.T) {
	rows, rules := readTable(t), All()
	if len(rows) != len(rules) {
		t.Errorf("the table has %d rules, the list %d", len(rows), len(rules))
	}
	for i := range min(len(rows), len(rules)) {
		row, r := rows[i], rules[i]
		if row.id != r.ID {
			t.Fatalf("rule %d is %s, in the table %s", i, r.ID, row.id)
		}
		modes := "all"
		if len(r.Modes) > 0 {
			var list []string
			for _, m := range r.Modes {
				list = append(list, string(m))
			}
			modes = strings.Join(list, ",")
		}
		if modes != row.modes {
			t.Errorf("%s: modes %s, in the table %s", r.ID, modes, row.modes)
		}
		if r.Scope.String() != row.scope {
			t.Errorf("%s: scope %s, in the table %s", r.ID, r.Scope, row.scope)
		}
		if strings.ReplaceAll(r.Clause, "、", ",") != row.clause {
			t.Errorf("%s: clause %s, in the table %s", r.ID, r.Clause, row.clause)
		}
		if r.Title == "" || r.Doc == "" || (r.Run == nil) != (r.Scope == AcrossWindow) || (r.Across == nil) == (r.Scope == AcrossWindow) {
			t.Errorf("%s: no title, no doc or no run", r.ID)
		}
	}
}

// TestFiles asserts that a file declares at most one rule, and is named by its id.
func TestFiles(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	declared := map[string]bool{}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		ast.Inspect(tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if id, ok := lit.Type.(*ast.Ident); !ok || id.Name != "Rule" {
				return true
			}
			for _, e := range lit.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "ID" {
					s, _ := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
					ids = append(ids, s)
				}
			}
			return true
		})
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if len(ids) > 1 {
			t.Errorf("%s declares %v: one rule a file", file, ids)
		}
		for _, id := range ids {
			if want := strings.ReplaceAll(id, ".", "_") + ".go"; file != want {
				t.Errorf("%s stands in %s, want %s", id, file, want)
			}
			if Lookup(id) == nil {
				t.Errorf("%s (%s) is not in All()", id, file)
			}
			declared[id] = true
		}
	}
	for _, r := range All() {
		if !declared[r.ID] {
			t.Errorf("%s has no file", r.ID)
		}
	}
}

// TestEmptyDocuments asserts that no rule passes on documents of which nothing
// was read. What stays true without reading is listed.
func TestEmptyDocuments(t *testing.T) {
	stays := []string{
		"application.window", "application.mode", "application.domain", "application.usage_window", // the form alone tells
		"applicant.region",                       // the form's address
		"filing.listed",                          // the form's model is on the list
		"material.slot_match",                    // by the kind, which was told
		"material.readable", "parties.unrelated", // by files and by the form's names
	}
	for _, mode := range hequan.Modes {
		c := build(t, []byte("base: "+string(mode)))
		c.Form.Models = []string{"qwen-max"}
		for i := range c.Documents {
			d := &c.Documents[i]
			d.Fields, d.Tables, d.Seals, d.PageInfo = nil, nil, nil, nil
		}
		for _, f := range Judge(c).Findings {
			if f.Status != hequan.Pass || strings.HasPrefix(f.Rule, "material.") || slices.Contains(stays, f.Rule) {
				continue
			}
			t.Errorf("%s: %s passes on nothing: %s", mode, f.Rule, f.Message)
		}
	}
}

// TestDoubtful asserts that a case all of whose readings are poor has neither
// a pass nor a fail that rests on them.
func TestDoubtful(t *testing.T) {
	c := build(t, []byte("base: api"))
	for i := range c.Documents {
		for j := range c.Documents[i].Fields {
			f := &c.Documents[i].Fields[j]
			f.Confidence, f.Proof = 0.3, nil
			if f.Name == "total" || f.Name == "amount" {
				f.Value = "1.00"
			}
		}
		for _, tb := range c.Documents[i].Tables {
			for _, r := range tb.Rows {
				for k := range r {
					r[k].Confidence, r[k].Proof = 0.3, nil
				}
			}
		}
	}
	for _, f := range Judge(c).Findings {
		if f.Status == hequan.Fail {
			t.Errorf("%s fails on poor readings: %s", f.Rule, f.Message)
		}
		if f.Status == hequan.Pass && (strings.HasPrefix(f.Rule, "invoice.") && f.Rule != "invoice.positive" || strings.HasPrefix(f.Rule, "subsidy.")) {
			t.Errorf("%s passes on poor readings: %s", f.Rule, f.Message)
		}
	}
}

// TestOrder asserts that documents, files and fields may come in any order.
func TestOrder(t *testing.T) {
	for _, mode := range hequan.Modes {
		c := build(t, []byte("base: "+string(mode)+"\nset: {form.claimed_amount: \"9999999.00\", contract.fields.amount: \"1.00\"}"))
		want := findings(t, c)
		for seed := range uint64(5) {
			r := rand.New(rand.NewPCG(seed, 1))
			r.Shuffle(len(c.Documents), func(i, j int) { c.Documents[i], c.Documents[j] = c.Documents[j], c.Documents[i] })
			r.Shuffle(len(c.Files), func(i, j int) { c.Files[i], c.Files[j] = c.Files[j], c.Files[i] })
			for k := range c.Documents {
				f, s := c.Documents[k].Fields, c.Documents[k].Seals
				r.Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
				r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
			}
			if got := findings(t, c); got != want {
				t.Fatalf("%s, seed %d: the findings depend on the order", mode, seed)
			}
		}
	}
}

func findings(t *testing.T, c Case) string {
	r := Judge(c)
	data, err := json.Marshal([]any{r.Findings, r.Subsidy, r.Manual, r.Verdict, r.Files})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPanic asserts that a rule that panics becomes a review of its own.
func TestPanic(t *testing.T) {
	c := build(t, []byte("base: api"))
	r := judge(c, []*Rule{{ID: "x.y", Scope: PerApplication, Run: func(p *Pass) { panic("boom") }}, applicationWindow})
	if len(r.Findings) != 2 || r.Findings[0].Status != hequan.Review || !strings.Contains(r.Findings[0].Message, "boom") || r.Findings[1].Status != hequan.Pass {
		t.Errorf("%+v", r.Findings)
	}
}

// TestNothing asserts that an application of nothing at all is judged.
func TestNothing(t *testing.T) {
	r := Judge(Case{Policy: policy.Default()})
	if r.Verdict != hequan.Fail || !r.Subsidy.Unknown || len(r.Findings) < len(All()) {
		t.Errorf("verdict %s, %d findings, subsidy %+v", r.Verdict, len(r.Findings), r.Subsidy)
	}
	for _, f := range r.Findings {
		if f.Status == hequan.Pass {
			t.Errorf("%s passes: %s", f.Rule, f.Message)
		}
	}
}

// TestEveryRuleSpeaks asserts that each rule gives at least one finding, and
// that fails and reviews of what stands on a page say where.
func TestEveryRuleSpeaks(t *testing.T) {
	for _, mode := range hequan.Modes {
		r := Judge(build(t, []byte("base: "+string(mode))))
		for _, rule := range All() {
			if !slices.ContainsFunc(r.Findings, func(f hequan.Finding) bool { return f.Rule == rule.ID }) {
				t.Errorf("%s says nothing in mode %s", rule.ID, mode)
			}
		}
		for _, f := range r.Findings {
			if (f.Status == hequan.Fail || f.Status == hequan.Review) && len(f.Evidence) == 0 {
				t.Errorf("%s shows nothing: %s", f.Rule, f.Message)
			}
		}
	}
}
