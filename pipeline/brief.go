package pipeline

import (
	"image"
	"strings"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// Files of fewer pages are read whole, and so are the first pages of all.
const (
	longFile   = 12
	alwaysRead = 3
)

// readBrief reads head and foot of a page where these tell that no rule asks for what stands between
// (underNotes), and samples whether that is legible. It depends on this page alone, so that it
// does not matter who reads the others. ok is false where the page has to be read whole.
func readBrief(engine ocr.Engine, f raster.File, i int, p prepared) (lines []hequan.Line, ok bool, err error) {
	if f.Pages() < longFile || i < alwaysRead || imaging.Lying(p.text) > 1 {
		return nil, false, nil
	}
	page := p.text.Rect
	under := func(share float64, least int) image.Rectangle { // from the top to a blank row
		y := blankRow(p.text, page.Min.Y+int(share*float64(page.Dy())), least, p.dpi)
		return image.Rect(page.Min.X, page.Min.Y, page.Max.X, y)
	}
	end := page.Min.Y + page.Dy()*3/10
	for _, g := range p.grids {
		end = min(end, g.Rect.Min.Y)
	}
	first := under(0.1, end)
	if first.Empty() || !hasInk(p.text, first, p.dpi) {
		return nil, false, nil
	}
	if lines, _, err = recognise(engine, only(p, first)); err != nil || !underNotes(lines) {
		return nil, false, err
	}
	parts := []image.Rectangle{under(0.2, end), footOf(p)}
	if lines, _, err = recognise(engine, only(p, parts...)); err != nil {
		return nil, false, err
	}
	if meanConfidence(lines) < soundReading || !underNotes(lines) {
		return nil, false, nil
	}
	sound, err := legibleBetween(engine, p, parts[0].Max.Y, parts[1].Min.Y)
	return lines, sound, err
}

// notesHeads are what stands over the pages of the notes to an audit report's statements.
var notesHeads = []string{"财务报表附注", "会计报表附注"}

// underNotes says whether a page goes on with the notes of an audit report: their name stands in its
// running head. (后附财务报表附注 stands on the statements.)
func underNotes(lines []hequan.Line) bool {
	for _, l := range lines {
		text := plainText([]hequan.Line{l})
		if l.Box[3] > 0.12 || len([]rune(text)) > 60 || strings.Contains(text, "后附") {
			continue
		}
		for _, h := range notesHeads {
			if holdsNearly([]rune(text), []rune(h)) {
				return true
			}
		}
	}
	return false
}

// holdsNearly says whether a phrase stands in a text, at most one character misread.
func holdsNearly(text, phrase []rune) bool {
	for from := 0; from+len(phrase) <= len(text); from++ {
		wrong := 0
		for k, r := range phrase {
			if text[from+k] != r {
				wrong++
			}
		}
		if wrong <= 1 {
			return true
		}
	}
	return false
}

// blankRow returns the middle of the first blank stretch of half a millimetre from row y on that
// begins before row end; end where there is none.
func blankRow(g *image.Gray, y, end, dpi int) int {
	least, blank := max(2, dpi/50), 0
	for ; y < end; y++ {
		if hasInkRow(g, y) {
			blank = 0
		} else if blank++; blank >= least {
			return y - blank/2
		}
	}
	return max(end, g.Rect.Min.Y)
}

func hasInkRow(g *image.Gray, y int) bool {
	row := g.Pix[(y-g.Rect.Min.Y)*g.Stride:][:g.Rect.Dx()]
	n := 0
	for _, v := range row {
		if v < 140 {
			n++
		}
	}
	return n > 1
}

// footOf is what of a page may bear its number: the lowest part, from a blank row above it and below all tables.
func footOf(p prepared) image.Rectangle {
	page := p.text.Rect
	top, y := page.Min.Y+page.Dy()*8/10, page.Min.Y+page.Dy()*88/100
	least, blank := max(2, p.dpi/50), 0
	for ; y > top && blank < least; y-- {
		if blank++; hasInkRow(p.text, y) {
			blank = 0
		}
	}
	for _, g := range p.grids {
		y = max(y, g.Rect.Max.Y+1)
	}
	return image.Rect(page.Min.X, min(y, page.Max.Y), page.Max.X, page.Max.Y)
}

// only is a prepared page with nothing on it but what stands in the rectangles.
func only(p prepared, keep ...image.Rectangle) prepared {
	text := image.NewGray(p.text.Rect)
	for i := range text.Pix {
		text.Pix[i] = 255
	}
	for _, r := range keep {
		r = r.Intersect(text.Rect)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			at := text.PixOffset(r.Min.X, y)
			copy(text.Pix[at:at+r.Dx()], p.text.Pix[p.text.PixOffset(r.Min.X, y):])
		}
	}
	p.text, p.grids = text, nil
	return p
}

// legibleBetween reads the densest patches between two rows for their confidence. A stretch with hardly
// anything on it is legible.
func legibleBetween(engine ocr.Engine, p prepared, from, to int) (bool, error) {
	page := p.text.Rect
	rest := only(p, image.Rect(page.Min.X, from, page.Max.X, to))
	var patches []*image.Gray
	for _, r := range densest(rest.text, p.dpi, 2) {
		patches = append(patches, cropGray(rest.text, r))
	}
	mean, _, err := sample(engine, patches, 0, p.dpi)
	return mean < 0 || mean >= soundReading, err
}
