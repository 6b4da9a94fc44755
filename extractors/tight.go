package extractors

import (
	"regexp"
	"slices"
)

var (
	// plainFigure is a number with a point or commas, as columns of quantities and amounts have.
	plainFigure = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+\.\d+$`)
	// unitOfFigure begins what belongs to the number before it.
	unitOfFigure = regexp.MustCompile(`^(?:[元圆￥¥%％万亿千百个台套项次月年日天人份GMKT]|tokens?|Tokens?)`)
)

// leastTight is in how many rows two columns have to meet to be told by it.
const leastTight = 3

// partTight parts two columns that stand against each other without a gap: numbers that end at one
// height across, rows below each other, each with a word behind it that is no unit.
func (d *doc) partTight() {
	type seam struct {
		row, at int
		x       float64
	}
	byPage := map[int][]seam{}
	for i, r := range d.rows {
		if r.grid != nil || len(tabbed(r)) < 3 {
			continue
		}
		for k := 1; k < len(r.text); k++ {
			w, before := r.words[k], r.words[k-1]
			if w < 0 || before < 0 || w == before || !plainFigure.MatchString(r.parts[before].Text) || unitOfFigure.MatchString(r.parts[w].Text) || isNumber(r.parts[w].Text) {
				continue
			}
			byPage[r.page] = append(byPage[r.page], seam{i, k, r.parts[before].Box[2]})
		}
	}
	for _, p := range d.pages {
		for _, s := range slices.Backward(byPage[p.Info.Page]) { // a seam moves what stands behind it
			same := func(o seam) bool { return abs(o.x-s.x) < 0.006 }
			n := 0
			for _, o := range byPage[p.Info.Page] {
				if same(o) {
					n++
				}
			}
			if n >= leastTight && !slices.Contains(d.rows[s.row].text[s.at-1:s.at], '\t') {
				d.rows[s.row].partAt(s.at)
				d.rows[s.row].seams = true
			}
		}
	}
}
