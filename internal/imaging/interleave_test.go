package imaging

import (
	"image"
	"testing"
)

// ink draws characters as solid squares of 30 pixels, 34 apart.
func ink(g *image.Gray, x, y, n int) {
	for i := range n {
		for yy := y; yy < y+30; yy++ {
			for xx := x + 34*i; xx < x+34*i+30; xx++ {
				g.Pix[yy*g.Stride+xx] = 0
			}
		}
	}
}

func blankPage(w, h int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	return g
}

// TestCentredCellsAreParted: beside a cell of two lines stand others at half its
// height; each line is a part of its own, the others stay together.
func TestCentredCellsAreParted(t *testing.T) {
	g := blankPage(1400, 300)
	ink(g, 100, 20, 30) // a line of prose gives the height
	ink(g, 100, 105, 1) // 1
	ink(g, 250, 85, 8)  // the name, wrapped
	ink(g, 250, 125, 2)
	ink(g, 700, 105, 2)
	ink(g, 900, 105, 5)
	parts := Interleaved(g, []image.Rectangle{image.Rect(90, 10, 1390, 60), image.Rect(90, 75, 1390, 165)}, 200)
	lines := 0
	for _, p := range parts {
		if p.Line {
			lines++
		}
	}
	if len(parts) != 5 || lines != 4 || parts[0].Line {
		t.Fatalf("parts %+v", parts)
	}
	upper, lower := parts[2].Rect, parts[3].Rect
	if upper.Max.Y > 125 || lower.Min.Y < 115 || upper.Min.X > 250 || upper.Max.X < 250+34*8 || lower.Min.Y != upper.Max.Y {
		t.Errorf("the wrapped cell is cut into %v and %v", upper, lower)
	}
	if rest := parts[4].Rect; rest.Min.X > 700 || rest.Max.X < 900+34*5 {
		t.Errorf("the cells of one line are %v", rest)
	}
}

// TestStackedHeadings: one character above another, several times, is a heading.
func TestStackedHeadings(t *testing.T) {
	g := blankPage(1400, 300)
	ink(g, 100, 20, 30)
	ink(g, 250, 105, 4) // 项目内容
	for _, x := range []int{100, 600, 800} {
		ink(g, x, 85, 1)
		ink(g, x, 125, 1)
	}
	stacked := 0
	for _, p := range Interleaved(g, []image.Rectangle{image.Rect(90, 10, 1390, 60), image.Rect(90, 75, 1390, 165)}, 200) {
		if len(p.Lines) == 2 {
			stacked++
		}
	}
	if stacked != 3 {
		t.Errorf("%d headings of two characters, want 3", stacked)
	}
}

// TestProseStaysWhole: lines of prose, and a row of one line, are read as before.
func TestProseStaysWhole(t *testing.T) {
	g := blankPage(1400, 300)
	for y := 20; y < 250; y += 42 {
		ink(g, 100, y, 35)
	}
	block := image.Rect(90, 10, 1390, 280)
	if parts := Interleaved(g, []image.Rectangle{block}, 200); len(parts) != 1 || parts[0].Rect != block || parts[0].Line {
		t.Errorf("parts %+v", parts)
	}
}
