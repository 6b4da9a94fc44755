package ocr

import (
	"image"
	"strings"
	"testing"

	"hequan/internal/imaging"
)

// TestNumbers reads clean print: what the nets can't do here they can do nowhere.
func TestNumbers(t *testing.T) {
	t.Setenv("OMP_THREAD_LIMIT", "1")
	e := NewTesseract("")
	t.Cleanup(e.Close)
	for _, want := range []string{"¥1,234,567.89", "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "2025年9月17日", "二〇二五年九月十七日", "91110108MA01ABCD2X", "13%", "qwen-max-latest"} {
		img := line(t, want)
		crop := imaging.LineCrop(img, image.Rect(10, 10, 890, 80), 33, 0.25, 0.4)
		for _, net := range []string{NumbersA, NumbersB} {
			if err := e.SetPicture(img); err != nil {
				t.Fatal(err)
			}
			symbols, err := e.Recognize(crop, Options{Lang: net, Mode: Raw, DPI: 200})
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, s := range symbols {
				got.WriteString(s.Text)
			}
			if got.String() != want {
				t.Errorf("%s reads %q as %q", net, want, got.String())
			}
		}
	}
}

// TestNumbersNeedNoFiles: the models come with the program, whatever folder is named.
func TestNumbersNeedNoFiles(t *testing.T) {
	e := NewTesseract(t.TempDir())
	t.Cleanup(e.Close)
	img := image.NewGray(image.Rect(0, 0, 100, 40))
	if err := e.SetPicture(img); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Recognize(img.Rect, Options{Lang: NumbersB, Mode: Raw}); err != nil {
		t.Error(err)
	}
	if _, err := e.Recognize(img.Rect, Options{Lang: "chi_sim"}); err == nil {
		t.Error("a folder without chi_sim was accepted")
	}
	if v := ModelVersion(); len(v) != 16 {
		t.Errorf("version %q", v)
	}
}
