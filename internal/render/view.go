package render

import (
	"fmt"
	"html/template"
	"strings"

	"hequan"
)

// maxPictures bounds the pictures of one finding: two hundred rows that differ
// need not be shown one by one.
const maxPictures = 8

// view is what the template of the report sees.
type view struct {
	*hequan.Report
	Sentence  string
	About     []fact
	Counts    []tallied
	Materials []material
	Problems  []hequan.FileInfo
	Groups    []group
	Quiet     []group // passed and not applicable: folded away
	Ladder    []step
	Papers    []docView
}

// fact is a name and a value.
type fact struct{ Name, Value string }

type tallied struct {
	Status hequan.Status
	N      int
}

// group is the findings of one gravity.
type group struct {
	Status   hequan.Status
	Findings []findingView
}

type findingView struct {
	hequan.Finding
	Number int
	Places []placeView
	More   int // places beyond maxPictures
}

type placeView struct {
	place
	Picture template.URL
	Whole   template.URL
	Absent  string // why there is no picture; "" when none was to be expected
}

// docView is one document with what was read of it.
type docView struct {
	File   string
	Pages  string
	Kind   string
	Fields []fieldView
	Tables []string
	Seals  []string
	Note   string
}

type fieldView struct {
	Name, Value, Text, Page, Trust string
	Doubtful                       bool
}

// newView resolves a report for the template; crops are made here, once each.
func newView(r *hequan.Report, crops Crops) *view {
	v := &view{
		Report: r, Sentence: verdictSentence(r.Verdict), About: about(r.Application, r.Policy),
		Materials: materials(r), Ladder: ladder(r.Subsidy),
	}
	for _, f := range r.Files {
		if f.Problem != nil {
			v.Problems = append(v.Problems, f)
		}
	}
	for _, s := range []hequan.Status{hequan.Fail, hequan.Review, hequan.Pass, hequan.NA} {
		g := group{Status: s}
		loud := s == hequan.Fail || s == hequan.Review
		for i, f := range with(r.Findings, s) {
			fv := findingView{Finding: f, Number: i + 1}
			if loud {
				fv.Places, fv.More = pictured(r, f, crops)
			}
			g.Findings = append(g.Findings, fv)
		}
		v.Counts = append(v.Counts, tallied{s, len(g.Findings)})
		switch {
		case len(g.Findings) == 0:
		case loud:
			v.Groups = append(v.Groups, g)
		default:
			v.Quiet = append(v.Quiet, g)
		}
	}
	for i := range r.Documents {
		v.Papers = append(v.Papers, documentView(&r.Documents[i]))
	}
	return v
}

func about(a hequan.ReportApplication, policy string) []fact {
	facts := []fact{{"申报编号", a.ID}, {"申报项目", a.Project}, {"申报类型", a.Mode.Chinese()}}
	if a.ClaimedAmount != "" {
		facts = append(facts, fact{"申报金额", yuan(a.ClaimedAmount) + " 元"})
	}
	facts = append(facts, fact{"提交日期", a.SubmittedAt}, fact{"适用政策", policy})
	kept := facts[:0]
	for _, f := range facts {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// pictured resolves the places of a finding and cuts their pictures.
func pictured(r *hequan.Report, f hequan.Finding, crops Crops) ([]placeView, int) {
	all := places(r, f)
	shown := all[:min(len(all), maxPictures)]
	out := make([]placeView, 0, len(shown))
	for _, p := range shown {
		pv := placeView{place: p}
		switch {
		case p.Page == 0: // the online form, or a file as a whole
		case p.SHA256 == "":
			pv.Absent = "该页不在已读取的材料中"
		default:
			url, err := crops.Crop(p.SHA256, p.Page, p.Box)
			if err != nil {
				pv.Absent = "页面图像无法取得，请查看原件"
			} else {
				pv.Picture, pv.Whole = url, crops.Page(p.SHA256, p.Page)
			}
		}
		out = append(out, pv)
	}
	return out, len(all) - len(shown)
}

func documentView(d *hequan.Document) docView {
	v := docView{File: d.File, Pages: pageRange(d.Pages), Kind: d.Kind.Chinese()}
	for _, f := range d.Fields {
		fv := fieldView{Name: word(fieldNames, f.Name), Value: f.Value, Page: fmt.Sprint(f.Page), Trust: trust(f)}
		if f.Text != f.Value {
			fv.Text = clip(f.Text, 80)
		}
		fv.Doubtful = f.Value == ""
		v.Fields = append(v.Fields, fv)
	}
	for _, t := range d.Tables {
		v.Tables = append(v.Tables, fmt.Sprintf("%s：%d 行（第 %d 页）", word(tableNames, t.Name), len(t.Rows), t.Page))
	}
	for _, s := range d.Seals {
		v.Seals = append(v.Seals, sealLine(s))
	}
	if pages, n := unreadPages(d); n > 0 {
		v.Note = pages + "：" + unreadReason
	}
	for _, p := range d.PageInfo {
		if p.Problem != "" {
			v.Note += fmt.Sprintf("第 %d 页：%s。", p.Page, strings.TrimSuffix(p.Problem, "。"))
		}
	}
	return v
}

// Trust says why a value can be believed.
func Trust(f hequan.Field) string { return trust(f) }

// SealLine is a seal in one line.
func SealLine(s hequan.Seal) string { return sealLine(s) }

// trust says why a value can be believed: its proofs, else the confidence of its recognition.
func trust(f hequan.Field) string {
	if c := f.Corrected; c != nil && c.Read == "" {
		return c.Person + " 填写，原未识别"
	} else if c != nil {
		return fmt.Sprintf("%s 更正，原识别“%s”", c.Person, clip(c.Read, 40))
	}
	if len(f.Proof) == 0 {
		return fmt.Sprintf("识别 %.0f%%", f.Confidence*100)
	}
	words := make([]string, len(f.Proof))
	for i, p := range f.Proof {
		words[i] = word(proofNames, string(p))
	}
	return strings.Join(words, "、")
}

func sealLine(s hequan.Seal) string {
	name := s.Text
	if name == "" {
		name = "章文未能辨认"
	}
	kind := word(sealNames, s.Kind)
	if kind == "" {
		kind = "印章"
	}
	if s.Across {
		kind = "骑缝" + kind
	}
	line := fmt.Sprintf("第 %d 页 %s：%s", s.Page, kind, name)
	if s.Party != "" {
		line += "（" + word(partyNames, s.Party) + "）"
	}
	return line
}
