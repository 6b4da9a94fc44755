package pipeline

import (
	"cmp"
	"image"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/ocr"
	"hequan/internal/raster"
)

// dayWords are the days of four decades in the forms that papers give them, and the months: what a month says is not to
// be taken for a day (2025-11 for 2025-1-1).
var dayWords = sync.OnceValue(func() *ocr.Lexicon {
	var words []string
	digits := strings.Split("〇一二三四五六七八九", "")
	var plain, two [32]string // 7 and 07
	for i := range plain {
		plain[i], two[i] = strconv.Itoa(i), string([]byte{'0' + byte(i/10), '0' + byte(i%10)})
	}
	for year := 2000; year < 2040; year++ {
		arabic, numerals := strconv.Itoa(year), "二〇"+digits[year/10%10]+digits[year%10]+"年"
		for month := 1; month <= 12; month++ {
			m, mm, spoken := plain[month], two[month], numerals+numeral(month)+"月"
			words = append(words, spoken, arabic+"年"+m+"月", arabic+"年"+mm+"月", arabic+"-"+mm, arabic+"."+mm, arabic+"/"+mm)
			for dom := 1; dom <= 31; dom++ {
				if _, ok := day.New(year, month, dom); !ok {
					continue
				}
				d, dd := plain[dom], two[dom]
				words = append(words, spoken+numeral(dom)+"日", arabic+"年"+m+"月"+d+"日", arabic+"年"+mm+"月"+dd+"日")
				for _, mark := range []string{"-", ".", "/"} {
					words = append(words, arabic+mark+mm+mark+dd, arabic+mark+m+mark+d)
				}
			}
		}
	}
	return ocr.NewLexicon(words, map[rune]string{'〇': "○零OoＯ0", '一': "-—－", '-': "—－一", '.': "。．", '/': "／"}, "0123456789〇○零一二三四五六七八九十")
})

// What a day must be by the recogniser of lines (natural logarithms; see Lexicon).
const (
	dayCost   = 8.0 // at most: what it reads freely is not much likelier
	dayLead   = 2.5 // before every other day, over all planes, to be taken
	dayProven = 2.5 // the same on each of two planes, to be proven
	daySure   = 3.5 // and over all
	dayClear  = 4.5 // of one plane: nothing like another is there
)

const dayNarrowest = 3 // heights: the room that a day needs

// readDays reads the days of a page that were not read alike by two recognisers again, as what they can be: days of
// the calendar. A seal takes strokes of a day, not its form: what is read freely is a wrong character or none.
// unread are places of print of which nothing was made.
func readDays(engine ocr.Engine, page *raster.Page, p prepared, lines []hequan.Line, grids []hequan.Grid, unread []image.Rectangle) ([]hequan.Line, error) {
	if !engine.HasLines() {
		return lines, nil
	}
	var places []dayPlace
	for _, l := range lines {
		places = append(places, dayPlaces(p, l, lines)...)
	}
	for _, r := range unread {
		if h := r.Dy(); r.Dx() > 4*h && r.Dx() < 14*h {
			places = append(places, dayPlace{blank: true, all: r, tall: h, left: r.Min.X - h, right: r.Max.X + h})
		}
	}
	if len(places) == 0 {
		return lines, nil
	}
	planes := dayPlanes{
		func() *image.Gray { return p.ruled },
		sync.OnceValue(func() *image.Gray { return lighter(p.ruled) }),
		sync.OnceValue(func() *image.Gray { return planeOf(page, p, 1) }),
	}
	var found []daySpelled
	for _, at := range places {
		d, err := spellDay(engine, p, planes, at)
		if err != nil {
			return nil, err
		}
		if d != nil {
			found = append(found, *d)
		}
	}
	for _, d := range clearest(found) {
		word := hequan.Word{Text: d.text, Box: fractions(d.rect, p.turn), Confidence: d.confidence}
		if d.proven {
			word.Proof = []hequan.Proof{hequan.ProofTwoReadings}
		}
		if other := daysIn(d.before); len(other) == 1 && other[0].From != d.at {
			word.Alt = other[0].Text
		}
		lines = placeDay(p, lines, word)
		for _, cell := range cellsAt(grids, word.Box) {
			cell.Lines = placeDay(p, cell.Lines, word)
		}
	}
	sortLines(lines)
	return lines, nil
}

