package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"hequan"
)

// label is a small truth with one thing of every kind that is scored.
const label = `{"id": "T-1", "mode": "api", "documents": [
 {"file": "a.pdf", "pages": [1, 2], "kind": "contract", "fields": [
   {"name": "number", "value": "HT-1", "page": 1, "box": [0.1, 0.1, 0.3, 0.12]},
   {"name": "total", "value": "460000.00", "page": 2, "box": [0.1, 0.5, 0.3, 0.52]},
   {"name": "subject", "value": "模型接口调用服务及技术支持", "match": "loose", "page": 1},
   {"name": "signature", "value": "x", "match": "presence", "page": 2}],
  "tables": [], "seals": [
   {"page": 2, "box": [0.1, 0.7, 0.3, 0.8], "kind": ["company", "contract"], "party": "applicant"},
   {"page": 2, "box": [0.6, 0.7, 0.8, 0.8], "kind": "contract", "party": "provider"}]},
 {"file": "b.pdf", "pages": [1, 1], "kind": "usage", "fields": [], "seals": [],
  "tables": [{"name": "items", "rows": [
   {"model": {"value": "甲模型"}, "amount": {"value": "100.00", "accept": ["100.001"]}},
   {"model": {"value": "乙模型"}, "amount": {"value": "200.00"}}]}]}],
 "planted": [
  {"rule": "invoice.amount_words", "expect": "fail", "file": "a.pdf", "at": [{"file": "a.pdf", "page": 2, "box": [0.1, 0.5, 0.3, 0.52]}]},
  {"rule": "acceptance.seal", "expect": "review", "file": "b.pdf", "at": []}],
 "natural": [{"rule": "provider.name", "expect": "review"}], "unscored": ["seal.present", {"rule": "usage.window"}],
 "subsidy": {"base": "460000.00", "gross": "460000.00", "capped": "230000.00", "payable_wan": "23.0"}}`

func truthOf(t *testing.T, data string) *Truth {
	t.Helper()
	var truth Truth
	if err := json.Unmarshal([]byte(data), &truth); err != nil {
		t.Fatal(err)
	}
	return &truth
}

// perfect is the report that says exactly what the label does.
func perfect(truth *Truth) *hequan.Report {
	r := &hequan.Report{}
	for _, d := range truth.Documents {
		doc := hequan.Document{ID: fmt.Sprintf("%s#%d-%d", d.File, d.Pages[0], d.Pages[1]), File: d.File, Pages: d.Pages, Kind: hequan.Kind(d.Kind)}
		for _, f := range d.Fields {
			doc.Fields = append(doc.Fields, hequan.Field{Name: f.Name, Value: f.Value, Page: f.Page, Box: f.Box, Proof: []hequan.Proof{hequan.ProofTextLayer}})
		}
		for _, table := range d.Tables {
			names := map[string]bool{}
			for _, row := range table.Rows {
				for n := range row {
					names[n] = true
				}
			}
			got := hequan.Table{Name: table.Name}
			for n := range names {
				got.Columns = append(got.Columns, n)
			}
			sort.Strings(got.Columns)
			for _, row := range table.Rows {
				cells := make([]hequan.Cell, len(got.Columns))
				for i, n := range got.Columns {
					cells[i] = hequan.Cell{Value: row[n].Value}
				}
				got.Rows = append(got.Rows, cells)
			}
			doc.Tables = append(doc.Tables, got)
		}
		for _, s := range d.Seals {
			seal := hequan.Seal{Page: s.Page, Box: s.Box, Party: s.Party}
			if len(s.Kind) > 0 {
				seal.Kind = s.Kind[0]
			}
			doc.Seals = append(doc.Seals, seal)
		}
		r.Documents = append(r.Documents, doc)
	}
	for _, p := range truth.Planted {
		f := hequan.Finding{Rule: p.Rule, Status: p.Expect}
		for _, at := range p.At {
			f.Evidence = append(f.Evidence, hequan.Evidence{File: at.File, Page: at.Page, Box: at.Box})
		}
		r.Findings = append(r.Findings, f)
	}
	for _, n := range truth.Natural {
		r.Findings = append(r.Findings, hequan.Finding{Rule: n.Rule, Status: n.Expect})
	}
	for _, u := range truth.Unscored {
		r.Findings = append(r.Findings, hequan.Finding{Rule: u.Rule, Status: hequan.Fail})
	}
	r.Findings = append(r.Findings, hequan.Finding{Rule: "applicant.name", Status: hequan.Pass}, hequan.Finding{Rule: "license.expiry", Status: hequan.NA})
	if truth.Subsidy != nil {
		r.Subsidy = hequan.Subsidy{Base: truth.Subsidy.Base, PayableWan: truth.Subsidy.PayableWan}
	}
	return r
}

