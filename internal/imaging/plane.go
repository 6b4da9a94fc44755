// Package imaging prepares page pictures for reading: the text plane without
// seals, skew, rule lines and the grid of tables. Pictures are upright unless
// said otherwise; lengths are in pixels.
package imaging

import (
	"image"
	"slices"
)

// MaxChannel returns max(R,G,B): red and blue ink fades into the paper, black
// text stays. Measured best of all channels under seals of either colour. Dark
// coloured ink (the brown print of invoice forms) has no bright channel, unlike
// a seal; it is given its darkest one, or it would fade as well; so is blue ink
// on a page that is written in it. Light print on dark grounds comes dark on white.
func MaxChannel(img *image.NRGBA) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	paper := paperLevel(img)
	dark := paper * 80 / 100
	blue := blueLead(img)
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		src := img.Pix[y*img.Stride : y*img.Stride+4*w]
		dst := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range w {
			p := src[4*x : 4*x+3 : 4*x+3]
			most, least := max(p[0], p[1], p[2]), min(p[0], p[1], p[2])
			if lead := int(p[2]) - int(p[0]); lead > blue {
				dst[x] = least
				continue
			}
			if int(most) < dark && most-least > 40 && !sealColored(p[0], p[1], p[2], least, most) {
				most = least
			}
			dst[x] = most
		}
	}
	return Positive(img, out)
}

// blueLead returns by how much blue must exceed red in a pixel for it to be ink
// of the text: never (256) where the blue of a page stands in a few places, as
// seals and signatures do; the print of dot-matrix invoices and forms filled in
// by hand stand in most of a page's bands.
func blueLead(img *image.NRGBA) int {
	const never, clearly = 256, 36
	w, h := img.Rect.Dx(), img.Rect.Dy()
	tile := max(8, max(w, h)/36) // some 8 mm
	cols, rows := w/tile, h/tile
	if cols < 8 || rows < 8 {
		return never
	}
	var leads [511]int // blue less red, of the paper: its median
	n := 0
	for y := 0; y < h; y += 5 {
		for x := 0; x < w; x += 5 {
			p := img.Pix[y*img.Stride+4*x:]
			leads[int(p[2])-int(p[0])+255]++
			n++
		}
	}
	lead := middle(leads[:], n) - 255 + clearly
	tiles, inRow, inCol := 0, make([]bool, rows), make([]bool, cols)
	for r := range rows {
		for c := range cols {
			blue := 0
			for y := r * tile; y < (r+1)*tile; y += 2 {
				for x := c * tile; x < (c+1)*tile; x += 2 {
					p := img.Pix[y*img.Stride+4*x:]
					if int(p[2])-int(p[0]) > lead && int(p[2]) >= int(p[1]) {
						blue++
					}
				}
			}
			if blue*4*50 > tile*tile {
				tiles, inRow[r], inCol[c] = tiles+1, true, true
			}
		}
	}
	if tiles*20 < rows*cols || 3*count(inRow) < rows || 2*count(inCol) < cols {
		return never
	}
	return lead
}

func count(of []bool) int {
	n := 0
	for _, v := range of {
		if v {
			n++
		}
	}
	return n
}

// sealColored says whether a colour is a pure red or blue: its two lesser
// channels are alike. Brown print is not.
func sealColored(r, g, b, least, most uint8) bool {
	gap := int(g) - int(b)
	if b == most {
		gap = int(r) - int(g)
	}
	return g != most && abs(gap)*4 < int(most-least)
}

// paperLevel returns the brightest channel of the paper: the 75th percentile.
func paperLevel(img *image.NRGBA) int {
	var hist [256]int
	n := 0
	for y := 0; y < img.Rect.Dy(); y += 4 {
		row := img.Pix[y*img.Stride : y*img.Stride+4*img.Rect.Dx()]
		for x := 0; x < len(row); x += 16 {
			hist[max(row[x], row[x+1], row[x+2])]++
			n++
		}
	}
	v, seen := 255, 0
	for ; v > 0; v-- {
		if seen += hist[v]; seen*4 >= n {
			break
		}
	}
	return v
}

// Luma returns the usual weighted grey.
func Luma(img *image.NRGBA) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		src := img.Pix[y*img.Stride : y*img.Stride+4*w]
		dst := out.Pix[y*out.Stride : y*out.Stride+w]
		from, to := printed(src)
		whiten(dst[:min(from, w)])
		whiten(dst[max(to, from):])
		for x := from; x < to; x++ {
			p := src[4*x : 4*x+3 : 4*x+3]
			dst[x] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
		}
	}
	return out
}

