// Package lstmf writes the training records of Tesseract's line recogniser
// (.lstmf): pictures of lines with their labels. Debian's own road to them
// starts a process a line.
package lstmf

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"math"
)

// Record returns one line as it stands in a file: no name, the picture as
// PNG, one box around all of it. The layout is that of ImageData::Serialize of
// Tesseract 5, little endian.
func Record(picture *image.Gray, label string) ([]byte, error) {
	var img bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&img, picture); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteByte(1) // present
	text(&b, nil)  // file name
	number(&b, 0)  // page number
	text(&b, img.Bytes())
	text(&b, nil) // language
	text(&b, []byte(label))
	number(&b, 1) // boxes
	for _, v := range []int{0, 0, min(picture.Rect.Dx(), math.MaxInt16), min(picture.Rect.Dy(), math.MaxInt16)} {
		b.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
	}
	number(&b, 1) // their texts
	text(&b, []byte(label))
	b.WriteByte(0) // not vertical
	return b.Bytes(), nil
}

// Header returns what stands before n records.
func Header(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

func number(b *bytes.Buffer, n int) { b.Write(binary.LittleEndian.AppendUint32(nil, uint32(n))) }

func text(b *bytes.Buffer, s []byte) {
	number(b, len(s))
	b.Write(s)
}
