package raster

import (
	"bytes"
	"image"
	"image/draw"
	"strconv"
	"strings"

	"github.com/disintegration/imaging"

	"hequan"
)

// ofdDPI is the resolution at which OFD pages are drawn for people.
const ofdDPI = 150

// Page draws a page: its template first, then its own content. The text is
// taken from the objects themselves, never from the drawing.
func (f *ofdFile) Page(i int) (*Page, error) {
	p := f.pages[i]
	content, err := f.xml(p.path)
	if err != nil {
		return nil, err
	}
	box := numbers(content.text("PhysicalBox"))
	if len(box) != 4 {
		box = p.box
	}
	if len(box) != 4 || box[2] < 5 || box[3] < 5 || box[2] > 1500 || box[3] > 1500 {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "the page has no usable size (%v)", box)
	}
	const scale = ofdDPI / 25.4
	page := &Page{Source: hequan.SourceDigital, DPI: ofdDPI, WidthMM: box[2], HeightMM: box[3],
		Image: image.NewNRGBA(image.Rect(0, 0, int(box[2]*scale), int(box[3]*scale)))}
	draw.Draw(page.Image, page.Image.Rect, image.White, image.Point{}, draw.Src)
	pen := &ofdPen{page: page, scale: scale, origin: [2]float64{box[0], box[1]}}
	for _, t := range content.all("Template") {
		if template, err := f.xml(p.templates[t.attr("TemplateID")]); err == nil {
			f.drawAll(pen, template, p.images)
		}
	}
	f.drawAll(pen, content, p.images)
	page.Lines = glyphLines(pen.glyphs, page.WidthMM, page.HeightMM)
	return page, nil
}

func (f *ofdFile) drawAll(pen *ofdPen, content *node, images map[string]string) {
	for _, o := range content.all("PathObject") {
		pen.path(o)
	}
	for _, o := range content.all("ImageObject") {
		data, err := f.part(images[o.attr("ResourceID")])
		if err != nil {
			continue
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || withinPixels(config.Width, config.Height) != nil {
			continue
		}
		if img, err := imaging.Decode(bytes.NewReader(data)); err == nil {
			pen.image(o, img)
		}
	}
	for _, o := range content.all("TextObject") {
		pen.text(o)
	}
}

// ofdPen draws objects and collects the glyphs of text.
type ofdPen struct {
	page   *Page
	scale  float64 // pixels a millimetre
	origin [2]float64
	glyphs []glyph
}

// place returns the map from an object's own space to millimetres on the page.
func (pen *ofdPen) place(o *node) func(x, y float64) (float64, float64) {
	boundary, m := numbers(o.attr("Boundary")), numbers(o.attr("CTM"))
	if len(boundary) != 4 {
		boundary = make([]float64, 4)
	}
	if len(m) != 6 {
		m = []float64{1, 0, 0, 1, 0, 0}
	}
	return func(x, y float64) (float64, float64) {
		return m[0]*x + m[2]*y + m[4] + boundary[0] - pen.origin[0], m[1]*x + m[3]*y + m[5] + boundary[1] - pen.origin[1]
	}
}

// text places the characters of a text object one by one: X, Y of the first,
// DeltaX and DeltaY of the steps ("g n d" repeats a step n times).
func (pen *ofdPen) text(o *node) {
	at := pen.place(o)
	size, err := strconv.ParseFloat(o.attr("Size"), 64)
	if err != nil || size <= 0 || size > 500 {
		return
	}
	x0, y0 := at(0, 0)
	_, y1 := at(0, size)
	x1, _ := at(size, 0)
	tall, wide := y1-y0, x1-x0
	var x, y float64
	for _, code := range o.all("TextCode") {
		if v, err := strconv.ParseFloat(code.attr("X"), 64); err == nil {
			x = v
		}
		if v, err := strconv.ParseFloat(code.attr("Y"), 64); err == nil {
			y = v
		}
		dx, dy := deltas(code.attr("DeltaX")), deltas(code.attr("DeltaY"))
		cx, cy := x, y
		for i, r := range []rune(printed(code.Text)) {
			px, py := at(cx, cy)
			if r != ' ' && r != '　' {
				width := wide * advance(r)
				b := hequan.Box{px / pen.page.WidthMM, (py - 0.86*tall) / pen.page.HeightMM, (px + width) / pen.page.WidthMM, (py + 0.12*tall) / pen.page.HeightMM}
				if b[0] < 1 && b[1] < 1 && b[2] > 0 && b[3] > 0 {
					pen.glyphs = append(pen.glyphs, glyph{string(r), b})
				}
				drawGlyph(pen.page.Image, r, px*pen.scale, py*pen.scale, tall*pen.scale)
			}
			switch {
			case i < len(dx):
				cx += dx[i]
			case len(dx) > 0:
				cx += dx[len(dx)-1]
			case len(dx) == 0 && len(dy) == 0:
				cx += size * advance(r)
			}
			if i < len(dy) {
				cy += dy[i]
			}
		}
	}
}

// printed returns the characters of a text code. Blanks at its beginning take
// their steps, unless they only indent it in a file laid out over lines.
func printed(text string) string {
	if strings.ContainsAny(text, "\r\n") {
		return strings.Trim(text, " \r\n\t")
	}
	return strings.Trim(text, "\t")
}

// advance is the usual width of a character in shares of its size.
func advance(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

func deltas(s string) []float64 {
	var out []float64
	fields := strings.Fields(s)
	for i := 0; i < len(fields); i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, err1 := strconv.Atoi(fields[i+1])
			d, err2 := strconv.ParseFloat(fields[i+2], 64)
			if err1 != nil || err2 != nil || n < 0 || n > 100_000 {
				return out
			}
			for range n {
				out = append(out, d)
			}
			i += 2
			continue
		}
		v, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return out
		}
		out = append(out, v)
	}
	return out
}

