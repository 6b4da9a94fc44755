package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// sheetOf makes a colour picture of a grey one: what is neither black nor white has the colour.
func sheetOf(g *image.Gray, ground color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(g.Rect)
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			v := g.GrayAt(x, y).Y
			c := color.NRGBA{v, v, v, 255}
			if v == 128 {
				c = ground
			}
			out.SetNRGBA(x, y, c)
		}
	}
	return out
}

// TestLightPrintOnDarkGround: the headings of a table, white on a dark band, come dark on
// white into the text plane, level or sloping; the table's own print stays as it is.
func TestLightPrintOnDarkGround(t *testing.T) {
	band := image.Rect(mm(20, dpi), mm(40, dpi), mm(150, dpi), mm(48, dpi))
	words := band.Inset(mm(2, dpi))
	body := image.Rect(band.Min.X, mm(55, dpi), band.Max.X, mm(80, dpi))
	draws := func(ground, print uint8) *image.Gray {
		g := paper(170, 120)
		fill(g, band.Min.X, band.Min.Y, band.Max.X, band.Max.Y, ground)
		letters(g, words, print)
		letters(g, body, 0)
		return g
	}
	want := Flatten(MaxChannel(sheetOf(draws(255, 0), color.NRGBA{})), dpi, 0.84)
	for name, ground := range map[string]color.NRGBA{"blue": {43, 70, 115, 255}, "orange": {237, 125, 49, 255}, "black": {0, 0, 0, 255}, "green": {80, 140, 60, 255}} {
		for _, ruled := range []bool{false, true} {
			g := draws(128, 255)
			if ruled && name != "black" {
				for _, x := range []int{band.Min.X, band.Min.X + mm(64, dpi), band.Max.X - 3} {
					fill(g, x, band.Min.Y, x+3, band.Max.Y, 0)
				}
			}
			got := Flatten(MaxChannel(sheetOf(g, ground)), dpi, 0.84)
			for of, r := range map[string]image.Rectangle{"heading": words, "body": body} {
				have, should := inkIn(got, r), inkIn(want, r)
				if ruled && of == "heading" && name != "black" {
					have -= 3 * words.Dy()
				}
				if have*100 < should*85 || have*100 > should*115 {
					t.Errorf("%s, ruled %v: the %s has %d dark pixels, want some %d", name, ruled, of, have, should)
				}
			}
		}
	}
	sloping := turned(draws(64, 255), 1.2)
	level := Turn{Degrees: 1.2, W: sloping.Rect.Dx(), H: sloping.Rect.Dy()}.Level(Flatten(MaxChannel(sheetOf(sloping, color.NRGBA{})), dpi, 0.84))
	if have, should := inkIn(level, band), inkIn(want, band); have*100 < should*70 || have*100 > should*130 {
		t.Errorf("sloping: %d dark pixels, want some %d", have, should)
	}
}

// TestDarkGroundsThatStay: what bears no lighter print, stands at the edge of a page or is a seal
// with light characters is no heading.
func TestDarkGroundsThatStay(t *testing.T) {
	bar := image.Rect(mm(20, dpi), mm(40, dpi), mm(150, dpi), mm(48, dpi))
	band := func(ground image.Rectangle, grey, print byte) func() *image.NRGBA {
		return func() *image.NRGBA {
			g := paper(170, 120)
			fill(g, ground.Min.X, ground.Min.Y, ground.Max.X, ground.Max.Y, grey)
			letters(g, bar.Inset(mm(2, dpi)), print)
			return sheetOf(g, color.NRGBA{})
		}
	}
	for name, make := range map[string]func() *image.NRGBA{
		"a bar": func() *image.NRGBA {
			g := paper(170, 120)
			fill(g, bar.Min.X, bar.Min.Y, bar.Max.X, bar.Max.Y, 40)
			return sheetOf(g, color.NRGBA{})
		},
		"black print on grey":                  band(bar, 140, 0),
		"a band that runs off the page":        band(image.Rect(0, bar.Min.Y, bar.Max.X, bar.Max.Y), 40, 255),
		"print hardly lighter than its ground": band(bar, 100, 150),
		"dark print with light specks": func() *image.NRGBA {
			g := paper(170, 120)
			fill(g, bar.Min.X, bar.Min.Y, bar.Max.X, bar.Max.Y, 120)
			words := bar.Inset(mm(2, dpi))
			letters(g, words, 0)
			letters(g, image.Rect(words.Min.X, words.Min.Y, words.Min.X+words.Dx()/4, words.Max.Y), 255)
			return sheetOf(g, color.NRGBA{})
		},
		"a heavy title": func() *image.NRGBA {
			g := paper(210, 297)
			for y := bar.Min.Y; y < bar.Max.Y; y += mm(1.3, dpi) {
				fill(g, bar.Min.X, y, bar.Max.X, y+mm(0.7, dpi), 0)
			}
			for x := bar.Min.X; x < bar.Max.X; x += mm(2.6, dpi) {
				fill(g, x, bar.Min.Y, x+mm(0.7, dpi), bar.Max.Y, 0)
			}
			return sheetOf(g, color.NRGBA{})
		},
		"the lid beside a page": func() *image.NRGBA {
			g := paper(170, 120)
			fill(g, 0, 0, mm(12, dpi), g.Rect.Max.Y, 30)
			letters(g, image.Rect(4, 4, mm(10, dpi), mm(60, dpi)), 255)
			return sheetOf(g, color.NRGBA{})
		},
		"a seal": func() *image.NRGBA {
			g := paper(170, 120)
			square := image.Rect(mm(60, dpi), mm(60, dpi), mm(80, dpi), mm(80, dpi))
			fill(g, square.Min.X, square.Min.Y, square.Max.X, square.Max.Y, 128)
			letters(g, square.Inset(mm(3, dpi)), 255)
			return sheetOf(g, color.NRGBA{200, 40, 40, 255})
		},
	} {
		img := make()
		plane := Luma(img)
		before := image.NewGray(plane.Rect)
		draw.Draw(before, before.Rect, plane, image.Point{}, draw.Src)
		Positive(img, plane)
		for i := range plane.Pix {
			if plane.Pix[i] != before.Pix[i] {
				t.Errorf("%s was turned", name)
				break
			}
		}
	}
}

