package imaging

import (
	"image"
	"sort"
)

// Interleaved parts blocks of print where a cell of two lines stands beside
// cells of one line at half their height, as in tables without rules whose
// cells are centred: no row of pixels between the two lines is blank, and a
// recogniser takes all of it for one line. Of such a row each wrapped cell is a
// part, and what stands between two of them together. Other blocks stay whole.
func Interleaved(g *image.Gray, blocks []image.Rectangle, dpi int) []Part {
	var all [][2]int
	for _, b := range blocks {
		all = append(all, inkRuns(rowInk(g, b), 2)...)
	}
	em := lineHeight(all, dpi)
	var out []Part
	for _, b := range blocks {
		if em == 0 {
			out = append(out, Part{Rect: b})
			continue
		}
		out = append(out, interleaved(g, b, em)...)
	}
	return out
}

// Part is print that can be read by itself. A line that was cut from a block
// has others close above or below: to be read it needs a margin of its own. The
// lines of a heading's cell (数 above 量) are one text.
type Part struct {
	Rect  image.Rectangle
	Line  bool
	Lines []image.Rectangle // of a heading's cell, from top to bottom
}

func interleaved(g *image.Gray, block image.Rectangle, em int) []Part {
	strips := inkRuns(rowInk(g, block), 2)
	var out []Part
	top, found := block.Min.Y, false
	for k, s := range strips {
		cells, heading := wrappedCells(g, image.Rect(block.Min.X, block.Min.Y+s[0], block.Max.X, block.Min.Y+s[1]), em)
		if cells == nil {
			continue
		}
		found = true
		from, to := block.Min.Y+s[0], block.Min.Y+s[1]
		if k > 0 {
			from = block.Min.Y + (strips[k-1][1]+s[0])/2
		}
		if k+1 < len(strips) {
			to = block.Min.Y + (s[1]+strips[k+1][0])/2
		}
		if from > top && k > 0 {
			out = append(out, Part{Rect: image.Rect(block.Min.X, top, block.Max.X, from)})
		}
		for _, c := range cells {
			lines := linesOf(g, image.Rect(c[0], from, c[1], to), em)
			if heading && len(lines) > 1 {
				out = append(out, Part{Rect: image.Rect(c[0], from, c[1], to), Lines: lines})
				continue
			}
			for _, l := range lines {
				out = append(out, Part{Rect: l, Line: true})
			}
		}
		top = to
	}
	if !found {
		return []Part{{Rect: block}}
	}
	if len(strips) > 0 && top < block.Min.Y+strips[len(strips)-1][1] {
		out = append(out, Part{Rect: image.Rect(block.Min.X, top, block.Max.X, block.Max.Y)})
	}
	return out
}

// linesOf cuts a cell between its lines; small blocks of two lines are read worse
// than two of one.
func linesOf(g *image.Gray, cell image.Rectangle, em int) []image.Rectangle {
	var lines [][2]int
	for _, l := range inkRuns(rowInk(g, cell), max(1, em/12)) {
		if (l[1]-l[0])*100 >= em*55 { // the halves of 台 are lower
			lines = append(lines, l)
		}
	}
	if len(lines) < 2 {
		return []image.Rectangle{cell}
	}
	var out []image.Rectangle
	top := cell.Min.Y
	for k, l := range lines {
		bottom := cell.Max.Y
		if k+1 < len(lines) {
			bottom = cell.Min.Y + (l[1]+lines[k+1][0])/2
		}
		out = append(out, image.Rect(cell.Min.X, top, cell.Max.X, bottom))
		top = bottom
	}
	return out
}

