package paper

import (
	"fmt"
	"io"

	"hequan/internal/typeface"
)

// Marked is a page of a paper with frames around passages and notes beside it.
type Marked struct {
	JPEG  []byte
	Title string
	Notes []Note
}

// Note is a remark on a page: its number stands at the frames and before the text.
type Note struct {
	Number int
	Text   string
	Color  [3]byte
	Boxes  [][4]float64 // left, top, right, bottom in fractions of the page
}

// The measures of a marked page in points: a page of A4 with a column beside it.
const (
	noteColumn = 200
	noteSize   = 8.5
)

// WriteMarked writes pages with their notes as PDF: every page in its own shape,
// as large as fits A4. What does not fit beside a page goes on beside an empty one.
func WriteMarked(w io.Writer, title string, pages []Marked) error {
	var blocks []Block
	for _, p := range pages {
		blocks = append(blocks, Text{Text: p.Title, Style: typeface.HeiBold}, Text{Text: "0123456789续", Style: typeface.HeiBold})
		for _, n := range p.Notes {
			blocks = append(blocks, Text{Text: n.Text, Style: typeface.Hei})
		}
	}
	l, err := newLayout(title, pageWidth+noteColumn, pageHeight, runesOf(blocks))
	if err != nil {
		return err
	}
	for i := range pages {
		if err := l.marked(&pages[i]); err != nil {
			return fmt.Errorf("%s: %w", pages[i].Title, err)
		}
	}
	_, err = l.pdf.WriteTo(w)
	return err
}

func (l *layout) marked(p *Marked) error {
	const top = 26.0
	l.turn()
	w, h, err := (Picture{JPEG: p.JPEG, Width: pageWidth - 12, Height: pageHeight - top - 8}).fit(pageWidth - 12)
	if err != nil {
		return err
	}
	if err := l.line(p.Title, typeface.HeiBold, 9, 10, 8, [3]byte{60, 60, 60}); err != nil {
		return err
	}
	if err := l.picture(p.JPEG, 6, top, w, h); err != nil {
		return err
	}
	l.pdf.SetLineWidth(1.2)
	for _, n := range p.Notes {
		l.pdf.SetStrokeColor(n.Color[0], n.Color[1], n.Color[2])
		for _, b := range n.Boxes {
			x, y := 6+b[0]*w, top+b[1]*h
			l.pdf.RectFromUpperLeft(x-1.5, y-1.5, (b[2]-b[0])*w+3, (b[3]-b[1])*h+3)
			if err := l.badge(n, x-1.5, y-1.5); err != nil {
				return err
			}
		}
	}
	return l.notes(p, top)
}

// badge writes a note's number on its colour, left of x.
func (l *layout) badge(n Note, x, y float64) error {
	text := fmt.Sprint(n.Number)
	w := l.width(text, typeface.HeiBold, 7) + 4
	l.pdf.SetFillColor(n.Color[0], n.Color[1], n.Color[2])
	l.pdf.RectFromUpperLeftWithStyle(max(0, x-w), y, w, 10, "F")
	return l.line(text, typeface.HeiBold, 7, max(0, x-w)+2, y+1, [3]byte{255, 255, 255})
}

// notes writes the column beside the page.
func (l *layout) notes(p *Marked, top float64) error {
	const x, width = pageWidth + 18, noteColumn - 28
	y := top
	for _, n := range p.Notes {
		lines := l.wrap(Text{Text: n.Text, Style: typeface.Hei, Size: noteSize}, width)
		if y+min(3, float64(len(lines)))*noteSize*1.45 > pageHeight-20 {
			l.turn()
			y = top
			if err := l.line(p.Title+" 续", typeface.HeiBold, 9, 10, 8, [3]byte{60, 60, 60}); err != nil {
				return err
			}
		}
		if err := l.badge(n, x-4, y+1); err != nil {
			return err
		}
		for _, line := range lines {
			if y > pageHeight-20 {
				break // a remark as long as a page
			}
			if err := l.line(line.text, typeface.Hei, noteSize, x, y, [3]byte{30, 30, 30}); err != nil {
				return err
			}
			y += noteSize * 1.45
		}
		y += 6
	}
	return nil
}
