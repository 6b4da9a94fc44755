package seal

import (
	"image"
	"math"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/ocr"
)

// stripHeight is the height in pixels of an unwrapped ring.
const stripHeight = 48

// read recognises the name on the ring of a seal, then the straight line in
// its middle; sets Text, Center and Kind of the seal.
func read(engine ocr.Engine, m *impression, s *hequan.Seal) {
	b, ok := m.textBand()
	if !ok {
		b = band{top: 2, foot: 7, from: 0.06 * m.length, to: 0.94 * m.length}
	}
	han, stretches := "chi_sim", []float64{1.15, 1.5, 1.9}
	if engine.HasLines() { // which knows narrow characters
		han, stretches = ocr.Lines, []float64{1.4}
	}
	best, score := "", 0.0
	for _, stretch := range stretches {
		text, confidence := recognise(engine, m.strip(b, stretch), han)
		if n := float64(len([]rune(text))); n*confidence > score {
			best, score = text, n*confidence
		}
	}
	s.Text = best
	tilt := 0.0
	if ok {
		tilt = m.tilt(b)
	}
	var center string
	if s.Shape == "oval" {
		center, _ = recognise(engine, m.level(tilt, 0.3, 0.86), han)
		if code, _ := recognise(engine, m.level(tilt, -0.2, 0.24), "eng"); len(code) >= 15 {
			s.Center = code
		}
	} else {
		center, _ = recognise(engine, m.level(tilt, 0.32, 0.78), han)
	}
	if s.Kind = kindOf(center + best); s.Kind != "" && s.Center == "" {
		s.Center = center
	}
	if s.Kind == "" && s.Shape == "oval" {
		s.Kind = "invoice"
	}
}

// kindOf tells the kind from the words of a seal.
func kindOf(text string) string {
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("监制", "税务总局", "税务局"):
		return "supervision"
	case has("合同专", "合同章", "合同"):
		return "contract"
	case has("发票专", "发票"):
		return "invoice"
	case has("财务专", "财务"):
		return "finance"
	case has("市场监督", "监督管理", "行政审批", "工商行政"):
		return "authority"
	}
	return ""
}

// strip lays the ring's text flat, outside up, stretched in width: characters
// on rings are narrower than those that recognisers know.
func (m *impression) strip(b band, stretch float64) *image.Gray {
	tall := (b.foot - b.top) * 1.2
	top := b.top - 0.1*(b.foot-b.top)
	margin := 0.6 * (b.foot - b.top)
	perMM := stripHeight / tall
	narrow := 1 - (b.top+b.foot)/2/m.radius()
	w := int((b.to - b.from + 2*margin) * narrow * stretch * perMM)
	out := blank(w+stripHeight/2, stripHeight+stripHeight/2)
	for x := range w {
		f := m.frame(b.from - margin + float64(x)/(narrow*stretch*perMM))
		for y := range stripHeight {
			d := (top + float64(y)/perMM) * m.perMM
			out.Pix[(y+stripHeight/4)*out.Stride+x+stripHeight/4] = 255 - uint8(min(255, 255*m.sample(f.x+f.nx*d, f.y+f.ny*d)/m.full))
		}
	}
	return out
}

// level cuts the straight line between two heights (shares of the half height
// downwards from the middle), the seal turned upright.
func (m *impression) level(tilt, from, to float64) *image.Gray {
	rx, ry := 0.74*m.rim.rx, m.rim.ry
	scale := stripHeight / max(1, (to-from)*ry)
	w := int(2 * rx * scale)
	out := blank(w+stripHeight/2, stripHeight+stripHeight/2)
	sin, cos := math.Sincos(tilt)
	for y := range stripHeight {
		v := from*ry + float64(y)/scale
		for x := range w {
			u := -rx + float64(x)/scale
			out.Pix[(y+stripHeight/4)*out.Stride+x+stripHeight/4] = 255 - uint8(min(255, 255*m.sample(m.rim.cx+u*cos-v*sin, m.rim.cy+u*sin+v*cos)/m.full))
		}
	}
	return out
}

// blank is a white picture.
func blank(w, h int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, max(1, w), h))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	return out
}

// recognise reads a strip of one line of a seal. What is not a letter, digit or bracket, or is hardly sure, is dropped.
func recognise(engine ocr.Engine, strip *image.Gray, lang string) (string, float64) {
	return recogniseLine(engine, strip, lang, 0.2, "（）()")
}

// recogniseLine reads a strip of one line: letters, digits and marks of which the recogniser is surer than
// least, and its confidence in them.
func recogniseLine(engine ocr.Engine, strip *image.Gray, lang string, least float64, marks string) (string, float64) {
	if err := engine.SetPicture(strip); err != nil {
		return "", 0
	}
	symbols, err := engine.Recognize(strip.Rect, ocr.Options{Lang: lang, Mode: ocr.Line, DPI: 200})
	if err != nil {
		return "", 0
	}
	var text strings.Builder
	sum, n := 0.0, 0
	for _, s := range symbols {
		for _, r := range s.Text {
			if s.Confidence > least && (unicode.Is(unicode.Han, r) || unicode.IsDigit(r) || unicode.IsLetter(r) || strings.ContainsRune(marks, r)) {
				text.WriteRune(r)
				sum += s.Confidence
				n++
			}
		}
	}
	if n == 0 {
		return "", 0
	}
	return text.String(), sum / float64(n)
}
