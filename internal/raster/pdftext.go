package raster

import (
	"sort"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"

	"hequan"
)

// glyph is one character of a text layer, in fractions of the upright page.
type glyph struct {
	text string
	box  hequan.Box
}

// textLines reads the text layer of a page.
func (f *pdfFile) textLines(ref requests.Page, page *Page) ([]hequan.Line, error) {
	in := f.pdfium.instance
	text, err := in.GetPageTextStructured(&requests.GetPageTextStructured{Page: ref, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	if len(text.Chars) == 0 {
		return nil, nil
	}
	toPage, err := f.deviceMap(ref)
	if err != nil {
		return nil, err
	}
	var glyphs []glyph
	for _, c := range text.Chars {
		p := c.PointPosition
		if p.Right <= p.Left || p.Top == p.Bottom || strings.TrimFunc(c.Text, unicode.IsSpace) == "" {
			continue
		}
		x0, y0 := toPage(p.Left, p.Top)
		x1, y1 := toPage(p.Right, p.Bottom)
		glyphs = append(glyphs, glyph{c.Text, hequan.Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}})
	}
	return glyphLines(glyphs, page.WidthMM, page.HeightMM), nil
}

// deviceMap returns the map from page space (points, origin at the bottom
// left, before /Rotate and CropBox) to fractions of the upright page. It is
// affine, so three points tell it.
func (f *pdfFile) deviceMap(ref requests.Page) (func(x, y float64) (float64, float64), error) {
	const unit, device = 1000.0, 100_000
	at := func(x, y float64) (float64, float64, error) {
		r, err := f.pdfium.instance.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: ref, SizeX: device, SizeY: device, PageX: x, PageY: y})
		if err != nil {
			return 0, 0, err
		}
		return float64(r.DeviceX) / device, float64(r.DeviceY) / device, nil
	}
	ox, oy, err := at(0, 0)
	if err != nil {
		return nil, err
	}
	ax, ay, err := at(unit, 0)
	if err != nil {
		return nil, err
	}
	bx, by, err := at(0, unit)
	if err != nil {
		return nil, err
	}
	return func(x, y float64) (float64, float64) {
		return ox + (ax-ox)*x/unit + (bx-ox)*y/unit, oy + (ay-oy)*x/unit + (by-oy)*y/unit
	}, nil
}

// glyphLines sorts glyphs into lines of words. Glyphs whose middles are within
// half a height of each other stand on one line; a gap of more than a third of
// the height parts words (Chinese characters stand without gaps).
func glyphLines(glyphs []glyph, widthMM, heightMM float64) []hequan.Line {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].box.CenterY() < glyphs[j].box.CenterY() })
	type row struct {
		glyphs []glyph
		box    hequan.Box
		bottom float64
	}
	var rows []*row
	for _, g := range glyphs {
		var home *row
		for i := len(rows) - 1; i >= 0 && i >= len(rows)-12; i-- {
			r := rows[i]
			over := min(r.box[3], g.box[3]) - max(r.box[1], g.box[1])
			if over > 0.55*min(r.box.Height(), g.box.Height()) && (g.box.Height() < 2.2*r.box.Height() || r.box.Height() < 0.002) {
				home = r
				break
			}
		}
		if home == nil {
			home = &row{}
			rows = append(rows, home)
		}
		home.glyphs = append(home.glyphs, g)
		if home.box.IsZero() {
			home.box = g.box
		} else if g.box.Height() > 0.6*home.box.Height() { // commas must not stretch the row
			home.box = home.box.Union(g.box)
		}
	}
	var lines []hequan.Line
	for _, r := range rows {
		lines = append(lines, wordsOf(r.glyphs, widthMM, heightMM))
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].Box[1] < lines[j].Box[1] })
	return lines
}

func wordsOf(glyphs []glyph, widthMM, heightMM float64) hequan.Line {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].box[0] < glyphs[j].box[0] })
	var line hequan.Line
	for i, g := range glyphs {
		if i > 0 {
			before := glyphs[i-1].box
			gap := (g.box[0] - before[2]) * widthMM
			size := max(g.box.Height(), before.Height()) * heightMM
			overlap := before[2] - g.box[0]
			if g.text == glyphs[i-1].text && overlap > 0.8*g.box.Width() {
				continue // bold by printing twice
			}
			if gap < 0.35*size {
				w := &line.Words[len(line.Words)-1]
				w.Text += g.text
				w.Box = w.Box.Union(g.box)
				line.Box = line.Box.Union(g.box)
				continue
			}
		}
		line.Words = append(line.Words, hequan.Word{Text: g.text, Box: g.box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}})
		line.Box = line.Box.Union(g.box)
	}
	return line
}
