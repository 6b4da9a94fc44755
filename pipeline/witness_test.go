package pipeline

import (
	"image"
	"reflect"
	"testing"

	"hequan"
	"hequan/internal/ocr"
)

// printed makes pieces of words that stand in a row, characters 30 pixels wide where Chinese, 15 where not.
func printed(texts ...string) []piece {
	var out []piece
	x := 100
	for _, text := range texts {
		w := 0
		for _, r := range text {
			if r < 0x80 {
				w += 15
			} else {
				w += 30
			}
		}
		out = append(out, piece{text: text, rect: image.Rect(x, 100, x+w, 130), confidence: 0.95, ascii: asciiWord(text)})
		x += w + 4
	}
	return out
}

// heard makes symbols of what a witness read, spread over the place of the pieces.
func heard(line []piece, text string, sure float64) []ocr.Symbol {
	from, to := line[0].rect.Min.X, line[len(line)-1].rect.Max.X
	runes := []rune(text)
	units, total := 0, 0
	wide := func(r rune) int {
		if r < 0x80 {
			return 1
		}
		return 2
	}
	for _, r := range runes {
		total += wide(r)
	}
	var out []ocr.Symbol
	for _, r := range runes {
		x0 := from + (to-from)*units/total
		units += wide(r)
		out = append(out, ocr.Symbol{Text: string(r), Rect: image.Rect(x0, 100, from+(to-from)*units/total, 130), Confidence: sure})
	}
	return out
}

