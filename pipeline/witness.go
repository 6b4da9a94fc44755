package pipeline

import (
	"image"
	"strings"

	"hequan"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// What the recogniser of lines has to be sure of.
const (
	witnessAgrees    = 0.5 // to prove what was read alike
	witnessOverrules = 0.9 // to stand in another's place
)

// bearWitness reads the lines of a page again with the recogniser of lines, a net that
// shares nothing with those of Tesseract. Words that both read alike are proven, of others the surer
// reading stands and the other is noted. Of a page that was read badly it is shown a plane that keeps all strokes; rules are
// never erased from what it is shown, for underlines take the feet of characters with them. Lines of grids' cells are those of the page.
func bearWitness(engine ocr.Engine, page *raster.Page, p prepared, legibility float64, lines []hequan.Line, grids []hequan.Grid) ([]hequan.Line, error) {
	if !engine.HasLines() {
		return lines, nil
	}
	seen := p.ruled
	if legibility < doubtfulReading {
		seen = planeOf(page, p, 1)
	}
	if err := engine.SetPicture(seen); err != nil {
		return nil, err
	}
	type key struct {
		box   hequan.Box
		words int
	}
	known := map[key][]hequan.Word{}
	left := unasked{map[string]int{}}
	var print []image.Rectangle // of all words
	for _, l := range lines {
		for _, word := range l.Words {
			print = append(print, onLevel(p, word.Box))
		}
	}
	witness := func(list []hequan.Line) ([]hequan.Line, error) {
		var out []hequan.Line
		for _, l := range list {
			k := key{l.Box, len(l.Words)}
			if _, ok := known[k]; !ok {
				words, err := witnessLine(engine, p, l, print, left)
				if err != nil {
					return nil, err
				}
				known[k] = words
			}
			if l.Words = known[k]; len(l.Words) > 0 {
				out = append(out, l)
			}
		}
		return out, nil
	}
	lines, err := witness(lines)
	for _, g := range grids {
		for i := range g.Cells {
			if err == nil {
				g.Cells[i].Lines, err = witness(g.Cells[i].Lines)
			}
		}
	}
	return lines, err
}

// onLevel is a box of the page in pixels of the levelled picture.
func onLevel(p prepared, box hequan.Box) image.Rectangle {
	b, w, h := p.turn.Box(box), float64(p.turn.W), float64(p.turn.H)
	return image.Rect(int(b[0]*w+0.5), int(b[1]*h+0.5), int(b[2]*w+0.5), int(b[3]*h+0.5))
}

// witnessLine reads one line again, as far as it is worth it, and returns its words. print is where
// words stand on the page, its own among them.
func witnessLine(engine ocr.Engine, p prepared, line hequan.Line, print []image.Rectangle, left unasked) ([]hequan.Word, error) {
	pieces, places := make([]piece, len(line.Words)), make([]image.Rectangle, len(line.Words))
	for i, word := range line.Words {
		places[i] = onLevel(p, word.Box)
		pieces[i] = piece{text: word.Text, rect: places[i], confidence: word.Confidence,
			ascii: asciiWord(word.Text), alt: word.Alt, twice: len(word.Proof) > 0}
	}
	for _, s := range stretches(pieces) {
		if err := left.read(engine, p, pieces, s, print); err != nil {
			return nil, err
		}
	}
	var out []hequan.Word
	for i, x := range pieces {
		if x.text == "" { // joined with the one before, or dirt
			continue
		}
		word := hequan.Word{Text: x.text, Box: line.Words[i].Box, Confidence: round3(x.confidence), Alt: x.alt}
		switch {
		case x.joined:
			word.Box = word.Box.Union(line.Words[i+1].Box)
		case x.rect != places[i]:
			word.Box = word.Box.Union(fractions(x.rect, p.turn))
		}
		if x.twice {
			word.Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		out = append(out, partWords(word)...)
	}
	return out, nil
}

func asciiWord(text string) bool {
	for _, r := range text {
		if !isASCIIPart(r) {
			return false
		}
	}
	return text != ""
}

// gapMark stands in a word where a mark was read that is none: the words before and behind it are two.
const gapMark = '\t'

// partWords makes words of what stands between gap marks, each as wide as its share of the characters.
func partWords(w hequan.Word) []hequan.Word {
	parts := strings.Split(w.Text, string(gapMark))
	if len(parts) == 1 {
		return []hequan.Word{w}
	}
	var out []hequan.Word
	all, at := float64(runeCount(w.Text)), 0.0
	for i, part := range parts {
		n := float64(runeCount(part))
		if part != "" {
			one := w
			one.Text = part
			one.Box[0], one.Box[2] = round5(w.Box[0]+w.Box.Width()*at/all), round5(w.Box[0]+w.Box.Width()*(at+n)/all)
			if i > 0 {
				one.Alt = "" // it is the whole word's
			}
			out = append(out, one)
		}
		at += n + 1
	}
	return out
}
