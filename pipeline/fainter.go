package pipeline

import (
	"image"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// The clips of the two text planes: what is lighter than that share of the local
// background is white. The usual one drops what is left of seals and tints. Of small
// print that was photographed or enlarged it drops the edges of strokes as well: for such
// pages there is a second one.
const (
	usualClip   = 0.84
	fainterClip = 0.93
)

// doubtfulReading is the mean confidence below which a page is read from the fainter plane too.
const doubtfulReading = 0.95

// aReading is what was read of a page from one plane.
type aReading struct {
	lines []hequan.Line
	grids []hequan.Grid
}

// readFainter reads a page that was read badly again, from a plane that keeps fainter strokes, a
// coarse picture or one that still reads badly once more, from one that keeps all; and puts the readings
// together word by word. Each costs what the first one cost.
func readFainter(engine ocr.Engine, page *raster.Page, p prepared, lines []hequan.Line, grids []hequan.Grid) ([]hequan.Line, []hequan.Grid, error) {
	readings := []aReading{{lines, grids}}
	sure := meanConfidence(lines)
	for _, clip := range []float64{fainterClip, 1} {
		if sure >= doubtfulReading || len(readings) > 1 && sure >= soundReading && !page.Coarse() {
			break
		}
		fainter := p
		fainter.text, fainter.plain = planeOf(page, p, clip), true
		imaging.Erase(fainter.text, p.rules, p.dpi)
		imaging.Erase(fainter.text, p.upright, p.dpi)
		lines, grids, err := recognise(engine, fainter)
		if err != nil {
			return nil, nil, err
		}
		readings = append(readings, aReading{lines, grids})
		sure = max(sure, meanConfidence(lines))
	}
	if len(readings) == 1 {
		return lines, grids, nil
	}
	merged, grids := mergeReadings(p, readings)
	return merged, grids, nil
}

// planeOf is a prepared page's text plane with another clip, without its holes.
func planeOf(page *raster.Page, p prepared, clip float64) *image.Gray {
	plane := imaging.Flatten(imaging.MaxChannel(page.Image), p.dpi, clip)
	imaging.Blank(plane, imaging.Holes(plane, p.dpi))
	return p.turn.Level(plane)
}
