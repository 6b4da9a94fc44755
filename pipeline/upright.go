package pipeline

import (
	"cmp"
	"image"
	"slices"
	"sort"

	"hequan"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// soundReading is the mean confidence from which a page is taken to be
// upright without a test. Measured: read the wrong way round it is 0.83–0.87.
const soundReading = 0.9

// readUpright reads a page, prepared as it lies. Where its lines seem to run down, before that, and where
// it reads badly, after it, is found out whether it lies on its side or head: pages
// that read well pay nothing for the question.
func readUpright(engine ocr.Engine, page *raster.Page, ready prepared, color bool) (prepared, []hequan.Line, []hequan.Grid, error) {
	lying := ready.lying
	upright := func() (turned bool, err error) {
		turn, err := direction(engine, ready, lying)
		if err != nil || turn == 0 {
			return false, err
		}
		if err := page.Turn(turn); err != nil {
			return false, err
		}
		ready = prepare(page.Image, page.DPI, color)
		return true, nil
	}
	if lying > 1 {
		if _, err := upright(); err != nil {
			return ready, nil, nil, err
		}
	}
	lines, grids, err := recognise(engine, ready)
	if err != nil || meanConfidence(lines) >= soundReading {
		return ready, lines, grids, err
	}
	turned := false
	if lying <= 1 { // not asked before
		turned, err = upright()
	}
	if err == nil && !turned {
		if turned, err = upsideDown(engine, ready, lines); err == nil && turned {
			if err = page.Turn(180); err == nil {
				ready = prepare(page.Image, page.DPI, color)
			}
		}
	}
	if err != nil || !turned {
		return ready, lines, grids, err
	}
	lines, grids, err = recognise(engine, ready)
	return ready, lines, grids, err
}

// headLead is by how much surer, a character, the recogniser of lines has to be of lines that are turned round.
const headLead = 0.1

// upsideDown asks the recogniser of lines about a page that was read badly: whether its longest lines say more
// when they are turned round. A cover has too few letters, and a statement too many figures, for Tesseract to tell.
func upsideDown(engine ocr.Engine, p prepared, lines []hequan.Line) (bool, error) {
	if !engine.HasLines() {
		return false, nil
	}
	longest := slices.Clone(lines)
	slices.SortStableFunc(longest, func(a, b hequan.Line) int { return cmp.Compare(runeCount(lineText(b)), runeCount(lineText(a))) })
	sure := [2]float64{}
	n := [2]int{}
	for _, l := range longest[:min(len(longest), 6)] {
		r := onLevel(p, l.Box)
		if r = r.Inset(-r.Dy() / 8).Intersect(p.ruled.Rect); r.Dx() < 2*r.Dy() || r.Dy() < 8 {
			continue
		}
		line := cropGray(p.ruled, r)
		for k, picture := range []*image.Gray{line, turnGray(line, 180)} {
			if err := engine.SetPicture(picture); err != nil {
				return false, err
			}
			symbols, err := engine.Recognize(picture.Rect, ocr.Options{Lang: ocr.Lines, DPI: p.dpi})
			if err != nil {
				return false, err
			}
			for _, s := range symbols {
				sure[k] += s.Confidence
				n[k]++
			}
		}
	}
	return n[1] >= 8 && sure[1] > sure[0]+headLead*float64(max(n[0], n[1])), nil
}

func lineText(l hequan.Line) string { return plainText([]hequan.Line{l}) }

// clearlyLying is how much more the lines of a page stand out in one direction for the
// other to be left out. Measured on 212 pages, the greater of page and page without
// its rules counted: upright ones 0.04 to 1.27 (across against down), those on their
// side 1.7 to 7.7. Without its rules alone a table on its side, of wide columns, has 0.46:
// its columns stand out more than its rows.
const clearlyLying = 1.4

// direction reads the densest patches of a page in the directions that are
// possible, by how its lines lie, and returns the clockwise turn that makes it
// readable. Text upside down is read with a confidence of its own, so the
// directions are compared.
func direction(engine ocr.Engine, p prepared, lying float64) (int, error) {
	var patches []*image.Gray
	for _, r := range densest(p.text, p.dpi, 6) {
		patches = append(patches, cropGray(p.text, r))
	}
	bestMean, bestSure, at := 0.0, 0.0, 0
	possible := []int{0, 180, 90, 270}
	switch {
	case lying > clearlyLying:
		possible = []int{0, 90, 270}
	case lying < 1/clearlyLying:
		possible = []int{0, 180}
	}
	for _, degrees := range possible {
		mean, sure, err := sample(engine, patches, degrees, p.dpi)
		if err != nil {
			return 0, err
		}
		// The digits of a table on its side are read with some certainty as they lie.
		if degrees == 0 && (mean < 0 || mean >= soundReading && lying <= clearlyLying) {
			return 0, nil
		}
		if degrees == 0 || mean > bestMean+0.025 && sure > 1.1*bestSure+1 {
			bestMean, bestSure, at = mean, sure, degrees
		}
	}
	return at, nil
}

// sample reads patches turned clockwise. It returns the mean confidence of the
// characters, -1 where there are too few, and how many were read with
// certainty: codes and ornaments give characters in any direction, but unsure ones.
func sample(engine ocr.Engine, patches []*image.Gray, degrees, dpi int) (mean, sure float64, err error) {
	n := 0
	for _, p := range patches {
		turned := turnGray(p, degrees)
		if err := engine.SetPicture(turned); err != nil {
			return -1, 0, err
		}
		symbols, err := engine.Recognize(turned.Rect, ocr.Options{Lang: "chi_sim", Mode: ocr.Block, DPI: dpi})
		if err != nil {
			return -1, 0, err
		}
		for _, s := range symbols {
			mean += s.Confidence
			sure += max(0, s.Confidence-0.75) * 4
			n++
		}
	}
	if n < 8 {
		return -1, 0, nil
	}
	return mean / float64(n), sure, nil
}

func cropGray(g *image.Gray, r image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		copy(out.Pix[y*out.Stride:], g.Pix[(r.Min.Y+y)*g.Stride+r.Min.X:(r.Min.Y+y)*g.Stride+r.Max.X])
	}
	return out
}

