package extractors

import (
	"math"
	"slices"
	"sort"
	"strings"

	"hequan"
)

// gridRows makes rows of the ruled tables of a page, and says which words they took.
func gridRows(p hequan.Page) ([]row, map[hequan.Box]bool) {
	used := map[hequan.Box]bool{}
	var rows []row
	height := levelled(p)
	for n, g := range p.Grids {
		byRow := make([][]hequan.GridCell, g.Rows)
		for _, whole := range g.Cells {
			if len(whole.Lines) == 0 || whole.Row >= g.Rows {
				continue
			}
			for _, c := range partSpanning(g, whole) {
				byRow[c.Row] = append(byRow[c.Row], c)
			}
		}
		lowerHeads(byRow)
		for i, cells := range byRow {
			single, most := 0, 0
			for _, c := range cells {
				if len(c.Lines) == 1 {
					single++
				}
				most = max(most, len(c.Lines))
			}
			sort.SliceStable(cells, func(i, j int) bool { return cells[i].Col < cells[j].Col })
			if stacked(cells) {
				for _, level := range levels(cells, height) {
					r := cellsRow(p.Info.Page, level, used)
					r.grid, r.gridRow = &p.Grids[n], i
					rows = append(rows, r)
				}
				continue
			}
			if len(cells) < 2 || single*2 < len(cells) && !wrapped(cells, height) && !filled(cells) || most > 4 {
				continue
			}
			partGroup(cells, height)
			r := cellsRow(p.Info.Page, append(cells, beside(p, g, cells)...), used)
			r.grid, r.gridRow = &p.Grids[n], i
			rows = append(rows, r)
		}
	}
	return rows, used
}

// levelled gives the height of a box's middle where it would be on the page
// without its skew.
func levelled(p hequan.Page) func(hequan.Box) float64 {
	slope := 0.0
	if p.Info.WidthMM > 0 && p.Info.HeightMM > 0 {
		slope = math.Tan(p.Skew*math.Pi/180) * p.Info.WidthMM / p.Info.HeightMM
	}
	return func(b hequan.Box) float64 { return b.CenterY() - (b.CenterX()-0.5)*slope }
}

// stacked says whether the cells of a ruled row hold rows of their own, one
// above the other without rules between them (the body of an old invoice form):
// in two cells or more lines stand further apart than the lines of one text.
func stacked(cells []hequan.GridCell) bool {
	n := 0
	for _, c := range cells {
		for k := 1; k < len(c.Lines); k++ {
			a, b := c.Lines[k-1].Box, c.Lines[k].Box
			if b[1]-a[3] > 2.5*max(a.Height(), b.Height()) {
				n++
				break
			}
		}
	}
	return n >= 2
}

// wrapped says whether cells of more lines than one hold one text each that is
// wrapped: what stands alone in its cell stands between their lines, at none's height.
func wrapped(cells []hequan.GridCell, height func(hequan.Box) float64) bool {
	between := false
	for _, c := range cells {
		if len(c.Lines) != 1 {
			continue
		}
		y := height(c.Lines[0].Box)
		for _, o := range cells {
			for _, l := range o.Lines {
				if len(o.Lines) > 1 && math.Abs(height(l.Box)-y) < 0.3*l.Box.Height() {
					return false
				}
			}
		}
		between = true
	}
	return between
}

// filled says whether every cell of more lines than one holds one text that is
// wrapped: its lines fill the cell, but for the last, which is much shorter in
// one of them at least.
func filled(cells []hequan.GridCell) bool {
	shorter := false
	for _, c := range cells {
		for k := 1; k < len(c.Lines); k++ {
			a, b := c.Lines[k-1].Box, c.Lines[k].Box
			if c.Box.IsZero() || a.Width() < 0.72*c.Box.Width() || b[1]-a[3] > 0.9*a.Height() || b.Width() > a.Width()+0.004 {
				return false
			}
			shorter = shorter || b.Width() < 0.6*a.Width()
		}
	}
	return shorter
}

