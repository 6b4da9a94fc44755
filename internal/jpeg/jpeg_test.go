package jpeg

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// TestEncode: what is written is read by the standard library as what was drawn,
// whatever the stride, about as small as its own.
func TestEncode(t *testing.T) {
	whole := image.NewNRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			whole.SetNRGBA(x, y, color.NRGBA{uint8(255 - x/2), uint8(y * 255 / 300), uint8(100 + x/4), 255})
		}
	}
	part := &image.NRGBA{Pix: whole.Pix, Stride: whole.Stride, Rect: image.Rect(0, 0, 333, 217)}
	for _, img := range []*image.NRGBA{whole, part} {
		data, err := Encode(img, 78)
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || got.Bounds() != img.Rect {
			t.Fatalf("%v %v", got, err)
		}
		for y := 0; y < img.Rect.Dy(); y += 7 {
			for x := 0; x < img.Rect.Dx(); x += 5 {
				r, g, b, _ := got.At(x, y).RGBA()
				want := img.NRGBAAt(x, y)
				if far(r, want.R) || far(g, want.G) || far(b, want.B) {
					t.Fatalf("%d, %d is %d %d %d, want %v", x, y, r>>8, g>>8, b>>8, want)
				}
			}
		}
		var own bytes.Buffer
		if err := jpeg.Encode(&own, img, &jpeg.Options{Quality: 78}); err != nil {
			t.Fatal(err)
		}
		if len(data) > own.Len()*6/5 {
			t.Errorf("%d bytes, the standard library writes %d", len(data), own.Len())
		}
	}
	again, err := Encode(part, 78)
	if first, _ := Encode(part, 78); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same picture gives other bytes (%v)", err)
	}
	if _, err := Encode(image.NewNRGBA(image.Rect(0, 0, 0, 5)), 78); err == nil {
		t.Error("a picture without pixels was written")
	}
}

func far(got uint32, want uint8) bool {
	d := int(got>>8) - int(want)
	return d > 12 || d < -12
}
