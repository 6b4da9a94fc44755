package lines

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"

	"github.com/disintegration/imaging"

	plane "hequan/internal/imaging"
)

// scan makes the picture of a sheet as an office scanner or a telephone would,
// turned by degrees.
func (sh *sheet) scan(r *rand.Rand, degrees float64) (*image.NRGBA, error) {
	img := resample(sh.img, degrees, r.Float64()-0.5, r.Float64()-0.5)
	blur, noise, quality := 0.2+r.Float64()*0.45, 0.5+r.Float64()*1.6, between(r, 38, 92)
	phone := chance(r, 0.1)
	if phone {
		blur, noise = 0.4+r.Float64()*0.6, 1.5+r.Float64()*2.5
		shade(img, 0.1+r.Float64()*0.25, r)
	}
	img = imaging.Blur(img, blur*math.Max(1, float64(sh.dpi)/200))
	grain(img, noise, r)
	switch n := r.IntN(20); {
	case sh.sealed && n > 0:
		// A seal on a grey copy is as dark as print: rarely, or nothing could be read.
	case n < 1:
		bilevel(img, uint8(between(r, 140, 190)))
	case n < 4:
		grey(img)
	}
	var b bytes.Buffer
	opaque := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect} // the same bytes; the encoder has a short way for it
	if err := jpeg.Encode(&b, opaque, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	back, err := jpeg.Decode(&b)
	if err != nil {
		return nil, err
	}
	return imaging.Clone(back), nil
}

// read takes a scan the way of the reader: text plane, levelling, rules
// erased. degrees is what the reader takes the tilt for.
func read(img *image.NRGBA, dpi int, degrees float64) *image.Gray {
	text := plane.Turn{Degrees: degrees, W: img.Rect.Dx(), H: img.Rect.Dy()}.Level(plane.Flatten(plane.MaxChannel(img), dpi, 0.84))
	level, upright := plane.Rules(text, dpi, 165)
	plane.Erase(text, level, dpi)
	plane.Erase(text, upright, dpi)
	return text
}

// resample turns a picture around its middle and shifts it, bilinear; what
// comes in from outside repeats the edge.
func resample(src *image.NRGBA, degrees, dx, dy float64) *image.NRGBA {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewNRGBA(src.Rect)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(w)/2, float64(h)/2
	for y := range h {
		for x := range w {
			ux, uy := float64(x)-cx, float64(y)-cy
			sx := min(max(cx+ux*cos+uy*sin+dx, 0), float64(w)-1.001)
			sy := min(max(cy-ux*sin+uy*cos+dy, 0), float64(h)-1.001)
			x0, y0 := int(sx), int(sy)
			fx, fy := int((sx-float64(x0))*256), int((sy-float64(y0))*256)
			i, o := y0*src.Stride+4*x0, y*dst.Stride+4*x
			for c := range 3 {
				top := int(src.Pix[i+c])*(256-fx) + int(src.Pix[i+4+c])*fx
				low := int(src.Pix[i+src.Stride+c])*(256-fx) + int(src.Pix[i+src.Stride+4+c])*fx
				dst.Pix[o+c] = uint8((top*(256-fy) + low*fy) >> 16)
			}
			dst.Pix[o+3] = 255
		}
	}
	return dst
}

// shade darkens towards one side.
func shade(img *image.NRGBA, depth float64, r *rand.Rand) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	gx, gy := r.Float64()*2-1, r.Float64()*2-1
	for y := range h {
		for x := range w {
			f := 1 - depth*(0.5+0.25*(gx*(2*float64(x)/float64(w)-1)+gy*(2*float64(y)/float64(h)-1)))
			p := img.Pix[y*img.Stride+4*x:]
			p[0], p[1], p[2] = uint8(float64(p[0])*f), uint8(float64(p[1])*f), uint8(float64(p[2])*f)
		}
	}
}

// grain adds noise, the same in all channels.
func grain(img *image.NRGBA, sigma float64, r *rand.Rand) {
	var table [1024]int
	for i := range table {
		table[i] = int(math.Round(r.NormFloat64() * sigma))
	}
	state := r.Uint64() | 1
	for i := 0; i < len(img.Pix); i += 4 {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		n := table[state&1023]
		for c := range 3 {
			img.Pix[i+c] = uint8(min(255, max(0, int(img.Pix[i+c])+n)))
		}
	}
}

func luma(p []uint8) uint8 { return uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000) }

func grey(img *image.NRGBA) {
	for i := 0; i < len(img.Pix); i += 4 {
		v := luma(img.Pix[i : i+3])
		img.Pix[i], img.Pix[i+1], img.Pix[i+2] = v, v, v
	}
}

// bilevel makes a black-and-white copy.
func bilevel(img *image.NRGBA, threshold uint8) {
	grey(img)
	for i := 0; i < len(img.Pix); i += 4 {
		c := color.NRGBA{255, 255, 255, 255}
		if img.Pix[i] < threshold {
			c = color.NRGBA{0, 0, 0, 255}
		}
		img.Pix[i], img.Pix[i+1], img.Pix[i+2] = c.R, c.G, c.B
	}
}
