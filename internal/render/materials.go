package render

import (
	"fmt"

	"hequan"
)

// material is one line of the completeness matrix (五.1 to 五.11).
type material struct {
	Slot    int
	Name    string
	Clause  string
	Mark    string // 齐 缺 疑 —
	State   string // class of the line: pass fail review na
	Message string // what the rule said
	Papers  []handed
}

// handed is a document that counts for a material.
type handed struct {
	File  string
	Pages string
}

// materials lists the guide's eleven materials with what was handed in for each:
// the outcome is that of the rule material.<kind>, the papers are the documents
// of that kind wherever they were uploaded. 结算单 and 用量明细 share number 8
// and stand on a line of their own each.
func materials(r *hequan.Report) []material {
	var rows []material
	for _, info := range hequan.Kinds {
		row := material{Slot: info.Slot, Name: info.Chinese, Clause: info.Clause, State: string(hequan.NA)}
		for _, d := range r.Documents {
			if d.Kind == info.Kind {
				row.Papers = append(row.Papers, handed{d.File, pageRange(d.Pages)})
			}
		}
		f := materialFinding(r, info.Kind)
		switch {
		case f != nil:
			row.State, row.Message = string(f.Status), f.Message
			if f.Status == hequan.Pass {
				row.Message = ""
			}
		case len(row.Papers) > 0:
			row.State = string(hequan.Pass)
		}
		row.Mark = materialMark(hequan.Status(row.State))
		if info.Kind == hequan.KindApplicationForm && len(row.Papers) == 0 && row.State == string(hequan.Pass) {
			row.Papers = []handed{{File: "在线填写"}}
		}
		rows = append(rows, row)
	}
	return rows
}

// materialFinding is the worst outcome of the material's own rule, nil when it was not run.
func materialFinding(r *hequan.Report, k hequan.Kind) *hequan.Finding {
	var worst *hequan.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Rule == "material."+string(k) && (worst == nil || f.Status.Worse(worst.Status)) {
			worst = f
		}
	}
	return worst
}

func materialMark(s hequan.Status) string {
	switch s {
	case hequan.Pass:
		return "齐"
	case hequan.Fail:
		return "缺"
	case hequan.Review:
		return "疑"
	}
	return "—"
}

// paperList names the papers of a material in one line, at most four of them.
func (m material) paperList() string {
	if len(m.Papers) == 0 {
		return ""
	}
	s := ""
	for i, p := range m.Papers {
		if i == 4 {
			return s + fmt.Sprintf(" 等 %d 份", len(m.Papers))
		}
		if i > 0 {
			s += "；"
		}
		s += p.File
		if p.Pages != "" {
			s += " " + p.Pages
		}
	}
	return s
}
