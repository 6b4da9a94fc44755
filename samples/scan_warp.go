package samples

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
)

// projective is a 3 × 3 matrix, row by row.
type projective [9]float64

// squareToQuad maps the unit square onto a quadrangle given clockwise from
// its top left corner.
func squareToQuad(q [4][2]float64) projective {
	sx := q[0][0] - q[1][0] + q[2][0] - q[3][0]
	sy := q[0][1] - q[1][1] + q[2][1] - q[3][1]
	dx1, dy1 := q[1][0]-q[2][0], q[1][1]-q[2][1]
	dx2, dy2 := q[3][0]-q[2][0], q[3][1]-q[2][1]
	det := dx1*dy2 - dx2*dy1
	g := (sx*dy2 - dx2*sy) / det
	h := (dx1*sy - sx*dy1) / det
	return projective{
		q[1][0] - q[0][0] + g*q[1][0], q[3][0] - q[0][0] + h*q[3][0], q[0][0],
		q[1][1] - q[0][1] + g*q[1][1], q[3][1] - q[0][1] + h*q[3][1], q[0][1],
		g, h, 1,
	}
}

func (m projective) apply(x, y float64) (float64, float64) {
	w := m[6]*x + m[7]*y + m[8]
	return (m[0]*x + m[1]*y + m[2]) / w, (m[3]*x + m[4]*y + m[5]) / w
}

func (m projective) inverse() projective {
	a, b, c, d, e, f, g, h, i := m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]
	det := a*(e*i-f*h) - b*(d*i-f*g) + c*(d*h-e*g)
	return projective{(e*i - f*h) / det, (c*h - b*i) / det, (b*f - c*e) / det, (f*g - d*i) / det, (a*i - c*g) / det, (c*d - a*f) / det, (d*h - e*g) / det, (b*g - a*h) / det, (a*e - b*d) / det}
}

// warp draws the sheet through the map, bilinear, on a ground.
func warp(src *image.NRGBA, m projective, ground color.NRGBA, tint [3]float64, w, h int) *image.NRGBA {
	inv := m.inverse()
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	sw, sh := src.Rect.Dx(), src.Rect.Dy()
	bg := [3]uint8{ground.R, ground.G, ground.B}
	for y := range h {
		o := y * dst.Stride
		fy := (float64(y) + .5) / float64(h)
		for x := range w {
			u, v := inv.apply((float64(x)+.5)/float64(w), fy)
			px, py := u*float64(sw)-.5, v*float64(sh)-.5
			x0, y0 := int(math.Floor(px)), int(math.Floor(py))
			p := dst.Pix[o : o+4 : o+4]
			o += 4
			p[3] = 255
			if x0 < 0 || y0 < 0 || x0 >= sw-1 || y0 >= sh-1 {
				p[0], p[1], p[2] = bg[0], bg[1], bg[2]
				continue
			}
			ax, ay := px-float64(x0), py-float64(y0)
			i := y0*src.Stride + x0*4
			for c := range 3 {
				top := float64(src.Pix[i+c])*(1-ax) + float64(src.Pix[i+4+c])*ax
				low := float64(src.Pix[i+src.Stride+c])*(1-ax) + float64(src.Pix[i+src.Stride+4+c])*ax
				p[c] = uint8((top*(1-ay) + low*ay) * tint[c])
			}
		}
	}
	return dst
}

// shade darkens the picture towards one corner and along a soft band.
func shade(img *image.NRGBA, depth float64, r *rand.Rand) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	cx, cy := float64(r.IntN(2)), float64(r.IntN(2))
	for y := range h {
		for x := range w {
			dx, dy := float64(x)/float64(w)-cx, float64(y)/float64(h)-cy
			f := 1 - depth*math.Exp(-(dx*dx+dy*dy)*1.6)
			i := y*img.Stride + x*4
			for c := range 3 {
				img.Pix[i+c] = uint8(float64(img.Pix[i+c]) * f)
			}
		}
	}
}

