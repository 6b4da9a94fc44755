package samples

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
)

// seal is one impression to be made.
type seal struct {
	Shape  string // round oval square
	Kind   string // company contract invoice finance person supervision authority
	Party  string // applicant provider other
	Text   string // on the ring; of a name seal the name
	Center string // the line in the middle
	Code   string // 13 digits at the foot
	Foot   string // the line below of an oval
	Width  float64
	Height float64
	Tilt   float64 // degrees
	Color  string  // CSS
	Blue   bool
	Faint  bool
	Double bool // pressed twice
	Print  bool // printed, not pressed
	Solid  bool // white characters on red

	Foreign bool // it is not whose it should be
}

// truth describes the impression; its place is filled in later.
func (s *seal) truth() TruthSeal {
	color := "red"
	if s.Blue {
		color = "blue"
	}
	center := s.Center
	if s.Shape == "oval" && s.Kind == "invoice" {
		center = s.Foot
	}
	var kind any = s.Kind
	if s.Kind == "authority" {
		kind = []string{"authority", "company", "other"}
	}
	return TruthSeal{Shape: s.Shape, Kind: kind, Party: s.Party, Text: s.Text, Center: center, Faint: s.Faint, Printed: s.Print, Color: color, foreign: s.Foreign}
}

// newSeal presses a round seal: a little tilted, of uneven strength.
func newSeal(r *rand.Rand, kind, party, name, code string) *seal {
	s := &seal{Shape: "round", Kind: kind, Party: party, Text: name, Code: code, Width: 40, Height: 40, Tilt: r.NormFloat64() * 6, Color: pick(r, "#d3232b", "#c81e2a", "#dd2f2f", "#c4262e", "#cf3a2f")}
	if r.IntN(3) == 0 {
		s.Width, s.Height = 42, 42
	}
	if kind == "contract" {
		s.Center = "合同专用章"
	}
	if kind == "finance" {
		s.Center = "财务专用章"
	}
	s.Faint = r.IntN(9) == 0
	s.Double = r.IntN(14) == 0
	s.Blue = kind == "contract" && r.IntN(12) == 0
	return s
}

// invoiceSeal is the oval 发票专用章 40 × 30 mm.
func invoiceSeal(r *rand.Rand, party, name, taxID string) *seal {
	return &seal{Shape: "oval", Kind: "invoice", Party: party, Text: name, Center: taxID, Foot: "发票专用章", Width: 40, Height: 30, Tilt: r.NormFloat64() * 7, Color: "#cf2730"}
}

// nameSeal is a square 名章.
func nameSeal(r *rand.Rand, party, name string) *seal {
	return &seal{Shape: "square", Kind: "person", Party: party, Text: name, Width: 18, Height: 18, Tilt: r.NormFloat64() * 4, Color: "#cc2a2a", Solid: r.IntN(3) == 0}
}

// svg draws the seal in a box of 100 units a 100 % of its width.
func (s *seal) svg(clean bool) string {
	var b strings.Builder
	h := 100 * s.Height / s.Width
	filter, opacity := `filter="url(#ink)"`, 0.86
	if s.Faint {
		filter, opacity = `filter="url(#dry)"`, 0.62
	}
	if clean || s.Print {
		filter, opacity = "", 0.9
	}
	color := s.Color
	if s.Blue {
		color = "#2b49b0"
	}
	fmt.Fprintf(&b, `<svg viewBox="-50 %.2f 100 %.2f" xmlns="http://www.w3.org/2000/svg"><g %s opacity="%.2f" fill="%s" stroke="none" font-family="%s" transform="rotate(%.2f)">`, -h/2, h, filter, opacity, color, s.font(), s.Tilt)
	s.draw(&b, color, h)
	b.WriteString(`</g>`)
	if s.Double {
		fmt.Fprintf(&b, `<g opacity="0.3" fill="%s" font-family="%s" transform="translate(2.2 -1.6) rotate(%.2f)">`, color, s.font(), s.Tilt+1.5)
		s.draw(&b, color, h)
		b.WriteString(`</g>`)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

const sealFont = `'Noto Serif CJK SC','AR PL UMing CN',serif`

// sealFaces are the typefaces that seals of a set with various ones are cut in,
// with their weight: Song, light and old Song (Fangsong of simplified characters
// is not packaged), Kai, Hei.
var sealFaces = []struct {
	face   string
	weight int
}{
	{`'Noto Serif CJK SC'`, 600}, {`'AR PL SungtiL GB'`, 400}, {`'AR PL UMing CN'`, 400}, {`'Noto Serif CJK SC'`, 400},
	{`'AR PL KaitiM GB'`, 400}, {`'Noto Sans CJK SC'`, 400}, {`'WenQuanYi Zen Hei'`, 400}, {`'AR PL SungtiL GB'`, 600},
}

// number tells the typeface of a seal: whoever has several has them cut at one place.
func (s *seal) number() uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.Text))
	return h.Sum32() % uint32(len(sealFaces))
}

// font is the typeface of a seal: the usual one, unless the page's style names others.
func (s *seal) font() string { return fmt.Sprintf("var(--seal%d,%s)", s.number(), sealFont) }

