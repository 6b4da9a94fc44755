package imaging

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"
)

// TestResizeIsTheFilterBox: but for the rounding, which the library does twice.
func TestResizeIsTheFilterBox(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][4]int{{1654, 2339, 422, 0}, {620, 900, 9, 8}, {90, 40, 90, 40}, {33, 71, 50, 90}, {5, 5, 1, 1}, {301, 200, 77, 200}, {7, 3000, 7, 8}} {
		img := image.NewNRGBA(image.Rect(0, 0, size[0], size[1]))
		for i := range img.Pix {
			if img.Pix[i] = uint8(r.IntN(256)); i%4 == 3 {
				img.Pix[i] = 255
			}
		}
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
