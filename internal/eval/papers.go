package eval

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// Paper is what was read of the pages that were made in one way.
type Paper struct {
	Prose  Errors           `json:"prose"`
	Cells  Count            `json:"cells"`
	Values map[string]Value `json:"values"` // fields and cells: amounts, 大写, dates, codes, others
}

// Value counts the labelled values of one sort.
type Value struct {
	Count
	Proven      int `json:"proven"` // right ones that carry a proof
	ProvenWrong int `json:"proven_wrong"`
}

// paperOf names how a page was made: electronic, photographed, or scanned at
// 150, 200 or 300 dpi or thereabouts; in colour with a seal on it, in colour,
// or grey.
func paperOf(d *Document, page int) string {
	for _, p := range d.PageInfo {
		if p.Page != page {
			continue
		}
		switch {
		case p.Source == hequan.SourceDigital:
			return "electronic"
		case p.Degrade == "phone":
			return "photographed"
		}
		dpi := "300"
		switch {
		case p.DPI < 175:
			dpi = "150"
		case p.DPI < 250:
			dpi = "200"
		}
		switch {
		case !p.Color:
			return dpi + " dpi, grey"
		case slices.ContainsFunc(d.Seals, func(s Seal) bool { return s.Page == page && !s.Printed }):
			return dpi + " dpi, sealed"
		}
		return dpi + " dpi"
	}
	return ""
}

var (
	isDate   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	isAmount = regexp.MustCompile(`^-?\d+\.\d{2}$`)
	isCode   = regexp.MustCompile(`^[A-Z0-9-]*\d[A-Z0-9-]{6,}$`)
)

func sortOf(name string, f Field) string {
	switch {
	case strings.HasSuffix(name, "_words"):
		return "大写"
	case isDate.MatchString(f.Value):
		return "dates"
	case isAmount.MatchString(f.Value):
		return "amounts"
	case isCode.MatchString(f.Value):
		return "codes"
	}
	return "others"
}

// changePaper changes the counts of a paper, as paperOf names it; none where that is empty.
func (s *Score) changePaper(name string, change func(*Paper)) {
	if name == "" {
		return
	}
	p := s.Papers[name]
	if p.Values == nil {
		p.Values = map[string]Value{}
	}
	change(&p)
	s.Papers[name] = p
}

// valueOnPaper counts a field or a cell.
func (s *Score) valueOnPaper(d *Document, name string, f Field, right bool, read string, proof []hequan.Proof) {
	if f.Match != "" {
		return
	}
	s.changePaper(paperOf(d, f.Page), func(p *Paper) {
		v := p.Values[sortOf(name, f)]
		v.add(right)
		switch {
		case len(proof) == 0 || read == "":
		case right:
			v.Proven++
		default:
			v.ProvenWrong++
		}
		p.Values[sortOf(name, f)] = v
	})
}

// printPapers writes a table of the measures by how pages were made.
func printPapers(w io.Writer, papers map[string]Paper) {
	fmt.Fprintf(w, "  %-16s %22s %22s", "", "wrong in running text", "cells exact")
	sorts := []string{"amounts", "大写", "dates", "codes", "others"}
	for _, s := range sorts {
		fmt.Fprintf(w, "   %s exact (proven; wrong)", s)
	}
	fmt.Fprintln(w)
	for _, k := range sortedKeys(papers) {
		p := papers[k]
		fmt.Fprintf(w, "  %-16s %7.2f %% of %9d %7.1f %% of %9d", k, 100*float64(p.Prose.Wrong)/float64(max(1, p.Prose.All)), p.Prose.All, percent(p.Cells), p.Cells.All)
		for _, s := range sorts {
			v := p.Values[s]
			fmt.Fprintf(w, "   %5.1f %% of %4d (%5.1f %%; %d)", percent(v.Count), v.All, percent(Count{v.Proven, v.All}), v.ProvenWrong)
		}
		fmt.Fprintln(w)
	}
}
