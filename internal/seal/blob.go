package seal

import "math"

// Sizes in millimetres of what may be a seal that shows no ring: a square name
// seal, one distorted by the camera, smeared or half lost.
const (
	minBlob, maxBlob = 9.0, 58.0
	nameSealMax      = 27.0
)

// findBlobs returns the clusters of ink that are of a seal's size and lie
// outside of the rings already found. They are seals to look at: nothing was
// read of them.
func findBlobs(m *mask, rings []ring) []ring {
	mmpx := searchDPI / 25.4
	cell := int(2*mmpx + 0.5)
	w, h := (m.w+cell-1)/cell, (m.h+cell-1)/cell
	ink := make([]int, w*h)
	for y := range m.h {
		for x := range m.w {
			if m.on[y*m.w+x] && !inRing(rings, float64(x), float64(y)) {
				ink[y/cell*w+x/cell]++
			}
		}
	}
	seen := make([]bool, w*h)
	var found []ring
	for start := range ink {
		if seen[start] || ink[start] < 2 {
			continue
		}
		x0, y0, x1, y1, total, cells := w, h, 0, 0, 0, 0
		stack := []int{start}
		seen[start] = true
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%w, at/w
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
			total += ink[at]
			cells++
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					nx, ny := x+dx, y+dy
					if nx >= 0 && ny >= 0 && nx < w && ny < h && !seen[ny*w+nx] && ink[ny*w+nx] >= 2 {
						seen[ny*w+nx] = true
						stack = append(stack, ny*w+nx)
					}
				}
			}
		}
		bw, bh := float64((x1-x0+1)*cell), float64((y1-y0+1)*cell)
		share := float64(total) / (bw * bh)
		long, short := max(bw, bh)/mmpx, min(bw, bh)/mmpx
		atEdge := x0 == 0 || y0 == 0 || x1 == w-1 || y1 == h-1
		if short < minBlob || long > maxBlob || share < 0.05 || share > 0.75 || !atEdge && long > 1.9*short {
			continue
		}
		found = append(found, ring{cx: float64(x0*cell) + bw/2, cy: float64(y0*cell) + bh/2, rx: bw / 2, ry: bh / 2,
			coverage: 0.3, partial: atEdge, blob: true, dense: share > 0.2})
	}
	return dropHeadings(found)
}

// dropHeadings leaves out the large letters of a red letterhead: four and more
// clusters of like height, side by side on one line.
func dropHeadings(blobs []ring) []ring {
	const row = 4
	var kept []ring
	for _, b := range blobs {
		beside := 0
		for _, o := range blobs {
			if math.Abs(o.cy-b.cy) < 0.3*b.ry && math.Abs(o.ry-b.ry) < 0.3*b.ry {
				beside++
			}
		}
		if beside < row || b.ry*2 > nameSealMax*searchDPI/25.4 {
			kept = append(kept, b)
		}
	}
	return kept
}

func inRing(rings []ring, x, y float64) bool {
	for _, r := range rings {
		dx, dy := (x-r.cx)/(r.rx*1.15), (y-r.cy)/(r.ry*1.15)
		if dx*dx+dy*dy < 1 {
			return true
		}
	}
	return false
}
