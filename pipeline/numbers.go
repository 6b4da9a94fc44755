package pipeline

import (
	"image"
	"strings"

	"hequan/internal/alphabet"
	"hequan/internal/imaging"
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

// otherCrop is a crop that begins a piece of ink earlier where a recogniser of numbers lost the first
// digit that was read, or that ends a piece earlier where it read a character more:
// boxes of symbols may lie a whole character off where digits touch Chinese ones.
func otherCrop(g *image.Gray, crop image.Rectangle, first, a string) (image.Rectangle, bool) {
	f, r := []rune(first), []rune(a)
	if len(f) < 5 || len(r) < 4 {
		return crop, false
	}
	lost := f[0] >= '0' && f[0] <= '9' && r[0] == f[1] && r[1] == f[2] && r[2] == f[3]
	more := len(r) == len(f)+1 && !lost || lost && len(r) == len(f)
	if lost {
		crop.Min.X = beyondInk(g, crop, crop.Min.X, -1)
	}
	if more {
		crop.Max.X = beyondInk(g, crop, crop.Max.X, -1)
	}
	return crop, (lost || more) && crop.Dx() > crop.Dy()
}

// beyondInk goes from a column over blank ones and the piece of ink behind them to the
// next blank one.
func beyondInk(g *image.Gray, crop image.Rectangle, x, step int) int {
	y0, y1 := crop.Min.Y+crop.Dy()/6, crop.Max.Y-crop.Dy()/6
	for n, in := 0, false; n < 2*crop.Dy(); n++ {
		x += step
		if x <= g.Rect.Min.X || x >= g.Rect.Max.X-1 {
			break
		}
		switch ink := inked(g, x, y0, y1); {
		case ink:
			in = true
		case in:
			return x
		}
	}
	return x
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

// withTouching widens a box by print that stands so close that it belongs to
// it although no character was read there: the digit after ¥ is swallowed so.
func withTouching(g *image.Gray, box image.Rectangle, lowest, highest, gap int) image.Rectangle {
	for x, blank := box.Min.X-1, 0; x >= max(lowest, g.Rect.Min.X) && blank <= gap; x-- {
		if blank++; inked(g, x, box.Min.Y, box.Max.Y) {
			box.Min.X, blank = x, 0
		}
	}
	for x, blank := box.Max.X, 0; x < min(highest, g.Rect.Max.X) && blank <= gap; x++ {
		if blank++; inked(g, x, box.Min.Y, box.Max.Y) {
			box.Max.X, blank = x+1, 0
		}
	}
	return box
}

// spanCrop cuts a stretch out with its margins. Boxes of symbols are rough:
// where a neighbour stands, the cut goes through the gap that is seen.
func spanCrop(g *image.Gray, line []letter, s span, within image.Rectangle) image.Rectangle {
	var box image.Rectangle
	em := 0
	for _, one := range line[s.from:s.to] {
		box = box.Union(one.Rect)
	}
	for _, one := range line {
		em = max(em, min(one.Rect.Dy(), box.Dy()))
	}
	lowest, highest := within.Min.X, within.Max.X
	if s.from > 0 {
		before, own := line[s.from-1].Rect, line[s.from].Rect
		lowest = gapBetween(g, box, before.Min.X+before.Dx()*6/10, own.Min.X+own.Dx()*6/10, true)
	}
	if s.to < len(line) {
		own, after := line[s.to-1].Rect, line[s.to].Rect
		highest = gapBetween(g, box, own.Max.X-own.Dx()*6/10, after.Max.X-after.Dx()*6/10, false)
	}
	box.Min.X, box.Max.X = max(box.Min.X, lowest), min(box.Max.X, highest)
	box = withTouching(g, box, lowest, highest, em*3/10)
	side := em / 6
	rough := box.Inset(-side).Intersect(within)
	rough.Min.X, rough.Max.X = max(rough.Min.X, lowest), min(rough.Max.X, highest)
	crop := imaging.LineCrop(g, rough, em, 0.25, 0.4)
	crop.Min.X, crop.Max.X = max(crop.Min.X, lowest), min(crop.Max.X, highest)
	return crop
}

// gapBetween returns the middle of the gap between two characters that is
// sought from x0 to x1 at the height of box: of the widest gaps the first, or the
// last; where there is none, the middle.
func gapBetween(g *image.Gray, box image.Rectangle, x0, x1 int, first bool) int {
	type gap struct{ from, to int }
	var gaps []gap
	widest, start := 0, -1
	for x := max(x0, g.Rect.Min.X); x <= min(x1, g.Rect.Max.X); x++ {
		if x < min(x1, g.Rect.Max.X) && !inked(g, x, box.Min.Y, box.Max.Y) {
			if start < 0 {
				start = x
			}
			continue
		}
		if start >= 0 {
			gaps, widest, start = append(gaps, gap{start, x}), max(widest, x-start), -1
		}
	}
	at := (x0 + x1) / 2
	for _, o := range gaps {
		if 10*(o.to-o.from) >= 7*widest {
			at = (o.from + o.to) / 2
			if first {
				break
			}
		}
	}
	return at
}

// inked says whether more than a speck stands in a column between two heights.
func inked(g *image.Gray, x, y0, y1 int) bool {
	n := 0
	for y := max(g.Rect.Min.Y, y0); y < min(g.Rect.Max.Y, y1); y++ {
		if g.Pix[(y-g.Rect.Min.Y)*g.Stride+x-g.Rect.Min.X] < 128 {
			n++
		}
	}
	return n > 1
}

// moreInk says whether in a stretch of a day's characters, each of them one piece of ink, more pieces stand than characters
// were read: of two alike beside each other (11) each of the recognisers may see one.
func moreInk(g *image.Gray, crop image.Rectangle, line []letter) bool {
	for _, l := range line {
		if r := first(l); !(r >= '0' && r <= '9') && r != '年' && r != '月' && r != '日' {
			return false
		}
	}
	runs, in := 0, false
	for x := crop.Min.X; x < crop.Max.X; x++ {
		ink := false
		for y := crop.Min.Y; y < crop.Max.Y && !ink; y++ {
			ink = (image.Point{X: x, Y: y}).In(g.Rect) && g.GrayAt(x, y).Y < lightInk
		}
		if ink && !in {
			runs++
		}
		in = ink
	}
	return runs > len(line)
}

// lightInk is the grey of the thin strokes that hold a character together.
const lightInk = 160
