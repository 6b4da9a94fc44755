package raster

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // decoders of image.Decode
	_ "image/png"
	"math"

	"github.com/disintegration/imaging"
	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"hequan"
)

// pictureFile is a file of one picture a page.
type pictureFile struct {
	pages []func() (*Page, error)
}

func (f *pictureFile) Pages() int                { return len(f.pages) }
func (f *pictureFile) Page(i int) (*Page, error) { return f.pages[i]() }
func (f *pictureFile) Data() map[string]string   { return nil }
func (f *pictureFile) Close()                    {}

// OpenPicture opens a JPEG, PNG, WebP or BMP held in memory.
func OpenPicture(data []byte) (File, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
	}
	if err := withinPixels(config.Width, config.Height); err != nil {
		return nil, err
	}
	dpi := declaredDPI(data, format)
	return &pictureFile{pages: []func() (*Page, error){func() (*Page, error) {
		return decodePage(data, dpi)
	}}}, nil
}

func withinPixels(w, h int) error {
	switch {
	case w <= 0 || h <= 0:
		return hequan.Problemf(hequan.ProblemDamaged, "%d × %d pixels", w, h)
	case w > 60000 || h > 60000 || w*h > MaxPixels:
		return hequan.Problemf(hequan.ProblemTooLarge, "%d × %d pixels, at most %d million are read", w, h, MaxPixels/1_000_000)
	}
	return nil
}

func decodePage(data []byte, dpi float64) (*Page, error) {
	img, err := imaging.Decode(bytes.NewReader(data), imaging.AutoOrientation(true))
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
	}
	return pictureAsPage(img, dpi)
}

// pictureAsPage makes a page of a decoded picture. A declared resolution that
// gives no plausible sheet is replaced by that of a sheet 297 mm long.
func pictureAsPage(img image.Image, dpi float64) (*Page, error) {
	b := img.Bounds()
	long := float64(max(b.Dx(), b.Dy()))
	if mm := long / max(dpi, 1) * 25.4; dpi < 60 || mm < 120 || mm > 480 {
		dpi = long / 297 * 25.4
	}
	page := &Page{Source: hequan.SourceScan, ScanDPI: int(math.Round(dpi)), Channels: hasChannels(img)}
	flat := onWhite(img)
	if dpi > maxDPI+20 {
		scale := scanDPI / dpi
		flat = imaging.Resize(flat, int(float64(b.Dx())*scale), int(float64(b.Dy())*scale), imaging.Box)
		dpi = scanDPI
	}
	if dpi < minDPI && flat.Rect.Dx()*flat.Rect.Dy() > 256 {
		// The recogniser wants letters of 20 pixels and more; a coarse picture is enlarged for it.
		scale := scanDPI / dpi
		flat = imaging.Resize(flat, int(float64(flat.Rect.Dx())*scale), int(float64(flat.Rect.Dy())*scale), imaging.CatmullRom)
		dpi = scanDPI
	}
	if flat.Rect.Dx() < 16 || flat.Rect.Dy() < 16 {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "a picture of %d × %d pixels is no page", b.Dx(), b.Dy())
	}
	page.Image, page.DPI = flat, max(30, int(math.Round(dpi)))
	page.WidthMM = float64(flat.Rect.Dx()) / dpi * 25.4
	page.HeightMM = float64(flat.Rect.Dy()) / dpi * 25.4
	return page, nil
}

// Coarse says whether the picture of a page has so few dots that it is enlarged for reading.
func (p *Page) Coarse() bool { return p.ScanDPI > 0 && p.ScanDPI < minDPI }

// hasChannels says whether a decoded picture is stored with channels of colour.
func hasChannels(img image.Image) bool {
	switch img.(type) {
	case *image.Gray, *image.Gray16, *image.Paletted:
		return false
	}
	return true
}

// onWhite puts a picture, transparent or not, on white paper.
func onWhite(img image.Image) *image.NRGBA {
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return out
}

// Turn turns a page clockwise by 90, 180 or 270 degrees.
func (p *Page) Turn(degrees int) error {
	switch degrees {
	case 0:
		return nil
	case 90:
		p.Image = imaging.Rotate270(p.Image)
	case 180:
		p.Image = imaging.Rotate180(p.Image)
	case 270:
		p.Image = imaging.Rotate90(p.Image)
	default:
		return fmt.Errorf("a page cannot be turned by %d degrees", degrees)
	}
	if degrees != 180 {
		p.WidthMM, p.HeightMM = p.HeightMM, p.WidthMM
	}
	p.Rotation = (p.Rotation + degrees) % 360
	return nil
}
