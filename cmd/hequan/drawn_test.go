package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// drawnDPI is the resolution of drawn pages.
const drawnDPI = 200

var (
	sealRed = color.NRGBA{206, 32, 38, 255}
	penBlue = color.NRGBA{24, 30, 90, 255}
)

// drawing is a page of a scan, drawn: lengths in millimetres.
type drawing struct {
	t     *testing.T
	img   *image.NRGBA
	faces map[string]font.Face
}

func dots(mm float64) int { return int(mm*drawnDPI/25.4 + 0.5) }

// paperSheet is an empty A4 page.
func paperSheet(t *testing.T) *drawing {
	t.Helper()
	d := &drawing{t, image.NewNRGBA(image.Rect(0, 0, 1654, 2339)), map[string]font.Face{}}
	draw.Draw(d.img, d.img.Rect, image.NewUniform(color.NRGBA{250, 249, 246, 255}), image.Point{}, draw.Src)
	return d
}

func (d *drawing) face(file string, size float64) font.Face {
	d.t.Helper()
	key := file + string(rune(int(size*10)))
	if f, ok := d.faces[key]; ok {
		return f
	}
	data, err := os.ReadFile(file)
	if err != nil {
		d.t.Skipf("no Chinese font (apt-get install fonts-noto-cjk): %v", err)
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		d.t.Fatal(err)
	}
	f, err := collection.Font(2) // Simplified Chinese
	if err != nil {
		d.t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: drawnDPI})
	if err != nil {
		d.t.Fatal(err)
	}
	d.faces[key] = face
	return face
}

const (
	hei  = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
	song = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
)

// text prints a line whose foot stands at y.
func (d *drawing) text(x, y, points float64, s string) *drawing {
	d.t.Helper()
	p := font.Drawer{Dst: d.img, Src: image.Black, Face: d.face(hei, points), Dot: fixed.P(dots(x), dots(y))}
	p.DrawString(s)
	return d
}

// lines prints lines from the top of a page.
func (d *drawing) lines(title string, rows ...string) *drawing {
	d.t.Helper()
	d.text(80, 35, 18, title)
	for i, r := range rows {
		d.text(25, 52+9*float64(i), 12, r)
	}
	return d
}

// letter lays a character down: its middle, its size, its turn (clockwise) and slant.
func (d *drawing) letter(file string, r rune, x, y, wide, tall, turn, slant float64, c color.NRGBA) {
	d.t.Helper()
	const n = 120
	g := image.NewGray(image.Rect(0, 0, n, n))
	p := font.Drawer{Dst: g, Src: image.White, Face: d.face(file, n*72.0/drawnDPI), Dot: fixed.P(0, n*88/100)}
	p.DrawString(string(r))
	sin, cos := math.Sincos(turn)
	reach := dots(max(wide, tall))
	for py := -reach; py <= reach; py++ {
		for px := -reach; px <= reach; px++ {
			u, v := float64(px)*cos+float64(py)*sin, -float64(px)*sin+float64(py)*cos
			u += slant * v
			u, v = u/float64(dots(wide)), v/float64(dots(tall))
			if u < -0.5 || v < -0.5 || u >= 0.5 || v >= 0.5 || g.GrayAt(int((u+0.5)*n), int((v+0.5)*n)).Y <= 127 {
				continue
			}
			d.ink(dots(x)+px, dots(y)+py, c)
		}
	}
}

// ink lays ink on a pixel: what is darker stays.
func (d *drawing) ink(x, y int, c color.NRGBA) {
	if !(image.Point{x, y}).In(d.img.Rect) {
		return
	}
	o := d.img.NRGBAAt(x, y)
	d.img.SetNRGBA(x, y, color.NRGBA{min(o.R, c.R), min(o.G, c.G), min(o.B, c.B), 255})
}

// hand signs with a name: large, slanted, uneven.
func (d *drawing) hand(x, y float64, name string) *drawing {
	d.t.Helper()
	for i, r := range []rune(name) {
		d.letter(song, r, x+7.5*float64(i), y-1.5+0.9*float64(i%2), 8.5, 9.5, 0.12*float64(1-i), 0.25, penBlue)
	}
	return d
}

