package einvoice

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/disintegration/imaging"
	"github.com/makiuchi-d/gozxing"
	"github.com/skip2/go-qrcode"

	"hequan"
)

const payload = "01,32,,26112000000123456789,460000.00,20260703,,0A1B,"

// page is an A4 page of 200 dpi with lines of print-like marks, and the QR
// code of so many pixels at a place; 0 pixels: none.
func page(t *testing.T, size, x, y int) *image.NRGBA {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 1654, 2339))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{252, 251, 247, 255}), image.Point{}, draw.Src)
	for ty := 800; ty < 2000; ty += 40 {
		for tx := 150; tx < 1500; tx += 22 {
			draw.Draw(img, image.Rect(tx, ty, tx+3+(tx*7+ty)%13, ty+18), image.Black, image.Point{}, draw.Src)
		}
	}
	if size > 0 {
		code, err := qrcode.New(payload, qrcode.Medium)
		if err != nil {
			t.Fatal(err)
		}
		code.DisableBorder = true
		draw.Draw(img, image.Rect(x, y, x+size, y+size), code.Image(size), image.Point{}, draw.Src)
	}
	return img
}

func TestFindCodes(t *testing.T) {
	for name, c := range map[string]struct{ size, x, y int }{
		"top left, 20 mm":   {158, 90, 70},
		"top left, 14 mm":   {110, 90, 70},
		"top right":         {158, 1400, 90},
		"foot of the page":  {158, 1380, 2120},
		"large, the middle": {500, 580, 200},
	} {
		t.Run(name, func(t *testing.T) {
			codes := FindCodes(page(t, c.size, c.x, c.y), 200)
			if len(codes) != 1 || codes[0].Payload != payload || codes[0].Format != "qr" {
				t.Fatalf("codes %+v", codes)
			}
			want := hequan.Box{float64(c.x) / 1654, float64(c.y) / 2339, float64(c.x+c.size) / 1654, float64(c.y+c.size) / 2339}
			for i, v := range codes[0].Box {
				if d := v - want[i]; d > 0.02 || d < -0.02 {
					t.Errorf("box %v, want about %v", codes[0].Box, want)
					break
				}
			}
		})
	}
}

func TestNoCode(t *testing.T) {
	if codes := FindCodes(page(t, 0, 0, 0), 200); len(codes) > 0 {
		t.Errorf("codes %+v on a page without", codes)
	}
	covered := page(t, 158, 90, 70)
	draw.Draw(covered, image.Rect(85, 120, 260, 250), image.NewUniform(color.NRGBA{200, 30, 30, 255}), image.Point{}, draw.Src)
	if codes := FindCodes(covered, 200); len(codes) > 0 {
		t.Errorf("codes %+v where most of the code is covered", codes)
	}
}

// TestGrey: the brightness is the decoder's own.
func TestGrey(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		if img.Pix[i] = uint8(i * 37 >> 2); i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	want := gozxing.NewLuminanceSourceFromImage(img).GetMatrix()
	if got := grey(img); !bytes.Equal(got.Pix, want) {
		t.Error("the decoder sees another brightness")
	}
}

// TestMayHoldCode: a code that is found may be there, upright or turned a little;
// lines of text and the rims of seals are none.
func TestMayHoldCode(t *testing.T) {
	for _, size := range []int{100, 300} {
		for _, at := range []image.Point{{60, 60}, {1203, 1851}} {
			img := page(t, size, at.X, at.Y)
			if !MayHoldCode(img, 200) {
				t.Errorf("a code of %d pixels at %v is not seen", size, at)
			}
			if turned := imaging.Rotate(img, 4, color.White); !MayHoldCode(turned, 200) {
				t.Errorf("turned, a code of %d pixels at %v is not seen", size, at)
			}
			if soft := imaging.Blur(img, 2); !MayHoldCode(soft, 200) {
				t.Errorf("blurred, a code of %d pixels at %v is not seen", size, at)
			}
		}
	}
	img := page(t, 0, 0, 0)
	if MayHoldCode(img, 200) {
		t.Error("lines of text are taken for a code")
	}
	red := color.NRGBA{206, 32, 38, 255}
	for y := 900; y < 1240; y++ { // a seal over the lines
		for x := 400; x < 740; x++ {
			if d := (x-570)*(x-570) + (y-1070)*(y-1070); d < 168*168 && d > 158*158 || d < 140*140 && (x/5+y/7)%2 == 0 {
				img.SetNRGBA(x, y, red)
			}
		}
	}
	if MayHoldCode(img, 200) {
		t.Error("a seal is taken for a code")
	}
}