// wrappedCells cuts a strip of print at its gutters where a cell of several lines
// stands beside others; nil where none does. Cells of one line that follow each
// other stay together. Where several are of one letter above another it is a heading.
func wrappedCells(g *image.Gray, strip image.Rectangle, em int) (parts [][2]int, heading bool) {
	if strip.Dy()*10 < em*15 || strip.Dy() > em*5 {
		return nil, false
	}
	type cell struct {
		x     [2]int
		lines int
	}
	var cells []cell
	wide, narrow, single := 0, 0, 0
	for _, c := range inkRuns(columnInk(g, strip), em*8/10) {
		r := image.Rect(strip.Min.X+c[0], strip.Min.Y, strip.Min.X+c[1], strip.Max.Y)
		lines := len(linesOf(g, r, em))
		switch {
		case lines < 2:
			single++
		case r.Dx()*10 < em*16:
			narrow++
		case r.Dx()*10 >= em*25:
			wide++
		}
		cells = append(cells, cell{[2]int{r.Min.X, r.Max.X}, lines})
	}
	if wide+narrow == 0 || wide == 0 && narrow < 2 || single == 0 || len(cells) < 3 {
		return nil, false
	}
	var out [][2]int
	joined := false
	for _, c := range cells {
		if c.lines < 2 && joined {
			out[len(out)-1][1] = c.x[1]
			continue
		}
		out, joined = append(out, c.x), c.lines < 2
	}
	// Each reaches to the middle of the gutters beside it.
	for k := range out {
		if k == 0 {
			out[k][0] = strip.Min.X
		}
		if k+1 < len(out) {
			middle := (out[k][1] + out[k+1][0]) / 2
			out[k][1], out[k+1][0] = middle, middle
		} else {
			out[k][1] = strip.Max.X
		}
	}
	return out, narrow > 1
}

// lineHeight is the middle height of strips that may be a line of print, 2 to
// 7 mm; 0 where there is none.
func lineHeight(strips [][2]int, dpi int) int {
	var all []int
	for _, s := range strips {
		if h := s[1] - s[0]; h >= mm(2, dpi) && h <= mm(7, dpi) {
			all = append(all, h)
		}
	}
	if len(all) == 0 {
		return 0
	}
	sort.Ints(all)
	return all[len(all)/2]
}

// rowInk counts the dark pixels of each row of a rectangle.
func rowInk(g *image.Gray, r image.Rectangle) []int {
	out := make([]int, r.Dy())
	for y := range out {
		row := g.Pix[(r.Min.Y+y-g.Rect.Min.Y)*g.Stride+r.Min.X-g.Rect.Min.X:][:r.Dx()]
		for _, v := range row {
			if v < 128 {
				out[y]++
			}
		}
	}
	return out
}

// columnInk counts the dark pixels of each column of a rectangle.
func columnInk(g *image.Gray, r image.Rectangle) []int {
	out := make([]int, r.Dx())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := g.Pix[(y-g.Rect.Min.Y)*g.Stride+r.Min.X-g.Rect.Min.X:][:r.Dx()]
		for x, v := range row {
			if v < 128 {
				out[x]++
			}
		}
	}
	return out
}

// inkRuns returns where counts are more than a speck, gaps shorter than gap closed.
func inkRuns(counts []int, gap int) [][2]int {
	var out [][2]int
	for k, n := range counts {
		if n < 2 {
			continue
		}
		if m := len(out); m > 0 && k-out[m-1][1] < gap {
			out[m-1][1] = k + 1
			continue
		}
		out = append(out, [2]int{k, k + 1})
	}
	return out
}

// Inked is the part of a rectangle that has print.
func Inked(g *image.Gray, r image.Rectangle) image.Rectangle {
	rows, columns := inkRuns(rowInk(g, r), r.Dy()), inkRuns(columnInk(g, r), r.Dx())
	if len(rows) == 0 || len(columns) == 0 {
		return image.Rectangle{}
	}
	return image.Rect(r.Min.X+columns[0][0], r.Min.Y+rows[0][0], r.Min.X+columns[0][1], r.Min.Y+rows[0][1])
}

// Plain are blocks that are read as they are.
func Plain(blocks []image.Rectangle) []Part {
	out := make([]Part, len(blocks))
	for i, b := range blocks {
		out[i].Rect = b
	}
	return out
}

// Strips are the lines of print of a rectangle, each as large as its ink; lines
// closer than gap pixels are one.
func Strips(g *image.Gray, r image.Rectangle, gap int) []image.Rectangle {
	var out []image.Rectangle
	if r = r.Intersect(g.Rect); r.Empty() {
		return out
	}
	for _, run := range inkRuns(rowInk(g, r), gap) {
		if ink := Inked(g, image.Rect(r.Min.X, r.Min.Y+run[0], r.Max.X, r.Min.Y+run[1])); !ink.Empty() {
			out = append(out, ink)
		}
	}
	return out
}
