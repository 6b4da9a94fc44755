package pipeline

import (
	"image"
	"math"
	"unicode"
	"unicode/utf8"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// piece is a word in pixels of the levelled picture, before it becomes a hequan.Word.
type piece struct {
	text       string
	rect       image.Rectangle
	confidence float64
	symbols    int
	ascii      bool
	alt        string
	twice      bool // a second, independent reading agreed
}

// pieceLines cuts recognised symbols into lines of pieces. A piece ends at a
// gap and where Chinese and Latin script or digits meet, so that a number
// stands alone and can be read a second time.
func pieceLines(symbols []ocr.Symbol) [][]piece {
	var lines [][]piece
	for _, s := range symbols {
		r, _ := utf8.DecodeRuneInString(s.Text)
		if s.Confidence < 0.12 || unicode.IsSpace(r) {
			continue
		}
		ascii := isASCIIPart(r)
		if s.NewLine || len(lines) == 0 {
			lines = append(lines, nil)
		}
		line := &lines[len(lines)-1]
		if n := len(*line); n > 0 {
			last := &(*line)[n-1]
			gap := s.Rect.Min.X - last.rect.Max.X
			height := max(s.Rect.Dy(), last.rect.Dy())
			limit := height * 6 / 10
			switch {
			case ascii && (r == '.' || r == ',' || endsInPoint(last.text)):
				limit = height * 8 / 10
			case ascii && s.NewWord:
				limit = height * 4 / 10
			}
			apart := gap > limit
			if last.ascii == ascii && !apart {
				last.text += s.Text
				last.rect = last.rect.Union(s.Rect)
				last.confidence += s.Confidence
				last.symbols++
				continue
			}
		}
		*line = append(*line, piece{text: s.Text, rect: s.Rect, confidence: s.Confidence, symbols: 1, ascii: ascii})
	}
	out := lines[:0]
	for _, l := range lines {
		if len(l) == 0 {
			continue
		}
		for i := range l {
			l[i].confidence /= float64(l[i].symbols)
		}
		out = append(out, l)
	}
	return out
}

func endsInPoint(s string) bool {
	return s[len(s)-1] == '.' || s[len(s)-1] == ','
}

// isASCIIPart says whether a character belongs to numbers, codes and Latin words.
func isASCIIPart(r rune) bool {
	switch r {
	case '¥', '￥', '，', '．', '％', '－', '／', '：':
		return r == '¥' || r == '￥' || r == '％'
	case ':', '(', ')', '“', '”', ';':
		return false
	}
	return r > ' ' && r < 0x7f || r >= '０' && r <= '９'
}

// toLine turns pieces into a line with boxes in fractions of the page as it
// was before it was levelled.
func toLine(pieces []piece, turn imaging.Turn) hequan.Line {
	var line hequan.Line
	for _, p := range pieces {
		w := hequan.Word{Text: p.text, Box: fractions(p.rect, turn), Confidence: round3(p.confidence), Alt: p.alt}
		if p.twice {
			w.Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		line.Words = append(line.Words, w)
		line.Box = line.Box.Union(w.Box)
	}
	return line
}

func fractions(r image.Rectangle, turn imaging.Turn) hequan.Box {
	w, h := float64(turn.W), float64(turn.H)
	b := turn.BackBox([4]float64{float64(r.Min.X) / w, float64(r.Min.Y) / h, float64(r.Max.X) / w, float64(r.Max.Y) / h})
	for i := range b {
		b[i] = round5(b[i])
	}
	return b
}

func round3(v float64) float64 { return math.Round(v*1e3) / 1e3 }
func round5(v float64) float64 { return math.Round(v*1e5) / 1e5 }
