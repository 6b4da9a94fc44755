package seal

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"hequan"
	"hequan/internal/ocr"
)

const dpi = 200

var (
	red  = color.NRGBA{206, 32, 38, 255}
	blue = color.NRGBA{40, 60, 190, 255}
)

func px(mm float64) float64 { return mm * dpi / 25.4 }

// sheet is an A4 page with lines of black marks.
func sheet() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1654, 2339))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{250, 249, 246, 255}), image.Point{}, draw.Src)
	for y := 300; y < 2000; y += 55 {
		for x := 180; x < 1450; x += 26 {
			draw.Draw(img, image.Rect(x, y, x+4+(x*7+y)%12, y+24), image.NewUniform(color.Gray{35}), image.Point{}, draw.Src)
		}
	}
	return img
}

// oval draws the rim of an impression, in millimetres, 1.2 mm thick.
func oval(img *image.NRGBA, cx, cy, rx, ry float64, c color.NRGBA) {
	for y := int(px(cy - ry)); y <= int(px(cy+ry)); y++ {
		for x := int(px(cx - rx)); x <= int(px(cx+rx)); x++ {
			dx, dy := (float64(x)-px(cx))/px(1), (float64(y)-px(cy))/px(1)
			outer, inner := dx*dx/(rx*rx)+dy*dy/(ry*ry), dx*dx/((rx-1.2)*(rx-1.2))+dy*dy/((ry-1.2)*(ry-1.2))
			if outer <= 1 && inner >= 1 && (image.Point{x, y}).In(img.Rect) {
				img.SetNRGBA(x, y, c)
			}
		}
	}
}

