package raster

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// placeStrays moves characters whose box PDFium gives without the page's own
// matrix: those of Type 3 fonts, as which Chromium prints some glyphs. They come
// out several times as large as their font, off the line that their matrix says
// they begin. Boxes are in points of the page.
func (f *pdfFile) placeStrays(page references.FPDF_TEXTPAGE, chars []*responses.GetPageTextStructuredChar) {
	usual := usualSize(chars)
	var run affine // of the stray before
	var along float64
	for i, c := range chars {
		if boxSize(c) < 1.4*usual || blankText(c.Text) {
			continue
		}
		at, em, ok := f.ownSize(page, i, c)
		if !ok {
			continue
		}
		if at != run {
			run, along = at, 0
		}
		wide := em * advance([]rune(c.Text)[0])
		x0, y0 := at.apply(along+0.04*em, -0.1*em)
		x1, y1 := at.apply(along+0.04*em+0.92*wide, 0.84*em)
		along += wide
		c.PointPosition.Left, c.PointPosition.Right = min(x0, x1), max(x0, x1)
		c.PointPosition.Bottom, c.PointPosition.Top = min(y0, y1), max(y0, y1)
	}
}

// ownSize returns the matrix and the size of a character's font where its box
// contradicts them: larger than the font, off the line.
func (f *pdfFile) ownSize(page references.FPDF_TEXTPAGE, i int, c *responses.GetPageTextStructuredChar) (at affine, em float64, ok bool) {
	in := f.pdfium.instance
	code, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
	if err != nil || string(rune(code.Unicode)) != c.Text {
		return at, 0, false
	}
	m, err := in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: page, Index: i})
	if err != nil {
		return at, 0, false
	}
	size, err := in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: i})
	if err != nil || size.FontSize <= 0 {
		return at, 0, false
	}
	origin, err := in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page, Index: i})
	if err != nil {
		return at, 0, false
	}
	at = affine{float64(m.Matrix.A), float64(m.Matrix.B), float64(m.Matrix.C), float64(m.Matrix.D), float64(m.Matrix.E), float64(m.Matrix.F)}
	return at, size.FontSize, astray(at, size.FontSize, origin.X, origin.Y, boxSize(c))
}

// astray says whether a character contradicts its font's matrix: larger than
// letters of that size (in the font's own units) are, and begun at x, y, off the
// line through the matrix's origin. An object of several letters has the matrix of its first.
func astray(at affine, em, x, y, size float64) bool {
	scale := math.Hypot(at[0], at[1])
	if scale <= 0 || size < 1.4*em*scale {
		return false
	}
	off := math.Abs((x-at[4])*at[1]-(y-at[5])*at[0]) / scale
	return off > 0.2*em*scale
}

func boxSize(c *responses.GetPageTextStructuredChar) float64 {
	p := c.PointPosition
	return max(p.Right-p.Left, p.Top-p.Bottom)
}

func blankText(text string) bool { return strings.TrimFunc(text, unicode.IsSpace) == "" }

// usualSize is the size of the middle one of a page's characters, in points.
func usualSize(chars []*responses.GetPageTextStructuredChar) float64 {
	var sizes []float64
	for _, c := range chars {
		if !blankText(c.Text) {
			sizes = append(sizes, boxSize(c))
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	sort.Float64s(sizes)
	return sizes[len(sizes)/2]
}

// redLetters says which characters are printed in red or brown: of a seal, a
// heading, a form's labels. What is stamped over a line is no part of its words.
func (f *pdfFile) redLetters(page references.FPDF_TEXTPAGE, chars []*responses.GetPageTextStructuredChar) []bool {
	out := make([]bool, len(chars))
	for i, c := range chars {
		if blankText(c.Text) {
			continue
		}
		color, err := f.pdfium.instance.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: page, Index: i})
		out[i] = err == nil && color.R > color.G+60 && color.R > color.B+60
	}
	return out
}