func TestWeigh(t *testing.T) {
	type said struct {
		text, alt string
		twice     bool
	}
	for _, c := range []struct {
		name   string
		pieces []piece
		heard  string
		sure   float64
		want   []said
	}{
		{"read alike", printed("编号:", "JS202512"), "编号：JS202512", 0.95, []said{{"编号:", "", true}, {"JS202512", "", true}}},
		{"alike but unsure", printed("编号:", "JS202512"), "编号：JS202512", 0.4, []said{{"编号:", "", false}, {"JS202512", "", false}}},
		{"points for commas", printed("1,582,620.50"), "1.582,620.50", 0.99, []said{{"1,582,620.50", "", true}}},
		{"a sure digit against another", printed("JS20251256"), "JS20251258", 0.95, []said{{"JS20251258", "JS20251256", false}}},
		{"a code with a right check character stays", printed("91110302MA5KYK0C22"), "91110302MA5KYKOC22", 0.95, []said{{"91110302MA5KYK0C22", "91110302MA5KYKOC22", false}}},
		{"a code with a right check character comes", printed("91110302MA5KYKQC22"), "91110302MA5KYK0C22", 0.6, []said{{"91110302MA5KYK0C22", "91110302MA5KYKQC22", false}}},
		{"a number against none", printed("1582620.50"), "1582.620.5-", 0.95, []said{{"1582620.50", "1582.620.5-", false}}},
		{"an unsure one", printed("2025"), "2026", 0.5, []said{{"2025", "2026", false}}},
		{"a digit of which nothing was read", printed("7173154917755055"), "7173154917755055344", 0.97, []said{{"7173154917755055344", "7173154917755055", false}}},
		{"two characters misread, one lost by the witness", printed("云人江智能有限公司"), "云岫人工智能有限公司", 0.95, []said{{"云岫人工智能有限公司", "云人江智能有限公司", false}}},
		{"what the witness does not know stays", printed("成都云岫人工智能"), "成都云人工智能", 0.99, []said{{"成都云岫人工智能", "成都云人工智能", false}}},
		{"a hyphen is its letters'", printed("衡鉴", "Turbo"), "衡鉴-Turbo", 0.95, []said{{"衡鉴", "", true}, {"-Turbo", "Turbo", false}}},
		{"brackets as the witness knows them", printed("立诚审字("), "立诚审字〔", 0.5, []said{{"立诚审字〔", "立诚审字(", false}}},
		{"an amount parted at its comma", printed("299", ",494.40", "元"), "299,494.40元", 0.9, []said{{"299,494.40", "", true}, {"", "", false}, {"元", "", true}}},
		{"an amount parted and misread", printed("299", "19,494.40"), "299,494.40", 0.95, []said{{"299,494.40", "29919,494.40", false}, {"", "", false}}},
		{"marks for the room between label and value", printed("称“森达美机器", "”", "工程〈广东)有限"), "称森达美机器工程（广东）有限", 0.95, []said{{"称\t森达美机器", "称“森达美机器", false}, {"", "", false}, {"工程（广东)有限", "", true}}},
		{"a bracket, not a digit", printed("字〔", "20251", "第", "326"), "字〔2025〕第326", 0.95, []said{{"字〔", "", true}, {"2025〕", "20251", true}, {"第", "", true}, {"326", "", true}}},
		{"a code in two parts", printed("Anhui-ZhiWeiZi-", "20250315"), "Anhui-ZhiWeiZi-20250315", 0.9, []said{{"Anhui-ZhiWeiZi-", "", true}, {"20250315", "", true}}},
		{"an account in groups", printed("7173", "1549", "344"), "71731549344", 0.9, []said{{"7173", "", true}, {"1549", "", true}, {"344", "", true}}},
		{"a number in parts is none", printed("1", "234.50"), "1234.50", 0.9, []said{{"1", "", false}, {"234.50", "", false}}},
		{"an asterisk taken for a quotation mark", printed("“纸制品"), "*纸制品", 0.8, []said{{"*纸制品", "“纸制品", false}}},
		{"what stands first stays", printed("“餐饮服务"), "餐饮服务", 0.95, []said{{"“餐饮服务", "餐饮服务", false}}},
		{"amounts of two columns", printed("856,000.00", "1,712,000.00"), "856,000.001,712,000.00", 0.95, []said{{"856,000.00", "", false}, {"1,712,000.00", "", false}}},
		{"square brackets taken for others", printed("[2025]"), "〔2025〕", 0.95, []said{{"〔2025〕", "[2025]", true}}},
		{"more than there is room for", []piece{{text: "人砚池", rect: image.Rect(100, 100, 160, 130), confidence: 0.83}}, "砚池", 0.95, []said{{"砚池", "人砚池", false}}},
		{"a bracket by itself", printed("审字", "[", "20251", "第"), "审字［2025］第", 0.5, []said{{"审字", "", true}, {"〔", "[", false}, {"2025〕", "20251", false}, {"第", "", true}}},
		{"no numeral among numerals", printed("叁拾陆万柒", "涂仟捌佰"), "叁拾陆万柒仟捌佰", 0.95, []said{{"叁拾陆万柒", "", true}, {"仟捌佰", "涂仟捌佰", false}}},
		{"a day that lost its 〇", printed("二〇二五年四月十五日"), "二二五年四月十五日", 0.9, []said{{"二〇二五年四月十五日", "", true}}},
		{"another day", printed("二〇二五年四月十五日"), "二二五年四月十六日", 0.5, []said{{"二〇二五年四月十五日", "二二五年四月十六日", false}}},
		{"a month that there is not", printed("12", "月"), "72月", 0.95, []said{{"12", "72", false}, {"月", "", true}}},
		{"the dash of a period", printed("2025.10.01", "一", "2025.12.31"), "2025.10.01-2025.12.31", 0.95, []said{{"2025.10.01", "", true}, {"-", "", true}, {"2025.12.31", "", true}}},
		{"letters taken for digits by all others", proven(printed("15202604601231")), "JS202604601231", 0.95, []said{{"JS202604601231", "15202604601231", false}}},
		{"some letters, it is not sure which", proven(printed("15202604601231")), "IS202604601231", 0.8, []said{{"15202604601231", "IS202604601231", false}}},
		{"nothing read", printed("2025"), "", 1, []said{{"2025", "", false}}},
	} {
		weigh(c.pieces, heard(c.pieces, c.heard, c.sure))
		var got []said
		for _, p := range c.pieces {
			if p.text == "" {
				p = piece{}
			}
			got = append(got, said{p.text, p.alt, p.twice})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestWeighConfirmsTheOther takes the reading that two of three recognisers gave.
func TestWeighConfirmsTheOther(t *testing.T) {
	line := printed("14O,000")
	line[0].alt = "140,000"
	weigh(line, heard(line, "140,000", 0.7))
	if line[0].text != "140,000" || !line[0].twice {
		t.Errorf("%+v", line[0])
	}
	// A number in which the recognisers of numbers saw a character that is none.
	for heardAs, want := range map[string]string{"1层112": "1层112", "1层11": "1112"} {
		line := printed("1112")
		line[0].alt = "1□112"
		weigh(line, heard(line, heardAs, 0.95))
		if line[0].text != want || line[0].twice != (want == heardAs) {
			t.Errorf("%s: %+v", heardAs, line[0])
		}
	}
}

// TestWeighAgainstTwo lets nothing count as proven that a sure third reading contradicts.
func TestWeighAgainstTwo(t *testing.T) {
	line := printed("1185.32")
	line[0].twice = true
	weigh(line, heard(line, "1195.32", 0.95))
	if line[0].text != "1185.32" || line[0].twice || line[0].alt != "1195.32" {
		t.Errorf("%+v", line[0])
	}
}

func TestStretches(t *testing.T) {
	long := printed("合同价款为人民币", "1229000", "元", "，由采购人在验收合格之日起十五个工作日之内一次付清，不另计利息", "2026", "年")
	long[4].twice = true
	if got, want := stretches(long), []stretch{{0, 3, besideValue, besideValue}}; !reflect.DeepEqual(got, want) {
		t.Errorf("values of a long line: %v, want %v", got, want)
	}
	long[3].confidence = 0.7
	if got, want := stretches(long), []stretch{{0, 6, 0, 0}}; !reflect.DeepEqual(got, want) {
		t.Errorf("a long line that was read badly: %v, want %v", got, want)
	}
	columns := printed("名称:", "北京启宸文化科技有限公司")
	columns = append(columns, piece{text: "签字", rect: image.Rect(900, 100, 960, 130), confidence: 0.9})
	if got, want := stretches(columns), []stretch{{0, 2, 0, 0}, {2, 3, 0, 0}}; !reflect.DeepEqual(got, want) {
		t.Errorf("two columns: %v, want %v", got, want)
	}
	if account := proven(printed("账号", "8888123412341234")); !reflect.DeepEqual(stretches(account), []stretch{{0, 2, 0, 0}}) {
		t.Errorf("a long number: %v", stretches(account))
	}
	columns[0].twice, columns[1].twice = true, true
	if got, want := stretches(columns), []stretch{{2, 3, 0, 0}}; !reflect.DeepEqual(got, want) {
		t.Errorf("what is proven is not read again: %v, want %v", got, want)
	}
}

// TestPartWords: a word that a gap was read into is two, each in its place.
func TestPartWords(t *testing.T) {
	got := partWords(hequan.Word{Text: "浙江省\t璞石大模型", Box: hequan.Box{0.1, 0.2, 0.28, 0.22}, Alt: "浙江省”璞石大模型", Confidence: 0.9})
	want := []hequan.Word{{Text: "浙江省", Box: hequan.Box{0.1, 0.2, 0.16, 0.22}, Alt: "浙江省”璞石大模型", Confidence: 0.9}, {Text: "璞石大模型", Box: hequan.Box{0.18, 0.2, 0.28, 0.22}, Confidence: 0.9}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := partWords(want[1]); len(got) != 1 || got[0].Text != "璞石大模型" {
		t.Errorf("%+v", got)
	}
}

// TestWeighAgainstLess: a reading that lost a character says nothing against two.
func TestWeighAgainstLess(t *testing.T) {
	line := printed("1185.32")
	line[0].twice = true
	weigh(line, heard(line, "185.32", 0.95))
	if line[0].text != "1185.32" || !line[0].twice {
		t.Errorf("%+v", line[0])
	}
}

// TestBesideInPlace: the same character some words away is another.
func TestBesideInPlace(t *testing.T) {
	line := printed("1")
	far := ocr.Symbol{Text: "1", Rect: line[0].rect.Sub(image.Pt(5*line[0].rect.Dy(), 0)), Confidence: 0.95}
	if got := beside(line, []ocr.Symbol{far})[0]; got.text() != "" {
		t.Errorf("%q is taken for the word's", got.text())
	}
	far.Rect = line[0].rect.Add(image.Pt(line[0].rect.Dy(), 0))
	if got := beside(line, []ocr.Symbol{far})[0]; got.text() != "1" {
		t.Errorf("beside it: %q", got.text())
	}
}

// TestWitnessCropKeepsOut: print that touches a word belongs to what is shown, but not words of another line of its height.
func TestWitnessCropKeepsOut(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 600, 200))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for y := 100; y < 130; y++ {
		for x := 150; x < 300; x += 2 {
			g.Pix[y*g.Stride+x] = 0
		}
	}
	word := []piece{{text: "00", rect: image.Rect(270, 100, 300, 130)}}
	before := image.Rect(150, 100, 260, 130)
	crop := func(print ...image.Rectangle) image.Rectangle {
		return witnessCrop(prepared{text: g}, word, word, stretch{0, 1, 0, 0}, append(print, word[0].rect))
	}
	if got := crop(); got.Min.X > 150 {
		t.Errorf("print that touches it is left out: %v", got)
	}
	if got := crop(before); got.Min.X < before.Max.X {
		t.Errorf("it reaches for the words before it: %v", got)
	}
	if got := crop(before.Add(image.Pt(0, -40))); got.Min.X > 150 {
		t.Errorf("words of the line above keep it back: %v", got)
	}
}

func proven(line []piece) []piece {
	for i := range line {
		line[i].twice = true
	}
	return line
}

// TestReach: a word goes as far as the characters that the witness alone read at its end, but not into its neighbour.
func TestReach(t *testing.T) {
	line := printed("账户名称:北京京人")
	more := func(text string, at int) ocr.Symbol {
		return ocr.Symbol{Text: text, Rect: image.Rect(line[0].rect.Max.X+at, 100, line[0].rect.Max.X+at+30, 130), Confidence: 0.95}
	}
	end := line[0].rect.Max.X
	symbols := append(heard(line, line[0].text, 0.95), more("城", 5))
	weigh(line, symbols)
	if line[0].text != "账户名称:北京京人城" || line[0].rect.Max.X != end+35 {
		t.Errorf("%+v, which ended at %d", line[0], end)
	}
	line = append(printed("账户名称:北京京人"), piece{text: "公司", rect: image.Rect(end+25, 100, end+85, 130), confidence: 0.95})
	symbols = append(append(heard(line[:1], line[0].text, 0.95), more("城", 5)), ocr.Symbol{Text: "公", Rect: image.Rect(end+30, 100, end+50, 130), Confidence: 0.95}, ocr.Symbol{Text: "司", Rect: image.Rect(end+60, 100, end+80, 130), Confidence: 0.95})
	weigh(line, symbols)
	if line[0].text != "账户名称:北京京人城" || line[0].rect.Max.X != end+25 {
		t.Errorf("%+v reaches into what begins at %d", line[0], end+25)
	}
}
