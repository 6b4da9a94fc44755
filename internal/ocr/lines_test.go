package ocr

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// withLines skips where the recogniser of lines is not installed.
func withLines(t *testing.T) *Tesseract {
	t.Helper()
	if LinesDir() == "" {
		t.Skip("the recogniser of lines is not here: scripts/lines.sh")
	}
	engine := NewTesseract("")
	t.Cleanup(engine.Close)
	return engine
}

// printedTo is the last column with ink.
func printedTo(g *image.Gray) int {
	last := 0
	for i, v := range g.Pix {
		if v < 128 {
			last = max(last, i%g.Stride)
		}
	}
	return last
}

func TestLinesAreRead(t *testing.T) {
	engine := withLines(t)
	for _, text := range []string{"北京启宸文化科技有限公司", "91110302MAQ22RU95X", "二〇二六年七月十三日", "合计：人民币叁拾陆万柒仟捌佰壹拾壹圆叁角柒分"} {
		page := line(t, text)
		crop := image.Rect(20, 22, printedTo(page)+10, 74)
		if err := engine.SetPicture(page); err != nil {
			t.Fatal(err)
		}
		symbols, err := engine.Recognize(crop, Options{Lang: Lines})
		if err != nil {
			t.Fatal(err)
		}
		var read strings.Builder
		last := -1
		for _, s := range symbols {
			read.WriteString(s.Text)
			if s.Rect.Min.X < last || !s.Rect.In(crop) || s.Confidence <= 0 || s.Confidence > 1 {
				t.Errorf("%q: symbol %+v behind %d", text, s, last)
			}
			last = s.Rect.Min.X
		}
		if read.String() != text {
			t.Errorf("%q is read %q", text, read.String())
		}
	}
}

// TestLinesOfAnySize: nothing that is cut out of a page stops it, and white paper holds nothing.
func TestLinesOfAnySize(t *testing.T) {
	engine := withLines(t)
	page := image.NewGray(image.Rect(0, 0, 6000, 400))
	for i := range page.Pix {
		page.Pix[i] = 255
	}
	if err := engine.SetPicture(page); err != nil {
		t.Fatal(err)
	}
	for _, r := range []image.Rectangle{image.Rect(0, 0, 3, 3), image.Rect(0, 0, 3, 400), image.Rect(0, 0, 6000, 20), image.Rect(0, 0, 2, 2), page.Rect} {
		symbols, err := engine.Recognize(r, Options{Lang: Lines})
		if err != nil || len(symbols) > 0 {
			t.Errorf("%v: %v %v", r, symbols, err)
		}
	}
}

// TestWithoutLines: a folder without the files, or with some of them, is none.
func TestWithoutLines(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HEQUAN_LINES", dir)
	if err := os.WriteFile(filepath.Join(dir, linesModel), []byte("no model"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := LinesDir(); got != "" {
		t.Errorf("half a folder counts: %s", got)
	}
	engine := NewTesseract("")
	defer engine.Close()
	if err := engine.SetPicture(image.NewGray(image.Rect(0, 0, 50, 50))); err != nil {
		t.Fatal(err)
	}
	if symbols, err := engine.Recognize(image.Rect(0, 0, 50, 50), Options{Lang: Lines}); engine.HasLines() || err != nil || symbols != nil {
		t.Errorf("%v %v", symbols, err)
	}
}
