package samples

import (
	"bytes"
	"testing"

	"hequan/internal/signature"
)

// printedPDF is a PDF as Chromium writes it, of one empty page.
const printedPDF = `%PDF-1.4
1 0 obj
<</Producer (Skia/PDF)
/ModDate (D:20260630000000+00'00')>>
endobj
2 0 obj
<</Type /Page
/Parent 3 0 R
/MediaBox [0 0 595 842]>>
endobj
3 0 obj
<</Type /Pages
/Count 1
/Kids [2 0 R]>>
endobj
4 0 obj
<</Type /Catalog
/Pages 3 0 R>>
endobj
trailer
<</Size 5
/Root 4 0 R
/Info 1 0 R>>
startxref
9
%%EOF
`

// A signed paper is found in the state that its truth names.
func TestSignedPapersAreInTheirState(t *testing.T) {
	for state, whole := range map[string]bool{signedIntact: true, signedEdited: true, signedAppended: false} {
		s := signing{"contract", "合肥云岫数智科技有限公司", state}
		data, err := s.signPDF([]byte(printedPDF), "2025-09-14")
		if err != nil {
			t.Fatal(err)
		}
		if again, err := s.signPDF([]byte(printedPDF), "2025-09-14"); err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: signed twice, the files differ (error %v)", state, err)
		}
		found := signature.PDF(data)
		if len(found) != 1 || string(found[0].Status) != state || found[0].Signer != s.signer || state != signedEdited && found[0].Whole != whole {
			t.Errorf("%s: found %+v", state, found)
		}
	}
	if _, err := (&signing{state: signedIntact}).signPDF([]byte("%PDF-1.4\n"), "2025-09-14"); err == nil {
		t.Error("a file without a trailer was signed")
	}
}
