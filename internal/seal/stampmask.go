package seal

import (
	"image"
	"math"
	"math/bits"
)

// withoutRuns is the mask less level and upright lines of that length and up to
// 1.5 mm thick: rules of forms.
func (m *mask) withoutRuns(least float64) *mask {
	thick := int(math.Round(1.5 * mmpx))
	out := &mask{w: m.w, h: m.h, on: append([]bool(nil), m.on...), excess: m.excess, gold: m.gold, count: m.count}
	long := make([]bool, len(m.on))
	mark := func(lines, length, step, next int) {
		for l := range lines {
			for from := 0; from < length; {
				if !m.on[l*next+from*step] {
					from++
					continue
				}
				to := from
				for to < length && m.on[l*next+to*step] {
					to++
				}
				if float64(to-from) >= least {
					for k := from; k < to; k++ {
						long[l*next+k*step] = true
					}
				}
				from = to
			}
		}
		for k := range length { // only thin ones
			for from := 0; from < lines; {
				if !long[from*next+k*step] {
					from++
					continue
				}
				to := from
				for to < lines && long[to*next+k*step] {
					to++
				}
				for l := from; l < to; l++ {
					if i := l*next + k*step; to-from <= thick {
						out.on[i] = false
					}
					long[l*next+k*step] = false
				}
				from = to
			}
		}
	}
	mark(m.h, m.w, 1, m.w)
	mark(m.w, m.h, m.w, 1)
	return out
}

// darkMask marks thick strokes of any other ink than those of the given masks:
// print is thinner than a stamp's strokes. It is as large as the search picture, and
// looks at the page at twice its resolution.
func darkMask(img, small *image.NRGBA, others []*mask) *mask {
	m := &mask{w: small.Rect.Dx(), h: small.Rect.Dy()}
	m.on = make([]bool, m.w*m.h)
	paper := paperColor(small)
	least := [3]int{paper[0] - thickInk, paper[1] - thickInk, paper[2] - thickInk}
	w, h := 2*m.w, 2*m.h
	words := (w + 63) / 64
	dark := make([]uint64, words*h) // a bit a pixel that is dark enough in its darkest channel
	at := make([]int, w)
	for x := range at {
		at[x] = 4 * min(img.Rect.Dx()-1, (2*x+1)*img.Rect.Dx()/(2*w))
	}
	for y := range h {
		row := img.Pix[min(img.Rect.Dy()-1, (2*y+1)*img.Rect.Dy()/(2*h))*img.Stride:]
		out := dark[y*words : (y+1)*words]
		for x, i := range at {
			if int(row[i]) <= least[0] || int(row[i+1]) <= least[1] || int(row[i+2]) <= least[2] {
				out[x/64] |= 1 << (x % 64)
			}
		}
	}
	dark = openedBits(dark, words)
	for y := range m.h {
		above, below := dark[2*y*words:(2*y+1)*words], dark[(2*y+1)*words:(2*y+2)*words]
		for k := range above {
			two := above[k] | below[k]
			for two != 0 {
				x := bits.TrailingZeros64(two) / 2
				if 32*k+x < m.w {
					m.on[y*m.w+32*k+x] = true
				}
				two &^= 3 << (2 * x)
			}
		}
	}
	for _, o := range others {
		for i, on := range o.on {
			if on {
				m.on[i] = false
			}
		}
	}
	for _, on := range m.on {
		if on {
			m.count++
		}
	}
	return m
}

// thickInk is how much darker than the paper a thick stroke is at the least.
const thickInk = 56

// openedBits leaves of rows of bits what is at least three pixels wide and tall.
func openedBits(in []uint64, words int) []uint64 {
	a, b := make([]uint64, len(in)), make([]uint64, len(in))
	across := func(dst, src []uint64, both func(l, m, r uint64) uint64) {
		for i, m := range src {
			l, r := m<<1, m>>1
			if i%words > 0 {
				l |= src[i-1] >> 63
			}
			if i%words < words-1 {
				r |= src[i+1] << 63
			}
			dst[i] = both(l, m, r)
		}
	}
	down := func(dst, src []uint64, both func(l, m, r uint64) uint64) {
		clear(dst)
		for i := words; i < len(src)-words; i++ {
			dst[i] = both(src[i-words], src[i], src[i+words])
		}
	}
	and := func(l, m, r uint64) uint64 { return l & m & r }
	or := func(l, m, r uint64) uint64 { return l | m | r }
	across(a, in, and)
	down(b, a, and)
	across(a, b, or)
	down(b, a, or)
	return b
}

// opened leaves of a plane what is at least 2 × times + 1 pixels wide and tall.
func opened(in []uint8, w, h, times int) []uint8 {
	a, b := make([]uint8, len(in)), make([]uint8, len(in))
	pass := func(dst, src []uint8, step int, least bool) {
		clear(dst)
		for y := range h {
			if step == w && (y == 0 || y == h-1) {
				continue
			}
			row := y * w
			for x := 1; x < w-1; x++ {
				i := row + x
				if p, q, r := src[i-step], src[i], src[i+step]; least {
					dst[i] = min(p, q, r)
				} else {
					dst[i] = max(p, q, r)
				}
			}
		}
	}
	src := in
	for _, least := range []bool{true, false} {
		for range times {
			pass(a, src, 1, least)
			pass(b, a, w, least)
			src = b
		}
	}
	return b
}
