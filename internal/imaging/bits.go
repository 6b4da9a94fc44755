package imaging

import (
	"encoding/binary"
	"image"
	"math/bits"
)

// bitmap marks the dark pixels of a part of a picture, 64 to a word. Pages are
// mostly paper: whole words of it are passed over at once.
type bitmap struct {
	w, h int
	row  int // words to a row
	bits []uint64
}

// darker marks the pixels of a rectangle, which lies inside of the picture,
// that are below a threshold.
func darker(g *image.Gray, r image.Rectangle, threshold uint8) bitmap {
	b := newBitmap(r.Dx(), r.Dy())
	for y := range b.h {
		at := g.PixOffset(r.Min.X, r.Min.Y+y)
		markBelow(b.bits[y*b.row:(y+1)*b.row], g.Pix[at:at+b.w], threshold)
	}
	return b
}

func newBitmap(w, h int) bitmap {
	row := (w + 63) / 64
	return bitmap{w: w, h: h, row: row, bits: make([]uint64, row*h)}
}

const (
	eachByte = 0x0101010101010101
	eachTop  = 0x8080808080808080
	gather   = 0x0102040810204080 // moves the lowest bit of each byte into the top byte
)

// markBelow sets the bits of the pixels that are below a threshold, eight at a time.
func markBelow(out []uint64, pix []uint8, threshold uint8) {
	limit := uint64(threshold) * eachByte
	limitLow := limit &^ eachTop
	x := 0
	for ; x+8 <= len(pix); x += 8 {
		v := binary.LittleEndian.Uint64(pix[x:])
		low := (v | eachTop) - limitLow // top bits: the lower seven bits are not below
		below := (^v&limit | ^(v^limit)&^low) & eachTop
		if below != 0 {
			out[x>>6] |= below >> 7 * gather >> 56 << (x & 63)
		}
	}
	for ; x < len(pix); x++ {
		if pix[x] < threshold {
			out[x>>6] |= 1 << (x & 63)
		}
	}
}

// transposed turns rows into columns.
func (b bitmap) transposed() bitmap {
	t := newBitmap(b.h, b.w)
	var square [64]uint64
	for y := 0; y < b.h; y += 64 {
		n := min(64, b.h-y)
		for k := range b.row {
			any := uint64(0)
			for i := range n {
				square[i] = b.bits[(y+i)*b.row+k]
				any |= square[i]
			}
			if any == 0 {
				continue
			}
			clear(square[n:])
			transpose(&square)
			for i := range min(64, b.w-k*64) {
				t.bits[(k*64+i)*t.row+y/64] = square[i]
			}
		}
	}
	return t
}

// transpose turns a square of bits over its diagonal, by exchanging its quarters,
// then theirs.
func transpose(m *[64]uint64) {
	mask := uint64(0x00000000ffffffff)
	for j := 32; j != 0; j, mask = j>>1, mask^mask<<(j>>1) {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (m[k]>>j ^ m[k+j]) & mask
			m[k] ^= t << j
			m[k+j] ^= t
		}
	}
}

// runs calls each maximal run of marked pixels of a row, from ≤ x < to.
func (b bitmap) runs(y int, each func(from, to int)) {
	from := -1
	for k, v := range b.bits[y*b.row : (y+1)*b.row] {
		if from >= 0 { // one goes on
			n := bits.TrailingZeros64(^v)
			if n == 64 {
				continue
			}
			each(from, k*64+n)
			from = -1
			v &^= 1<<n - 1
		}
		for v != 0 {
			start := bits.TrailingZeros64(v)
			n := bits.TrailingZeros64(^(v >> start))
			if start+n >= 64 {
				from = k*64 + start
				break
			}
			each(k*64+start, k*64+start+n)
			v &^= (1<<n - 1) << start
		}
	}
	if from >= 0 {
		each(from, b.w)
	}
}

// rowsInked tells the rows in which more than one pixel of r is marked.
func (b bitmap) rowsInked(r image.Rectangle) []bool {
	out := make([]bool, r.Dy())
	first, last, firstMask, lastMask := b.words(r)
	for y := range out {
		n := 0
		for k := first; k <= last && n < 2; k++ {
			v := b.bits[(r.Min.Y+y)*b.row+k]
			if k == first {
				v &= firstMask
			}
			if k == last {
				v &= lastMask
			}
			n += bits.OnesCount64(v)
		}
		out[y] = n > 1
	}
	return out
}

// columnsInked tells the columns in which more than one pixel of r is marked.
func (b bitmap) columnsInked(r image.Rectangle) []bool {
	out := make([]bool, r.Dx())
	if r.Empty() {
		return out
	}
	first, last, _, _ := b.words(r)
	one, two := make([]uint64, last-first+1), make([]uint64, last-first+1)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for k, v := range b.bits[y*b.row+first : y*b.row+last+1] {
			two[k] |= one[k] & v
			one[k] |= v
		}
	}
	for x := range out {
		at := r.Min.X + x - first*64
		out[x] = two[at>>6]>>(at&63)&1 == 1
	}
	return out
}

// words are the words of a row that hold a rectangle, and what of the outer two
// belongs to it.
func (b bitmap) words(r image.Rectangle) (first, last int, firstMask, lastMask uint64) {
	if r.Empty() {
		return 0, -1, 0, 0
	}
	first, last = r.Min.X/64, (r.Max.X-1)/64
	return first, last, ^uint64(0) << (r.Min.X & 63), ^uint64(0) >> (63 - (r.Max.X-1)&63)
}