// Flatten divides a grey picture by its local background (the 75th percentile
// of tiles, interpolated), stretches the local ink to black, so that thin grey
// strokes read like bold ones, and clips what is lighter than clip (0…1) of the
// background to white. dpi sets the tile size: 64 px at 200 dpi. The picture is
// overwritten and returned.
func Flatten(g *image.Gray, dpi int, clip float64) *image.Gray {
	tile := max(16, 64*dpi/200)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	bg, ink, cols, rows := levels(g, tile)
	node, share := make([]int, w), make([]float64, w) // of each column: the tile to its left, and how far to the next
	for x := range w {
		f := (float64(x)+0.5)/float64(tile) - 0.5
		node[x] = min(max(int(f), 0), cols-1)
		share[x] = min(max(f-float64(node[x]), 0), 1)
	}
	white, black := make([]float64, cols+1), make([]float64, cols+1) // of the row, at the tiles' middles
	for y := range h {
		f := (float64(y)+0.5)/float64(tile) - 0.5
		y0 := min(max(int(f), 0), rows-1)
		y1 := min(y0+1, rows-1)
		t := min(max(f-float64(y0), 0), 1)
		for c := range cols {
			white[c] = bg[y0*cols+c]*(1-t) + bg[y1*cols+c]*t
			black[c] = ink[y0*cols+c]*(1-t) + ink[y1*cols+c]*t
		}
		white[cols], black[cols] = white[cols-1], black[cols-1]
		row := g.Pix[y*g.Stride : y*g.Stride+w]
		for from := 0; from < w; {
			n := node[from]
			to := from
			for to < w && node[to] == n {
				to++
			}
			// What is lighter than that is white whatever the background in between, as most of a page is.
			bright := min(255, int(max(white[n], white[n+1])*clip+0.01)+1)
			for x, v := range row[from:to] {
				if int(v) >= bright {
					row[from+x] = 255
					continue
				}
				k := share[from+x]
				paper := white[n] + (white[n+1]-white[n])*k
				stroke := black[n] + (black[n+1]-black[n])*k
				row[from+x] = uint8(min(255, max(0, (float64(v)/paper-stroke)/(clip-stroke)*255)))
			}
			from = to
		}
	}
	return g
}

// palestInk is the lightest that a stroke may be, against its background:
// beyond it there are only seal remains and dirt.
const palestInk = 0.66

// levels returns for each tile its background (the 75th percentile, at least
// 40 so that a dark page is not blown up to noise) and its ink (the 2nd
// percentile against the background, a little darkened).
func levels(g *image.Gray, tile int) (bg, ink []float64, cols, rows int) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	cols, rows = (w+tile-1)/tile, (h+tile-1)/tile
	bg, ink = make([]float64, cols*rows), make([]float64, cols*rows)
	for r := range rows {
		for c := range cols {
			var hist [256]int
			n := 0
			for y := r * tile; y < min(h, (r+1)*tile); y += 2 {
				row := g.Pix[y*g.Stride:]
				for x := c * tile; x < min(w, (c+1)*tile); x += 2 {
					hist[row[x]]++
					n++
				}
			}
			v, seen := 255, 0
			for ; v > 0; v-- {
				if seen += hist[v]; seen*4 >= n {
					break
				}
			}
			bg[r*cols+c] = max(40, float64(v))
			v, seen = 0, 0
			for ; v < 255; v++ {
				if seen += hist[v]; seen*50 >= n {
					break
				}
			}
			ink[r*cols+c] = min(palestInk, float64(v)/bg[r*cols+c]) * 0.9
		}
	}
	return bg, ink, cols, rows
}

// InkShare returns the share of pixels darker than threshold.
func InkShare(g *image.Gray, threshold uint8) float64 {
	n, total := 0, 0
	for y := 0; y < g.Rect.Dy(); y += 2 {
		row := g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()]
		for _, v := range row {
			total++
			if v < threshold {
				n++
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(n) / float64(total)
}

// IsColor says whether a picture is a colour scan: some of its pixels have
// clearly more of one channel than of another, beyond a tint of the whole page
// and the fringes of a grey scan saved as JPEG.
func IsColor(img *image.NRGBA) bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var cr, cb [511]int // counts of red less green, blue less green, from -255
	n, noisy := 0, 0
	for y := 0; y < h; y += 3 {
		row := img.Pix[y*img.Stride:]
		for x := 0; x < w; x += 3 {
			r, g, b := int(row[4*x]), int(row[4*x+1]), int(row[4*x+2])
			cr[r-g+255]++
			cb[b-g+255]++
			n++
			if abs(r-g) > 4 || abs(b-g) > 4 {
				noisy++
			}
		}
	}
	if n == 0 {
		return false
	}
	mr, mb := middle(cr[:], n)-255, middle(cb[:], n)-255
	strong := 0
	for v := range cr {
		if abs(v-255-mr) > 24 {
			strong += cr[v]
		}
		if abs(v-255-mb) > 24 {
			strong += cb[v]
		}
	}
	// A tinted sheet photographed in colour has a tint even where nothing coloured stands.
	tinted := abs(mr) > 3 || abs(mb) > 3
	// Colour sensors err in each channel by itself; in a grey scan the channels are one.
	return strong*4000 > n || tinted || noisy*200 > n
}

// middle returns the median of n counted values.
func middle(counts []int, n int) int {
	seen := 0
	for v, c := range counts {
		if seen += c; 2*seen > n {
			return v
		}
	}
	return 0
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}

// Copy is a picture with the same pixels.
func Copy(g *image.Gray) *image.Gray {
	out := *g
	out.Pix = slices.Clone(g.Pix)
	return &out
}
