package imaging

import "image"

// Holes finds the holes of a punch, or of a printer's feed, in the margins of a page, from its text plane
// (dark is the scanner's lid behind the hole): solid discs of 4 to 9 mm, within 30 mm of the left or right edge.
func Holes(g *image.Gray, dpi int) []image.Rectangle {
	const dark = 110
	cell := max(1, dpi*10/254) // a millimetre
	w, h := g.Rect.Dx()/cell, g.Rect.Dy()/cell
	black := make([]bool, w*h)
	for y := range h {
		for x := range w {
			if x >= 30 && x < w-30 {
				continue
			}
			sum := 0
			for py := y * cell; py < (y+1)*cell; py++ {
				for _, v := range g.Pix[py*g.Stride+x*cell:][:cell] {
					sum += int(v)
				}
			}
			black[y*w+x] = sum < dark*cell*cell
		}
	}
	var out []image.Rectangle
	for start := range black {
		if !black[start] {
			continue
		}
		box, n := image.Rectangle{}, 0
		stack := []int{start}
		black[start] = false
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%w, at/w
			box, n = box.Union(image.Rect(x, y, x+1, y+1)), n+1
			for _, d := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
				nx, ny := x+d[0], y+d[1]
				if nx >= 0 && ny >= 0 && nx < w && ny < h && black[ny*w+nx] {
					black[ny*w+nx] = false
					stack = append(stack, ny*w+nx)
				}
			}
		}
		// The cells of its edge are not dark.
		if bw, bh := box.Dx(), box.Dy(); bw >= 4 && bh >= 4 && bw <= 9 && bh <= 9 && bw*10 <= bh*17 && bh*10 <= bw*17 && n*10 >= 7*bw*bh {
			out = append(out, image.Rect(box.Min.X*cell, box.Min.Y*cell, box.Max.X*cell, box.Max.Y*cell).Inset(-2*cell).Intersect(g.Rect))
		}
	}
	return out
}

// Blank whitens rectangles of a plane.
func Blank(g *image.Gray, rects []image.Rectangle) {
	for _, r := range rects {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			row := g.Pix[y*g.Stride+r.Min.X:][:r.Dx()]
			for i := range row {
				row[i] = 255
			}
		}
	}
}
