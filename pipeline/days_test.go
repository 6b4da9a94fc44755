package pipeline

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
	"hequan/internal/raster"

	"golang.org/x/image/font"
)

// dayPage is a page with a day of which an end was not read, and a rim of red ink across the day.
func dayPage(t *testing.T, row, read string) (*raster.Page, prepared, []hequan.Line) {
	t.Helper()
	img := sheet(t, "", row)
	for y := 200; y < 420; y++ {
		for x := 620; x < 632; x++ {
			if c := img.NRGBAAt(x, y); c.G > 150 {
				img.SetNRGBA(x, y, color.NRGBA{205, 60, 60, 255})
			}
		}
	}
	p := prepare(img, 200, true)
	box := fractions(image.Rect(180, 298, 180+font.MeasureString(testFace(t, 12, 200), read).Round(), 338), p.turn)
	line := hequan.Line{Box: box, Words: []hequan.Word{{Text: read, Box: box, Confidence: 0.8}}}
	return &raster.Page{Image: img, DPI: 200}, p, []hequan.Line{line}
}

// TestLighter: a seal's ghost goes, thin print stays.
func TestLighter(t *testing.T) {
	plane := image.NewGray(image.Rect(0, 0, 3, 1))
	copy(plane.Pix, []uint8{40, 160, 210})
	if got := lighter(plane).Pix; got[0] != 50 || got[1] != 200 || got[2] != 255 || plane.Pix[0] != 40 {
		t.Errorf("%v of %v", got, plane.Pix)
	}
}

// TestDaysAreReadAsDays: of a day an end is lost and a character is another one; the picture shows one day of the calendar.
func TestDaysAreReadAsDays(t *testing.T) {
	if ocr.LinesDir() == "" {
		t.Skip("the recogniser of lines is not here: scripts/lines.sh")
	}
	engine := ocr.NewTesseract("")
	defer engine.Close()
	for _, c := range [][3]string{
		{"日期：二〇二六年七月十三日", "日期：二Oo六年七月", "日期：|二〇二六年七月十三日"},
		{"2026年7月13日", "2026年7月", "2026年7月13日"},
		{"签订日期：2026-07-13", "签订日期：2026-07-18", "签订日期：|2026-07-13"},
	} {
		page, p, lines := dayPage(t, c[0], c[1])
		grids := []hequan.Grid{{Cells: []hequan.GridCell{{Box: hequan.Box{0, 0, 1, 1}, Lines: lines}, {Box: hequan.Box{0, 0, 0.01, 0.01}}}}}
		got, err := readDays(engine, page, p, lines, grids, nil)
		if err != nil || len(got) != 1 {
			t.Fatalf("%s: %+v, %v", c[0], got, err)
		}
		var words []string
		for _, w := range got[0].Words {
			words = append(words, w.Text)
		}
		last := got[0].Words[len(got[0].Words)-1]
		if strings.Join(words, "|") != c[2] || len(last.Proof) == 0 || last.Confidence < 0.9 {
			t.Errorf("%s is read %q, %+v", c[0], words, last)
		}
		if end := 180 + 33.3*float64(len([]rune(c[0]))); strings.Contains(c[0], "〇") && (last.Box[2]*1654 < end-25 || last.Box[2]*1654 > end+25) {
			t.Errorf("%s ends at %.0f, not at %.0f", c[0], last.Box[2]*1654, end)
		}
		if cell := grids[0].Cells[0].Lines; len(cell) != 1 || cell[0].Words[len(cell[0].Words)-1].Text != last.Text || grids[0].Cells[1].Lines != nil {
			t.Errorf("the cells have %+v", grids[0].Cells)
		}
	}
	// What was read twice is not asked again, and what is no day does not become one.
	for _, c := range [][2]string{{"日期：二〇二六年七月", "日期：二〇二六年七月"}, {"近三年无行政处罚记录", "近三年无行政处罚记录"}, {"日期：", "日期："}} {
		page, p, lines := dayPage(t, c[0], c[1])
		if got, err := readDays(engine, page, p, lines, nil, nil); err != nil || len(got) != 1 || got[0].Words[0].Text != c[1] {
			t.Errorf("%s became %+v, %v", c[0], got, err)
		}
	}
}

