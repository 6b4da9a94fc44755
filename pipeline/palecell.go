package pipeline

import (
	"image"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// paleSure is the least confidence of a character of pale print that two recognisers read alike.
const paleSure = 0.6

// readPaleCell reads a cell of a ruled table of which nothing was made: print so pale, or so little of it, that it was
// taken for none: a price of one digit, 0.08 in a thin face. soft is the plane with ink for all that is darker than paper.
// A number that two recognisers read alike, one of numbers among them, was read twice; what else is sure was read once. Nil where nothing is.
func readPaleCell(engine ocr.Engine, p prepared, soft *image.Gray, cell image.Rectangle, tall int) ([]hequan.Line, error) {
	cell = cell.Intersect(p.text.Rect)
	mm := float64(p.dpi) / 25.4
	strips := imaging.Strips(soft, cell, max(2, p.dpi/50))
	if len(strips) != 1 {
		return nil, nil
	}
	ink := strips[0]
	if h := float64(ink.Dy()); h < 1.0*mm || h > 5*mm || tall > 0 && ink.Dy()*2 < tall || ink.Dx()*4 < ink.Dy() || solid(soft, ink) {
		return nil, nil // the rest of a rule, a mark of a pen
	}
	side := ink.Dy() * 2 / 5
	crop := image.Rect(ink.Min.X-side, ink.Min.Y-ink.Dy()/4, ink.Max.X+side, ink.Max.Y+ink.Dy()/4).Intersect(cell)
	var read []reading
	for _, net := range []string{ocr.NumbersA, ocr.NumbersB, "eng"} {
		r, err := readLine(engine, crop, net, p.dpi)
		if err != nil {
			return nil, err
		}
		for _, o := range read {
			sure := min(o.confidence, r.confidence)
			if text, ok := sameNumber(o.text, r.text); ok && numberLike.MatchString(text) && sure >= paleSure {
				return []hequan.Line{toLine([]piece{{text: text, rect: ink, twice: true, confidence: sure, symbols: runeCount(text), ascii: true}}, p.turn)}, nil
			}
		}
		read = append(read, r)
	}
	symbols, err := engine.Recognize(crop, ocr.Options{Lang: "chi_sim", Mode: ocr.Raw, DPI: p.dpi})
	if err != nil || len(symbols) == 0 || !isPrint(symbols) {
		return nil, err
	}
	return readLetters(engine, p, symbols, cell)
}

// solid says whether most of a rectangle is ink: a bar, no print.
func solid(g *image.Gray, r image.Rectangle) bool {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if g.GrayAt(x, y).Y < 128 {
				n++
			}
		}
	}
	return n*10 > 7*r.Dx()*r.Dy()
}