// clearest leaves one of those that stand in the same place: a line that is cut into two over each other is two places.
func clearest(found []daySpelled) []daySpelled {
	slices.SortStableFunc(found, func(a, b daySpelled) int { return cmp.Compare(b.lead-b.cost, a.lead-a.cost) })
	var out []daySpelled
	for _, d := range found {
		if !slices.ContainsFunc(out, func(o daySpelled) bool { return o.rect.Overlaps(d.rect) }) {
			out = append(out, d)
		}
	}
	return out
}

// daysIn is the single days in a text.
func daysIn(text string) []day.Found {
	return slices.DeleteFunc(day.Find(text), func(f day.Found) bool { return !f.Exact })
}

// dayPlace is where a day may stand: what was read there, where, how high its print is, and how far
// to both sides one may look for more of it.
type dayPlace struct {
	text        string
	own         day.Day // as it was read by Tesseract; zero: not a day, or another reading had a part in it
	blank       bool    // nothing of a day was read
	all         image.Rectangle
	tall        int
	left, right int
}

var (
	dayBegin   = regexp.MustCompile(`(?:^|[^0-9])20\d\d[-./年]|[二一][〇○零Oo0][〇○零Oo0一二三四五六七八九]|[0-9〇○零一二三四五六七八九十][年月]|[年月][0-9〇○零一二三四五六七八九十]|日期`)
	dayMore    = regexp.MustCompile(`[月日]|20\d\d[-./]|[二一][〇○零Oo0]`)
	dayCode    = regexp.MustCompile(`[A-Za-z]+[-_/]?20\d\d[-./]\d{3,}|^20\d\d\.\d\d?$`) // a number of a paper, an amount
	dayMonth   = regexp.MustCompile(`^20\d\d年\d\d?月$`)
	dayPart    = regexp.MustCompile(`[0-9〇○零一二三四五六七八九十]|^[年月日]`)
	dayNumbers = "0123456789〇○零Oo一二三四五六七八九十"
	dayLetters = dayNumbers + "年月日-./"
)

const dayLongest = 30 // characters of a stretch that is looked at as a whole

// dayPlaces are the places in a line in which a day may stand that is not proven.
func dayPlaces(p prepared, line hequan.Line, lines []hequan.Line) []dayPlace {
	var rects []image.Rectangle
	for _, w := range line.Words {
		rects = append(rects, onLevel(p, w.Box))
	}
	var out []dayPlace
	for _, s := range dayStretches(line.Words, rects) {
		if at, ok := dayPlaceOf(p, line.Words[s[0]:s[1]], rects[s[0]:s[1]], lines); ok {
			// In a sentence the words beside it are bounds, whatever they are; behind a gap may stand what a seal left of the day.
			if s[0] > 0 && at.all.Min.X-rects[s[0]-1].Max.X < at.tall/2 {
				at.left = max(at.left, rects[s[0]-1].Max.X)
			}
			if s[1] < len(rects) && rects[s[1]].Min.X-at.all.Max.X < at.tall/2 {
				at.right = min(at.right, rects[s[1]].Min.X)
			}
			out = append(out, at)
		}
	}
	return out
}

// dayStretches are words from and to that may hold one day: what stands together without a wide gap, of longer lines and of
// periods the words that days are made of.
func dayStretches(words []hequan.Word, rects []image.Rectangle) [][2]int {
	var out [][2]int
	for from := 0; from < len(words); {
		to, text := from+1, words[from].Text
		for ; to < len(words) && rects[to].Min.X-rects[to-1].Max.X <= 2*max(rects[to].Dy(), rects[to-1].Dy()); to++ {
			text += words[to].Text
		}
		if runeCount(text) <= dayLongest && strings.Count(text, "年") < 2 && !strings.ContainsAny(text, "至到") {
			out = append(out, [2]int{from, to})
		} else {
			for i := from; i < to; i++ {
				k := i
				for k < to && dayPart.MatchString(words[k].Text) && runeCount(words[k].Text) <= 12 && !strings.ContainsAny(words[k].Text, "至到") {
					k++
				}
				if k > i {
					out = append(out, [2]int{i, k})
					i = k
				}
			}
		}
		from = to
	}
	return out
}

