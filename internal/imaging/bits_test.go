package imaging

import (
	"image"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// speckled is a picture of random grey values, most of them light, some in streaks.
func speckled(r *rand.Rand, w, h int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = uint8(120 + r.IntN(136))
	}
	for range 6 {
		x, y, n := r.IntN(w), r.IntN(h), r.IntN(w)
		for i := x; i < min(w, x+n); i++ {
			g.Pix[y*g.Stride+i] = uint8(r.IntN(150))
		}
	}
	return g
}

func TestBitmap(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 80 {
		w, h := 1+rnd.IntN(200), 1+rnd.IntN(150)
		g := speckled(rnd, w, h)
		threshold := uint8(rnd.IntN(256))
		at := image.Rect(rnd.IntN(w), rnd.IntN(h), rnd.IntN(w)+1, rnd.IntN(h)+1)
		b := darker(g, at, threshold)
		dark := func(x, y int) bool { return g.GrayAt(at.Min.X+x, at.Min.Y+y).Y < threshold }
		var runs, wantRuns [][3]int
		for y := range at.Dy() {
			b.runs(y, func(from, to int) { runs = append(runs, [3]int{y, from, to}) })
			for x := 0; x < at.Dx(); x++ {
				from := x
				for x < at.Dx() && dark(x, y) {
					x++
				}
				if x > from {
					wantRuns = append(wantRuns, [3]int{y, from, x})
				}
			}
		}
		if !reflect.DeepEqual(runs, wantRuns) {
			t.Fatalf("%v below %d: runs %v, want %v", at, threshold, runs, wantRuns)
		}
		turned := b.transposed()
		for y := range at.Dy() {
			for x := range at.Dx() {
				if got := turned.bits[x*turned.row+y/64]>>(y%64)&1 == 1; got != dark(x, y) {
					t.Fatalf("transposed: %d, %d is %v", x, y, got)
				}
			}
		}
		part := image.Rect(rnd.IntN(at.Dx()+1), rnd.IntN(at.Dy()+1), rnd.IntN(at.Dx()+1), rnd.IntN(at.Dy()+1))
		rows, columns := b.rowsInked(part), b.columnsInked(part)
		for y := part.Min.Y; y < part.Max.Y; y++ {
			n := 0
			for x := part.Min.X; x < part.Max.X; x++ {
				if dark(x, y) {
					n++
				}
			}
			if rows[y-part.Min.Y] != (n > 1) {
				t.Fatalf("row %d of %v has %d", y, part, n)
			}
		}
		for x := part.Min.X; x < part.Max.X; x++ {
			n := 0
			for y := part.Min.Y; y < part.Max.Y; y++ {
				if dark(x, y) {
					n++
				}
			}
			if columns[x-part.Min.X] != (n > 1) {
				t.Fatalf("column %d of %v has %d", x, part, n)
			}
		}
	}
}

// TestFlattenPassesOverPaper: what is taken for paper at a glance is what the
// formula makes white.
func TestFlattenPassesOverPaper(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	g := speckled(rnd, 300, 260)
	tile := 32
	bg, ink, cols, rows := levels(g, tile)
	out := Flatten(&image.Gray{Pix: slices.Clone(g.Pix), Stride: g.Stride, Rect: g.Rect}, 100, 0.84)
	for y := range 260 {
		fy := (float64(y)+0.5)/float64(tile) - 0.5
		y0 := min(max(int(fy), 0), rows-1)
		y1, ty := min(y0+1, rows-1), min(max(fy-float64(y0), 0), 1)
		for x := range 300 {
			fx := (float64(x)+0.5)/float64(tile) - 0.5
			x0 := min(max(int(fx), 0), cols-1)
			x1, tx := min(x0+1, cols-1), min(max(fx-float64(x0), 0), 1)
			at := func(v []float64) float64 {
				a, b := v[y0*cols+x0]*(1-ty)+v[y1*cols+x0]*ty, v[y0*cols+x1]*(1-ty)+v[y1*cols+x1]*ty
				return a + (b-a)*tx
			}
			stroke := at(ink)
			want := uint8(min(255, max(0, (float64(g.GrayAt(x, y).Y)/at(bg)-stroke)/(0.84-stroke)*255)))
			if g.GrayAt(x, y).Y == 255 {
				want = 255
			}
			if got := out.GrayAt(x, y).Y; got != want {
				t.Fatalf("%d, %d: %d, want %d", x, y, got, want)
			}
		}
	}
}

// TestLevelPassesOverPaper: pixel by pixel it gives the same.
func TestLevelPassesOverPaper(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	g := image.NewGray(image.Rect(0, 0, 403, 300))
	for i := range g.Pix {
		if g.Pix[i] = 255; rnd.IntN(40) == 0 {
			g.Pix[i] = uint8(rnd.IntN(255))
		}
	}
	for _, degrees := range []float64{-2.7, -0.1, 0.6, 3} {
		turn := Turn{Degrees: degrees, W: 403, H: 300}
		got := turn.Level(g)
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		for y := range 300 {
			fx, fy := turn.Back(0, float64(y))
			for x := range 403 {
				want := bilinear(g, int64(math.Floor(fx*(1<<32)))+int64(x)*int64(cos*(1<<32)), int64(math.Floor(fy*(1<<32)))+int64(x)*int64(sin*(1<<32)))
				if got.GrayAt(x, y).Y != want {
					t.Fatalf("at %v degrees %d, %d is %d, want %d", degrees, x, y, got.GrayAt(x, y).Y, want)
				}
			}
		}
	}
}

func TestLying(t *testing.T) {
	page := paper(210, 297)
	letters(page, image.Rect(mm(30, dpi), mm(40, dpi), mm(180, dpi), mm(200, dpi)), 0)
	side := image.NewGray(image.Rect(0, 0, page.Rect.Dy(), page.Rect.Dx()))
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			side.Pix[x*side.Stride+y] = page.Pix[y*page.Stride+x]
		}
	}
	if upright, lying, blank := Lying(page), Lying(side), Lying(paper(210, 297)); upright > 0.8 || lying < 1.25 || blank != 1 {
		t.Errorf("upright %v, on its side %v, blank %v", upright, lying, blank)
	}
}
