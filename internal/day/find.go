package day

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Found is a date, month, quarter, half-year or year that stands in a text.
type Found struct {
	Window            // a day is a window of one day
	Exact      bool   // a single day, not a whole month or more
	Start, End int    // runes
	Text       string // what stands there
	start, end int    // bytes
	span       bool   // a stretch whose two ends stand there
}

// Numerals of dates. 元 is the first year or month of an era; it does not occur here.
const (
	cn      = `[〇○零一二三四五六七八九十廿卅壹贰貳叁肆伍陆柒捌玖拾０-９\d]`
	sep     = `\s*[.\-/．。·—－–／_]\s*`
	yearPat = `((?:19|20)\d{2}|[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{4}|(?:１９|２０)[０-９]{2})`
)

var (
	dayPattern = regexp.MustCompile(
		yearPat + `\s*年\s*(` + cn + `{1,3})\s*月\s*(` + cn + `{1,3})\s*[日号]` +
			`|\b((?:19|20)\d{2})` + sep + `(\d{1,2})` + sep + `(\d{1,2})(?:\b|日)` +
			`|\b((?:19|20)\d{2})(\d{2})(\d{2})\b` +
			`|((?:１９|２０)[０-９]{2})` + sep + `([０-９]{1,2})` + sep + `([０-９]{1,2})` +
			`|\b(2\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]`)
	monthPattern = regexp.MustCompile(
		yearPat + `\s*年\s*(` + cn + `{1,3})\s*月(?:份)?` +
			`|\b((?:19|20)\d{2})` + sep + `(\d{1,2})\b` +
			`|\b(2\d)\s*年\s*(\d{1,2})\s*月`)
	quarterPattern = regexp.MustCompile(yearPat + `\s*(?:年度|年)?\s*(?:第?\s*([一二三四1-4])\s*季度?|(上|下)半年|[Qq]([1-4])|[Hh]([12]))`)
	unreadDay      = regexp.MustCompile(`^[\s　]*[^\s　，。,、;；至到起止~～—–-]{1,3}[\s　]*[日号]`)
	yearPattern    = regexp.MustCompile(yearPat + `\s*(?:年度|年)`)
)

// Find returns the days that stand in a text, in order: 2026年6月30日,
// 2026.6.30, 2026-06-30, 2026/6/30, 20260630, 二〇二六年六月三十日.
func Find(text string) []Found {
	var out []Found
	for _, f := range find(text) {
		if f.Exact {
			out = append(out, f)
		}
	}
	return out
}

// FindAll returns days, and beside them whole months, quarters, half-years and
// years, in order and without overlap.
func FindAll(text string) []Found { return find(text) }

func find(text string) []Found {
	var out []Found
	taken := func(start, end int) bool {
		for _, f := range out {
			if start < f.end && f.start < end {
				return true
			}
		}
		return false
	}
	add := func(w Window, exact bool, m []int) {
		if taken(m[0], m[1]) {
			return
		}
		out = append(out, Found{Window: w, Exact: exact, Text: text[m[0]:m[1]], start: m[0], end: m[1],
			Start: utf8.RuneCountInString(text[:m[0]]), End: utf8.RuneCountInString(text[:m[1]])})
	}
	group := func(m []int, i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	first := func(m []int, groups ...int) string {
		for _, i := range groups {
			if s := group(m, i); s != "" {
				return s
			}
		}
		return ""
	}
	for _, m := range dayPattern.FindAllStringSubmatchIndex(text, -1) {
		ys := first(m, 1, 4, 7, 10)
		if ys == "" {
			ys = "20" + group(m, 13)
		}
		y, ok1 := number(ys, true)
		mo, ok2 := number(first(m, 2, 5, 8, 11, 14), false)
		d, ok3 := number(first(m, 3, 6, 9, 12, 15), false)
		if !ok1 || !ok2 || !ok3 {
			continue
		}
		if v, ok := New(y, mo, d); ok {
			add(Single(v), true, m)
		}
	}
	spansIn(text, func(w Window, m []int) {
		if n := len(out); !taken(m[0], m[1]) {
			add(w, false, m)
			out[n].span = true
		}
	})
	for _, m := range quarterPattern.FindAllStringSubmatchIndex(text, -1) {
		y, ok := number(group(m, 1), true)
		if !ok {
			continue
		}
		from, months := 0, 3
		if q, ok := number(first(m, 2, 4), false); ok {
			from = q*3 - 2
		} else if h := first(m, 3, 5); h != "" {
			from, months = 1, 6
			if h == "下" || h == "2" {
				from = 7
			}
		}
		if a, ok := Month(y, from); ok {
			b, _ := Month(y, from+months-1)
			add(Window{a.From, b.To}, false, m)
		}
	}
	for _, m := range monthPattern.FindAllStringSubmatchIndex(text, -1) {
		if unreadDay.MatchString(text[m[1]:]) {
			continue // a day whose number was misread is no month
		}
		ys := first(m, 1, 3)
		if ys == "" {
			ys = "20" + group(m, 5)
		}
		y, ok1 := number(ys, true)
		mo, ok2 := number(first(m, 2, 4, 6), false)
		if w, ok := Month(y, mo); ok1 && ok2 && ok {
			add(w, false, m)
		}
	}
	for _, m := range yearPattern.FindAllStringSubmatchIndex(text, -1) {
		y, ok := number(group(m, 1), true)
		a, ok1 := Month(y, 1)
		b, ok2 := Month(y, 12)
		if ok && ok1 && ok2 {
			add(Window{a.From, b.To}, false, m)
		}
	}
	sortFound(out)
	return out
}

func sortFound(f []Found) {
	for i := 1; i < len(f); i++ {
		for j := i; j > 0 && f[j].start < f[j-1].start; j-- {
			f[j], f[j-1] = f[j-1], f[j]
		}
	}
}

var numeralValue = map[rune]int{
	'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '貳': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

// number reads a number of a date: ASCII or full-width digits, digit by digit
// in Chinese (years), or with tens (三十一, 廿八, 拾贰).
func number(s string, year bool) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	var tens, n int
	sawTen := false
	runes := []rune(strings.TrimSpace(s))
	for i, r := range runes {
		switch {
		case r >= '０' && r <= '９':
			n = n*10 + int(r-'０')
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r == '十' || r == '拾':
			if sawTen || year {
				return 0, false
			}
			sawTen = true
			tens, n = max(n, 1)*10, 0
		case r == '廿' || r == '卅':
			if i != 0 || year {
				return 0, false
			}
			sawTen = true
			tens = map[rune]int{'廿': 20, '卅': 30}[r]
		default:
			v, ok := numeralValue[r]
			if !ok {
				return 0, false
			}
			n = n*10 + v
		}
	}
	if len(runes) == 0 || sawTen && n > 9 {
		return 0, false
	}
	return tens + n, true
}

// Of reads a text that is one day and nothing else but blanks and brackets.
func Of(text string) (Day, bool) {
	f := Find(text)
	if len(f) != 1 {
		return Day{}, false
	}
	rest := text[:f[0].start] + text[f[0].end:]
	if strings.Trim(rest, " \t\r\n\u3000()（）:：,，。.;；") != "" {
		return Day{}, false
	}
	return f[0].From, true
}
