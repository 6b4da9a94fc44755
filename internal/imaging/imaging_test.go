package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
)

func TestSkew(t *testing.T) {
	page := paper(210, 297)
	letters(page, image.Rect(mm(25, dpi), mm(30, dpi), mm(185, dpi), mm(260, dpi)), 0)
	for _, degrees := range []float64{0, 0.3, -0.7, 1.5, -2.6} {
		slanted := turned(page, degrees)
		got := Skew(slanted)
		if math.Abs(got-degrees) > 0.1 {
			t.Errorf("a page turned by %.1f° is measured %.3f°", degrees, got)
		}
		level := Turn{Degrees: got, W: slanted.Rect.Dx(), H: slanted.Rect.Dy()}.Level(slanted)
		if again := Skew(level); math.Abs(again) > 0.1 {
			t.Errorf("levelled from %.1f° it still falls by %.3f°", degrees, again)
		}
	}
}

func TestSkewOfNearlyNothing(t *testing.T) {
	page := paper(210, 297)
	fill(page, 300, 300, 320, 310, 0)
	if got := Skew(page); got != 0 {
		t.Errorf("a speck is said to fall by %v°", got)
	}
}

func TestTurnBack(t *testing.T) {
	turn := Turn{Degrees: 2, W: 1000, H: 1400}
	// A mark right of the middle of the levelled page lies lower on the page that fell to the right.
	x, y := turn.Back(900, 700)
	if math.Abs(y-(700+400*math.Sin(2*math.Pi/180))) > 0.01 || math.Abs(x-(500+400*math.Cos(2*math.Pi/180))) > 0.01 {
		t.Errorf("Back(900, 700) = %.2f, %.2f", x, y)
	}
	box := turn.BackBox([4]float64{0.85, 0.49, 0.95, 0.51})
	if w, h := box[2]-box[0], box[3]-box[1]; math.Abs(w-0.1) > 1e-9 || math.Abs(h-0.02) > 1e-9 {
		t.Errorf("the box changed its size to %v × %v", w, h)
	}
	if mid := (box[1] + box[3]) / 2 * 1400; math.Abs(mid-y) > 0.5 {
		t.Errorf("the box's middle is at %.1f, its point at %.1f", mid, y)
	}
}

// table draws three rows of three cells, the first two cells of the middle
// row merged, with print in every cell, and returns its outline.
func table(page *image.Gray) (outline image.Rectangle, xs, ys []int) {
	for i := range 4 {
		xs = append(xs, mm(30+float64(i)*50, dpi))
		ys = append(ys, mm(40+float64(i)*15, dpi))
	}
	for _, y := range ys {
		fill(page, xs[0], y, xs[3]+3, y+3, 0)
	}
	for i, x := range xs {
		fill(page, x, ys[0], x+3, ys[3]+3, 0)
		if i == 1 { // merged
			fill(page, x, ys[1]+3, x+3, ys[2], 255)
		}
	}
	return image.Rect(xs[0], ys[0], xs[3], ys[3]), xs, ys
}

func TestGridWithAMergedCell(t *testing.T) {
	page := paper(210, 297)
	outline, xs, ys := table(page)
	letters(page, image.Rect(xs[0]+20, ys[0]+20, xs[1]-20, ys[1]-20), 0)
	letters(page, image.Rect(xs[0]+20, ys[1]+20, xs[2]-20, ys[2]-20), 0)
	level, upright := Rules(page, dpi, 128)
	if len(level) != 4 || len(upright) != 5 { // the second upright is drawn in two parts
		t.Fatalf("%d level and %d upright rules, want 4 and 5", len(level), len(upright))
	}
	grids := Grids(level, upright, dpi)
	if len(grids) != 1 {
		t.Fatalf("%d tables, want 1", len(grids))
	}
	g := grids[0]
	if g.Rows != 3 || g.Cols != 3 || len(g.Cells) != 8 {
		t.Fatalf("%d × %d with %d cells, want 3 × 3 with 8", g.Rows, g.Cols, len(g.Cells))
	}
	near := func(a, b image.Point) bool { return abs(a.X-b.X) <= 4 && abs(a.Y-b.Y) <= 4 }
	if !near(g.Rect.Min, outline.Min) || !near(g.Rect.Max, outline.Max) {
		t.Errorf("outline %v, want %v", g.Rect, outline)
	}
	merged := 0
	for _, c := range g.Cells {
		if c.ColSpan == 2 {
			merged++
			if c.Row != 1 || c.Col != 0 || c.RowSpan != 1 || !near(c.Rect.Min, image.Pt(xs[0], ys[1])) || !near(c.Rect.Max, image.Pt(xs[2], ys[2])) {
				t.Errorf("merged cell %+v", c)
			}
		} else if c.ColSpan != 1 || c.RowSpan != 1 {
			t.Errorf("cell %+v spans", c)
		}
	}
	if merged != 1 {
		t.Errorf("%d merged cells, want 1", merged)
	}
}

