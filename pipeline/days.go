package pipeline

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	for year := 2000; year < 2040; year++ {
		numerals := "二〇" + digits[year/10%10] + digits[year%10]
		for month := 1; month <= 12; month++ {
			words = append(words, fmt.Sprintf("%s年%s月", numerals, numeral(month)))
			for _, form := range []string{"%d年%d月", "%d年%02d月", "%d-%02d", "%d.%02d", "%d/%02d"} {
				words = append(words, fmt.Sprintf(form, year, month))
			}
			for dom := 1; dom <= 31; dom++ {
				if _, ok := day.New(year, month, dom); !ok {
					continue
				}
				words = append(words, fmt.Sprintf("%s年%s月%s日", numerals, numeral(month), numeral(dom)))
				for _, form := range []string{"%d年%d月%d日", "%d年%02d月%02d日", "%d-%02d-%02d", "%d.%02d.%02d", "%d/%02d/%02d", "%d-%d-%d", "%d.%d.%d", "%d/%d/%d"} {
					words = append(words, fmt.Sprintf(form, year, month, dom))
				}
			}
		}
	}
	return ocr.NewLexicon(words, map[rune]string{'〇': "○零OoＯ0", '一': "-—－", '-': "—－一", '.': "。．", '/': "／"}, "0123456789〇○零一二三四五六七八九十")
})

