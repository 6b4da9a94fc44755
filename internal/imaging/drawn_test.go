package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
)

// dpi is the resolution of the drawn pages.
const dpi = 200

// paper is a white grey picture of so many millimetres.
func paper(w, h float64) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, mm(w, dpi), mm(h, dpi)))
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	return g
}

func fill(g draw.Image, x0, y0, x1, y1 int, v uint8) {
	draw.Draw(g, image.Rect(x0, y0, x1, y1), image.NewUniform(color.Gray{v}), image.Point{}, draw.Src)
}

// letters fills a region with lines of letter-like strokes: boxes 2 mm high
// that are mostly ink at their foot and head, 5 mm from line to line.
func letters(g draw.Image, r image.Rectangle, ink uint8) {
	rng := rand.New(rand.NewPCG(1, 2))
	high, step, wide := mm(2.4, dpi), mm(5, dpi), mm(2.2, dpi)
	for y := r.Min.Y; y+high <= r.Max.Y; y += step {
		for x := r.Min.X; x+wide <= r.Max.X; x += wide + 4 {
			fill(g, x, y, x+wide, y+3, ink)
			fill(g, x, y+high-3, x+wide, y+high, ink)
			at := x + rng.IntN(wide-3)
			fill(g, at, y, at+3, y+high, ink)
		}
	}
}

// turned is the picture turned clockwise about its middle, in the same frame.
func turned(g *image.Gray, degrees float64) *image.Gray {
	out := image.NewGray(g.Rect)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(g.Rect.Dx())/2, float64(g.Rect.Dy())/2
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			dx, dy := float64(x)-cx, float64(y)-cy
			out.Pix[y*out.Stride+x] = bilinear(g, int64((cx+dx*cos+dy*sin)*(1<<32)), int64((cy-dx*sin+dy*cos)*(1<<32)))
		}
	}
	return out
}

// inkIn counts the dark pixels of a region.
func inkIn(g *image.Gray, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if g.Pix[y*g.Stride+x] < 128 {
				n++
			}
		}
	}
	return n
}
