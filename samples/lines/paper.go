package lines

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// sheet is a piece of paper around one line.
type sheet struct {
	img *image.NRGBA
	dpi int
	em  float64
	ink [4]float64 // of the line itself: x0 y0 x1 y1
	// free is how far beside the line's ink nothing else is printed.
	left, right float64
	sealed      bool
}

// blank makes paper of w × h pixels, a little tinted.
func blank(r *rand.Rand, w, h int) *image.NRGBA {
	paper := pick(r, [3]float64{255, 255, 255}, [3]float64{251, 250, 246}, [3]float64{247, 244, 236}, [3]float64{240, 240, 238}, [3]float64{228, 226, 220})
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = uint8(paper[0]), uint8(paper[1]), uint8(paper[2]), 255
	}
	return img
}

// print presses coverage onto the paper. weight above 1 thins the strokes,
// below 1 fattens them.
func printInk(img *image.NRGBA, cover *image.Alpha, ink color.NRGBA, strength, weight float64) {
	var table [256]float64
	for i := range table {
		table[i] = strength * math.Pow(float64(i)/255, weight)
	}
	c := [3]float64{float64(ink.R), float64(ink.G), float64(ink.B)}
	for i, a := range cover.Pix {
		if a == 0 {
			continue
		}
		k := table[a]
		p := img.Pix[4*i : 4*i+3]
		for j := range 3 {
			p[j] = uint8(float64(p[j])*(1-k) + c[j]*k)
		}
	}
}

// stamp multiplies coverage in a colour into the paper, as seal ink does;
// patches of it are missing.
func stamp(r *rand.Rand, img *image.NRGBA, cover *image.Alpha, ink color.NRGBA, strength float64) {
	w := img.Rect.Dx()
	fx, fy, px, py := 0.02+r.Float64()*0.1, 0.02+r.Float64()*0.1, r.Float64()*6, r.Float64()*6
	dry := r.Float64() * 0.8
	c := [3]float64{float64(ink.R), float64(ink.G), float64(ink.B)}
	for i, a := range cover.Pix {
		if a == 0 {
			continue
		}
		x, y := float64(i%w), float64(i/w)
		k := strength * float64(a) / 255 * (1 - dry*(0.5+0.5*math.Sin(x*fx+px)*math.Sin(y*fy+py)))
		p := img.Pix[4*i : 4*i+3]
		for j := range 3 {
			p[j] = uint8(float64(p[j]) * (1 - k + k*c[j]/255))
		}
	}
}

// newSheet sets a line on paper with what else may stand there: words before
// and behind, lines above and below, rules, a seal.
func newSheet(r *rand.Rand, p *pen, f faces, text string) (*sheet, *setting, bool) {
	dpi := pick(r, 150, 150, 150, 150, 200, 200, 200, 200, 300)
	points := pick(r, 9, 9, 10, 10.5, 10.5, 11, 12, 12, 12, 14, 14, 16, 8, 7.5)
	s := setting{em: points * float64(dpi) / 72 * (0.97 + 0.06*r.Float64()), stretch: 1}
	if chance(r, 0.2) {
		s.stretch = 0.82 + r.Float64()*0.3
	}
	if chance(r, 0.2) {
		s.spacing = -0.03 + r.Float64()*0.15
	}
	if s.chinese, s.latin = f.choose(r, text); s.chinese == nil {
		return nil, nil, false
	}
	width, _, ok := s.set(p, nil, text, 0, 0)
	if !ok || width > 3000 {
		return nil, nil, false
	}
	margin := s.em * 2.2
	w, h := int(width+2*margin), int(4.6*s.em)
	sh := &sheet{img: blank(r, w, h), dpi: dpi, em: s.em, left: margin, right: margin}
	ras := vector.NewRasterizer(w, h)
	base := 2.65*s.em + r.Float64()
	if _, sh.ink, ok = s.set(p, ras, text, margin+r.Float64(), base); !ok || sh.ink[0] > sh.ink[2] {
		return nil, nil, false
	}
	sh.neighbours(r, p, ras, s, base)
	cover := coverage(ras, w, h)
	dark := uint8(pick(r, 0, 0, 0, 20, 40, 60, 85))
	ink := color.NRGBA{dark, dark, dark, 255}
	if chance(r, 0.05) { // printed blue, or the brown of invoice forms
		ink = pick(r, color.NRGBA{30, 40, 110, 255}, color.NRGBA{110, 60, 30, 255})
	}
	sh.rules(r)
	if chance(r, 0.42) {
		sh.seal(r, p, f)
		sh.sealed = true
	}
	weight := 0.65 + r.Float64()*1.15
	printInk(sh.img, cover, ink, 1-0.2*r.Float64()*min(1, 1.8-weight), weight)
	return sh, &s, true
}

