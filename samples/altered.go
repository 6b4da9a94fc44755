package samples

import (
	"image"
	"image/draw"

	"github.com/disintegration/imaging"

	"hequan"
)

// sealTwin is a seal whose picture was pasted a second time, on an area of its paper.
type sealTwin struct{ key, area string }

// overlay is a field of a scanned paper that was drawn anew over the picture.
type overlay struct{ key, field string }

// altered lists what was altered on a paper, in its truth, and returns the
// picture of the twin and the texts to draw. pictures are the paper's pages;
// nil in a draft.
func (w *world) altered(doc *TruthDocument, first int, pictures []picture) {
	if w.Twin != nil && w.Twin.key == doc.key && len(doc.Seals) > 0 {
		twin := doc.Seals[0]
		at := doc.find(w.Twin.area)
		box := hequan.Box{0.1, 0.05, 0.2, 0.12}
		if pictures != nil && at != nil && at.Box != nil {
			p := &pictures[twin.Page-first]
			p.img, box = pasteTwin(p.img, *twin.Box, *at.Box)
		}
		twin.Box = &box
		doc.Seals = append(doc.Seals, twin)
		doc.Traits = append(doc.Traits, TruthField{Name: "altered", Value: "seal_pasted", Page: twin.Page, Box: &box})
	}
	for _, o := range w.Overlays {
		f := doc.find(o.field)
		if o.key != doc.key || f == nil {
			continue
		}
		if pictures != nil && f.Box != nil {
			p := &pictures[f.Page-first]
			p.drawn = append(p.drawn, drawnText{*f.Box, f.Text})
		}
		doc.Traits = append(doc.Traits, TruthField{Name: "altered", Value: "text_layer", Text: f.Text, Page: f.Page, Box: f.Box})
	}
}

// pasteTwin copies the picture of a seal onto another place: the middle of at,
// moved so that the blocks of JPEG fall on it alike. Ink under it stays.
func pasteTwin(img image.Image, seal, at hequan.Box) (image.Image, hequan.Box) {
	dst := imaging.Clone(img)
	w, h := float64(dst.Rect.Dx()), float64(dst.Rect.Dy())
	from := image.Rect(int(seal[0]*w), int(seal[1]*h), int(seal[2]*w)+1, int(seal[3]*h)+1).Intersect(dst.Rect)
	shift := image.Pt(int(at.CenterX()*w)-(from.Min.X+from.Max.X)/2, int(at.CenterY()*h)-(from.Min.Y+from.Max.Y)/2)
	shift.X, shift.Y = shift.X/16*16, shift.Y/16*16
	copied := imaging.Crop(dst, from)
	to := from.Add(shift).Intersect(dst.Rect)
	for y := to.Min.Y; y < to.Max.Y; y++ {
		for x := to.Min.X; x < to.Max.X; x++ {
			i, j := dst.PixOffset(x, y), copied.PixOffset(x-shift.X-from.Min.X, y-shift.Y-from.Min.Y)
			for c := range 3 {
				dst.Pix[i+c] = min(dst.Pix[i+c], copied.Pix[j+c])
			}
		}
	}
	box := hequan.Box{float64(to.Min.X) / w, float64(to.Min.Y) / h, float64(to.Max.X) / w, float64(to.Max.Y) / h}
	for i := range box {
		box[i] = float64(int(box[i]*10000+.5)) / 10000
	}
	if g, ok := img.(*image.Gray); ok { // a grey scan stays one
		out := image.NewGray(g.Rect)
		draw.Draw(out, out.Rect, dst, dst.Rect.Min, draw.Src)
		return out, box
	}
	return dst, box
}

// upright scans a paper as it lies, in colour.
func (w *world) upright(key string) {
	w.Scans = append(w.Scans, scanFault{key, func(_ int, s *scanner) { s.Turn, s.Grey, s.Bilevel = 0, false, false }})
}
