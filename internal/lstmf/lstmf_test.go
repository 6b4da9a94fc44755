package lstmf

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// reader takes a record apart in the order in which Tesseract reads it.
type reader struct {
	t *testing.T
	b *bytes.Buffer
}

func (r reader) number() uint32 {
	r.t.Helper()
	b := r.b.Next(4)
	if len(b) < 4 {
		r.t.Fatal("the record ends early")
	}
	return binary.LittleEndian.Uint32(b)
}

func (r reader) text() []byte {
	r.t.Helper()
	n := int(r.number())
	b := r.b.Next(n)
	if len(b) != n {
		r.t.Fatalf("a string of %d bytes is cut off", n)
	}
	return b
}

func TestRecord(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 70, 36))
	img.SetGray(3, 4, color.Gray{Y: 99})
	record, err := Record(img, "壹拾万元整")
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t, bytes.NewBuffer(append(Header(1), record...))}
	if n := r.number(); n != 1 {
		t.Errorf("%d records", n)
	}
	if b := r.b.Next(1); b[0] != 1 {
		t.Errorf("presence %d", b[0])
	}
	if name := r.text(); len(name) != 0 {
		t.Errorf("name %q", name)
	}
	if page := r.number(); page != 0 {
		t.Errorf("page %d", page)
	}
	back, err := png.Decode(bytes.NewReader(r.text()))
	if err != nil {
		t.Fatal(err)
	}
	if g := back.(*image.Gray); g.Rect != img.Rect || !bytes.Equal(g.Pix, img.Pix) {
		t.Error("the picture came back another")
	}
	if lang := r.text(); len(lang) != 0 {
		t.Errorf("language %q", lang)
	}
	if label := string(r.text()); label != "壹拾万元整" {
		t.Errorf("label %q", label)
	}
	if n := r.number(); n != 1 {
		t.Errorf("%d boxes", n)
	}
	var box [4]int16
	if err := binary.Read(r.b, binary.LittleEndian, &box); err != nil || box != [4]int16{0, 0, 70, 36} {
		t.Errorf("box %v, %v", box, err)
	}
	if n := r.number(); n != 1 {
		t.Errorf("%d texts", n)
	}
	if label := string(r.text()); label != "壹拾万元整" {
		t.Errorf("text of the box %q", label)
	}
	if rest := r.b.Bytes(); !bytes.Equal(rest, []byte{0}) {
		t.Errorf("ends with %v", rest)
	}
}
