package seal

import (
	"image"
	"math"
	"sort"
)

// plane is how much ink of one colour stands at each pixel, 0…255, and where
// that can't be told because black print lies over it.
type plane struct {
	w, h   int
	ink    []uint8
	hidden []bool
}

// inkOf measures the ink of a colour picture: luma detail where there is
// chroma. Raw chroma is too coarse in JPEG, raw luma holds the print underneath.
func inkOf(img *image.NRGBA, color string) plane {
	p := plane{w: img.Rect.Dx(), h: img.Rect.Dy()}
	p.ink, p.hidden = make([]uint8, p.w*p.h), make([]bool, p.w*p.h)
	paper := paperColor(img)
	own, other := make([]uint8, p.w*p.h), make([]uint8, p.w*p.h)
	var bright [256]int // own channel where the colour is strong
	for y := range p.h {
		row := img.Pix[y*img.Stride:]
		for x := range p.w {
			r, g, b := min(255, int(row[4*x])*255/paper[0]), min(255, int(row[4*x+1])*255/paper[1]), min(255, int(row[4*x+2])*255/paper[2])
			a, o := r, (g+b)/2
			switch color {
			case "blue":
				a, o = b, (r+g)/2
			case "grey":
				a, o = 255, (r+g+b)/3
			}
			own[y*p.w+x], other[y*p.w+x] = uint8(a), uint8(o)
			if a-o > 60 {
				bright[a]++
			}
		}
	}
	// Ink keeps its own channel bright; black print is dark in all. Where print
	// only shades a pixel, the ink is what it would be without the shade.
	full := middleOf(bright[:])
	dark := uint8(max(60, full*darkShare/100))
	for i := range p.ink {
		a, o := int(own[i]), int(other[i])
		if own[i] < dark {
			p.hidden[i] = true
			continue
		}
		if color != "grey" && a < full*shadeShare/100 {
			o = o * full / a
			a = full
		}
		if chroma := a - o; chroma > 8 {
			p.ink[i] = uint8((255 - o) * min(chroma, 40) / 40)
		}
	}
	p.spread(own, uint8(full*fringeShare/100))
	return p
}

// Shares, in percent, of what the own channel of full ink measures.
const (
	darkShare   = 60 // below it print lies over the ink
	shadeShare  = 85 // below it print shades the ink
	fringeShare = 80 // below it, beside print, the ink can't be told
)

// spread hides what is shaded beside hidden pixels: print has a fringe.
func (p *plane) spread(own []uint8, fringe uint8) {
	was := append([]bool(nil), p.hidden...)
	for y := range p.h {
		for x := range p.w {
			i := y*p.w + x
			if was[i] {
				p.ink[i] = 0
				continue
			}
			if own[i] < fringe && (x > 0 && was[i-1] || x+1 < p.w && was[i+1] || y > 0 && was[i-p.w] || y+1 < p.h && was[i+p.w]) {
				p.hidden[i], p.ink[i] = true, 0
			}
		}
	}
}

// middleOf is the median of counted values; 210 where there are none.
func middleOf(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	if n == 0 {
		return 210
	}
	seen := 0
	for v, c := range counts {
		if seen += c; 2*seen >= n {
			return v
		}
	}
	return 210
}

func (p *plane) at(x, y int) float64 {
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return 0
	}
	return float64(p.ink[y*p.w+x])
}

// sample is the ink between pixels.
func (p *plane) sample(x, y float64) float64 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := x-x0, y-y0
	i, j := int(x0), int(y0)
	if i >= 0 && j >= 0 && i+1 < p.w && j+1 < p.h {
		at := j*p.w + i
		above, below := p.ink[at:at+2], p.ink[at+p.w:at+p.w+2]
		return (float64(above[0])*(1-fx)+float64(above[1])*fx)*(1-fy) + (float64(below[0])*(1-fx)+float64(below[1])*fx)*fy
	}
	return (p.at(i, j)*(1-fx)+p.at(i+1, j)*fx)*(1-fy) + (p.at(i, j+1)*(1-fx)+p.at(i+1, j+1)*fx)*fy
}

// strong is what full ink measures in this picture: the 90th percentile of
// what is inked at all.
func (p *plane) strong() float64 {
	var v []int
	for _, i := range p.ink {
		if i > 24 {
			v = append(v, int(i))
		}
	}
	if len(v) == 0 {
		return 255
	}
	sort.Ints(v)
	return float64(v[len(v)*9/10])
}
