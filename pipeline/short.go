package pipeline

import (
	"image"

	"hequan"
	"hequan/internal/alphabet"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// shortLine is the most characters of a line in which layout analysis finds no line of
// print, or reads 工 for a lone 1 and two characters for a lone 台.
const shortLine = 5

// readShort reads a rectangle whose lines are all short and of which one at least is a lone character: line
// by line, the lone ones by two recognisers that don't look for lines. ok is false for any other rectangle.
func readShort(engine ocr.Engine, p prepared, r image.Rectangle) (lines []hequan.Line, ok bool, err error) {
	strips := imaging.Strips(p.text, r, max(2, p.dpi/50))
	mm := float64(p.dpi) / 25.4
	for _, s := range strips {
		if h := float64(s.Dy()); h < 1.2*mm || h > 5.5*mm || s.Dx() > shortLine*s.Dy() {
			return nil, false, nil
		}
		ok = ok || lone(s)
	}
	if !ok {
		return nil, false, nil
	}
	for _, s := range strips {
		room := s.Inset(-s.Dy() / 2).Intersect(r)
		if lone(s) {
			w, found, err := readLone(engine, p, s, s.Inset(-s.Dy()).Intersect(r))
			if err != nil {
				return nil, false, err
			}
			wide := s.Dx()*4 >= s.Dy()*3 // two digits are no wider than a Chinese character, one is narrower
			if found && !(wide && w.text[0] < 0x80) {
				lines = append(lines, toLine([]piece{w}, p.turn))
				continue
			}
			if !wide {
				continue
			}
		}
		symbols, err := readApart(engine, p, room, ocr.Options{Lang: "chi_sim", Mode: ocr.Line, DPI: p.dpi})
		if err == nil && len(symbols) == 0 {
			symbols, err = readRaw(engine, p, room)
		}
		if err != nil {
			return nil, false, err
		}
		more, err := readLetters(engine, p, symbols, r)
		if err != nil {
			return nil, false, err
		}
		lines = append(lines, more...)
	}
	return lines, true, nil
}

func lone(ink image.Rectangle) bool { return ink.Dx()*5 <= ink.Dy()*7 }

// readLone reads a character that stands alone. Two recognisers have to agree; with the first
// among them, that of numbers, it was read twice. chi_sim takes a 1 that fills the line for 工, eng reads no 台.
func readLone(engine ocr.Engine, p prepared, ink, room image.Rectangle) (piece, bool, error) {
	crop := imaging.LineCrop(p.text, ink.Inset(-1), ink.Dy(), 0.25, 0.4)
	var read []ocr.Symbol
	for _, way := range []struct {
		at image.Rectangle
		ocr.Options
	}{{crop, ocr.Options{Lang: ocr.NumbersA}}, {crop, ocr.Options{Lang: "eng"}}, {room, ocr.Options{Lang: "chi_sim"}}, {crop, ocr.Options{Lang: ocr.NumbersB}}} {
		if way.Lang == "eng" && len(read) > 0 && read[0].Text[0] >= 0x80 {
			continue
		}
		way.Mode, way.DPI = ocr.Raw, p.dpi
		symbols, err := engine.Recognize(way.at, way.Options)
		if err != nil {
			return piece{}, false, err
		}
		if len(symbols) != 1 {
			continue
		}
		s := symbols[0]
		if f, ok := alphabet.Fold([]rune(s.Text)[0]); ok {
			s.Text = string(f)
		}
		if s.Text == string(alphabet.Other) {
			continue
		}
		for i, earlier := range read {
			if earlier.Text == s.Text {
				return loneWord(s.Text, ink, max(earlier.Confidence, s.Confidence), i == 0), true, nil
			}
		}
		read = append(read, s)
	}
	if len(read) == 0 {
		return piece{}, false, nil
	}
	s := read[0]
	return loneWord(s.Text, ink, min(0.5, s.Confidence), false), true, nil
}

func loneWord(text string, ink image.Rectangle, confidence float64, twice bool) piece {
	return piece{text: text, rect: ink, confidence: confidence, symbols: 1, ascii: isASCIIPart([]rune(text)[0]), twice: twice}
}

// readRaw reads a line in which layout analysis finds none; nothing where it is not read for certain.
func readRaw(engine ocr.Engine, p prepared, r image.Rectangle) ([]ocr.Symbol, error) {
	const least = 0.8
	symbols, err := engine.Recognize(r, ocr.Options{Lang: "chi_sim", Mode: ocr.Raw, DPI: p.dpi})
	sum := 0.0
	for _, s := range symbols {
		sum += s.Confidence
	}
	if err != nil || sum < least*float64(len(symbols)) {
		return nil, err
	}
	return symbols, nil
}