// seal presses a round seal of 40 mm, its text turned by so many radians.
func (d *drawing) seal(x, y float64, text, centre string, turn float64, c color.NRGBA) *drawing {
	d.t.Helper()
	d.rim(x, y, 20, 20, c)
	runes := []rune(text)
	for i, r := range runes {
		a := turn + (-120+240*float64(i)/float64(len(runes)-1))*math.Pi/180
		sin, cos := math.Sincos(a)
		d.letter(song, r, x+16*sin, y-16*cos, 3.7, 4.6, a, 0, c)
	}
	for i, r := range []rune(centre) {
		u := (float64(i) - float64(len([]rune(centre))-1)/2) * 4
		sin, cos := math.Sincos(turn)
		d.letter(song, r, x+u*cos-11*sin, y+u*sin+11*cos, 3.8, 4.4, turn, 0, c)
	}
	star := float64(dots(5))
	for py := -star; py <= star; py++ {
		for px := -star; px <= star; px++ {
			if math.Hypot(px, py) < star*(0.62+0.38*math.Cos(5*(math.Atan2(px, -py)-turn))) {
				d.ink(dots(x)+int(px), dots(y)+int(py), c)
			}
		}
	}
	return d
}

func (d *drawing) rim(x, y, rx, ry float64, c color.NRGBA) {
	for py := -dots(ry); py <= dots(ry); py++ {
		for px := -dots(rx); px <= dots(rx); px++ {
			u, v := float64(px)*25.4/drawnDPI, float64(py)*25.4/drawnDPI
			if u*u/(rx*rx)+v*v/(ry*ry) <= 1 && u*u/((rx-1.2)*(rx-1.2))+v*v/((ry-1.2)*(ry-1.2)) >= 1 {
				d.ink(dots(x)+px, dots(y)+py, c)
			}
		}
	}
}

// nameSeal presses a square seal of 18 mm with a name of three characters.
func (d *drawing) nameSeal(x, y float64, name string) *drawing {
	d.t.Helper()
	for py := -9.0; py <= 9; py += 0.1 {
		for px := -9.0; px <= 9; px += 0.1 {
			if max(math.Abs(px), math.Abs(py)) > 8 {
				d.ink(dots(x+px), dots(y+py), sealRed)
			}
		}
	}
	for i, r := range []rune(name + "印")[:4] {
		d.letter(song, r, x+4-8*float64(i/2), y-4+8*float64(i%2), 7, 7, 0, 0, sealRed)
	}
	return d
}

// grey is the page as a copier without colour gives it.
func (d *drawing) grey() *drawing {
	d.img = imaging.Grayscale(d.img)
	return d
}

// blurred is the page out of focus.
func (d *drawing) blurred() *drawing {
	d.img = imaging.Blur(d.img, 6)
	return d
}

// coarse is the page scanned at half the dots.
func (d *drawing) coarse() *drawing {
	d.img = imaging.Resize(d.img, d.img.Rect.Dx()/2, 0, imaging.Box)
	return d
}

// copied is the page with a part of it pasted again at a distance.
func (d *drawing) copied(x0, y0, x1, y1, dx, dy float64) *drawing {
	from := image.Rect(dots(x0), dots(y0), dots(x1), dots(y1))
	part := imaging.Crop(d.img, from)
	for y := range part.Rect.Dy() {
		for x := range part.Rect.Dx() {
			d.ink(from.Min.X+x+dots(dx), from.Min.Y+y+dots(dy), part.NRGBAAt(x, y))
		}
	}
	return d
}

func (d *drawing) png() []byte {
	d.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, d.img); err != nil {
		d.t.Fatal(err)
	}
	return b.Bytes()
}

// scanned is pages as a scanner's PDF.
func scanned(t *testing.T, pages ...*drawing) []byte {
	t.Helper()
	var b bytes.Buffer
	var at []int
	object := func(body string, stream []byte) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\n", len(at), body)
		if stream != nil {
			b.WriteString("stream\n")
			b.Write(stream)
			b.WriteString("\nendstream\n")
		}
		b.WriteString("endobj\n")
	}
	b.WriteString("%PDF-1.5\n")
	object("<</Type/Catalog/Pages 2 0 R>>", nil)
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 3+3*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()), nil)
	for i, p := range pages {
		var j bytes.Buffer
		if err := jpeg.Encode(&j, p.img, &jpeg.Options{Quality: 88}); err != nil {
			t.Fatal(err)
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.44 842.04]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>", 4+3*i, 5+3*i), nil)
		content := []byte("q 595.44 0 0 842.04 0 0 cm /I Do Q")
		object(fmt.Sprintf("<</Length %d>>", len(content)), content)
		object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>", p.img.Rect.Dx(), p.img.Rect.Dy(), j.Len()), j.Bytes())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// folder writes an application.
func folder(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
