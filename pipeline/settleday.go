package pipeline

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/glyph"
)

// dayFields are the single fields that hold a day.
var dayFields = []string{"date", "report_date", "sign_date"}

var numeralMonth = regexp.MustCompile(`^二〇二([〇○零一二三四五六七八九])年([一二三四五六七八九十]{1,2})月`)

var dayNumerals = []rune("一二三四五六七八九十日")

// settleDay reads a day in Chinese numerals of which year and month were read,
// but not the day, as under a seal: it is the one whose characters the picture
// shows behind the month, each clearly likelier than every other numeral. Where
// one of them isn't, the day stays unread.
func (s *settler) settleDay(d *hequan.Document, f *hequan.Field) {
	m := numeralMonth.FindStringSubmatch(f.Text)
	if m == nil || f.Value != "" || f.Box.IsZero() {
		return
	}
	chars := s.chars(d.SHA256, f.Page, f.Box)
	end := slices.IndexFunc(chars, func(c placed) bool { return c.r == '月' })
	if end < 0 {
		return
	}
	prefix := []rune("二〇二" + m[1] + "年" + m[2] + "月")
	p, ok := s.stand(d.SHA256, f.Page, prefix, chars[:end+1])
	if !ok {
		return
	}
	read := ""
	for i := len(prefix); i < len(prefix)+4; i++ {
		at, ok := p.registered(i)
		if !ok {
			return
		}
		r, ok := s.numeralAt(glyph.NewCell(p.plane, at))
		if !ok {
			return
		}
		if r == '日' {
			break
		}
		read += string(r)
		at, _ = s.shapes.Find(p.plane, r, at, 0.2, 0.2)
		p.seen = append(p.seen, at) // the next stands beside it
	}
	digit := strings.Index("〇一二三四五六七八九", strings.NewReplacer("○", "〇", "零", "〇").Replace(m[1])) / len("一")
	for dom := 1; dom <= 31; dom++ {
		if at, ok := day.New(2020+digit, monthOf(m[2]), dom); ok && numeral(dom) == read {
			f.Value, f.Repaired, f.Confidence = at.String(), f.Text, settledConfidence
		}
	}
}

// numeralAt is the numeral or 日 that a cell shows; false where none is clearly
// likelier than the others.
func (s *settler) numeralAt(cell glyph.Cell) (rune, bool) {
	const least, lead = 0.72, 0.06
	best, first, second := rune(0), -1.0, -1.0
	for _, r := range dayNumerals {
		switch l := s.shapes.Likeness(cell, r); {
		case l > first:
			best, first, second = r, l, first
		case l > second:
			second = l
		}
	}
	return best, first >= least && first-second >= lead
}

// numeral writes a number up to 31 as days are: 二十一.
func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

func monthOf(text string) int {
	for n := 1; n <= 12; n++ {
		if numeral(n) == text {
			return n
		}
	}
	return 0
}