// wear gives a sheet the marks of use: clouds of a few levels, and one or two
// folds, each a thin crease between a lighter and a darker side.
func wear(img *image.NRGBA, dpi float64, r *rand.Rand) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	const across, down = 7, 9
	var clouds [down + 1][across + 1]float64
	for y := range clouds {
		for x := range clouds[y] {
			clouds[y][x] = r.NormFloat64() * 2.2
		}
	}
	type fold struct {
		upright            bool
		at, slope          float64 // fraction of the other side; pixels a pixel
		depth, width, side float64 // levels, pixels, levels
	}
	var folds []fold
	for range 1 + r.IntN(2) {
		folds = append(folds, fold{upright: r.IntN(4) == 0, at: pick(r, 0.33, 0.5, 0.5, 0.67) + r.NormFloat64()*0.01, slope: r.NormFloat64() * 0.003,
			depth: 5 + r.Float64()*16, width: (0.7 + r.Float64()*0.6) * dpi / 150, side: r.NormFloat64() * 4})
	}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			fx, fy := float64(x)/w*across, float64(y)/h*down
			i, j := min(int(fx), across-1), min(int(fy), down-1)
			u, v := fx-float64(i), fy-float64(j)
			d := clouds[j][i]*(1-u)*(1-v) + clouds[j][i+1]*u*(1-v) + clouds[j+1][i]*(1-u)*v + clouds[j+1][i+1]*u*v
			for _, f := range folds {
				off := float64(y) - f.at*h - f.slope*float64(x)
				if f.upright {
					off = float64(x) - f.at*w - f.slope*float64(y)
				}
				d -= f.depth * math.Exp(-off*off/(2*f.width*f.width))
				d += f.side * math.Copysign(math.Exp(-math.Abs(off)/(dpi*0.35)), off)
			}
			k := y*img.Stride + x*4
			for c := range 3 {
				img.Pix[k+c] = level(int(img.Pix[k+c]) + int(math.Round(d)))
			}
		}
	}
}

// grain adds noise, the same in all channels but for a little.
func grain(img *image.NRGBA, sigma float64, r *rand.Rand) {
	var table [4096]int8
	for i := range table {
		table[i] = int8(max(-60, min(60, r.NormFloat64()*sigma)))
	}
	state := r.Uint64() | 1
	for i := 0; i < len(img.Pix); i += 4 {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		n := int(table[state&4095])
		k := int(table[(state>>12)&4095]) / 3
		img.Pix[i] = level(int(img.Pix[i]) + n + k)
		img.Pix[i+1] = level(int(img.Pix[i+1]) + n)
		img.Pix[i+2] = level(int(img.Pix[i+2]) + n - k)
	}
}

func level(v int) uint8 { return uint8(max(0, min(255, v))) }

// bleed lets the back of the sheet shine through.
func bleed(img, back *image.NRGBA) {
	w, h := min(img.Rect.Dx(), back.Rect.Dx()), min(img.Rect.Dy(), back.Rect.Dy())
	for y := range h {
		for x := range w {
			i, j := y*img.Stride+x*4, y*back.Stride+x*4
			for c := range 3 {
				img.Pix[i+c] = level(int(img.Pix[i+c]) - (255-int(back.Pix[j+c]))*7/100)
			}
		}
	}
}

// punch makes two filing holes at the left edge, 80 mm apart.
func punch(img *image.NRGBA, dpi int) {
	mm := float64(dpi) / 25.4
	cx, rad := 11*mm, 3*mm
	mid := float64(img.Rect.Dy()) / 2
	for _, cy := range []float64{mid - 40*mm, mid + 40*mm} {
		for y := int(cy - rad); y <= int(cy+rad); y++ {
			for x := int(cx - rad); x <= int(cx+rad); x++ {
				if math.Hypot(float64(x)-cx, float64(y)-cy) > rad || y < 0 || y >= img.Rect.Dy() {
					continue
				}
				i := y*img.Stride + x*4
				img.Pix[i], img.Pix[i+1], img.Pix[i+2] = 96, 94, 92
			}
		}
	}
}
