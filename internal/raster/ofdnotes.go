package raster

import (
	"image"
	"path"
	"strings"

	"hequan/internal/signature"
)

// annotations draws the page's annotations (GB/T 33190-2016, 15): watermarks,
// stamps, notes. Their text is none of the page's.
func (pen *ofdPen) annotations(p ofdPage) {
	if p.notes == "" {
		return
	}
	list, err := pen.file.xml(p.notes)
	if err != nil {
		return
	}
	glyphs := len(pen.glyphs)
	base := pen.base
	for _, one := range list.all("Page") {
		if one.attr("PageID") != p.id {
			continue
		}
		notes, err := pen.file.xml(resolve(path.Dir(p.notes), one.text("FileLoc")))
		if err != nil {
			continue
		}
		for _, a := range notes.all("Annot") {
			if strings.EqualFold(a.attr("Visible"), "false") {
				continue
			}
			for _, appearance := range a.all("Appearance") {
				pen.base = base
				pen.base = pen.place(appearance)
				pen.draw(appearance, plainStyle, 0)
			}
		}
	}
	pen.base, pen.glyphs = base, pen.glyphs[:glyphs]
}

// stamps draws the pictures of the seals that the document was signed with.
func (pen *ofdPen) stamps(page string) {
	for _, list := range pen.file.signatures {
		for _, s := range signature.Stamps(pen.file.part, list) {
			if s.Page != page {
				continue
			}
			img := sealPicture(s.Picture)
			if img == nil {
				continue
			}
			x0, y0 := pen.base.apply(s.Box[0], s.Box[1])
			x1, y1 := pen.base.apply(s.Box[0]+s.Box[2], s.Box[1]+s.Box[3])
			pen.picture(img, x0, y0, x1, y1, true)
		}
	}
}

// sealPicture decodes the picture of a seal: of a usual format, or an OFD of one page.
func sealPicture(data []byte) image.Image {
	if img := boundedPicture(data); img != nil {
		return img
	}
	if len(data) < 4 || string(data[:2]) != "PK" {
		return nil
	}
	inner, err := openOFD(data)
	if err != nil {
		return nil
	}
	inner.signatures = nil // a seal bears none
	page, err := inner.Page(0)
	if err != nil {
		return nil
	}
	return page.Image
}
