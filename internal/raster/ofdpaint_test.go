package raster

import (
	"archive/zip"
	"bytes"
	"encoding/asn1"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"
	"testing"
)

// ofdOf packs an OFD of one page, 100 × 100 mm, from its layers, resources,
// and other parts.
func ofdOf(t testing.TB, layers, res string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"OFD.xml":                        `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Signatures>Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>`,
		"Doc_0/Document.xml":             `<Document><CommonData><PageArea><PhysicalBox>0 0 100 100</PhysicalBox></PageArea><PublicRes>PublicRes.xml</PublicRes></CommonData><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages><Annotations>Annots/Annotations.xml</Annotations></Document>`,
		"Doc_0/PublicRes.xml":            `<Res BaseLoc="Res">` + res + `</Res>`,
		"Doc_0/Pages/Page_0/Content.xml": `<Page><Content>` + layers + `</Content></Page>`,
	}
	for name, data := range parts {
		all[name] = data
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// colorAt is the colour of a page at a place in mm.
func colorAt(p *Page, x, y float64) color.NRGBA {
	return p.Image.NRGBAAt(int(x/25.4*float64(p.DPI)), int(y/25.4*float64(p.DPI)))
}

func TestOFDPainting(t *testing.T) {
	red, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	square := `<AbbreviatedData>M 0 0 L 10 0 L 10 10 L 0 10 C</AbbreviatedData>`
	circle := `<AbbreviatedData>M 0 5 A 5 5 0 0 1 10 5 A 5 5 0 0 1 0 5 C</AbbreviatedData>`
	var stamp bytes.Buffer
	seal := image.NewNRGBA(image.Rect(0, 0, 20, 20)) // its upper half red, the rest clear
	draw.Draw(seal, image.Rect(0, 0, 20, 10), image.NewUniform(red), image.Point{}, draw.Src)
	if err := png.Encode(&stamp, seal); err != nil {
		t.Fatal(err)
	}
	type picture struct {
		Type          string `asn1:"ia5"`
		Data          []byte
		Width, Height int
	}
	der, err := asn1.Marshal(struct {
		Version int
		Seal    struct{ Picture picture }
	}{5, struct{ Picture picture }{picture{"png", stamp.Bytes(), 20, 20}}})
	if err != nil {
		t.Fatal(err)
	}
	data := ofdOf(t, `<Layer DrawParam="7"><PathObject Boundary="10 10 10 10" Fill="true">`+square+`</PathObject>
		<PathObject Boundary="30 10 10 10" Stroke="false" Fill="true"><FillColor Value="0 0 255"/>`+circle+`</PathObject>
		<PathObject Boundary="50 10 10 10">`+square+`</PathObject>
		<CompositeObject Boundary="70 10 20 20" CTM="2 0 0 2 0 0" ResourceID="8"/>
		<TextObject Boundary="10 50 60 10" Size="8"><TextCode X="0" Y="8" DeltaX="g 1 8">发票</TextCode></TextObject></Layer>`,
		`<DrawParams><DrawParam ID="7" LineWidth="1"><FillColor Value="255 0 0"/></DrawParam></DrawParams>
		<CompositeGraphicUnits><CompositeGraphicUnit ID="8" Width="10" Height="10"><Content><PathObject Boundary="0 0 10 10" Stroke="false" Fill="true"><FillColor Value="0 0 255"/>`+square+`</PathObject></Content></CompositeGraphicUnit></CompositeGraphicUnits>`,
		map[string]string{
			"Doc_0/Annots/Annotations.xml":       `<Annotations><Page PageID="1"><FileLoc>Page_0/Annotation.xml</FileLoc></Page></Annotations>`,
			"Doc_0/Annots/Page_0/Annotation.xml": `<PageAnnot><Annot Type="Watermark"><Appearance Boundary="10 70 10 10"><PathObject Boundary="0 0 10 10" Stroke="false" Fill="true"><FillColor Value="0 0 255"/>` + square + `</PathObject><TextObject Boundary="0 0 10 10" Size="3"><TextCode X="0" Y="3">副本</TextCode></TextObject></Appearance></Annot></PageAnnot>`,
			"Doc_0/Signs/Signatures.xml":         `<Signatures><Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></Signatures>`,
			"Doc_0/Signs/Sign_0/Signature.xml":   `<Signature><SignedInfo><StampAnnot PageRef="1" Boundary="50 60 20 20"/></SignedInfo><SignedValue>SignedValue.dat</SignedValue></Signature>`,
			"Doc_0/Signs/Sign_0/SignedValue.dat": string(der),
		})
	file, err := OpenOFD(data, nil)
	p := pageOf(t, open(t, file, err), 0)
	for _, c := range []struct {
		what string
		x, y float64
		want color.NRGBA
	}{
		{"a square filled by its layer's parameter", 15, 15, red},
		{"a circle's middle", 35, 15, blue},
		{"a circle's corner", 30.6, 10.6, white},
		{"an outline's middle", 55, 15, white},
		{"an outline", 50, 15, color.NRGBA{0, 0, 0, 255}},
		{"an object of objects, enlarged", 88, 28, blue},
		{"an annotation", 15, 77, blue},
		{"a seal's upper half", 60, 65, red},
		{"a seal's clear half", 60, 75, white},
	} {
		if got := colorAt(p, c.x, c.y); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	if text := allText(p); !strings.Contains(text, "发票") || strings.Contains(text, "副本") {
		t.Errorf("text %q, want that of the page without that of its annotations", text)
	}
}

func TestPolylines(t *testing.T) {
	for data, want := range map[string][2]float64{ // where the path ends
		"M 0 0 Q 5 10 10 0":              {10, 0},
		"M 0 0 B 0 5 10 5 10 0":          {10, 0},
		"M 0 0 A 5 5 0 1 0 10 0":         {10, 0},
		"S 1 1 L 2 2 C":                  {1, 1},
		"M 0 0 L 1 1 L nonsense 3 L 4 4": {4, 4},
		"M 0 0 L 1 1 L 1e300 3":          {1, 1},
		"M 0 0 A 0 5 0 0 1 3 3":          {3, 3},
		"M 0 0 L 2 2 A 5 5 0 0 1 7":      {2, 2},
	} {
		runs := polylines(strings.Fields(data))
		if len(runs) != 1 {
			t.Errorf("%s: %d runs", data, len(runs))
			continue
		}
		last := runs[0][len(runs[0])-1]
		if math.Hypot(last[0]-want[0], last[1]-want[1]) > 1e-9 {
			t.Errorf("%s ends at %v, want %v", data, last, want)
		}
	}
	for _, run := range polylines(strings.Fields("M 0 5 A 5 5 0 0 1 10 5 A 5 5 0 0 1 0 5")) {
		for _, p := range run {
			if r := math.Hypot(p[0]-5, p[1]-5); math.Abs(r-5) > 1e-6 {
				t.Errorf("%v is %.3f from the circle's middle, want 5", p, r)
			}
		}
	}
}

// FuzzOFD: no content of a page, resource or signature brings the reader down.
func FuzzOFD(f *testing.F) {
	f.Add(`<Layer><PathObject Boundary="1 1 9 9" Fill="true"><AbbreviatedData>M 0 0 B 1 1 2 2 3 3 A 1 2 3 1 0 5 5 C</AbbreviatedData></PathObject></Layer>`, `<DrawParam ID="1"/>`, "0\x03\x02\x01\x05")
	f.Add(`<CompositeObject ResourceID="8" CTM="1 0 0 1 0 0"/>`, `<CompositeGraphicUnit ID="8"><Content><CompositeObject ResourceID="8"/><CompositeObject ResourceID="8"/></Content></CompositeGraphicUnit>`, "")
	f.Add(`<CompositeObject ResourceID="8"/>`, `<CompositeGraphicUnit ID="8"><Content>`+strings.Repeat(`<CompositeObject ResourceID="8"/>`, 100)+`</Content></CompositeGraphicUnit>`, "")
	f.Add(`<TextObject Boundary="0 0 9 9" Size="3" CTM="1 NaN 0 1 0 Inf"><TextCode X="1" Y="2" DeltaX="g 99999 1e308">票</TextCode></TextObject>`, "", "")
	f.Fuzz(func(t *testing.T, layers, res, value string) {
		if len(layers)+len(res) > 1<<14 {
			return
		}
		file, err := OpenOFD(ofdOf(t, layers, res, map[string]string{
			"Doc_0/Signs/Signatures.xml":         `<Signatures><Signature BaseLoc="Sign_0/Signature.xml"/></Signatures>`,
			"Doc_0/Signs/Sign_0/Signature.xml":   `<Signature><SignedInfo><StampAnnot PageRef="1" Boundary="50 60 20 20"/></SignedInfo><SignedValue>SignedValue.dat</SignedValue></Signature>`,
			"Doc_0/Signs/Sign_0/SignedValue.dat": value,
		}), nil)
		if err != nil {
			return
		}
		if p, err := file.Page(0); err == nil && p.Image.Rect.Empty() {
			t.Error("a page without a picture")
		}
	})
}

// TestDeltasAreBounded: steps repeated again and again take no memory without end.
func TestDeltasAreBounded(t *testing.T) {
	if n := len(deltas(strings.Repeat("g 99999 1 ", 10_000))); n > 2*maxDeltas {
		t.Errorf("%d steps", n)
	}
	if got := deltas("g 2 1.5 3"); len(got) != 3 || got[2] != 3 {
		t.Errorf("%v", got)
	}
}

// TestOFDPatterns: what is filled with a pattern hides no text, a shading has its first colour.
func TestOFDPatterns(t *testing.T) {
	square := `<AbbreviatedData>M 0 0 L 10 0 L 10 10 L 0 10 C</AbbreviatedData>`
	file, err := OpenOFD(ofdOf(t, `<Layer><PathObject Boundary="10 10 10 10" Stroke="false" Fill="true"><FillColor><Pattern Width="2" Height="2"><CellContent/></Pattern></FillColor>`+square+`</PathObject>
		<PathObject Boundary="30 10 10 10" Stroke="false" Fill="true"><FillColor><AxialShd><Segment><Color Value="0 0 255"/></Segment></AxialShd></FillColor>`+square+`</PathObject></Layer>`, "", nil), nil)
	p := pageOf(t, open(t, file, err), 0)
	if c := colorAt(p, 15, 15); c.R < 200 {
		t.Errorf("the pattern covers the page with %v", c)
	}
	if c := colorAt(p, 35, 15); c != (color.NRGBA{0, 0, 255, 255}) {
		t.Errorf("the shading is %v", c)
	}
}