// TestAMonthIsNoDay: behind a month that was read stands the rule of its column, which is no 1, and another column.
func TestAMonthIsNoDay(t *testing.T) {
	if ocr.LinesDir() == "" {
		t.Skip("the recogniser of lines is not here: scripts/lines.sh")
	}
	engine := ocr.NewTesseract("")
	defer engine.Close()
	page, p, lines := dayPage(t, "2025年9月|日铎", "2025年9月")
	end := 180 + font.MeasureString(testFace(t, 12, 200), "2025年9月").Round()
	p.grids = []imaging.Grid{{Cells: []imaging.Cell{{Rect: image.Rect(170, 280, end+6, 360)}}}}
	for _, proof := range [][]hequan.Proof{nil, {hequan.ProofTwoReadings}} {
		lines[0].Words[0].Proof = proof
		if got, err := readDays(engine, page, p, lines, nil, nil); err != nil || len(got) != 1 || got[0].Words[0].Text != "2025年9月" {
			t.Errorf("%+v, %v", got, err)
		}
	}
	for _, month := range []string{"2025-11", "2025年11月", "二〇二五年十一月", "2025.11"} {
		page, p, lines := dayPage(t, month, month)
		if got, err := readDays(engine, page, p, lines, nil, nil); err != nil || len(got) != 1 || got[0].Words[0].Text != month {
			t.Errorf("%s became %+v, %v", month, got, err)
		}
	}
	// Nothing is looked for outside of its cell, or in words that were read well; a seal's frame and its digit bound nothing.
	at := image.Rect(200, 300, 320, 330)
	p.upright, p.grids = []imaging.Rule{{Rect: image.Rect(340, 280, 344, 400)}}, nil
	word := func(x0, x1 int, text string) hequan.Word {
		return hequan.Word{Text: text, Box: fractions(image.Rect(x0, 300, x1, 330), p.turn), Proof: []hequan.Proof{hequan.ProofTwoReadings}}
	}
	lines[0].Words = []hequan.Word{word(80, 170, "签订人"), word(330, 340, "2")}
	if left, right := roomBeside(p, at, 30, lines); left < 168 || left > 172 || right != 470 {
		t.Errorf("from %d to %d", left, right)
	}
	lines[0].Words = nil
	p.grids = []imaging.Grid{{Cells: []imaging.Cell{{Rect: image.Rect(190, 290, 345, 335)}, {Rect: image.Rect(345, 290, 600, 335)}}}}
	if left, right := roomBeside(p, at, 30, lines); left != 190 || right != 345 {
		t.Errorf("in a cell from %d to %d", left, right)
	}
}

// TestDayStretches: a day on a line of its own, with its label; the two days of a period; a day in a sentence.
func TestDayStretches(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"签订 日期 ： 2026 年 7月", "签订日期：2026年7月"},
		{"本合同履行 期自2 510.21 至 2026.06.30 。", "期自2510.21|2026.06.30"},
		{"服务 自 2025 年 9 月 1 日开始， 至 2026 年 3 月 31 日终止", "2025年9月1日开始，|2026年3月31日终止"},
		{"甲方应于 2025年9月1日 之前将本合同约定的全部技术资料以书面形式一次性交付给乙方，", "2025年9月1日"},
	} {
		var words []hequan.Word
		var rects []image.Rectangle
		x := 0
		for _, w := range strings.Fields(c.words) {
			words = append(words, hequan.Word{Text: w})
			rects = append(rects, image.Rect(x, 0, x+30*runeCount(w), 30))
			x = rects[len(rects)-1].Max.X
		}
		var got []string
		for _, s := range dayStretches(words, rects) {
			text := ""
			for _, w := range words[s[0]:s[1]] {
				text += w.Text
			}
			got = append(got, text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q", c.words, got)
		}
	}
}

// showing is a view in which two planes show words at these costs.
func showing(words ...ocr.Spelled) dayView {
	return dayView{crop: image.Rect(0, 0, 300, 30), found: [3][]seenDay{seenDays(words), seenDays(words)}}
}

