package pipeline

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"hequan"
	"hequan/internal/imaging"
	"hequan/internal/ocr"
)

// lineTeller reads every line as the same text, and notes where it was asked.
type lineTeller struct {
	text  string
	sure  float64
	asked []image.Rectangle
}

func (l *lineTeller) SetPicture(*image.Gray) error                               { return nil }
func (l *lineTeller) HasLines() bool                                             { return true }
func (l *lineTeller) Spell(image.Rectangle, *ocr.Lexicon) ([]ocr.Spelled, error) { return nil, nil }
func (l *lineTeller) Close()                                                     {}
func (l *lineTeller) Recognize(r image.Rectangle, _ ocr.Options) ([]ocr.Symbol, error) {
	l.asked = append(l.asked, r)
	var out []ocr.Symbol
	runes := []rune(l.text)
	for i, c := range runes {
		x0, x1 := r.Min.X+i*r.Dx()/len(runes), r.Min.X+(i+1)*r.Dx()/len(runes)
		out = append(out, ocr.Symbol{Text: string(c), Rect: image.Rect(x0, r.Min.Y, x1, r.Max.Y), Confidence: l.sure, NewLine: i == 0})
	}
	return out, nil
}

// twoLines is a page of 200 dpi with two lines of print, of which the first was read.
func twoLines() (prepared, []hequan.Line, []hequan.Grid) {
	g := image.NewGray(image.Rect(0, 0, 1600, 2200))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for _, y := range []int{400, 500} {
		for x := 200; x < 300; x++ { // strokes with gaps, as print has them
			if x%8 < 5 {
				for dy := range 24 {
					g.SetGray(x, y+dy, color.Gray{})
				}
			}
		}
	}
	p := prepared{text: g, turn: imaging.Turn{W: 1600, H: 2200}, dpi: 200}
	read := toLine([]piece{{text: "应用行业", rect: image.Rect(200, 400, 300, 424), confidence: 0.95, symbols: 4}}, p.turn)
	cell := hequan.GridCell{Box: fractions(image.Rect(150, 350, 400, 600), p.turn), Lines: []hequan.Line{read}}
	return p, []hequan.Line{read}, []hequan.Grid{{Rows: 1, Cols: 1, Cells: []hequan.GridCell{cell}}}
}

func TestLostLines(t *testing.T) {
	p, lines, grids := twoLines()
	reader := &lineTeller{text: "交通", sure: 0.95}
	lines, _, err := readLost(reader, p, lines, grids)
	if err != nil || len(lines) != 2 || plainText(lines) != "应用行业\n交通\n" {
		t.Fatalf("%q %v", plainText(lines), err)
	}
	if len(reader.asked) != 1 || !image.Rect(200, 500, 300, 524).In(reader.asked[0].Inset(-1)) {
		t.Errorf("asked for %v", reader.asked)
	}
	if got := plainText(grids[0].Cells[0].Lines); got != "应用行业\n交通\n" {
		t.Errorf("cell %q", got)
	}
	if w := lines[1].Words[0]; len(w.Proof) > 0 {
		t.Errorf("one reading proves %+v", w)
	}
}

// TestLostLabels: a label in thin grey print stands close over its value, whose box takes in the label's feet; all of the label is shown.
func TestLostLabels(t *testing.T) {
	p, lines, grids := twoLines()
	imaging.Blank(p.text, []image.Rectangle{image.Rect(0, 440, 1600, 700)})
	for x := 200; x < 300; x++ {
		for dy := range 20 {
			if x%8 < 5 {
				p.text.SetGray(x, 450+dy, color.Gray{165}) // grey, the last character as grey as the others
			}
		}
		for dy := range 30 {
			if x%8 < 5 {
				p.text.SetGray(x, 484+dy, color.Gray{})
			}
		}
	}
	value := toLine([]piece{{text: "璞石数智", rect: image.Rect(200, 466, 300, 516), confidence: 0.95, symbols: 4}}, p.turn)
	reader := &lineTeller{text: "付款方", sure: 0.95}
	got, _, err := readLost(reader, p, append(lines, value), grids)
	if err != nil || plainText(got) != "应用行业\n付款方\n璞石数智\n" {
		t.Fatalf("%q %v", plainText(got), err)
	}
	if len(reader.asked) != 1 || !image.Rect(200, 450, 299, 470).In(reader.asked[0]) || reader.asked[0].Max.Y > 480 {
		t.Errorf("asked for %v", reader.asked)
	}
}

