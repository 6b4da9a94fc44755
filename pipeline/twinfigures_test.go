package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"hequan"
	pageimaging "hequan/internal/imaging"
	"hequan/internal/raster"
	"hequan/internal/seal"
)

// twinQualities are those that a page is saved with after a seal was pasted.
var twinQualities = []int{75, 82, 90}

// TestTwinFigures measures how surely a seal that was pasted a second time is told
// from one that was pressed twice, on labelled applications: HEQUAN_SEALS=DIR,DIR….
func TestTwinFigures(t *testing.T) {
	dirs := os.Getenv("HEQUAN_SEALS")
	if dirs == "" {
		t.Skip("set HEQUAN_SEALS to folders of labelled applications (scripts/bench-seals.sh)")
	}
	pdf, err := raster.OpenPDFium(filepath.Join(os.TempDir(), "hequan-pdfium"))
	if err != nil {
		t.Fatal(err)
	}
	f := twinFigures{pasted: map[int]*count{}, rnd: rand.New(rand.NewPCG(3, 4)), verbose: os.Getenv("HEQUAN_SEALS_SHOW") != ""}
	for _, dir := range strings.Split(dirs, ",") {
		files, _ := filepath.Glob(filepath.Join(dir, "*", "truth.json"))
		for _, file := range files {
			f.application(t, pdf, file)
		}
	}
	fmt.Printf("| seals pressed twice taken for pasted | %s | 0 |\n", f.pressed)
	for _, q := range twinQualities {
		fmt.Printf("| pasted seals found, saved at quality %d | %s | |\n", q, f.pasted[q])
	}
	if f.pressed.right > 0 {
		t.Errorf("%d pairs of pressed seals are taken for pasted ones", f.pressed.right)
	}
}

type twinFigures struct {
	verbose bool
	rnd     *rand.Rand
	pressed count
	pasted  map[int]*count
}

// pressed seals of one application, by what they bear.
type pressedSeal struct {
	text string
	look hequan.Impression
}

func (f *twinFigures) application(t *testing.T, pdf *raster.PDFium, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var l labelled
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	var all []pressedSeal
	for _, d := range l.Documents {
		if d.PageInfo[0].Source != hequan.SourceScan {
			continue
		}
		for _, info := range d.PageInfo {
			var want []labelledSeal
			for _, s := range d.Seals {
				if s.Page == info.Page && !s.Across {
					want = append(want, s)
				}
			}
			if len(want) > 0 {
				all = append(all, f.page(t, pdf, filepath.Join(filepath.Dir(path), d.File), info.Page, info.Rotation, want)...)
			}
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if a.text == b.text && !seal.Supervision(a.look) {
				got := seal.Twins(a.look, b.look)
				f.pressed.add(got.Pasted())
				if f.verbose || got.Pasted() {
					fmt.Printf("PRESSED %s %s %.3f %v\n", l.ID, a.text, got, got.Pasted())
				}
			}
		}
	}
}

// page returns the labelled impressions of a page, and pastes the first of them elsewhere.
func (f *twinFigures) page(t *testing.T, pdf *raster.PDFium, path string, number, turn int, want []labelledSeal) []pressedSeal {
	file := openLabelled(t, pdf, path)
	defer file.Close()
	p, err := file.Page(number - 1)
	if err != nil {
		t.Fatal(path, err)
	}
	sheet, frame, photographed := pageimaging.Straighten(p.Image)
	if photographed {
		p.Image = sheet
	}
	if err := p.Turn(turn); err != nil {
		t.Fatal(err)
	}
	frame = frame.Turned(turn)
	if !pageimaging.IsColor(p.Image) {
		return nil
	}
	seals, looks, _ := seal.Find(nil, p.Image, p.DPI, number, true, nil)
	var out []pressedSeal
	for _, k := range looks {
		for _, s := range want {
			if sealOverlap(frame.Box(seals[k.Seal].Box), s.Box) > 0.4 && seals[k.Seal].Shape != "partial" {
				out = append(out, pressedSeal{s.Shape + s.Text + s.Center, k})
				if len(out) == 1 && !photographed {
					f.paste(t, p, seals[k.Seal].Box)
				}
				break
			}
		}
	}
	return out
}

// paste copies a seal to another place of its page, off the blocks of JPEG, saves the
// page as a program that edits pictures does, and looks whether the twins are told.
func (f *twinFigures) paste(t *testing.T, p *raster.Page, box hequan.Box) {
	w, h := float64(p.Image.Rect.Dx()), float64(p.Image.Rect.Dy())
	from := image.Rect(int(box[0]*w)-3, int(box[1]*h)-3, int(box[2]*w)+4, int(box[3]*h)+4).Intersect(p.Image.Rect)
	var shift image.Point
	for range 200 {
		shift = image.Pt(f.rnd.IntN(p.Image.Rect.Dx())-from.Min.X, f.rnd.IntN(p.Image.Rect.Dy())-from.Min.Y)
		if from.Add(shift).In(p.Image.Rect) && from.Add(shift).Intersect(from).Empty() && (shift.X%8 != 0 || shift.Y%8 != 0) {
			break
		}
		shift = image.Point{}
	}
	if shift == (image.Point{}) {
		return
	}
	for _, q := range twinQualities {
		img := imaging.Clone(p.Image)
		for y := from.Min.Y; y < from.Max.Y; y++ {
			for x := from.Min.X; x < from.Max.X; x++ {
				i, j := img.PixOffset(x+shift.X, y+shift.Y), p.Image.PixOffset(x, y)
				for c := range 3 {
					img.Pix[i+c] = min(img.Pix[i+c], p.Image.Pix[j+c])
				}
			}
		}
		var saved bytes.Buffer
		if err := jpeg.Encode(&saved, img, &jpeg.Options{Quality: q}); err != nil {
			t.Fatal(err)
		}
		again, err := jpeg.Decode(&saved)
		if err != nil {
			t.Fatal(err)
		}
		seals, looks, _ := seal.Find(nil, imaging.Clone(again), p.DPI, 1, true, nil)
		to := hequan.Box{box[0] + float64(shift.X)/w, box[1] + float64(shift.Y)/h, box[2] + float64(shift.X)/w, box[3] + float64(shift.Y)/h}
		best := seal.Twin{}
		told := false
		for i, a := range looks {
			for _, b := range looks[:i] {
				x, y := seals[a.Seal].Box, seals[b.Seal].Box
				if sealOverlap(x, box) > 0.7 && sealOverlap(y, to) > 0.7 || sealOverlap(y, box) > 0.7 && sealOverlap(x, to) > 0.7 {
					if got := seal.Twins(a, b); got.Like > best.Like {
						best = got
					}
					told = told || best.Pasted()
				}
			}
		}
		if f.pasted[q] == nil {
			f.pasted[q] = &count{}
		}
		f.pasted[q].add(told)
		if f.verbose {
			fmt.Printf("PASTED %d dpi quality %d %.3f %v\n", p.DPI, q, best, told)
		}
	}
}
