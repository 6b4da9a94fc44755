package raster

import (
	"strings"
	"testing"
)

// TestDrawnOver: what shows over a scan is told, what a recogniser hides is not.
func TestDrawnOver(t *testing.T) {
	pdfium := startPDFium(t)
	const picture = "q 595 0 0 842 0 0 cm /Im Do Q "
	for _, c := range []struct{ what, content, want string }{
		{"painted over", picture + "BT /F 12 Tf 100 500 Td (6222 0001) Tj ET", "6222 0001"},
		{"hidden under the picture", "BT /F 12 Tf 100 500 Td (6222) Tj ET " + picture, ""},
		{"invisible", picture + "BT /F 12 Tf 3 Tr 100 500 Td (6222) Tj ET", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			file, err := pdfium.OpenPDF(pdfOf(595, 842, "", c.content, jpegOf(t, marked(595, 842)), 595, 842))
			p := pageOf(t, open(t, file, err), 0)
			var got []string
			for _, w := range p.DrawnOver {
				got = append(got, w.Text)
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("%q is drawn over the scan, want %q (source %s, notes %v)", text, c.want, p.Source, p.Notes)
			}
			if len(p.Notes) == 0 {
				t.Error("the text layer was not noticed at all")
			}
		})
	}
}
