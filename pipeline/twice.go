package pipeline

import (
	"image"
	"regexp"
	"strings"

	"hequan/internal/ocr"
)

// asciiFold maps what recognisers print for the same mark to one form.
var asciiFold = strings.NewReplacer("，", ",", "．", ".", "￥", "¥", "％", "%", "－", "-", "—", "-", "–", "-", "’", "'", "‘", "'", " ", "",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// plainNumber and plainCode are what a sound reading of a number or a code
// looks like; a reading that fits neither is not preferred over another.
var (
	plainNumber = regexp.MustCompile(`^[¥]?-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?$`)
	plainCode   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9./_-]*$`)
)

// readTwice reads every number and code of a line again from its own crop with
// the Latin model. Where both readings agree the piece is proven; where they
// differ the sounder one is kept and the other noted. A number that a recogniser of
// numbers read alike is read no third time, but for amounts of money, with what
// stands before them.
func readTwice(engine ocr.Engine, p prepared, line []piece, within image.Rectangle) error {
	for i := range line {
		w := &line[i]
		if w.settled || !w.ascii || !strings.ContainsAny(w.text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
			continue
		}
		if number := thousandsPoints(asciiFold.Replace(w.text)); w.alike && plainNumber.MatchString(number) && !beforeDateSign(line, i) {
			w.text, w.twice = number, whole(line, i)
			if moneyForm.MatchString(strings.TrimLeft(w.text, "¥-")) {
				if err := readWide(engine, p, line, i, within); err != nil {
					return err
				}
			}
			continue
		}
		crop := ownCrop(p, line, i).Intersect(within)
		symbols, err := engine.Recognize(crop, ocr.Options{Lang: "eng", Mode: ocr.Line, DPI: p.dpi})
		if err != nil {
			return err
		}
		second, confidence := joined(symbols)
		if w.held && w.alt != "" && second == asciiFold.Replace(w.alt) && tookEnd(line, i, second, w.text) {
			// The first reading and this one say the same; the other took something of a neighbour along.
			w.text, w.alt = second, w.text
			w.twice = whole(line, i)
			w.confidence = min(w.confidence, confidence)
			continue
		}
		if w.held {
			w.twice = second == asciiFold.Replace(w.text) && whole(line, i)
			if w.twice && moneyForm.MatchString(strings.TrimLeft(w.text, "¥-")) {
				if err := readWide(engine, p, line, i, within); err != nil {
					return err
				}
			}
			continue
		}
		if fits, ok := dateDigits(line, i, second); ok {
			w.alt = ""
			if asciiFold.Replace(w.text) == second {
				w.twice = true
			} else {
				w.alt = asciiFold.Replace(w.text)
			}
			w.text, w.confidence = fits, min(w.confidence, max(0.5, confidence))
			continue
		}
		if tookAlong(line, i, second) {
			w.alt = second
			w.confidence = min(w.confidence, 0.75)
			continue
		}
		settle(w, second, confidence)
		if w.twice && !whole(line, i) {
			w.twice = false // two good readings of a part are no proof of the whole
		}
		if moneyForm.MatchString(strings.TrimLeft(w.text, "¥-")) {
			if err := readWide(engine, p, line, i, within); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownCrop is where a piece is read again. The boxes of symbols are rough: beside
// a neighbour the crop must not reach for it, and where they overlap it ends at
// the gap before the neighbour's ink.
func ownCrop(p prepared, line []piece, i int) image.Rectangle {
	w := line[i].rect
	left, right, pad := w.Min.X-w.Dy()/2, w.Max.X+w.Dy()/2, max(3, w.Dy()/4)
	if i > 0 {
		switch o := line[i-1].rect; {
		case o.Max.X > w.Min.X && o.Max.X-w.Min.X < w.Dy()/2:
			left = blankColumn(p.text, o.Max.X, 1, w)
		default:
			left = max(left, w.Min.X-max(1, (w.Min.X-o.Max.X)/2))
		}
	}
	if i+1 < len(line) {
		switch o := line[i+1].rect; {
		case o.Min.X < w.Max.X && w.Max.X-o.Min.X < w.Dy()/2:
			right = blankColumn(p.text, o.Min.X-1, -1, w)
		default:
			right = min(right, w.Max.X+max(1, (o.Min.X-w.Max.X)/2))
		}
	}
	return image.Rect(left, w.Min.Y-pad, right, w.Max.Y+pad)
}

// blankColumn is the first column without ink from x on, x itself where there
// is none within a third of the height.
func blankColumn(g *image.Gray, x, step int, within image.Rectangle) int {
	for n := 0; n <= within.Dy()/3; n++ {
		at, ink := x+n*step, false
		for y := within.Min.Y; y < within.Max.Y && !ink; y++ {
			ink = (image.Point{X: at, Y: y}).In(g.Rect) && g.GrayAt(at, y).Y < 128
		}
		if !ink {
			return at
		}
	}
	return x
}

// tookAlong says whether a second reading is the first one and something of the
// Chinese character that touches it: GPUBTA for the GPU of GPU算力. Before a number
// that something may be its first digit, swallowed with a sign of money.
func tookAlong(line []piece, i int, second string) bool {
	first := asciiFold.Replace(line[i].text)
	if tookEnd(line, i, first, second) {
		return true
	}
	w := line[i]
	first, second = strings.Trim(first, "-*"), strings.Trim(second, "-*")
	return len(second) > len(first) && first != "" && first[0] > '9' && strings.HasSuffix(second, first) &&
		i > 0 && !line[i-1].ascii && w.rect.Min.X-line[i-1].rect.Max.X < w.rect.Dy()/4
}

// tookEnd says whether one reading is another and something at its end, where
// a Chinese character touches it.
func tookEnd(line []piece, i int, short, long string) bool {
	w := line[i]
	short, long = strings.Trim(short, "-*"), strings.Trim(long, "-*")
	return len(long) > len(short) && short != "" && strings.HasPrefix(long, short) &&
		i+1 < len(line) && !line[i+1].ascii && line[i+1].rect.Min.X-w.rect.Max.X < w.rect.Dy()/4
}

// dateDigits chooses between the readings of digits that stand before 年, 月 or
// 日 the one that can stand there; ok is false where none, or two different ones, can.
func dateDigits(line []piece, i int, second string) (string, bool) {
	if i+1 >= len(line) {
		return "", false
	}
	var possible *regexp.Regexp
	switch {
	case strings.HasPrefix(line[i+1].text, "年"):
		possible = yearDigits
	case strings.HasPrefix(line[i+1].text, "月"):
		possible = monthDigits
	case strings.HasPrefix(line[i+1].text, "日"):
		possible = dayDigits
	default:
		return "", false
	}
	first := asciiFold.Replace(line[i].text)
	a, b := possible.MatchString(first), possible.MatchString(second)
	switch {
	case a && b && first != second, !a && !b:
		return "", false
	case a:
		return first, true
	}
	return second, true
}

// beforeDateSign says whether 年, 月 or 日 stands behind a piece.
func beforeDateSign(line []piece, i int) bool {
	return i+1 < len(line) && strings.IndexAny(line[i+1].text, "年月日") == 0
}

var (
	yearDigits  = regexp.MustCompile(`^(19|20)\d\d$`)
	monthDigits = regexp.MustCompile(`^(0?[1-9]|1[0-2])$`)
	dayDigits   = regexp.MustCompile(`^(0?[1-9]|[12]\d|3[01])$`)
)

var brokenNumber = regexp.MustCompile(`^0\d+\.\d|^[.,]|[.,]$`)

var (
	moneyForm = regexp.MustCompile(`^(\d{1,3}(,\d{3})+|\d+)\.\d{2}$`)
	moneyTail = regexp.MustCompile(`(\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$`)
)

// readWide reads an amount once more together with what stands close before
// it: the digit after ¥ is swallowed now and then by both readings of the
// narrow crop. A longer amount that ends in the shorter one takes its place.
func readWide(engine ocr.Engine, p prepared, line []piece, i int, within image.Rectangle) error {
	w := &line[i]
	from := w.rect.Min.X - w.rect.Dy()
	if i > 0 && line[i-1].rect.Max.X > from {
		from = min(from, line[i-1].rect.Max.X-w.rect.Dy())
	}
	crop := image.Rect(from, w.rect.Min.Y-w.rect.Dy()/4, w.rect.Max.X+2, w.rect.Max.Y+w.rect.Dy()/4).Intersect(within)
	symbols, err := engine.Recognize(crop, ocr.Options{Lang: "eng", Mode: ocr.Line, DPI: p.dpi})
	if err != nil {
		return err
	}
	text, confidence := joined(symbols)
	wide := moneyTail.FindString(text)
	own := strings.TrimLeft(w.text, "¥-")
	switch {
	case wide == own:
	case len(wide) > len(own) && strings.HasSuffix(wide, own) && confidence > 0.5:
		w.alt, w.text, w.twice = own, wide, false
	default:
		w.twice = false
	}
	return nil
}

// whole says whether a piece is a number or code in full: it has the form of
// one, and no other digit, letter or mark stands so close that it might belong.
func whole(line []piece, i int) bool {
	w := line[i]
	if brokenNumber.MatchString(w.text) {
		return false
	}
	near := func(o piece, gap int) bool {
		if gap > w.rect.Dy()*8/10 {
			return false
		}
		if pointDate.MatchString(w.text) && strings.Trim(o.text, "一-—–~～") == "" {
			return false // the dash of a period
		}
		return o.ascii || strings.Trim(o.text, "，。、,.·‘’'\"|一") == ""
	}
	if i > 0 && near(line[i-1], w.rect.Min.X-line[i-1].rect.Max.X) {
		return false
	}
	return i+1 >= len(line) || !near(line[i+1], line[i+1].rect.Min.X-w.rect.Max.X)
}

func joined(symbols []ocr.Symbol) (string, float64) {
	var text strings.Builder
	sum := 0.0
	for _, s := range symbols {
		text.WriteString(s.Text)
		sum += s.Confidence
	}
	if len(symbols) == 0 {
		return "", 0
	}
	return asciiFold.Replace(text.String()), sum / float64(len(symbols))
}

// settle decides between the two readings of a piece.
func settle(w *piece, second string, confidence float64) {
	first := thousandsPoints(asciiFold.Replace(w.text))
	if second = thousandsPoints(second); second == "" {
		return
	}
	if first == second {
		w.text, w.twice = first, true
		w.confidence = max(w.confidence, confidence)
		return
	}
	if a, b := pointDate.MatchString(first), pointDate.MatchString(second); a != b {
		if b {
			w.alt, w.text = first, second
		} else {
			w.alt = second
		}
		w.confidence = min(w.confidence, max(0.5, confidence))
		return
	}
	number := func(s string) bool { return plainNumber.MatchString(s) }
	code := func(s string) bool { return plainCode.MatchString(s) }
	better := false
	switch {
	case number(first) && !number(second), code(first) && !code(second) && !number(second):
		// The crop took something of a neighbour along.
	case number(second) && !number(first):
		better = confidence >= 0.5
	case number(first) && number(second):
		// 1185.32 for 1,185.32, or the digit after ¥ swallowed: more of a number is read rarely by mistake.
		better = confidence >= 0.5 && len(second) >= len(first) && len(second) <= len(first)+3
	case code(second):
		better = confidence >= 0.5 || !code(first)
	}
	if better {
		w.alt, w.text, w.confidence = first, second, min(w.confidence, confidence)
		return
	}
	w.alt = second
	w.confidence = min(w.confidence, 0.75)
}

var pointDate = regexp.MustCompile(`^(19|20)\d\d([.\-/])(0?[1-9]|1[0-2])([.\-/])(0?[1-9]|[12]\d|3[01])$`)

var pointed = regexp.MustCompile(`^(¥?\d{1,3}(?:[.,]\d{3})+)([.,]\d{2})$`)

// thousandsPoints turns 1.640.000.00 into 1,640,000.00: commas are read as points.
func thousandsPoints(s string) string {
	m := pointed.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	return strings.ReplaceAll(m[1], ".", ",") + "." + m[2][1:]
}
