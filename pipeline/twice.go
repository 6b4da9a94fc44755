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
		left, right := within.Min.X, within.Max.X
		if i > 0 {
			left = (line[i-1].rect.Max.X + w.rect.Min.X) / 2
		}
		if i+1 < len(line) {
			right = (line[i+1].rect.Min.X + w.rect.Max.X) / 2
		}
		pad := max(3, w.rect.Dy()/2)
		crop := image.Rect(max(left, w.rect.Min.X-pad), w.rect.Min.Y-pad/2, min(right, w.rect.Max.X+pad), w.rect.Max.Y+pad/2).Intersect(within)
		symbols, err := engine.Recognize(crop, ocr.Options{Lang: "eng", Mode: ocr.Line, DPI: p.dpi})
		if err != nil {
			return err
		}
		second, confidence := joined(symbols)
		settle(w, second, confidence)
	}
	return nil
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
	sound := func(s string) bool { return plainNumber.MatchString(s) || plainCode.MatchString(s) }
	switch {
	case sound(second) && (confidence >= 0.5 || !sound(first)):
		w.alt, w.text, w.confidence = first, second, min(w.confidence, confidence)
	default:
		w.alt = second
		w.confidence = min(w.confidence, 0.75)
	}
}
