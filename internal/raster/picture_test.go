package raster

import (
	"errors"
	"math"
	"testing"

	"hequan"
)

func open(t *testing.T, f File, err error) File {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func pageOf(t *testing.T, f File, i int) *Page {
	t.Helper()
	p, err := f.Page(i)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOrientationOfAPhoto(t *testing.T) {
	upright := jpegOf(t, marked(1000, 1400))
	for orientation, want := range map[uint16]string{1: "top left", 3: "bottom right", 6: "top right", 8: "bottom left"} {
		file, err := OpenPicture(withOrientation(upright, orientation))
		p := pageOf(t, open(t, file, err), 0)
		if got := darkCorner(p.Image); got != want {
			t.Errorf("orientation %d: the mark is %q, want %q", orientation, got, want)
		}
		if wide := p.Image.Rect.Dx() > p.Image.Rect.Dy(); wide != (orientation >= 5) {
			t.Errorf("orientation %d: the page is %v", orientation, p.Image.Rect.Size())
		}
	}
}

func TestTurn(t *testing.T) {
	for degrees, want := range map[int]string{90: "top right", 180: "bottom right", 270: "bottom left"} {
		file, err := OpenPicture(jpegOf(t, marked(1000, 1400)))
		p := pageOf(t, open(t, file, err), 0)
		w, h := p.WidthMM, p.HeightMM
		if err := p.Turn(degrees); err != nil {
			t.Fatal(err)
		}
		if got := darkCorner(p.Image); got != want || p.Rotation != degrees {
			t.Errorf("turned by %d: the mark is %q, want %q; rotation %d", degrees, got, want, p.Rotation)
		}
		if degrees != 180 {
			w, h = h, w
		}
		if p.WidthMM != w || p.HeightMM != h {
			t.Errorf("turned by %d: %v × %v mm, want %v × %v", degrees, p.WidthMM, p.HeightMM, w, h)
		}
	}
	if err := (&Page{}).Turn(45); err == nil {
		t.Error("a page was turned by 45 degrees")
	}
}

func TestPictureWithoutResolution(t *testing.T) {
	file, err := OpenPicture(jpegOf(t, marked(1654, 2339)))
	p := pageOf(t, open(t, file, err), 0)
	if p.DPI != 200 || math.Abs(p.WidthMM-210) > 1 || math.Abs(p.HeightMM-297) > 1 || p.Source != hequan.SourceScan || !p.Channels {
		t.Errorf("%d dpi, %.1f × %.1f mm, %s", p.DPI, p.WidthMM, p.HeightMM, p.Source)
	}
}

func TestManyPagedTIFF(t *testing.T) {
	file, err := OpenTIFF(tiffOf(850, 1100, 150, 10, 120, 240))
	f := open(t, file, err)
	if f.Pages() != 3 {
		t.Fatalf("%d pages, want 3", f.Pages())
	}
	for i, shade := range []uint8{10, 120, 240} {
		p := pageOf(t, f, i)
		if got := p.Image.NRGBAAt(400, 500).G; got != shade {
			t.Errorf("page %d has the shade %d, want %d", i+1, got, shade)
		}
		if p.Channels {
			t.Errorf("page %d is grey, not stored in colour", i+1)
		}
		if p.ScanDPI != 150 || p.DPI != 150 || math.Abs(p.WidthMM-143.9) > 0.5 || math.Abs(p.HeightMM-186.3) > 0.5 {
			t.Errorf("page %d: %d dpi, %.1f × %.1f mm", i+1, p.DPI, p.WidthMM, p.HeightMM)
		}
	}
}

func TestTIFFChainsEnd(t *testing.T) {
	data := tiffOf(200, 300, 150, 10, 20)
	_, offsets, err := tiffPages(data)
	if err != nil || len(offsets) != 2 {
		t.Fatal(offsets, err)
	}
	loop := append([]byte{}, data...)
	copy(loop[len(loop)-4:], data[4:8]) // the last directory points back at the first
	if _, offsets, err := tiffPages(loop); err != nil || len(offsets) != 2 {
		t.Errorf("a chain that bites its tail: %v %v", offsets, err)
	}
	if _, offsets, err := tiffPages(data[:offsets[1]+1]); err != nil || len(offsets) != 1 {
		t.Errorf("cut off in the second directory: %v %v", offsets, err)
	}
	// Every cut gives a page, a problem, never a panic.
	for cut := 0; cut < len(data); cut += 6007 {
		f, err := OpenTIFF(data[:cut])
		if err == nil {
			for i := range f.Pages() {
				_, err = f.Page(i)
			}
		}
		var problem *hequan.Problem
		if err != nil && !errors.As(err, &problem) {
			t.Errorf("cut at %d: %v is no problem of the file", cut, err)
		}
	}
}
