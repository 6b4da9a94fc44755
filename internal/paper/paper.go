// Package paper makes PDF documents of Chinese text, tables and pictures, with
// the typefaces of this machine embedded. No browser is needed.
package paper

import (
	"fmt"
	"io"
	"time"

	"github.com/signintech/gopdf"

	"hequan/internal/typeface"
)

// Doc is a document of A4 pages, as content that is laid out when it is written.
type Doc struct {
	Title  string
	Foot   string // stands at the bottom of each page, before its number
	Blocks []Block
}

// Block is a piece of a document: [Text], [Table] or [Picture].
type Block interface{ place(l *layout) error }

// Align says where a line stands.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Text is a paragraph.
type Text struct {
	Text   string
	Style  typeface.Style
	Size   float64 // points; 0: 11
	Align  Align
	Indent bool    // by two characters, as paragraphs of a letter
	Color  [3]byte // black when zero
	After  float64 // points of space behind it
}

// Picture is a JPEG, no wider and no higher than given in points.
type Picture struct {
	JPEG          []byte
	Width, Height float64
}

// Table is a table with lines; its head stands again on each page.
type Table struct {
	Widths []float64 // shares of the page's width
	Head   []string
	Rows   [][]Cell
}

// Cell is the content of a cell, from top to bottom.
type Cell []Block

// The measures of a page in points: A4 with margins of 22 mm.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	marginX    = 62
	marginTop  = 62
	marginFoot = 64
)

// Write lays the document out and writes it as PDF. The same document gives the
// same bytes. It fails with [typeface.ErrNone] where no Chinese typeface is installed.
func (d *Doc) Write(w io.Writer) error {
	l, err := newLayout(d.Title, pageWidth, pageHeight, runesOf(append(d.Blocks, Text{Text: d.Foot + "第 0123456789 页，共"})))
	if err != nil {
		return err
	}
	l.turn()
	for _, b := range d.Blocks {
		if err := b.place(l); err != nil {
			return err
		}
	}
	for n := 1; n <= l.pages; n++ {
		if err := l.pdf.SetPage(n); err != nil {
			return err
		}
		foot := fmt.Sprintf("第 %d 页，共 %d 页", n, l.pages)
		if d.Foot != "" {
			foot = d.Foot + "　　" + foot
		}
		if err := l.line(foot, typeface.Hei, 8, pageWidth/2-l.width(foot, typeface.Hei, 8)/2, pageHeight-40, [3]byte{110, 110, 110}); err != nil {
			return err
		}
	}
	_, err = l.pdf.WriteTo(w)
	return err
}

// layout is a document in the making.
type layout struct {
	pdf   *gopdf.GoPdf
	faces map[typeface.Style]*typeface.Face
	pages int
	x, w  float64 // of the column that is written into
	y     float64
}

var familyNames = map[typeface.Style]string{typeface.Song: "song", typeface.SongBold: "songbold", typeface.Hei: "hei", typeface.HeiBold: "heibold"}

// newLayout begins a document whose pages are of a size and whose text is made of
// these characters.
func newLayout(title string, width, height float64, used map[typeface.Style]map[rune]bool) (*layout, error) {
	l := &layout{pdf: &gopdf.GoPdf{}, faces: map[typeface.Style]*typeface.Face{}, x: marginX, w: width - 2*marginX}
	l.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: width, H: height}})
	l.pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "hequan", CreationDate: time.Time{}})
	for _, style := range []typeface.Style{typeface.Song, typeface.SongBold, typeface.Hei, typeface.HeiBold} {
		face, err := typeface.Find(style)
		if err != nil {
			return nil, err
		}
		l.faces[style] = face
		if len(used[style]) == 0 {
			continue
		}
		runes := []rune{instead}
		for r := range used[style] {
			runes = append(runes, r)
		}
		data, err := face.TrueType(runes)
		if err != nil {
			return nil, err
		}
		if err := l.pdf.AddTTFFontData(familyNames[style], data); err != nil {
			return nil, fmt.Errorf("typeface: %w", err)
		}
	}
	return l, nil
}

// turn begins a page.
func (l *layout) turn() {
	l.pdf.AddPage()
	l.pages++
	l.y = marginTop
}

// room begins a page where less than this is left.
func (l *layout) room(height float64) {
	if l.y+height > pageHeight-marginFoot && l.y > marginTop {
		l.turn()
	}
}

// line writes a line whose top is at y.
func (l *layout) line(text string, style typeface.Style, size, x, y float64, color [3]byte) error {
	text = l.printable(text, style)
	if text == "" {
		return nil
	}
	if err := l.pdf.SetFont(familyNames[style], "", size); err != nil {
		return err
	}
	l.pdf.SetTextColor(color[0], color[1], color[2])
	l.pdf.SetXY(x, y+size*0.92) // Text writes at the base line
	return l.pdf.Text(text)
}

func (t Text) place(l *layout) error {
	size := t.size()
	lines := l.wrap(t, l.w)
	for _, line := range lines {
		l.room(size * leading)
		x := l.x + line.indent
		switch t.Align {
		case Center:
			x = l.x + (l.w-l.width(line.text, t.Style, size))/2
		case Right:
			x = l.x + l.w - l.width(line.text, t.Style, size)
		}
		if err := l.line(line.text, t.Style, size, x, l.y+size*(leading-1)/2, t.Color); err != nil {
			return err
		}
		l.y += size * leading
	}
	l.y += t.After
	return nil
}

func (t Text) size() float64 {
	if t.Size == 0 {
		return 11
	}
	return t.Size
}

func (p Picture) place(l *layout) error {
	w, h, err := p.fit(l.w)
	if err != nil {
		return err
	}
	l.room(h)
	if err := l.picture(p.JPEG, l.x, l.y, w, h); err != nil {
		return err
	}
	l.y += h + 6
	return nil
}

func (l *layout) picture(jpeg []byte, x, y, w, h float64) error {
	holder, err := gopdf.ImageHolderByBytes(jpeg)
	if err != nil {
		return err
	}
	return l.pdf.ImageByHolder(holder, x, y, &gopdf.Rect{W: w, H: h})
}
