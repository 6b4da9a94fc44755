package seal

import (
	"image"

	"hequan/internal/imaging"
)

// searchDPI is the resolution at which seals are sought: 2 pixels a millimetre.
const searchDPI = 51

// mmpx is the number of pixels of the search picture to a millimetre.
const mmpx = searchDPI / 25.4

// greyInk is how much darker than the paper a seal on a grey copy is at the least.
const greyInk = 40

// mask marks the pixels of one ink colour; excess says by how many levels they
// are redder (bluer) than the paper.
type mask struct {
	w, h   int
	on     []bool
	excess []int16
	gold   []bool // bright and coloured, but of another hue
	count  int
}

func (m *mask) at(x, y int) bool { return x >= 0 && y >= 0 && x < m.w && y < m.h && m.on[y*m.w+x] }

// searchPicture is the page at searchDPI.
func searchPicture(img *image.NRGBA, dpi int) *image.NRGBA {
	return imaging.ResizeByTurns(img, max(1, img.Rect.Dx()*searchDPI/dpi), 0)
}

// colorMask marks pixels that are clearly redder (bluer, on grey copies darker) than the paper, faint
// impressions included. Brown print and gold have the hue of neither: their two
// lesser channels differ.
func colorMask(img *image.NRGBA, color string) *mask {
	m := &mask{w: img.Rect.Dx(), h: img.Rect.Dy()}
	m.on = make([]bool, m.w*m.h)
	m.excess = make([]int16, m.w*m.h)
	m.gold = make([]bool, m.w*m.h)
	paper := paperColor(img)
	hue := make([]bool, m.w*m.h)
	var hist [512]int
	for y := range m.h {
		row := img.Pix[y*img.Stride:]
		for x := range m.w {
			r, g, b := int(row[4*x])*255/paper[0], int(row[4*x+1])*255/paper[1], int(row[4*x+2])*255/paper[2]
			own, one, two := r, g, b
			switch color {
			case "blue":
				own, one, two = b, r, g
			case "grey":
				own, one, two = 255, (r+g+b)/3, (r+g+b)/3
			}
			e := max(-255, min(255, own-(one+two)/2))
			m.excess[y*m.w+x] = int16(e)
			hist[e+256]++
			gap := one - two
			if color == "blue" {
				gap = max(0, gap) // blue ink may be greenish, never reddish
				if one < two {
					gap = (two - one) / 2
				}
			} else if gap < 0 {
				gap = -gap / 2 // red ink may be pinkish
			}
			hue[y*m.w+x] = gap*100 <= 27*(own-min(one, two))+800
			m.gold[y*m.w+x] = !hue[y*m.w+x] && own > 170 && own-min(one, two) > 80
		}
	}
	tint := 0 // the paper's own is the commonest value
	for v, n := range hist {
		if n > hist[tint] {
			tint = v
		}
	}
	least := tint - 256 + faintest(hist[:], tint)
	if color == "grey" {
		least = tint - 256 + greyInk
	}
	for i, e := range m.excess {
		if int(e) > least && hue[i] {
			m.on[i] = true
			m.count++
		}
	}
	return m
}

// paperColor is the commonest bright value of each channel, at least 60.
func paperColor(img *image.NRGBA) [3]int {
	var out [3]int
	for c := range 3 {
		var hist [256]int
		n := 0
		for y := 0; y < img.Rect.Dy(); y += 2 {
			row := img.Pix[y*img.Stride : y*img.Stride+4*img.Rect.Dx()]
			for x := c; x < len(row); x += 8 {
				hist[row[x]]++
				n++
			}
		}
		v, seen := 255, 0
		for ; v > 60; v-- {
			if seen += hist[v]; seen*3 >= n {
				break
			}
		}
		out[c] = v
	}
	return out
}

// faintest is how far above the paper's tint ink begins: beyond the noise of
// the scan, which the values below the tint show, 9 at least and 22 at most.
func faintest(hist []int, tint int) int {
	below := 0
	for v := 0; v < tint; v++ {
		below += hist[v]
	}
	seen, spread := 0, 0
	for v := tint - 1; v >= 0; v-- {
		if seen += hist[v]; seen*100 >= below*95 {
			spread = tint - v
			break
		}
	}
	return min(22, max(9, 2*spread+4))
}

// without returns the mask less what lies in the given shapes.
func (m *mask) without(found []ring) *mask {
	out := &mask{w: m.w, h: m.h, on: append([]bool(nil), m.on...), excess: m.excess, gold: m.gold}
	for i, on := range out.on {
		if !on {
			continue
		}
		x, y := float64(i%m.w), float64(i/m.w)
		for _, r := range found {
			if r.holds(x, y, 1.0*mmpx) {
				out.on[i] = false
				break
			}
		}
		if out.on[i] {
			out.count++
		}
	}
	return out
}

// gilded says whether a shape holds gold beside its red, as emblems do and
// seals never.
func (m *mask) gilded(r ring) bool {
	red, gold := 0, 0
	for y := max(0, int(r.cy-r.ry*1.2)-2); y < min(m.h, int(r.cy+r.ry*1.2)+3); y++ {
		for x := max(0, int(r.cx-r.rx*1.2)-2); x < min(m.w, int(r.cx+r.rx*1.2)+3); x++ {
			if r.holds(float64(x), float64(y), mmpx) {
				if m.on[y*m.w+x] {
					red++
				}
				if m.gold[y*m.w+x] {
					gold++
				}
			}
		}
	}
	return gold*8 > red
}

// strength is how strongly a shape is inked: the 70th percentile of the excess
// of its marked pixels.
func (m *mask) strength(r ring) int {
	var hist [256]int
	n := 0
	for y := max(0, int(r.cy-r.ry)-2); y < min(m.h, int(r.cy+r.ry)+3); y++ {
		for x := max(0, int(r.cx-r.rx)-2); x < min(m.w, int(r.cx+r.rx)+3); x++ {
			if m.on[y*m.w+x] && r.holds(float64(x), float64(y), mmpx) {
				hist[max(0, m.excess[y*m.w+x])]++
				n++
			}
		}
	}
	for v, seen := 0, 0; v < 256; v++ {
		if seen += hist[v]; n > 0 && seen*10 >= n*7 {
			return v
		}
	}
	return 0
}
