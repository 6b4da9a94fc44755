package pipeline

import (
	"image"
	"image/draw"
	"testing"

	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

func TestSameNumber(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"1,234.00", "1,234.00", "1,234.00"},
		{"43,648.,000.00", "43,648,000.00", "43,648,000.00"},
		{"43,648,000.00", "43,648.000.00", "43,648,000.00"},
		{"43,648.000.00", "43,648.,000.00", ""},
		{"1,234.00", "1,284.00", ""},
		{"1,234.00", "11,234.00", ""},
		{"22,935.281", "22,935.281", ""}, // a point or a comma
		{"1,234.00", "123,400", ""},
		{"13%", "13%", "13%"},
		{"012.50", "012.50", ""},
	} {
		got, ok := sameNumber(c.a, c.b)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q and %q: %q %v, want %q", c.a, c.b, got, ok, c.want)
		}
	}
}

// scripted reads what it is told to, by language.
type scripted map[string]string

func (s scripted) SetPicture(*image.Gray) error                               { return nil }
func (s scripted) Close()                                                     {}
func (s scripted) HasLines() bool                                             { return false }
func (s scripted) Spell(image.Rectangle, *ocr.Lexicon) ([]ocr.Spelled, error) { return nil, nil }

func (s scripted) Recognize(r image.Rectangle, o ocr.Options) ([]ocr.Symbol, error) {
	out := spoken(s[o.Lang], 0.9)
	for i := range out {
		out[i].Rect = out[i].Rect.Add(r.Min)
	}
	return out, nil
}

// TestReadNumberCell: of a table with Chinese labels the cells of numbers are
// read by the recognisers of numbers, the labels are not tried with them.
func TestReadNumberCell(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 400, 300))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	fill := func(r image.Rectangle) { draw.Draw(page, r, image.Black, image.Point{}, draw.Src) }
	grid := imaging.Grid{Rect: image.Rect(0, 0, 400, 300), Rows: 3, Cols: 2}
	for row := range 3 {
		for x := range 4 { // four broad characters
			fill(image.Rect(20+24*x, 100*row+40, 40+24*x, 100*row+60))
		}
		for x := range 9 { // nine digits
			fill(image.Rect(220+10*x, 100*row+42, 227+10*x, 100*row+56))
		}
		grid.Cells = append(grid.Cells, imaging.Cell{Row: row, RowSpan: 1, ColSpan: 1, Rect: image.Rect(0, 100*row, 200, 100*row+100)},
			imaging.Cell{Row: row, Col: 1, RowSpan: 1, ColSpan: 1, Rect: image.Rect(200, 100*row, 400, 100*row+100)})
	}
	p := prepared{text: page, turn: imaging.Turn{W: 400, H: 300}, dpi: 200}
	tall := printHeight(page, grid, 2)
	alike := scripted{ocr.NumbersA: "12,345.67", ocr.NumbersB: "12,345.67"}
	for _, c := range grid.Cells {
		lines, err := readNumberCell(alike, p, c.Rect.Inset(2), tall)
		if err != nil || (len(lines) == 1) != (c.Col == 1) {
			t.Fatalf("row %d column %d of print %d high: %v %v", c.Row, c.Col, tall, lines, err)
		}
		if len(lines) == 1 && (len(lines[0].Words) != 1 || lines[0].Words[0].Text != "12,345.67" || len(lines[0].Words[0].Proof) != 1) {
			t.Errorf("read as %+v", lines[0].Words)
		}
	}
	for name, engine := range map[string]scripted{
		"they differ":  {ocr.NumbersA: "12,345.67", ocr.NumbersB: "12,845.67"},
		"too short":    {ocr.NumbersA: "12%", ocr.NumbersB: "12%"},
		"no number":    {ocr.NumbersA: "2025年9月", ocr.NumbersB: "2025年9月"},
		"not known":    {ocr.NumbersA: "1□,345.67", ocr.NumbersB: "1□,345.67"},
		"nothing read": {},
	} {
		if lines, err := readNumberCell(engine, p, grid.Cells[1].Rect.Inset(2), tall); lines != nil || err != nil {
			t.Errorf("%s: %v %v", name, lines, err)
		}
	}
}

// TestPaleEndsOfANumber: digits of a light face are paler than others beside them, and belong to the number; dirt further off does not.
func TestPaleEndsOfANumber(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 200, 40))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	bar := func(x0, x1 int, v uint8) {
		for y := 12; y < 28; y++ {
			for x := x0; x < x1; x++ {
				g.Pix[y*g.Stride+x] = v
			}
		}
	}
	bar(60, 120, 60)
	ink := image.Rect(60, 12, 120, 28)
	cell := image.Rect(2, 2, 198, 38)
	if got := withPaleEnds(g, cell, ink); got != ink {
		t.Errorf("%v, want %v", got, ink)
	}
	bar(48, 54, 150)   // a digit before it
	bar(124, 132, 170) // one behind
	bar(170, 176, 150) // dirt
	if got, want := withPaleEnds(g, cell, ink), image.Rect(48, 12, 132, 28); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}
