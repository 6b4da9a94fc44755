package raster

import (
	"sort"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"hequan"
)

// glyph is one character of a text layer, in fractions of the upright page.
type glyph struct {
	text string
	box  hequan.Box
	red  bool // printed in red or brown
}

// textLines reads the text layer of a page.
func (f *pdfFile) textLines(ref requests.Page, page *Page) ([]hequan.Line, error) {
	in := f.pdfium.instance
	text, err := in.GetPageTextStructured(&requests.GetPageTextStructured{Page: ref, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	if len(text.Chars) == 0 {
		return nil, nil
	}
	var red []bool
	if opened, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref}); err == nil {
		f.placeStrays(opened.TextPage, text.Chars)
		red = f.redLetters(opened.TextPage, text.Chars)
		_, _ = in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: opened.TextPage})
	}
	toPage, err := f.deviceMap(ref)
	if err != nil {
		return nil, err
	}
	lines := glyphLines(placeGlyphs(text.Chars, red, toPage, page), page.WidthMM, page.HeightMM)
	stamped, stamps := stampedWords(text.Chars, toPage)
	page.Stamps = stamps
	return append(lines, stamped...), nil
}

// placeGlyphs turns characters into glyphs on the upright page. Strays that are
// left are put where the flow of their line has room for them.
func placeGlyphs(chars []*responses.GetPageTextStructuredChar, red []bool, toPage func(x, y float64) (float64, float64), page *Page) []glyph {
	var glyphs []glyph
	var run []glyph // of one line, in the order of the text
	flush := func() {
		glyphs = append(glyphs, mendRun(run, page.WidthMM/page.HeightMM)...)
		run = run[:0]
	}
	ring := ringLetters(chars, red)
	for i, c := range chars {
		p := c.PointPosition
		if c.Text == "\r" || c.Text == "\n" {
			flush()
			continue
		}
		if p.Right <= p.Left || p.Top == p.Bottom || strings.TrimFunc(c.Text, unicode.IsSpace) == "" || ring[i] {
			continue
		}
		x0, y0 := toPage(p.Left, p.Top)
		x1, y1 := toPage(p.Right, p.Bottom)
		if c.Text == "\x02" || c.Text == "\ufffe" { // a hyphen at the end of a line
			c.Text = "-"
		}
		run = append(run, glyph{c.Text, hequan.Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}, i < len(red) && red[i]})
	}
	flush()
	return glyphs
}

// mendRun moves glyphs that lie off the page, or are far larger than the rest
// of their run, to their place in it; ratio is the page's width over its height.
func mendRun(run []glyph, ratio float64) []glyph {
	size := func(b hequan.Box) float64 { return max(b.Width(), b.Height()/ratio) } // in widths of the page
	var sizes []float64
	for _, g := range run {
		if b := g.box; b[0] > -0.02 && b[1] > -0.02 && b[2] < 1.02 && b[3] < 1.02 {
			sizes = append(sizes, size(b))
		}
	}
	if len(sizes) == 0 {
		return nil
	}
	sort.Float64s(sizes)
	usual := sizes[len(sizes)/2]
	out := append([]glyph(nil), run...)
	good := make([]bool, len(run))
	for i, g := range run {
		b := g.box
		good[i] = b[0] > -0.02 && b[1] > -0.02 && b[2] < 1.02 && b[3] < 1.02 && size(b) < 2.2*usual
	}
	for i := range out {
		if good[i] {
			continue
		}
		before, after := -1, -1
		for k := i - 1; k >= 0; k-- {
			if good[k] || k < i {
				before = k // those before i are mended by now
				break
			}
		}
		for k := i + 1; k < len(out); k++ {
			if good[k] {
				after = k
				break
			}
		}
		em := usual * 1.06
		switch {
		case before >= 0:
			b := out[before].box
			out[i].box = hequan.Box{b[2] + 0.06*em, b[1], b[2] + 0.94*em, b[3]}
			if after >= 0 && out[after].box[0] > b[2] && out[after].box[0]-b[2] < em*float64(after-i+2) {
				step := (out[after].box[0] - b[2]) / float64(after-i)
				out[i].box[0], out[i].box[2] = b[2]+0.06*step, b[2]+0.94*step
			}
		case after >= 0:
			b := out[after].box
			left := b[0] - em*float64(after-i)
			out[i].box = hequan.Box{left + 0.04*em, b[1], left + 0.96*em, b[3]}
		}
	}
	kept := out[:0]
	for i, g := range out {
		if good[i] || size(g.box) < 2.2*usual {
			kept = append(kept, g)
		}
	}
	return kept
}

// deviceMap returns the map from page space (points, origin at the bottom
// left, before /Rotate and CropBox) to fractions of the upright page. It is
// affine, so three points tell it.
func (f *pdfFile) deviceMap(ref requests.Page) (func(x, y float64) (float64, float64), error) {
	const unit, device = 1000.0, 100_000
	at := func(x, y float64) (float64, float64, error) {
		r, err := f.pdfium.instance.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: ref, SizeX: device, SizeY: device, PageX: x, PageY: y})
		if err != nil {
			return 0, 0, err
		}
		return float64(r.DeviceX) / device, float64(r.DeviceY) / device, nil
	}
	ox, oy, err := at(0, 0)
	if err != nil {
		return nil, err
	}
	ax, ay, err := at(unit, 0)
	if err != nil {
		return nil, err
	}
	bx, by, err := at(0, unit)
	if err != nil {
		return nil, err
	}
	return func(x, y float64) (float64, float64) {
		return ox + (ax-ox)*x/unit + (bx-ox)*y/unit, oy + (ay-oy)*x/unit + (by-oy)*y/unit
	}, nil
}

