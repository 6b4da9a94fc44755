package raster

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
)

// startPDFium starts PDFium once for a test; the compiled module is shared.
func startPDFium(t *testing.T) *PDFium {
	t.Helper()
	dir := t.TempDir()
	if cache, err := os.UserCacheDir(); err == nil {
		if shared := filepath.Join(cache, "hequan", "modules"); os.MkdirAll(shared, 0o700) == nil {
			dir = shared
		}
	}
	p, err := OpenPDFium(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestPDF(t *testing.T) {
	p := startPDFium(t)
	t.Run("text where it stands", func(t *testing.T) {
		file, err := p.OpenPDF(pdfOf(595, 842, "", "BT /F 20 Tf 100 700 Td (HT-2025-0917) Tj ET BT /F 20 Tf 300 200 Td (below) Tj ET", nil, 0, 0))
		page := pageOf(t, open(t, file, err), 0)
		if page.Source != hequan.SourceDigital || math.Abs(page.WidthMM-210) > 0.5 || math.Abs(page.HeightMM-297) > 0.5 {
			t.Errorf("%s, %.1f × %.1f mm", page.Source, page.WidthMM, page.HeightMM)
		}
		if len(page.Lines) != 2 {
			t.Fatalf("lines %+v", page.Lines)
		}
		first := page.Lines[0]
		if text := first.Words[0].Text; text != "HT-2025-0917" {
			t.Errorf("text %q", text)
		}
		checkBox(t, first.Box, 100.0/595, (842-700.0)/842)
		checkBox(t, page.Lines[1].Box, 300.0/595, (842-200.0)/842)
		if !hasProof(first.Words[0].Proof, hequan.ProofTextLayer) {
			t.Errorf("proof %v", first.Words[0].Proof)
		}
	})
	t.Run("a turned page", func(t *testing.T) {
		// Shown a quarter turn clockwise: what is at the left foot comes to the left head.
		file, err := p.OpenPDF(pdfOf(595, 842, "/Rotate 90", "BT 0 1 -1 0 100 200 Tm /F 20 Tf (turned) Tj ET", nil, 0, 0))
		page := pageOf(t, open(t, file, err), 0)
		if math.Abs(page.WidthMM-297) > 0.5 || len(page.Lines) != 1 {
			t.Fatalf("%.1f mm wide, lines %+v", page.WidthMM, page.Lines)
		}
		checkBox(t, page.Lines[0].Box, 200.0/842, 100.0/595)
	})
	t.Run("a scan", func(t *testing.T) {
		picture := jpegOf(t, marked(1240, 1754))
		file, err := p.OpenPDF(pdfOf(595, 842, "", "q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F 12 Tf 100 700 Td (HIDDEN) Tj ET", picture, 1240, 1754))
		page := pageOf(t, open(t, file, err), 0)
		if page.Source != hequan.SourceScan || !page.Channels || page.ScanDPI < 149 || page.ScanDPI > 151 || page.DPI != page.ScanDPI {
			t.Errorf("%s of %d dpi, rendered at %d", page.Source, page.ScanDPI, page.DPI)
		}
		if darkCorner(page.Image) != "top left" {
			t.Errorf("the mark is %q", darkCorner(page.Image))
		}
		if len(page.Lines) != 0 || len(page.Notes) != 1 {
			t.Errorf("the hidden text layer of a scan was believed: %+v %v", page.Lines, page.Notes)
		}
	})
	t.Run("a small picture is no scan", func(t *testing.T) {
		file, err := p.OpenPDF(pdfOf(595, 842, "", "q 100 0 0 100 50 50 cm /Im Do Q BT /F 20 Tf 100 700 Td (text) Tj ET", jpegOf(t, marked(400, 400)), 400, 400))
		if page := pageOf(t, open(t, file, err), 0); page.Source != hequan.SourceDigital || len(page.Lines) != 1 {
			t.Errorf("%s, lines %+v", page.Source, page.Lines)
		}
	})
	t.Run("bad pages and files", func(t *testing.T) {
		for name, c := range map[string]struct {
			data []byte
			want hequan.ProblemCode
		}{
			"poster": {pdfOf(200000, 200000, "", "", nil, 0, 0), hequan.ProblemTooLarge},
			"header": {[]byte("%PDF-1.7\n"), hequan.ProblemDamaged},
		} {
			f, err := p.OpenPDF(c.data)
			if err == nil {
				_, err = f.Page(0)
				f.Close()
			}
			var problem *hequan.Problem
			if !errors.As(err, &problem) || problem.Code != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		file, err := p.OpenPDF(pdfOf(595, 842, "", "BT /F 20 Tf 100 700 Td (still here) Tj ET", nil, 0, 0))
		if page := pageOf(t, open(t, file, err), 0); len(page.Lines) != 1 {
			t.Errorf("after bad files, lines %+v", page.Lines)
		}
	})
}

// checkBox says that a line begins at x and stands on the base line y.
func checkBox(t *testing.T, b hequan.Box, x, y float64) {
	t.Helper()
	if math.Abs(b[0]-x) > 0.008 || b[3] < y-0.003 || b[3] > y+0.012 || b[1] > y-0.008 || b[1] < y-0.035 {
		t.Errorf("box %v, want it to begin at %.3f on the base line %.3f", b, x, y)
	}
}

func hasProof(list []hequan.Proof, want hequan.Proof) bool {
	for _, p := range list {
		if p == want {
			return true
		}
	}
	return false
}

func allText(p *Page) string {
	var b strings.Builder
	for _, l := range p.Lines {
		for _, w := range l.Words {
			b.WriteString(w.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestReleased: a page in the memory of one before it is the same picture as in
// memory of its own, and one that was not released stays as it is.
func TestReleased(t *testing.T) {
	p := startPDFium(t)
	page := func(content string) *Page {
		file, err := p.OpenPDF(pdfOf(300, 200, "", content, nil, 0, 0))
		return pageOf(t, open(t, file, err), 0)
	}
	const words, square = "BT /F 20 Tf 100 100 Td (HT-2025-0917) Tj ET", "0 0 150 100 re f"
	first := page(words)
	want := bytes.Clone(first.Image.Pix)
	second := page(square)
	if !bytes.Equal(first.Image.Pix, want) {
		t.Error("a page changed that was not released")
	}
	second.Release()
	again := page(words)
	if &again.Image.Pix[0] != &second.Image.Pix[0] {
		t.Error("the memory of a released page was not taken")
	}
	if !bytes.Equal(again.Image.Pix, want) {
		t.Error("another picture in the memory of a page before")
	}
}
