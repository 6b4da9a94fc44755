package pipeline

import (
	"image"
	"strings"
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
// unread are the places of which it makes nothing, but in which a day may stand.
func readLost(engine ocr.Engine, p prepared, lines []hequan.Line, grids []hequan.Grid) (all []hequan.Line, unread []image.Rectangle, err error) {
	if !engine.HasLines() {
		return lines, nil, nil
	}
	rest, known := withoutWords(p, lines)
	if err := engine.SetPicture(rest); err != nil {
		return nil, nil, err
	}
	soft := softInk(rest)
	places := lostPlaces(soft, p.dpi)
	for _, place := range places[:min(len(places), lostMost)] {
		place = withTouching(soft, place, rest.Rect.Min.X, rest.Rect.Max.X, place.Dy()*2/5)
		if covered(place, known) {
			continue // a part of a word
		}
		symbols, err := engine.Recognize(place.Inset(-place.Dy()/5).Intersect(rest.Rect), ocr.Options{Lang: ocr.Lines, DPI: p.dpi})
		if err != nil {
			return nil, nil, err
		}
		if echoes(symbols, place, p, lines) {
			continue
		}
		if !isPrint(symbols) {
			if mayBeDay(symbols) {
				unread = append(unread, place)
			}
			if symbols = labelBefore(symbols); symbols == nil {
				continue
			}
		}
		closeUp(symbols, place)
		line := toLine(cutPieces(letters(symbols)), p.turn)
		lines = append(lines, line)
		for _, cell := range cellsAt(grids, line.Box) {
			cell.Lines = append(cell.Lines, line)
			sortLines(cell.Lines)
		}
	}
	sortLines(lines)
	return lines, unread, nil
}

// cellsAt are the cells in which the middle of a box lies.
func cellsAt(grids []hequan.Grid, box hequan.Box) (out []*hequan.GridCell) {
	for g := range grids {
		for c := range grids[g].Cells {
			if cell := &grids[g].Cells[c]; cell.Box.Contains(box.CenterX(), box.CenterY()) {
				out = append(out, cell)
			}
		}
	}
	return out
}

// closeUp gives symbols the width of characters: the recogniser says where the middle of each is. What is further apart
// than characters are is another word.
func closeUp(symbols []ocr.Symbol, place image.Rectangle) {
	var middles []int
	for _, s := range symbols {
		middles = append(middles, (s.Rect.Min.X+s.Rect.Max.X)/2)
	}
	half := place.Dy()/2 + 1
	for i, x := range middles {
		r := image.Rect(x-half, place.Min.Y, x+half, place.Max.Y)
		if i > 0 {
			r.Min.X = max(r.Min.X, (middles[i-1]+x)/2)
		}
		if i+1 < len(middles) {
			r.Max.X = min(r.Max.X, (x+middles[i+1])/2)
		}
		symbols[i].Rect = r.Intersect(place)
	}
}

// covered says whether a third of a place lies under words.
func covered(place image.Rectangle, words []image.Rectangle) bool {
	area := 0
	for _, r := range words {
		both := r.Intersect(place)
		area += both.Dx() * both.Dy()
	}
	return 3*area > place.Dx()*place.Dy()
}

// echoes says whether what was read stands, in its order, in the words that the place touches: of a word whose box is
// rough a part is left.
func echoes(symbols []ocr.Symbol, place image.Rectangle, p prepared, lines []hequan.Line) bool {
	var text []rune
	for _, s := range symbols {
		text = append(text, []rune(s.Text)...)
	}
	own, other := "", ""
	for _, l := range lines {
		for _, w := range l.Words {
			if onLevel(p, w.Box).Overlaps(place) {
				own, other = own+w.Text, other+w.Alt
			}
		}
	}
	return len(text) > 0 && (within(text, []rune(own)) || within(text, []rune(other)))
}

// withoutWords is the text plane with white in the places of all words, and these places.
func withoutWords(p prepared, lines []hequan.Line) (rest *image.Gray, known []image.Rectangle) {
	rest = imaging.Copy(p.text)
	w, h := float64(p.turn.W), float64(p.turn.H)
	for _, l := range lines {
		for _, word := range l.Words {
			b := p.turn.Box(word.Box) // to the pixels that it touches
			r := image.Rect(int(b[0]*w), int(b[1]*h), int(b[2]*w+1), int(b[3]*h+1))
			known = append(known, r)
			r = tallestRun(p.text, r)
			side, above := max(3, r.Dy()/3), max(2, r.Dy()/8) // a small label stands close over its value
			imaging.Blank(rest, []image.Rectangle{image.Rect(r.Min.X-side, r.Min.Y-above, r.Max.X+side, r.Max.Y+above).Intersect(rest.Rect)})
		}
	}
	return rest, known
}

// tallestRun is a word's rectangle without what it takes in of the lines above and below.
func tallestRun(g *image.Gray, r image.Rectangle) image.Rectangle {
	tallest := r
	for i, s := range imaging.Strips(g, r, max(1, r.Dy()/6)) {
		if i == 0 || s.Dy() > tallest.Dy() {
			tallest = s
		}
	}
	return image.Rect(r.Min.X, tallest.Min.Y, r.Max.X, tallest.Max.Y)
}

// softInk makes ink of all that is clearly darker than paper: thin grey print, as labels are set in, is none to layout analysis.
func softInk(g *image.Gray) *image.Gray {
	const paper = 190
	out := imaging.Copy(g)
	for i, v := range out.Pix {
		if v < paper {
			out.Pix[i] = 0
		}
	}
	return out
}

// lostPlaces are the lines of ink of a size that print has.
func lostPlaces(g *image.Gray, dpi int) []image.Rectangle {
	var out []image.Rectangle
	mm := float64(dpi) / 25.4
	for _, block := range imaging.Blocks(g, g.Rect, dpi) {
		for _, s := range imaging.Strips(g, block, max(2, dpi/100)) {
			h := float64(s.Dy())
			if h > 6*mm && h <= 30*mm {
				s = printBefore(g, s, int(6*mm))
				h = float64(s.Dy())
			}
			if h >= 1.4*mm && h <= 6*mm && s.Dx()*10 >= s.Dy()*16 {
				out = append(out, s)
			}
		}
	}
	return out
}

// printBefore is what a strip begins with that is no taller than print, up to what is: a signature behind its label, at
// which layout analysis gave up both. Nothing where that is not four characters.
func printBefore(g *image.Gray, strip image.Rectangle, tallest int) image.Rectangle {
	const ink, gap = 140, 2
	var out, group image.Rectangle
	blank := 0
	for x := strip.Min.X; x <= strip.Max.X; x++ {
		column := image.Rectangle{}
		for y := strip.Min.Y; x < strip.Max.X && y < strip.Max.Y; y++ {
			if g.Pix[g.PixOffset(x, y)] < ink {
				column = column.Union(image.Rect(x, y, x+1, y+1))
			}
		}
		if !column.Empty() {
			group, blank = group.Union(column), 0
			continue
		}
		if blank++; blank < gap && x < strip.Max.X || group.Empty() {
			continue
		}
		if both := out.Union(group); both.Dy() > tallest {
			break
		}
		out, group = out.Union(group), image.Rectangle{}
	}
	if out.Dx() < 4*out.Dy() {
		return image.Rectangle{}
	}
	return out
}

// mayBeDay says whether some of what was read is such as days are made of.
func mayBeDay(symbols []ocr.Symbol) bool {
	n := 0
	for _, s := range symbols {
		n += dayRunes(s.Text)
	}
	return n >= 3
}

// labelBefore is the label that print begins with whose value was not read, a signature mostly: nil without its colon.
func labelBefore(symbols []ocr.Symbol) []ocr.Symbol {
	for i, s := range symbols {
		if s.Confidence < lostLeast {
			return nil
		}
		if i >= 3 && strings.ContainsAny(s.Text, ":：") && isPrint(symbols[:i+1]) {
			return symbols[:i+1]
		}
	}
	return nil
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