// measures are the score's headline numbers by name.
func measures(s *Score) map[string]string {
	count := func(c Count) string { return fmt.Sprintf("%d/%d", c.Right, c.All) }
	return map[string]string{
		"kinds": count(s.Kinds), "fields": count(s.FieldsAll), "cells": count(s.CellsAll),
		"seals found": count(s.SealsFound), "seals tied": count(s.SealsTied), "seals kind": count(s.SealsKind), "seals false": fmt.Sprint(s.SealsFalse),
		"faults fail": count(s.FaultsFail), "faults review": count(s.FaultsReview), "silent": fmt.Sprint(s.FaultsSilent), "located": count(s.Located),
		"alarms": fmt.Sprint(s.FalseAlarms), "reviews": fmt.Sprint(s.NeedlessReviews), "subsidy": count(s.Subsidy), "proven wrong": fmt.Sprint(s.ProvenWrong),
	}
}

func scoreOf(truth *Truth, r *hequan.Report) *Score {
	s := New()
	s.Add(truth, r)
	return s
}

func TestPerfectReport(t *testing.T) {
	truth := truthOf(t, label)
	s := scoreOf(truth, perfect(truth))
	want := map[string]string{
		"kinds": "2/2", "fields": "4/4", "cells": "4/4", "seals found": "2/2", "seals tied": "2/2", "seals kind": "2/2", "seals false": "0",
		"faults fail": "1/1", "faults review": "2/2", "silent": "0", "located": "1/1", "alarms": "0", "reviews": "0", "subsidy": "1/1", "proven wrong": "0",
	}
	if got := measures(s); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if len(s.Misses) > 0 || s.ProvenRight != 4 || s.CleanChecks != 2 {
		t.Errorf("misses %+v, %d proven values, %d clean checks", s.Misses, s.ProvenRight, s.CleanChecks)
	}
}

// TestOneError makes one error at a time and says which measures may move.
func TestOneError(t *testing.T) {
	finding := func(r *hequan.Report, rule string) *hequan.Finding {
		for i := range r.Findings {
			if r.Findings[i].Rule == rule {
				return &r.Findings[i]
			}
		}
		panic(rule)
	}
	for name, c := range map[string]struct {
		spoil func(r *hequan.Report)
		moves string // "measure=value", in order
	}{
		"wrong kind":       {func(r *hequan.Report) { r.Documents[1].Kind = hequan.KindSettlement }, "kinds=1/2"},
		"document missing": {func(r *hequan.Report) { r.Documents = r.Documents[:1] }, "cells=0/4 kinds=1/2"},
		"field missing":    {func(r *hequan.Report) { r.Documents[0].Fields = r.Documents[0].Fields[1:] }, "fields=3/4"},
		"wrong, unproven":  {func(r *hequan.Report) { r.Documents[0].Fields[0] = hequan.Field{Name: "number", Value: "HT-7"} }, "fields=3/4"},
		"wrong, proven":    {func(r *hequan.Report) { r.Documents[0].Fields[1].Value = "46000.00" }, "fields=3/4 proven wrong=1"},
		"passage of others": {func(r *hequan.Report) {
			r.Documents[0].Fields[2] = hequan.Field{Name: "subject", Value: "办公家具采购"}
		}, "fields=3/4"},
		"presence, empty": {func(r *hequan.Report) { r.Documents[0].Fields[3].Value = "" }, "fields=3/4"},
		"cell wrong":      {func(r *hequan.Report) { r.Documents[1].Tables[0].Rows[0][0].Value = "1.00" }, "cells=3/4"},
		"proven cell wrong": {func(r *hequan.Report) {
			r.Documents[1].Tables[0].Rows[0][0] = hequan.Cell{Value: "1.00", Proof: []hequan.Proof{hequan.ProofArithmetic}}
		}, "cells=3/4 proven wrong=1"},
		"row missing":        {func(r *hequan.Report) { r.Documents[1].Tables[0].Rows = r.Documents[1].Tables[0].Rows[:1] }, "cells=2/4"},
		"column missing":     {func(r *hequan.Report) { r.Documents[1].Tables[0].Columns[0] = "price" }, "cells=2/4"},
		"seal missing":       {func(r *hequan.Report) { r.Documents[0].Seals = r.Documents[0].Seals[:1] }, "seals found=1/2 seals kind=1/1 seals tied=1/1"},
		"seal elsewhere":     {func(r *hequan.Report) { r.Documents[0].Seals[0].Box = hequan.Box{0.1, 0.1, 0.3, 0.2} }, "seals false=1 seals found=1/2 seals kind=1/1 seals tied=1/1"},
		"seal of the other":  {func(r *hequan.Report) { r.Documents[0].Seals[0].Party = "provider" }, "seals tied=1/2"},
		"seal's kind":        {func(r *hequan.Report) { r.Documents[0].Seals[1].Kind = "company" }, "seals kind=1/2"},
		"seal that is none":  {func(r *hequan.Report) { r.Documents[1].Seals = append(r.Documents[1].Seals, hequan.Seal{Page: 1}) }, "seals false=1"},
		"fault as review":    {func(r *hequan.Report) { finding(r, "invoice.amount_words").Status = hequan.Review }, "faults fail=0/1"},
		"fault in silence":   {func(r *hequan.Report) { finding(r, "invoice.amount_words").Status = hequan.Pass }, "faults fail=0/1 faults review=1/2 located=0/0 silent=1"},
		"fault not applied":  {func(r *hequan.Report) { finding(r, "acceptance.seal").Status = hequan.NA }, "faults review=1/2 silent=1"},
		"fault elsewhere":    {func(r *hequan.Report) { finding(r, "invoice.amount_words").Evidence[0].Page = 1 }, "located=0/1"},
		"false alarm":        {func(r *hequan.Report) { finding(r, "applicant.name").Status = hequan.Fail }, "alarms=1"},
		"needless review":    {func(r *hequan.Report) { finding(r, "applicant.name").Status = hequan.Review }, "reviews=1"},
		"alarm for a review": {func(r *hequan.Report) { finding(r, "provider.name").Status = hequan.Fail }, "alarms=1"},
		"sum paid":           {func(r *hequan.Report) { r.Subsidy.PayableWan = "22.9" }, "subsidy=0/1"},
		"base":               {func(r *hequan.Report) { r.Subsidy.Base = "459999.99" }, "subsidy=0/1"},
	} {
		t.Run(name, func(t *testing.T) {
			truth := truthOf(t, label)
			before := measures(scoreOf(truth, perfect(truth)))
			r := perfect(truth)
			c.spoil(r)
			s := scoreOf(truth, r)
			var moved []string
			for k, v := range measures(s) {
				if before[k] != v {
					moved = append(moved, k+"="+v)
				}
			}
			sort.Strings(moved)
			if got := strings.Join(moved, " "); got != c.moves {
				t.Errorf("moved: %s\nwant:  %s", got, c.moves)
			}
			if len(s.Misses) == 0 && !strings.Contains(c.moves, "located") && !strings.Contains(c.moves, "seals false") && !strings.Contains(c.moves, "seals kind") {
				t.Error("no miss was noted")
			}
		})
	}
}

