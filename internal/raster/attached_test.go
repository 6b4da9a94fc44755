package raster

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium/requests"

	"hequan/internal/einvoice"
)

// jbig2Of is a JBIG2 file of 32 × 4 pixels, its left quarter black: one generic
// region, coded as a fax is (MMR).
func jbig2Of() []byte {
	bits := "001" + "00110101" + "000101" + "1" + // no white, eight black, the rest as above
		"111" + "111" + "111" // three rows like the one above
	var coded []byte
	for i := 0; i < len(bits); i += 8 {
		var b byte
		for j := range 8 {
			b <<= 1
			if i+j < len(bits) && bits[i+j] == '1' {
				b |= 1
			}
		}
		coded = append(coded, b)
	}
	u32 := func(values ...uint32) []byte {
		var out []byte
		for _, v := range values {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		return out
	}
	out := append([]byte{}, jbig2Mark...)
	out = append(out, 1, 0, 0, 0, 1)
	segment := func(number uint32, kind byte, data []byte) {
		out = append(out, u32(number)...)
		out = append(out, kind, 0, 1)
		out = append(out, u32(uint32(len(data)))...)
		out = append(out, data...)
	}
	segment(0, jbig2PageInfo, append(u32(32, 4, 0, 0), 0, 0, 0))
	segment(1, 38, append(append(u32(32, 4, 0, 0), 0, 1), coded...))
	segment(2, jbig2EndOfPage, nil)
	segment(3, jbig2EndOfFile, nil)
	return out
}

func TestJBIG2(t *testing.T) {
	pdfium := startPDFium(t)
	img, err := pdfium.JBIG2(jbig2Of())
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 32 || img.Bounds().Dy() != 4 {
		t.Fatalf("%v", img.Bounds())
	}
	for x := range 32 {
		if r, _, _, _ := img.At(x, 2).RGBA(); (r < 0x8000) != (x < 8) {
			t.Errorf("pixel %d: %04x", x, r)
		}
	}
	for i := range jbig2Of() {
		_, _ = pdfium.JBIG2(jbig2Of()[:i]) // cut anywhere, it is refused or blank, never a panic
	}
	res := `<MultiMedia ID="7" Type="Image" Format="GBIG2"><MediaFile>i.jb2</MediaFile></MultiMedia>`
	parts := map[string]string{"Doc_0/Res/i.jb2": string(jbig2Of())}
	layers := `<Layer><ImageObject ID="8" ResourceID="7" Boundary="10 10 80 80" CTM="80 0 0 80 0 0"/></Layer>`
	file, err := OpenOFD(ofdOf(t, layers, res, parts), pdfium.JBIG2)
	page := pageOf(t, open(t, file, err), 0)
	at := func(x, y float64) bool {
		r, _, _, _ := page.Image.At(int(x*float64(page.Image.Rect.Dx())), int(y*float64(page.Image.Rect.Dy()))).RGBA()
		return r < 0x8000
	}
	if !at(0.2, 0.5) || at(0.6, 0.5) {
		t.Error("the picture is not where its object stands")
	}
}

// TestRealCodesInJBIG2: the codes of real invoices that keep them as JBIG2.
func TestRealCodesInJBIG2(t *testing.T) {
	pdfium := startPDFium(t)
	for _, path := range sharedData(t, "real/invoices/ofdrw+ofdrw/*/src/test/resources/*.ofd") {
		name := filepath.Base(path)
		if name != "1.ofd" && name != "no_page_container.ofd" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := OpenOFD(data, pdfium.JBIG2)
		page := pageOf(t, open(t, file, err), 0)
		codes := einvoice.FindCodes(page.Image, page.DPI)
		if len(codes) != 1 || !strings.HasPrefix(codes[0].Payload, "01,10,") {
			t.Errorf("%s: %+v", name, codes)
		}
	}
}

const attachedInvoice = "\xef\xbb\xbf" + `<?xml version="1.0" encoding="utf-8"?><eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceNo>83089647</fp:InvoiceNo>
<fp:TaxInclusiveTotalAmount>526.00</fp:TaxInclusiveTotalAmount></eInvoice>`

func TestAttachedInvoice(t *testing.T) {
	const xbrl = `<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:e="http://xbrl.mof.gov.cn/taxonomy/"><e:InvoiceNumber contextRef="now">26112000000123456789</e:InvoiceNumber></xbrli:xbrl>`
	list := `<Attachments><Attachment ID="1" Name="original_invoice" Format="xml"><FileLoc>original_invoice.xml</FileLoc></Attachment>
		<Attachment ID="2" Name="x" Format="xbrl"><FileLoc>voucher.xbrl</FileLoc></Attachment><Attachment ID="3" Name="gone"><FileLoc>gone.xml</FileLoc></Attachment></Attachments>`
	want := map[string]string{
		"original_invoice.xml/InvoiceNo": "83089647", "original_invoice.xml/TaxInclusiveTotalAmount": "526.00", "voucher.xbrl/InvoiceNumber": "26112000000123456789",
	}
	check := func(t *testing.T, got map[string]string) {
		t.Helper()
		for key, v := range want {
			if got[key] != v {
				t.Errorf("%s = %q, want %q, of %v", key, got[key], v, got)
			}
		}
	}
	t.Run("OFD", func(t *testing.T) {
		file, err := OpenOFD(ofdOf(t, "", "", map[string]string{
			"Doc_0/Document.xml":                 `<Document><CommonData><PageArea><PhysicalBox>0 0 100 100</PhysicalBox></PageArea></CommonData><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages><Attachments>Attachs/Attachments.xml</Attachments></Document>`,
			"Doc_0/Attachs/Attachments.xml":      list,
			"Doc_0/Attachs/original_invoice.xml": attachedInvoice,
			"Doc_0/Attachs/voucher.xbrl":         xbrl,
		}), nil)
		check(t, open(t, file, err).Data())
	})
	t.Run("PDF", func(t *testing.T) {
		pdfium := startPDFium(t)
		file, err := pdfium.OpenPDF(attach(t, pdfium, pdfOf(595, 842, "", "BT /F 20 Tf 100 700 Td (text) Tj ET", nil, 0, 0), map[string]string{
			"original_invoice.xml": attachedInvoice, "voucher.xbrl": xbrl, "note.xml": "<note>InvoiceNo</note>", "broken.xml": "<eInvoice>",
		}))
		got := open(t, file, err).Data()
		check(t, got)
		if len(got) != len(want) {
			t.Errorf("more than was attached: %v", got)
		}
	})
}

// attach returns the PDF with attachments.
func attach(t *testing.T, pdfium *PDFium, pdf []byte, files map[string]string) []byte {
	t.Helper()
	in := pdfium.instance
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &pdf})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = in.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc.Document}) }()
	for name, content := range files {
		a, err := in.FPDFDoc_AddAttachment(&requests.FPDFDoc_AddAttachment{Document: doc.Document, Name: name})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.FPDFAttachment_SetFile(&requests.FPDFAttachment_SetFile{Attachment: a.Attachment, Contents: []byte(content)}); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := in.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: doc.Document})
	if err != nil {
		t.Fatal(err)
	}
	return *saved.FileBytes
}
