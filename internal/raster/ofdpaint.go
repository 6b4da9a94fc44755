package raster

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"golang.org/x/image/vector"
)

// affine maps x, y to a·x + c·y + e, b·x + d·y + f (a b c d e f, as CTM writes it).
type affine [6]float64

var identity = affine{1, 0, 0, 1, 0, 0}

func (m affine) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// after returns the map that applies n first, then m.
func (m affine) after(n affine) affine {
	return affine{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// ofdStyle is what a drawing parameter (GB/T 33190-2016, 8.2) says, or an object itself.
type ofdStyle struct {
	fill, stroke color.NRGBA
	width        float64 // of strokes, mm
}

var plainStyle = ofdStyle{fill: color.NRGBA{0, 0, 0, 255}, stroke: color.NRGBA{0, 0, 0, 255}, width: 0.353}

// with overlays what a node states itself.
func (s ofdStyle) with(o *node) ofdStyle {
	for i := range o.Nodes {
		switch c := &o.Nodes[i]; c.XMLName.Local {
		case "FillColor":
			s.fill = ofdColor(c, s.fill)
		case "StrokeColor":
			s.stroke = ofdColor(c, s.stroke)
		}
	}
	if w := numbers(o.attr("LineWidth")); len(w) == 1 && w[0] > 0 {
		s.width = w[0]
	}
	if a := numbers(o.attr("Alpha")); len(a) == 1 && a[0] >= 0 && a[0] <= 255 && o.XMLName.Local != "DrawParam" {
		s.fill.A, s.stroke.A = uint8(a[0]), uint8(a[0])
	}
	return s
}

// ofdColor reads a colour of one (grey), three (RGB) or four (CMYK) channels. Of
// a shading the first colour is taken; a pattern is a faint grey that hides nothing.
func ofdColor(o *node, was color.NRGBA) color.NRGBA {
	for i := range o.Nodes {
		switch c := &o.Nodes[i]; c.XMLName.Local {
		case "Pattern":
			return color.NRGBA{200, 200, 200, 60}
		case "AxialShd", "RadialShd", "GouraudShd", "LaGouraudShd":
			if first := c.all("Color"); len(first) > 0 {
				return ofdColor(first[0], was)
			}
			return was
		}
	}
	v := numbers(o.attr("Value"))
	for _, one := range v {
		if one < 0 || one > 255 {
			return was
		}
	}
	switch len(v) {
	case 1:
		return color.NRGBA{uint8(v[0]), uint8(v[0]), uint8(v[0]), 255}
	case 3:
		return color.NRGBA{uint8(v[0]), uint8(v[1]), uint8(v[2]), 255}
	case 4:
		r, g, b := color.CMYKToRGB(uint8(v[0]), uint8(v[1]), uint8(v[2]), uint8(v[3]))
		return color.NRGBA{r, g, b, 255}
	}
	return was
}

// maxPainted is how many pixels the paths of one page may cover in all; what
// is beyond is left out of the picture, never of the text.
const maxPainted = 200_000_000

// path fills and strokes a path.
func (pen *ofdPen) path(o *node, style ofdStyle) {
	at := pen.place(o)
	var lines [][][2]float64
	for _, line := range polylines(strings.Fields(o.text("AbbreviatedData"))) {
		for i, p := range line {
			x, y := at.apply(p[0], p[1])
			line[i] = [2]float64{x * pen.scale, y * pen.scale}
		}
		lines = append(lines, line)
	}
	if strings.EqualFold(o.attr("Fill"), "true") {
		pen.paint(lines, style.fill)
	}
	if !strings.EqualFold(o.attr("Stroke"), "false") {
		wide := max(1, style.width*pen.scale*math.Sqrt(math.Abs(at[0]*at[3]-at[1]*at[2])))
		var strokes [][][2]float64
		for _, line := range lines {
			for i := 1; i < len(line); i++ {
				strokes = append(strokes, bar(line[i-1], line[i], wide))
			}
		}
		pen.paint(strokes, style.stroke)
	}
}

// bar is the outline of a straight stroke, always turning the same way round.
func bar(a, b [2]float64, wide float64) [][2]float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, length = 1, 1
	}
	nx, ny := -dy/length*wide/2, dx/length*wide/2
	return [][2]float64{{a[0] + nx, a[1] + ny}, {a[0] - nx, a[1] - ny}, {b[0] - nx, b[1] - ny}, {b[0] + nx, b[1] + ny}}
}

// paint fills closed outlines, in pixels.
func (pen *ofdPen) paint(outlines [][][2]float64, with color.NRGBA) {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, line := range outlines {
		for _, p := range line {
			minX, maxX, minY, maxY = min(minX, p[0]), max(maxX, p[0]), min(minY, p[1]), max(maxY, p[1])
		}
	}
	page := pen.page.Image.Rect
	if !(minX < maxX+1) || minX < -1e6 || minY < -1e6 || maxX > 1e6 || maxY > 1e6 {
		return
	}
	r := image.Rect(int(minX)-1, int(minY)-1, int(maxX)+2, int(maxY)+2).Intersect(page)
	if pen.painted += r.Dx() * r.Dy(); r.Empty() || pen.painted > maxPainted {
		return
	}
	v := vector.NewRasterizer(r.Dx(), r.Dy())
	for _, line := range outlines {
		for i, p := range line {
			x, y := float32(p[0]-float64(r.Min.X)), float32(p[1]-float64(r.Min.Y))
			if i == 0 {
				v.MoveTo(x, y)
			} else {
				v.LineTo(x, y)
			}
		}
		v.ClosePath()
	}
	v.Draw(pen.page.Image, r, image.NewUniform(with), image.Point{})
}

// darken draws a picture so that print under its paper stays: the lesser of
// each channel, as a stamp on a page does.
func darken(on *image.NRGBA, r image.Rectangle, img image.Image) {
	stamp := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(stamp, stamp.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(stamp, stamp.Rect, img, img.Bounds().Min, draw.Over)
	in := r.Intersect(on.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			to, from := on.Pix[on.PixOffset(x, y):], stamp.Pix[stamp.PixOffset(x-r.Min.X, y-r.Min.Y):]
			for c := range 3 {
				to[c] = min(to[c], from[c])
			}
		}
	}
}
