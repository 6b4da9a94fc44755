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
const stripHeight = 56

// read unwraps the ring of a seal and recognises its name, then the straight
// line in its middle; sets Text, Center and Kind of the seal.
func read(engine ocr.Engine, img *image.NRGBA, r ring, dpi int, s *hequan.Seal) {
	ink := inkPlane(img, r)
	best, score := "", 0.0
	for _, band := range [][2]float64{{0.58, 0.94}, {0.66, 0.96}, {0.52, 0.90}} {
		strip := unwrap(ink, band[0], band[1])
		text, confidence := recognise(engine, strip, "chi_sim")
		if n := float64(len([]rune(text))); n*confidence > score {
			best, score = text, n*confidence
		}
	}
	s.Text = best
	center, _ := recognise(engine, centre(ink, 0.18, 0.62), "chi_sim")
	s.Kind = kindOf(center + best)
	if s.Kind != "" && s.Kind != "company" {
		s.Center = center
	}
	if s.Shape == "oval" {
		code, _ := recognise(engine, centre(ink, -0.22, 0.2), "eng")
		if len(code) >= 15 {
			s.Center = code
		}
		if s.Kind == "" {
			s.Kind = "invoice"
		}
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

// plane is the ink of a seal in a square of unit radius.
type plane struct {
	img            *image.Gray
	cx, cy, rx, ry float64
}

// inkPlane returns luma detail where there is chroma, on white: raw chroma is
// too coarse in JPEG, raw luma holds the text underneath.
func inkPlane(img *image.NRGBA, r ring) plane {
	box := image.Rect(int(r.cx-r.rx*1.08), int(r.cy-r.ry*1.08), int(r.cx+r.rx*1.08)+1, int(r.cy+r.ry*1.08)+1).Intersect(img.Rect)
	g := image.NewGray(image.Rect(0, 0, box.Dx(), box.Dy()))
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			p := img.Pix[(y+box.Min.Y)*img.Stride+4*(x+box.Min.X):]
			rr, gg, bb := int(p[0]), int(p[1]), int(p[2])
			own, other := rr, (gg+bb)/2
			if r.color == "blue" {
				own, other = bb, (rr+gg)/2
			}
			chroma := own - other
			v := 255
			// Ink that keeps its own channel bright is seal; black text is dark in all.
			if chroma > 12 && own > 100 {
				v = max(0, 255-int(float64(255-other)*min(1, float64(chroma)/50)*1.15))
			}
			g.Pix[y*g.Stride+x] = uint8(v)
		}
	}
	return plane{g, r.cx - float64(box.Min.X), r.cy - float64(box.Min.Y), r.rx, r.ry}
}

// unwrap lays the ring between two radii (shares of the whole) flat, beginning
// and ending at the foot of the seal, outside up.
func unwrap(p plane, inner, outer float64) *image.Gray {
	circumference := 2 * math.Pi * (inner + outer) / 2
	w := int(stripHeight * circumference / (outer - inner))
	pad := stripHeight / 4
	out := image.NewGray(image.Rect(0, 0, w+2*pad, stripHeight+2*pad))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	for y := range stripHeight {
		radius := outer - (outer-inner)*float64(y)/stripHeight
		for x := range w {
			angle := math.Pi/2 + 2*math.Pi*float64(x)/float64(w) // clockwise from the foot
			sin, cos := math.Sincos(angle)
			out.Pix[(y+pad)*out.Stride+x+pad] = sample(p.img, p.cx+radius*p.rx*cos, p.cy+radius*p.ry*sin)
		}
	}
	return out
}

// centre cuts the straight line between two heights (shares of the radius,
// downwards from the middle), doubled in size.
func centre(p plane, from, to float64) *image.Gray {
	x0, x1 := p.cx-0.72*p.rx, p.cx+0.72*p.rx
	y0, y1 := p.cy+from*p.ry, p.cy+to*p.ry
	scale := stripHeight / max(1, y1-y0)
	w := int((x1 - x0) * scale)
	out := image.NewGray(image.Rect(0, 0, max(8, w), stripHeight))
	for y := range stripHeight {
		for x := range out.Rect.Dx() {
			out.Pix[y*out.Stride+x] = sample(p.img, x0+float64(x)/scale, y0+float64(y)/scale)
		}
	}
	return out
}

func sample(g *image.Gray, x, y float64) uint8 {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	if x0 < 0 || y0 < 0 || x0+1 >= g.Rect.Dx() || y0+1 >= g.Rect.Dy() {
		return 255
	}
	fx, fy := x-float64(x0), y-float64(y0)
	i := y0*g.Stride + x0
	top := float64(g.Pix[i])*(1-fx) + float64(g.Pix[i+1])*fx
	low := float64(g.Pix[i+g.Stride])*(1-fx) + float64(g.Pix[i+g.Stride+1])*fx
	return uint8(top*(1-fy) + low*fy)
}

// recognise reads a strip of one line. What is not a letter or digit is dropped.
func recognise(engine ocr.Engine, strip *image.Gray, lang string) (string, float64) {
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
			if s.Confidence > 0.2 && (unicode.Is(unicode.Han, r) || unicode.IsDigit(r) || unicode.IsLetter(r) || strings.ContainsRune("（）()", r)) {
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
