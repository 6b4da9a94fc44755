package paper

import "hequan/internal/typeface"

// padding stands between the lines of a table and what is in its cells, in points.
const padding = 4.0

// piece is what a page break cannot divide: a line of text or a picture.
type piece struct {
	height float64
	line   *wrapped
	text   Text
	jpeg   []byte
	width  float64 // of the picture
}

func (t Table) place(l *layout) error {
	total := 0.0
	for _, w := range t.Widths {
		total += w
	}
	widths := make([]float64, len(t.Widths))
	for i, w := range t.Widths {
		widths[i] = l.w * w / total
	}
	var head [][]piece
	for i, text := range t.Head {
		cell, err := l.pieces(Cell{Text{Text: text, Style: typeface.HeiBold, Size: 9.5, Align: Center}}, widths[i]-2*padding)
		if err != nil {
			return err
		}
		head = append(head, cell)
	}
	l.room(80)
	if err := l.row(widths, head, nil); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([][]piece, len(widths))
		for i := range row {
			var err error
			if cells[i], err = l.pieces(row[i], widths[i]-2*padding); err != nil {
				return err
			}
		}
		if err := l.row(widths, cells, head); err != nil {
			return err
		}
	}
	l.y += 8
	return nil
}

// pieces breaks what is in a cell into what is placed as a whole.
func (l *layout) pieces(cell Cell, width float64) ([]piece, error) {
	var out []piece
	for _, b := range cell {
		switch b := b.(type) {
		case Text:
			for _, line := range l.wrap(b, width) {
				out = append(out, piece{height: b.size() * 1.45, line: &line, text: b})
			}
		case Picture:
			w, h, err := b.fit(width)
			if err != nil {
				return nil, err
			}
			out = append(out, piece{height: h + 4, jpeg: b.JPEG, width: w})
		}
	}
	return out, nil
}

func height(pieces []piece) float64 {
	h := 0.0
	for _, p := range pieces {
		h += p.height
	}
	return h
}

// row writes a row, on several pages where one does not hold it.
func (l *layout) row(widths []float64, cells [][]piece, head [][]piece) error {
	tallest := 0.0
	for _, c := range cells {
		tallest = max(tallest, height(c))
	}
	if tallest+2*padding < (pageHeight-marginTop-marginFoot)/2 {
		if l.y+tallest+2*padding > pageHeight-marginFoot {
			if err := l.next(widths, head); err != nil {
				return err
			}
		}
	}
	for {
		left := pageHeight - marginFoot - l.y - 2*padding
		used, more, moved := 0.0, false, false
		rest := make([][]piece, len(cells))
		x := l.x
		for i, c := range cells {
			y := 0.0
			for len(c) > 0 && y+c[0].height <= left {
				if err := l.piece(c[0], x+padding, l.y+padding+y, widths[i]-2*padding); err != nil {
					return err
				}
				y += c[0].height
				c = c[1:]
				moved = true
			}
			used = max(used, y)
			rest[i] = c
			more = more || len(c) > 0
			x += widths[i]
		}
		if moved || !more {
			l.grid(widths, used+2*padding)
			l.y += used + 2*padding
		}
		if !more {
			return nil
		}
		cells = rest
		if err := l.next(widths, head); err != nil {
			return err
		}
	}
}

// next turns the page and repeats the head of the table.
func (l *layout) next(widths []float64, head [][]piece) error {
	l.turn()
	if head == nil {
		return nil
	}
	return l.row(widths, head, nil)
}

func (l *layout) piece(p piece, x, y, width float64) error {
	if p.line == nil {
		return l.picture(p.jpeg, x, y+2, p.width, p.height-4)
	}
	size := p.text.size()
	x += p.line.indent
	if p.text.Align == Center {
		x += (width - l.width(p.line.text, p.text.Style, size)) / 2
	}
	return l.line(p.line.text, p.text.Style, size, x, y+size*0.2, p.text.Color)
}

// grid draws the lines around the cells of a row.
func (l *layout) grid(widths []float64, h float64) {
	l.pdf.SetLineWidth(0.5)
	l.pdf.SetStrokeColor(90, 90, 90)
	x := l.x
	for _, w := range widths {
		l.pdf.RectFromUpperLeft(x, l.y, w, h)
		x += w
	}
}
