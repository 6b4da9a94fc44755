package pipeline

import (
	"image"
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/ocr"
	"hequan/internal/raster"
	"hequan/internal/uscc"
)

// What the recogniser of lines has to be sure of.
const (
	witnessAgrees    = 0.5 // to prove what was read alike
	witnessOverrules = 0.9 // to stand in another's place
)

// bearWitness reads the lines of a page again with the recogniser of lines, a net that
// shares nothing with those of Tesseract. Words that both read alike are proven, of others the surer
// reading stands and the other is noted. Of a page that was read badly it is shown a plane that keeps all strokes; rules are
// never erased from what it is shown, for underlines take the feet of characters with them. Lines of grids' cells are those of the page.
func bearWitness(engine ocr.Engine, page *raster.Page, p prepared, legibility float64, lines []hequan.Line, grids []hequan.Grid) ([]hequan.Line, error) {
	if !engine.HasLines() {
		return lines, nil
	}
	seen := p.ruled
	if legibility < doubtfulReading {
		seen = planeOf(page, p, 1)
	}
	if err := engine.SetPicture(seen); err != nil {
		return nil, err
	}
	type key struct {
		box   hequan.Box
		words int
	}
	known := map[key][]hequan.Word{}
	var print []image.Rectangle // of all words
	for _, l := range lines {
		for _, word := range l.Words {
			print = append(print, onLevel(p, word.Box))
		}
	}
	witness := func(list []hequan.Line) ([]hequan.Line, error) {
		var out []hequan.Line
		for _, l := range list {
			k := key{l.Box, len(l.Words)}
			if _, ok := known[k]; !ok {
				words, err := witnessLine(engine, p, l, print)
				if err != nil {
					return nil, err
				}
				known[k] = words
			}
			if l.Words = known[k]; len(l.Words) > 0 {
				out = append(out, l)
			}
		}
		return out, nil
	}
	lines, err := witness(lines)
	for _, g := range grids {
		for i := range g.Cells {
			if err == nil {
				g.Cells[i].Lines, err = witness(g.Cells[i].Lines)
			}
		}
	}
	return lines, err
}

// onLevel is a box of the page in pixels of the levelled picture.
func onLevel(p prepared, box hequan.Box) image.Rectangle {
	b, w, h := p.turn.Box(box), float64(p.turn.W), float64(p.turn.H)
	return image.Rect(int(b[0]*w+0.5), int(b[1]*h+0.5), int(b[2]*w+0.5), int(b[3]*h+0.5))
}

