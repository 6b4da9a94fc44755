package imaging

import (
	"encoding/binary"
	"image"
	"math"

	"github.com/disintegration/imaging"
)

// ResizeByTurns is what the library's filter Box makes of an opaque picture, to
// the byte, in a fifth of the time: rows are shrunk first, then columns, each
// rounded. A height of 0 keeps the proportions.
func ResizeByTurns(img *image.NRGBA, width, height int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if height == 0 {
		height = int(max(1, math.Floor(float64(width)*float64(h)/float64(max(w, 1))+0.5)))
	}
	if width <= 0 || height <= 0 || w <= width || h <= height || w > mostRows*width || h > mostRows*height {
		return imaging.Resize(img, width, height, imaging.Box)
	}
	return shrinkColumns(shrinkRows(img, width), height)
}

func shrinkRows(img *image.NRGBA, width int) *image.NRGBA {
	const each = 0x00ff00ff00ff00ff
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, width, h))
	columns := boxes(w, width)
	means := newMeans(columns)
	for y := range h {
		row := img.Pix[y*img.Stride : y*img.Stride+4*w]
		dst := out.Pix[y*out.Stride : y*out.Stride+4*width]
		first, last := printed(row)
		for x, c := range columns {
			if c[1] <= first || c[0] >= last {
				binary.LittleEndian.PutUint32(dst[4*x:], 1<<32-1)
				continue
			}
			part := row[4*c[0] : 4*c[1]]
			var rb, g uint64 // red and blue, green: of every other pixel in the upper half
			for len(part) >= 16 {
				u, v := binary.LittleEndian.Uint64(part), binary.LittleEndian.Uint64(part[8:])
				rb += u&each + v&each
				g += u>>8&each + v>>8&each
				part = part[16:]
			}
			if len(part) >= 8 {
				v := binary.LittleEndian.Uint64(part)
				rb += v & each
				g += v >> 8 & each
				part = part[8:]
			}
			rb, g = rb&0xffffffff+rb>>32, g&0xffff+g>>32&0xffff
			if len(part) >= 4 {
				v := uint64(binary.LittleEndian.Uint32(part))
				rb += v & each
				g += v >> 8 & 0xff
			}
			means[c[1]-c[0]].put(dst[4*x:], rb&0xffff, g, rb>>16, row[4*c[0]:], 4)
		}
	}
	return out
}

func shrinkColumns(img *image.NRGBA, height int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, height))
	rows := boxes(h, height)
	means := newMeans(rows)
	redBlue, green := make([]uint64, (w+1)/2), make([]uint64, (w+1)/2)
	for y, r := range rows {
		clear(redBlue)
		clear(green)
		for row := r[0]; row < r[1]; row++ {
			addRow(redBlue, green, img.Pix[row*img.Stride:row*img.Stride+4*w])
		}
		m := means[r[1]-r[0]]
		dst := out.Pix[y*out.Stride : y*out.Stride+4*w]
		for x := range w {
			shift := uint(x) & 1 * 32
			rb, g := redBlue[x>>1]>>shift, green[x>>1]>>shift
			m.put(dst[4*x:], rb&0xffff, g&0xffff, rb>>16&0xffff, img.Pix[r[0]*img.Stride+4*x:], img.Stride)
		}
	}
	return out
}

// boxes cuts a line of pixels into that many parts as the filter does.
func boxes(pixels, parts int) [][2]int {
	ratio := float64(pixels) / float64(parts)
	reach := math.Ceil(ratio * 0.5)
	out := make([][2]int, parts)
	for v := range out {
		middle := (float64(v)+0.5)*ratio - 0.5
		from, to := max(0, int(math.Ceil(middle-reach))), min(pixels-1, int(math.Floor(middle+reach)))
		for from < to && math.Abs((float64(from)-middle)/ratio) > 0.5 {
			from++
		}
		for to > from && math.Abs((float64(to)-middle)/ratio) > 0.5 {
			to--
		}
		out[v] = [2]int{from, to + 1}
	}
	return out
}

// means are the rounded means of so many values by their sum, by how many they
// are. The filter weighs each value and divides by the sum of weights, so a sum
// that lies just between two means is rounded as its fractions fall: where only
// the values tell how, the mean is open.
type means struct {
	n  int
	by []uint32
}

// open marks a mean that the sum does not tell.
const open = 256

// newMeans returns them by how many values there are in each part.
func newMeans(parts [][2]int) []means {
	most := 0
	for _, p := range parts {
		most = max(most, p[1]-p[0])
	}
	out := make([]means, most+1)
	for _, p := range parts {
		n := p[1] - p[0]
		m := &out[n]
		if m.n != 0 {
			continue
		}
		m.n, m.by = n, make([]uint32, 255*n+1)
		exact := n&(n-1) == 0
		weight := 255 * (1 / float64(n))
		for sum := range m.by {
			switch {
			case exact: // all sums on the way are
				m.by[sum] = rounded(float64(sum)*weight, float64(n)*weight)
			case sum*2%(2*n) == n:
				m.by[sum] = open
			default:
				m.by[sum] = uint32((2*sum + n) / (2 * n))
			}
		}
	}
	return out
}

// put writes the means of three channels as an opaque pixel; from begins at the
// first pixel that was summed up, the others lie so many bytes apart.
func (m *means) put(dst []uint8, red, green, blue uint64, from []uint8, apart int) {
	r, g, b := m.by[red], m.by[green], m.by[blue]
	if (r|g|b)&open != 0 {
		r, g, b = m.of(red, from, apart), m.of(green, from[1:], apart), m.of(blue, from[2:], apart)
	}
	binary.LittleEndian.PutUint32(dst, r|g<<8|b<<16|255<<24)
}

// of returns the mean of values so many bytes apart, whose sum is known.
func (m *means) of(sum uint64, from []uint8, apart int) uint32 {
	if m.by[sum] != open {
		return m.by[sum]
	}
	total, all, weight := 0.0, 0.0, 1/float64(m.n)
	for i := range m.n {
		w := 255 * weight
		total += float64(from[i*apart]) * w
		all += w
	}
	return rounded(total, all)
}

func rounded(total, weights float64) uint32 { return uint32(int64(total*(1/weights) + 0.5)) }