// dayPlaceOf is the place of some words of a line; false where no day is to be looked for.
func dayPlaceOf(p prepared, words []hequan.Word, rects []image.Rectangle, lines []hequan.Line) (dayPlace, bool) {
	at, proven, well, others := dayPlace{}, true, true, ""
	var main image.Rectangle // of the word with most of what a day is made of
	for i, w := range words {
		at.text += w.Text
		others += w.Alt + " "
		at.all = at.all.Union(rects[i])
		proven = proven && (len(w.Proof) > 0 || !dayPart.MatchString(w.Text))
		well = well && w.Confidence >= readWell
		if n := dayRunes(strings.ReplaceAll(w.Text, "日期", "")); n > 0 && rects[i].Dx() > main.Dx() {
			main = rects[i]
		}
	}
	found := daysIn(at.text)
	looksLike := func(text string) bool {
		text = dayCode.ReplaceAllString(text, "")
		return dayBegin.MatchString(text) && dayMore.MatchString(text)
	}
	if !looksLike(at.text) && !looksLike(others) || strings.Count(at.text, "年") > 1 || len(found) > 1 || len(found) == 1 && proven {
		return at, false
	}
	if at.blank = main.Empty(); at.blank {
		main = at.all
	}
	if len(found) == 1 && !slices.ContainsFunc(words, func(w hequan.Word) bool {
		return w.Alt != "" && len(w.Proof) == 0 && dayPart.MatchString(w.Text)
	}) {
		at.own = found[0].From
	}
	y0, y1 := main.Min.Y, main.Max.Y
	for i, w := range words {
		if dayRunes(w.Text) > 0 && 2*rects[i].Dy() <= 3*main.Dy() {
			y0, y1 = min(y0, rects[i].Min.Y), max(y1, rects[i].Max.Y)
		}
	}
	at.all.Min.Y, at.all.Max.Y, at.tall = y0, y1, y1-y0
	at.left, at.right = roomBeside(p, at.all, at.tall, lines)
	end := min(at.all.Max.X, at.all.Min.X+widthOf(at.text, at.tall)) // a seal's ink may be taken for a part of its last character
	if (proven && len(day.Find(at.text)) > 0 || (proven || well) && dayMonth.MatchString(at.text)) && withTouching(p.text, at.all, at.left, at.right, at.tall/2).Max.X < end+at.tall/2 {
		return at, false // a month, and nothing behind it
	}
	return at, true
}

// widthOf is about how wide a text is whose characters are so high.
func widthOf(text string, tall int) int {
	halves := 0
	for _, r := range text {
		if halves++; r > unicode.MaxASCII {
			halves++
		}
	}
	return halves * tall * 3 / 5
}

// dayRunes is how many characters of a text are such as days are made of.
func dayRunes(text string) int {
	n := 0
	for _, r := range text {
		if strings.ContainsRune(dayLetters, r) {
			n++
		}
	}
	return n
}

// roomBeside is how far to the left and right of a stretch no other words stand that were read well (two characters may
// be a seal's), five heights at most, and not out of its cell. Other rules bound nothing: a name seal's frame is one too.
func roomBeside(p prepared, r image.Rectangle, tall int, lines []hequan.Line) (left, right int) {
	left, right = r.Min.X-5*tall, r.Max.X+5*tall
	middle := image.Pt((r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2)
	for _, g := range p.grids {
		for _, c := range g.Cells {
			if middle.In(c.Rect) {
				left, right = max(left, c.Rect.Min.X), min(right, c.Rect.Max.X)
			}
		}
	}
	for _, l := range lines {
		for _, w := range l.Words {
			o := onLevel(p, w.Box)
			if min(o.Max.Y, r.Max.Y)-max(o.Min.Y, r.Min.Y) < tall/2 || !strings.ContainsAny(w.Text, "年月日") && (len(w.Proof) == 0 || runeCount(w.Text) < 3) {
				continue
			}
			if o.Min.X >= r.Max.X {
				right = min(right, o.Min.X)
			}
			if o.Max.X <= r.Min.X {
				left = max(left, o.Max.X)
			}
		}
	}
	return left, right
}
