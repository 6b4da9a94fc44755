package pipeline

import (
	"strings"

	"hequan"
	"hequan/internal/name"
)

// chooseFilings makes the filing that an application is about the single
// fields of its list print-outs: the row whose model or entity is likest to
// what form and contract name.
func chooseFilings(form *hequan.Application, docs []hequan.Document) {
	_, providers := partyNames(form, docs)
	wanted := append(append([]string{}, form.Models...), providers...)
	for _, d := range docs {
		if d.Kind == hequan.KindContract {
			for _, f := range d.Fields {
				if f.Name == "models" {
					wanted = append(wanted, f.Value)
				}
			}
		}
	}
	for i := range docs {
		d := &docs[i]
		t := d.Table("filings")
		if d.Kind != hequan.KindFilingProof || t == nil || len(t.Rows) < 2 {
			continue
		}
		row, best := 0, 0.0
		for n, r := range t.Rows {
			for _, column := range []string{"model", "entity"} {
				c := t.Column(column)
				if c < 0 {
					continue
				}
				for _, w := range wanted {
					if like := sharedRunes(name.Normal(w), name.Normal(r[c].Value)); like > best+1e-9 {
						row, best = n, like
					}
				}
			}
		}
		if best < 0.5 {
			continue
		}
		for c, column := range t.Columns {
			if f := d.Field(column); f != nil && t.Rows[row][c].Text != "" {
				cell := t.Rows[row][c]
				*f = hequan.Field{Name: column, Value: cell.Value, Text: cell.Text, Page: t.Page, Box: cell.Box, Confidence: cell.Confidence, Proof: cell.Proof}
			}
		}
	}
}

// sharedRunes is the share of the longer name's characters that the other has
// too, words that all such names have left out.
func sharedRunes(a, b string) float64 {
	for _, common := range []string{"有限公司", "股份", "科技", "技术", "人工智能", "智能", "大模型", "模型", "数智"} {
		a, b = strings.ReplaceAll(a, common, ""), strings.ReplaceAll(b, common, "")
	}
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	counts := map[rune]int{}
	for _, r := range x {
		counts[r]++
	}
	shared := 0
	for _, r := range y {
		if counts[r] > 0 {
			counts[r]--
			shared++
		}
	}
	return float64(shared) / float64(max(len(x), len(y)))
}
