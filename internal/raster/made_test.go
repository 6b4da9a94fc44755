package raster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"
)

// marked is a white picture with a black square in its top left corner.
func marked(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, w/5, h/5), image.Black, image.Point{}, draw.Src)
	return img
}

// darkCorner names the corner of a picture that is black.
func darkCorner(img *image.NRGBA) string {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var found string
	for name, p := range map[string]image.Point{
		"top left": {w / 20, h / 20}, "top right": {w - w/20, h / 20},
		"bottom left": {w / 20, h - h/20}, "bottom right": {w - w/20, h - h/20},
	} {
		if color.GrayModel.Convert(img.At(p.X, p.Y)).(color.Gray).Y < 60 {
			found += name
		}
	}
	return found
}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// withOrientation puts an EXIF segment with that orientation into a JPEG.
func withOrientation(data []byte, orientation uint16) []byte {
	var tiff bytes.Buffer
	tiff.WriteString("Exif\x00\x00MM\x00\x2a")
	for _, v := range []any{uint32(8), uint16(1), uint16(0x0112), uint16(3), uint32(1), orientation, uint16(0), uint32(0)} {
		_ = binary.Write(&tiff, binary.BigEndian, v)
	}
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(tiff.Len()+2))
	out = append(out, tiff.Bytes()...)
	return append(out, data[2:]...)
}

// tiffOf makes a TIFF of grey pages of w × h pixels, each filled with one of
// the shades, at a resolution.
func tiffOf(w, h int, dpi uint32, shades ...uint8) []byte {
	order := binary.LittleEndian
	out := []byte("II*\x00\x00\x00\x00\x00")
	link := 4 // where the offset of the next directory is to be written
	for _, shade := range shades {
		strip := uint32(len(out))
		out = append(out, bytes.Repeat([]byte{shade}, w*h)...)
		resolution := uint32(len(out))
		out = order.AppendUint32(order.AppendUint32(out, dpi), 1)
		order.PutUint32(out[link:], uint32(len(out)))
		entries := [][3]uint32{ // tag, type (3 short, 4 long, 5 rational), value
			{256, 4, uint32(w)}, {257, 4, uint32(h)}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, strip},
			{277, 3, 1}, {278, 4, uint32(h)}, {279, 4, uint32(w * h)}, {282, 5, resolution}, {283, 5, resolution}, {296, 3, 2},
		}
		out = order.AppendUint16(out, uint16(len(entries)))
		for _, e := range entries {
			out = order.AppendUint16(order.AppendUint16(out, uint16(e[0])), uint16(e[1]))
			out = order.AppendUint32(order.AppendUint32(out, 1), e[2])
		}
		link = len(out)
		out = append(out, 0, 0, 0, 0)
	}
	return out
}

// pdfOf makes a PDF of one page. Object 4 is the content, 5 the font
// Helvetica, 6 (if there is a JPEG) the picture /Im.
func pdfOf(width, height float64, extra, content string, picture []byte, pw, ph int) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</Im 6 0 R>>>>>>", width, height, extra),
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	if picture != nil {
		objects = append(objects, fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", pw, ph, len(picture), picture))
	}
	return pdfObjects(objects)
}