// levels parts the cells of a ruled row that hold rows of their own into those:
// lines that stand at one height, each in its cell.
func levels(cells []hequan.GridCell, middle func(hequan.Box) float64) [][]hequan.GridCell {
	type placed struct {
		cell int
		line hequan.Line
	}
	var all []placed
	for n, c := range cells {
		for _, l := range c.Lines {
			all = append(all, placed{n, l})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return middle(all[i].line.Box) < middle(all[j].line.Box) })
	var out [][]hequan.GridCell
	for i := 0; i < len(all); {
		j, height := i, all[i].line.Box.Height()
		lines := make([][]hequan.Line, len(cells))
		for ; j < len(all) && middle(all[j].line.Box)-middle(all[i].line.Box) < 0.7*max(height, all[j].line.Box.Height()); j++ {
			lines[all[j].cell] = append(lines[all[j].cell], all[j].line)
		}
		var level []hequan.GridCell
		for n, l := range lines {
			if len(l) > 0 {
				c := cells[n]
				sort.SliceStable(l, func(a, b int) bool { return l[a].Box[0] < l[b].Box[0] })
				c.Lines = l
				level = append(level, c)
			}
		}
		out = append(out, level)
		i = j
	}
	return out
}

// beside returns what stands at the height of a ruled row but outside of its
// table, as cells: the last column of a table whose outer rule was not found.
func beside(p hequan.Page, g hequan.Grid, cells []hequan.GridCell) []hequan.GridCell {
	band := hequan.Box{}
	for _, c := range cells {
		if c.RowSpan <= 1 {
			band = band.Union(c.Box)
		}
	}
	var out []hequan.GridCell
	for _, l := range p.Lines {
		if y := l.Box.CenterY(); y < band[1] || y >= band[3] || l.Box.Height() > band.Height() || l.Box[0] > 0.975 || l.Box[0] < g.Box[2] && l.Box[2] > g.Box[0] {
			continue
		}
		if text := lineText(l); len([]rune(text)) > 20 || strings.Trim(text, "|｜_-. ") == "" {
			continue
		}
		out = append(out, hequan.GridCell{Box: l.Box, Lines: []hequan.Line{l}})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Box[0] < out[j].Box[0] })
	if len(out) > 0 && out[0].Box[2] <= g.Box[0] {
		return nil // beside the left edge there are numbers of clauses, not columns
	}
	return out
}

func lineText(l hequan.Line) string {
	var b strings.Builder
	for _, w := range l.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

// cellsRow puts the words of cells one after another, a tab between two cells.
func cellsRow(page int, cells []hequan.GridCell, used map[hequan.Box]bool) row {
	r := row{page: page}
	for _, c := range cells {
		r.cells = append(r.cells, c.Box)
		if len(r.text) > 0 {
			r.text, r.words = append(r.text, '\t'), append(r.words, -1)
		}
		for _, l := range c.Lines {
			words := slices.Clone(l.Words)
			mendTokens(words)
			for k, w := range words {
				used[w.Box] = true
				if w.Text == "" {
					continue
				}
				if n := len(r.text); isRule(w.Text) && k > 0 && k+1 < len(l.Words) && n > 0 && r.text[n-1] != '\t' {
					r.text, r.words = append(r.text, '\t'), append(r.words, -1)
					continue
				}
				if k > 0 && isLatin(r.text[len(r.text)-1]) && isLatin([]rune(w.Text)[0]) && r.text[len(r.text)-1] != '\t' {
					r.text, r.words = append(r.text, ' '), append(r.words, -1)
				}
				for _, ch := range w.Text {
					r.text, r.words = append(r.text, ch), append(r.words, len(r.parts))
				}
				r.parts = append(r.parts, w)
				if c.RowSpan <= 1 {
					r.box = r.box.Union(w.Box)
				}
			}
		}
	}
	if r.box.IsZero() {
		for _, w := range r.parts {
			r.box = r.box.Union(w.Box)
		}
	}
	return r
}