func TestPrintIsNoRule(t *testing.T) {
	page := paper(210, 297)
	letters(page, image.Rect(300, 300, 1400, 1200), 0)
	fill(page, 300, 1300, 1400, 1300+mm(6, dpi), 0) // a bar is no rule either
	if level, upright := Rules(page, dpi, 128); len(level)+len(upright) > 0 {
		t.Errorf("rules %v %v where there is print and a bar", level, upright)
	}
}

func TestEraseKeepsPrint(t *testing.T) {
	page := paper(210, 297)
	_, xs, ys := table(page)
	cell := image.Rect(xs[0]+20, ys[0]+20, xs[1]-20, ys[1]-20)
	letters(page, cell, 0)
	// A stroke that crosses the second level rule.
	cross := image.Rect(xs[1]+100, ys[1]-30, xs[1]+106, ys[1]+33)
	fill(page, cross.Min.X, cross.Min.Y, cross.Max.X, cross.Max.Y, 0)
	before := inkIn(page, cell)
	level, upright := Rules(page, dpi, 128)
	Erase(page, append(level, upright...), dpi)
	if after := inkIn(page, cell); after != before {
		t.Errorf("print lost ink: %d → %d pixels", before, after)
	}
	if left := inkIn(page, image.Rect(xs[1]+120, ys[1]-2, xs[2]-20, ys[1]+5)); left > 0 {
		t.Errorf("%d pixels of the rule are left", left)
	}
	if got, whole := inkIn(page, cross), cross.Dx()*cross.Dy(); got < whole*95/100 {
		t.Errorf("of the crossing stroke %d of %d pixels are left", got, whole)
	}
}

func TestFlattenBringsOutGreyStrokes(t *testing.T) {
	page := paper(100, 60)
	for y := range page.Rect.Dy() { // the light falls off to the right
		for x := range page.Rect.Dx() {
			page.Pix[y*page.Stride+x] = uint8(235 - 70*x/page.Rect.Dx())
		}
	}
	for i := range 14 { // thin strokes at six tenths of the paper
		x := 60 + 50*i
		v := page.Pix[100*page.Stride+x]
		fill(page, x, 100, x+3, 380, uint8(float64(v)*0.6))
	}
	flat := Flatten(page, dpi, 0.85)
	for i := range 14 {
		x := 60 + 50*i
		if got := flat.Pix[240*flat.Stride+x+1]; got > 100 {
			t.Errorf("the stroke at %d is %d after flattening, want dark", x, got)
		}
		if got := flat.Pix[240*flat.Stride+x+25]; got < 250 {
			t.Errorf("the paper beside it is %d, want white", got)
		}
	}
}

