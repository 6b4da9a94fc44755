package pipeline

import (
	"image"
	"regexp"

	"hequan/internal/ocr"
)

// What of a line a witness is asked for. It costs by the length of what it reads: of a long line
// that was read well it is shown the values alone, with a little before and behind them.
const (
	shortEnough = 22   // characters of a stretch that is read whole
	readWell    = 0.93 // confidence of words in which nothing is sought
	besideValue = 2    // characters of running text before and behind a value
)

// stretch is a part of a line that is read at once: pieces from to to, of the first and last of
// which lead and tail characters alone; 0: all.
type stretch struct{ from, to, lead, tail int }

// stretches returns what of a line is to be read again: parts without a wide gap in which
// something is not proven.
func stretches(pieces []piece) []stretch {
	var out []stretch
	for from := 0; from < len(pieces); {
		to, length := from+1, runeCount(pieces[from].text)
		for to < len(pieces) && pieces[to].rect.Min.X-pieces[to-1].rect.Max.X < 2*max(pieces[to].rect.Dy(), pieces[to-1].rect.Dy()) {
			length += runeCount(pieces[to].text)
			to++
		}
		proven, well := true, true
		for _, x := range pieces[from:to] {
			proven = proven && x.twice && !longNumber(x.text)
			well = well && (x.twice || x.ascii || x.confidence >= readWell)
		}
		switch {
		case proven:
		case length <= shortEnough || !well:
			out = append(out, stretch{from, to, 0, 0})
		default:
			out = append(out, valueStretches(pieces, from, to)...)
		}
		from = to
	}
	return out
}

func runeCount(text string) int { return len([]rune(text)) }

// valueStretches are the values of a long line that are not proven, those that stand close together in one.
func valueStretches(pieces []piece, from, to int) []stretch {
	var out []stretch
	for i := from; i < to; i++ {
		if pieces[i].twice && !longNumber(pieces[i].text) || !holdsValue(pieces[i]) {
			continue
		}
		end := i + 1
		for k := i + 1; k < to && (holdsValue(pieces[k]) || runeCount(pieces[k].text) <= 2*besideValue); k++ {
			if holdsValue(pieces[k]) {
				end = k + 1
			}
		}
		s := stretch{i, end, 0, 0}
		if i > from {
			s.from, s.lead = i-1, besideValue
		}
		if end < to {
			s.to, s.tail = end+1, besideValue
		}
		out = append(out, s)
		i = end
	}
	return out
}

// holdsValue says whether a piece is a number or code, or has a day or an amount in Chinese numerals in it.
func holdsValue(x piece) bool { return x.ascii || chineseValue.MatchString(x.text) }

var chineseValue = regexp.MustCompile(`[〇○零一二三四五六七八九十]{1,4}[年月日]|[壹贰叁肆伍陆柒捌玖拾佰仟][万亿元圆角分整]?[壹贰叁肆伍陆柒捌玖拾佰仟]`)

// read asks the witness and weighs what it says. A piece of which a part alone was shown stays as it is.
func (s stretch) read(engine ocr.Engine, p prepared, pieces []piece, print []image.Rectangle) error {
	parts := append([]piece(nil), pieces[s.from:s.to]...)
	whole := make([]bool, len(parts))
	for i := range whole {
		whole[i] = true
	}
	if first := &parts[0]; s.lead > 0 && runeCount(first.text) > s.lead {
		*first, whole[0] = endOf(*first, s.lead), false
	}
	if last := &parts[len(parts)-1]; s.tail > 0 && runeCount(last.text) > s.tail {
		*last, whole[len(parts)-1] = beginOf(*last, s.tail), false
	}
	symbols, err := engine.Recognize(witnessCrop(p, pieces, parts, s, print), ocr.Options{Lang: ocr.Lines, DPI: p.dpi})
	if err != nil {
		return err
	}
	weigh(parts, symbols)
	for i := range parts {
		if whole[i] {
			pieces[s.from+i] = parts[i]
		}
	}
	return nil
}

// endOf and beginOf are the last and the first n characters of a piece, where they stand by the number of all.
func endOf(x piece, n int) piece {
	runes := []rune(x.text)
	x.rect.Min.X = x.rect.Max.X - x.rect.Dx()*n/len(runes)
	x.text = string(runes[len(runes)-n:])
	return x
}

func beginOf(x piece, n int) piece {
	runes := []rune(x.text)
	x.rect.Max.X = x.rect.Min.X + x.rect.Dx()*n/len(runes)
	x.text = string(runes[:n])
	return x
}

// witnessCrop is a stretch with its margins and with the print that touches it, of which nothing was
// read; it doesn't reach for its neighbours.
func witnessCrop(p prepared, pieces, parts []piece, s stretch, print []image.Rectangle) image.Rectangle {
	var r image.Rectangle
	for _, x := range parts {
		r = r.Union(x.rect)
	}
	lowest, highest := p.text.Rect.Min.X, p.text.Rect.Max.X
	switch {
	case s.lead > 0:
		lowest = r.Min.X
	case s.from > 0:
		lowest = (pieces[s.from-1].rect.Max.X + r.Min.X) / 2
	}
	switch {
	case s.tail > 0:
		highest = r.Max.X
	case s.to < len(pieces):
		highest = (r.Max.X + pieces[s.to].rect.Min.X) / 2
	}
	tall := r.Dy()
	for _, o := range print { // other lines of the same height
		if min(o.Max.Y, r.Max.Y)-max(o.Min.Y, r.Min.Y) < tall/2 {
			continue
		}
		if o.Max.X <= r.Min.X+tall/4 {
			lowest = max(lowest, min(o.Max.X, r.Min.X))
		}
		if o.Min.X >= r.Max.X-tall/4 {
			highest = min(highest, max(o.Min.X, r.Max.X))
		}
	}
	r = withTouching(p.text, r, lowest, highest, tall/2)
	side, above := max(2, tall/4), max(2, tall/8)
	return image.Rect(max(lowest, r.Min.X-side), r.Min.Y-above, min(highest, r.Max.X+side), r.Max.Y+above).Intersect(p.text.Rect)
}