// boldFace is the face that tests draw seals and stamps in, its letters so many pixels high.
func boldFace(t *testing.T, tall float64) font.Face {
	t.Helper()
	data, err := os.ReadFile("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
	if err != nil {
		t.Skipf("no Chinese font (apt-get install fonts-noto-cjk): %v", err)
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := collection.Font(2) // Simplified Chinese
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: tall, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// glyphs draws characters around the upper arc of a ring, their feet towards
// the middle, and a star in the middle.
func glyphs(t *testing.T, img *image.NRGBA, cx, cy, r float64, text string, c color.NRGBA) {
	t.Helper()
	const tall = 120 // of the drawn letter, which is then laid into place
	face := boldFace(t, tall)
	runes := []rune(text)
	size := px(4.6)
	for i, ru := range runes {
		letter := image.NewGray(image.Rect(0, 0, tall, tall))
		d := font.Drawer{Dst: letter, Src: image.White, Face: face, Dot: fixed.P(0, tall*88/100)}
		d.DrawString(string(ru))
		angle := (-120 + 240*float64(i)/float64(len(runes)-1)) * math.Pi / 180
		sin, cos := math.Sincos(angle)
		mx, my := px(cx)+px(r-4)*sin, px(cy)-px(r-4)*cos
		for y := -int(size); y <= int(size); y++ {
			for x := -int(size); x <= int(size); x++ {
				u := (float64(x)*cos + float64(y)*sin) / (size * 0.8)
				v := (-float64(x)*sin + float64(y)*cos) / size
				if u < -0.5 || v < -0.5 || u >= 0.5 || v >= 0.5 {
					continue
				}
				if letter.GrayAt(int((u+0.5)*tall), int((v+0.5)*tall)).Y > 127 {
					img.SetNRGBA(int(mx)+x, int(my)+y, c)
				}
			}
		}
	}
	star := px(5)
	for y := -int(star); y <= int(star); y++ {
		for x := -int(star); x <= int(star); x++ {
			a := math.Atan2(float64(x), -float64(y))
			if math.Hypot(float64(x), float64(y)) < star*(0.62+0.38*math.Cos(5*a)) {
				img.SetNRGBA(int(px(cx))+x, int(px(cy))+y, c)
			}
		}
	}
}

func bar(img *image.NRGBA, x0, y0, x1, y1 float64, c color.Color) {
	draw.Draw(img, image.Rect(int(px(x0)), int(px(y0)), int(px(x1)), int(px(y1))), image.NewUniform(c), image.Point{}, draw.Src)
}

// at says whether a seal covers the place, in millimetres of an A4 page,
// within 3 mm.
func at(s hequan.Seal, x0, y0, x1, y1 float64) bool {
	want := hequan.Box{x0 / 210.06, y0 / 297.05, x1 / 210.06, y1 / 297.05}
	for i, v := range s.Box {
		if math.Abs(v-want[i]) > 3/210.06 {
			return false
		}
	}
	return true
}

func TestRoundSealIsFoundAndRead(t *testing.T) {
	engine := ocr.NewTesseract("")
	defer engine.Close()
	img := sheet()
	oval(img, 140, 220, 20, 20, red)
	glyphs(t, img, 140, 220, 20, "北京晴川智慧医疗科技有限公司", red)
	seals, _, _ := Find(engine, img, dpi, 3, true, nil)
	if len(seals) != 1 {
		t.Fatalf("seals %+v", seals)
	}
	s := seals[0]
	if s.Page != 3 || s.Shape != "round" || s.Color != "red" || s.Across || !at(s, 120, 200, 160, 240) {
		t.Errorf("seal %+v", s)
	}
	read := 0
	for _, c := range "北京晴川智慧医疗科技有限公司" {
		if strings.ContainsRune(s.Text, c) {
			read++
		}
	}
	if read < 7 {
		t.Errorf("its ring was read as %q", s.Text)
	}
}

func TestSeals(t *testing.T) {
	type want struct {
		shape, color   string
		x0, y0, x1, y1 float64
	}
	for name, c := range map[string]struct {
		draw func(img *image.NRGBA)
		want []want
	}{
		"none": {func(*image.NRGBA) {}, nil},
		"red letterhead and rules": {func(img *image.NRGBA) {
			for i := range 10 {
				x := 40 + 13*float64(i)
				bar(img, x, 30, x+10, 31.5, red)
				bar(img, x+4, 24, x+5.5, 38, red)
			}
			bar(img, 25, 45, 185, 46, red)
			bar(img, 25, 47, 185, 47.4, red)
		}, nil},
		"a red table": {func(img *image.NRGBA) {
			for i := range 5 {
				bar(img, 20, 60+20*float64(i), 190, 60.4+20*float64(i), red)
				bar(img, 20+42.4*float64(i), 60, 20.4+42.4*float64(i), 140, red)
			}
		}, nil},
		"a red area":   {func(img *image.NRGBA) { bar(img, 20, 60, 120, 160, red) }, nil},
		"a black ring": {func(img *image.NRGBA) { oval(img, 60, 200, 20, 20, color.NRGBA{20, 20, 22, 255}) }, nil},
		"two seals, one blue": {func(img *image.NRGBA) {
			oval(img, 60, 230, 20, 20, red)
			oval(img, 150, 150, 21, 21, blue)
		}, []want{{"round", "blue", 129, 129, 171, 171}, {"round", "red", 40, 210, 80, 250}}},
		"an oval": {func(img *image.NRGBA) { oval(img, 100, 200, 20, 15, red) }, []want{{"oval", "red", 80, 185, 120, 215}}},
		"a name seal": {func(img *image.NRGBA) {
			bar(img, 100, 200, 118, 201.2, red)
			bar(img, 100, 216.8, 118, 218, red)
			bar(img, 100, 200, 101.2, 218, red)
			bar(img, 116.8, 200, 118, 218, red)
			for i := range 4 {
				bar(img, 103, 203+3.6*float64(i), 115, 204.4+3.6*float64(i), red)
			}
			bar(img, 108, 203, 109.4, 215, red)
		}, []want{{"square", "red", 100, 200, 118, 218}}},
		"across the edge": {func(img *image.NRGBA) { oval(img, 208, 150, 20, 20, red) }, []want{{"partial", "red", 188, 130, 210, 170}}},
	} {
		t.Run(name, func(t *testing.T) {
			img := sheet()
			c.draw(img)
			seals, _, _ := Find(nil, img, dpi, 1, true, nil)
			if len(seals) != len(c.want) {
				t.Fatalf("seals %+v, want %d", seals, len(c.want))
			}
			for i, w := range c.want {
				s := seals[i]
				if s.Shape != w.shape || s.Color != w.color || !at(s, w.x0, w.y0, w.x1, w.y1) || s.Across != (w.shape == "partial") {
					t.Errorf("seal %+v, want %+v", s, w)
				}
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	for text, want := range map[string]string{
		"合同专用章": "contract", "发票专用章": "invoice", "财务专用章": "finance", "全国统一发票监制章国家税务总局": "supervision",
		"北京经济技术开发区市场监督管理局": "authority", "北京晴川智慧医疗科技有限公司": "", "": "",
	} {
		if got := kindOf(text); got != want {
			t.Errorf("kindOf(%q) = %q, want %q", text, got, want)
		}
	}
}
