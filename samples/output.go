package samples

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"

	"golang.org/x/image/tiff"

	"hequan"
)

// jpegBytes encodes a picture with its resolution in the JFIF header (0: none).
func jpegBytes(img image.Image, quality, dpi int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	data := b.Bytes()
	if dpi == 0 {
		return data, nil
	}
	head := []byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 1, byte(dpi >> 8), byte(dpi), byte(dpi >> 8), byte(dpi), 0, 0}
	return append(head, data[2:]...), nil
}

// pngBytes encodes a picture with its resolution (pHYs, pixels a metre).
func pngBytes(img image.Image, dpi int) ([]byte, error) {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img); err != nil {
		return nil, err
	}
	data := b.Bytes()
	const head = 8 + 25 // signature and IHDR
	chunk := []byte("\x00\x00\x00\x09pHYs")
	metre := uint32(float64(dpi)/0.0254 + .5)
	chunk = binary.BigEndian.AppendUint32(chunk, metre)
	chunk = binary.BigEndian.AppendUint32(chunk, metre)
	chunk = append(chunk, 1)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return slices.Concat(data[:head], chunk, data[head:]), nil
}

// tiffBytes encodes a picture and corrects the resolution of 72 that the
// encoder writes for all.
func tiffBytes(img image.Image, dpi int) ([]byte, error) {
	var b bytes.Buffer
	if err := tiff.Encode(&b, img, &tiff.Options{Compression: tiff.Deflate, Predictor: true}); err != nil {
		return nil, err
	}
	data := b.Bytes()
	order := binary.LittleEndian
	directory := data[order.Uint32(data[4:]):]
	for i := range int(order.Uint16(directory)) {
		entry := directory[2+12*i:]
		if tag := order.Uint16(entry); tag == 282 || tag == 283 { // XResolution, YResolution
			order.PutUint32(data[order.Uint32(entry[8:]):], uint32(dpi))
		}
	}
	return data, nil
}

// picture is one page of a scanned PDF.
type picture struct {
	img     image.Image
	dpi     int
	quality int
	bilevel bool
	drawn   []drawnText
}

// drawnText is text (ASCII) that is drawn over a scanned page, on white.
type drawnText struct {
	box  hequan.Box
	text string
}

// content is the page's content: the picture and what is drawn over it; w and
// h are the page's size in points.
func (p picture) content(w, h float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "q %.2f 0 0 %.2f 0 0 cm /I Do Q", w, h)
	for _, d := range p.drawn {
		x, y := d.box[0]*w, (1-d.box[3])*h
		size := d.box.Height() * h * 0.72
		fmt.Fprintf(&b, "\nq 1 1 0.99 rg %.2f %.2f %.2f %.2f re f Q", x-1, y, d.box.Width()*w+2, d.box.Height()*h)
		fmt.Fprintf(&b, "\nBT /F %.2f Tf 0.08 g %.2f %.2f Td (%s) Tj ET", size, x, y+0.22*d.box.Height()*h, strings.NewReplacer("\\", "", "(", "", ")", "").Replace(d.text))
	}
	return b.String()
}

// picturePDF writes pictures as the pages of a PDF, each at its resolution.
func picturePDF(pictures []picture) ([]byte, error) {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
	}
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	object("<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
	var kids bytes.Buffer
	for i := range pictures {
		fmt.Fprintf(&kids, "%d 0 R ", 3+3*i)
	}
	object("<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n", len(pictures), kids.String())
	for i, p := range pictures {
		n := 3 + 3*i
		size := p.img.Bounds().Size()
		w, h := float64(size.X)*72/float64(p.dpi), float64(size.Y)*72/float64(p.dpi)
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n", w, h, n+1, n+2)
		content := p.content(w, h)
		object("<</Length %d>>\nstream\n%s\nendstream\nendobj\n", len(content), content)
		data, filter, space, bits, err := p.encode()
		if err != nil {
			return nil, err
		}
		object("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent %d/Filter/%s/Length %d>>\nstream\n", size.X, size.Y, space, bits, filter, len(data))
		b.Write(data)
		b.WriteString("\nendstream\nendobj\n")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes(), nil
}

func (p picture) encode() (data []byte, filter, space string, bits int, err error) {
	grey, isGrey := p.img.(*image.Gray)
	if p.bilevel && isGrey {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		size := grey.Rect.Size()
		row := make([]byte, (size.X+7)/8)
		for y := range size.Y {
			clear(row)
			for x := range size.X {
				if grey.Pix[y*grey.Stride+x] > 127 {
					row[x/8] |= 0x80 >> (x % 8)
				}
			}
			if _, err := z.Write(row); err != nil {
				return nil, "", "", 0, err
			}
		}
		err = z.Close()
		return b.Bytes(), "FlateDecode", "DeviceGray", 1, err
	}
	data, err = jpegBytes(p.img, p.quality, p.dpi)
	space = "DeviceRGB"
	if isGrey {
		space = "DeviceGray"
	}
	return data, "DCTDecode", space, 8, err
}