// image draws a picture into the unit square that its matrix spans.
func (pen *ofdPen) image(o *node, img image.Image) {
	at := pen.place(o)
	x0, y0 := at(0, 0)
	x1, y1 := at(1, 1)
	r := image.Rect(int(x0*pen.scale), int(y0*pen.scale), int(x1*pen.scale), int(y1*pen.scale)).Canon()
	if r.Dx() < 1 || r.Dy() < 1 || r.Intersect(pen.page.Image.Rect).Empty() || r.Dx() > 2*pen.page.Image.Rect.Dx() || r.Dy() > 2*pen.page.Image.Rect.Dy() {
		return
	}
	draw.Draw(pen.page.Image, r, imaging.Resize(img, r.Dx(), r.Dy(), imaging.Linear), image.Point{}, draw.Over)
}

// path strokes the straight parts of a path; curves are drawn as their chords.
func (pen *ofdPen) path(o *node) {
	if strings.EqualFold(o.attr("Stroke"), "false") {
		return
	}
	at := pen.place(o)
	fields := strings.Fields(o.text("AbbreviatedData"))
	var sx, sy, x, y float64
	take := func(i, n int) []float64 {
		if i+n >= len(fields) {
			return nil
		}
		return numbers(strings.Join(fields[i+1:i+1+n], " "))
	}
	for i := 0; i < len(fields); i++ {
		n := map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}[fields[i]]
		p := take(i, n)
		switch {
		case fields[i] == "C":
			pen.stroke(at, x, y, sx, sy)
			x, y = sx, sy
		case len(p) != n || n == 0:
			continue
		case fields[i] == "S" || fields[i] == "M":
			x, y = p[0], p[1]
			sx, sy = x, y
		default:
			pen.stroke(at, x, y, p[n-2], p[n-1])
			x, y = p[n-2], p[n-1]
		}
		i += n
	}
}

func (pen *ofdPen) stroke(at func(x, y float64) (float64, float64), x0, y0, x1, y1 float64) {
	ax, ay := at(x0, y0)
	bx, by := at(x1, y1)
	drawLine(pen.page.Image, ax*pen.scale, ay*pen.scale, bx*pen.scale, by*pen.scale)
}
