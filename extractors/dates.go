package extractors

import (
	"fmt"
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// aDay is a day as papers print it, in a text without blanks.
const aDay = `(?:20\d{2}年\d{1,2}月\d{1,2}[日号]|20\d{2}[-./]\d{1,2}[-./]\d{1,2}|二[〇○零OoＯ0]{1,2}[一二三四五六七八九〇零]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,4}[日号])`

var (
	// fromTo is a term in a sentence: 自…起，至…止.
	fromTo = regexp.MustCompile(`(` + aDay + `)(?:\([^()]{0,10}\))?(?:起|开始|始|生效|零时)?[,，、]?(?:至|到|截至|止于|终至|-|—|–|~|～|直至)+(?:于)?(` + aDay + `)`)
	// apartFromTo is a term whose two days are labelled apart: 起始日：…；终止日：….
	apartFromTo = regexp.MustCompile(`(?:起始|开始|启用|生效|起)(?:日期?|时间|之日)?[:为是]?\n?(` + aDay + `)[^\d。]{0,14}?(?:终止|截止|结束|届满|到期|失效|止)(?:日期?|时间|之日)?[:为是]?\n?(` + aDay + `)`)
	// signedOn is the day of a paper in its sentence: 于…签订.
	signedOn = regexp.MustCompile(`(?:于|在)?(` + aDay + `)(?:在|于)?[^。；\n]{0,12}?(?:签订|签署|订立|缔结|签立|达成一致)`)
)

// ranges finds the stretches of time of a text, wherever lines break.
func (f *flow) ranges() (out []stretchOfTime) {
	text := string(f.text)
	for _, loc := range append(fromTo.FindAllStringSubmatchIndex(text, -1), apartFromTo.FindAllStringSubmatchIndex(text, -1)...) {
		a, ok1 := dayOf(text[loc[2]:loc[3]])
		b, ok2 := dayOf(text[loc[4]:loc[5]])
		if ok1 && ok2 && !b.Before(a) && !containsAny(text[loc[3]:loc[4]], otherEnds) {
			at := func(byteAt int) int { return len([]rune(text[:byteAt])) }
			out = append(out, stretchOfTime{day.Window{From: a, To: b}, [2]int{at(loc[2]), at(loc[3])}, [2]int{at(loc[4]), at(loc[5])}})
		}
	}
	return out
}

// otherEnds stand in the label of a last day that is of something else: 付款截止日.
var otherEnds = []string{"付款", "支付", "缴费", "缴款", "还款", "开票", "验收", "质保"}

// stretchOfTime is a term with the places of its two days.
type stretchOfTime struct {
	window   day.Window
	from, to [2]int
}

func dayOf(text string) (day.Day, bool) {
	for _, f := range day.Find(mendDay(text)) {
		return f.Window.From, true
	}
	return day.Day{}, false
}

// longest sets two fields from the longest stretch of time of at least so many days.
func (f *flow) longest(c *Content, start, end string, least int) {
	if x, y := c.field(start), c.field(end); x != nil && y != nil && x.Value != "" && y.Value != "" {
		return
	}
	var best *stretchOfTime
	for _, r := range f.ranges() {
		if r.window.Days() >= least && (best == nil || r.window.Days() > best.window.Days()) {
			best = &r
		}
	}
	if best != nil {
		c.set(f.field(start, best.window.From.String(), best.from[0], best.from[1]))
		c.set(f.field(end, best.window.To.String(), best.to[0], best.to[1]))
	}
}

// dayIn sets a field from the first day that a pattern finds.
func (f *flow) dayIn(name string, re *regexp.Regexp) (hequan.Field, bool) {
	mended := *f
	if t := []rune(mendDay(string(f.text))); len(t) == len(f.text) {
		mended.text = t
	}
	for _, m := range mended.matches(re) {
		d, ok := dayOf(mended.string(m[0], m[1]))
		if !ok {
			continue
		}
		x := f.field(name, d.String(), m[0], m[1])
		if read := f.string(m[0], m[1]); read != mended.string(m[0], m[1]) {
			x.Repaired, x.Proof, x.Confidence = read, nil, min(x.Confidence, 0.75)
		}
		return x, true
	}
	return hequan.Field{}, false
}

// loneDay finds the last day that stands by itself or behind a label: no end
// of a range, and no part of a sentence.
func loneDay(d *doc, field string) (hequan.Field, bool) {
	for i := len(d.rows) - 1; i >= 0; i-- {
		for _, p := range tabbed(d.rows[i]) {
			s := span{i, p[0], p[1]}
			t := mendDay(d.text(s))
			found := day.Find(t)
			if len(found) != 1 || len(day.FindRanges(t)) > 0 || p[1]-p[0]-(found[0].End-found[0].Start) > 14 || strings.ContainsAny(t, "起至止到~～—") {
				continue
			}
			if before := strings.Map(dropSpace, string(d.rows[i].text[:p[0]+found[0].Start])); dayOfOther.MatchString(before) {
				continue
			}
			return d.dayField(field, s, found[0]), true
		}
	}
	return hequan.Field{}, false
}

// daysOfOthers are parts of labels of days on which something begins, ends or is due.
var daysOfOthers = []string{"开始", "结束", "起始", "截止", "终止", "起算", "到期", "付款", "支付", "缴费"}

// dayOfOther ends with the label of such a day, before its value.
var dayOfOther = regexp.MustCompile(`(?:` + strings.Join(daysOfOthers, "|") + `)(?:日期|时间|日)?[)）】\]]?[:：]?$`)

// dropLabelled takes a day away whose label has one of some words: it is of something else.
func dropLabelled(d *doc, c *Content, field string, words ...string) {
	f := c.field(field)
	if f == nil || f.Value == "" {
		return
	}
	for _, p := range d.pairs() {
		if containsAny(p.label, words) && d.rows[p.at.row].page == f.Page && overlaps(d.box(p.at), f.Box) {
			c.drop(field)
			return
		}
	}
}

// setRange sets two fields to the first range of days of a stretch; where apart, two days without a dash between them are one.
func (d *doc) setRange(c *Content, from, to string, at span, apart bool) bool {
	text := mendDay(d.text(at))
	ranges := day.FindRanges(text)
	if len(ranges) == 0 && apart {
		if ranges = twoEnds(text); len(ranges) == 0 {
			ranges = oneStretch(text)
		}
	}
	if len(ranges) == 0 {
		return false
	}
	where := sub(at, ranges[0].Start, ranges[0].End)
	c.set(d.field(from, ranges[0].Window.From.String(), where))
	c.set(d.field(to, ranges[0].Window.To.String(), where))
	return true
}

// digitMonths are two months in figures alone: 202510-202512.
var digitMonths = regexp.MustCompile(`(20\d\d)(0[1-9]|1[0-2])\s*[-—－–~～至]\s*(20\d\d)(0[1-9]|1[0-2])`)

// oneStretch is the period that a label states by one name: a quarter, half a year; or months in figures
// alone. A month alone is but the first of a range whose last was not read.
func oneStretch(text string) []day.Range {
	if m := digitMonths.FindStringSubmatchIndex(text); m != nil {
		at := func(k int) string { return text[m[k]:m[k+1]] }
		first, ok1 := day.Period(at(2) + "-" + at(4))
		last, ok2 := day.Period(at(6) + "-" + at(8))
		if ok1 && ok2 && !last.To.Before(first.From) {
			return []day.Range{{Window: day.Window{From: first.From, To: last.To}, Start: len([]rune(text[:m[0]])), End: len([]rune(text[:m[1]]))}}
		}
	}
	found := day.FindAll(text)
	if len(found) != 1 || found[0].Exact || found[0].Days() < 80 || found[0].Days() > 190 {
		return nil
	}
	return []day.Range{{Window: found[0].Window, Start: found[0].Start, End: found[0].End}}
}

// twoEnds is the range that a period of two days or months is, between which no dash was read, or something else for it.
func twoEnds(text string) []day.Range {
	length := len([]rune(text))
	text = runTogether.ReplaceAllString(text, "$1 $2")
	found := day.FindAll(text)
	if len(found) == 1 {
		if last, ok := endOfSameYear(text, found[0]); ok {
			found = append(found, last)
		}
	}
	if len(found) != 2 || found[1].Start-found[0].End > 2 || found[0].Exact != found[1].Exact || found[1].Days() > 31 || !found[0].From.Before(found[1].From) {
		return nil
	}
	return []day.Range{{Window: day.Window{From: found[0].From, To: found[1].To}, Start: found[0].Start, End: min(found[1].End, length)}}
}

// endOfSameYear is the day or month right behind another one, whose year it shares.
func endOfSameYear(text string, first day.Found) (day.Found, bool) {
	m := shortEnd.FindStringSubmatch(string([]rune(text)[first.End:]))
	if m == nil || first.Days() > 31 || first.Exact != (m[2] != "") {
		return day.Found{}, false
	}
	value := fmt.Sprintf("%d年%s月", first.From.Year, m[1])
	if first.Exact {
		value += m[2] + "日"
	}
	w, ok := day.Period(value)
	return day.Found{Window: w, Exact: first.Exact, Start: first.End, End: first.End + len([]rune(m[0]))}, ok
}

var (
	// runTogether is a day in figures, and the next that begins where it ends.
	runTogether = regexp.MustCompile(`(20\d\d[-./]\d{1,2}[-./]\d{1,2})(20\d\d[-./]\d)`)
	// shortEnd is the last day or month of a range that names its year once, behind at most one character that was no dash.
	shortEnd = regexp.MustCompile(`^\s?[^\d\s、,，和及]?\s?(1[0-2]|0?[1-9])\s?月(?:\s?(\d{1,2})\s?日)?`)
)
