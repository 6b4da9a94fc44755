package day

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Range is a stretch of time that stands in a text with its two ends.
type Range struct {
	Window
	Start, End int // runes
	Text       string
}

var (
	joint      = regexp.MustCompile(`^` + included + `[\s　]*(?:\d{1,2}\s*[时点]\s*(?:\d{1,2}\s*分)?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\s　]*(?:起)?[\s　]*(?:(?:-|—|－|–|─|一|~|～|〜|…|至|到|起至|开始至|、截至|，至|,至)+|[Tt][Oo]|\s/\s)[\s　]*(?:于)?[\s　]*$`)
	shortRange = regexp.MustCompile(`^` + included + `[\s　]*(?:起)?` + through + `(` + cn + `{1,3})\s*月(?:\s*(` + cn + `{1,3})\s*日)?`)
	// 2025.09.01-12.31
	shortDigits = regexp.MustCompile(`^[\s　]*(?:-|—|－|–|─|~|～|〜|至|到)+[\s　]*(\d{1,2})[./](\d{1,2})(?:[^\d./-]|$)`)
)

// FindRanges returns the ranges of a text: 2025.08.09-2026.06.30,
// 自2025年8月9日起至2026年6月30日止, 2025年9月至12月, 2025-09 ~ 2026-05.
func FindRanges(text string) []Range {
	found := FindAll(text)
	var out []Range
	add := func(w Window, start, end int) {
		if w.To.Before(w.From) {
			return
		}
		out = append(out, Range{Window: w, Text: text[start:end],
			Start: utf8.RuneCountInString(text[:start]), End: utf8.RuneCountInString(text[:end])})
	}
	for i := 0; i < len(found); i++ {
		a := found[i]
		if a.span {
			add(a.Window, a.start, a.end)
			continue
		}
		if i+1 < len(found) {
			if b := found[i+1]; joint.MatchString(text[a.end:b.start]) {
				if a.Exact && !b.Exact && b.Days() > 31 {
					i++ // from a day to a year: the rest of the last day was lost
					continue
				}
				add(Window{a.From, b.To}, a.start, b.end)
				i++
				continue
			}
		}
		if m := shortDigits.FindStringSubmatchIndex(text[a.end:]); m != nil && a.Exact {
			month, _ := number(text[a.end+m[2]:a.end+m[3]], false)
			dom, _ := number(text[a.end+m[4]:a.end+m[5]], false)
			if d, ok := New(a.From.Year, month, dom); ok {
				add(Window{a.From, d}, a.start, a.end+m[5])
				continue
			}
		}
		if m := shortRange.FindStringSubmatchIndex(text[a.end:]); m != nil {
			month, _ := number(text[a.end+m[2]:a.end+m[3]], false)
			w, ok := Month(a.From.Year, month)
			if m[4] >= 0 {
				dom, _ := number(text[a.end+m[4]:a.end+m[5]], false)
				d, valid := New(a.From.Year, month, dom)
				w, ok = Single(d), valid
			}
			if ok {
				add(Window{a.From, w.To}, a.start, a.end+m[1])
			}
		}
	}
	return out
}

// Period reads a value or a text that names one stretch of time: a normal form
// ("2025-09-01", "2025-09"), a range, or a single day, month, quarter or year.
func Period(text string) (Window, bool) {
	s := strings.TrimSpace(text)
	if d, ok := Parse(s); ok {
		return Single(d), true
	}
	if r := FindRanges(s); len(r) == 1 {
		return r[0].Window, true
	} else if len(r) > 1 {
		return Window{}, false
	}
	if f := FindAll(s); len(f) == 1 {
		return f[0].Window, true
	}
	return Window{}, false
}

// Relative is a term counted from an event: 自签订之日起一年.
type Relative struct {
	Event  string // what it counts from, as printed: 签订 生效 验收合格 …
	Months int
	Days   int
	Text   string
}

var relativePattern = regexp.MustCompile(
	`自?(?:本)?(?:合同|协议)?([^\s，。；,;自]{0,12}?)之?日起[\s　]*(?:计算)?[，,]?(?:有效期)?(?:为)?[\s　]*([一二两三四五六七八九十\d]+)[\s　]*(?:\(|（)?[^\s年月日个天]{0,3}(?:\)|）)?[\s　]*(个?月|年|日|天)`)

// FindRelative returns the relative terms of a text.
func FindRelative(text string) []Relative {
	var out []Relative
	for _, m := range relativePattern.FindAllStringSubmatch(text, -1) {
		n, ok := number(strings.ReplaceAll(m[2], "两", "二"), false)
		if !ok || n == 0 || n > 3660 {
			continue
		}
		r := Relative{Event: m[1], Text: m[0]}
		switch m[3] {
		case "年":
			r.Months = 12 * n
		case "月", "个月":
			r.Months = n
		default:
			r.Days = n
		}
		out = append(out, r)
	}
	return out
}

// From returns the term that starts on the day of its event; its last day is
// the eve of the anniversary.
func (r Relative) From(start Day) Window {
	end := start.AddMonths(r.Months)
	if r.Months > 0 {
		end = end.AddDays(-1)
	}
	if r.Days > 0 {
		end = start.AddDays(r.Days - 1)
	}
	return Window{start, end}
}
