package checks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/policy"
)

// truth is a truth.json of the labelled examples.
type truth struct {
	Documents []struct {
		File     string
		Pages    [2]int
		Kind     hequan.Kind
		Slot     hequan.Kind
		PageInfo []struct {
			Page, DPI int
			Source    string
			Color     bool
		} `json:"page_info"`
		Fields []struct {
			Name, Value, Text string
			Page              int
			Box               hequan.Box
			Accept            []string
		}
		Tables []struct {
			Name string
			Rows []map[string]struct {
				Value, Text string
				Page        int
				Box         hequan.Box
			}
		}
		Seals []struct {
			Page                              int
			Box                               hequan.Box
			Shape, Color, Text, Center, Party string
			Kind                              any
			Across                            bool
		}
	}
	Planted []struct{ Rule, Expect string }
	Natural []struct{ Rule string }
	Subsidy struct {
		Gross, Base, Capped string
		PayableWan          string `json:"payable_wan"`
		Excluded            []struct{ Category, Amount string }
	}
}

// examples calls f with each labelled example as a case read without fault.
// HEQUAN_LABELLED names another folder of labelled applications.
func examples(t *testing.T, f func(t *testing.T, c Case, tr truth)) {
	pattern := "../../shared/data/examples/*/truth.json"
	if dir := os.Getenv("HEQUAN_LABELLED"); dir != "" {
		pattern = filepath.Join(dir, "*", "truth.json")
	}
	files, _ := filepath.Glob(pattern)
	if len(files) == 0 {
		t.Skip("no labelled examples beside the repository (../shared/data/examples)")
	}
	filings, err := policy.LoadFilings("")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var tr truth
			if err := json.Unmarshal(data, &tr); err != nil {
				t.Fatal(err)
			}
			data, err = os.ReadFile(filepath.Join(filepath.Dir(file), "application.json"))
			if err != nil {
				t.Fatal(err)
			}
			form, err := hequan.ParseApplication(data)
			if err != nil {
				t.Fatal(err)
			}
			if own := filepath.Join(filepath.Dir(file), "..", "filings.tsv"); exists(own) {
				if filings, err = policy.LoadFilings(own); err != nil {
					t.Fatal(err)
				}
			}
			f(t, Case{Form: form, Documents: tr.documents(), Files: tr.files(), Policy: policy.Default(), Filings: filings}, tr)
		})
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (tr truth) files() []hequan.FileInfo {
	var out []hequan.FileInfo
	for _, d := range tr.Documents {
		if !slices.ContainsFunc(out, func(f hequan.FileInfo) bool { return f.File == d.File }) {
			out = append(out, hequan.FileInfo{File: d.File, SHA256: fmt.Sprintf("%064x", len(out)+1), Pages: d.Pages[1]})
		}
	}
	return out
}

func (tr truth) documents() []hequan.Document {
	text := []hequan.Proof{hequan.ProofTextLayer}
	var out []hequan.Document
	for _, d := range tr.Documents {
		x := hequan.Document{ID: fmt.Sprintf("%s#%d-%d", d.File, d.Pages[0], d.Pages[1]), File: d.File, Pages: d.Pages, Kind: d.Kind, KindConfidence: 1, Slot: d.Slot}
		for _, i := range d.PageInfo {
			x.PageInfo = append(x.PageInfo, hequan.PageInfo{Page: i.Page, Source: i.Source, Color: i.Color, DPI: i.DPI, Legibility: 0.95})
		}
		add := func(name, value, text string, page int, box hequan.Box) {
			x.Fields = append(x.Fields, hequan.Field{Name: name, Value: value, Text: text, Page: page, Box: box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}})
		}
		for _, f := range d.Fields {
			if len(f.Accept) > 0 && strings.HasSuffix(f.Name, "_words") {
				f.Value = f.Accept[0]
			}
			add(f.Name, f.Value, f.Text, f.Page, f.Box)
		}
		switch d.Kind { // what the labels don't hold
		case hequan.KindCommitment:
			for _, v := range []string{"no_penalty", "not_dishonest", "no_other_funding"} {
				add("declares", v, v, 1, hequan.Box{})
			}
		case hequan.KindAuditReport:
			add("opinion", "无保留意见", "审计意见", 2, hequan.Box{})
			add("statements", "资产负债表", "资产负债表", 3, hequan.Box{})
		}
		for _, tb := range d.Tables {
			y := hequan.Table{Name: tb.Name, Page: d.Pages[0]}
			for _, r := range tb.Rows {
				for k := range r {
					if !slices.Contains(y.Columns, k) {
						y.Columns = append(y.Columns, k)
					}
				}
			}
			slices.Sort(y.Columns)
			for _, r := range tb.Rows {
				cells := make([]hequan.Cell, len(y.Columns))
				for i, k := range y.Columns {
					if c, ok := r[k]; ok {
						cells[i] = hequan.Cell{Value: c.Value, Text: c.Text, Page: c.Page, Box: c.Box, Confidence: 1, Proof: text}
					}
				}
				y.Rows = append(y.Rows, cells)
			}
			x.Tables = append(x.Tables, y)
		}
		for _, s := range d.Seals {
			kind, _ := s.Kind.(string)
			x.Seals = append(x.Seals, hequan.Seal{Page: s.Page, Box: s.Box, Shape: s.Shape, Color: "red", Text: s.Text, Center: s.Center, Kind: kind, Party: s.Party, Across: s.Across, Confidence: 0.9})
		}
		out = append(out, x)
	}
	return out
}

// openInExamples are rules whose review on the examples is right by the rules
// table although the labels don't name it: the contracts state no unit price,
// and one proof names a brand that another entity filed on the list.
var openInExamples = []string{"usage.price", "filing.entity", "filing.proof_match", "subsidy.claim"}

func TestExamples(t *testing.T) {
	examples(t, func(t *testing.T, c Case, tr truth) {
		r := Judge(c)
		worst := map[string]hequan.Status{}
		for _, f := range r.Findings {
			if f.Status == hequan.Fail || f.Status == hequan.Review {
				t.Logf("%s %s [%s] %s", f.Status, f.Rule, f.Subject, f.Message)
			}
			if f.Status.Worse(worst[f.Rule]) {
				worst[f.Rule] = f.Status
			}
		}
		expected := map[string]bool{}
		for _, x := range tr.Planted {
			expected[x.Rule] = true
			if string(worst[x.Rule]) != x.Expect {
				t.Errorf("planted: %s is %s, want %s", x.Rule, worst[x.Rule], x.Expect)
			}
		}
		for _, x := range tr.Natural {
			expected[x.Rule] = true
		}
		for rule, s := range worst {
			if s == hequan.Fail && !expected[rule] {
				t.Errorf("false alarm: %s fails", rule)
			}
			if s == hequan.Review && !expected[rule] && !slices.Contains(openInExamples, rule) {
				t.Errorf("%s is a review without need", rule)
			}
		}
		s := r.Subsidy
		if s.Gross != tr.Subsidy.Gross || s.Base != tr.Subsidy.Base || s.Capped != tr.Subsidy.Capped || s.PayableWan != tr.Subsidy.PayableWan || len(s.Excluded) != len(tr.Subsidy.Excluded) || s.Unknown {
			t.Errorf("subsidy %+v, want %+v", s, tr.Subsidy)
		}
		for i, x := range s.Excluded {
			if i < len(tr.Subsidy.Excluded) && (x.Amount != tr.Subsidy.Excluded[i].Amount || x.Category != tr.Subsidy.Excluded[i].Category) {
				t.Errorf("excluded %+v, want %+v", x, tr.Subsidy.Excluded[i])
			}
		}
	})
}
