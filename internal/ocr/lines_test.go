package ocr

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
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

// drawn is a line of print, dark on white, 30 pixels high.
func drawn(t *testing.T, text string) *image.Gray {
	t.Helper()
	data, err := os.ReadFile("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
	if err != nil {
		t.Skipf("no typeface to draw with: %v", err)
	}
	faces, err := opentype.ParseCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	one, err := faces.Font(2) // SC
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(one, &opentype.FaceOptions{Size: 26, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Src: image.Black, Face: face, Dot: fixed.P(20, 34)}
	out := image.NewGray(image.Rect(0, 0, d.MeasureString(text).Round()+40, 46))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	d.Dst = out
	d.DrawString(text)
	return out
}

func TestLinesAreRead(t *testing.T) {
	engine := withLines(t)
	for _, text := range []string{"北京启宸文化科技有限公司", "91110302MAQ22RU95X", "二〇二六年七月十三日", "合计：人民币叁拾陆万柒仟捌佰壹拾壹圆叁角柒分"} {
		line := drawn(t, text)
		if err := engine.SetPicture(line); err != nil {
			t.Fatal(err)
		}
		symbols, err := engine.Recognize(line.Rect, Options{Lang: Lines})
		if err != nil {
			t.Fatal(err)
		}
		var read strings.Builder
		last := -1
		for _, s := range symbols {
			read.WriteString(s.Text)
			if s.Rect.Min.X < last || !s.Rect.In(line.Rect) || s.Confidence <= 0 || s.Confidence > 1 {
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
