package seal

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"github.com/disintegration/imaging"

	"hequan"
)

// pressing is the picture of a seal of uneven ink, turned by some degrees.
func pressing(t *testing.T, degrees float64, seed uint64) *image.NRGBA {
	t.Helper()
	img := sheet()
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	oval(img, 100, 100, 20, 20, red)
	glyphs(t, img, 100, 100, 20, "北京晴川智慧医疗科技有限公司", red)
	cut := imaging.Crop(img, image.Rect(int(px(76)), int(px(76)), int(px(124)), int(px(124))))
	r := rand.New(rand.NewPCG(seed, 1))
	blots := imaging.Blur(speckle(r, cut.Rect), 5)
	for i := 0; i < len(cut.Pix); i += 4 { // thin where the blots are
		f := min(1, max(0.2, 0.75+(float64(blots.Pix[i])-128)*0.12))
		for c := range 3 {
			cut.Pix[i+c] = 255 - uint8(float64(255-cut.Pix[i+c])*f)
		}
	}
	turned := imaging.Rotate(cut, -degrees, image.White)
	return imaging.CropCenter(turned, cut.Rect.Dx(), cut.Rect.Dy())
}

func speckle(r *rand.Rand, rect image.Rectangle) *image.NRGBA {
	img := image.NewNRGBA(rect)
	for i := 0; i < len(img.Pix); i += 4 {
		v := uint8(r.IntN(256))
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = v, v, v, 255
	}
	return img
}

// scanned pastes a pressing onto a page of print, multiplied, and saves the
// page as a scanner does.
func scanned(t *testing.T, seal *image.NRGBA, x, y int) hequan.Impression {
	t.Helper()
	img := sheet()
	for dy := range seal.Rect.Dy() {
		for dx := range seal.Rect.Dx() {
			for c := range 3 {
				at := img.PixOffset(x+dx, y+dy) + c
				img.Pix[at] = uint8(int(img.Pix[at]) * int(seal.Pix[seal.PixOffset(dx, dy)+c]) / 255)
			}
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	page, err := jpeg.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	seals, kept, _ := Find(nil, imaging.Clone(page), dpi, 1, true, nil)
	if len(seals) != 1 || len(kept) != 1 {
		t.Fatalf("%d seals", len(seals))
	}
	return kept[0]
}

func TestTwinsAreOnePicture(t *testing.T) {
	one := pressing(t, 3, 7)
	pasted := scanned(t, one, 900, 1500)
	for name, c := range map[string]struct {
		other hequan.Impression
		twin  bool
	}{
		"pasted again":          {scanned(t, one, 531, 1207), true},
		"pressed again":         {scanned(t, pressing(t, 3, 8), 531, 1207), false},
		"pressed again, turned": {scanned(t, pressing(t, 8, 7), 531, 1207), false},
	} {
		got := Twins(pasted, c.other)
		t.Logf("%s: %.3f", name, got)
		if got.Pasted() != c.twin {
			t.Errorf("%s: twins %.3f, want %v", name, got, c.twin)
		}
		if back := Twins(c.other, pasted); back.Pasted() != c.twin {
			t.Errorf("%s: %.3f one way, %.3f the other", name, got, back)
		}
	}
}
