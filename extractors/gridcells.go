package extractors

import (
	"math"
	"slices"

	"hequan"
)

// partSpanning parts a cell of a ruled table that reaches over columns because a rule in it was not
// found: most other rows have the rule, and its words stand on both sides of it, none on it.
func partSpanning(g hequan.Grid, c hequan.GridCell) []hequan.GridCell {
	if c.ColSpan < 2 || c.RowSpan > 1 || len(c.Lines) != 1 {
		return []hequan.GridCell{c}
	}
	out := []hequan.GridCell{}
	rest := c
	rest.Lines = []hequan.Line{lineOf(slices.DeleteFunc(slices.Clone(c.Lines[0].Words), func(w hequan.Word) bool { return isRule(w.Text) }))}
	for col := c.Col + 1; col < c.Col+c.ColSpan; col++ {
		x, ok := ruleBefore(g, c, col)
		if !ok {
			continue
		}
		at := slices.IndexFunc(rest.Lines[0].Words, func(w hequan.Word) bool { return w.Box[2] > x })
		words := rest.Lines[0].Words
		if at <= 0 || words[at].Box[0] < x || words[at].Box[0]-words[at-1].Box[2] < 1.5*max(words[at].Box.Height(), words[at-1].Box.Height()) {
			continue // none, or running text
		}
		left, right := rest, rest
		left.ColSpan, left.Box[2], left.Lines = col-rest.Col, x, []hequan.Line{lineOf(words[:at])}
		right.Col, right.ColSpan, right.Box[0], right.Lines = col, rest.Col+rest.ColSpan-col, x, []hequan.Line{lineOf(words[at:])}
		out, rest = append(out, left), right
	}
	if len(out) == 0 || c.ColSpan == g.Cols && len(out) < 2 {
		return []hequan.GridCell{c} // a row of its own: a sum with its words
	}
	return append(out, rest)
}

// ruleBefore is where the rule on the left of a column stands at a cell's height, false where most of the other rows have none.
func ruleBefore(g hequan.Grid, c hequan.GridCell, col int) (float64, bool) {
	x, nearest, with := 0.0, -1, 0
	for _, o := range g.Cells {
		if o.Row == c.Row || o.Col != col {
			continue
		}
		with += max(1, o.RowSpan)
		if off := max(o.Row-c.Row, c.Row-o.Row); nearest < 0 || off < nearest {
			x, nearest = o.Box[0], off
		}
	}
	return x, with*2 > g.Rows-1
}

func lineOf(words []hequan.Word) hequan.Line {
	l := hequan.Line{Words: words}
	for _, w := range words {
		l.Box = l.Box.Union(w.Box)
	}
	return l
}

// lowerHeads puts headings that reach over two rows into the lower one, where the others have
// a common heading above them: 型号 | 计价标准, below which 单价 | 单位 stand.
func lowerHeads(byRow [][]hequan.GridCell) {
	for i := 0; i+1 < len(byRow) && i < 2; i++ {
		common := false
		var high, rest []hequan.GridCell
		for _, c := range byRow[i] {
			common = common || c.ColSpan > 1
			if c.RowSpan == 2 {
				high = append(high, c)
			} else {
				rest = append(rest, c)
			}
		}
		if common && len(high) > 0 && len(byRow[i+1]) >= 2 {
			byRow[i], byRow[i+1] = rest, append(high, byRow[i+1]...)
			return
		}
	}
}

// partGroup leaves the heading of a group out of a cell of two lines, where the rule between it and the first row of
// the group was not found: what stands alone in the other cells stands at the height of the second line. The first is a row of its own then.
func partGroup(cells []hequan.GridCell, height func(hequan.Box) float64) {
	two, single := -1, 0
	for n, c := range cells {
		switch {
		case len(c.Lines) == 2 && two < 0:
			two = n
		case len(c.Lines) == 1:
			single++
		case len(c.Lines) > 1:
			return
		}
	}
	if two < 0 || single < 2 || !groupLine(lineText(cells[two].Lines[0])) {
		return
	}
	low := cells[two].Lines[1].Box
	for n, c := range cells {
		if n != two && len(c.Lines) == 1 && math.Abs(height(c.Lines[0].Box)-height(low)) > 0.5*low.Height() {
			return
		}
	}
	cells[two].Lines = cells[two].Lines[1:]
}
