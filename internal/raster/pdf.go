package raster

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"hequan"
)

// pdfFile is an open PDF.
type pdfFile struct {
	pdfium *PDFium
	doc    references.FPDF_DOCUMENT
	pages  int
	data   map[string]string
}

// OpenPDF opens a PDF held in memory.
func (p *PDFium) OpenPDF(data []byte) (File, error) {
	opened, err := p.instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, p.problem(err)
	}
	f := &pdfFile{pdfium: p, doc: opened.Document}
	count, err := p.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		f.Close()
		return nil, p.problem(err)
	}
	f.pages = count.PageCount
	switch {
	case f.pages == 0:
		f.Close()
		return nil, hequan.Problemf(hequan.ProblemEmpty, "the PDF has no pages")
	case f.pages > MaxPages:
		f.Close()
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "%d pages, at most %d are read", f.pages, MaxPages)
	}
	f.data = f.infoKeys()
	f.attached()
	return f, nil
}

// problem turns an error of PDFium into a problem of the file. After anything
// but PDFium's own plain errors the instance is replaced.
func (p *PDFium) problem(err error) error {
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return hequan.Problemf(hequan.ProblemEncrypted, "PDFium: %v", err)
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile), errors.Is(err, pdferrors.ErrPage), errors.Is(err, pdferrors.ErrUnknown):
		return hequan.Problemf(hequan.ProblemDamaged, "PDFium: %v", err)
	}
	text := err.Error()
	if i := strings.IndexByte(text, '\n'); i > 0 { // a WebAssembly trap carries its stack
		text = text[:i]
	}
	if renewed := p.renew(); renewed != nil {
		return fmt.Errorf("%w after %s", renewed, text)
	}
	return hequan.Problemf(hequan.ProblemDamaged, "PDFium: %s", text)
}

// infoKeys are the Info entries in which issuing platforms of 数电票 repeat the invoice.
func (f *pdfFile) infoKeys() map[string]string {
	keys := []string{"InvoiceNumber", "IssueTime", "SellerIdNum", "TotalAmWithoutTax", "TotalTaxAm", "TotalTax-includedAmount"}
	data := map[string]string{}
	for _, k := range keys {
		meta, err := f.pdfium.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: f.doc, Tag: k})
		if err == nil && meta.Value != "" {
			data[k] = meta.Value
		}
	}
	if len(data) == 0 {
		return nil
	}
	return data
}

func (f *pdfFile) Pages() int              { return f.pages }
func (f *pdfFile) Data() map[string]string { return f.data }

func (f *pdfFile) Close() {
	_, _ = f.pdfium.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: f.doc})
}

// Page renders a page at the resolution of the scan that fills it, at 200 dpi
// when there is none.
func (f *pdfFile) Page(i int) (*Page, error) {
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: i}}
	size, err := f.pdfium.instance.GetPageSize(&requests.GetPageSize{Page: ref})
	if err != nil {
		return nil, f.pdfium.problem(err)
	}
	page := &Page{Source: hequan.SourceDigital, DPI: scanDPI, WidthMM: size.Width / 72 * 25.4, HeightMM: size.Height / 72 * 25.4}
	if !(size.Width >= 1 && size.Height >= 1) {
		return nil, hequan.Problemf(hequan.ProblemDamaged, "the page measures %.1f × %.1f points", size.Width, size.Height)
	}
	if err := f.withinBilevel(ref); err != nil {
		return nil, err
	}
	scanned, channels := f.scan(ref, size.Width, size.Height)
	if scanned > 0 {
		page.Source, page.ScanDPI, page.Channels = hequan.SourceScan, scanned, channels
		page.DPI = min(maxDPI, max(100, scanned))
	}
	// A poster is rendered coarser, down to what still shows letters.
	for page.DPI > 50 && size.Width/72*size.Height/72*float64(page.DPI*page.DPI) > MaxPixels/4 {
		page.DPI = page.DPI * 3 / 4
	}
	if size.Width/72*size.Height/72*float64(page.DPI*page.DPI) > MaxPixels/4 {
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "the page measures %.0f × %.0f mm", page.WidthMM, page.HeightMM)
	}
	rendered, err := f.pdfium.instance.RenderPageInDPI(&requests.RenderPageInDPI{Page: ref, DPI: page.DPI, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT})
	if err != nil {
		return nil, f.pdfium.problem(err)
	}
	src := rendered.Result.Image
	page.Image = f.pdfium.sheet(src.Rect)
	pix := page.Image.Pix
	page.release = func() { f.pdfium.spare = pix }
	opaque(pix, src.Pix) // so premultiplied or not is the same
	rendered.Cleanup()
	lines, err := f.textLines(ref, page)
	if err != nil {
		return nil, f.pdfium.problem(err)
	}
	if page.Source == hequan.SourceScan {
		if len(lines) > 0 {
			page.Notes = append(page.Notes, "扫描页带有文字层，未采信")
			page.DrawnOver = f.drawnOver(ref, lines)
		}
		return page, nil
	}
	page.Lines = lines
	return page, nil
}