// weight is how bold its characters are.
func (s *seal) weight() string { return fmt.Sprintf("var(--bold%d,600)", s.number()) }

// variousFaces is the style of a page whose seals are cut in various typefaces.
func variousFaces() string {
	var b strings.Builder
	b.WriteString(".page{")
	for i, f := range sealFaces {
		fmt.Fprintf(&b, "--seal%d:%s,%s;--bold%d:%d;", i, f.face, sealFont, i, f.weight)
	}
	return b.String() + "}"
}

func (s *seal) draw(b *strings.Builder, color string, h float64) {
	switch s.Shape {
	case "round":
		fmt.Fprintf(b, `<circle r="47.5" fill="none" stroke="%s" stroke-width="2.8"/>`, color)
		b.WriteString(star(14))
		arc(b, s.Text, 36.5, 36.5, 12.5, 0.74, 250, s.weight())
		if s.Center != "" {
			fmt.Fprintf(b, `<text y="30" font-size="11.5" font-weight="%s" text-anchor="middle" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`, s.weight(), 10*len([]rune(s.Center)), esc(s.Center))
		}
		if s.Code != "" {
			arcFoot(b, s.Code, 41.5, 5.2)
		}
	case "oval":
		fmt.Fprintf(b, `<ellipse rx="48" ry="%.2f" fill="none" stroke="%s" stroke-width="2.5"/>`, h/2-2, color)
		arc(b, s.Text, 39, h/2-9.5, 9.2, 0.72, 172, s.weight())
		size := 8.2
		fmt.Fprintf(b, `<text y="5" font-size="%.1f" font-family="'Nimbus Sans','DejaVu Sans',sans-serif" text-anchor="middle" textLength="66" lengthAdjust="spacingAndGlyphs">%s</text>`, size, esc(s.Center))
		fmt.Fprintf(b, `<text y="22" font-size="9.6" font-weight="%s" text-anchor="middle" textLength="48" lengthAdjust="spacingAndGlyphs">%s</text>`, s.weight(), esc(s.Foot))
	case "square":
		s.square(b, color)
	}
}

// square draws a name seal, its characters in columns from right to left.
func (s *seal) square(b *strings.Builder, color string) {
	runes := []rune(s.Text)
	switch len(runes) {
	case 2:
		runes = append(runes, '之', '印')
	case 3:
		runes = append(runes, '印')
	}
	ink, ground := color, "none"
	if s.Solid {
		ink, ground = "#fff", color
	}
	fmt.Fprintf(b, `<rect x="-46" y="-46" width="92" height="92" fill="%s" stroke="%s" stroke-width="5"/>`, ground, color)
	spots := [][2]float64{{22, -6}, {22, 38}, {-22, -6}, {-22, 38}}
	for i, c := range runes {
		if i >= len(spots) {
			break
		}
		fmt.Fprintf(b, `<text x="%.0f" y="%.0f" font-size="42" font-weight="700" fill="%s" text-anchor="middle">%s</text>`, spots[i][0], spots[i][1], ink, esc(string(c)))
	}
}

func star(radius float64) string {
	var pts []string
	for i := range 10 {
		rad := radius
		if i%2 == 1 {
			rad = radius * 0.382
		}
		a := math.Pi * float64(i) / 5
		pts = append(pts, fmt.Sprintf("%.2f,%.2f", rad*math.Sin(a), -rad*math.Cos(a)))
	}
	return `<polygon points="` + strings.Join(pts, " ") + `"/>`
}

// arc sets text along the upper part of an ellipse, over at most span degrees.
func arc(b *strings.Builder, text string, rx, ry, size, narrow, span float64, weight string) {
	runes := []rune(text)
	step := span / float64(len(runes))
	if step > 24 {
		step = 24
	}
	width := step * math.Pi / 180 * (rx + ry) / 2 / size
	if width < narrow {
		narrow = width * 0.97
	}
	for i, c := range runes {
		a := (float64(i) - float64(len(runes)-1)/2) * step * math.Pi / 180
		x, y := rx*math.Sin(a), -ry*math.Cos(a)
		turn := math.Atan2(x/(rx*rx), -y/(ry*ry)) * 180 / math.Pi
		fmt.Fprintf(b, `<text transform="translate(%.2f %.2f) rotate(%.2f) scale(%.3f 1.12)" y="%.2f" font-size="%.1f" font-weight="%s" text-anchor="middle">%s</text>`, x, y, turn, narrow, size*0.36, size, weight, esc(string(c)))
	}
}

// arcFoot sets the seal's number along the foot, readable from the centre.
func arcFoot(b *strings.Builder, text string, radius, size float64) {
	n := len(text)
	for i, c := range text {
		a := (float64(i) - float64(n-1)/2) * 5.4 * math.Pi / 180
		fmt.Fprintf(b, `<text transform="translate(%.2f %.2f) rotate(%.2f)" font-size="%.1f" font-family="'DejaVu Sans',sans-serif" text-anchor="middle">%c</text>`, radius*math.Sin(a), radius*math.Cos(a)+size*0.3, -a*180/math.Pi, size, c)
	}
}
