// Package seal finds seal impressions on a page picture and reads them. Whose
// seal it is, is not decided here: that depends on the application.
package seal

import (
	"image"
	"sort"

	"hequan"
	"hequan/internal/ocr"
)

// leastInk is how many levels redder (bluer) than the paper a seal's ink is at
// the least: what shines through from the back of a sheet is paler.
const leastInk = 20

// minRim is the share of directions in which the outer edge of a rim is seen
// where its ellipse has it.
const minRim = 0.5

// Stricter limits on grey copies, where print is as dark as seals are.
const (
	minGreyCoverage = 0.85
	minGreyRim      = 0.72
)

// Find returns the red and blue seals of a page (of a grey one those whose rim
// can be seen), read as far as they can be,
// ordered from top to bottom, and what they look like, but for those that the page cuts off;
// and the words that are stamped over the page. printed are the lines of a text layer, whose
// words need no recognising.
func Find(engine ocr.Engine, img *image.NRGBA, dpi, page int, colored bool, printed []hequan.Line) ([]hequan.Seal, []hequan.Impression, []hequan.Stamp) {
	small := searchPicture(img, dpi)
	scale := float64(small.Rect.Dx()) / float64(img.Rect.Dx())
	inks := inkMasks(small, colored)
	found := locate(img, small, inks, dpi)
	sort.SliceStable(found, func(i, j int) bool { return found[i].top() < found[j].top() })
	var seals []hequan.Seal
	var kept []hequan.Impression
	for i, r := range found {
		s := describe(r, small.Rect, page)
		whole := r.scaled(1 / scale)
		switch {
		case r.fragment:
			if m := pressFragment(img, whole, dpi); m != nil {
				kept = append(kept, m.keep(i))
			}
		case r.square: // only to tell pasted ones
			if m := press(img, whole, dpi); m != nil {
				kept = append(kept, m.keep(i))
			}
		case !r.partial:
			if m := press(img, whole, dpi); m != nil {
				if engine != nil {
					read(engine, m, &s)
				}
				kept = append(kept, m.keep(i))
			}
		}
		seals = append(seals, s)
	}
	return seals, kept, findStamps(engine, img, small, inks, found, dpi, printed)
}

// inkMask is a mask of one of the inks that seals are sought in.
type inkMask struct {
	color string
	*mask
}

func inkMasks(small *image.NRGBA, colored bool) []inkMask {
	if !colored {
		return []inkMask{{"grey", colorMask(small, "grey")}}
	}
	return []inkMask{{"red", colorMask(small, "red")}, {"blue", colorMask(small, "blue")}}
}

// top is the upper end of a shape.
func (r ring) top() float64 {
	if r.fragment {
		return r.y0
	}
	_, h := r.extent()
	return r.cy - h
}

// locate returns the impressions of both colours, or the grey ones, in pixels of the search picture.
func locate(img, small *image.NRGBA, inks []inkMask, dpi int) []ring {
	scale := float64(small.Rect.Dx()) / float64(img.Rect.Dx())
	var found []ring
	for _, ink := range inks {
		color, m := ink.color, ink.mask
		if m.count < 60 {
			continue
		}
		least := minRim
		if color == "grey" {
			least = minGreyRim
		}
		var rings []ring
		for _, r := range findRings(m) {
			if r.color = color; color == "grey" && r.coverage < minGreyCoverage {
				continue
			}
			fine, ok := refine(img, r.scaled(1/scale), dpi)
			if fine = fine.scaled(scale); ok && fine.coverage >= least && m.strength(fine) >= leastInk {
				rings = append(rings, fine)
			}
		}
		if rings = apart(rings); color == "grey" {
			for _, r := range rings {
				if !r.partial {
					found = append(found, r)
				}
			}
			continue
		}
		var whole []ring
		for _, r := range rings {
			if !r.partial {
				whole = append(whole, r)
			}
		}
		fragments := findFragments(m.without(whole))
		for _, r := range rings {
			if r.partial && !overlaps(r, fragments) {
				whole = append(whole, r)
			}
		}
		whole = append(whole, fragments...)
		whole = append(whole, findSquares(m.without(whole))...)
		for _, r := range whole {
			if r.color = color; m.strength(r) >= leastInk && !m.gilded(r) {
				found = append(found, r)
			}
		}
	}
	return found
}

// overlaps says whether the middle of one of the fragments lies in the ring.
func overlaps(r ring, fragments []ring) bool {
	for _, f := range fragments {
		if r.holds((f.x0+f.x1)/2, (f.y0+f.y1)/2, 0) {
			return true
		}
	}
	return false
}

// describe says of an impression what its outline tells.
func describe(r ring, page image.Rectangle, number int) hequan.Seal {
	w, h := float64(page.Dx()), float64(page.Dy())
	dx, dy := r.extent()
	s := hequan.Seal{Page: number, Color: r.color, Shape: "round", Confidence: round3(r.coverage),
		Box: hequan.Box{clip((r.cx - dx) / w), clip((r.cy - dy) / h), clip((r.cx + dx) / w), clip((r.cy + dy) / h)}}
	switch {
	case r.fragment:
		s.Shape, s.Across = "partial", true
		s.Box = hequan.Box{clip(r.x0 / w), clip(r.y0 / h), clip(r.x1 / w), clip(r.y1 / h)}
	case r.partial:
		s.Shape, s.Across = "partial", true
	case r.square:
		s.Shape, s.Kind = "square", "other"
		if max(r.rx, r.ry)*2 <= nameSealMax*mmpx {
			s.Kind = "person"
		}
	case max(r.rx, r.ry) > min(r.rx, r.ry)*ovalFrom:
		s.Shape = "oval"
	}
	return s
}

func clip(v float64) float64   { return min(1, max(0, float64(int(v*1e5+0.5))/1e5)) }
func round3(v float64) float64 { return float64(int(v*1e3+0.5)) / 1e3 }
