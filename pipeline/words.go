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
	held       bool // by the recognisers of numbers: confirmed by a second reading, not overruled
	settled    bool // by the recognisers of numbers: not to be read again
	alike      bool // a recogniser of numbers reads all of it alike
	joined     bool // with the piece behind it
}

// letterLines cuts recognised symbols into lines, without what is dirt.
func letterLines(symbols []ocr.Symbol) [][]letter {
	var lines [][]letter
	for _, s := range symbols {
		r, _ := utf8.DecodeRuneInString(s.Text)
		if s.Confidence < 0.12 || unicode.IsSpace(r) {
			continue
		}
		if s.NewLine || len(lines) == 0 {
			lines = append(lines, nil)
		}
		line := &lines[len(lines)-1]
		*line = append(*line, letter{Symbol: s})
	}
	for i := range lines {
		lines[i] = joinHalves(lines[i])
	}
	return lines
}

// cutPieces cuts a line into pieces. A piece ends at a gap, where Chinese and
// Latin script or digits meet, and where a value that was read twice begins or
// ends, so that a number stands alone and can be read a second time.
func cutPieces(line []letter) []piece {
	var out []piece
	value := 0
	for _, s := range line {
		r, _ := utf8.DecodeRuneInString(s.Text)
		ascii := isASCIIPart(r)
		if n := len(out); n > 0 && value == s.value {
			last := &out[n-1]
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
				last.alike = last.alike && s.alike
				continue
			}
		}
		value = s.value
		out = append(out, piece{text: s.Text, rect: s.Rect, confidence: s.Confidence, symbols: 1, ascii: ascii, alt: s.alt, twice: s.twice, settled: s.twice, held: s.held, alike: s.alike})
	}
	for i := range out {
		out[i].confidence /= float64(out[i].symbols)
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
