package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

const sheetFont = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

// sheet FILE ROW… draws rows of text on an A5 page of 200 dpi, as PNG or JPEG.
func drawSheet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: sheet FILE ROW…")
	}
	data, err := os.ReadFile(sheetFont)
	ts.Check(err)
	collection, err := opentype.ParseCollection(data)
	ts.Check(err)
	f, err := collection.Font(2) // Simplified Chinese
	ts.Check(err)
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 12, DPI: 200})
	ts.Check(err)
	img := image.NewNRGBA(image.Rect(0, 0, 1165, 1654))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{250, 250, 248, 255}), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face}
	for i, row := range args[1:] {
		d.Dot = fixed.P(100, 200+70*i)
		d.DrawString(row)
	}
	var out bytes.Buffer
	if filepath.Ext(args[0]) == ".jpg" {
		err = jpeg.Encode(&out, img, nil)
	} else {
		err = png.Encode(&out, img)
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}

// hugepng FILE WIDTH HEIGHT writes a PNG that promises so many pixels and
// holds one.
func hugePNG(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: hugepng FILE WIDTH HEIGHT")
	}
	var out bytes.Buffer
	ts.Check(png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))))
	data := out.Bytes()
	for i, arg := range args[1:] {
		n, err := strconv.ParseUint(arg, 10, 32)
		ts.Check(err)
		binary.BigEndian.PutUint32(data[16+4*i:], uint32(n))
	}
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// zipped FILE NAME SOURCE NAME SOURCE… packs files under the names as given.
func zipped(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: zipped FILE NAME SOURCE…")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 1; i < len(args); i += 2 {
		w, err := z.Create(args[i])
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(args[i+1])))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}

// cut FILE leaves the first half of a file.
func cutOff(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cut FILE")
	}
	data := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(data[:len(data)/2]), 0o644))
}

// validreport FILE says that each JSON value of the file is a report by the
// published schema.
func validReport(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: validreport FILE")
	}
	schema, err := jsonschema.NewCompiler().Compile(ts.Getenv("SCHEMA"))
	ts.Check(err)
	dec := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[0]))))
	n := 0
	for dec.More() {
		var raw json.RawMessage
		ts.Check(dec.Decode(&raw))
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		ts.Check(err)
		ts.Check(schema.Validate(v))
		n++
	}
	if n == 0 {
		ts.Fatalf("%s holds no report", args[0])
	}
}

// lines FILE NUMBER says how many lines the file has.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines FILE NUMBER")
	}
	if n := strconv.Itoa(strings.Count(ts.ReadFile(args[0]), "\n")); n != args[1] {
		ts.Fatalf("%s has %s lines, want %s", args[0], n, args[1])
	}
}

// appendfile FILE OTHER writes another file at the end of one.
func appendFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: appendfile FILE OTHER")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(ts.ReadFile(args[0])+ts.ReadFile(args[1])), 0o644))
}
