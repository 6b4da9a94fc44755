package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// Of days under seals a stroke is lost or one too many is seen. Each character
// is put right in its place, so that a stretch of the mended text is one of the page.
var (
	digitDay  = regexp.MustCompile(`20\d\d年([0-9OoQDIl|!\]\[]{1,2})月([0-9OoQDIl|!\]\[]{1,2})\p{Han}`)
	numeralOf = strings.NewReplacer("O", "0", "o", "0", "Q", "0", "D", "0", "I", "1", "l", "1", "|", "1", "!", "1", "]", "1", "[", "1")

	// A year in Chinese numerals whose zero was read as a letter, and whose first 二
	// was lost or read as a stroke.
	numeralYear = regexp.MustCompile(`[二=\-—–_一\s.,:：;、|](?:[OoＯ0口□(（QDUCc@〇○零。])[二=][〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月`)

	// doubledZero is a zero that was read as two characters.
	doubledZero = regexp.MustCompile(`二[OoＯ0○零〇CcQ@][〇○零OoＯ0CcQ@]`)

	// lostZero is a year without its zero, behind a character that is none of its.
	lostZero = regexp.MustCompile(`[^二〇○零OoＯ0口QDU]二(二[〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月)`)

	// bracketTo is a bracket between the days of a range: no day is followed by half a remark.
	bracketTo = regexp.MustCompile(`(\d日?)[(（](\s*[至到])`)

	// insideDay is a character of a seal or a signature between a day that is complete and its 日.
	insideDay = regexp.MustCompile(`(月(?:二?十[一二三四五六七八九]|三十一|[四五六七八九]))[^\P{Han}一二三四五六七八九十日](日)`)

	misreadDay      = regexp.MustCompile(`(\d{1,2}月\d{1,2})\p{Han}`)
	misreadDayWords = regexp.MustCompile(`([一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3})[^\P{Han}一二三四五六七八九十]($|\P{Han})`)
)

// colonInDay is the label's colon that was put behind the year: 日期2026：年7月7日.
var colonInDay = regexp.MustCompile(`(20\d\d)[:：;；]年`)

// partedYear is a year with blanks among its digits.
var partedYear = regexp.MustCompile(`\b2 ?0 ?\d ?\d年`)

// mendDay puts right what is misread about days: letters and strokes among their
// digits, the century in Chinese numerals, the label's colon inside, and 日 where another character was read for
// it (晶 昌 目) after month and day. After Chinese numerals it must be the last: 十六日
// has lost its 六 else.
func mendDay(text string) string {
	text = digitDay.ReplaceAllStringFunc(text, func(m string) string {
		return m[:4] + numeralOf.Replace(m[4:])
	})
	text = partedYear.ReplaceAllStringFunc(text, func(m string) string {
		year := strings.ReplaceAll(m, " ", "")
		return strings.Repeat(" ", len(m)-len(year)) + year
	})
	text = colonInDay.ReplaceAllString(text, "${1}年 ")
	text = doubledZero.ReplaceAllString(text, " 二〇")
	text = bracketTo.ReplaceAllString(text, "${1} ${2}")
	text = lostZero.ReplaceAllString(text, "二〇${1}")
	text = numeralYear.ReplaceAllStringFunc(text, func(m string) string {
		return "二〇二" + string([]rune(m)[3:])
	})
	text = insideDay.ReplaceAllString(text, "${1}日${2}")
	return misreadDayWords.ReplaceAllString(misreadDay.ReplaceAllString(text, "${1}日"), "${1}日${2}")
}

// dayField makes a field of a day that was found in the mended text of a span.
// More than its last character mended, it is less certain, and as if read once.
func (d *doc) dayField(name string, s span, found day.Found) hequan.Field {
	at := sub(s, found.Start, found.End)
	f := d.field(name, found.Window.From.String(), at)
	read, mended := []rune(d.text(s))[found.Start:found.End-1], []rune(mendDay(d.text(s)))[found.Start:found.End-1]
	if string(read) != string(mended) {
		f.Repaired, f.Proof, f.Confidence = d.text(at), nil, min(f.Confidence, 0.75)
	}
	return f
}

// numeralDay is a day in Chinese numerals of which the day of the month is not
// sure to have been read.
var numeralDay = regexp.MustCompile(`二〇二[〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月.{1,6}$`)

// unreadDay is the last day in Chinese numerals whose day of the month could not be
// read: a field without a value, for the page's picture to settle.
func (d *doc) unreadDay(name string) (hequan.Field, bool) {
	for i := len(d.rows) - 1; i >= 0; i-- {
		for _, p := range tabbed(d.rows[i]) {
			s := span{i, p[0], p[1]}
			text := mendDay(d.text(s))
			if loc := numeralDay.FindStringIndex(text); loc != nil && len([]rune(text)) < 24 {
				at := sub(s, len([]rune(text[:loc[0]])), len([]rune(text)))
				f := d.field(name, "", at)
				f.Text = text[loc[0]:]
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}
