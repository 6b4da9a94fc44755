package day

import (
	"regexp"
	"strings"
)

// Stretches of one year that name it once: 2025年9-12月, 2025年9月（含）至12月（含）, 2025年9、10、11月, 2025年第三、四季度, 2025年Q3-Q4.
const (
	included = `(?:[\s　]*[（(][\s　]*(?:含|包含)[^（）()]{0,3}[）)])?`
	through  = `[\s　]*(?:-|—|－|–|─|~|～|〜|至|到|起至|一)+[\s　]*`
	listed   = `[\s　]*(?:、|,|，|和|及|与|以及)[\s　]*`
)

var (
	monthSpan   = regexp.MustCompile(yearPat + `\s*年\s*第?\s*(` + cn + `{1,3}?)\s*(?:月份?)?` + included + through + `(` + cn + `{1,3})\s*月份?` + included)
	monthList   = regexp.MustCompile(yearPat + `\s*年\s*(` + cn + `{1,3}\s*月?份?(?:` + listed + cn + `{1,3}\s*月?份?)*` + listed + cn + `{1,3})\s*月份?`)
	quarterSpan = regexp.MustCompile(yearPat + `\s*(?:年度|年)?\s*(?:第?\s*([一二三四1-4])\s*(?:季度?)?|[Qq]([1-4]))(?:` + through + `|` + listed + `)(?:第?\s*([一二三四1-4])\s*季度?|[Qq]([1-4]))`)
	listMark    = regexp.MustCompile(listed)
)

// spansIn calls a function with each such stretch of a text and its place in bytes.
func spansIn(text string, add func(w Window, m []int)) {
	months := func(year string, from, to int, m []int) {
		y, ok := number(year, true)
		a, ok1 := Month(y, from)
		b, ok2 := Month(y, to)
		if ok && ok1 && ok2 && from < to {
			add(Window{a.From, b.To}, m)
		}
	}
	part := func(m []int, i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	for _, m := range monthSpan.FindAllStringSubmatchIndex(text, -1) {
		from, ok1 := number(part(m, 2), false)
		to, ok2 := number(part(m, 3), false)
		if ok1 && ok2 && !dayFollows.MatchString(text[m[1]:]) {
			months(part(m, 1), from, to, m)
		}
	}
	for _, m := range monthList.FindAllStringSubmatchIndex(text, -1) {
		var all []int
		for _, one := range listMark.Split(part(m, 2), -1) {
			n, ok := number(strings.TrimRight(one, " 月份"), false)
			if !ok || len(all) > 0 && n != all[len(all)-1]+1 { // not one stretch
				all = nil
				break
			}
			all = append(all, n)
		}
		if len(all) > 1 && !dayFollows.MatchString(text[m[1]:]) {
			months(part(m, 1), all[0], all[len(all)-1], m)
		}
	}
	for _, m := range quarterSpan.FindAllStringSubmatchIndex(text, -1) {
		from, ok1 := number(part(m, 2)+part(m, 3), false)
		to, ok2 := number(part(m, 4)+part(m, 5), false)
		if ok1 && ok2 {
			months(part(m, 1), 3*from-2, 3*to, m)
		}
	}
}

// dayFollows says that what looks like a month is the beginning of a day.
var dayFollows = regexp.MustCompile(`^[\s　]*` + cn + `{1,3}[\s　]*[日号]`)
