package pipeline

import (
	"image"
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// readNumberCell reads a cell of a ruled table in which nothing but a number
// seems to stand with the recognisers of numbers alone: what both read alike is
// right more often than what a recogniser of Chinese and one of English agree on,
// in a third of their time. tall is the height of the table's print. Nil where
// it is no number, or they differ.
func readNumberCell(engine ocr.Engine, p prepared, cell image.Rectangle, tall int) ([]hequan.Line, error) {
	ink, ok := numberShaped(p.text, cell, p.dpi, tall)
	if !ok {
		return nil, nil
	}
	ink = withPaleEnds(p.text, cell.Intersect(p.text.Rect), ink)
	crop := imaging.LineCrop(p.text, ink.Inset(-1), ink.Dy(), 0.25, 0.4)
	beside := ink.Dy() * 2 / 5
	crop.Min.X, crop.Max.X = min(crop.Min.X, ink.Min.X-beside), max(crop.Max.X, ink.Max.X+beside)
	crop.Min.X, crop.Max.X = max(crop.Min.X, cell.Min.X), min(crop.Max.X, cell.Max.X)
	a, err := readLine(engine, crop, ocr.NumbersA, p.dpi)
	if err != nil || !surely(a) || !numberLike.MatchString(a.text) {
		return nil, err
	}
	b, err := readLine(engine, crop, ocr.NumbersB, p.dpi)
	if err != nil || !surely(b) {
		return nil, err
	}
	text, ok := sameNumber(a.text, b.text)
	if !ok {
		return nil, nil
	}
	whole := piece{text: text, rect: ink, twice: true}
	for _, r := range []reading{a, b} {
		for _, s := range r.symbols {
			whole.confidence += s.Confidence / float64(2*len(r.symbols))
		}
	}
	return []hequan.Line{toLine([]piece{whole}, p.turn)}, nil
}

var (
	numberLike = regexp.MustCompile(`^¥?-?\d[\d.,]*%?$`)
	grouped    = regexp.MustCompile(`^¥?-?\d{1,3}(,\d{3})+\.\d{2}$`)
)

// paleInk is the grey below which a pixel may be print that is paler than what else the cell has.
const paleInk = 190

// withPaleEnds is the ink of a number with what goes on beside it, a character's width away at most, in paler print:
// thin strokes of a light face. A number that is cut at its ends is read alike by any reader.
func withPaleEnds(g *image.Gray, cell, ink image.Rectangle) image.Rectangle {
	reach, tall := ink.Dy()*8/10, ink.Dy()
	pale := func(x int) bool {
		n := 0
		for y := ink.Min.Y; y < ink.Max.Y; y++ {
			if g.Pix[(y-g.Rect.Min.Y)*g.Stride+x-g.Rect.Min.X] < paleInk {
				n++
			}
		}
		return n >= 2 && n*10 >= tall
	}
	for x := ink.Min.X - 1; x >= cell.Min.X && ink.Min.X-x <= reach; x-- {
		if pale(x) {
			ink.Min.X = x
		}
	}
	for x := ink.Max.X; x < cell.Max.X && x-ink.Max.X < reach; x++ {
		if pale(x) {
			ink.Max.X = x + 1
		}
	}
	return ink
}

// surely says whether a reading is sure of at least four characters: of less
// there is too little to be read alike.
func surely(r reading) bool { return len(r.symbols) >= 4 && r.confidence >= minNumberConfidence }

// sameNumber is the number that two readings give: alike, or with alike digits
// of which one sets points and commas as money has them, which look alike.
func sameNumber(a, b string) (string, bool) {
	if a == b {
		return a, plainNumber.MatchString(a) && !thirds.MatchString(a) && !brokenNumber.MatchString(a)
	}
	marks := strings.NewReplacer(".", "", ",", "")
	if marks.Replace(a) != marks.Replace(b) || plainNumber.MatchString(a) && plainNumber.MatchString(b) {
		return "", false
	}
	if grouped.MatchString(a) {
		return a, true
	}
	return b, grouped.MatchString(b)
}

// printHeight is the height of a table's print, that of its taller cells of one
// line: of those with Chinese characters, if it has such. 0: none can be told.
func printHeight(g *image.Gray, grid imaging.Grid, inset int) int {
	var all []int
	for _, c := range grid.Cells {
		if c.RowSpan > 1 || c.ColSpan > 1 {
			continue
		}
		if ink := imaging.Inked(g, c.Rect.Inset(inset).Intersect(g.Rect)); !ink.Empty() {
			all = append(all, ink.Dy())
		}
	}
	if len(all) < 4 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)*8/10]
}

// numberShaped returns the ink of a cell that holds one line of characters as
// narrow as digits are, and lower than usual: than the table's Chinese ones.
func numberShaped(g *image.Gray, cell image.Rectangle, dpi, usual int) (image.Rectangle, bool) {
	cell = cell.Intersect(g.Rect)
	ink := imaging.Inked(g, cell)
	tall := ink.Dy()
	if mm := float64(dpi) / 25.4; float64(tall) < 1.2*mm || float64(tall) > 5*mm || tall*100 > usual*85 || ink.Dx() < 3*tall/2 || ink.Dx() > 16*tall {
		return ink, false
	}
	narrow, printed, run := 0, 0, 0
	for x := ink.Min.X; x <= ink.Max.X; x++ {
		if x < ink.Max.X && inked(g, x, ink.Min.Y, ink.Max.Y) {
			run++
			continue
		}
		if printed += run; run*10 <= tall*9 {
			narrow += run
		}
		run = 0
	}
	return ink, narrow*10 >= printed*8
}