// What a day must be by the recogniser of lines (natural logarithms; see Lexicon).
const (
	dayCost   = 8.0 // at most: what it reads freely is not much likelier
	dayLead   = 2.5 // before every other day, over both planes, to be taken
	dayProven = 2.5 // the same on each of two planes, to be proven
	daySure   = 3.5 // and over both
	dayClear  = 6.0 // of one plane: no other rectangle is tried
)

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
	planes := [2]*image.Gray{p.ruled, planeOf(page, p, 1)}
	var found []daySpelled
	for _, at := range places {
		d, err := spellDay(engine, planes, p.text, at)
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
		for g := range grids {
			for c := range grids[g].Cells {
				if cell := &grids[g].Cells[c]; cell.Box.Contains(word.Box.CenterX(), word.Box.CenterY()) {
					cell.Lines = placeDay(p, cell.Lines, word)
				}
			}
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
	dayBegin   = regexp.MustCompile(`20\d\d[-./年]|[二一][〇○零Oo0][〇○零Oo0一二三四五六七八九]|[0-9〇○零一二三四五六七八九十][年月]|[年月][0-9〇○零一二三四五六七八九十]|日期`)
	dayMore    = regexp.MustCompile(`[月日]|20\d\d[-./]|[二一][〇○零Oo0]`)
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
			if s[0] > 0 {
				at.left = max(at.left, rects[s[0]-1].Max.X)
			}
			if s[1] < len(rects) {
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
	at, proven, others := dayPlace{}, true, ""
	var main image.Rectangle // of the word with most of what a day is made of
	for i, w := range words {
		at.text += w.Text
		others += w.Alt + " "
		at.all = at.all.Union(rects[i])
		proven = proven && (len(w.Proof) > 0 || !dayPart.MatchString(w.Text))
		if n := dayRunes(strings.ReplaceAll(w.Text, "日期", "")); n > 0 && rects[i].Dx() > main.Dx() {
			main = rects[i]
		}
	}
	found := daysIn(at.text)
	looksLike := func(text string) bool { return dayBegin.MatchString(text) && dayMore.MatchString(text) }
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
	if proven && len(day.Find(at.text)) > 0 && withTouching(p.text, at.all, at.left, at.right, at.tall/2).Max.X < at.all.Max.X+at.tall/2 {
		return at, false // a month, and nothing behind it
	}
	return at, true
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

// roomBeside is how far to the left and right of a stretch no rule stands and no other words that were read well,
// five heights at most.
func roomBeside(p prepared, r image.Rectangle, tall int, lines []hequan.Line) (left, right int) {
	left, right = r.Min.X-5*tall, r.Max.X+5*tall
	for _, rule := range p.upright {
		if min(rule.Rect.Max.Y, r.Max.Y)-max(rule.Rect.Min.Y, r.Min.Y) < tall/2 {
			continue
		}
		if rule.Rect.Min.X >= r.Max.X-tall/4 {
			right = min(right, rule.Rect.Min.X)
		}
		if rule.Rect.Max.X <= r.Min.X+tall/4 {
			left = max(left, rule.Rect.Max.X)
		}
	}
	for _, l := range lines {
		for _, w := range l.Words {
			o := onLevel(p, w.Box)
			if min(o.Max.Y, r.Max.Y)-max(o.Min.Y, r.Min.Y) < tall/2 || len(w.Proof) == 0 && !strings.ContainsAny(w.Text, "年月日") {
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

// daySpelled is a day that was found in a place, where before was read before.
type daySpelled struct {
	at         day.Day
	before     string
	text       string
	rect       image.Rectangle
	cost, lead float64 // of both planes together
	proven     bool
	confidence float64
}

// dayView is what two planes show in a rectangle, the likeliest day first.
type dayView struct {
	crop  image.Rectangle
	found [2][]ocr.Spelled
}

// spellDay asks which day stands in a place; nil where none does. What lies beside a day, a seal's rim or
// another stroke, is now and then taken for a part of it: where a first look is not clear, narrower and wider ones are asked too.
func spellDay(engine ocr.Engine, planes [2]*image.Gray, ink *image.Gray, at dayPlace) (*daySpelled, error) {
	h := at.tall
	y0, y1 := at.all.Min.Y-h/8, at.all.Max.Y+h/8
	seen := withTouching(ink, image.Rect(at.all.Min.X, y0, at.all.Max.X, y1), at.left, at.right, h/2)
	seen.Min.X, seen.Max.X = max(at.left, seen.Min.X-h/4), min(at.right, seen.Max.X+h/4)
	left, right := max(at.left, at.all.Min.X-h/4), min(at.right, at.all.Max.X+h*3/2)
	crops := []image.Rectangle{
		seen,
		image.Rect(left, y0, right, y1),
		image.Rect(left, y0, at.right, y1),
		image.Rect(at.left, y0, at.right, y1),
	}
	var views []dayView
	for i, r := range crops {
		if slices.Contains(crops[:i], r) {
			continue
		}
		v := dayView{crop: r}
		for k, plane := range planes {
			found, err := spellOn(engine, plane, r)
			if err != nil {
				return nil, err
			}
			if len(found) == 0 || found[0].Cost > 2*dayCost {
				break // there is none, or too little of it
			}
			v.found[k] = found
		}
		if len(v.found[0]) > 0 {
			views = append(views, v)
		}
		if v.clear() {
			views = []dayView{v}
			break
		}
	}
	if debugDays != nil {
		debugDays(at, views)
	}
	return weighDays(views, at), nil
}

// clear says whether both planes show the same day and nothing like another.
func (v dayView) clear() bool {
	return len(v.found[0])*len(v.found[1]) > 0 && sameWord(v.found[0], v.found[1]) && max(v.found[0][0].Cost, v.found[1][0].Cost) <= dayCost/2 && min(leadOf(v.found[0]), leadOf(v.found[1])) >= dayClear
}

func sameWord(a, b []ocr.Spelled) bool {
	x, _ := day.Of(a[0].Word)
	y, _ := day.Of(b[0].Word)
	return x == y
}

// spellOn is the days that a plane may show in a rectangle, each in its likeliest form; the likeliest month is the zero day.
func spellOn(engine ocr.Engine, plane *image.Gray, r image.Rectangle) ([]ocr.Spelled, error) {
	if err := engine.SetPicture(plane); err != nil {
		return nil, err
	}
	found, err := engine.Spell(r, dayWords())
	var out []ocr.Spelled
	for _, s := range found {
		d, _ := day.Of(s.Word)
		if !slices.ContainsFunc(out, func(o ocr.Spelled) bool { known, _ := day.Of(o.Word); return known == d }) {
			out = append(out, s)
		}
	}
	return out, err
}

// leadOf is by how much the first is likelier than the second.
func leadOf(found []ocr.Spelled) float64 {
	if len(found) < 2 {
		return 2 * dayClear // all others are left far behind
	}
	return found[1].Cost - found[0].Cost
}

// dayAbsent is the cost of a day that is not among those that a plane may show.
const dayAbsent = 15.0

// weighDays puts together what the planes show in all rectangles, where they show a day at all; nil where none is clearly the likeliest.
func weighDays(views []dayView, at dayPlace) *daySpelled {
	sum := map[day.Day]float64{}
	var days []day.Day // in the order in which they were found
	looks := 0.0
	for _, v := range views {
		for _, found := range v.found {
			if len(found) == 0 || found[0].Cost > dayCost {
				continue
			}
			looks++
			for _, s := range found {
				d, _ := day.Of(s.Word)
				if _, ok := sum[d]; !ok {
					days = append(days, d)
				}
				sum[d] += min(s.Cost, dayAbsent) - dayAbsent
			}
		}
	}
	if looks == 0 {
		return nil
	}
	slices.SortStableFunc(days, func(a, b day.Day) int { return cmp.Compare(sum[a], sum[b]) })
	out := &daySpelled{at: days[0], before: at.text, cost: sum[days[0]]/looks + dayAbsent, lead: 2 * dayClear}
	if len(days) > 1 {
		out.lead = min(out.lead, (sum[days[1]]-sum[days[0]])/looks)
	}
	likely, first, clearly := math.Inf(1), 0.0, [2]bool{true, true}
	for _, v := range views {
		for k, found := range v.found {
			if len(found) == 0 || found[0].Cost > dayCost {
				clearly[k] = clearly[k] && k > 0 && len(views) > 1
				continue
			}
			best, _ := day.Of(found[0].Word)
			if best == out.at {
				first++
			}
			clearly[k] = clearly[k] && best == out.at && leadOf(found) >= dayProven
			for _, s := range found {
				if d, _ := day.Of(s.Word); d == out.at && s.Cost < likely {
					likely, out.text = s.Cost, s.Word
					out.rect = image.Rect(s.From-2*at.tall/5, v.crop.Min.Y, s.To+2*at.tall/5, v.crop.Max.Y)
				}
			}
		}
	}
	if out.at.IsZero() || out.lead < dayLead || 2*first <= looks {
		return nil
	}
	out.proven = clearly[0] && clearly[1] && looks > 1 && out.lead >= daySure || out.at == at.own && first == looks && out.lead >= daySure
	if at.blank && !(out.proven && out.cost <= dayCost/2) {
		return nil
	}
	out.confidence = round3(0.99 - 0.3*math.Exp(-out.lead/2))
	return out
}

// placeDay puts the word of a day into lines, in place of what was read there. Of words that
// reach further their letters before and behind the day stay.
func placeDay(p prepared, lines []hequan.Line, word hequan.Word) []hequan.Line {
	rect := onLevel(p, word.Box)
	h := rect.Dy()
	host, most := -1, 0
	var out []hequan.Line
	for _, l := range lines {
		covered := 0
		var words []hequan.Word
		for _, w := range l.Words {
			r := onLevel(p, w.Box)
			both := r.Intersect(rect)
			if both.Dx() <= 0 || 2*both.Dy() < min(r.Dy(), h) || 10*both.Dx() < 4*r.Dx() && both.Dx() < h/2 {
				words = append(words, w)
				continue
			}
			covered += both.Dx()
			if before := w.Text[:firstOf(w.Text, dayNumbers)]; before != "" && r.Min.X < rect.Min.X-h/2 {
				words = append(words, partOfWord(w, before, w.Box[0], word.Box[0]))
			}
			if behind := w.Text[lastOf(w.Text, dayLetters):]; behind != "" && r.Max.X > rect.Max.X+h/2 && firstOf(w.Text, dayNumbers) < len(w.Text) {
				words = append(words, partOfWord(w, behind, word.Box[2], w.Box[2]))
			}
		}
		l.Words = words
		if covered > most {
			host, most = len(out), covered
		}
		if len(words) > 0 || covered > 0 {
			out = append(out, l)
		}
	}
	if host < 0 {
		out = append(out, hequan.Line{})
		host = len(out) - 1
	}
	l := &out[host]
	at := len(l.Words)
	for i, w := range l.Words {
		if w.Box.CenterX() > word.Box.CenterX() {
			at = i
			break
		}
	}
	l.Words = slices.Insert(slices.Clone(l.Words), at, word)
	out = slices.DeleteFunc(out, func(l hequan.Line) bool { return len(l.Words) == 0 })
	for i := range out {
		out[i].Box = hequan.Box{}
		for _, w := range out[i].Words {
			out[i].Box = out[i].Box.Union(w.Box)
		}
	}
	return out
}

func firstOf(s, letters string) int {
	if i := strings.IndexAny(s, letters); i >= 0 {
		return i
	}
	return len(s)
}

// lastOf is behind the last of the letters.
func lastOf(s, letters string) int {
	i := strings.LastIndexAny(s, letters)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

func partOfWord(w hequan.Word, text string, x0, x1 float64) hequan.Word {
	w.Text, w.Alt = text, ""
	w.Box[0], w.Box[2] = x0, x1
	return w
}

var debugDays func(at dayPlace, views []dayView)
