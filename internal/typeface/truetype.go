package typeface

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
)

// glyph is an outline of quadratic curves in units of the face, y upwards.
type glyph struct {
	contours [][]point
	advance  int16
}

type point struct {
	x, y int16
	on   bool
}

// pieces is into how many quadratic curves a cubic one is cut: the error is
// below half a unit of a thousand.
const pieces = 4

// TrueType returns a TrueType file of these characters alone. Characters that
// the face lacks are left out (see Has). The same characters give the same bytes.
func (f *Face) TrueType(characters []rune) ([]byte, error) {
	runes := slices.DeleteFunc(slices.Clone(characters), func(r rune) bool { return !f.Has(r) })
	slices.Sort(runes)
	runes = slices.Compact(runes)
	glyphs := []glyph{{advance: int16(f.font.UnitsPerEm())}} // the one of what is missing
	for _, r := range runes {
		g, err := f.outline(r)
		if err != nil {
			return nil, fmt.Errorf("character %q: %w", r, err)
		}
		glyphs = append(glyphs, g)
	}
	return assemble(int(f.font.UnitsPerEm()), runes, glyphs), nil
}

func (f *Face) outline(r rune) (glyph, error) {
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return glyph{}, err
	}
	width, err := f.font.GlyphAdvance(&f.buf, i, f.unit, 0)
	if err != nil {
		return glyph{}, err
	}
	segments, err := f.font.LoadGlyph(&f.buf, i, f.unit, nil)
	if err != nil {
		return glyph{}, err
	}
	g := glyph{advance: int16(width.Round())}
	var contour []point
	var at [2]float64
	finish := func() {
		if len(contour) > 1 && contour[0].x == contour[len(contour)-1].x && contour[0].y == contour[len(contour)-1].y {
			contour = contour[:len(contour)-1]
		}
		if len(contour) > 2 {
			g.contours = append(g.contours, contour)
		}
		contour = nil
	}
	add := func(p [2]float64, on bool) {
		contour = append(contour, point{int16(math.Round(p[0])), int16(math.Round(p[1])), on})
	}
	for _, s := range segments {
		var a [3][2]float64
		for k, p := range s.Args {
			a[k] = [2]float64{float64(p.X) / 64, -float64(p.Y) / 64}
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			finish()
			add(a[0], true)
			at = a[0]
		case sfnt.SegmentOpLineTo:
			add(a[0], true)
			at = a[0]
		case sfnt.SegmentOpQuadTo:
			add(a[0], false)
			add(a[1], true)
			at = a[1]
		case sfnt.SegmentOpCubeTo:
			for k := range pieces {
				c, end := part(at, a[0], a[1], a[2], float64(k)/pieces, float64(k+1)/pieces)
				add(c, false)
				add(end, true)
			}
			at = a[2]
		}
	}
	finish()
	return g, nil
}

// part is the quadratic curve that is next to a cubic one between two of its
// parameters: its end and the point where the tangents at both ends meet, as far
// as a parabola can have them.
func part(p0, p1, p2, p3 [2]float64, t0, t1 float64) (control, end [2]float64) {
	at := func(t float64) (p, d [2]float64) {
		u := 1 - t
		for i := range 2 {
			p[i] = u*u*u*p0[i] + 3*u*u*t*p1[i] + 3*u*t*t*p2[i] + t*t*t*p3[i]
			d[i] = 3*u*u*(p1[i]-p0[i]) + 6*u*t*(p2[i]-p1[i]) + 3*t*t*(p3[i]-p2[i])
		}
		return p, d
	}
	a, da := at(t0)
	b, db := at(t1)
	h := t1 - t0
	for i := range 2 {
		control[i] = (a[i]+b[i])/2 + h*(da[i]-db[i])/4
	}
	return control, b
}

// table is a table of the file.
type table struct {
	tag  string
	data []byte
}

func be(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&b, binary.BigEndian, v); err != nil {
			panic(err) // values of fixed size alone are written
		}
	}
	return b.Bytes()
}

