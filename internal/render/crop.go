package render

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/jpeg"
	"math"

	"golang.org/x/image/draw"

	"hequan"
)

// How much of the page stands around a box, in fractions of the page, and how
// large a crop may be in pixels.
const (
	cropMarginX   = 0.03
	cropMarginY   = 0.018
	cropMinWidth  = 0.34
	cropMinHeight = 0.05
	cropMaxWidth  = 960
	cropMaxHeight = 720
	cropQuality   = 82
	framePixels   = 2
)

// frameColor is the red of the frame around what a finding speaks of.
var frameColor = color.RGBA{R: 0xd0, G: 0x22, B: 0x22, A: 0xff}

// Cutter cuts passages out of pages. It keeps the page decoded last, so that
// several crops of one page decode it once. It is not safe for concurrent use.
type Cutter struct {
	images PageImages
	pages  map[pageKey]decodedPage
}

type pageKey struct {
	sha256 string
	page   int
}

type decodedPage struct {
	img *image.RGBA
	err error
}

// keptPages bounds the decoded pages that a Cutter holds: a page of 300 dpi is 35 MB.
const keptPages = 4

// NewCutter returns a Cutter over the images.
func NewCutter(images PageImages) *Cutter {
	return &Cutter{images: images, pages: map[pageKey]decodedPage{}}
}

// Cut returns a JPEG of the box with some of the page around it and a thin red
// frame around the box itself. A zero box gives the whole page, unframed.
func (c *Cutter) Cut(sha256 string, page int, box hequan.Box) ([]byte, error) {
	img, err := c.page(sha256, page)
	if err != nil {
		return nil, err
	}
	crop := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	if box.IsZero() {
		stddraw.Draw(crop, crop.Bounds(), img, img.Bounds().Min, stddraw.Src)
	} else {
		part := pixels(around(box), img.Bounds())
		if part.Empty() {
			return nil, fmt.Errorf("box %v lies outside of page %d", box, page)
		}
		crop = image.NewRGBA(image.Rectangle{Max: part.Size()})
		stddraw.Draw(crop, crop.Bounds(), img, part.Min, stddraw.Src)
	}
	scaled, factor := shrink(crop)
	if !box.IsZero() {
		part := pixels(around(box), img.Bounds())
		inner := pixels(box, img.Bounds()).Sub(part.Min)
		frame(scaled, scaleRect(inner, factor).Inset(-2*framePixels))
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, scaled, &jpeg.Options{Quality: cropQuality}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (c *Cutter) page(sha256 string, page int) (*image.RGBA, error) {
	key := pageKey{sha256, page}
	if p, ok := c.pages[key]; ok {
		return p.img, p.err
	}
	if len(c.pages) >= keptPages {
		clear(c.pages)
	}
	img, err := decodePage(c.images, key)
	c.pages[key] = decodedPage{img, err}
	return img, err
}

func decodePage(images PageImages, key pageKey) (*image.RGBA, error) {
	if images == nil {
		return nil, fmt.Errorf("no page images")
	}
	data, err := images.PageImage(key.sha256, key.page)
	if err != nil {
		return nil, err
	}
	src, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("page %d: %w", key.page, err)
	}
	img := image.NewRGBA(image.Rectangle{Max: src.Bounds().Size()})
	stddraw.Draw(img, img.Bounds(), src, src.Bounds().Min, stddraw.Src)
	return img, nil
}

// around widens a box by the margins and to the least size of a crop, within the page.
func around(b hequan.Box) hequan.Box {
	dx := max(cropMarginX, (cropMinWidth-b.Width())/2)
	dy := max(cropMarginY, (cropMinHeight-b.Height())/2)
	return hequan.Box{max(0, b[0]-dx), max(0, b[1]-dy), min(1, b[2]+dx), min(1, b[3]+dy)}
}

// pixels converts a box to whole pixels of the page, clipped to it.
func pixels(b hequan.Box, page image.Rectangle) image.Rectangle {
	w, h := float64(page.Dx()), float64(page.Dy())
	return image.Rect(
		int(math.Floor(b[0]*w)), int(math.Floor(b[1]*h)),
		int(math.Ceil(b[2]*w)), int(math.Ceil(b[3]*h)),
	).Intersect(image.Rect(0, 0, page.Dx(), page.Dy()))
}

// shrink scales a crop down to the largest size allowed and says by how much.
func shrink(img *image.RGBA) (*image.RGBA, float64) {
	size := img.Bounds().Size()
	factor := min(1, cropMaxWidth/float64(size.X), cropMaxHeight/float64(size.Y))
	if factor == 1 {
		return img, 1
	}
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(size.X)*factor)), max(1, int(float64(size.Y)*factor))))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	return small, factor
}

func scaleRect(r image.Rectangle, f float64) image.Rectangle {
	return image.Rect(int(float64(r.Min.X)*f), int(float64(r.Min.Y)*f), int(float64(r.Max.X)*f), int(float64(r.Max.Y)*f))
}

// frame draws the outline of a rectangle, as far as it lies in the picture.
func frame(img *image.RGBA, r image.Rectangle) {
	r = r.Intersect(img.Bounds())
	red := image.NewUniform(frameColor)
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+framePixels)},
		{image.Pt(r.Min.X, r.Max.Y-framePixels), r.Max},
		{r.Min, image.Pt(r.Min.X+framePixels, r.Max.Y)},
		{image.Pt(r.Max.X-framePixels, r.Min.Y), r.Max},
	} {
		stddraw.Draw(img, side.Intersect(r), red, image.Point{}, stddraw.Src)
	}
}
