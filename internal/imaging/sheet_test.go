package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"hequan"
)

// sheetOn is a white sheet with these corners (from the top left clockwise) on
// a grey table, a framed form drawn on it.
func sheetOn(w, h int, corners [4][2]float64) *image.NRGBA {
	sheet := image.NewNRGBA(image.Rect(0, 0, 800, 600))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	for _, line := range []image.Rectangle{image.Rect(80, 150, 720, 153), image.Rect(80, 450, 720, 453), image.Rect(80, 150, 83, 453), image.Rect(717, 150, 720, 453)} {
		draw.Draw(sheet, line, image.NewUniform(color.NRGBA{120, 20, 20, 255}), image.Point{}, draw.Src)
	}
	frame, _ := squareTo(corners)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(color.NRGBA{80, 84, 88, 255}), image.Point{}, draw.Src)
	for v := 0.0; v < 1; v += 0.0005 {
		for u := 0.0; u < 1; u += 0.0005 {
			x, y := frame.Point(u, v)
			if px, py := int(x*float64(w)), int(y*float64(h)); px >= 0 && py >= 0 && px < w && py < h {
				out.Set(px, py, sheet.At(int(u*800), int(v*600)))
			}
		}
	}
	return out
}

// TestStraighten: a sheet photographed askew is found by its own edges, not by
// the frame of the form printed on it.
func TestStraighten(t *testing.T) {
	for name, corners := range map[string][4][2]float64{
		"upright": {{0.06, 0.07}, {0.9, 0.07}, {0.9, 0.95}, {0.06, 0.95}},
		"askew":   {{0.12, 0.1}, {0.9, 0.06}, {0.94, 0.93}, {0.05, 0.9}},
	} {
		_, frame, ok := Straighten(sheetOn(900, 700, corners))
		if !ok {
			t.Errorf("%s: no sheet found", name)
			continue
		}
		for i, at := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
			x, y := frame.Point(at[0], at[1])
			if math.Hypot(x-corners[i][0], y-corners[i][1]) > 0.012 {
				t.Errorf("%s: corner %d is found at %.3f %.3f, want %v", name, i, x, y, corners[i])
			}
		}
	}
}

// TestStraightenScan: a scan that fills its picture is left as it is.
func TestStraightenScan(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 900, 700))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(80, 150, 820, 154), image.Black, image.Point{}, draw.Src)
	if _, frame, ok := Straighten(img); ok || frame != (hequan.Frame{}) {
		t.Errorf("a plain scan is straightened by %v", frame)
	}
}
