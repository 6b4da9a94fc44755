package checks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"hequan"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

// spec is a case as its YAML writes it: a base and what differs from it. Paths
// of set and unset start with form, or with the name of a document.
type spec struct {
	Base      string                    `yaml:"base"`
	Form      map[string]any            `yaml:"form"`
	Documents map[string]map[string]any `yaml:"documents"`
	Unset     []string                  `yaml:"unset"`
	Set       yaml.MapSlice             `yaml:"set"`
	Add       map[string]map[string]any `yaml:"add"`
	Files     []struct {
		File, SHA256, Problem string
	} `yaml:"files"`
	Awards []struct {
		Applicant, Amount string
		Year              int
	} `yaml:"awards"`
	Filings *struct {
		Complete bool
		AsOf     string `yaml:"as_of"`
		Rows     []policy.Filing
	} `yaml:"filings"`
	NoForm bool `yaml:"no_form"`
}

// build makes the case of a YAML text.
func build(t testing.TB, text []byte) Case {
	t.Helper()
	return caseFrom(t, load(t, text))
}

// caseFrom makes the case of a description.
func caseFrom(t testing.TB, s spec) Case {
	t.Helper()
	c := Case{Policy: policy.Default(), Form: &hequan.Application{}}
	if !s.NoForm {
		data, err := json.Marshal(s.Form)
		if err != nil {
			t.Fatal(err)
		}
		if c.Form, err = hequan.ParseApplication(data); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for n := range s.Documents {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		c.Documents = append(c.Documents, document(t, n, s.Documents[n]))
	}
	for _, d := range c.Documents {
		if !slices.ContainsFunc(c.Files, func(f hequan.FileInfo) bool { return f.File == d.File }) {
			c.Files = append(c.Files, hequan.FileInfo{File: d.File, SHA256: fmt.Sprintf("%064x", d.File), Pages: d.Pages[1]})
		}
	}
	for _, f := range s.Files {
		x := hequan.FileInfo{File: f.File, SHA256: f.SHA256}
		if f.Problem != "" {
			x.Problem = &hequan.Problem{Code: hequan.ProblemCode(f.Problem)}
		}
		c.Files = append(c.Files, x)
	}
	for _, a := range s.Awards {
		m, ok := rmb.ParseValue(a.Amount)
		if !ok {
			t.Fatalf("award %q", a.Amount)
		}
		c.Awards = append(c.Awards, policy.Award{Applicant: a.Applicant, Year: a.Year, Amount: m})
	}
	var err error
	if c.Filings, err = policy.LoadFilings(""); err != nil {
		t.Fatal(err)
	}
	if s.Filings != nil {
		c.Filings = &policy.Filings{Complete: s.Filings.Complete, AsOf: s.Filings.AsOf, Rows: s.Filings.Rows}
	}
	return c
}

// load reads a YAML text on top of its base.
func load(t testing.TB, text []byte) spec {
	t.Helper()
	var s spec
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if s.Base != "" {
		data, err := os.ReadFile(filepath.Join("testdata", "base", s.Base+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		b := load(t, data)
		s.Form, s.Documents = b.Form, b.Documents
	}
	root := map[string]any{"form": s.Form}
	for n, d := range s.Documents {
		root[n] = d
	}
	for _, path := range s.Unset {
		change(t, root, path, nil)
	}
	for n, d := range s.Add {
		root[n] = d
	}
	for _, x := range s.Set {
		change(t, root, fmt.Sprint(x.Key), plain(x.Value))
	}
	s.Documents = map[string]map[string]any{}
	for n, d := range root {
		if n != "form" {
			s.Documents[n] = d.(map[string]any)
		}
	}
	s.Form, _ = root["form"].(map[string]any)
	return s
}

// plain turns ordered maps into plain ones.
func plain(v any) any {
	switch v := v.(type) {
	case yaml.MapSlice:
		m := map[string]any{}
		for _, x := range v {
			m[fmt.Sprint(x.Key)] = plain(x.Value)
		}
		return m
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
		return v
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	}
	return v
}

// change sets the value at a dotted path, or removes what stands there.
func change(t testing.TB, root map[string]any, path string, value any) {
	t.Helper()
	parts := strings.Split(path, ".")
	var at any = root
	for i, p := range parts[:len(parts)-1] {
		switch x := at.(type) {
		case map[string]any:
			if x[p] == nil {
				x[p] = map[string]any{}
			}
			at = x[p]
		case []any:
			n, err := strconv.Atoi(p)
			if err != nil || n >= len(x) {
				t.Fatalf("%s: no element %s", path, p)
			}
			at = x[n]
		default:
			t.Fatalf("%s: %s is no map", path, strings.Join(parts[:i], "."))
		}
	}
	last := parts[len(parts)-1]
	switch x := at.(type) {
	case map[string]any:
		if value == nil {
			if _, ok := x[last]; !ok {
				t.Fatalf("%s is not there", path)
			}
			delete(x, last)
			return
		}
		x[last] = value
	case []any:
		n, err := strconv.Atoi(last)
		if err != nil || n >= len(x) {
			t.Fatalf("%s: no element %s", path, last)
		}
		x[n] = value
	}
}

// document makes a document of its YAML. Values are trusted (text layer)
// unless a map says otherwise.
func document(t testing.TB, name string, m map[string]any) hequan.Document {
	t.Helper()
	d := hequan.Document{Kind: hequan.Kind(str(m["kind"])), File: str(m["file"]), KindConfidence: 1, Pages: [2]int{1, 1}}
	if d.Kind == "" || d.File == "" {
		t.Fatalf("document %s has no kind or file", name)
	}
	if p, ok := m["pages"].([]any); ok {
		d.Pages = [2]int{num(p[0]), num(p[1])}
	}
	d.ID = fmt.Sprintf("%s#%d-%d", d.File, d.Pages[0], d.Pages[1])
	if d.Pages[0] == d.Pages[1] {
		d.ID = fmt.Sprintf("%s#%d", d.File, d.Pages[0])
	}
	d.SHA256 = fmt.Sprintf("%064x", d.File)
	d.Slot = hequan.Kind(str(m["slot"]))
	d.SlotGiven = m["slot_given"] == true
	if v, ok := m["kind_confidence"]; ok {
		d.KindConfidence = float(v)
	}
	d.PageInfo = pageInfo(m, d.Pages)
	fields, _ := m["fields"].(map[string]any)
	row := 0
	for _, n := range sortedKeys(fields) {
		list, ok := fields[n].([]any)
		if !ok {
			list = []any{fields[n]}
		}
		for _, v := range list {
			row++
			d.Fields = append(d.Fields, field(n, v, d.Pages[0], row))
		}
	}
	tables, _ := m["tables"].(map[string]any)
	for _, n := range sortedKeys(tables) {
		d.Tables = append(d.Tables, table(n, tables[n].([]any), d.Pages[0]))
	}
	seals, _ := m["seals"].([]any)
	for i, s := range seals {
		x := s.(map[string]any)
		seal := hequan.Seal{Page: d.Pages[0], Shape: "round", Color: "red", Text: str(x["text"]), Kind: str(x["kind"]), Party: str(x["party"]), Center: str(x["center"]),
			Across: x["across"] == true, Confidence: 0.9, Box: hequan.Box{0.6, 0.5 + float64(i)/50, 0.8, 0.6 + float64(i)/50}}
		if v, ok := x["page"]; ok {
			seal.Page = num(v)
		}
		if v, ok := x["color"]; ok {
			seal.Color = str(v)
		}
		if v, ok := x["confidence"]; ok {
			seal.Confidence = float(v)
		}
		d.Seals = append(d.Seals, seal)
	}
	return d
}

func pageInfo(m map[string]any, pages [2]int) []hequan.PageInfo {
	var out []hequan.PageInfo
	printed, _ := m["printed"].([]any)
	special, _ := m["page_info"].(map[string]any)
	for n := pages[0]; n <= pages[1]; n++ {
		i := hequan.PageInfo{Page: n, Source: hequan.SourceScan, WidthMM: 210, HeightMM: 297, DPI: 200, Color: true, Legibility: 0.93}
		if str(m["source"]) == "digital" {
			i.Source, i.DPI, i.Legibility = hequan.SourceDigital, 0, 1
		}
		if k := n - pages[0]; k < len(printed) {
			pair := printed[k].([]any)
			i.PrintedPage = [2]int{num(pair[0]), num(pair[1])}
		}
		if x, ok := special[strconv.Itoa(n)].(map[string]any); ok {
			data, _ := json.Marshal(x)
			if err := json.Unmarshal(data, &i); err != nil {
				panic(err)
			}
		}
		out = append(out, i)
	}
	if m["page_info"] == "none" {
		return nil
	}
	return out
}

func field(name string, v any, page, row int) hequan.Field {
	c := cell(v, page, row)
	return hequan.Field{Name: name, Value: c.Value, Text: c.Text, Page: c.Page, Box: c.Box, Confidence: c.Confidence, Proof: c.Proof}
}

func cell(v any, page, row int) hequan.Cell {
	y := float64(row%40) / 50
	c := hequan.Cell{Page: page, Box: hequan.Box{0.2, 0.1 + y, 0.5, 0.12 + y}, Confidence: 0.99, Proof: []hequan.Proof{hequan.ProofTextLayer}}
	m, ok := v.(map[string]any)
	if !ok {
		c.Value, c.Text = str(v), str(v)
		return c
	}
	c.Value, c.Text = str(m["value"]), str(m["value"])
	if t, ok := m["text"]; ok {
		c.Text = str(t)
	}
	if p, ok := m["page"]; ok {
		c.Page = num(p)
	}
	if x, ok := m["confidence"]; ok {
		c.Confidence, c.Proof = float(x), nil
	}
	if list, ok := m["proof"].([]any); ok {
		c.Proof = nil
		for _, p := range list {
			c.Proof = append(c.Proof, hequan.Proof(str(p)))
		}
	}
	return c
}

func table(name string, rows []any, page int) hequan.Table {
	t := hequan.Table{Name: name, Page: page}
	for _, r := range rows {
		for _, k := range sortedKeys(r.(map[string]any)) {
			if !slices.Contains(t.Columns, k) {
				t.Columns = append(t.Columns, k)
			}
		}
	}
	slices.Sort(t.Columns)
	for i, r := range rows {
		cells := make([]hequan.Cell, len(t.Columns))
		for j, k := range t.Columns {
			if v, ok := r.(map[string]any)[k]; ok {
				cells[j] = cell(v, page, 10+i)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func sortedKeys(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func str(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func num(v any) int {
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		panic(err)
	}
	return n
}

func float(v any) float64 {
	f, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	if err != nil {
		panic(err)
	}
	return f
}
