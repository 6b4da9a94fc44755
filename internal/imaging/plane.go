// Package imaging prepares page pictures for reading: the text plane without
// seals, skew, rule lines and the grid of tables. Pictures are upright unless
// said otherwise; lengths are in pixels.
package imaging

import (
	"image"
	"sort"
)

// MaxChannel returns max(R,G,B): red and blue ink fades into the paper, black
// text stays. Measured best of all channels under seals of either colour. Dark
// coloured ink (the brown print of invoice forms) has no bright channel, unlike
// a seal; it is given its darkest one, or it would fade as well.
func MaxChannel(img *image.NRGBA) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	paper := paperLevel(img)
	dark := paper * 80 / 100
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		src := img.Pix[y*img.Stride : y*img.Stride+4*w]
		dst := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range w {
			p := src[4*x : 4*x+3 : 4*x+3]
			most, least := max(p[0], p[1], p[2]), min(p[0], p[1], p[2])
			if int(most) < dark && most-least > 40 {
				most = least
			}
			dst[x] = most
		}
	}
	return out
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
		for x := range w {
			p := src[4*x : 4*x+3 : 4*x+3]
			dst[x] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
		}
	}
	return out
}

// Flatten divides a grey picture by its local background (the 75th percentile
// of tiles, interpolated) and clips what is lighter than clip (0…1) of it to
// white. dpi sets the tile size: 64 px at 200 dpi.
func Flatten(g *image.Gray, dpi int, clip float64) *image.Gray {
	tile := max(16, 64*dpi/200)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	bg, cols, rows := background(g, tile)
	out := image.NewGray(image.Rect(0, 0, w, h))
	scale := 255 / clip
	for y := range h {
		fy := (float64(y)+0.5)/float64(tile) - 0.5
		y0 := min(max(int(fy), 0), rows-1)
		y1 := min(y0+1, rows-1)
		wy := min(max(fy-float64(y0), 0), 1)
		dst := out.Pix[y*out.Stride : y*out.Stride+w]
		src := g.Pix[y*g.Stride : y*g.Stride+w]
		for x := range w {
			fx := (float64(x)+0.5)/float64(tile) - 0.5
			x0 := min(max(int(fx), 0), cols-1)
			x1 := min(x0+1, cols-1)
			wx := min(max(fx-float64(x0), 0), 1)
			b := (bg[y0*cols+x0]*(1-wx)+bg[y0*cols+x1]*wx)*(1-wy) + (bg[y1*cols+x0]*(1-wx)+bg[y1*cols+x1]*wx)*wy
			dst[x] = uint8(min(255, float64(src[x])/b*scale))
		}
	}
	return out
}

// background returns the 75th percentile of each tile, at least 40 so that a
// dark page is not blown up to noise.
func background(g *image.Gray, tile int) (values []float64, cols, rows int) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	cols, rows = (w+tile-1)/tile, (h+tile-1)/tile
	values = make([]float64, cols*rows)
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
			values[r*cols+c] = max(40, float64(v))
		}
	}
	return values, cols, rows
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
	var cb, cr []int
	for y := 0; y < h; y += 3 {
		row := img.Pix[y*img.Stride:]
		for x := 0; x < w; x += 3 {
			r, g, b := int(row[4*x]), int(row[4*x+1]), int(row[4*x+2])
			cr = append(cr, r-g)
			cb = append(cb, b-g)
		}
	}
	if len(cr) == 0 {
		return false
	}
	mr, mb := median(cr), median(cb)
	strong := 0
	for i := range cr {
		if abs(cr[i]-mr) > 24 || abs(cb[i]-mb) > 24 {
			strong++
		}
	}
	// A tinted sheet photographed in colour has a tint even where nothing coloured stands.
	tinted := abs(mr) > 3 || abs(mb) > 3
	return strong*4000 > len(cr) || tinted
}

func median(v []int) int {
	s := append([]int(nil), v...)
	sort.Ints(s)
	return s[len(s)/2]
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
