package imaging

import (
	"encoding/binary"
	"image"
	"math"
)

// Skew returns the angle in degrees by which the lines of a text plane fall to
// the right (clockwise is positive), within ±3°, found by the sharpest
// projection profile; 0 when the page has too little ink to tell.
func Skew(plane *image.Gray) float64 {
	points, w, h := inkPoints(plane, 3)
	if len(points) < 500 {
		return 0
	}
	best, at := 0.0, 0.0
	try := func(angle float64) {
		if s := sharpness(points, angle, w, h); s > best {
			best, at = s, angle
		}
	}
	for a := -3.0; a <= 3.0001; a += 0.2 {
		try(a)
	}
	for _, step := range []float64{0.05, 0.0125} {
		centre := at
		for i := -4; i <= 4; i++ {
			if i != 0 {
				try(centre + float64(i)*step)
			}
		}
	}
	if level := sharpness(points, 0, w, h); best < level*1.01 {
		return 0
	}
	return at
}

// Lying tells by how much the lines of a text plane stand out more across the
// page than down it: text has gaps between its lines, hardly any across them. 1
// where there is too little ink to tell.
func Lying(plane *image.Gray) float64 {
	points, w, h := inkPoints(plane, 3)
	if len(points) < 500 {
		return 1
	}
	across := sharpness(points, 0, w, h)
	for i, p := range points {
		points[i] = point{p.y, p.x}
	}
	return sharpness(points, 0, h, w) / max(1, across)
}

type point struct{ x, y int32 }

// inkPoints returns the dark pixels of a picture shrunk by the factor.
func inkPoints(g *image.Gray, factor int) (points []point, w, h int) {
	w, h = g.Rect.Dx()/factor, g.Rect.Dy()/factor
	for y := range h {
		for x := 0; x < w; x++ {
			for x+8 <= w && light(g, x*factor, y*factor, factor) {
				x += 8
			}
			if x == w {
				break
			}
			dark := uint8(255)
			for dy := 0; dy < factor; dy++ {
				row := g.Pix[(y*factor+dy)*g.Stride+x*factor:]
				for dx := 0; dx < factor; dx++ {
					dark = min(dark, row[dx])
				}
			}
			if dark < 110 {
				points = append(points, point{int32(x), int32(y)})
			}
		}
	}
	// A long page of dense text needs no more than this to tell its angle.
	for len(points) > 150_000 {
		half := points[:0]
		for i := 0; i < len(points); i += 2 {
			half = append(half, points[i])
		}
		points = half
	}
	return points, w, h
}

// light says whether eight squares of so many pixels in a row hold nothing darker than 128.
func light(g *image.Gray, x, y, side int) bool {
	const halves = 0x8080808080808080
	all := uint64(halves)
	for dy := range side {
		row := g.Pix[(y+dy)*g.Stride+x:][:8*side]
		for ; len(row) > 0; row = row[8:] {
			all &= binary.LittleEndian.Uint64(row)
		}
	}
	return all == halves
}

// sharpness is the sum of squared differences of neighbouring rows of the
// profile that results when the points are sheared back by angle degrees.
func sharpness(points []point, angle float64, w, h int) float64 {
	slope := math.Tan(angle * math.Pi / 180)
	shift := make([]int32, w)
	for x := range shift {
		shift[x] = int32(math.Round(float64(x-w/2)*slope)) - int32(h/8)
	}
	profile := make([]int32, h+h/4+2)
	for _, p := range points {
		if y := p.y - shift[p.x]; y >= 0 && int(y) < len(profile) {
			profile[y]++
		}
	}
	sum := 0.0
	for i := 1; i < len(profile); i++ {
		d := float64(profile[i] - profile[i-1])
		sum += d * d
	}
	return sum
}

// Turn is the rotation that levels a picture, about its centre, in a frame of
// the same size.
type Turn struct {
	Degrees float64 // by which the lines fell to the right
	W, H    int
}

