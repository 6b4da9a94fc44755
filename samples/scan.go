package samples

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/disintegration/imaging"

	"hequan"
)

// scanner is how one page became a picture.
type scanner struct {
	DPI     int
	Skew    float64       // degrees
	Quad    [4][2]float64 // corners of the sheet in the picture, fractions; zero: fills the picture
	Phone   bool          // a photo: perspective, desk around it, shadow
	Shadow  float64       // 0…1, darkness of the darkest corner
	Blur    float64       // sigma, pixels
	Noise   float64       // sigma, levels
	Quality int           // JPEG
	Tint    [3]float64    // paper colour, factors
	Grey    bool
	Bilevel bool
	Turn    int     // clockwise turn of the picture: 0 90 180 270
	Crop    float64 // fraction cut off at the foot
	Holes   bool
	Bleed   bool // the back shines through
	Clean   bool // a plain export: nothing but pixels
	Blurred bool // out of focus by a fault
	Worn    bool // folded once or twice, and not evenly white
}

// newScanner sets up an office scanner.
func newScanner(r *rand.Rand) scanner {
	return newScannerAt(r, pick(r, 150, 150, 150, 200, 200, 200, 250, 300))
}

// newScannerAt sets up an office scanner of that resolution.
func newScannerAt(r *rand.Rand, dpi int) scanner {
	s := scanner{DPI: dpi, Skew: r.NormFloat64() * 0.45, Blur: 0.25 + r.Float64()*0.3, Noise: 0.7 + r.Float64()*0.8,
		Quality: between(r, 48, 60), Tint: [3]float64{0.985, 0.98, 0.965}}
	if r.IntN(3) == 0 {
		s.Tint = [3]float64{0.97, 0.955, 0.925}
	}
	if r.IntN(4) == 0 {
		s.Skew *= 2.5
	}
	s.Skew = max(-2, min(2, s.Skew))
	if r.IntN(5) == 0 { // an old machine: soft and grainy
		s.Blur, s.Noise = s.Blur+0.35, s.Noise+1.2
	}
	s.Bleed = r.IntN(6) == 0
	s.Holes = r.IntN(10) == 0
	if r.IntN(14) == 0 {
		s.Turn = pick(r, 90, 180, 270)
	}
	if r.IntN(16) == 0 {
		s.Crop = 0.01
	}
	s.Quality -= (s.DPI - 150) / 4 // what office scanners do to keep files small
	return s
}

// newPhone sets up a hand-held camera over a desk.
func newPhone(r *rand.Rand) scanner {
	s := scanner{DPI: pick(r, 180, 200, 240), Phone: true, Shadow: 0.12 + r.Float64()*0.2, Blur: 0.4 + r.Float64()*0.5, Noise: 1.2 + r.Float64()*1.4, Quality: between(r, 55, 80),
		Tint: [3]float64{0.97, 0.945 + r.Float64()*0.02, 0.89 + r.Float64()*0.06}}
	j := func(base float64) float64 { return base + r.Float64()*0.05 - 0.025 }
	s.Quad = [4][2]float64{{j(0.055), j(0.05)}, {j(0.945), j(0.045)}, {j(0.965), j(0.955)}, {j(0.035), j(0.955)}}
	return s
}

// shoot makes the picture of a page and returns it with the function that
// carries a box of the page over to the upright picture.
func (s scanner) shoot(page image.Image, back image.Image, r *rand.Rand) (image.Image, func(hequan.Box) hequan.Box) {
	src := imaging.Clone(page)
	if s.Clean {
		return src, func(b hequan.Box) hequan.Box { return b }
	}
	if s.Bleed && back != nil {
		bleed(src, imaging.FlipH(back))
	}
	if s.Holes {
		punch(src, s.DPI)
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	quad := s.Quad
	if !s.Phone {
		quad = tilted(s.Skew, float64(w)/float64(h), r)
	}
	m := squareToQuad(quad)
	ground := color.NRGBA{R: 250, G: 250, B: 249, A: 255}
	if s.Phone {
		ground = [3]color.NRGBA{{R: 118, G: 88, B: 62, A: 255}, {R: 92, G: 96, B: 101, A: 255}, {R: 168, G: 150, B: 128, A: 255}}[r.IntN(3)]
	}
	dst := warp(src, m, ground, s.Tint, w, h)
	if s.Worn {
		wear(dst, float64(s.DPI), r)
	}
	if s.Shadow > 0 {
		shade(dst, s.Shadow, r)
	}
	if s.Blur > 0 {
		dst = imaging.Blur(dst, s.Blur)
	}
	grain(dst, s.Noise, r)
	if s.Crop > 0 {
		dst = imaging.Crop(dst, image.Rect(0, 0, w, int(float64(h)*(1-s.Crop))))
	}
	box := func(b hequan.Box) hequan.Box {
		out := hequan.Box{1, 1, 0, 0}
		for _, c := range [][2]float64{{b[0], b[1]}, {b[2], b[1]}, {b[0], b[3]}, {b[2], b[3]}} {
			x, y := m.apply(c[0], c[1])
			y /= 1 - s.Crop
			out = hequan.Box{min(out[0], x), min(out[1], y), max(out[2], x), max(out[3], y)}
		}
		for i := range out {
			out[i] = max(0, min(1, out[i]))
		}
		return out
	}
	var img image.Image = dst
	if s.Grey || s.Bilevel {
		img = grey(dst, s.Bilevel)
	}
	switch s.Turn {
	case 90:
		img = imaging.Rotate270(img)
	case 180:
		img = imaging.Rotate180(img)
	case 270:
		img = imaging.Rotate90(img)
	}
	return img, box
}

// tilted is the sheet in the scanner's frame: turned by some degrees and
// shifted by up to 0.6 %.
func tilted(degrees, aspect float64, r *rand.Rand) [4][2]float64 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	dx, dy := (r.Float64()-0.5)*0.012, (r.Float64()-0.5)*0.012
	var q [4][2]float64
	for i, c := range [4][2]float64{{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}} {
		x, y := c[0]*aspect, c[1]
		q[i] = [2]float64{(x*cos-y*sin)/aspect + .5 + dx, x*sin + y*cos + .5 + dy}
	}
	return q
}

// grey makes a grey or black-and-white copy.
func grey(img *image.NRGBA, bilevel bool) image.Image {
	out := image.NewGray(img.Rect)
	for i, j := 0, 0; j < len(out.Pix); i, j = i+4, j+1 {
		v := (299*int(img.Pix[i]) + 587*int(img.Pix[i+1]) + 114*int(img.Pix[i+2])) / 1000
		if bilevel {
			if v < 168 {
				v = 0
			} else {
				v = 255
			}
		}
		out.Pix[j] = uint8(v)
	}
	return out
}
