package hequan

import "math"

// Frame maps fractions of a straightened page to fractions of the photograph
// that it was taken from: a homography, row by row. The zero value is no frame.
type Frame [9]float64

// IsZero says whether there is no frame: the page is the picture.
func (f Frame) IsZero() bool { return f == Frame{} }

// Point maps a point.
func (f Frame) Point(x, y float64) (float64, float64) {
	w := f[6]*x + f[7]*y + f[8]
	return (f[0]*x + f[1]*y + f[2]) / w, (f[3]*x + f[4]*y + f[5]) / w
}

// Box maps a box to the smallest box around its corners; a zero box stays one.
func (f Frame) Box(b Box) Box {
	if f.IsZero() || b.IsZero() {
		return b
	}
	out := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, c := range [4][2]float64{{b[0], b[1]}, {b[2], b[1]}, {b[2], b[3]}, {b[0], b[3]}} {
		x, y := f.Point(c[0], c[1])
		out = Box{min(out[0], x), min(out[1], y), max(out[2], x), max(out[3], y)}
	}
	for i := range out {
		out[i] = min(1, max(0, out[i]))
	}
	return out
}

// Turned is the frame after both the page and its photograph were turned
// clockwise by a multiple of 90 degrees.
func (f Frame) Turned(degrees int) Frame {
	if f.IsZero() {
		return f
	}
	back := map[int]Frame{90: {0, 1, 0, -1, 0, 1, 0, 0, 1}, 180: {-1, 0, 1, 0, -1, 1, 0, 0, 1}, 270: {0, -1, 1, 1, 0, 0, 0, 0, 1}}[degrees%360]
	forth := map[int]Frame{90: {0, -1, 1, 1, 0, 0, 0, 0, 1}, 180: {-1, 0, 1, 0, -1, 1, 0, 0, 1}, 270: {0, 1, 0, -1, 0, 1, 0, 0, 1}}[degrees%360]
	if degrees%360 == 0 {
		return f
	}
	return forth.times(f).times(back)
}

func (f Frame) times(g Frame) Frame {
	var out Frame
	for r := range 3 {
		for c := range 3 {
			for k := range 3 {
				out[3*r+c] += f[3*r+k] * g[3*k+c]
			}
		}
	}
	return out
}
