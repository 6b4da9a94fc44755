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
const label = `{"id": "T-1", "mode": "api", "applicant": "北京晴川科技有限公司", "provider": "杭州砚池科技有限公司", "documents": [
 {"file": "a.pdf", "pages": [1, 2], "kind": "contract", "fields": [
   {"name": "number", "value": "HT-1", "page": 1, "box": [0.1, 0.1, 0.3, 0.12]},
   {"name": "total", "value": "460000.00", "page": 2, "box": [0.1, 0.5, 0.3, 0.52]},
   {"name": "subject", "value": "模型接口调用服务及技术支持", "match": "loose", "page": 1},
   {"name": "signature", "value": "x", "match": "presence", "page": 2}],
  "traits": [{"name": "resale", "value": "forbidden", "page": 1, "box": [0.1, 0.8, 0.9, 0.82]}],
  "prose": [{"page": 1, "text": "双方经协商一致，订立本合同。"}],
  "tables": [], "seals": [
   {"page": 2, "box": [0.1, 0.7, 0.3, 0.8], "kind": ["company", "contract"], "party": "applicant", "text": "北京晴川科技有限公司"},
   {"page": 2, "box": [0.6, 0.7, 0.8, 0.8], "kind": "contract", "party": "provider", "text": "杭州砚池科技有限公司"},
   {"page": 1, "box": [0.6, 0.1, 0.8, 0.2], "kind": "company", "party": "other", "text": "北京晴川信息科技有限公司"}]},
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
	r.Documents, r.Files = Perfect(truth)
	for _, p := range truth.Planted {
		f := hequan.Finding{Rule: p.Rule, Status: p.Expect}
		for _, at := range p.At {
			f.Evidence = append(f.Evidence, hequan.Evidence{File: at.File, Page: at.Page, Box: at.Box})
		}
		for _, d := range p.Document {
			f.Evidence = append(f.Evidence, hequan.Evidence{File: d.File})
		}
		r.Findings = append(r.Findings, f)
	}
	for _, n := range truth.Natural {
		r.Findings = append(r.Findings, hequan.Finding{Rule: n.Rule, Status: n.Expect})
	}
	for _, u := range truth.Unscored {
		r.Findings = append(r.Findings, hequan.Finding{Rule: u.Rule, Status: hequan.Fail})
	}
	first := r.Documents[0]
	seen := []hequan.Evidence{{Document: first.ID, Field: first.Fields[0].Name, Page: first.Fields[0].Page, Box: first.Fields[0].Box}}
	r.Findings = append(r.Findings, hequan.Finding{Rule: "applicant.name", Status: hequan.Pass, Evidence: seen}, hequan.Finding{Rule: "license.expiry", Status: hequan.NA})
	if truth.Subsidy != nil {
		r.Subsidy = hequan.Subsidy{Base: truth.Subsidy.Base, PayableWan: truth.Subsidy.PayableWan}
	}
	return r
}

// measures are the score's headline numbers by name.
func measures(s *Score) map[string]string {
	count := func(c Count) string { return fmt.Sprintf("%d/%d", c.Right, c.All) }
	return map[string]string{
		"kinds": count(s.Kinds), "fields": count(s.FieldsAll), "cells": count(s.CellsAll), "traits": count(s.TraitsAll), "boxes": count(s.Boxes), "evidence": count(s.Evidence),
		"seals wrong": fmt.Sprint(s.SealsWrong), "lookalikes": count(s.SealsLookalike), "seal text": fmt.Sprint(s.SealsText.Wrong), "prose": fmt.Sprint(s.Prose.Wrong),
		"seals found": count(s.SealsFound), "seals tied": count(s.SealsTied), "seals kind": count(s.SealsKind), "seals false": fmt.Sprint(s.SealsFalse),
		"faults fail": count(s.FaultsFail), "faults review": count(s.FaultsReview), "silent": fmt.Sprint(s.FaultsSilent), "located": count(s.Located),
		"alarms": fmt.Sprint(s.FalseAlarms), "reviews": fmt.Sprint(s.NeedlessReviews), "subsidy": count(s.Subsidy), "proven wrong": fmt.Sprint(s.ProvenWrong),
		"ranges": count(s.Ranges), "rows false": fmt.Sprint(s.RowsFalse),
	}
}

func scoreOf(truth *Truth, r *hequan.Report) *Score {
	s := New()
	s.Add(truth, r)
	s.AddProse(ReadProse(truth, perfectPages(truth)))
	return s
}

// perfectPages are pages whose text is the labelled passages, among others.
func perfectPages(truth *Truth) func(string) []hequan.Page {
	return func(file string) []hequan.Page {
		var pages []hequan.Page
		for _, d := range truth.Documents {
			if d.File != file {
				continue
			}
			pages = make([]hequan.Page, d.Pages[1])
			for _, p := range d.Prose {
				words := []hequan.Word{{Text: "第一条"}, {Text: p.Text}, {Text: "第二条"}}
				pages[p.Page-1].Lines = append(pages[p.Page-1].Lines, hequan.Line{Words: words})
			}
		}
		return pages
	}
}

func TestPerfectReport(t *testing.T) {
	truth := truthOf(t, label)
	s := scoreOf(truth, perfect(truth))
	want := map[string]string{
		"kinds": "2/2", "fields": "4/4", "cells": "4/4", "seals found": "3/3", "seals tied": "2/2", "seals kind": "3/3", "seals false": "0",
		"traits": "1/1", "boxes": "2/2", "evidence": "1/1", "seals wrong": "0", "lookalikes": "1/1", "seal text": "0", "prose": "0",
		"faults fail": "1/1", "faults review": "2/2", "silent": "0", "located": "1/1", "alarms": "0", "reviews": "0", "subsidy": "1/1", "proven wrong": "0", "ranges": "2/2", "rows false": "0",
	}
	if got := measures(s); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if len(s.Misses) > 0 || s.ProvenRight != 8 || s.CleanChecks != 2 {
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
		"wrong kind":       {func(r *hequan.Report) { r.Documents[1].Kind = hequan.KindSettlement }, "kinds=1/2 ranges=1/2"},
		"document missing": {func(r *hequan.Report) { r.Documents = r.Documents[:1] }, "cells=0/4 kinds=1/2 ranges=1/2"},
		"field missing":    {func(r *hequan.Report) { r.Documents[0].Fields = r.Documents[0].Fields[1:] }, "boxes=1/1 fields=3/4"},
		"wrong, unproven":  {func(r *hequan.Report) { r.Documents[0].Fields[0] = hequan.Field{Name: "number", Value: "HT-7"} }, "boxes=1/1 fields=3/4"},
		"wrong, proven":    {func(r *hequan.Report) { r.Documents[0].Fields[1].Value = "46000.00" }, "boxes=1/1 fields=3/4 proven wrong=1"},
		"passage of others": {func(r *hequan.Report) {
			r.Documents[0].Fields[2] = hequan.Field{Name: "subject", Value: "办公家具采购"}
		}, "fields=3/4"},
		"presence, empty": {func(r *hequan.Report) { r.Documents[0].Fields[3].Value = "" }, "fields=3/4"},
		"cell wrong":      {func(r *hequan.Report) { r.Documents[1].Tables[0].Rows[0][0] = hequan.Cell{Value: "1.00"} }, "cells=3/4"},
		"proven cell wrong": {func(r *hequan.Report) {
			r.Documents[1].Tables[0].Rows[0][0] = hequan.Cell{Value: "1.00", Proof: []hequan.Proof{hequan.ProofArithmetic}}
		}, "cells=3/4 proven wrong=1"},
		"row missing":       {func(r *hequan.Report) { r.Documents[1].Tables[0].Rows = r.Documents[1].Tables[0].Rows[:1] }, "cells=2/4"},
		"first row missing": {func(r *hequan.Report) { r.Documents[1].Tables[0].Rows = r.Documents[1].Tables[0].Rows[1:] }, "cells=2/4"},
		"row that is none": {func(r *hequan.Report) {
			t := &r.Documents[1].Tables[0]
			t.Rows = append([][]hequan.Cell{{{Value: "3.00"}, {Value: "小计"}}}, t.Rows...)
		}, "rows false=1"},
		"page of another":    {func(r *hequan.Report) { r.Documents[1].Pages[1] = 2 }, "ranges=1/2"},
		"column missing":     {func(r *hequan.Report) { r.Documents[1].Tables[0].Columns[0] = "price" }, "cells=2/4"},
		"value elsewhere":    {func(r *hequan.Report) { r.Documents[0].Fields[0].Box = hequan.Box{0.5, 0.9, 0.6, 0.92} }, "boxes=1/2"},
		"trait missing":      {func(r *hequan.Report) { r.Documents[0].Fields = r.Documents[0].Fields[:4] }, "traits=0/1"},
		"evidence elsewhere": {func(r *hequan.Report) { finding(r, "applicant.name").Evidence[0].Box = hequan.Box{0.5, 0.9, 0.6, 0.92} }, "evidence=0/1"},
		"seal missing": {func(r *hequan.Report) {
			r.Documents[0].Seals = append(r.Documents[0].Seals[:1:1], r.Documents[0].Seals[2])
		}, "seals found=2/3 seals kind=2/2 seals tied=1/1"},
		"seal elsewhere":     {func(r *hequan.Report) { r.Documents[0].Seals[0].Box = hequan.Box{0.1, 0.1, 0.3, 0.2} }, "seals false=1 seals found=2/3 seals kind=2/2 seals tied=1/1"},
		"seal of the other":  {func(r *hequan.Report) { r.Documents[0].Seals[0].Party = "provider" }, "seals tied=1/2 seals wrong=1"},
		"seal of nobody":     {func(r *hequan.Report) { r.Documents[0].Seals[0].Party = "" }, "seals tied=1/2"},
		"stranger as party":  {func(r *hequan.Report) { r.Documents[0].Seals[2].Party = "applicant" }, "lookalikes=0/1 seals wrong=1"},
		"seal's text":        {func(r *hequan.Report) { r.Documents[0].Seals[1].Text = "杭州现池科技有限公司" }, "seal text=1"},
		"seal's kind":        {func(r *hequan.Report) { r.Documents[0].Seals[1].Kind = "company" }, "seals kind=2/3"},
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
			if len(s.Misses) == 0 && !strings.Contains(c.moves, "located") && !strings.Contains(c.moves, "boxes=1/2") && !strings.Contains(c.moves, "evidence") && !strings.Contains(c.moves, "seal text") && !strings.Contains(c.moves, "seals false") && !strings.Contains(c.moves, "seals kind") {
				t.Error("no miss was noted")
			}
		})
	}
}

// TestRightInOtherWords are values that differ from the label and are right.
// TestProse misreads one character of a passage, and one that is not labelled.
func TestProse(t *testing.T) {
	truth := truthOf(t, label)
	for text, want := range map[string]int{"条双方经协商一致，订立本合同。第": 0, "双方经协商一玫，订立本合同。": 1, "双方经协商一致，立本合同。": 1, "": 14} {
		s := New()
		s.AddProse(ReadProse(truth, func(string) []hequan.Page {
			return []hequan.Page{{Lines: []hequan.Line{{Words: []hequan.Word{{Text: text}}}}}}
		}))
		if s.Prose.Wrong != want || s.Prose.All != 14 {
			t.Errorf("%q: %d of %d wrong, want %d of 14", text, s.Prose.Wrong, s.Prose.All, want)
		}
	}
}

func TestCalibration(t *testing.T) {
	b := newBins()
	for i := range 10 {
		b.add(0.9, i < 9)
	}
	if e := b.Error(); e > 1e-9 {
		t.Errorf("nine of ten right at 0.9: error %f", e)
	}
	b.add(1, false)
	if e := b.Error(); e < 0.05 {
		t.Errorf("a wrong value of confidence 1 is off by %f only", e)
	}
	if newBins().Error() != 0 {
		t.Error("no values, yet an error")
	}
}

// TestRegressions makes each measure worse than its baseline, beyond the slack.
func TestRegressions(t *testing.T) {
	truth := truthOf(t, label)
	baseline := scoreOf(truth, perfect(truth))
	if worse := Regressions(scoreOf(truth, perfect(truth)), baseline); len(worse) > 0 {
		t.Errorf("the same score is worse than itself: %v", worse)
	}
	for name, spoil := range map[string]func(s *Score){
		"single fields": func(s *Score) { s.FieldsAll.Right = 1 }, "table cells": func(s *Score) { s.CellsAll.Right = 1 }, "silence": func(s *Score) { s.FaultsSilent++ },
		"false alarms": func(s *Score) { s.FalseAlarms++ }, "proven values": func(s *Score) { s.ProvenWrong++ }, "wrong party": func(s *Score) { s.SealsWrong++ },
		"look-alike": func(s *Score) { s.SealsLookalike.Right-- }, "caught as fail": func(s *Score) { s.FaultsFail.Right-- }, "their place": func(s *Score) { s.Located.Right-- },
		"subsidy": func(s *Score) { s.Subsidy.Right-- }, "needless reviews": func(s *Score) { s.NeedlessReviews += 3 }, "running text": func(s *Score) { s.Prose.Wrong += 11 },
		"another set": func(s *Score) { s.Applications++ },
	} {
		s := scoreOf(truth, perfect(truth))
		spoil(s)
		if worse := Regressions(s, baseline); len(worse) != 1 || !strings.Contains(worse[0], name) {
			t.Errorf("%s: %v", name, worse)
		}
		if better := Regressions(baseline, s); len(better) > 0 && name != "another set" {
			t.Errorf("%s: being better is a regression: %v", name, better)
		}
	}
	slight := scoreOf(truth, perfect(truth))
	slight.FieldsAll.Right--
	if worse := Regressions(slight, baseline); len(worse) > 0 {
		t.Errorf("one field less is within the slack: %v", worse)
	}
}

// TestWorst puts what is grave first and takes the rest in turn.
func TestWorst(t *testing.T) {
	misses := []Miss{{What: "field", Name: "a", Got: "1"}, {What: "field", Name: "a", Got: "2"}, {What: "cell", Name: "b", SHA256: "x", Page: 1}, {What: "fault", Name: "f", Silent: true}, {What: "proof", Name: "p"}}
	var got []string
	for _, m := range worst(misses, 4) {
		got = append(got, m.Name+m.Got)
	}
	if want := "p f a1 b"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	s := New()
	s.Misses = misses
	s.Seals = []SealReading{
		{Miss: Miss{Want: "applicant 甲公司", Got: "applicant <一半>"}, Likeness: 0.5, Found: true, Party: "applicant", Right: true}, {Miss: Miss{Got: "other 碎片"}, Across: true}, {Miss: Miss{Got: " 名章"}, Kind: "person", Found: true},
		{Miss: Miss{Got: " 全错"}, Found: true, Party: "provider", Likeness: 0.1}, {Miss: Miss{Got: " 很像"}, Found: true, Note: "其中“川”未能确认", Likeness: 0.9},
	}
	var page strings.Builder
	cut := func(string, int, hequan.Box) ([]byte, error) { return []byte("jpg"), nil }
	if err := WriteWorst(&page, s, 10, cut); err != nil {
		t.Fatal(err)
	}
	html := page.String()
	if strings.Count(html, "data:image/jpeg;base64,anBn") != 1 {
		t.Error(html)
	}
	_, sheet, _ := strings.Cut(html, `<div class="sheet">`)
	if strings.Contains(sheet, "碎片") || strings.Contains(sheet, "名章") {
		t.Error(sheet)
	}
	last := 0
	for _, part := range []string{"认错：提供方", "全错", "未定归属", "很像", "其中“川”未能确认", "甲公司", "认得：申报单位", "&lt;一半&gt;"} {
		at := strings.Index(sheet, part)
		if at < last {
			t.Errorf("%s stands at %d, before what belongs before it (%d)", part, at, last)
		}
		last = at
	}
}

func TestLoadReal(t *testing.T) {
	dir := t.TempDir()
	label := `{"invoice_number": "24112000000048542163", "issue_date": "2024-05-28", "tax": "***", "total_with_tax": "4449", "buyer": "个人", "seller_seal": {"text": "甲公司"}, "rows": [["1", "a b"]]}`
	if err := os.WriteFile(filepath.Join(dir, "x.png.gt.json"), []byte(label), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := LoadReal(dir)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	f := files[0]
	if want := map[string]string{"number": "24112000000048542163", "issue_date": "2024-05-28", "total": "4449.00", "buyer": "个人"}; f.Kind != hequan.KindInvoice || !reflect.DeepEqual(f.Want, want) {
		t.Errorf("%s %v", f.Kind, f.Want)
	}
	doc := hequan.Document{Kind: hequan.KindInvoice, Pages: [2]int{1, 1}, Fields: []hequan.Field{{Name: "number", Value: "24112000000048542163"}, {Name: "total", Value: "4449.00"}, {Name: "buyer", Value: "企业"}}}
	page := hequan.Page{Seals: []hequan.Seal{{Text: "甲公习"}}, Lines: []hequan.Line{{Words: []hequan.Word{{Text: "a b"}}}}}
	s := NewReal()
	s.Add(f, []hequan.Document{doc}, []hequan.Page{page})
	if s.All != (Count{2, 4}) || s.Kinds != (Count{1, 1}) || s.Seals != (Count{1, 1}) || s.Text != (Errors{1, 3}) || s.Cells != (Count{1, 2}) {
		t.Errorf("%+v", s)
	}
}

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
	if s := scoreOf(truth, r); len(s.Misses) > 0 || s.SealsKind.Right != 3 {
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
		unlabelled := name == "traits" || name == "lookalikes" // not in these labels
		if n, _ := fmt.Sscanf(value, "%d/%d", &right, &all); n == 2 && (right != all || all == 0 && !unlabelled) || n == 1 && value != "0" {
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