// neighbours prints words beside the line and lines above and below it.
func (sh *sheet) neighbours(r *rand.Rand, p *pen, ras *vector.Rasterizer, s setting, base float64) {
	if chance(r, 0.22) {
		word := prose(r, 2)
		if s.chinese.has([]rune(word)) {
			width, _, _ := s.set(p, nil, word, 0, 0)
			sh.left = s.em * (0.08 + r.Float64()*0.5)
			s.set(p, ras, word, sh.ink[0]-sh.left-width, base)
		}
	}
	if chance(r, 0.22) {
		word := prose(r, 2)
		if s.chinese.has([]rune(word)) {
			sh.right = s.em * (0.08 + r.Float64()*0.5)
			s.set(p, ras, word, sh.ink[2]+sh.right, base)
		}
	}
	if chance(r, 0.4) {
		leading := s.em * (1.35 + r.Float64()*0.6)
		for _, y := range []float64{base - leading, base + leading} {
			word := prose(r, between(r, 2, 12))
			if s.chinese.has([]rune(word)) {
				s.set(p, ras, word, r.Float64()*float64(sh.img.Rect.Dx())*0.5, y)
			}
		}
	}
}

// rules draws lines of a table, or an underline.
func (sh *sheet) rules(r *rand.Rand) {
	w, h := sh.img.Rect.Dx(), sh.img.Rect.Dy()
	thick := max(1, int(float64(sh.dpi)*(0.1+0.35*r.Float64())/25.4+0.5))
	dark := uint8(between(r, 0, 120))
	level := func(y float64) {
		for yy := int(y); yy < int(y)+thick && yy < h; yy++ {
			for x := range w {
				p := sh.img.Pix[yy*sh.img.Stride+4*x:]
				p[0], p[1], p[2] = dark, dark, dark
			}
		}
	}
	switch n := r.IntN(20); {
	case n < 5: // a cell
		level(sh.ink[1] - sh.em*(0.2+r.Float64()*0.9))
		level(sh.ink[3] + sh.em*(0.2+r.Float64()*0.9))
		if chance(r, 0.5) {
			x := int(sh.ink[0] - sh.left*0.9)
			for y := range h {
				for xx := max(0, x); xx < x+thick; xx++ {
					px := sh.img.Pix[y*sh.img.Stride+4*xx:]
					px[0], px[1], px[2] = dark, dark, dark
				}
			}
		}
	case n < 7: // an underline
		level(sh.ink[3] + sh.em*(0.02+r.Float64()*0.15))
	}
}

// seal presses a part of a seal over the line: rim, ring text, star.
func (sh *sheet) seal(r *rand.Rand, p *pen, f faces) {
	w, h := sh.img.Rect.Dx(), sh.img.Rect.Dy()
	mm := float64(sh.dpi) / 25.4
	radius := mm * (17 + 5*r.Float64())
	ras := vector.NewRasterizer(w, h)
	// The middle lies so that some part of the seal covers the line.
	cx := sh.ink[0] + r.Float64()*(sh.ink[2]-sh.ink[0])
	cy := float64(h)/2 + (r.Float64()*2-1)*radius
	ring := func(outer, inner float64) {
		const n = 96
		for i := range n + 1 {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
			x, y := float32(cx+outer*cos), float32(cy+outer*sin)
			if i == 0 {
				ras.MoveTo(x, y)
			} else {
				ras.LineTo(x, y)
			}
		}
		ras.ClosePath()
		for i := range n + 1 {
			sin, cos := math.Sincos(-2 * math.Pi * float64(i) / n)
			x, y := float32(cx+inner*cos), float32(cy+inner*sin)
			if i == 0 {
				ras.MoveTo(x, y)
			} else {
				ras.LineTo(x, y)
			}
		}
		ras.ClosePath()
	}
	ring(radius, radius-mm*(0.8+0.5*r.Float64()))
	// The ring's text stands upright here; turned or not, it is strokes in the way.
	s := setting{em: mm * (4 + 1.5*r.Float64()), stretch: 0.8}
	s.chinese, s.latin = f.chinese[0], f.latin[0]
	n := between(r, 8, 20)
	for i := range n {
		a := math.Pi * (0.85 + 1.3*float64(i)/float64(n-1))
		x, y := cx+(radius-3.6*mm)*math.Cos(a), cy+(radius-3.6*mm)*math.Sin(a)
		if x < -s.em || y < 0 || x > float64(w) || y > float64(h)+s.em {
			continue
		}
		s.set(p, ras, string(common[r.IntN(len(common))]), x-s.em*0.4, y+s.em*0.4)
	}
	if chance(r, 0.7) {
		for i := range 10 {
			rad := 5.6 * mm
			if i%2 == 1 {
				rad *= 0.382
			}
			sin, cos := math.Sincos(math.Pi * float64(i) / 5)
			x, y := float32(cx+rad*sin), float32(cy-rad*cos)
			if i == 0 {
				ras.MoveTo(x, y)
			} else {
				ras.LineTo(x, y)
			}
		}
		ras.ClosePath()
	}
	ink := pick(r, color.NRGBA{211, 35, 43, 255}, color.NRGBA{200, 30, 42, 255}, color.NRGBA{221, 47, 47, 255}, color.NRGBA{180, 25, 40, 255}, color.NRGBA{207, 58, 47, 255})
	if chance(r, 0.1) {
		ink = color.NRGBA{43, 73, 176, 255}
	}
	stamp(r, sh.img, coverage(ras, w, h), ink, 0.55+0.4*r.Float64())
}
