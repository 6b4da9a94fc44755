package pipeline

import (
	"image"
	"unicode"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// What print has to be that is read although layout analysis found no line there.
const (
	lostSure  = 0.85 // mean confidence of its characters
	lostLeast = 0.5  // of each
	lostMost  = 40   // places that are looked at on a page: more are no print, but a picture
)

// readLost looks for print in which no word was read, and reads it with the recogniser of lines alone:
// short lines between others are lost now and then. What one recogniser alone read is not proven by it.
// unread are the places of which it makes nothing.
func readLost(engine ocr.Engine, p prepared, lines []hequan.Line, grids []hequan.Grid) (all []hequan.Line, unread []image.Rectangle, err error) {
	if !engine.HasLines() {
		return lines, nil, nil
	}
	rest := withoutWords(p, lines)
	if err := engine.SetPicture(rest); err != nil {
		return nil, nil, err
	}
	places := lostPlaces(rest, p.dpi)
	for _, place := range places[:min(len(places), lostMost)] {
		symbols, err := engine.Recognize(place.Inset(-place.Dy()/5).Intersect(rest.Rect), ocr.Options{Lang: ocr.Lines, DPI: p.dpi})
		if err != nil {
			return nil, nil, err
		}
		if !isPrint(symbols) {
			unread = append(unread, place)
			continue
		}
		for i := range symbols {
			symbols[i].Rect = symbols[i].Rect.Intersect(place)
		}
		line := toLine(cutPieces(letters(symbols)), p.turn)
		lines = append(lines, line)
		for g := range grids {
			for c := range grids[g].Cells {
				if cell := &grids[g].Cells[c]; cell.Box.Contains(line.Box.CenterX(), line.Box.CenterY()) {
					cell.Lines = append(cell.Lines, line)
					sortLines(cell.Lines)
				}
			}
		}
	}
	sortLines(lines)
	return lines, unread, nil
}

// withoutWords is the text plane with white in the places of all words.
func withoutWords(p prepared, lines []hequan.Line) *image.Gray {
	rest := imaging.Copy(p.text)
	w, h := float64(p.turn.W), float64(p.turn.H)
	for _, l := range lines {
		for _, word := range l.Words {
			b := p.turn.Box(word.Box) // to the pixels that it touches
			r := image.Rect(int(b[0]*w), int(b[1]*h), int(b[2]*w+1), int(b[3]*h+1))
			imaging.Blank(rest, []image.Rectangle{r.Inset(-max(3, r.Dy()/3)).Intersect(rest.Rect)})
		}
	}
	return rest
}

// lostPlaces are the lines of ink of a size that print has.
func lostPlaces(g *image.Gray, dpi int) []image.Rectangle {
	var out []image.Rectangle
	mm := float64(dpi) / 25.4
	for _, block := range imaging.Blocks(g, g.Rect, dpi) {
		for _, s := range imaging.Strips(g, block, max(2, dpi/100)) {
			if h := float64(s.Dy()); h >= 1.8*mm && h <= 6*mm && s.Dx()*10 >= s.Dy()*16 {
				out = append(out, s)
			}
		}
	}
	return out
}

// isPrint says whether what was read of a place is words: sure of each character, and no marks alone.
func isPrint(symbols []ocr.Symbol) bool {
	sum, words := 0.0, 0
	for _, s := range symbols {
		if s.Confidence < lostLeast {
			return false
		}
		sum += s.Confidence
		for _, r := range s.Text {
			if unicode.Is(unicode.Han, r) || unicode.IsDigit(r) {
				words++
			}
		}
	}
	return words >= 2 && sum >= lostSure*float64(len(symbols))
}