// glyphRow is glyphs of one height.
type glyphRow struct {
	glyphs []glyph
	box    hequan.Box // of all of them
	band   hequan.Box // as tall as its letters: stray print must not widen a line
	tall   float64    // height of its tallest letter
}

// glyphLines sorts glyphs into lines of words. Letters whose heights overlap
// stand on one line; marks, which are small, join the line they stand in. A gap
// of more than a third of the height parts words; of digits, whose ink may be
// narrow (1), that of their middles counts.
func glyphLines(glyphs []glyph, widthMM, heightMM float64) []hequan.Line {
	var heights []float64
	for _, g := range glyphs {
		heights = append(heights, g.box.Height())
	}
	if len(heights) == 0 {
		return nil
	}
	sort.Float64s(heights)
	small := 0.5 * heights[len(heights)/2]
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].box.CenterY() < glyphs[j].box.CenterY() })
	var rows []*glyphRow
	var marks []glyph
	for _, g := range glyphs {
		if g.box.Height() < small {
			marks = append(marks, g)
			continue
		}
		var home *glyphRow
		for i := len(rows) - 1; i >= 0 && i >= len(rows)-12; i-- {
			r := rows[i]
			over := min(r.band[3], g.box[3]) - max(r.band[1], g.box[1])
			if over > 0.55*min(r.band.Height(), g.box.Height()) && g.box.Height() < 2.2*r.band.Height() {
				home = r
				break
			}
		}
		if home == nil {
			home = &glyphRow{box: g.box, band: g.box, tall: g.box.Height()}
			rows = append(rows, home)
		}
		home.glyphs = append(home.glyphs, g)
		home.box = home.box.Union(g.box)
		home.tall = max(home.tall, g.box.Height())
		if wide := home.band.Union(g.box); wide.Height() < 1.35*home.tall {
			home.band = wide
		}
	}
	for _, g := range marks {
		rows = joinMark(rows, g)
	}
	var lines []hequan.Line
	for _, r := range rows {
		lines = append(lines, wordsOf(r.glyphs, widthMM, heightMM))
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].Box[1] < lines[j].Box[1] })
	return lines
}

// joinMark puts a mark into the line in whose height it stands and whose
// letters of its colour are nearest to it: 一 is no higher than a mark.
func joinMark(rows []*glyphRow, g glyph) []*glyphRow {
	var home *glyphRow
	nearest := 0.05 // of the page's width
	for _, r := range rows {
		slack := 0.25 * r.box.Height()
		if y := g.box.CenterY(); y < r.box[1]-slack || y > r.box[3]+slack {
			continue
		}
		for _, o := range r.glyphs {
			if o.red != g.red {
				continue // a seal's letter beside it
			}
			distance := max(0, g.box[0]-o.box[2], o.box[0]-g.box[2])
			if distance < nearest {
				home, nearest = r, distance
			}
		}
	}
	if home == nil {
		return append(rows, &glyphRow{glyphs: []glyph{g}, box: g.box, band: g.box})
	}
	home.glyphs = append(home.glyphs, g)
	return rows
}

func isPoint(s string) bool { return s == "." || s == "," }
func isDigit(s string) bool { return len(s) == 1 && s[0] >= '0' && s[0] <= '9' }

// wordsOf makes words of a line: those of stamped and other letters apart.
func wordsOf(glyphs []glyph, widthMM, heightMM float64) hequan.Line {
	var red, others []glyph
	for _, g := range glyphs {
		if g.red {
			red = append(red, g)
		} else {
			others = append(others, g)
		}
	}
	line := wordsOfOne(others, widthMM, heightMM)
	if len(red) > 0 {
		stamped := wordsOfOne(red, widthMM, heightMM)
		line.Words = append(line.Words, stamped.Words...)
		line.Box = line.Box.Union(stamped.Box)
		sort.SliceStable(line.Words, func(i, j int) bool { return line.Words[i].Box[0] < line.Words[j].Box[0] })
	}
	return line
}

// wordsOfOne makes words of glyphs of one colour.
func wordsOfOne(glyphs []glyph, widthMM, heightMM float64) hequan.Line {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].box[0] < glyphs[j].box[0] })
	var line hequan.Line
	for i, g := range glyphs {
		if i > 0 {
			before := glyphs[i-1].box
			gap := (g.box[0] - before[2]) * widthMM
			size := max(g.box.Height(), before.Height()) * heightMM
			overlap := before[2] - g.box[0]
			if g.text == glyphs[i-1].text && overlap > 0.8*g.box.Width() {
				continue // bold by printing twice
			}
			limit := 0.35
			if isPoint(g.text) && isDigit(glyphs[i-1].text) || isPoint(glyphs[i-1].text) && isDigit(g.text) {
				limit = 0.8 // fonts of one width leave much room around a point
			}
			if gap < limit*size || isDigit(g.text) && isDigit(glyphs[i-1].text) && (g.box.CenterX()-before.CenterX())*widthMM < 0.95*size {
				w := &line.Words[len(line.Words)-1]
				w.Text += g.text
				w.Box = w.Box.Union(g.box)
				line.Box = line.Box.Union(g.box)
				continue
			}
		}
		line.Words = append(line.Words, hequan.Word{Text: g.text, Box: g.box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofTextLayer}})
		line.Box = line.Box.Union(g.box)
	}
	return line
}
