package pipeline

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// TestTableOnItsSideIsTurned reads a table of wide columns that lies on its side and not straight:
// without their rules its rows stand out no more than its columns of like cells.
func TestTableOnItsSideIsTurned(t *testing.T) {
	r := testReader(t, 1)
	face := testFace(t, 9, 200)
	ground := color.NRGBA{250, 250, 248, 255}
	img := image.NewNRGBA(image.Rect(0, 0, 2339, 1654))
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face}
	row := func(y int, cells ...string) {
		for i, c := range cells {
			d.Dot = fixed.P(200+i*290, y)
			d.DrawString(c)
		}
		draw.Draw(img, image.Rect(180, y+18, 2180, y+20), image.Black, image.Point{}, draw.Src)
	}
	row(200, "使用日期", "模型名称", "调用量", "计量单位", "单价", "计价单位", "费用（元）")
	for i := range 19 {
		row(264+64*i, fmt.Sprintf("2026.01.%02d", i+1), "星槎-Max", fmt.Sprintf("%d,%03d.%02d", 1+i%3, (137*i+311)%1000, (37*i+13)%100), "百万tokens", "2", "元/百万tokens", fmt.Sprintf("%d,%03d.%02d", 2+i%5, (211*i+17)%1000, (53*i+7)%100))
	}
	lying := imaging.Rotate(img, 91.3, ground)
	if ready := prepare(lying, 200, true); ready.lying < clearlyLying {
		t.Errorf("lying by %v", ready.lying)
	}
	got, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), "table.png"), asPNG(t, lying)), nil)
	if err != nil || got.Problem != nil {
		t.Fatal(err, got.Problem)
	}
	if got.Pages[0].Info.Rotation != 90 || !strings.Contains(textOf(got), "2026.01.19") {
		t.Errorf("rotation %d, text %q", got.Pages[0].Info.Rotation, textOf(got))
	}
}

// TestCoversThatStandOnTheirHead: a page of a few lines, upside down, is turned; the same page as it should lie is not.
func TestCoversThatStandOnTheirHead(t *testing.T) {
	if ocr.LinesDir() == "" {
		t.Skip("the recogniser of lines is not here: scripts/lines.sh")
	}
	engine := ocr.NewTesseract("")
	defer engine.Close()
	for _, turned := range []int{0, 180} {
		page := &raster.Page{Image: sheet(t, "审计报告", "", "北京晴川智能交通公司", "", "某某会计师事务所"), DPI: 200, WidthMM: 210, HeightMM: 297}
		if err := page.Turn(turned); err != nil {
			t.Fatal(err)
		}
		page.Rotation = 0
		asItLies := prepare(page.Image, 200, false)
		read, _, err := recognise(engine, asItLies)
		if err != nil {
			t.Fatal(err)
		}
		if down, err := upsideDown(engine, asItLies, read); err != nil || down != (turned == 180) {
			t.Errorf("turned by %d: upside down %v, %v; read %q", turned, down, err, plainText(read))
		}
		_, lines, _, err := readUpright(engine, page, prepare(page.Image, 200, false), false)
		if err != nil || !strings.Contains(plainText(lines), "北京晴川智能交通公司") || page.Rotation != turned {
			t.Errorf("turned by %d: rotation %d, %q, %v", turned, page.Rotation, plainText(lines), err)
		}
	}
}

// TestFiguresThatStandOnTheirHead: of a page of figures Tesseract's readings do not tell the direction; the recogniser of
// lines is asked whether its lines seem to run down or not.
func TestFiguresThatStandOnTheirHead(t *testing.T) {
	if ocr.LinesDir() == "" {
		t.Skip("the recogniser of lines is not here: scripts/lines.sh")
	}
	engine := ocr.NewTesseract("")
	defer engine.Close()
	for _, lying := range []float64{0.4, 1.1} {
		page := &raster.Page{Image: sheet(t, "日期 用量 金额", "二月三日 9608 6,906.98", "二月六日 8096 8,960.68", "二月八日 6986 9,809.06"), DPI: 200, WidthMM: 210, HeightMM: 297}
		if err := page.Turn(180); err != nil {
			t.Fatal(err)
		}
		page.Rotation = 0
		ready := prepare(page.Image, 200, false)
		ready.lying = lying
		_, lines, _, err := readUpright(engine, page, ready, false)
		if err != nil || page.Rotation != 180 || !strings.Contains(plainText(lines), "二月六日") {
			t.Errorf("lying %.1f: rotation %d, %q, %v", lying, page.Rotation, plainText(lines), err)
		}
	}
}
