package raster

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestType3Letters: a letter of a Type 3 font stands in its line, as large as the
// others, though the page is drawn in a scale of its own as Chromium does.
func TestType3Letters(t *testing.T) {
	stream := func(s string) string { return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(s), s) }
	content := "0.24 0 0 -0.24 0 842 cm q 3.125 0 0 3.125 0 0 cm BT /F 16 Tf 1 0 0 -1 200 300 Tm (HT-) Tj ET BT /T 16 Tf 1 0 0 -1 230 300 Tm (a) Tj ET BT /F 16 Tf 1 0 0 -1 247 300 Tm (99) Tj ET Q"
	unicodes := "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <6237> endbfchar endcmap end"
	pdf := pdfObjects([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R/T 6 0 R>>>>>>",
		stream(content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Font/Subtype/Type3/FontBBox[0 -200 1000 800]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a 7 0 R>>/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]/ToUnicode 8 0 R>>",
		stream("1000 0 50 -100 950 800 d1 50 -100 900 900 re f"),
		stream(unicodes),
	})
	file, err := startPDFium(t).OpenPDF(pdf)
	page := pageOf(t, open(t, file, err), 0)
	var text []string
	for _, l := range page.Lines {
		for _, w := range l.Words {
			text = append(text, w.Text)
			if h := w.Box.Height() * 842; h > 16 {
				t.Errorf("%s is %.0f points high", w.Text, h)
			}
		}
	}
	if got := strings.Join(text, ""); got != "HT-户99" {
		t.Errorf("read %q", got)
	}
}

// TestAstray: figures of letters in a page printed by Chromium.
func TestAstray(t *testing.T) {
	for _, c := range []struct {
		what           string
		at             affine
		em, x, y, size float64
		want           bool
	}{
		{"a Type 3 letter", affine{0.75, 0, 0, 0.75, 116.54, 676.17}, 12.88, 485.6, 690.6, 37.5, true},
		{"a letter beside it", affine{0.75, 0, 0, 0.75, 106.89, 676.17}, 12.88, 106.9, 676.2, 9, false},
		{"the last letter of a heading that is one object", affine{0.75, 0, 0, 0.75, 180.63, 348.21}, 24, 378.6, 348.2, 16.2, false},
		{"a letter on its side", affine{0, 0.75, -0.75, 0, 100, 200}, 24, 100, 260, 17, false},
	} {
		if got := astray(c.at, c.em, c.x, c.y, c.size); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// TestStampedWords: a word stamped aslant is read, the letters of a ring and a
// long watermark are not.
func TestStampedWords(t *testing.T) {
	at := func(degrees float64, x, y int, text string) string {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		return fmt.Sprintf("BT /F 30 Tf %.4f %.4f %.4f %.4f %d %d Tm (%s) Tj ET ", cos, sin, -sin, cos, x, y, text)
	}
	content := "BT /F 20 Tf 100 700 Td (TOTAL 12.00) Tj ET " + at(14, 200, 400, "VOID") + at(30, 100, 500, "WATERMARK OF SOMEBODY")
	for i, c := range "RINGLETTERS" {
		content += at(80-16*float64(i), 400+6*i, 200, string(c))
	}
	file, err := startPDFium(t).OpenPDF(pdfOf(595, 842, "", content, nil, 0, 0))
	page := pageOf(t, open(t, file, err), 0)
	var text []string
	for _, l := range page.Lines {
		for _, w := range l.Words {
			text = append(text, w.Text)
		}
	}
	if got := strings.Join(text, "|"); got != "TOTAL|12.00|VOID" {
		t.Errorf("read %q", got)
	}
}

// TestStampedLetters: red letters over a date are no part of it.
func TestStampedLetters(t *testing.T) {
	file, err := startPDFium(t).OpenPDF(pdfOf(595, 842, "", "BT /F 20 Tf 100 700 Td (2026-01-03) Tj ET 1 0 0 rg BT /F 20 Tf 140 702 Td (SEAL) Tj ET", nil, 0, 0))
	page := pageOf(t, open(t, file, err), 0)
	found := false
	for _, l := range page.Lines {
		for _, w := range l.Words {
			found = found || w.Text == "2026-01-03"
		}
	}
	if !found {
		t.Errorf("read %q", allText(page))
	}
}