// TestRulesBelowADarkGround: the rules of a table below its dark heading are no part of the ground.
func TestRulesBelowADarkGround(t *testing.T) {
	g := paper(170, 120)
	left, right, top := mm(20, dpi), mm(150, dpi), mm(40, dpi)
	fill(g, left, top, right, top+mm(8, dpi), 70)
	letters(g, image.Rect(left+mm(2, dpi), top+mm(2, dpi), right-mm(60, dpi), top+mm(6, dpi)), 255)
	for x := left; x <= right; x += (right - left) / 5 {
		fill(g, x, top, x+4, top+mm(24, dpi), 30)
	}
	for y := top + mm(8, dpi); y <= top+mm(24, dpi); y += mm(8, dpi) {
		fill(g, left, y, right+4, y+4, 30)
	}
	img := sheetOf(g, color.NRGBA{})
	level, upright := ExactRules(Positive(img, Luma(img)), dpi, 190)
	if grids := Grids(level, upright, dpi); len(grids) != 1 || grids[0].Rows != 3 || len(grids[0].Cells) != 15 {
		t.Errorf("%d grids: %+v", len(grids), grids)
	}
}

// TestRulesOnDarkGroundStay: rules on the band of a heading, and the edges of the band that they frame, are rules of the table.
func TestRulesOnDarkGroundStay(t *testing.T) {
	band := image.Rect(mm(20, dpi), mm(40, dpi), mm(150, dpi), mm(48, dpi))
	rule := band.Min.X + mm(64, dpi)
	sheet := func(ruled bool) *image.Gray {
		g := paper(170, 120)
		fill(g, band.Min.X, band.Min.Y, band.Max.X, band.Max.Y, 128)
		letters(g, image.Rect(band.Min.X+mm(2, dpi), band.Min.Y+mm(2, dpi), rule-mm(4, dpi), band.Max.Y-mm(2, dpi)), 255)
		if ruled {
			for _, x := range []int{band.Min.X, rule, band.Max.X - 3} {
				fill(g, x, band.Min.Y, x+3, band.Max.Y, 0)
			}
		}
		img := sheetOf(g, color.NRGBA{43, 70, 115, 255})
		return Positive(img, Luma(img))
	}
	between := image.Pt((rule+band.Max.X)/2, (band.Min.Y+band.Max.Y)/2)
	framed, bare := sheet(true), sheet(false)
	if v := framed.GrayAt(rule+1, between.Y).Y; v > 60 {
		t.Errorf("the rule on the ground has %d", v)
	}
	if a, b := framed.GrayAt(between.X, band.Max.Y-1).Y, bare.GrayAt(between.X, band.Max.Y-1).Y; a > 60 || b < 200 {
		t.Errorf("the edge has %d between rules, %d without any", a, b)
	}
	if v := framed.GrayAt(between.X, between.Y).Y; v < 200 {
		t.Errorf("the ground has %d", v)
	}
}

// TestAColumnOfHeadingsOnDarkGround: a table on its side has its headings in a column, which is taller than any band.
func TestAColumnOfHeadingsOnDarkGround(t *testing.T) {
	column := image.Rect(mm(20, dpi), mm(20, dpi), mm(50, dpi), mm(80, dpi)) // 52 by 105 squares, of 297 to the longer side
	words := image.Rect(column.Min.X+mm(3, dpi), column.Min.Y+mm(3, dpi), column.Max.X-mm(8, dpi), column.Max.Y-mm(4, dpi))
	draws := func(ground, print uint8) *image.Gray {
		g := paper(170, 120)
		fill(g, column.Min.X, column.Min.Y, column.Max.X, column.Max.Y, ground)
		for y := words.Min.Y; y+mm(4, dpi) < words.Max.Y; y += mm(10, dpi) {
			letters(g, image.Rect(words.Min.X, y, words.Max.X, y+mm(4, dpi)), print)
		}
		return g
	}
	want := inkIn(Flatten(MaxChannel(sheetOf(draws(255, 0), color.NRGBA{})), dpi, 0.84), words)
	if got := inkIn(Flatten(MaxChannel(sheetOf(draws(128, 255), color.NRGBA{43, 70, 115, 255})), dpi, 0.84), words); got*100 < want*85 || got*100 > want*115 {
		t.Errorf("%d dark pixels, want some %d", got, want)
	}
}
