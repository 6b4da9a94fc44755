package pipeline

import (
	"image"
	"image/color"
	"path/filepath"
	"testing"

	"hequan"
)

func TestAGlanceTellsWhatNeedsNoRecognition(t *testing.T) {
	r := testReader(t, 1)
	dir := t.TempDir()
	glance := func(name string, data []byte) *hequan.Reading {
		t.Helper()
		got, err := r.Glance(t.Context(), write(t, filepath.Join(dir, name), data), nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	page := sheet(t, "模型接口调用服务合同", "合同编号：HT-2025-0917")
	got := glance("scan.png", asPNG(t, page))
	if got.Problem != nil || len(got.Pages) != 1 || got.Pages[0].Info.Blank || got.Pages[0].Info.Color || len(got.Pages[0].Lines) != 0 {
		t.Fatalf("black print: %+v %+v", got.Problem, got.Pages)
	}
	same := got.Pages[0].Info.Picture
	for y := 100; y < 220; y++ {
		for x := 100; x < 220; x++ {
			page.SetNRGBA(x, y, color.NRGBA{200, 30, 30, 255})
		}
	}
	if got := glance("seal.png", asPNG(t, page)); !got.Pages[0].Info.Color {
		t.Errorf("a page with a red seal: %+v", got.Pages[0].Info)
	}
	empty := image.NewNRGBA(image.Rect(0, 0, 1240, 1754))
	for i := range empty.Pix {
		empty.Pix[i] = 255
	}
	if got := glance("empty.png", asPNG(t, empty)); !got.Pages[0].Info.Blank {
		t.Errorf("an empty page: %+v", got.Pages[0].Info)
	}
	if got := glance("broken.pdf", []byte("%PDF-1.4\nnothing")); got.Problem == nil {
		t.Errorf("a damaged file: %+v", got)
	}
	// The reading that comes later sees the same picture.
	read, err := r.Read(t.Context(), filepath.Join(dir, "scan.png"), nil)
	if err != nil || read.Pages[0].Info.Picture != same {
		t.Errorf("read as %s, glanced at as %s, %v", read.Pages[0].Info.Picture, same, err)
	}
	if got := glance("scan.png", asPNG(t, sheet(t, "模型接口调用服务合同", "合同编号：HT-2025-0917"))); len(got.Pages[0].Lines) == 0 {
		t.Error("what is read already was glanced at anew")
	}
}
