// Package einvoice reads the machine-readable parts of invoices: QR codes, and
// the data inside electronic originals.
package einvoice

import (
	"image"

	"github.com/disintegration/imaging"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hequan"
)

// FindCodes looks for a QR code on an upright page picture: in the corner
// where invoices bear it first, then elsewhere; with both binarizers, then
// again on a softened, doubled crop. One try reads little more than half of
// the codes of real invoices.
func FindCodes(img *image.NRGBA, dpi int) []hequan.Code {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	crops := []image.Rectangle{
		image.Rect(0, 0, w*35/100, h*45/100), // top left, upper half of A4 too
		image.Rect(0, 0, w*35/100, h*25/100),
		image.Rect(w*65/100, 0, w, h*45/100),
		img.Rect,
	}
	for _, r := range crops {
		part := imaging.Crop(img, r)
		for _, scale := range []float64{1, 2} {
			if scale > 1 {
				if part.Rect.Dx()*part.Rect.Dy() > 6_000_000 {
					break
				}
				part = imaging.Resize(imaging.Blur(part, 0.8), part.Rect.Dx()*2, 0, imaging.Linear)
			}
			if text, box, ok := decode(grey(part)); ok {
				for i := range box {
					box[i] /= scale
				}
				return []hequan.Code{{Format: "qr", Payload: text, Box: hequan.Box{
					(float64(r.Min.X) + box[0]) / float64(w), (float64(r.Min.Y) + box[1]) / float64(h),
					(float64(r.Min.X) + box[2]) / float64(w), (float64(r.Min.Y) + box[3]) / float64(h)}}}
			}
		}
	}
	return nil
}

// grey is the brightness by which the decoder goes; it would ask a colour picture
// for it pixel by pixel, in ten times the time.
func grey(img *image.NRGBA) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		src := img.Pix[y*img.Stride : y*img.Stride+4*w]
		dst := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range dst {
			p := src[4*x : 4*x+3 : 4*x+3]
			dst[x] = uint8((int(p[0]) + 2*int(p[1]) + int(p[2])) / 4)
		}
	}
	return out
}

// decode tries both binarizers; the box is in pixels of the picture.
func decode(img image.Image) (string, [4]float64, bool) {
	source := gozxing.NewLuminanceSourceFromImage(img)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}
	for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
		bitmap, err := gozxing.NewBinaryBitmap(binarizer)
		if err != nil {
			continue
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
		if err != nil {
			continue
		}
		var box [4]float64
		for i, p := range result.GetResultPoints() {
			if i == 0 {
				box = [4]float64{p.GetX(), p.GetY(), p.GetX(), p.GetY()}
			}
			box = [4]float64{min(box[0], p.GetX()), min(box[1], p.GetY()), max(box[2], p.GetX()), max(box[3], p.GetY())}
		}
		// The points are the middles of the finder patterns: the code reaches further.
		pad := 0.18 * max(box[2]-box[0], box[3]-box[1])
		return result.GetText(), [4]float64{max(0, box[0]-pad), max(0, box[1]-pad), box[2] + pad, box[3] + pad}, true
	}
	return "", [4]float64{}, false
}
