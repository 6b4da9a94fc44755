package raster

import (
	"bytes"
	"fmt"
	"testing"
)

// scanWith is a PDF of one page that a picture fills, with what is painted
// before and after it.
func scanWith(before, after string) []byte {
	content := "BT /F1 12 Tf 1 0 0 1 100 700 Tm " + before + " ET\nq 595 0 0 842 0 0 cm /I Do Q\nBT /F1 12 Tf 1 0 0 1 100 500 Tm " + after + " ET\n"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F1 6 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /XObject /Subtype /Image /Width 595 /Height 842 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 500990 >>\nstream\n" + string(bytes.Repeat([]byte{0xf0}, 595*842)) + "\nendstream",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

// TestDrawnOver: what shows over a scan is told, what a recogniser hides is not.
func TestDrawnOver(t *testing.T) {
	pdfium := startPDFium(t)
	for _, c := range []struct{ what, before, after, want string }{
		{"painted over", "(1) Tj", "(6222 0001) Tj", "6222 0001"},
		{"hidden under the picture", "(6222) Tj", "", ""},
		{"invisible", "(1) Tj", "3 Tr (6222) Tj", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			file, err := pdfium.OpenPDF(scanWith(c.before, c.after))
			p := pageOf(t, open(t, file, err), 0)
			got := ""
			for _, w := range p.DrawnOver {
				if got != "" {
					got += " "
				}
				got += w.Text
			}
			if got != c.want {
				t.Errorf("%q is drawn over the scan, want %q (source %s, notes %v)", got, c.want, p.Source, p.Notes)
			}
		})
	}
}
