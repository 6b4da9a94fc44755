package imaging

import (
	"image"
	"testing"
)

// tableOf draws a ruled table of 6 mm rows and 30 mm columns; in rows that are merged no
// upright rule stands between the columns.
func tableOf(rows, cols int, merged func(row int) bool) *image.Gray {
	g := paper(210, 297)
	x := func(c int) int { return mm(20+30*float64(c), dpi) }
	y := func(r int) int { return mm(30+6*float64(r), dpi) }
	for r := range rows + 1 {
		fill(g, x(0), y(r), x(cols)+3, y(r)+3, 0)
	}
	for c := range cols + 1 {
		for r := range rows {
			if c == 0 || c == cols || !merged(r) {
				fill(g, x(c), y(r), x(c)+3, y(r+1), 0)
			}
		}
	}
	return g
}

func cellsByRow(grids []Grid) map[int]int {
	n := map[int]int{}
	for _, g := range grids {
		for _, c := range g.Cells {
			if c.RowSpan == 1 {
				n[c.Row]++
			}
		}
	}
	return n
}

// TestRulesBetweenMergedRows: each second row is one cell (小计), and the rules between the
// columns are no longer than a row is high.
func TestRulesBetweenMergedRows(t *testing.T) {
	level, upright := ExactRules(tableOf(7, 5, func(r int) bool { return r%2 == 1 }), dpi, 165)
	grids := Grids(level, upright, dpi)
	if len(grids) != 1 || grids[0].Rows != 7 {
		t.Fatalf("%d grids: %+v", len(grids), grids)
	}
	for r, n := range cellsByRow(grids) {
		if want := []int{5, 1}[r%2]; n != want {
			t.Errorf("row %d has %d cells, want %d", r, n, want)
		}
	}
}

// TestLettersAreNoRulesBetweenCells: strokes as tall that reach no rule part no cell.
func TestLettersAreNoRulesBetweenCells(t *testing.T) {
	g := tableOf(7, 5, func(r int) bool { return r%2 == 1 })
	for r := 1; r < 7; r += 2 { // in line with the rules of the rows above, 3.6 mm of 6
		for c := 1; c < 5; c++ {
			x, y := mm(20+30*float64(c), dpi), mm(30+6*float64(r), dpi)
			fill(g, x, y+mm(1.2, dpi), x+3, y+mm(4.8, dpi), 0)
		}
	}
	level, upright := ExactRules(g, dpi, 165)
	for r, n := range cellsByRow(Grids(level, upright, dpi)) {
		if want := []int{5, 1}[r%2]; n != want {
			t.Errorf("row %d has %d cells, want %d", r, n, want)
		}
	}
}

// TestDigitsThatTouchAreNoRule: the feet of 000,000.00 on a coarse scan run together.
func TestDigitsThatTouchAreNoRule(t *testing.T) {
	g := tableOf(4, 4, func(int) bool { return false })
	foot := mm(34, dpi)
	left := mm(20+60+8, dpi)
	fill(g, left, foot, left+mm(14, dpi), foot+3, 0)
	for x := left; x < left+mm(14, dpi); x += 10 { // their sides
		fill(g, x, foot-mm(2, dpi), x+4, foot, 0)
	}
	level, upright := ExactRules(g, dpi, 165)
	grids := Grids(level, upright, dpi)
	if len(grids) != 1 || grids[0].Rows != 4 || len(grids[0].Cells) != 16 {
		t.Errorf("%+v", grids)
	}
}

// TestPiecesOfARuleStay: a rule that broke where it is faint still parts two rows.
func TestPiecesOfARuleStay(t *testing.T) {
	g := tableOf(4, 4, func(int) bool { return false })
	y := mm(42, dpi)
	for _, x := range []float64{20, 50, 80, 110} { // a gap of 8 mm in each cell
		fill(g, mm(x+11, dpi), y, mm(x+19, dpi), y+3, 255)
	}
	level, upright := ExactRules(g, dpi, 165)
	if grids := Grids(level, upright, dpi); len(grids) != 1 || len(grids[0].Cells) != 16 {
		t.Errorf("%+v", grids)
	}
}