// Back maps a point of the levelled picture to the picture as it was.
func (t Turn) Back(x, y float64) (float64, float64) {
	sin, cos := math.Sincos(t.Degrees * math.Pi / 180)
	cx, cy := float64(t.W)/2, float64(t.H)/2
	dx, dy := x-cx, y-cy
	return cx + dx*cos - dy*sin, cy + dx*sin + dy*cos
}

// BackBox maps a box in fractions of the levelled picture to one of the picture
// as it was: the turned middle with the same size.
func (t Turn) BackBox(b [4]float64) [4]float64 {
	if t.Degrees == 0 {
		return b
	}
	w, h := float64(t.W), float64(t.H)
	x, y := t.Back((b[0]+b[2])/2*w, (b[1]+b[3])/2*h)
	hw, hh := (b[2]-b[0])/2, (b[3]-b[1])/2
	return [4]float64{clamp(x/w - hw), clamp(y/h - hh), clamp(x/w + hw), clamp(y/h + hh)}
}

// Box maps a box in fractions of the picture as it was to one of the levelled picture.
func (t Turn) Box(b [4]float64) [4]float64 {
	t.Degrees = -t.Degrees
	return t.BackBox(b)
}

func clamp(v float64) float64 { return min(1, max(0, v)) }

// Level turns a grey picture so that its lines are level; what comes in from
// outside is white.
func (t Turn) Level(g *image.Gray) *image.Gray {
	if t.Degrees == 0 {
		return g
	}
	out := image.NewGray(image.Rect(0, 0, t.W, t.H))
	sin, cos := math.Sincos(t.Degrees * math.Pi / 180)
	const one = 1 << 32 // places are counted in parts of a pixel
	stepX, stepY := int64(cos*one), int64(sin*one)
	for y := range t.H {
		fx, fy := t.Back(0, float64(y))
		sx, sy := int64(math.Floor(fx*one)), int64(math.Floor(fy*one))
		dst := out.Pix[y*out.Stride : y*out.Stride+t.W]
		for len(dst) > 0 {
			if len(dst) >= 8 && white(g, sx, sy, sx+7*stepX, sy+7*stepY) {
				binary.LittleEndian.PutUint64(dst, math.MaxUint64)
				dst, sx, sy = dst[8:], sx+8*stepX, sy+8*stepY
				continue
			}
			n := min(8, len(dst))
			for x := range dst[:n] {
				dst[x] = bilinear(g, sx, sy)
				sx += stepX
				sy += stepY
			}
			dst = dst[n:]
		}
	}
	return out
}

// white says whether nothing but white lies where eight pixels in a row are
// taken from, between two places counted in 2⁻³² of a pixel.
func white(g *image.Gray, x, y, toX, toY int64) bool {
	x0, y0, y1 := int(min(x, toX)>>32), int(min(y, toY)>>32), int(max(y, toY)>>32)+1
	if x0 < 0 || y0 < 0 || x0+10 > g.Rect.Dx() || y1 >= g.Rect.Dy() {
		return false
	}
	all := uint64(math.MaxUint64)
	for ; y0 <= y1; y0++ {
		row := g.Pix[y0*g.Stride+x0:][:10]
		all &= binary.LittleEndian.Uint64(row) & binary.LittleEndian.Uint64(row[2:])
	}
	return all == math.MaxUint64
}

// bilinear is the grey between four pixels, at a place counted in 2⁻³² of a pixel.
func bilinear(g *image.Gray, x, y int64) uint8 {
	x0, y0 := int(x>>32), int(y>>32)
	if x0 < 0 || y0 < 0 || x0+1 >= g.Rect.Dx() || y0+1 >= g.Rect.Dy() {
		return 255
	}
	i := y0*g.Stride + x0
	above, below := g.Pix[i:i+2:i+2], g.Pix[i+g.Stride:i+g.Stride+2:i+g.Stride+2]
	a, b, c, d := int(above[0]), int(above[1]), int(below[0]), int(below[1])
	if a&b&c&d == 255 {
		return 255 // paper
	}
	fx, fy := int(x>>24&255), int(y>>24&255)
	top := a*(256-fx) + b*fx
	low := c*(256-fx) + d*fx
	return uint8((top*(256-fy) + low*fy) >> 16)
}
