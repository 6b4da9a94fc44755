package seal

import (
	"image"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// TestDrawnAsALibraryDraws: a character's ink is what font.Drawer puts on paper.
func TestDrawnAsALibraryDraws(t *testing.T) {
	faces := append(typefaces(), rareFaces()...)
	if len(faces) == 0 {
		t.Skip("no Chinese typefaces")
	}
	const k = drawnSize / patchSize
	drawn := 0
	for _, face := range faces {
		for _, c := range "北京望潮精密制造科技有限公司一丨灥（）A1 \u3000" {
			got := face.draw(c)
			if got == nil {
				continue
			}
			img := image.NewGray(image.Rect(0, 0, drawnSize, drawnSize))
			d := font.Drawer{Dst: img, Src: image.White, Face: face.face, Dot: fixed.P(0, drawnSize*88/100)}
			d.DrawString(string(c))
			var want patch
			for y := range patchSize {
				for x := range patchSize {
					sum := 0
					for i := range k * k {
						sum += int(img.GrayAt(x*k+i%k, y*k+i/k).Y)
					}
					want.ink[y*patchSize+x] = float32(sum) / (k * k * 255)
				}
			}
			soften(&want)
			if *got != want {
				t.Errorf("%q is drawn otherwise", c)
			}
			drawn++
		}
	}
	if drawn < 15 {
		t.Errorf("%d characters drawn", drawn)
	}
}