func TestSealFadesAndPrintStays(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 800, 480))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{248, 246, 240, 255}), image.Point{}, draw.Src)
	seal := image.Rect(100, 100, 400, 140)
	draw.Draw(img, seal, image.NewUniform(color.NRGBA{222, 60, 62, 255}), image.Point{}, draw.Src)
	letter := image.Rect(240, 60, 246, 200)
	draw.Draw(img, letter, image.NewUniform(color.NRGBA{30, 28, 30, 255}), image.Point{}, draw.Src)
	brown := image.Rect(500, 100, 505, 200)
	draw.Draw(img, brown, image.NewUniform(color.NRGBA{150, 90, 50, 255}), image.Point{}, draw.Src)
	flat := Flatten(MaxChannel(img), dpi, 0.85)
	if left := inkIn(flat, image.Rect(110, 110, 230, 130)); left > 0 {
		t.Errorf("%d pixels of the seal are left", left)
	}
	if got, whole := inkIn(flat, letter), letter.Dx()*letter.Dy(); got < whole {
		t.Errorf("of the black stroke %d of %d pixels are left", got, whole)
	}
	if got, whole := inkIn(flat, brown), brown.Dx()*brown.Dy(); got < whole {
		t.Errorf("of the brown stroke %d of %d pixels are left", got, whole)
	}
	if !IsColor(img) {
		t.Error("a page with a red seal is said to be grey")
	}
	grey := image.NewNRGBA(img.Rect)
	draw.Draw(grey, grey.Rect, image.NewUniform(color.Gray{240}), image.Point{}, draw.Src)
	draw.Draw(grey, letter, image.Black, image.Point{}, draw.Src)
	if IsColor(grey) {
		t.Error("a grey page is said to be coloured")
	}
}

func TestBlocksCutColumns(t *testing.T) {
	page := paper(210, 297)
	at := func(x0, y0, x1, y1 float64) image.Rectangle {
		return image.Rect(mm(x0, dpi), mm(y0, dpi), mm(x1, dpi), mm(y1, dpi))
	}
	head, left, right := at(20, 20, 190, 33), at(20, 50, 90, 120), at(115, 50, 190, 120)
	for _, r := range []image.Rectangle{head, left, right} {
		letters(page, r, 0)
	}
	blocks := Blocks(page, page.Rect, dpi)
	for _, r := range []image.Rectangle{head, left, right} {
		n := 0
		for _, b := range blocks {
			if b.Overlaps(r) {
				n++
				if b.Overlaps(left) && b.Overlaps(right) {
					t.Errorf("block %v joins the columns", b)
				}
			}
		}
		if n != 1 {
			t.Errorf("%d blocks over %v, want 1: %v", n, r, blocks)
		}
	}
	if blank := Blocks(paper(50, 50), image.Rect(0, 0, 300, 300), dpi); len(blank) != 0 {
		t.Errorf("a blank page has blocks %v", blank)
	}
}

// TestBlueWritingStays: on a page written in blue, as dot-matrix invoices and
// forms filled in by hand are, blue is text; a blue seal on a page in black fades.
func TestBlueWritingStays(t *testing.T) {
	blue := color.NRGBA{92, 96, 188, 255}
	page := func(written color.NRGBA) *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, 1654, 1100))
		draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{246, 244, 228, 255}), image.Point{}, draw.Src)
		for y := 80; y < 1000; y += 60 {
			for x := 100; x < 1500; x += 14 {
				draw.Draw(img, image.Rect(x, y, x+5, y+24), image.NewUniform(written), image.Point{}, draw.Src)
			}
		}
		return img
	}
	stroke := image.Rect(100, 80, 105, 104)
	whole := stroke.Dx() * stroke.Dy()
	if got := inkIn(Flatten(MaxChannel(page(blue)), dpi, 0.85), stroke); got < whole {
		t.Errorf("of a stroke written in blue %d of %d pixels are left", got, whole)
	}
	sealed := page(color.NRGBA{30, 28, 30, 255})
	seal := image.Rect(1000, 650, 1330, 674) // between two lines
	draw.Draw(sealed, seal, image.NewUniform(blue), image.Point{}, draw.Src)
	if left := inkIn(Flatten(MaxChannel(sealed), dpi, 0.85), image.Rect(1010, 652, 1320, 672)); left > 0 {
		t.Errorf("%d pixels of a blue seal are left", left)
	}
}