// witnessLine reads one line again, as far as it is worth it, and returns its words. print is where
// words stand on the page, its own among them.
func witnessLine(engine ocr.Engine, p prepared, line hequan.Line, print []image.Rectangle) ([]hequan.Word, error) {
	pieces := make([]piece, len(line.Words))
	for i, word := range line.Words {
		pieces[i] = piece{text: word.Text, rect: onLevel(p, word.Box), confidence: word.Confidence,
			ascii: asciiWord(word.Text), alt: word.Alt, twice: len(word.Proof) > 0}
	}
	for _, s := range stretches(pieces) {
		if err := s.read(engine, p, pieces, print); err != nil {
			return nil, err
		}
	}
	var out []hequan.Word
	for i, x := range pieces {
		if x.text == "" { // joined with the one before, or dirt
			continue
		}
		word := hequan.Word{Text: x.text, Box: line.Words[i].Box, Confidence: round3(x.confidence), Alt: x.alt}
		if x.joined {
			word.Box = word.Box.Union(line.Words[i+1].Box)
		}
		if x.twice {
			word.Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		out = append(out, word)
	}
	return out, nil
}

func asciiWord(text string) bool {
	for _, r := range text {
		if !isASCIIPart(r) {
			return false
		}
	}
	return text != ""
}

// lineFold maps characters that two recognisers print for the same mark to one.
var lineFold = strings.NewReplacer("［", "〔", "］", "〕", "（", "(", "）", ")", "〈", "(", "〉", ")", "【", "〔", "】", "〕", "：", ":", "；", ";", "，", ",", "．", ".", "￥", "¥", "％", "%", "－", "-", "—", "-", "–", "-", "＊", "*",
	"“", "\"", "”", "\"", "’", "'", "‘", "'", "！", "!", "？", "?", "／", "/", "・", "·", "•", "·", "○", "〇",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// bracketFold maps brackets that a witness takes for each other, and 〈, which Tesseract prints for （.
var bracketFold = strings.NewReplacer("【", "〔", "】", "〕", "［", "〔", "］", "〕", "〈", "（", "〉", "）")

const (
	otherBrackets  = "()（）〈〉[]"
	squareBrackets = "〔〕【】［］"
)

// looseMarks are what Tesseract makes of dirt, and of the room between a label and its value.
const looseMarks = "“”‘’\"'`|~^«»"

// said is what a witness reads in a word's place.
type said struct {
	chars []saidChar
	loose bool // something more stands close to it that belongs to no word
}

// saidChar is a character of a word beside the witness' one; either may be missing.
type saidChar struct {
	own, other rune
	sure       float64 // of other
}

func (s said) text() string {
	var b strings.Builder
	for _, c := range s.chars {
		if c.other != 0 {
			b.WriteRune(c.other)
		}
	}
	return b.String()
}

// sure is the lowest confidence of a character that the witness read.
func (s said) sure() float64 {
	least := 1.0
	for _, c := range s.chars {
		if c.other != 0 {
			least = min(least, c.sure)
		}
	}
	return least
}

// weigh puts the words of a line beside what the witness read of it.
func weigh(line []piece, symbols []ocr.Symbol) {
	if len(symbols) == 0 {
		return
	}
	heard := beside(line, symbols)
	for i, s := range heard {
		w := &line[i]
		other := s.text()
		switch {
		case w.text == "": // joined
		case i+1 < len(heard) && joinAmount(line, i, s, heard[i+1]):
		case lineFold.Replace(other) == lineFold.Replace(w.text), w.ascii && thousandsPoints(asciiFold.Replace(other)) == thousandsPoints(asciiFold.Replace(w.text)):
			if !s.loose && s.sure() >= witnessAgrees && (!w.ascii || wholeToBoth(line, i)) {
				w.twice = true
			}
			w.text = bracketFold.Replace(w.text)
		case other == "":
			if strings.Trim(w.text, looseMarks) == "" && !w.twice && len(symbols) > 2 {
				w.text = "" // dirt
			}
		case w.twice:
			// Two others read it alike. Against a sure third reading nothing is proven.
			if w.ascii && s.sure() >= witnessOverrules && plainCode.MatchString(asciiFold.Replace(other)) && len(other) >= len(w.text) {
				w.twice, w.alt, w.confidence = false, asciiFold.Replace(other), min(w.confidence, 0.75)
			}
		case w.ascii:
			weighValue(line, i, s)
		default:
			weighWords(w, s)
		}
	}
}

// joinAmount makes one word of two that stand beside each other where the witness reads an amount over both:
// a comma with much room around it parts them.
func joinAmount(line []piece, i int, a, b said) bool {
	w, next := &line[i], &line[i+1]
	if !w.ascii || !next.ascii || next.rect.Min.X-w.rect.Max.X > w.rect.Dy() || moneyForm.MatchString(asciiFold.Replace(a.text())) || moneyForm.MatchString(asciiFold.Replace(b.text())) {
		return false // amounts of two columns
	}
	own, other := thousandsPoints(asciiFold.Replace(w.text+next.text)), thousandsPoints(asciiFold.Replace(a.text()+b.text()))
	sure := min(a.sure(), b.sure())
	if !grouped.MatchString(other) || own != other && sure < witnessOverrules {
		return false
	}
	w.text, w.rect, w.confidence, w.twice = other, w.rect.Union(next.rect), min(w.confidence, next.confidence, sure), false
	if own == other {
		w.alt, w.twice = "", sure >= witnessAgrees && !a.loose && !b.loose && whole(append(line[:i+1:i+1], line[i+2:]...), i)
	} else {
		w.alt = own
	}
	next.text, w.joined = "", true
	return true
}

// weighValue decides between two readings of a number, code or Latin word.
func weighValue(line []piece, i int, s said) {
	w := &line[i]
	other := thousandsPoints(asciiFold.Replace(s.text()))
	own := asciiFold.Replace(w.text)
	if m := closedYear.FindStringSubmatch(bracketFold.Replace(s.text())); m != nil && len(own) == 5 && own[:4] == m[1] && strings.ContainsRune(takenForBracket, rune(own[4])) {
		w.text, w.alt, w.twice = m[0], own, !s.loose && s.sure() >= witnessOverrules // a bracket after a year, not a digit
		return
	}
	if o, m := bracketedYear.FindStringSubmatch(own), bracketedYear.FindStringSubmatch(bracketFold.Replace(s.text())); o != nil && m != nil && o[1] == m[1] && strings.ContainsAny(m[0], "〔〕") {
		w.text, w.alt, w.twice = m[0], own, !s.loose && s.sure() >= witnessAgrees
		return
	}
	if len(own) == 1 && strings.Contains("[("+takenForBracket, own) && strings.Contains(squareBrackets, other) {
		w.text, w.alt = bracketFold.Replace(other), own
		return
	}
	if !asciiWord(other) {
		return
	}
	if beforeDateSign(line, i) {
		if fits, ok := dateDigits(line, i, other); ok && fits == own { // the other can't stand there
			w.alt = other
			return
		}
	}
	switch valid := func(code string) bool { return uscc.Valid(uscc.Normal(code)) }; {
	case plainNumber.MatchString(other) && !plainNumber.MatchString(own) && !pointDate.MatchString(own) && !hasLetter(own) && s.sure() >= witnessAgrees:
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure()) // the other is no number
		return
	case valid(own), plainNumber.MatchString(own) && !plainNumber.MatchString(other) && !pointDate.MatchString(other) && !hasLetter(other):
		w.alt = other
		return
	case valid(other) && !valid(w.alt):
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure())
		return
	case valid(w.alt):
		return
	}
	if w.alt != "" && asciiFold.Replace(w.alt) == other && s.sure() >= witnessAgrees {
		w.text, w.alt = other, w.text
		w.twice = !s.loose && whole(line, i)
		return
	}
	if s.sure() >= witnessOverrules || s.sure() > w.confidence {
		w.text, w.alt, w.confidence = other, w.text, min(w.confidence, s.sure())
		return
	}
	w.alt = other
}