// assemble writes the tables that a TrueType file must have (OpenType 1.9).
func assemble(unit int, runes []rune, glyphs []glyph) []byte {
	var glyf bytes.Buffer
	loca := be(uint32(0))
	var hmtx []byte
	box := [4]int16{math.MaxInt16, math.MaxInt16, math.MinInt16, math.MinInt16}
	points, contours := 0, 0
	for _, g := range glyphs {
		own := bounds(g)
		if len(g.contours) > 0 {
			box = [4]int16{min(box[0], own[0]), min(box[1], own[1]), max(box[2], own[2]), max(box[3], own[3])}
		}
		data, n := encode(g, own)
		points, contours = max(points, n), max(contours, len(g.contours))
		glyf.Write(data)
		for glyf.Len()%4 != 0 {
			glyf.WriteByte(0)
		}
		loca = append(loca, be(uint32(glyf.Len()))...)
		hmtx = append(hmtx, be(uint16(g.advance), own[0])...)
	}
	if box[0] > box[2] {
		box = [4]int16{}
	}
	n := uint16(len(glyphs))
	up, down := int16(unit*88/100), -int16(unit*12/100)
	first, last := uint16(0), uint16(0)
	if len(runes) > 0 {
		first, last = uint16(runes[0]), uint16(runes[len(runes)-1])
	}
	tables := []table{ // in the order of their tags
		{"OS/2", be(uint16(3), int16(unit), uint16(400), uint16(5), uint16(0), [10]int16{}, int16(0), [10]byte{}, [4]uint32{}, [4]byte{'H', 'Q', ' ', ' '}, uint16(64), first, last, up, down, int16(0), uint16(up), uint16(-down),
			[2]uint32{}, int16(unit/2), int16(unit*7/10), uint16(0), uint16(' '), uint16(0))},
		{"cmap", cmap(runes)},
		{"glyf", glyf.Bytes()},
		{"head", be(uint32(0x10000), uint32(0x10000), uint32(0), uint32(0x5f0f3cf5), uint16(3), uint16(unit), [2]int64{}, box, uint16(0), uint16(8), int16(2), int16(1), int16(0))},
		{"hhea", be(uint32(0x10000), up, down, int16(0), uint16(unit), int16(0), int16(0), box[2], int16(1), int16(0), [5]int16{}, int16(0), n)},
		{"hmtx", hmtx},
		{"loca", loca},
		{"maxp", be(uint32(0x10000), n, uint16(points), uint16(contours), uint16(0), uint16(0), uint16(2), [8]uint16{})},
		{"name", name("HequanSubset")},
		{"post", be(uint32(0x30000), uint32(0), int16(-100), int16(50), uint32(0), [4]uint32{})},
	}
	return file(tables)
}

func bounds(g glyph) [4]int16 {
	if len(g.contours) == 0 {
		return [4]int16{}
	}
	b := [4]int16{math.MaxInt16, math.MaxInt16, math.MinInt16, math.MinInt16}
	for _, c := range g.contours {
		for _, p := range c {
			b = [4]int16{min(b[0], p.x), min(b[1], p.y), max(b[2], p.x), max(b[3], p.y)}
		}
	}
	return b
}

// encode writes a glyph and counts its points.
func encode(g glyph, box [4]int16) ([]byte, int) {
	if len(g.contours) == 0 {
		return nil, 0
	}
	out := be(int16(len(g.contours)), box)
	n := 0
	var flags, xs, ys []byte
	var last point
	for _, c := range g.contours {
		n += len(c)
		out = append(out, be(uint16(n-1))...)
		for _, p := range c {
			flag := byte(0)
			if p.on {
				flag = 1
			}
			flags = append(flags, flag)
			xs, ys = append(xs, be(p.x-last.x)...), append(ys, be(p.y-last.y)...)
			last = p
		}
	}
	out = append(out, 0, 0) // no instructions
	out = append(out, flags...)
	out = append(out, xs...)
	return append(out, ys...), n
}

// cmap leads from characters to glyphs: format 4, a segment a character, glyphs
// in the order of the characters from 1.
func cmap(runes []rune) []byte {
	n := len(runes) + 1
	var ends, starts, deltas, offsets []byte
	for i, r := range runes {
		ends, starts, deltas = append(ends, be(uint16(r))...), append(starts, be(uint16(r))...), append(deltas, be(uint16(i+1)-uint16(r))...)
		offsets = append(offsets, 0, 0)
	}
	ends, starts, deltas, offsets = append(ends, 0xff, 0xff), append(starts, 0xff, 0xff), append(deltas, 0, 1), append(offsets, 0, 0)
	log := int(math.Log2(float64(n)))
	sub := be(uint16(4), uint16(16+8*n), uint16(0), uint16(2*n), uint16(2<<log), uint16(log), uint16(2*n-2<<log))
	for _, part := range [][]byte{ends, {0, 0}, starts, deltas, offsets} {
		sub = append(sub, part...)
	}
	return append(be(uint16(0), uint16(1), uint16(3), uint16(1), uint32(12)), sub...)
}

// name writes the names that readers ask for.
func name(family string) []byte {
	var text []byte
	for _, u := range utf16.Encode([]rune(family)) {
		text = append(text, be(u)...)
	}
	ids := []uint16{1, 2, 4, 6}
	out := be(uint16(0), uint16(len(ids)), uint16(6+12*len(ids)))
	for _, id := range ids {
		out = append(out, be(uint16(3), uint16(1), uint16(0x409), id, uint16(len(text)), uint16(0))...)
	}
	return append(out, text...)
}

// file joins the tables, with their directory and checksums.
func file(tables []table) []byte {
	n := len(tables)
	log := int(math.Log2(float64(n)))
	head := be(uint32(0x10000), uint16(n), uint16(16<<log), uint16(log), uint16(16*n-16<<log))
	offset := 12 + 16*n
	var body []byte
	headAt := 0
	for _, t := range tables {
		if t.tag == "head" {
			headAt = offset + len(body) + 8
		}
		head = append(head, t.tag...)
		head = append(head, be(checksum(t.data), uint32(offset+len(body)), uint32(len(t.data)))...)
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	all := slices.Concat(head, body)
	binary.BigEndian.PutUint32(all[headAt:], 0xb1b0afba-checksum(all))
	return all
}

func checksum(data []byte) (sum uint32) {
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
