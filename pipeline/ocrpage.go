package pipeline

import (
	"image"
	"sort"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// prepared is a page made ready for recognition: levelled, without seals and
// rule lines.
type prepared struct {
	text  *image.Gray
	ruled *image.Gray // text with its rules
	turn  imaging.Turn
	grids []imaging.Grid
	lying float64 // how much more its lines, or its rules with them, stand out across the page than down it
	dpi   int

	plain          bool           // no headings of stacked lines are sought
	rules, upright []imaging.Rule // erased from text
}

// prepare follows the order that was measured: text plane, level, rule lines
// and grid, erase.
func prepare(img *image.NRGBA, dpi int, color bool) prepared {
	plane := imaging.Flatten(imaging.MaxChannel(img), dpi, usualClip)
	imaging.Blank(plane, imaging.Holes(plane, dpi))
	turn := imaging.Turn{Degrees: imaging.Skew(plane), W: plane.Rect.Dx(), H: plane.Rect.Dy()}
	level := turn.Level(plane)
	rules, upright := imaging.Rules(level, dpi, 165)
	grids := imaging.Grids(rules, upright, dpi)
	if color { // coloured rules fade from the text plane
		luma := turn.Level(imaging.Flatten(imaging.Positive(img, imaging.Luma(img)), dpi, 0.9))
		l, u := imaging.Rules(luma, dpi, 190)
		if more := imaging.Grids(l, u, dpi); cells(more) > cells(grids) {
			rules, upright, grids = l, u, more
		}
	}
	ruled := imaging.Copy(level)
	imaging.Erase(level, rules, dpi)
	imaging.Erase(level, upright, dpi)
	return prepared{text: level, ruled: ruled, turn: turn, grids: grids, lying: max(imaging.Lying(plane), imaging.Lying(level)), dpi: dpi, rules: rules, upright: upright}
}

func cells(grids []imaging.Grid) int {
	n := 0
	for _, g := range grids {
		n += len(g.Cells)
	}
	return n
}

// recognise reads a prepared page: each cell of a ruled table by itself, the
// rest in bands, then numbers and codes a second time.
func recognise(engine ocr.Engine, p prepared) ([]hequan.Line, []hequan.Grid, error) {
	if err := engine.SetPicture(p.text); err != nil {
		return nil, nil, err
	}
	var lines []hequan.Line
	var grids []hequan.Grid
	read := func(r image.Rectangle, line bool) ([]hequan.Line, error) {
		if !hasInk(p.text, r, p.dpi) {
			return nil, nil
		}
		if lines, ok, err := readShort(engine, p, r); ok || err != nil {
			return lines, err
		}
		first := engine.Recognize
		if line {
			first = func(r image.Rectangle, o ocr.Options) ([]ocr.Symbol, error) { return readApart(engine, p, r, o) }
		}
		symbols, err := first(r, ocr.Options{Lang: "chi_sim", Mode: ocr.Block, DPI: p.dpi})
		if err == nil && len(symbols) == 0 && r.Dy() < p.dpi/2 {
			// A word or two alone in a cell is now and then no block to Tesseract.
			symbols, err = engine.Recognize(r, ocr.Options{Lang: "chi_sim", Mode: ocr.Line, DPI: p.dpi})
			if err == nil && len(symbols) == 0 {
				symbols, err = readRaw(engine, p, r)
			}
		}
		if err != nil {
			return nil, err
		}
		return readLetters(engine, p, symbols, r)
	}
	readBlocks := func(region image.Rectangle) (lines []hequan.Line, err error) {
		cut := imaging.Blocks(p.text, region, p.dpi)
		blocks := imaging.Plain(cut)
		if !p.plain {
			blocks = imaging.Interleaved(p.text, cut, p.dpi)
		}
		for _, block := range blocks {
			if len(block.Lines) > 0 {
				line, err := readStacked(engine, p, block.Lines)
				if err != nil {
					return nil, err
				}
				if len(line.Words) > 0 {
					lines = append(lines, line)
				}
				continue
			}
			found, err := read(block.Rect, block.Line)
			if err != nil {
				return nil, err
			}
			lines = append(lines, found...)
		}
		return lines, nil
	}
	for _, band := range bands(p.text.Rect, p.grids) {
		found, err := readBlocks(band)
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, found...)
	}
	inset := max(1, p.dpi*4/254)
	var soft *image.Gray
	for _, g := range p.grids {
		grid := hequan.Grid{Box: fractions(g.Rect, p.turn), Rows: g.Rows, Cols: g.Cols}
		tall := printHeight(p.text, g, inset)
		for _, c := range g.Cells {
			found, err := readNumberCell(engine, p, c.Rect.Inset(inset), tall)
			switch {
			case err != nil || found != nil:
			case len(g.Cells) == 1: // a frame, and no table
				found, err = readBlocks(c.Rect.Inset(inset))
			default:
				found, err = read(c.Rect.Inset(inset), false)
			}
			if err == nil && len(found) == 0 && len(g.Cells) > 1 && c.RowSpan <= 1 && c.ColSpan <= 1 {
				if soft == nil {
					soft = softInk(p.text)
				}
				found, err = readPaleCell(engine, p, soft, c.Rect.Inset(inset), tall)
			}
			if err != nil {
				return nil, nil, err
			}
			lines = append(lines, found...)
			grid.Cells = append(grid.Cells, hequan.GridCell{Row: c.Row, Col: c.Col, RowSpan: c.RowSpan, ColSpan: c.ColSpan,
				Box: fractions(c.Rect, p.turn), Lines: found})
		}
		grids = append(grids, grid)
	}
	lines = withoutEchoes(lines)
	sortLines(lines)
	return lines, grids, nil
}

