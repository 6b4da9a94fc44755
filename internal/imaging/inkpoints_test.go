package imaging

import (
	"image"
	"math/rand"
	"slices"
	"testing"
)

// TestInkPoints: the dark squares of pictures of all widths, looked for pixel by pixel.
func TestInkPoints(t *testing.T) {
	rnd := rand.New(rand.NewSource(7))
	for w := 1; w < 90; w++ {
		g := image.NewGray(image.Rect(0, 0, w, 10))
		for i := range g.Pix {
			g.Pix[i] = 255 - uint8(rnd.Intn(40))
			if rnd.Intn(12) == 0 {
				g.Pix[i] = uint8(90 + rnd.Intn(40))
			}
		}
		var want []point
		for y := range 3 {
			for x := range w / 3 {
				dark := uint8(255)
				for i := range 9 {
					dark = min(dark, g.GrayAt(3*x+i%3, 3*y+i/3).Y)
				}
				if dark < 110 {
					want = append(want, point{int32(x), int32(y)})
				}
			}
		}
		if got, gw, gh := inkPoints(g, 3); gw != w/3 || gh != 3 || !slices.Equal(got, want) {
			t.Fatalf("%d pixels wide: %d points, want %d", w, len(got), len(want))
		}
	}
}
