package render

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"

	"hequan"
)

func TestCutFramesTheBox(t *testing.T) {
	pages := &whitePages{served: map[string]int{}}
	c := NewCutter(pages)
	box := hequan.Box{0.4, 0.5, 0.6, 0.52}
	data, err := c.Cut("aa", 1, box)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w < 270 || w > 300 {
		t.Errorf("crop is %d px wide, want about 0.34 of 827", w)
	}
	if n := redPixels(img); n < 300 {
		t.Errorf("%d red pixels: no frame around the box", n)
	}
	if r, g, b, _ := img.At(img.Bounds().Dx()/2, img.Bounds().Dy()/2).RGBA(); r>>8 < 240 || g>>8 < 240 || b>>8 < 240 {
		t.Error("the middle of the box is not the page's white")
	}
	if _, err := c.Cut("aa", 1, hequan.Box{0.1, 0.1, 0.2, 0.12}); err != nil {
		t.Fatal(err)
	}
	if pages.served["aa1"] != 1 {
		t.Errorf("the page was fetched %d times for two crops", pages.served["aa1"])
	}
}

func TestCutOfAWholePageIsSmallAndUnframed(t *testing.T) {
	data, err := NewCutter(&whitePages{served: map[string]int{}}).Cut("aa", 1, hequan.Box{})
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dy() > cropMaxHeight || redPixels(img) > 0 {
		t.Errorf("whole page: %v with %d red pixels", img.Bounds(), redPixels(img))
	}
}

func TestCutOfOddBoxes(t *testing.T) {
	for _, box := range []hequan.Box{{0, 0, 1, 1}, {0.99, 0.99, 1, 1}, {0.5, 0.5, 0.5, 0.5}, {-0.2, -0.1, 1.4, 0.3}} {
		if _, err := NewCutter(&whitePages{served: map[string]int{}}).Cut("aa", 1, box); err != nil {
			t.Errorf("box %v: %v", box, err)
		}
	}
	for _, box := range []hequan.Box{{2, 2, 3, 3}, {0.8, 0.8, 0.2, 0.2}} {
		if _, err := NewCutter(&whitePages{served: map[string]int{}}).Cut("aa", 1, box); err == nil && box[0] > 1 {
			t.Errorf("box %v outside of the page gave a picture", box)
		}
	}
	if _, err := NewCutter(nil).Cut("aa", 1, hequan.Box{}); err == nil {
		t.Error("a picture without any source of pictures")
	}
}

func redPixels(img image.Image) int {
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); int(r>>8)-int(g>>8) > 60 && int(r>>8)-int(b>>8) > 60 {
				n++
			}
		}
	}
	return n
}
