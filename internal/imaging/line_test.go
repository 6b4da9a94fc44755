package imaging

import (
	"image"
	"testing"
)

func TestLineCrop(t *testing.T) {
	page := paper(100, 40)
	fill(page, 50, 100, 250, 140, 0) // the line: 200 × 40
	fill(page, 300, 100, 301, 101, 0)
	rough := image.Rect(40, 90, 310, 150)
	if got, want := LineCrop(page, rough, 40, 0.25, 0.5), image.Rect(30, 90, 270, 150); got != want {
		t.Errorf("%v, want %v: a quarter above, half beside, a speck of one pixel left out", got, want)
	}
	fill(page, 50, 200, 250, 204, 0) // a dash
	if got := LineCrop(page, image.Rect(40, 190, 260, 215), 40, 0, 0); got.Dy() != 28 {
		t.Errorf("a dash gets %d pixels of height, want seven tenths of the print's 40", got.Dy())
	}
	if got := LineCrop(page, image.Rect(40, 10, 260, 60), 40, 0.25, 0.5); !got.Empty() {
		t.Errorf("blank paper: %v", got)
	}
}