// TestRightInOtherWords are values that differ from the label and are right.
func TestRightInOtherWords(t *testing.T) {
	truth := truthOf(t, label)
	r := perfect(truth)
	r.Documents[0].Fields[1].Value = "460000"
	r.Documents[0].Fields[2].Value = "模型接口调用服务"
	r.Documents[0].Fields[3].Value = "张三"
	r.Documents[1].Tables[0].Rows[0][0].Value = "100.001"
	r.Documents[0].Seals[0].Kind = "contract"
	// The first of two fields of a name is wrong, the second right.
	r.Documents[0].Fields = append([]hequan.Field{{Name: "number", Value: "HT-9"}}, r.Documents[0].Fields...)
	// A table that goes on, with its columns in another order.
	table := &r.Documents[1].Tables[0]
	last := table.Rows[1]
	table.Rows = table.Rows[:1]
	r.Documents[1].Tables = append(r.Documents[1].Tables, hequan.Table{Name: "items", Columns: []string{"model", "amount"}, Rows: [][]hequan.Cell{{last[1], last[0]}}})
	if s := scoreOf(truth, r); len(s.Misses) > 0 || s.SealsKind.Right != 2 {
		t.Errorf("misses %+v", s.Misses)
	}
}

func TestExamplesScoreFully(t *testing.T) {
	files, err := filepath.Glob("../../../shared/data/examples/*/truth.json")
	if err != nil || len(files) == 0 {
		t.Skip("the example applications are not here")
	}
	s := New()
	for _, f := range files {
		truth, err := LoadTruth(f)
		if err != nil {
			t.Fatal(err)
		}
		s.Add(truth, perfect(truth))
	}
	for name, value := range measures(s) {
		var right, all int
		if n, _ := fmt.Sscanf(value, "%d/%d", &right, &all); n == 2 && (right != all || all == 0) || n == 1 && value != "0" {
			t.Errorf("%s: %s", name, value)
		}
	}
	for _, m := range s.Misses {
		t.Errorf("miss %+v", m)
	}
}

func TestLoadTruthNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "truth.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadTruth(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
}
