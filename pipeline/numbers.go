package pipeline

import (
	"image"
	"strings"

	"hequan/internal/alphabet"
	"hequan/internal/ocr"
)

// letter is a recognised character of a line.
type letter struct {
	ocr.Symbol
	value int  // > 0: the number, in its line, of the value that it belongs to
	twice bool // the value was read alike by independent recognisers
	held  bool // by both recognisers of numbers against the first reading: another may confirm it, not overrule it
	alt   string
	alike bool // a recogniser of numbers reads the number that it belongs to alike
}

func letters(symbols []ocr.Symbol) []letter {
	out := make([]letter, len(symbols))
	for i, s := range symbols {
		out[i].Symbol = s
	}
	return out
}

// readNumbers reads the values of a line (amounts, 大写, dates, codes,
// quantities) again with the two recognisers of numbers, which were trained for
// nothing else, and returns the line with what the three readings come to.
func readNumbers(engine ocr.Engine, p prepared, line []letter, within image.Rectangle) ([]letter, error) {
	var out []letter
	done, value := 0, 0
	for _, s := range valueSpans(line) {
		out = append(out, line[done:s.from]...)
		done = s.to
		a, crop, err := readSpan(engine, p, line, s, within)
		if err != nil {
			return nil, err
		}
		if crop.Empty() {
			out = append(out, line[s.from:s.to]...)
			continue
		}
		if !worthSecond(line[s.from:s.to], a) {
			out = append(out, markAlike(line[s.from:s.to], a)...)
			continue
		}
		b, err := readLine(engine, crop, ocr.NumbersB, p.dpi)
		if err != nil {
			return nil, err
		}
		out = append(out, settleSpan(line[s.from:s.to], a, b, moreInk(p.text, crop, line[s.from:s.to]), &value)...)
	}
	return append(out, line[done:]...), nil
}

// readSpan cuts a stretch out and reads it with the first recogniser of numbers.
func readSpan(engine ocr.Engine, p prepared, line []letter, s span, within image.Rectangle) (reading, image.Rectangle, error) {
	crop := spanCrop(p.text, line, s, within)
	if crop.Empty() {
		return reading{}, crop, nil
	}
	a, err := readLine(engine, crop, ocr.NumbersA, p.dpi)
	if err != nil {
		return a, crop, err
	}
	first := newReading(symbolsOf(line[s.from:s.to])).text
	other, ok := otherCrop(p.text, crop, first, a.text)
	if !ok {
		return a, crop, nil
	}
	again, err := readLine(engine, other, ocr.NumbersA, p.dpi)
	if err == nil && strings.HasPrefix(again.text, string([]rune(first)[:4])) && len([]rune(again.text)) <= len([]rune(first)) {
		return again, other, nil
	}
	return a, crop, err
}

func symbolsOf(line []letter) []ocr.Symbol {
	out := make([]ocr.Symbol, len(line))
	for i, g := range line {
		out[i] = g.Symbol
	}
	return out
}

func readLine(engine ocr.Engine, crop image.Rectangle, net string, dpi int) (reading, error) {
	symbols, err := engine.Recognize(crop, ocr.Options{Lang: net, Mode: ocr.Raw, DPI: dpi})
	if err != nil {
		return reading{}, err
	}
	return newReading(symbols), nil
}

// reading is what one recogniser makes of a span, gaps dropped and characters folded.
type reading struct {
	text       string
	symbols    []ocr.Symbol // one a character of text
	confidence float64      // the lowest of a character
}

func newReading(symbols []ocr.Symbol) reading {
	r := reading{confidence: 1}
	var text strings.Builder
	for _, s := range symbols {
		for _, c := range s.Text { // one character, nearly always
			if c == ' ' {
				continue
			}
			f, ok := alphabet.Fold(c)
			if !ok {
				f = alphabet.Other
			}
			one := s
			one.Text = string(f)
			text.WriteRune(f)
			r.symbols = append(r.symbols, one)
		}
		r.confidence = min(r.confidence, s.Confidence)
	}
	r.text = text.String()
	return r
}

// span is a stretch of a line, in characters.
type span struct{ from, to int }

// valueSpans returns the stretches of a line that hold values: characters that
// the recognisers of numbers know, a digit, a 大写 numeral or a Latin word among
// them, without a wide gap. Up to two characters that a first reading got wrong
// don't end a stretch.
func valueSpans(line []letter) []span {
	var spans []span
	for i := 0; i < len(line); {
		if !valuable(line[i]) {
			i++
			continue
		}
		end, unknown := i+1, 0
		for j := i + 1; j < len(line) && !apart(line[j-1], line[j]); j++ {
			if valuable(line[j]) {
				end, unknown = j+1, 0
				continue
			}
			if joins(line[j]) {
				continue
			}
			if r := first(line[j]); marks[r] || stops[r] {
				break
			}
			if unknown++; unknown > 2 {
				break
			}
		}
		s := span{i, end}
		if s.from > 0 && first(line[s.from-1]) == '-' && !apart(line[s.from-1], line[s.from]) {
			s.from--
		}
		if s = widen(line, s); worthReading(line[s.from:s.to]) {
			spans = append(spans, s)
		}
		i = max(end, s.to)
	}
	return spans
}

func first(g letter) rune {
	for _, r := range g.Text {
		f, _ := alphabet.Fold(r)
		return f
	}
	return 0
}

func set(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}

var (
	upperNumerals = set("零壹贰叁肆伍陆柒捌玖拾佰仟")
	smallNumerals = set("〇一二三四五六七八九十百千")
	units         = set("万亿元圆角分整正负年月日")
	marks         = set(".,-/:%_+*#~()")
	stops         = set("。、；，！？“”《》")
)

// valuable says whether a character may belong to a value's core.
func valuable(g letter) bool {
	r := first(g)
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '¥' || upperNumerals[r] || smallNumerals[r] || units[r]
}

// joins says whether a character may stand inside of a value.
func joins(g letter) bool {
	r := first(g)
	return r != ':' && r != '(' && r != ')' && marks[r]
}

// apart says whether two neighbours stand too far from each other to be one value.
func apart(a, b letter) bool {
	return b.NewLine || b.Rect.Min.X-a.Rect.Max.X > max(a.Rect.Dy(), b.Rect.Dy())*5/4
}

// widen takes characters in that a first reading may have got wrong at the
// ends of an amount in words.
func widen(line []letter, s span) span {
	n := 0
	for _, g := range line[s.from:s.to] {
		if r := first(g); upperNumerals[r] || r == '元' || r == '圆' {
			n++
		}
	}
	if n < 2 {
		return s
	}
	misread := func(g letter) bool {
		r := first(g)
		_, known := alphabet.Fold(r)
		return !known && !stops[r]
	}
	for range 2 {
		if s.from > 0 && !apart(line[s.from-1], line[s.from]) && misread(line[s.from-1]) {
			s.from--
		}
	}
	if s.to < len(line) && !apart(line[s.to-1], line[s.to]) && misread(line[s.to]) {
		s.to++
	}
	return s
}

// worthReading says whether a stretch holds more than a unit or a mark.
func worthReading(g []letter) bool {
	digits, letters, upper, small := 0, 0, 0, 0
	for _, one := range g {
		switch r := first(one); {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			letters++
		case upperNumerals[r]:
			upper++
		case smallNumerals[r] || r == '年' || r == '月' || r == '日':
			small++
		}
	}
	return digits > 0 || letters > 2 || upper > 1 || small > 4
}