func TestWeighDays(t *testing.T) {
	is := func(word string, cost float64) ocr.Spelled {
		return ocr.Spelled{Word: word, Cost: cost, From: 10, To: 200}
	}
	at := dayPlace{text: "2026年7月1", tall: 30}
	if got := weighDays([]dayView{showing(is("2026年7月13日", 0), is("2026年7月18日", 7))}, at); got == nil || got.at != day.Must("2026-07-13") || !got.proven {
		t.Errorf("a clear day: %+v", got)
	}
	// Another day is nearly as likely: neither is taken.
	if got := weighDays([]dayView{showing(is("2026年7月13日", 0), is("2026年7月18日", 1))}, at); got != nil {
		t.Errorf("an open day: %+v", got)
	}
	// It is likelier, not clearly: taken, not proven, unless Tesseract read it too.
	between := func(a, b float64) []dayView {
		return []dayView{showing(is("2026年7月13日", 0), is("2026年7月18日", a)), showing(is("2026年7月13日", 0), is("2026年7月18日", b))}
	}
	open := between(2, 3)
	if got := weighDays(open, at); got == nil || got.proven {
		t.Errorf("a likely day: %+v", got)
	}
	read := at
	read.own = day.Must("2026-07-13")
	if got := weighDays(between(2, 6), at); got == nil || !got.proven {
		t.Errorf("a day that is clear in one rectangle, likely in another: %+v", got)
	}
	other := append(between(9, 9), showing(is("2026年7月18日", 0), is("2026年7月13日", 3)))
	if got := weighDays(other, at); got == nil || got.proven {
		t.Errorf("a day where a rectangle shows another: %+v", got)
	}
	if got := weighDays(between(2, 5), read); got == nil || !got.proven {
		t.Errorf("a likely day that was read: %+v", got)
	}
	// Read freely, something else is far likelier: there is no day.
	if got := weighDays([]dayView{showing(is("2026年7月13日", 12), is("2026年7月18日", 30))}, at); got != nil {
		t.Errorf("no day: %+v", got)
	}
	// The planes show two days.
	split := showing(is("2026年7月13日", 0), is("2026年7月18日", 6))
	split.found[1] = seenDays([]ocr.Spelled{is("2026年7月18日", 0), is("2026年7月13日", 6)})
	if got := weighDays([]dayView{split}, at); got != nil {
		t.Errorf("two planes that differ: %+v", got)
	}
	// A seal's rim makes another day of it on two planes, of which none is clear; on the third it is gone.
	rim := showing(is("2026年10月2日", 0), is("2026年1月2日", 2.3))
	rim.found[dayFaint], rim.found[dayLighter] = rim.found[dayLighter], seenDays([]ocr.Spelled{is("2026年1月2日", 0), is("2026年1月3日", 11)})
	if got := weighDays([]dayView{rim}, at); got == nil || got.at != day.Must("2026-01-02") || got.proven {
		t.Errorf("one plane shows it: %+v", got)
	}
	// Two planes show it clearly, the third does not show it so clearly, or another one.
	third := showing(is("2026年7月13日", 0), is("2026年7月18日", 9))
	third.found[dayFaint] = seenDays([]ocr.Spelled{is("2026年7月18日", 0), is("2026年7月13日", 1)})
	if got := weighDays([]dayView{third}, at); got == nil || !got.proven {
		t.Errorf("two planes of three: %+v", got)
	}
	third.found[dayFaint] = seenDays([]ocr.Spelled{is("2026年7月18日", 0), is("2026年7月13日", 3)})
	if got := weighDays([]dayView{third}, at); got == nil || got.proven {
		t.Errorf("a plane against two: %+v", got)
	}
	// Where nothing was read, it has to be certain.
	if got := weighDays(open, dayPlace{blank: true, tall: 30}); got != nil {
		t.Errorf("a likely day of nothing: %+v", got)
	}
}

