package imaging

import "image"

// LineCrop returns what of a text plane a recogniser of single lines is given:
// the ink inside of rough, a rectangle about as large as the line, with a
// margin of a quarter of the line's height above and below and of the given
// shares of it beside. em is the size of the print in pixels; print of little
// height (a dash, 一) gets the room of a full line. Empty where there is no ink.
func LineCrop(g *image.Gray, rough image.Rectangle, em int, above, beside float64) image.Rectangle {
	ink := inkBox(g, rough)
	if ink.Empty() {
		return ink
	}
	if least := em * 7 / 10; ink.Dy() < least {
		grow := least - ink.Dy()
		ink.Min.Y -= grow / 2
		ink.Max.Y += grow - grow/2
	}
	v, h := int(above*float64(ink.Dy())+0.5), int(beside*float64(ink.Dy())+0.5)
	return image.Rect(ink.Min.X-h, ink.Min.Y-v, ink.Max.X+h, ink.Max.Y+v).Intersect(g.Rect)
}

// inkBox returns the box of the dark pixels inside of r; rows and columns with
// a single dark pixel are dirt.
func inkBox(g *image.Gray, r image.Rectangle) image.Rectangle {
	r = r.Intersect(g.Rect)
	if r.Empty() {
		return image.Rectangle{}
	}
	rows, cols := make([]int, r.Dy()), make([]int, r.Dx())
	for y := range rows {
		at := (r.Min.Y+y-g.Rect.Min.Y)*g.Stride + r.Min.X - g.Rect.Min.X
		for x, v := range g.Pix[at : at+r.Dx()] {
			if v < 150 {
				rows[y]++
				cols[x]++
			}
		}
	}
	y0, y1 := ends(rows)
	x0, x1 := ends(cols)
	if y0 >= y1 || x0 >= x1 {
		return image.Rectangle{}
	}
	return image.Rect(r.Min.X+x0, r.Min.Y+y0, r.Min.X+x1, r.Min.Y+y1)
}

// ends returns where the counts above one begin and end.
func ends(counts []int) (from, to int) {
	from, to = 0, len(counts)
	for from < to && counts[from] < 2 {
		from++
	}
	for to > from && counts[to-1] < 2 {
		to--
	}
	return from, to
}
