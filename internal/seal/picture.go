package seal

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/disintegration/imaging"

	"hequan"
)

// keptMM is the number of pixels to a millimetre of a kept impression.
const keptMM = 6.0

// press cuts an impression out of its page.
func press(img *image.NRGBA, r ring, dpi int) *impression {
	dx, dy := r.extent()
	margin := 0.06 * max(dx, dy)
	box := image.Rect(int(r.cx-dx-margin), int(r.cy-dy-margin), int(r.cx+dx+margin)+1, int(r.cy+dy+margin)+1).Intersect(img.Rect)
	if box.Dx() < 8 || box.Dy() < 8 {
		return nil
	}
	f := keptMM * 25.4 / float64(dpi)
	p := inkOf(imaging.Resize(imaging.Crop(img, box), max(8, int(float64(box.Dx())*f+0.5)), max(8, int(float64(box.Dy())*f+0.5)), imaging.CatmullRom), r.color)
	r.cx, r.cy = r.cx-float64(box.Min.X), r.cy-float64(box.Min.Y)
	m := newImpression(p, r.scaled(f), keptMM)
	m.scale = [2]float64{float64(p.w) / float64(box.Dx()), float64(p.h) / float64(box.Dy())}
	return m
}

// pressFragment cuts a piece of a seal out of its page, its rim that of the
// whole seal, which reaches beyond the picture.
func pressFragment(img *image.NRGBA, r ring, dpi int) *impression {
	margin := 0.7 * float64(dpi) / 25.4
	box := image.Rect(int(r.x0-margin), int(r.y0-margin), int(r.x1+margin)+1, int(r.y1+margin)+1).Intersect(img.Rect)
	if box.Dx() < 8 || box.Dy() < 8 {
		return nil
	}
	f := keptMM * 25.4 / float64(dpi)
	p := inkOf(imaging.Resize(imaging.Crop(img, box), max(8, int(float64(box.Dx())*f+0.5)), max(8, int(float64(box.Dy())*f+0.5)), imaging.CatmullRom), r.color)
	rim := ring{cx: (r.cx - float64(box.Min.X)) * f, cy: (r.cy - float64(box.Min.Y)) * f, rx: r.rx * f, ry: r.ry * f}
	return newImpression(p, alignArc(p, rim, 2.5*keptMM, 2*keptMM), keptMM)
}

// keep is the impression as the reading keeps it: 15 levels of ink.
func (m *impression) keep(seal int) hequan.Impression {
	g := image.NewPaletted(image.Rect(0, 0, m.w, m.h), palette)
	for i, v := range m.ink {
		g.Pix[i] = v / 18
		if m.hidden[i] {
			g.Pix[i] = uint8(len(palette) - 1)
		}
	}
	var buf bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&buf, g); err != nil {
		return hequan.Impression{}
	}
	r := m.rim
	return hequan.Impression{Seal: seal, Picture: buf.Bytes(), PerMM: m.perMM, Scale: [2]float64{round6(m.scale[0]), round6(m.scale[1])}, Rim: [5]float64{round3(r.cx), round3(r.cy), round3(r.rx), round3(r.ry), round5(r.angle)}}
}

// palette is 15 greys, dark where there is ink, and one colour for what is hidden.
var palette = func() color.Palette {
	var p color.Palette
	for i := range 15 {
		p = append(p, color.Gray{Y: uint8(255 - 18*i)})
	}
	return append(p, color.NRGBA{R: 90, G: 120, B: 230, A: 255})
}()

// unpack is the impression that was kept; nil where it can't be decoded.
func unpack(k hequan.Impression) *impression {
	img, err := png.Decode(bytes.NewReader(k.Picture))
	if err != nil {
		return nil
	}
	g, ok := img.(*image.Paletted)
	if !ok || k.PerMM <= 0 {
		return nil
	}
	p := plane{w: g.Rect.Dx(), h: g.Rect.Dy()}
	p.ink, p.hidden = make([]uint8, p.w*p.h), make([]bool, p.w*p.h)
	for y := range p.h {
		for x := range p.w {
			v := g.Pix[y*g.Stride+x]
			if int(v) == len(palette)-1 {
				p.hidden[y*p.w+x] = true
				continue
			}
			p.ink[y*p.w+x] = v * 18
		}
	}
	return newImpression(p, ring{cx: k.Rim[0], cy: k.Rim[1], rx: k.Rim[2], ry: k.Rim[3], angle: k.Rim[4]}, k.PerMM)
}

func round6(v float64) float64 { return math.Round(v*1e6) / 1e6 }

func round5(v float64) float64 { return float64(int(v*1e5)) / 1e5 }
