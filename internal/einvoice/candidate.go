package einvoice

import (
	"image"
	"slices"
)

// A code is sought where one may stand: a square of so many millimetres, in each
// millimetre of whose height and width dark and light take about the same room,
// as in a code; between lines of text there is paper.
const (
	leastCode   = 10   // millimetres; codes of invoices measure 18 and more
	leastDark   = 0.20 // share of a millimetre's row or column that is dark
	mostDark    = 0.82
	leastRange  = 56 // levels between dark and light: the brightest channel of seals is paler
	coarsestDPI = 60 // below it a millimetre has too few pixels to tell
)

// MayHoldCode says whether a code may stand on a page picture. It looks at
// means, so that neither blur nor a small turn matters; what it says of pictures
// and dense print costs time, no code.
func MayHoldCode(img *image.NRGBA, dpi int) bool {
	if dpi < coarsestDPI {
		return true
	}
	t := texture(img, float64(dpi)/25.4)
	for y := 0; y+leastCode <= t.h; y++ {
		for x := 0; x+leastCode <= t.w; x++ {
			if t.codelike(x, y) {
				return true
			}
		}
	}
	return false
}

// millimetres is the brightest channel of a picture by square millimetres: the
// mean, the darkest and the lightest pixel.
type millimetres struct {
	w, h           int
	mean, low, top []uint8
}

// texture measures a picture of so many pixels to a millimetre.
func texture(img *image.NRGBA, per float64) millimetres {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	t := millimetres{w: int(float64(w) / per), h: int(float64(h) / per)}
	n := t.w * t.h
	t.mean, t.low, t.top = make([]uint8, n), make([]uint8, n), make([]uint8, n)
	sums := make([]int, t.w)
	edges := make([]int, t.w+1)
	for x := range edges {
		edges[x] = min(w, int(float64(x)*per))
	}
	for y := range t.h {
		clear(sums)
		low, top := t.low[y*t.w:(y+1)*t.w], t.top[y*t.w:(y+1)*t.w]
		for x := range low {
			low[x] = 255
		}
		from, to := int(float64(y)*per), min(h, int(float64(y+1)*per))
		for row := from; row < to; row++ {
			pix := img.Pix[row*img.Stride : row*img.Stride+4*w]
			for x := range t.w {
				sum, least, most := 0, low[x], top[x]
				for i := edges[x]; i < edges[x+1]; i++ {
					p := pix[4*i : 4*i+3 : 4*i+3]
					v := max(p[0], p[1], p[2])
					sum += int(v)
					least, most = min(least, v), max(most, v)
				}
				sums[x] += sum
				low[x], top[x] = least, most
			}
		}
		for x := range t.w {
			t.mean[y*t.w+x] = uint8(sums[x] / max(1, (to-from)*(edges[x+1]-edges[x])))
		}
	}
	return t
}

// codelike says whether the square that begins at a millimetre looks like a part of a code.
func (t millimetres) codelike(x, y int) bool {
	var rows, columns [leastCode]int
	for v := range leastCode {
		for u := range leastCode {
			m := int(t.mean[(y+v)*t.w+x+u])
			rows[v] += m
			columns[u] += m
		}
	}
	// What is paper all along is told before what is dark and light is asked.
	var lows, tops [leastCode * leastCode]uint8
	for v := range leastCode {
		copy(lows[v*leastCode:], t.low[(y+v)*t.w+x:][:leastCode])
		copy(tops[v*leastCode:], t.top[(y+v)*t.w+x:][:leastCode])
	}
	slices.Sort(lows[:])
	slices.Sort(tops[:])
	dark, light := int(lows[len(lows)/2]), int(tops[len(tops)/2])
	if light-dark < leastRange {
		return false
	}
	share := func(sum int) float64 {
		return float64(light*leastCode-sum) / float64((light-dark)*leastCode)
	}
	for i := range leastCode {
		if r, c := share(rows[i]), share(columns[i]); min(r, c) < leastDark || max(r, c) > mostDark {
			return false
		}
	}
	return true
}
