package raster

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// cjkFont is a font with Chinese characters of this machine, a Song of usual
// weight before others; nil without one.
var cjkFont = sync.OnceValue(func() *opentype.Font {
	for _, name := range []string{"*Serif*Regular.tt[cf]", "*Regular.tt[cf]", "*.tt[cf]"} {
		for _, dir := range fontDirs {
			files, err := filepath.Glob(filepath.Join(dir, name))
			if err != nil {
				continue
			}
			for _, file := range files {
				if f := openFont(file); f != nil {
					return f
				}
			}
		}
	}
	return nil
})

// openFont opens the face for simplified Chinese of a collection, as Noto's have
// one third, else its first; nil where the file has no Chinese characters.
func openFont(file string) *opentype.Font {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		return nil
	}
	f, err := collection.Font(min(2, collection.NumFonts()-1))
	if err != nil {
		return nil
	}
	var buf sfnt.Buffer
	if at, err := f.GlyphIndex(&buf, '票'); err != nil || at == 0 {
		return nil
	}
	return f
}

var faces = map[int]font.Face{}

// drawGlyph draws a character with its baseline at x, y, size pixels tall, in a
// colour. It draws nothing where the machine has no Chinese font.
func drawGlyph(img *image.NRGBA, r rune, x, y, size float64, ink color.Color) {
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
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	d.DrawString(string(r))
}