// turnGray turns a picture clockwise by a multiple of 90 degrees.
func turnGray(g *image.Gray, degrees int) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if degrees == 0 {
		return g
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	if degrees != 180 {
		out = image.NewGray(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			v := g.Pix[y*g.Stride+x]
			switch degrees {
			case 90:
				out.Pix[x*out.Stride+h-1-y] = v
			case 180:
				out.Pix[(h-1-y)*out.Stride+w-1-x] = v
			case 270:
				out.Pix[(w-1-x)*out.Stride+y] = v
			}
		}
	}
	return out
}

// densest returns the patches of 60 × 14 mm (14 mm tall and wide enough for
// letters in either direction) with the most ink that is neither a photograph
// nor the dark edge of a scan.
func densest(g *image.Gray, dpi, most int) []image.Rectangle {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	pw, ph := min(w, dpi*60/25), min(h, dpi*14/25)
	type patch struct {
		r   image.Rectangle
		ink int
	}
	var found []patch
	for y := 0; y+ph <= h; y += ph {
		for x := 0; x+pw <= w; x += pw / 2 {
			r := image.Rect(x, y, x+pw, y+ph)
			ink := 0
			for yy := r.Min.Y; yy < r.Max.Y; yy += 2 {
				for _, v := range g.Pix[yy*g.Stride+x : yy*g.Stride+x+pw] {
					if v < 128 {
						ink++
					}
				}
			}
			if share := float64(ink) * 2 / float64(pw*ph); share > 0.01 && share < 0.25 {
				found = append(found, patch{r, ink})
			}
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].ink > found[j].ink })
	var out []image.Rectangle
next:
	for _, p := range found {
		for _, o := range out {
			if p.r.Overlaps(o) {
				continue next
			}
		}
		if out = append(out, p.r); len(out) == most {
			break
		}
	}
	return out
}
