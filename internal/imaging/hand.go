package imaging

import (
	"image"
	"sort"
)

// InkGroups returns the boxes of what is written or printed in dark or blue ink
// in an area of a page, about from left to right: strokes above each other, not
// further apart than those of a character, are one group. Red ink, rules and specks
// don't count. dark is how dark ink is at least, as a share of the paper's brightness:
// 0.62 where seals are red, less where they are grey.
func InkGroups(img *image.NRGBA, area image.Rectangle, dpi int, dark float64) []image.Rectangle {
	area = area.Intersect(img.Rect)
	w, h := area.Dx(), area.Dy()
	if w < 4 || h < 4 {
		return nil
	}
	on := darkRed(img, area, dark)
	mm := float64(dpi) / 25.4
	eraseRuns(on, w, h, int(9*mm), int(11*mm))
	var parts []image.Rectangle
	for _, c := range strokesOf(on, w, h) {
		if c.pixels >= int(0.12*mm*mm) && max(c.box.Dx(), c.box.Dy()) >= int(0.5*mm) {
			parts = append(parts, c.box)
		}
	}
	sort.Slice(parts, func(i, j int) bool {
		if parts[i].Min.X != parts[j].Min.X {
			return parts[i].Min.X < parts[j].Min.X
		}
		return parts[i].Min.Y < parts[j].Min.Y
	})
	var out []image.Rectangle
	for _, p := range parts {
		joined := false
		for n := range out { // lines of print are further apart than strokes of a character
			if o := out[n]; p.Min.X < o.Max.X-int(0.15*mm) && p.Min.Y-o.Max.Y < int(1.1*mm) && o.Min.Y-p.Max.Y < int(1.1*mm) {
				out[n], joined = o.Union(p), true
				break
			}
		}
		if !joined {
			out = append(out, p)
		}
	}
	for i := range out {
		out[i] = out[i].Add(area.Min)
	}
	return out
}

// darkRed marks the pixels whose red is darker than the paper's by a share:
// black and blue ink, never red.
func darkRed(img *image.NRGBA, area image.Rectangle, dark float64) []bool {
	w, h := area.Dx(), area.Dy()
	var hist [256]int
	for y := range h {
		row := img.Pix[img.PixOffset(area.Min.X, area.Min.Y+y):]
		for x := range w {
			hist[row[4*x]]++
		}
	}
	paper, seen := 255, 0
	for ; paper > 60; paper-- { // the brighter third begins there
		if seen += hist[paper]; seen*3 >= w*h {
			break
		}
	}
	limit := uint8(dark * float64(paper))
	on := make([]bool, w*h)
	for y := range h {
		row := img.Pix[img.PixOffset(area.Min.X, area.Min.Y+y):]
		for x := range w {
			on[y*w+x] = row[4*x] < limit
		}
	}
	return on
}

// eraseRuns clears what runs straight for longer than the given numbers of pixels.
func eraseRuns(on []bool, w, h, across, down int) {
	clear := make([]bool, len(on))
	runs := func(lines, length, step, next, least int) {
		for l := range lines {
			start := 0
			for i := 0; i <= length; i++ {
				if i < length && on[l*next+i*step] {
					continue
				}
				if i-start >= least {
					for k := start; k < i; k++ {
						clear[l*next+k*step] = true
					}
				}
				start = i + 1
			}
		}
	}
	runs(h, w, 1, w, across)
	runs(w, h, w, 1, down)
	for i, c := range clear {
		if c {
			on[i] = false
		}
	}
}

// strokes are a set of marked pixels that touch.
type strokes struct {
	box    image.Rectangle
	pixels int
}

// strokesOf finds the connected sets, corners counted.
func strokesOf(on []bool, w, h int) []strokes {
	seen := make([]bool, len(on))
	var out []strokes
	var stack []int
	for i := range on {
		if !on[i] || seen[i] {
			continue
		}
		c := strokes{box: image.Rect(i%w, i/w, i%w+1, i/w+1)}
		seen[i] = true
		stack = append(stack[:0], i)
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%w, at/w
			c.pixels++
			c.box = c.box.Union(image.Rect(x, y, x+1, y+1))
			for ny := max(0, y-1); ny <= min(h-1, y+1); ny++ {
				for nx := max(0, x-1); nx <= min(w-1, x+1); nx++ {
					if k := ny*w + nx; on[k] && !seen[k] {
						seen[k] = true
						stack = append(stack, k)
					}
				}
			}
		}
		out = append(out, c)
	}
	return out
}