// takenForBracket are what Tesseract reads for 〕.
const takenForBracket = "1lI|]J"

var (
	bracketedYear = regexp.MustCompile(`^[\[(（〔|]?(20\d\d)[\])）〕|1lIJ]?$`)
	closedYear    = regexp.MustCompile(`^(20\d\d)[〕\])）]$`)
	digitGroup    = regexp.MustCompile(`^\d{3,}$`)
)

// wholeToBoth says whether a word that a witness reads alike is a value in full, or a part of one
// that needs no more: codes with letters and numbers of accounts are printed, or cut, in groups.
func wholeToBoth(line []piece, i int) bool {
	if hasLetter(line[i].text) || whole(line, i) {
		return true
	}
	if !digitGroup.MatchString(line[i].text) {
		return false
	}
	near := func(k int) bool {
		return k < 0 || k >= len(line) || !line[k].ascii || digitGroup.MatchString(line[k].text) || hasLetter(line[k].text)
	}
	return near(i-1) && near(i+1)
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// weighWords takes of Chinese words character by character the surer reading.
func weighWords(w *piece, s said) {
	var b strings.Builder
	changed := false
	amount := chineseValue.MatchString(w.text) && strings.ContainsAny(w.text, "壹贰叁肆伍陆柒捌玖拾佰仟")
	crowded := 2*w.rect.Dx() < (2*runeCount(w.text)-1)*w.rect.Dy() // more was read than there is room for
	for i, c := range s.chars {
		take := c.own
		loose := strings.ContainsRune(looseMarks, c.own)
		switch {
		case c.own == c.other:
		case c.other == 0:
			switch {
			case i == 0 && c.own == '“': // it may be the asterisk before an invoice's line
			case crowded, loose, i > 0 && strings.ContainsRune("，。、", c.own):
				take = 0
			case amount && !strings.ContainsRune(numerals, c.own):
				take = 0
			}
		case loose && c.own != 0 && c.sure >= witnessAgrees:
			take = c.other
		case c.own == 0:
			if c.sure >= witnessOverrules {
				take = c.other
			}
		case strings.ContainsRune(otherBrackets, c.own) && strings.ContainsRune(squareBrackets, c.other): // Tesseract takes 〔 for ( or [
			take = []rune(bracketFold.Replace(string(c.other)))[0]
		case c.sure >= witnessOverrules || c.sure > w.confidence:
			take = c.other
		}
		if take != 0 {
			b.WriteRune(take)
		}
		changed = changed || take != c.own
	}
	if !changed {
		w.alt = s.text()
		return
	}
	own := w.text
	if w.text = b.String(); own != w.text && strings.Trim(own, looseMarks) != strings.Trim(w.text, looseMarks) {
		w.alt = own
	}
	if lineFold.Replace(w.text) == lineFold.Replace(s.text()) && strings.Trim(own, looseMarks) == w.text {
		w.twice = !s.loose && s.sure() >= witnessAgrees // but for the marks both read it alike
	}
}

// beside aligns the characters of words with those of a witness, by what they are and by where they
// stand, and gives each word what was read in its place.
func beside(line []piece, symbols []ocr.Symbol) []said {
	type own struct {
		r    rune
		word int
		x    float64
	}
	var a []own
	em := 1.0
	for i, w := range line {
		runes := []rune(w.text)
		for k, r := range runes {
			a = append(a, own{r, i, float64(w.rect.Min.X) + (float64(k)+0.5)*float64(w.rect.Dx())/float64(len(runes))})
		}
		em = max(em, float64(w.rect.Dy()))
	}
	type other struct {
		r    rune
		x    float64
		sure float64
	}
	var b []other
	for _, s := range symbols {
		for _, r := range s.Text {
			b = append(b, other{r, float64(s.Rect.Min.X+s.Rect.Max.X) / 2, s.Confidence})
		}
	}
	const gap = 0.7 // two of them cost more than another character in a character's place
	cost := make([][]float64, len(a)+1)
	for i := range cost {
		cost[i] = make([]float64, len(b)+1)
		for k := range cost[i] {
			switch {
			case i == 0:
				cost[i][k] = gap * float64(k)
			case k == 0:
				cost[i][k] = gap * float64(i)
			default:
				cost[i][k] = min(cost[i-1][k-1]+unlike(a[i-1].r, b[k-1].r)+away(a[i-1].x, b[k-1].x, em), cost[i-1][k]+gap, cost[i][k-1]+gap)
			}
		}
	}
	// Back along the cheapest way; what is only the witness' goes to the word in whose box it stands.
	out := make([]said, len(line))
	put := func(word int, c saidChar) { out[word].chars = append(out[word].chars, c) }
	for i, k := len(a), len(b); i > 0 || k > 0; {
		switch {
		case i > 0 && k > 0 && cost[i][k] == cost[i-1][k-1]+unlike(a[i-1].r, b[k-1].r)+away(a[i-1].x, b[k-1].x, em):
			put(a[i-1].word, saidChar{a[i-1].r, b[k-1].r, b[k-1].sure})
			i, k = i-1, k-1
		case i > 0 && (k == 0 || cost[i][k] == cost[i-1][k]+gap):
			put(a[i-1].word, saidChar{a[i-1].r, 0, 0})
			i--
		default:
			k--
			left, right := -1, -1 // the words of the neighbours
			if i > 0 {
				left = a[i-1].word
			}
			if i < len(a) {
				right = a[i].word
			}
			extra := saidChar{0, b[k].r, b[k].sure}
			switch {
			case left == right && left >= 0:
				put(left, extra)
			case left >= 0 && right >= 0 && isASCIIPart(b[k].r) && line[left].ascii != line[right].ascii: // a hyphen is its letters'
				if line[left].ascii {
					put(left, extra)
				} else {
					put(right, extra)
				}
			case left >= 0 && b[k].x < float64(line[left].rect.Max.X):
				put(left, extra)
			case right >= 0 && b[k].x > float64(line[right].rect.Min.X):
				put(right, extra)
			case left >= 0 && b[k].sure >= witnessOverrules && b[k].x < float64(line[left].rect.Max.X)+em && extends(line[left], b[k].r):
				put(left, extra) // print of which nothing was read
			case right >= 0 && b[k].sure >= witnessOverrules && b[k].x > float64(line[right].rect.Min.X)-em && extends(line[right], b[k].r):
				put(right, extra)
			default:
				for _, w := range []int{left, right} {
					if w >= 0 {
						out[w].loose = true
					}
				}
			}
		}
	}
	for i := range out {
		for l, r := 0, len(out[i].chars)-1; l < r; l, r = l+1, r-1 {
			out[i].chars[l], out[i].chars[r] = out[i].chars[r], out[i].chars[l]
		}
	}
	return out
}

// extends says whether a character may be one more of a word: a digit or letter of a code, a character of Chinese words.
func extends(w piece, r rune) bool {
	if w.ascii {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return unicode.Is(unicode.Han, r)
}

func unlike(a, b rune) float64 {
	if a == b || lineFold.Replace(string(a)) == lineFold.Replace(string(b)) {
		return 0
	}
	return 1
}

// away is what it costs that two characters stand apart: little, but nothing is a whole word away.
func away(a, b, em float64) float64 {
	d := max(a-b, b-a) / em
	if d > 3 {
		return 1.5
	}
	return 0.05 * d
}