// TestWordsWithRoughBoxes: below a word's print its box takes in other ink. What lies under the box is the word's, and so is
// what says a part of the word; another label is none of it.
func TestWordsWithRoughBoxes(t *testing.T) {
	for _, c := range []struct {
		bottom int
		heard  string
		lines  int
	}{{465, "交通", 1}, {445, "行业", 1}, {445, "交通", 2}} {
		p, _, _ := twoLines()
		imaging.Blank(p.text, []image.Rectangle{image.Rect(0, 426, 1600, 700)})
		for x := 200; x < 300; x++ {
			for dy := range 18 {
				if x%8 < 5 {
					p.text.SetGray(x, 440+dy, color.Gray{})
				}
			}
		}
		word := toLine([]piece{{text: "应用行业", rect: image.Rect(200, 396, 300, c.bottom), confidence: 0.95, symbols: 4}}, p.turn)
		got, _, err := readLost(&lineTeller{text: c.heard, sure: 0.95}, p, []hequan.Line{word}, nil)
		if err != nil || len(got) != c.lines {
			t.Errorf("a box to %d, %s: %q, %v", c.bottom, c.heard, plainText(got), err)
		}
	}
}

// TestCloseUp: characters of which the middles are told are one word where they stand close, two where a gap is.
func TestCloseUp(t *testing.T) {
	place := image.Rect(100, 50, 300, 70)
	var symbols []ocr.Symbol
	for i, x := range []int{110, 130, 152, 250, 290} {
		symbols = append(symbols, ocr.Symbol{Text: string([]rune("开单日金额")[i]), Rect: image.Rect(x, 50, x+4, 70), Confidence: 1})
	}
	closeUp(symbols, place)
	var words []string
	for _, p := range cutPieces(letters(symbols)) {
		words = append(words, p.text)
		if !p.rect.In(place) {
			t.Errorf("%s stands at %v", p.text, p.rect)
		}
	}
	if strings.Join(words, " ") != "开单日 金 额" {
		t.Errorf("%q", words)
	}
}

// TestMayBeDay: of what is no print only what has something of a day is looked at as one.
func TestMayBeDay(t *testing.T) {
	for text, want := range map[string]bool{"二〇二六军七": true, "2026": true, "贵公司盖章": false, "1": false, "": false} {
		var symbols []ocr.Symbol
		for _, r := range text {
			symbols = append(symbols, ocr.Symbol{Text: string(r)})
		}
		if mayBeDay(symbols) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// TestLostLinesThatAreNone: dirt, strokes of a hand, what is left of a seal.
func TestLostLinesThatAreNone(t *testing.T) {
	for _, reader := range []*lineTeller{{text: "交通", sure: 0.7}, {text: "，。", sure: 0.95}, {text: "i", sure: 0.95}, {text: "", sure: 1}} {
		p, lines, grids := twoLines()
		if lines, _, err := readLost(reader, p, lines, grids); err != nil || len(lines) != 1 {
			t.Errorf("%q of %.2f is taken for print: %v", reader.text, reader.sure, err)
		}
	}
}

// TestALabelBeforeASignature: layout analysis gives up a label with the signature that runs into the lines round it; the
// label's print is a place of its own, and of what is read there the sure beginning up to its colon is taken.
func TestALabelBeforeASignature(t *testing.T) {
	p, _, _ := twoLines()
	imaging.Blank(p.text, []image.Rectangle{p.text.Rect})
	for x := 200; x < 420; x++ {
		if x%24 < 20 && (x < 320 || x >= 332) {
			for y := 500; y < 524; y++ {
				p.text.SetGray(x, y, color.Gray{})
			}
		}
	}
	for k := range 160 { // a stroke through three lines
		for dx := range 5 {
			p.text.SetGray(430+k/2+dx, 430+k, color.Gray{})
		}
	}
	strip := image.Rect(195, 425, 520, 595)
	if got := printBefore(p.text, strip, 47); got.Dy() != 24 || got.Min.X > 205 || got.Max.X < 410 || got.Max.X > 430 {
		t.Errorf("print before a signature is %v", got)
	}
	if got := printBefore(p.text, image.Rect(425, 425, 520, 595), 47); !got.Empty() {
		t.Errorf("a signature alone has print before it: %v", got)
	}
	read := func(text string, sure ...float64) (out []ocr.Symbol) {
		for i, c := range []rune(text) {
			out = append(out, ocr.Symbol{Text: string(c), Confidence: sure[min(i, len(sure)-1)]})
		}
		return out
	}
	for _, c := range []struct {
		symbols []ocr.Symbol
		want    int
	}{
		{read("负责人：爹洋", 0.99, 0.99, 0.99, 0.99, 0.3), 4},
		{read("负责人爹：洋", 0.99, 0.99, 0.99, 0.3, 0.99), 0},
		{read("负责人爹洋", 0.99, 0.99, 0.99, 0.3), 0},
	} {
		if got := labelBefore(c.symbols); len(got) != c.want {
			t.Errorf("of %v %d are a label, want %d", c.symbols, len(got), c.want)
		}
	}
}
