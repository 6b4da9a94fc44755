package raster

import (
	"bytes"
	"encoding/binary"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"hequan"
)

// maxBilevel is how many pixels the JBIG2 pictures of a page may have to be
// painted, each of their regions counted: a few bytes can ask for a region of
// any size, again and again. A sheet of A3 at 600 dpi has 70 million.
const maxBilevel = 2 * MaxPixels

// maxLookedAt bounds the objects of a page that are looked at for such pictures.
const maxLookedAt = 20_000

// jbig2Regions are the kinds of segments that paint a region; its width and
// height stand first in their data (ISO/IEC 14492, 7.4.1).
var jbig2Regions = map[byte]bool{4: true, 6: true, 7: true, 20: true, 22: true, 23: true, 36: true, 38: true, 39: true, 40: true, 42: true, 43: true, jbig2PageInfo: true}

// jbig2Work is how many pixels a stream asks to be painted, as far as its segments can be told.
func jbig2Work(stream []byte) (pixels uint64) {
	for len(stream) > 0 {
		head, length, ok := jbig2Head(stream)
		if !ok || head > len(stream) {
			return pixels
		}
		data := stream[head:]
		if jbig2Regions[stream[4]&0x3f] && len(data) >= 8 {
			area := uint64(binary.BigEndian.Uint32(data)) * uint64(binary.BigEndian.Uint32(data[4:]))
			pixels += min(area, maxBilevel+1) // so that no sum wraps around
		}
		next := int64(length)
		if length == 0xffffffff && len(data) > 18 { // a generic region that tells its end by a mark (7.2.7)
			mark := []byte{0xff, 0xac}
			if data[17]&1 != 0 {
				mark = []byte{0, 0}
			}
			if at := bytes.Index(data[18:], mark); at >= 0 {
				next = int64(18 + at + 2 + 4)
			}
		}
		if pixels > maxBilevel || next > int64(len(data)) {
			return pixels
		}
		stream = data[next:]
	}
	return pixels
}

// withinBilevel refuses a page whose JBIG2 pictures are over the budget, before
// anything of them is decoded. The error is a *hequan.Problem.
func (f *pdfFile) withinBilevel(ref requests.Page) error {
	in := f.pdfium.instance
	count, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return nil //nolint:nilerr // drawing the page will tell
	}
	pixels, left := uint64(0), maxLookedAt
	for i := range count.Count {
		object, err := in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil || left < 0 {
			return nil //nolint:nilerr // drawing the page will tell
		}
		pixels += f.bilevelOf(object.PageObject, maxNesting, &left)
		if pixels > maxBilevel {
			return hequan.Problemf(hequan.ProblemTooLarge, "the JBIG2 pictures of the page ask for over %d million pixels", maxBilevel/1_000_000)
		}
	}
	return nil
}

// bilevelOf counts the pixels of an object, and of those inside when it is a form.
func (f *pdfFile) bilevelOf(object references.FPDF_PAGEOBJECT, depth int, left *int) (pixels uint64) {
	in := f.pdfium.instance
	*left--
	kind, err := in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil || *left < 0 {
		return 0
	}
	switch {
	case kind.Type == enums.FPDF_PAGEOBJ_FORM && depth > 0:
		inside, err := in.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: object})
		if err != nil {
			return 0
		}
		for i := range inside.Count {
			part, err := in.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: object, Index: uint64(i)})
			if err != nil || *left < 0 {
				return pixels
			}
			pixels += f.bilevelOf(part.PageObject, depth-1, left)
		}
	case kind.Type == enums.FPDF_PAGEOBJ_IMAGE:
		filters, err := in.FPDFImageObj_GetImageFilterCount(&requests.FPDFImageObj_GetImageFilterCount{ImageObject: object})
		if err != nil || filters.Count == 0 {
			return 0
		}
		last, err := in.FPDFImageObj_GetImageFilter(&requests.FPDFImageObj_GetImageFilter{ImageObject: object, Index: filters.Count - 1})
		if err != nil || last.ImageFilter != "JBIG2Decode" {
			return 0
		}
		data, err := in.FPDFImageObj_GetImageDataDecoded(&requests.FPDFImageObj_GetImageDataDecoded{ImageObject: object})
		if err != nil {
			return 0
		}
		return jbig2Work(data.Data)
	}
	return pixels
}
