package seal

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"hequan"
	"hequan/internal/ocr"
)

// stampOver draws words aslant over a page as a stamp does: ink through which print shows,
// in a frame or without. Sizes and places are millimetres, the angle degrees falling to the right.
func stampOver(t *testing.T, img *image.NRGBA, text string, cx, cy, size, angle float64, c color.NRGBA, share float64, framed bool) {
	t.Helper()
	const tall = 200 // of the drawn letters
	face := boldFace(t, tall)
	runes := []rune(text)
	w, h := len(runes)*tall*11/10+100, tall+80
	drawn := image.NewGray(image.Rect(0, 0, w, h))
	d := font.Drawer{Dst: drawn, Src: image.White, Face: face}
	for i, r := range runes {
		d.Dot = fixed.P(55+i*tall*11/10, 40+tall*88/100)
		d.DrawString(string(r))
	}
	if framed {
		for y := range h {
			for x := range w {
				if min(x, y, w-1-x, h-1-y) < 16 {
					drawn.SetGray(x, y, color.Gray{Y: 255})
				}
			}
		}
	}
	scale := px(size) / tall
	sin, cos := math.Sincos(angle * math.Pi / 180)
	reach := math.Hypot(float64(w), float64(h)) * scale / 2
	for y := int(px(cy) - reach); y <= int(px(cy)+reach); y++ {
		for x := int(px(cx) - reach); x <= int(px(cx)+reach); x++ {
			dx, dy := float64(x)-px(cx), float64(y)-px(cy)
			at := image.Pt(int((dx*cos+dy*sin)/scale)+w/2, int((-dx*sin+dy*cos)/scale)+h/2)
			if !at.In(drawn.Rect) || !(image.Point{x, y}).In(img.Rect) {
				continue
			}
			ink := float64(drawn.GrayAt(at.X, at.Y).Y) / 255 * share
			was := img.NRGBAAt(x, y)
			mix := func(paper, own uint8) uint8 { return uint8(float64(paper) * (1 - ink + ink*float64(own)/255)) }
			img.SetNRGBA(x, y, color.NRGBA{mix(was.R, c.R), mix(was.G, c.G), mix(was.B, c.B), 255})
		}
	}
}

// printed is an A4 page with lines of thin strokes, as print has.
func printed() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1654, 2339))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{250, 249, 246, 255}), image.Point{}, draw.Src)
	for y := 300; y < 2000; y += 55 {
		for x := 180; x < 1450; x += 30 {
			for k, r := range []image.Rectangle{{image.Pt(0, 2), image.Pt(24, 5)}, {image.Pt(2, 12), image.Pt(22, 15)}, {image.Pt(10, 0), image.Pt(13, 26)}, {image.Pt(0, 22), image.Pt(24, 25)}} {
				if (x*7+y*3+k)%5 > 0 {
					draw.Draw(img, r.Add(image.Pt(x, y)), image.NewUniform(color.Gray{35}), image.Point{}, draw.Src)
				}
			}
		}
	}
	return img
}

func TestStampedWords(t *testing.T) {
	engine := ocr.NewTesseract("")
	defer engine.Close()
	black, grey := color.NRGBA{30, 30, 30, 255}, color.NRGBA{70, 70, 70, 255}
	for _, c := range []struct {
		name   string
		text   string
		size   float64
		angle  float64
		ink    color.NRGBA
		share  float64
		framed bool
	}{
		{"red, framed, light", "作废", 17, -14, red, 0.55, true},
		{"blue, falling", "作废", 14, 22, blue, 0.8, false},
		{"black, steep", "已作废", 15, -38, black, 0.9, false},
		{"grey over print, framed", "作废", 18, -20, grey, 0.6, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			img := printed()
			stampOver(t, img, c.text, 105, 120, c.size, c.angle, c.ink, c.share, c.framed)
			_, _, got := Find(engine, img, dpi, 1, c.ink == red || c.ink == blue, nil)
			if len(got) != 1 || got[0].Text != c.text || !got[0].Box.Contains(105/210.06, 120/297.05) || math.Abs(got[0].Angle-c.angle) > 4 {
				t.Fatalf("%+v: want %s at %v degrees", got, c.text, c.angle)
			}
		})
	}
}

// What can't be read is told, and what seals and titles look like is not.
func TestStampsUnreadAndNone(t *testing.T) {
	engine := ocr.NewTesseract("")
	defer engine.Close()
	img := sheet()
	stampOver(t, img, "囍囍囍", 100, 150, 16, -25, red, 0.8, true)
	if _, _, got := Find(engine, img, dpi, 1, true, nil); len(got) != 1 || got[0].Text != "" {
		t.Errorf("%+v: want one that could not be read", got)
	}
	clean := sheet()
	oval(clean, 150, 230, 20, 20, red)
	glyphs(t, clean, 150, 230, 20, "北京某甲科技有限公司", red)
	stampOver(t, clean, "增值税发票", 105, 20, 8, 0.5, red, 1, false)
	stampOver(t, clean, "服务结算单", 105, 40, 9, 0.5, color.NRGBA{20, 20, 20, 255}, 1, false)
	stampOver(t, clean, "现金收讫", 60, 200, 7, 4, blue, 0.8, true)
	_, _, got := Find(engine, clean, dpi, 1, true, nil)
	for _, s := range got {
		if s.Text != "收讫" {
			t.Errorf("%+v: none is stamped void", s)
		}
	}
	level := sheet()
	stampOver(t, level, "作废", 105, 150, 14, 2, red, 0.8, true)
	if _, _, got = Find(engine, level, dpi, 1, true, nil); len(got) != 1 || got[0].Text != "作废" {
		t.Fatalf("%+v: want 作废", got)
	}
	line := hequan.Line{Box: got[0].Box}
	if _, _, again := Find(engine, level, dpi, 1, true, []hequan.Line{line}); len(again) != 0 {
		t.Errorf("%+v: words of the text layer are no stamp", again)
	}
	line.Box[3] = line.Box[1] + line.Box.Height()/2 // a line of print under a stamp
	if _, _, again := Find(engine, level, dpi, 1, true, []hequan.Line{line}); len(again) != 1 {
		t.Errorf("%+v: a stamp over print is one", again)
	}
}

// TestOpenedBits: of bits the same is left as of grey levels cut at a limit.
func TestOpenedBits(t *testing.T) {
	const w, h, words = 150, 40, 3
	r := rand.New(rand.NewPCG(1, 2))
	grey, bits := make([]uint8, w*h), make([]uint64, words*h)
	for range 60 { // blots of all sizes, off the edges
		x0, y0, x1, y1 := 2+r.IntN(130), 2+r.IntN(28), 1+r.IntN(14), 1+r.IntN(8)
		for y := y0; y < y0+y1; y++ {
			for x := x0; x < x0+x1; x++ {
				grey[y*w+x] = 200
				bits[y*words+x/64] |= 1 << (x % 64)
			}
		}
	}
	want, got := opened(grey, w, h, 1), openedBits(bits, words)
	for i, v := range want {
		if x, y := i%w, i/w; (v > 100) != (got[y*words+x/64]>>(x%64)&1 == 1) {
			t.Fatalf("differs at %d, %d", x, y)
		}
	}
}
