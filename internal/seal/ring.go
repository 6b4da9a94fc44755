package seal

import (
	"image"
	"math"

	"github.com/disintegration/imaging"
)

// ring is a found impression in pixels: an ellipse whose longer (or level)
// half axis rx is turned clockwise by angle, in radians.
type ring struct {
	cx, cy, rx, ry float64
	angle          float64
	coverage       float64
	partial        bool
	square         bool
	fragment       bool    // of a seal over the edges of several sheets
	x0, y0, x1, y1 float64 // of a fragment: where its ink stands
	color          string
}

// scaled carries a ring over to a picture of another resolution.
func (r ring) scaled(f float64) ring {
	r.cx, r.cy, r.rx, r.ry = r.cx*f, r.cy*f, r.rx*f, r.ry*f
	r.x0, r.y0, r.x1, r.y1 = r.x0*f, r.y0*f, r.x1*f, r.y1*f
	return r
}

// holds says whether a point lies in the shape or within margin of it.
func (r ring) holds(x, y, margin float64) bool {
	if r.fragment {
		return x >= r.x0-margin && x <= r.x1+margin && y >= r.y0-margin && y <= r.y1+margin
	}
	dx, dy := x-r.cx, y-r.cy
	sin, cos := math.Sincos(r.angle)
	u, v := dx*cos+dy*sin, -dx*sin+dy*cos
	if r.square {
		return math.Abs(u) <= r.rx+margin && math.Abs(v) <= r.ry+margin
	}
	u, v = u/(r.rx+margin), v/(r.ry+margin)
	return u*u+v*v <= 1
}

// extent is half the width and half the height of the upright box around the shape.
func (r ring) extent() (w, h float64) {
	sin, cos := math.Sincos(r.angle)
	if r.square {
		return math.Abs(r.rx*cos) + math.Abs(r.ry*sin), math.Abs(r.rx*sin) + math.Abs(r.ry*cos)
	}
	return math.Hypot(r.rx*cos, r.ry*sin), math.Hypot(r.rx*sin, r.ry*cos)
}

// fineMM is the number of pixels to a millimetre at which rims are measured.
const fineMM = 4.0

// refine fits an ellipse to the outer edge of a rim, as seals lie tilted and
// cameras look askew. r is in pixels of img; so is the result. Its coverage is
// the share of directions in which the rim was seen where the ellipse has it.
func refine(img *image.NRGBA, r ring, dpi int) (ring, bool) {
	perMM := float64(dpi) / 25.4
	box := image.Rect(int(r.cx-r.rx*1.3), int(r.cy-r.ry*1.3), int(r.cx+r.rx*1.3)+1, int(r.cy+r.ry*1.3)+1).Intersect(img.Rect)
	if box.Dx() < 8 || box.Dy() < 8 {
		return ring{}, false
	}
	ink := inkOf(imaging.Resize(imaging.Crop(img, box), max(8, int(float64(box.Dx())*fineMM/perMM)), 0, imaging.Box), r.color)
	f := float64(ink.w) / float64(box.Dx())
	local := r
	local.cx, local.cy = local.cx-float64(box.Min.X), local.cy-float64(box.Min.Y)
	local = local.scaled(f)
	fitted, ok := fitRim(ink, local)
	if !ok {
		return ring{}, false
	}
	fitted = fitted.scaled(1 / f)
	fitted.cx, fitted.cy = fitted.cx+float64(box.Min.X), fitted.cy+float64(box.Min.Y)
	fitted.color, fitted.partial = r.color, r.partial
	return fitted, true
}

// rimPoint is where the rim ends outwards in one direction.
type rimPoint struct{ x, y, radius float64 }

// fitRim seeks the outer edge of the rim in 120 directions around the guess
// and fits an ellipse, leaving out what lies off it.
func fitRim(ink plane, guess ring) (ring, bool) {
	const directions = 120
	level := ink.strong()
	current := guess
	for round := range 3 {
		reach := []float64{0.16, 0.09, 0.06}[round]
		var pts []rimPoint
		for i := range directions {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / directions)
			dx, dy := current.direction(cos, sin)
			length := math.Hypot(dx, dy)
			best, at := 0.0, 0.0
			for t := 1 - reach; t <= 1+reach; t += 0.35 / length {
				in := 0.0
				for k := range 3 {
					s := t - (0.5+1.2*float64(k))/length
					in += ink.sample(current.cx+dx*s, current.cy+dy*s)
				}
				out := 0.0
				for k := range 2 {
					s := t + (1.0+1.5*float64(k))/length
					out += ink.sample(current.cx+dx*s, current.cy+dy*s)
				}
				if score := in/3 - out/2; score > best {
					best, at = score, t
				}
			}
			if best > 0.25*level {
				pts = append(pts, rimPoint{current.cx + dx*at, current.cy + dy*at, at * length})
			}
		}
		next, kept, ok := fitEllipse(pts, current, []float64{2.0, 1.2, 0.8}[round]*fineMM*0.5)
		if !ok {
			return ring{}, false
		}
		if grown := next.rx * next.ry / (guess.rx * guess.ry); grown < 0.7 || grown > 1.4 || math.Hypot(next.cx-guess.cx, next.cy-guess.cy) > 0.25*guess.rx {
			return ring{}, false
		}
		next.coverage = float64(kept) / float64(next.within(ink.w, ink.h, directions))
		current = next
	}
	return current, true
}

