package raster

import (
	"bytes"
	"image"
	"image/draw"
	"math"
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
	pen := &ofdPen{file: f, res: p.res, page: page, scale: scale, base: affine{1, 0, 0, 1, -box[0], -box[1]}}
	for _, t := range content.all("Template") {
		if template, err := f.xml(p.templates[t.attr("TemplateID")]); err == nil {
			pen.draw(template, plainStyle, 0)
		}
	}
	pen.draw(content, plainStyle, 0)
	pen.annotations(p)
	page.Lines = glyphLines(pen.glyphs, page.WidthMM, page.HeightMM)
	pen.stamps(p.id)
	return page, nil
}

// How deep objects made of objects are followed, and how many objects of a page
// are drawn: one may hold many of itself.
const (
	maxNesting = 8
	maxObjects = 300_000
)

// ofdPen draws objects and collects the glyphs of text.
type ofdPen struct {
	file    *ofdFile
	res     ofdResources
	page    *Page
	scale   float64 // pixels a millimetre
	base    affine  // from the space that objects are placed in to the page's, mm
	glyphs  []glyph
	painted int // pixels that paths have covered
	objects int // drawn so far
}

// draw draws what stands below a node, in its order.
func (pen *ofdPen) draw(n *node, style ofdStyle, depth int) {
	for i := range n.Nodes {
		o := &n.Nodes[i]
		if pen.objects++; pen.objects > maxObjects {
			return
		}
		own := style
		if param := pen.res.params[o.attr("DrawParam")]; param != nil {
			own = own.with(param)
		}
		own = own.with(o)
		switch o.XMLName.Local {
		case "PathObject":
			pen.path(o, own)
		case "ImageObject":
			if img := pen.file.picture(pen.res.images[o.attr("ResourceID")]); img != nil {
				pen.image(o, img)
			}
		case "TextObject":
			pen.text(o, own)
		case "CompositeObject":
			if unit := pen.res.units[o.attr("ResourceID")]; unit != nil && depth < maxNesting {
				base := pen.base
				pen.base = pen.place(o)
				pen.draw(unit, own, depth+1)
				pen.base = base
			}
		case "Content", "Layer", "PageBlock", "Page":
			pen.draw(o, own, depth)
		}
	}
}

// picture decodes a picture of the package; nil where it can't be.
func (f *ofdFile) picture(at string) image.Image {
	data, err := f.part(at)
	if err != nil {
		return nil
	}
	if f.bilevel != nil && bytes.HasPrefix(data, jbig2Mark) {
		img, err := f.bilevel(data)
		if err != nil {
			return nil
		}
		return img
	}
	return boundedPicture(data)
}

func boundedPicture(data []byte) image.Image {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || withinPixels(config.Width, config.Height) != nil {
		return nil
	}
	img, err := imaging.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return img
}

// place returns the map from an object's own space to millimetres on the page.
func (pen *ofdPen) place(o *node) affine {
	boundary, m := numbers(o.attr("Boundary")), numbers(o.attr("CTM"))
	own := identity
	if len(m) == 6 {
		own = affine(m)
	}
	if len(boundary) == 4 {
		own = affine{1, 0, 0, 1, boundary[0], boundary[1]}.after(own)
	}
	return pen.base.after(own)
}

// text places the characters of a text object one by one: X, Y of the first,
// DeltaX and DeltaY of the steps ("g n d" repeats a step n times).
func (pen *ofdPen) text(o *node, style ofdStyle) {
	at := pen.place(o).apply
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
					pen.glyphs = append(pen.glyphs, glyph{string(r), b, false})
				}
				drawGlyph(pen.page.Image, r, px*pen.scale, py*pen.scale, tall*pen.scale, style.fill)
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

// maxDeltas is how many steps of one text code are read: more than a page has characters.
const maxDeltas = 100_000

func deltas(s string) []float64 {
	var out []float64
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(out) < maxDeltas; i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, err1 := strconv.Atoi(fields[i+1])
			d, err2 := strconv.ParseFloat(fields[i+2], 64)
			if err1 != nil || err2 != nil || n < 0 || n > maxDeltas {
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
	x0, y0 := at.apply(0, 0)
	x1, y1 := at.apply(1, 1)
	pen.picture(img, x0, y0, x1, y1, strings.EqualFold(o.attr("BlendMode"), "Darken") || strings.EqualFold(o.attr("BlendMode"), "Multiply"))
}

// picture draws a picture between two corners in mm, as a stamp where print
// under it stays.
func (pen *ofdPen) picture(img image.Image, x0, y0, x1, y1 float64, stamp bool) {
	if !(max(math.Abs(x0), math.Abs(x1), math.Abs(y0), math.Abs(y1)) < 1e5) {
		return
	}
	r := image.Rect(int(x0*pen.scale), int(y0*pen.scale), int(x1*pen.scale), int(y1*pen.scale)).Canon()
	if r.Dx() < 1 || r.Dy() < 1 || r.Intersect(pen.page.Image.Rect).Empty() || r.Dx() > 2*pen.page.Image.Rect.Dx() || r.Dy() > 2*pen.page.Image.Rect.Dy() {
		return
	}
	fit := imaging.Resize(img, r.Dx(), r.Dy(), imaging.Linear)
	if stamp {
		darken(pen.page.Image, r, fit)
		return
	}
	draw.Draw(pen.page.Image, r, fit, image.Point{}, draw.Over)
}
