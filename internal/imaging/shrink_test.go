package imaging

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"
)

// noise is a picture of random pixels of so many levels, opaque.
func noise(r *rand.Rand, w, h, levels int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		if img.Pix[i] = uint8(255 - r.IntN(levels)*(255/max(1, levels-1))); i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

// TestResizeIsTheFilterBox: but for the rounding, which the library does twice.
func TestResizeIsTheFilterBox(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][4]int{{1654, 2339, 422, 0}, {620, 900, 9, 8}, {90, 40, 90, 40}, {33, 71, 50, 90}, {5, 5, 1, 1}, {301, 200, 77, 200}, {7, 3000, 7, 8}} {
		img := noise(r, size[0], size[1], 256)
		want, got := imaging.Resize(img, size[2], size[3], imaging.Box), Resize(img, size[2], size[3])
		if got.Rect != want.Rect {
			t.Fatalf("%v: %v, want %v", size, got.Rect, want.Rect)
		}
		most := 1
		if size[1] == 3000 {
			most = 6 // in two steps, the second of which takes whole rows of the first
		}
		for i := range got.Pix {
			if d := int(got.Pix[i]) - int(want.Pix[i]); d > most || d < -most {
				t.Fatalf("%v: byte %d is %d, of the filter %d", size, i, got.Pix[i], want.Pix[i])
			}
		}
	}
	if got := Resize(image.NewNRGBA(image.Rect(0, 0, 0, 0)), 5, 5); !got.Rect.Empty() {
		t.Errorf("of nothing: %v", got.Rect)
	}
}

// TestResizeOfWhitePaper: where there is print and where there is none the
// same means are made.
func TestResizeOfWhitePaper(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, size := range [][4]int{{165, 233, 124, 175}, {164, 90, 42, 23}, {33, 71, 5, 9}, {5, 5, 3, 2}} {
		for range 20 {
			img := image.NewNRGBA(image.Rect(0, 0, size[0], size[1]))
			for i := range img.Pix {
				if img.Pix[i] = uint8(r.IntN(256)); i%4 == 3 {
					img.Pix[i] = 255
				}
			}
			x, y := r.IntN(size[0]), r.IntN(size[1])
			whiteBut(img, image.Rect(x, y, x+r.IntN(size[0]-x+1), y+r.IntN(size[1]-y+1)))
			got := Resize(img, size[2], size[3])
			for y, rows := range stretches(size[1], size[3]) {
				for x, columns := range stretches(size[0], size[2]) {
					n, sum := 0, [3]int{}
					for v := rows[0]; v < rows[1]; v++ {
						for u := columns[0]; u < columns[1]; u++ {
							n++
							for c := range sum {
								sum[c] += int(img.Pix[img.PixOffset(u, v)+c])
							}
						}
					}
					at := got.Pix[got.PixOffset(x, y):]
					for c := range sum {
						if want := uint8((sum[c] + n/2) / n); at[c] != want || at[3] != 255 {
							t.Fatalf("%v at %d, %d: %v, want %d in channel %d", size, x, y, at[:4], want, c)
						}
					}
				}
			}
		}
	}
}

// whiteBut makes all but a part of a picture white.
func whiteBut(img *image.NRGBA, but image.Rectangle) {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if !(image.Point{X: x, Y: y}).In(but) {
				copy(img.Pix[img.PixOffset(x, y):], []uint8{255, 255, 255, 255})
			}
		}
	}
}

// TestLumaOfWhitePaper compares with the weighted sum, pixel by pixel.
func TestLumaOfWhitePaper(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for w := range 12 {
		img := image.NewNRGBA(image.Rect(0, 0, w, 6))
		for i := range img.Pix {
			img.Pix[i] = uint8(r.IntN(256))
		}
		whiteBut(img, image.Rect(r.IntN(w+1), 1, w-r.IntN(w+1), 5))
		got := Luma(img)
		for y := range 6 {
			for x := range w {
				p := img.Pix[img.PixOffset(x, y):]
				if want := uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000); got.GrayAt(x, y).Y != want {
					t.Errorf("%d wide, at %d, %d: %d, want %d", w, x, y, got.GrayAt(x, y).Y, want)
				}
			}
		}
	}
}