// planeTeller spells on each plane what it is told.
type planeTeller struct {
	lineTeller
	plane *image.Gray
	looks int
	says  map[*image.Gray][]ocr.Spelled
}

// planesOf are planes, the last one thrice.
func (p *planeTeller) planesOf(planes ...*image.Gray) dayPlanes {
	var out dayPlanes
	for i := range out {
		out[i] = func() *image.Gray { return planes[min(i, len(planes)-1)] }
	}
	return out
}

func (p *planeTeller) SetPicture(g *image.Gray) error { p.plane = g; return nil }
func (p *planeTeller) Spell(image.Rectangle, *ocr.Lexicon) ([]ocr.Spelled, error) {
	p.looks++
	return p.says[p.plane], nil
}

// TestAMonthOnTheFaintPlane: a seal darkens the end of a day there; the usual plane says how likely a month is.
func TestAMonthOnTheFaintPlane(t *testing.T) {
	usual, faint := image.NewGray(image.Rect(0, 0, 400, 60)), image.NewGray(image.Rect(0, 0, 400, 60))
	is := func(word string, cost float64) ocr.Spelled { return ocr.Spelled{Word: word, Cost: cost, To: 100} }
	engine := &planeTeller{says: map[*image.Gray][]ocr.Spelled{
		usual: {is("2026年7月13日", 0), is("2026年7月", 5), is("2026年7月18日", 9)},
		faint: {is("2026年7月", 0), is("2026年7月13日", 4), is("2026年7月18日", 12)},
	}}
	at := dayPlace{text: "2026年7月1", all: image.Rect(100, 10, 300, 40), tall: 30, right: 400}
	got, err := spellDay(engine, prepared{text: usual, ruled: usual}, engine.planesOf(usual, image.NewGray(usual.Rect), faint), at)
	if err != nil || got == nil || got.at != day.Must("2026-07-13") {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestPlaceDay: what was read in a day's place goes, whichever line it stood in; what stands beside it stays.
func TestPlaceDay(t *testing.T) {
	_, p, _ := dayPage(t, "", "x")
	w := func(x0, y0, x1, y1 float64, text string) hequan.Line {
		b := hequan.Box{x0, y0, x1, y1}
		return hequan.Line{Box: b, Words: []hequan.Word{{Text: text, Box: b}}}
	}
	lines := []hequan.Line{w(0.1, 0.5, 0.4, 0.515, "日期：二Oo六年七"), w(0.25, 0.503, 0.3, 0.512, "cV十"), w(0.1, 0.53, 0.4, 0.545, "下一行"), w(0.55, 0.5, 0.6, 0.515, "盖章")}
	got := placeDay(p, lines, hequan.Word{Text: "二〇二六年七月一日", Box: hequan.Box{0.2, 0.5, 0.45, 0.515}})
	if text := plainText(got); text != "日期：二〇二六年七月一日\n下一行\n盖章\n" {
		t.Errorf("%q", text)
	}
	// Its own sign, beside which it ends as far as one knows, is not said again.
	lines = []hequan.Line{{Box: hequan.Box{0.1, 0.5, 0.5, 0.515}, Words: []hequan.Word{w(0.2, 0.5, 0.42, 0.515, "2026年5月1").Words[0], w(0.421, 0.499, 0.44, 0.516, "日").Words[0]}}}
	if text := plainText(placeDay(p, lines, hequan.Word{Text: "2026年5月11日", Box: hequan.Box{0.2, 0.5, 0.42, 0.515}})); text != "2026年5月11日\n" {
		t.Errorf("%q", text)
	}
	// In a sentence the words beside the day stay, but for its own last sign.
	lines = []hequan.Line{{Box: hequan.Box{0.1, 0.5, 0.8, 0.515}, Words: []hequan.Word{w(0.192, 0.5, 0.199, 0.515, "至").Words[0], w(0.2, 0.5, 0.42, 0.515, "2026年5月31").Words[0], w(0.43, 0.5, 0.48, 0.515, "日期间").Words[0], w(0.481, 0.5, 0.8, 0.515, "使用我公司大模型服务，费用").Words[0]}}}
	sentence := placeDay(p, lines, hequan.Word{Text: "2026年5月31日", Box: hequan.Box{0.19, 0.5, 0.455, 0.515}})
	if text := plainText(sentence); text != "至2026年5月31日期间使用我公司大模型服务，费用\n" {
		t.Errorf("%q", text)
	}
	for i, word := range sentence[0].Words[1:] {
		if word.Box[0] < sentence[0].Words[i].Box[0] {
			t.Errorf("%s stands before %s", word.Text, sentence[0].Words[i].Text)
		}
	}
	if b := got[0].Words[0].Box; b[0] != 0.1 || b[2] > 0.2 {
		t.Errorf("the label stands at %v", b)
	}
}

// TestFewLooks: how often is asked which day stands in a place.
func TestFewLooks(t *testing.T) {
	usual, faint := image.NewGray(image.Rect(0, 0, 600, 60)), image.NewGray(image.Rect(0, 0, 600, 60))
	is := func(word string, cost float64) ocr.Spelled { return ocr.Spelled{Word: word, Cost: cost, To: 100} }
	clear := []ocr.Spelled{is("2026年7月13日", 0), is("2026年7月18日", 5)}
	place := func(text string, right int) dayPlace {
		return dayPlace{text: text, all: image.Rect(100, 10, 300, 40), tall: 30, right: right, blank: dayRunes(text) == 0}
	}
	own := place("2026年7月13日", 450)
	own.own = day.Must("2026-07-13")
	for _, c := range []struct {
		name         string
		at           dayPlace
		usual, faint []ocr.Spelled
		looks        int
		found        bool
	}{
		{"clear on both", place("2026年7月1", 450), clear, clear, 2, true},
		{"read alike", own, clear, nil, 1, true},
		{"no day", place("3月", 450), nil, nil, 2, false},
		{"hidden on the usual plane", place("3月", 450), nil, clear, 9, true},
		{"none likely", place("3月", 450), []ocr.Spelled{is("2026年7月13日", 17)}, nil, 2, false},
		{"a month", place("2026年7月", 450), []ocr.Spelled{is("2026年7月", 0), is("2026年8月", 9)}, clear, 1, false},
		{"nearly as likely", place("2026年7月1", 450), []ocr.Spelled{is("2026年7月13日", 0), is("2026年7月18日", 3)}, []ocr.Spelled{is("2026年7月13日", 0), is("2026年7月18日", 3)}, 9, true},
		{"a label without room", place("日期", 350), clear, clear, 0, false},
		{"a label", place("日期", 450), clear, clear, 2, true},
		{"print that was not read", place("", 450), []ocr.Spelled{is("2026年7月13日", 9)}, nil, 2, false},
		{"print that a seal hid", place("", 450), []ocr.Spelled{is("2026年7月13日", 9)}, clear, 9, true},
	} {
		engine := &planeTeller{says: map[*image.Gray][]ocr.Spelled{usual: c.usual, faint: c.faint}}
		if c.at.text == "日期" {
			c.at.blank = true
		}
		got, err := spellDay(engine, prepared{text: usual, ruled: usual}, engine.planesOf(usual, faint), c.at)
		if err != nil || engine.looks != c.looks || (got != nil) != c.found || got != nil && got.at != day.Must("2026-07-13") {
			t.Errorf("%s: %d looks, %+v, %v", c.name, engine.looks, got, err)
		}
	}
}

// TestNumbersAreNoDays: numbers of papers and amounts that look like the beginning of a day.
func TestNumbersAreNoDays(t *testing.T) {
	for text, want := range map[string]bool{
		"合同编号：AIMS-2025-1005": false, "142099.27": false, "2024.02": false, "日期：2024.02.1": true, "2026-07-1": true, "签于2026年7月": true, "2026年7月": false,
	} {
		p := paper()
		line := hequan.Line{Words: []hequan.Word{{Text: text, Box: fractions(image.Rect(100, 100, 100+widthOf(text, 30), 130), p.turn), Confidence: 0.97}}}
		if got := dayPlaces(p, line, []hequan.Line{line}); len(got) > 0 != want {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
