package lines

import (
	"image"
	"math/rand/v2"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// setting is how a line is set.
type setting struct {
	em      float64 // size of the print, pixels
	stretch float64 // width against the face's own
	spacing float64 // added between characters, in em
	chinese *face
	latin   *face
}

// choose takes faces that have every character of the text; nil where none was
// found.
func (f faces) choose(r *rand.Rand, text string) (chinese, latin *face) {
	var han, other []rune
	for _, c := range text {
		if c < 0x250 {
			other = append(other, c)
		} else {
			han = append(han, c)
		}
	}
	first := func(from []*face, has []rune) *face {
		for range 12 {
			if one := from[r.IntN(len(from))]; one.has(has) {
				return one
			}
		}
		for _, one := range from {
			if one.has(has) {
				return one
			}
		}
		return nil
	}
	if chinese = first(f.chinese, han); chinese == nil {
		return nil, nil
	}
	if chance(r, 0.45) && chinese.has(other) {
		return chinese, chinese
	}
	if latin = first(f.latin, other); latin == nil {
		return nil, nil
	}
	return chinese, latin
}

// pen draws glyphs; it is not safe for concurrent use.
type pen struct{ faces map[*face]*font.Face }

func newPen() *pen { return &pen{faces: map[*face]*font.Face{}} }

func (p *pen) face(f *face) *font.Face {
	if p.faces[f] == nil {
		p.faces[f] = font.NewFace(f.font)
	}
	return p.faces[f]
}

// set draws text into ras (nil: only measures) with its origin at x and the
// baseline at y, and returns the width and the box of the ink, in pixels. A
// glyph that cannot be drawn makes ok false.
func (s setting) set(p *pen, ras *vector.Rasterizer, text string, x, y float64) (width float64, ink [4]float64, ok bool) {
	ink = [4]float64{1e9, 1e9, -1e9, -1e9}
	at := x
	for _, c := range text {
		f := s.chinese
		if c < 0x250 {
			f = s.latin
		}
		face := p.face(f)
		g, found := face.NominalGlyph(c)
		if !found {
			return 0, ink, false
		}
		scale := s.em / float64(f.font.Upem())
		if ras != nil {
			outline, is := face.GlyphDataOutline(g)
			if !is || len(outline.Segments) == 0 && c != ' ' {
				return 0, ink, false
			}
			trace(ras, outline.Segments, at, y, scale*s.stretch, scale, &ink)
		}
		at += float64(face.HorizontalAdvance(g))*scale*s.stretch + s.spacing*s.em
	}
	return at - x, ink, true
}

// trace adds one outline and widens ink by its points.
func trace(ras *vector.Rasterizer, segments []font.Segment, x, y, across, up float64, ink *[4]float64) {
	at := func(p font.SegmentPoint) (float32, float32) {
		px, py := x+float64(p.X)*across, y-float64(p.Y)*up
		*ink = [4]float64{min(ink[0], px), min(ink[1], py), max(ink[2], px), max(ink[3], py)}
		return float32(px), float32(py)
	}
	open := false
	for _, seg := range segments {
		ax, ay := at(seg.Args[0])
		switch seg.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				ras.ClosePath()
			}
			open = true
			ras.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			ras.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			bx, by := at(seg.Args[1])
			ras.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			bx, by := at(seg.Args[1])
			cx, cy := at(seg.Args[2])
			ras.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	if open {
		ras.ClosePath()
	}
}

// coverage fills what was set: 0 paper … 255 ink.
func coverage(ras *vector.Rasterizer, w, h int) *image.Alpha {
	out := image.NewAlpha(image.Rect(0, 0, w, h))
	ras.Draw(out, out.Rect, image.Opaque, image.Point{})
	return out
}