// sheet is a picture of pixels of any colour, in the memory of the page before
// where that was released and is large enough: fifteen megabytes need not be
// found, cleared and collected a page.
func (p *PDFium) sheet(size image.Rectangle) *image.NRGBA {
	n := 4 * size.Dx() * size.Dy()
	spare := p.spare
	p.spare = nil
	if cap(spare) < n || cap(spare) > 2*n {
		return image.NewNRGBA(size)
	}
	return &image.NRGBA{Pix: spare[:n:n], Stride: 4 * size.Dx(), Rect: size}
}

// opaque copies pixels and makes them opaque.
func opaque(dst, src []uint8) {
	i := 0
	for ; i+8 <= len(src); i += 8 {
		binary.LittleEndian.PutUint64(dst[i:], binary.LittleEndian.Uint64(src[i:])|0xff000000ff000000)
	}
	if i+4 <= len(src) {
		binary.LittleEndian.PutUint32(dst[i:], binary.LittleEndian.Uint32(src[i:])|0xff000000)
	}
}

// drawnOver returns the words of a scanned page's text layer that show: text
// objects that are painted after the picture that fills the page. What a
// recogniser puts there is invisible, or lies under the picture.
func (f *pdfFile) drawnOver(ref requests.Page, lines []hequan.Line) []hequan.Word {
	in := f.pdfium.instance
	count, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return nil
	}
	toPage, err := f.deviceMap(ref)
	if err != nil {
		return nil
	}
	var shown []hequan.Box
	for i := range min(count.Count, 2000) {
		object, err := in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return nil
		}
		kind, err := in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		b, err := in.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		x0, y0 := toPage(float64(b.Left), float64(b.Top))
		x1, y1 := toPage(float64(b.Right), float64(b.Bottom))
		box := hequan.Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
		switch kind.Type {
		case enums.FPDF_PAGEOBJ_IMAGE:
			if box.Width()*box.Height() > 0.5 {
				shown = nil // it hides what was painted before
			}
		case enums.FPDF_PAGEOBJ_TEXT:
			mode, err := in.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object.PageObject})
			if err == nil && mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_INVISIBLE && mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_CLIP {
				shown = append(shown, box)
			}
		}
	}
	var out []hequan.Word
	for _, l := range lines {
		for _, w := range l.Words {
			for _, b := range shown {
				if b.Contains(w.Box.CenterX(), w.Box.CenterY()) {
					out = append(out, w)
					break
				}
			}
		}
	}
	return out
}

// scan returns the resolution of the picture that fills most of the page and
// whether it is stored with channels of colour; 0: the page is no scan.
func (f *pdfFile) scan(ref requests.Page, width, height float64) (dpi int, channels bool) {
	in := f.pdfium.instance
	count, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return 0, false
	}
	rotated := false
	if r, err := in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		rotated = r.PageRotation == enums.FPDF_PAGE_ROTATION_90_CW || r.PageRotation == enums.FPDF_PAGE_ROTATION_270_CW
	}
	if rotated {
		width, height = height, width
	}
	best, area := 0.0, 0.0
	for i := range min(count.Count, 2000) {
		object, err := in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return 0, false
		}
		kind, err := in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_IMAGE {
			continue
		}
		b, err := in.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		px, err := in.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: object.PageObject})
		if err != nil || px.Width == 0 || px.Height == 0 {
			continue
		}
		w, h := float64(b.Right-b.Left), float64(b.Top-b.Bottom)
		area += max(0, w) * max(0, h)
		if w > 0 && h > 0 {
			// A picture may lie turned on the page: take the reading that keeps its shape.
			dpi := math.Sqrt(float64(px.Width) * float64(px.Height) / (w * h) * 72 * 72)
			best = max(best, dpi)
			meta, err := in.FPDFImageObj_GetImageMetadata(&requests.FPDFImageObj_GetImageMetadata{ImageObject: object.PageObject, Page: ref})
			channels = channels || err == nil && meta.ImageMetadata.BitsPerPixel >= 24
		}
	}
	if area < 0.7*width*height {
		return 0, false
	}
	return int(math.Round(best)), channels
}
