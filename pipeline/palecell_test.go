package pipeline

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// TestReadPaleCell: small figures in a thin grey are read; a bar is not.
func TestReadPaleCell(t *testing.T) {
	engine := ocr.NewTesseract("")
	defer engine.Close()
	for _, c := range []struct {
		text string
		grey uint8
		want string
	}{{"0.08", 150, "0.08"}, {"2", 150, "2"}, {"0.008", 170, "0.008"}, {"", 150, ""}} {
		page := image.NewGray(image.Rect(0, 0, 400, 120))
		draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
		d := font.Drawer{Dst: page, Src: image.NewUniform(color.Gray{c.grey}), Face: testFace(t, 7, 200), Dot: fixed.P(220, 66)}
		d.DrawString(c.text)
		if c.text == "" {
			draw.Draw(page, image.Rect(220, 52, 260, 66), image.NewUniform(color.Gray{c.grey}), image.Point{}, draw.Src)
		}
		p := prepared{text: page, dpi: 200, turn: imaging.Turn{W: 400, H: 120}}
		if err := engine.SetPicture(page); err != nil {
			t.Fatal(err)
		}
		lines, err := readPaleCell(engine, p, softInk(page), image.Rect(100, 20, 380, 100), 16)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range lines {
			for _, w := range l.Words {
				got += w.Text
			}
		}
		if got != c.want {
			t.Errorf("%q of grey %d: %q", c.text, c.grey, got)
		}
	}
}