// within counts the directions in which the rim lies inside of a picture.
func (r ring) within(w, h, directions int) int {
	n := 0
	for i := range directions {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(directions))
		dx, dy := r.direction(cos, sin)
		if x, y := r.cx+dx, r.cy+dy; x >= 0 && y >= 0 && x < float64(w) && y < float64(h) {
			n++
		}
	}
	return max(1, n)
}

// direction is the vector from the centre to the rim at a direction of the
// unit circle that the ellipse is a picture of.
func (r ring) direction(cos, sin float64) (dx, dy float64) {
	s, c := math.Sincos(r.angle)
	u, v := (cos*c+sin*s)*r.rx, (-cos*s+sin*c)*r.ry
	return u*c - v*s, u*s + v*c
}

// fitEllipse fits a conic by least squares, twice, the second time without the
// points further than off pixels from the first. A conic that is hardly longer
// than wide, or is fitted to few points, gives way to a circle (or to the
// guess's proportions).
func fitEllipse(pts []rimPoint, guess ring, off float64) (ring, int, bool) {
	current := guess
	kept := pts
	for range 3 {
		if len(kept) < 24 {
			return ring{}, 0, false
		}
		next, ok := conic(kept, current)
		if !ok || next.rx/next.ry > 2.2 || next.ry/next.rx > 2.2 {
			return ring{}, 0, false
		}
		current = next
		kept = kept[:0:0]
		for _, p := range pts {
			if math.Abs(current.distance(p.x, p.y)) <= off {
				kept = append(kept, p)
			}
		}
	}
	return current, len(kept), true
}

// distance is how far a point lies outside of the rim, about.
func (r ring) distance(x, y float64) float64 {
	dx, dy := x-r.cx, y-r.cy
	sin, cos := math.Sincos(r.angle)
	u, v := (dx*cos+dy*sin)/r.rx, (-dx*sin+dy*cos)/r.ry
	n := math.Hypot(u, v)
	if n == 0 {
		return -min(r.rx, r.ry)
	}
	return math.Hypot(dx, dy) * (1 - 1/n)
}

// conic solves for a x² + b xy + c y² + d x + e y = 1 around the guess.
func conic(pts []rimPoint, guess ring) (ring, bool) {
	scale := (guess.rx + guess.ry) / 2
	var m [5][6]float64
	for _, p := range pts {
		x, y := (p.x-guess.cx)/scale, (p.y-guess.cy)/scale
		row := [5]float64{x * x, x * y, y * y, x, y}
		for i := range 5 {
			for j := range 5 {
				m[i][j] += row[i] * row[j]
			}
			m[i][5] += row[i]
		}
	}
	v, ok := solve5(m)
	if !ok {
		return ring{}, false
	}
	a, b, c, d, e := v[0], v[1], v[2], v[3], v[4]
	det := 4*a*c - b*b
	if det <= 1e-9 {
		return ring{}, false
	}
	x0, y0 := (b*e-2*c*d)/det, (b*d-2*a*e)/det
	f := 1 + a*x0*x0 + b*x0*y0 + c*y0*y0
	if f <= 0 {
		return ring{}, false
	}
	// Half axes from the eigenvalues of the quadratic form.
	mean, diff := (a+c)/2, math.Hypot((a-c)/2, b/2)
	if mean-diff <= 1e-9 {
		return ring{}, false
	}
	long, short := math.Sqrt(f/(mean-diff)), math.Sqrt(f/(mean+diff))
	angle := math.Atan2(b, a-c)/2 + math.Pi/2 // of the longer axis
	for angle > math.Pi/4 {
		angle -= math.Pi / 2
		long, short = short, long
	}
	for angle <= -math.Pi/4 {
		angle += math.Pi / 2
		long, short = short, long
	}
	return ring{cx: guess.cx + x0*scale, cy: guess.cy + y0*scale, rx: long * scale, ry: short * scale, angle: angle}, true
}

// solve5 solves five linear equations by elimination with pivots.
func solve5(m [5][6]float64) ([5]float64, bool) {
	for i := range 5 {
		p := i
		for j := i + 1; j < 5; j++ {
			if math.Abs(m[j][i]) > math.Abs(m[p][i]) {
				p = j
			}
		}
		m[i], m[p] = m[p], m[i]
		if math.Abs(m[i][i]) < 1e-12 {
			return [5]float64{}, false
		}
		for j := range 5 {
			if j == i {
				continue
			}
			f := m[j][i] / m[i][i]
			for k := i; k < 6; k++ {
				m[j][k] -= f * m[i][k]
			}
		}
	}
	var out [5]float64
	for i := range 5 {
		out[i] = m[i][5] / m[i][i]
	}
	return out, true
}
