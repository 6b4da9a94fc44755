package raster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"

	"github.com/klippa-app/go-pdfium/requests"

	"hequan"
)

// Bilevel decodes a JBIG2 file of one page (ISO/IEC 14492), the format in which
// OFD keeps black-and-white pictures such as QR codes. The error is a *hequan.Problem.
type Bilevel func(data []byte) (image.Image, error)

var jbig2Mark = []byte("\x97JB2\r\n\x1a\n")

// Types of JBIG2 segments (ISO/IEC 14492, 7.3).
const (
	jbig2PageInfo  = 48
	jbig2EndOfPage = 49
	jbig2EndOfFile = 51
)

// JBIG2 decodes a JBIG2 file: PDFium knows the coding, so the picture is put
// into a PDF of one page, a point for each pixel.
func (p *PDFium) JBIG2(data []byte) (image.Image, error) {
	stream, w, h, err := jbig2Stream(data)
	if err != nil {
		return nil, err
	}
	if err := withinPixels(w, h); err != nil {
		return nil, err
	}
	if jbig2Work(stream) > maxBilevel {
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "the JBIG2 picture asks for over %d million pixels", maxBilevel/1_000_000)
	}
	pdf := pdfOfJBIG2(stream, w, h)
	opened, err := p.instance.OpenDocument(&requests.OpenDocument{File: &pdf})
	if err != nil {
		return nil, p.problem(err)
	}
	f := &pdfFile{pdfium: p, doc: opened.Document}
	defer f.Close()
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc}}
	rendered, err := p.instance.RenderPageInPixels(&requests.RenderPageInPixels{Page: page, Width: w, Height: h})
	if err != nil {
		return nil, p.problem(err)
	}
	defer rendered.Cleanup()
	img := image.NewNRGBA(rendered.Result.Image.Rect)
	copy(img.Pix, rendered.Result.Image.Pix) // opaque, so premultiplied or not is the same
	return img, nil
}

// jbig2Stream returns the segments of the first page as PDF embeds them:
// without the file's header and the segments that end page and file.
func jbig2Stream(data []byte) (stream []byte, w, h int, err error) {
	damaged := func(what string) ([]byte, int, int, error) {
		return nil, 0, 0, hequan.Problemf(hequan.ProblemDamaged, "the JBIG2 picture %s", what)
	}
	if !bytes.HasPrefix(data, jbig2Mark) || len(data) < 13 {
		return damaged("has no header")
	}
	flags, rest := data[8], data[9:]
	if flags&2 == 0 { // the number of pages is known
		rest = rest[4:]
	}
	if flags&1 == 0 {
		return nil, 0, 0, hequan.Problemf(hequan.ProblemUnsupported, "the JBIG2 picture is organised for random access")
	}
	for len(rest) > 0 {
		head, length, ok := jbig2Header(rest)
		if !ok || head+length > len(rest) {
			return damaged("is cut off")
		}
		kind := rest[4] & 0x3f
		if kind == jbig2EndOfPage || kind == jbig2EndOfFile {
			break
		}
		if kind == jbig2PageInfo && length >= 8 {
			w = int(binary.BigEndian.Uint32(rest[head:]))
			h = int(binary.BigEndian.Uint32(rest[head+4:]))
		}
		stream = append(stream, rest[:head+length]...)
		rest = rest[head+length:]
	}
	if w <= 0 || h <= 0 || h == 0xffffffff {
		return damaged("tells no size")
	}
	return stream, w, h, nil
}

// jbig2Header returns the lengths of a segment's header and of its data; not
// ok where either is not all there, or the length is not told.
func jbig2Header(b []byte) (head, length int, ok bool) {
	head, n, ok := jbig2Head(b)
	if !ok || int64(n) > int64(len(b)) {
		return 0, 0, false
	}
	return head, int(n), true
}

// jbig2Head is jbig2Header with the length as it stands: 0xffffffff is unknown.
func jbig2Head(b []byte) (head int, length uint32, ok bool) {
	if len(b) < 11 {
		return 0, 0, false
	}
	number, flags := binary.BigEndian.Uint32(b), b[4]
	refs, at := int(b[5]>>5), 6
	if refs == 7 { // many: a long count and bits of retention
		refs = int(binary.BigEndian.Uint32(b[5:]) & 0x1fffffff)
		at = 9 + (refs+8)/8
	}
	size := 4
	switch {
	case number <= 256:
		size = 1
	case number <= 65536:
		size = 2
	}
	at += refs * size
	page := 1
	if flags&0x40 != 0 {
		page = 4
	}
	at += page
	if refs > len(b) || at+4 > len(b) {
		return 0, 0, false
	}
	return at + 4, binary.BigEndian.Uint32(b[at:]), true
}

// pdfOfJBIG2 writes a PDF whose only page is the picture.
func pdfOfJBIG2(stream []byte, w, h int) []byte {
	content := fmt.Sprintf("%d 0 0 %d 0 0 cm /I Do", w, h)
	return pdfObjects([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>", w, h),
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/Length %d>>stream\n%s\nendstream", w, h, len(stream), stream),
	})
}

// pdfObjects makes a PDF of its objects, the first of which is the catalogue.
func pdfObjects(objects []string) []byte {
	var buf bytes.Buffer
	buf.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return buf.Bytes()
}
