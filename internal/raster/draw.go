package raster

import (
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// cjkFont is a font with Chinese characters of this machine, nil without one.
var cjkFont = sync.OnceValue(func() *opentype.Font {
	for _, dir := range fontDirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.tt[cf]"))
		if err != nil {
			continue
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			collection, err := opentype.ParseCollection(data)
			if err != nil {
				continue
			}
			if f, err := collection.Font(0); err == nil {
				return f
			}
		}
	}
	return nil
})

var faces = map[int]font.Face{}

// drawGlyph draws a character with its baseline at x, y, size pixels tall. It
// draws nothing where the machine has no Chinese font.
func drawGlyph(img *image.NRGBA, r rune, x, y, size float64) {
	if cjkFont() == nil || size < 2 || size > 400 {
		return
	}
	key := int(size*4 + 0.5)
	face := faces[key]
	if face == nil {
		var err error
		if face, err = opentype.NewFace(cjkFont(), &opentype.FaceOptions{Size: float64(key) / 4, DPI: 72}); err != nil {
			return
		}
		faces[key] = face
	}
	d := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	d.DrawString(string(r))
}

// drawLine draws a line one to two pixels wide.
func drawLine(img *image.NRGBA, x0, y0, x1, y1 float64) {
	steps := max(math.Abs(x1-x0), math.Abs(y1-y0))
	if steps > 20_000 || math.IsNaN(steps) {
		return
	}
	n := max(1, int(steps))
	for i := range n + 1 {
		t := float64(i) / float64(n)
		img.Set(int(x0+(x1-x0)*t), int(y0+(y1-y0)*t), color.NRGBA{60, 40, 40, 255})
	}
}
