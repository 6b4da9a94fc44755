package imaging

import (
	"image"
	"testing"
)

// TestHoles finds two holes in the margin, and neither letters nor a dark picture.
func TestHoles(t *testing.T) {
	g := paper(210, 297)
	letters(g, image.Rect(mm(24, dpi), mm(40, dpi), mm(180, dpi), mm(200, dpi)), 0)
	disc := func(x, y, r int) {
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				if dx*dx+dy*dy <= r*r {
					g.Pix[(y+dy)*g.Stride+x+dx] = 70
				}
			}
		}
	}
	disc(mm(10, dpi), mm(108, dpi), mm(3, dpi))
	disc(mm(10, dpi), mm(188, dpi), mm(3, dpi))
	disc(mm(105, dpi), mm(240, dpi), mm(3, dpi)) // no margin
	for y := mm(220, dpi); y < mm(260, dpi); y++ {
		for x := mm(5, dpi); x < mm(25, dpi); x++ {
			g.Pix[y*g.Stride+x] = 60
		}
	}
	got := Holes(g, dpi)
	if len(got) != 2 {
		t.Fatalf("holes %v", got)
	}
	for i, y := range []int{108, 188} {
		if p := image.Pt(mm(10, dpi), mm(float64(y), dpi)); !p.In(got[i]) || got[i].Dx() > mm(14, dpi) {
			t.Errorf("hole %d at %v", i, got[i])
		}
	}
	Blank(g, got)
	if again := Holes(g, dpi); len(again) != 0 {
		t.Errorf("blanked, but found again: %v", again)
	}
}