// readLetters makes lines of what was recognised, values read again.
func readLetters(engine ocr.Engine, p prepared, symbols []ocr.Symbol, within image.Rectangle) ([]hequan.Line, error) {
	var out []hequan.Line
	for _, line := range letterLines(symbols) {
		line, err := readNumbers(engine, p, line, within)
		if err != nil {
			return nil, err
		}
		pieces := cutPieces(line)
		if err := readTwice(engine, p, pieces, within); err != nil {
			return nil, err
		}
		out = append(out, toLine(pieces, p.turn))
	}
	return out, nil
}

// readApart reads a rectangle as if nothing stood around it: with a white margin.
func readApart(engine ocr.Engine, p prepared, r image.Rectangle, o ocr.Options) ([]ocr.Symbol, error) {
	r = r.Intersect(p.text.Rect)
	pad := p.dpi / 12
	apart := image.NewGray(image.Rect(0, 0, r.Dx()+2*pad, r.Dy()+2*pad))
	for i := range apart.Pix {
		apart.Pix[i] = 255
	}
	for y := range r.Dy() {
		copy(apart.Pix[(y+pad)*apart.Stride+pad:][:r.Dx()], p.text.Pix[(r.Min.Y+y-p.text.Rect.Min.Y)*p.text.Stride+r.Min.X-p.text.Rect.Min.X:])
	}
	if err := engine.SetPicture(apart); err != nil {
		return nil, err
	}
	symbols, err := engine.Recognize(apart.Rect, o)
	for i := range symbols {
		symbols[i].Rect = symbols[i].Rect.Add(r.Min.Sub(image.Pt(pad, pad)))
	}
	if again := engine.SetPicture(p.text); err == nil {
		err = again
	}
	return symbols, err
}

// readStacked reads the lines of a heading's cell as one word.
func readStacked(engine ocr.Engine, p prepared, lines []image.Rectangle) (hequan.Line, error) {
	whole := piece{}
	for _, r := range lines {
		symbols, err := readApart(engine, p, r, ocr.Options{Lang: "chi_sim", Mode: ocr.Line, DPI: p.dpi})
		if err != nil {
			return hequan.Line{}, err
		}
		for _, line := range letterLines(symbols) {
			for _, s := range line {
				whole.text += s.Text
				whole.rect = whole.rect.Union(s.Rect.Intersect(imaging.Inked(p.text, r)))
				whole.confidence += s.Confidence
				whole.symbols++
			}
		}
	}
	if whole.symbols == 0 {
		return hequan.Line{}, nil
	}
	whole.confidence /= float64(whole.symbols)
	return toLine([]piece{whole}, p.turn), nil
}

// bands returns what of the page lies outside of tables: full-width bands
// above, between and below, and the margins beside a table.
func bands(page image.Rectangle, grids []imaging.Grid) []image.Rectangle {
	var out []image.Rectangle
	add := func(r image.Rectangle) {
		if r.Dx() > 12 && r.Dy() > 12 {
			out = append(out, r)
		}
	}
	y := page.Min.Y
	for _, g := range grids {
		if g.Rect.Min.Y > y {
			add(image.Rect(page.Min.X, y, page.Max.X, g.Rect.Min.Y))
		}
		top := max(y, g.Rect.Min.Y)
		if g.Rect.Max.Y > top {
			add(image.Rect(page.Min.X, top, g.Rect.Min.X-2, g.Rect.Max.Y))
			add(image.Rect(g.Rect.Max.X+2, top, page.Max.X, g.Rect.Max.Y))
			y = g.Rect.Max.Y
		}
	}
	add(image.Rect(page.Min.X, y, page.Max.X, page.Max.Y))
	return out
}

// hasInk says whether something the size of a letter stands in the rectangle.
func hasInk(g *image.Gray, r image.Rectangle, dpi int) bool {
	r = r.Intersect(g.Rect)
	least := dpi * dpi / 2000 // pixels; a comma at 200 dpi has about 20
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()]
		for x := r.Min.X; x < r.Max.X; x++ {
			if row[x] < 128 {
				if n++; n > least {
					return true
				}
			}
		}
	}
	return false
}

// sortLines puts lines into reading order: from top to bottom, those of one
// height from left to right.
func sortLines(lines []hequan.Line) {
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].Box.CenterY() < lines[j].Box.CenterY() })
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && lines[j].Box.CenterY()-lines[i].Box.CenterY() < 0.5*min(lines[i].Box.Height(), lines[j].Box.Height()) {
			j++
		}
		row := lines[i:j]
		sort.SliceStable(row, func(a, b int) bool { return row[a].Box[0] < row[b].Box[0] })
		i = j
	}
}
