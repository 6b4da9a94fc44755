package imaging

import (
	"bytes"
	"image"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"
)

// TestResizeByTurnsIsTheLibrarys: of noise, of few levels (whose sums often lie
// between two means) and of white paper, at the ratios of all resolutions.
func TestResizeByTurnsIsTheLibrarys(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, size := range [][4]int{{1654, 400, 421, 0}, {827, 301, 421, 0}, {2480, 300, 421, 0}, {2481, 351, 400, 0}, {620, 900, 9, 8}, {90, 40, 90, 40}, {33, 71, 50, 90}, {5, 5, 1, 1}, {301, 200, 77, 200}, {7, 3000, 7, 8}, {3, 3000, 2, 0}, {1000, 17, 3, 16}} {
		for _, levels := range []int{256, 2, 3, 1} {
			img := noise(r, size[0], size[1], levels)
			if levels == 3 { // print in the middle of white paper, from one pixel to another
				whiteBut(img, image.Rect(size[0]/3|1, size[1]/4, size[0]*3/4, size[1]/2+1))
			}
			want, got := imaging.Resize(img, size[2], size[3], imaging.Box), ResizeByTurns(img, size[2], size[3])
			if got.Rect != want.Rect || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%v of %d levels: another picture than the library's, %v and %v", size, levels, got.Rect, want.Rect)
			}
		}
	}
	if got := ResizeByTurns(image.NewNRGBA(image.Rect(0, 0, 0, 0)), 5, 0); !got.Rect.Empty() {
		t.Errorf("of nothing: %v", got.Rect)
	}
}
