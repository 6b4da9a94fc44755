package ocr

import (
	"image"
	"image/draw"
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// line draws one line of text, black on white, letters of 12 point at 200 dpi.
func line(t *testing.T, text string) *image.Gray {
	t.Helper()
	data, err := os.ReadFile("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
	if err != nil {
		t.Skipf("no Chinese font (apt-get install fonts-noto-cjk): %v", err)
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := collection.Font(2) // Simplified Chinese
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 12, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 900, 90))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(30, 60)}
	d.DrawString(text)
	return img
}

// engine is Tesseract with its models; the test is skipped without them.
func engine(t *testing.T) *Tesseract {
	t.Helper()
	t.Setenv("OMP_THREAD_LIMIT", "1")
	e := NewTesseract("")
	if _, err := e.instance("chi_sim"); err != nil {
		t.Skip(err)
	}
	t.Cleanup(e.Close)
	return e
}

func recognize(t *testing.T, e Engine, img *image.Gray, o Options) []Symbol {
	t.Helper()
	if err := e.SetPicture(img); err != nil {
		t.Fatal(err)
	}
	symbols, err := e.Recognize(img.Rect, o)
	if err != nil {
		t.Fatal(err)
	}
	return symbols
}

func text(symbols []Symbol) string {
	var b strings.Builder
	for _, s := range symbols {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestReadsWhatIsDrawn(t *testing.T) {
	e := engine(t)
	for want, o := range map[string]Options{
		"1,234,567.89":       {Lang: "eng", Mode: Line, DPI: 200, Whitelist: "0123456789.,"},
		"91110302MAGR5FRU61": {Lang: "eng", Mode: Line, DPI: 200},
		"模型服务采购合同":           {Lang: "chi_sim", Mode: Line, DPI: 200},
	} {
		symbols := recognize(t, e, line(t, want), o)
		if got := text(symbols); got != want {
			t.Errorf("%q was read as %q", want, got)
		}
		if len(symbols) == 0 {
			continue
		}
		if !symbols[0].NewWord || !symbols[0].NewLine {
			t.Errorf("the first symbol begins nothing: %+v", symbols[0])
		}
		last := symbols[0].Rect.Min.X - 1
		for _, s := range symbols {
			if s.Confidence < 0 || s.Confidence > 1 || s.Rect.Empty() || !s.Rect.In(image.Rect(0, 0, 900, 90)) || s.Rect.Min.X < last {
				t.Errorf("symbol %+v", s)
			}
			last = s.Rect.Min.X
		}
	}
}

func TestRectangleOnly(t *testing.T) {
	e := engine(t)
	img := image.NewGray(image.Rect(0, 0, 900, 180))
	draw.Draw(img, image.Rect(0, 0, 900, 90), line(t, "11111111"), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 90, 900, 180), line(t, "20250917"), image.Point{}, draw.Src)
	if err := e.SetPicture(img); err != nil {
		t.Fatal(err)
	}
	symbols, err := e.Recognize(image.Rect(0, 90, 900, 180), Options{Lang: "eng", Mode: Line})
	if err != nil || text(symbols) != "20250917" {
		t.Errorf("%q %v", text(symbols), err)
	}
	for _, s := range symbols {
		if s.Rect.Min.Y < 90 {
			t.Errorf("%+v lies outside of the rectangle", s)
		}
	}
	if symbols, err := e.Recognize(image.Rect(2000, 0, 2100, 50), Options{Lang: "eng", Mode: Line}); err != nil || len(symbols) != 0 {
		t.Errorf("outside of the picture: %v %v", symbols, err)
	}
}

func TestSamePictureSameSymbols(t *testing.T) {
	e := engine(t)
	first, other := line(t, "合同总金额人民币460000.00元（含税）"), line(t, "晴川智慧 QX-77/2025 第三条")
	o := Options{Lang: "chi_sim", Mode: Line, DPI: 200}
	want := recognize(t, e, first, o)
	if len(want) < 15 {
		t.Fatalf("only %q was read: the test proves nothing", text(want))
	}
	if got := recognize(t, e, first, o); !reflect.DeepEqual(got, want) {
		t.Errorf("the second time %+v\nwant %+v", got, want)
	}
	for _, between := range []Options{{Lang: "chi_sim", Mode: Block}, {Lang: "chi_sim", Mode: Line, Whitelist: "0123456789"}, {Lang: "eng", Mode: Sparse, DPI: 300}} {
		recognize(t, e, other, between)
		if got := recognize(t, e, first, o); !reflect.DeepEqual(got, want) {
			t.Errorf("after another picture read as %+v: %q\nwant %q", between, text(got), text(want))
		}
	}
	if got := recognize(t, engine(t), first, o); !reflect.DeepEqual(got, want) {
		t.Errorf("a fresh engine reads %+v\nwant %+v", got, want)
	}
}

func TestPicturesThatCannotBeRead(t *testing.T) {
	e := engine(t)
	if _, err := NewTesseract("").Recognize(image.Rect(0, 0, 9, 9), Options{Lang: "eng"}); err == nil {
		t.Error("something was recognised without a picture")
	}
	if err := e.SetPicture(image.NewGray(image.Rect(0, 0, 2, 400))); err == nil {
		t.Error("a picture two pixels wide was taken")
	}
	blank := image.NewGray(image.Rect(0, 0, 300, 100))
	draw.Draw(blank, blank.Rect, image.White, image.Point{}, draw.Src)
	if s := recognize(t, e, blank, Options{Lang: "chi_sim", Mode: Line}); len(strings.TrimSpace(text(s))) > 0 {
		t.Errorf("%q was read on blank paper", text(s))
	}
	if err := e.SetPicture(blank); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Recognize(blank.Rect, Options{Lang: "xx_none"}); err == nil || !strings.Contains(err.Error(), "tesseract-ocr-xx-none") {
		t.Errorf("a missing language gives %v", err)
	}
}

// TestAmbiguitiesAreLeftOut: the library of Debian 12 calls the function that stands in this program.
func TestAmbiguitiesAreLeftOut(t *testing.T) {
	if v := TesseractVersion(); !strings.HasPrefix(v, "5.3.") {
		t.Skipf("not tried with Tesseract %s", v)
	}
	engine := NewTesseract("")
	t.Cleanup(engine.Close)
	left := ambiguitiesLeftOut()
	if err := engine.SetPicture(line(t, "2026")); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Recognize(image.Rect(20, 22, 200, 74), Options{Lang: "eng", Mode: Line}); err != nil {
		t.Fatal(err)
	}
	if ambiguitiesLeftOut() == left {
		t.Error("Tesseract loaded its lists of ambiguities")
	}
}
