package imaging

import (
	"image"
	"testing"
)

// TestFramesAreNoTables: a frame round a page or a table, a table inside a cell
// and a grid too fine for letters are left out; the table stays.
func TestFramesAreNoTables(t *testing.T) {
	box := func(r image.Rectangle, cells ...image.Rectangle) Grid {
		g := Grid{Rect: r, Rows: 1, Cols: max(1, len(cells))}
		if len(cells) == 0 {
			cells = []image.Rectangle{r}
		}
		for i, c := range cells {
			g.Cells = append(g.Cells, Cell{0, i, 1, 1, c})
		}
		return g
	}
	table := box(image.Rect(200, 1000, 1400, 1200), image.Rect(200, 1000, 800, 1200), image.Rect(800, 1000, 1400, 1200))
	page := box(image.Rect(100, 100, 1550, 2200))
	inner := box(image.Rect(120, 120, 1530, 2180))
	nested := box(image.Rect(300, 1050, 500, 1150))
	arms := box(image.Rect(700, 300, 800, 400))
	arms.Rows, arms.Cols = 8, 8
	small := box(image.Rect(300, 1500, 900, 1700))
	got := tables([]Grid{page, inner, arms, table, nested, small}, dpi)
	if len(got) != 2 || got[0].Rect != table.Rect || got[1].Rect != small.Rect {
		t.Errorf("%+v", got)
	}
}

// TestFrameIsCutOff: the ornaments along both sides of a page are blocks of
// their own; a table of narrow outer columns is read whole.
func TestFrameIsCutOff(t *testing.T) {
	page := paper(210, 297)
	for y := 20.0; y < 280; y += 4 { // ornaments
		for _, x := range []float64{15, 190} {
			fill(page, mm(x, dpi), mm(y, dpi), mm(x+4, dpi), mm(y+3, dpi), 0)
		}
	}
	for x := 15.0; x < 192; x += 4 {
		for _, y := range []float64{17, 278} {
			fill(page, mm(x, dpi), mm(y, dpi), mm(x+3, dpi), mm(y+3, dpi), 0)
		}
	}
	text := image.Rect(mm(40, dpi), mm(60, dpi), mm(170, dpi), mm(200, dpi))
	letters(page, text, 0)
	text = area{g: page, dpi: dpi, at: page.Rect, dark: darker(page, page.Rect, 140)}.trim(text)
	whole := 0
	for _, r := range Blocks(page, page.Rect, dpi) {
		if text.Inset(3).In(r) {
			whole++
			if r.Min.X < mm(20, dpi) || r.Max.X > mm(189, dpi) {
				t.Errorf("the text is read with its frame: %v", r)
			}
		}
	}
	if whole != 1 {
		t.Errorf("the text is in %d blocks", whole)
	}
	short := paper(210, 297)
	letters(short, image.Rect(mm(30, dpi), mm(40, dpi), mm(180, dpi), mm(90, dpi)), 0)
	if _, _, _, ok := edgeStrips(short, area{g: short, dpi: dpi, at: short.Rect, dark: darker(short, short.Rect, 140)}.trim(short.Rect), dpi); ok {
		t.Error("a paragraph has a frame")
	}
}
