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
// differ the sounder one is kept and the other noted.
func readTwice(engine ocr.Engine, p prepared, line []piece, within image.Rectangle) error {
	for i := range line {
		w := &line[i]
		if !w.ascii || !strings.ContainsAny(w.text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
			continue
		}
		// Symbol boxes are rough: beside a neighbour the crop must not reach for it.
		left, right := w.rect.Dy()/2, w.rect.Dy()/2
		if i > 0 {
			left = min(left, max(1, (w.rect.Min.X-line[i-1].rect.Max.X)/2))
		}
		if i+1 < len(line) {
			right = min(right, max(1, (line[i+1].rect.Min.X-w.rect.Max.X)/2))
		}
		pad := max(3, w.rect.Dy()/4)
		crop := image.Rect(w.rect.Min.X-left, w.rect.Min.Y-pad, w.rect.Max.X+right, w.rect.Max.Y+pad).Intersect(within)
		symbols, err := engine.Recognize(crop, ocr.Options{Lang: "eng", Mode: ocr.Line, DPI: p.dpi})
		if err != nil {
			return err
		}
		second, confidence := joined(symbols)
		settle(w, second, confidence)
		if w.twice && !whole(line, i) {
			w.twice = false // two good readings of a part are no proof of the whole
		}
	}
	return nil
}

var brokenNumber = regexp.MustCompile(`^0\d+\.\d|^[.,]|[.,]$`)

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
	first := asciiFold.Replace(w.text)
	if second == "" {
		return
	}
	if first == second {
		w.text, w.twice = first, true
		w.confidence = max(w.confidence, confidence)
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
