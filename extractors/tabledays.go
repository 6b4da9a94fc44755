package extractors

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hequan"
	"hequan/internal/day"
)

var (
	clock       = regexp.MustCompile(`\d{1,2}:\d{2}(?::\d{2})?$`)
	monthDay    = regexp.MustCompile(`^(1[0-2]|0?[1-9])(?:[-/](3[01]|[12]\d|0?[1-9])|月(3[01]|[12]\d|0?[1-9])[日号])$`)
	monthOnly   = regexp.MustCompile(`^(1[0-2]|0?[1-9])月(?:份)?$`)
	dayInDigits = regexp.MustCompile(`^20[2-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$`)
	pointDay    = regexp.MustCompile(`^20[2-4]\d\.(?:0[1-9]|1[0-2])$`)
)

// dayLike says whether a cell is a day or a month, its year given or not.
func dayLike(text string) bool {
	text = strings.Map(dropSpace, text)
	_, between := spanOfDays(text)
	return cellDay(text) != "" && !isNumber(text) || between || yearless(text)
}

// yearless says whether a cell is a day or month without its year: 03-01, 3月1日, 9月.
func yearless(text string) bool {
	text = clock.ReplaceAllString(strings.Map(dropSpace, text), "")
	return monthDay.MatchString(text) || monthOnly.MatchString(text)
}

// wholeDay says whether a text is a day or a month and nothing else.
func wholeDay(text string) bool {
	text = strings.Map(dropSpace, text)
	if yearless(text) {
		return true
	}
	found := day.FindAll(text)
	return cellDay(text) != "" && len(found) == 1 && len([]rune(text)) <= found[0].End-found[0].Start+1
}

// digitsOfDay says whether a number can be a day or a month: 20260301, 202603.
func digitsOfDay(text string) bool {
	return dayInDigits.MatchString(text) || pointDay.MatchString(text)
}

// spanOfDays gives the month, or the day, that a cell's range is; ok says whether
// it is a range at all. A range of something else is no day: it is unread.
func spanOfDays(text string) (value string, ok bool) {
	for _, r := range day.FindRanges(text) {
		from, to := r.Window.From, r.Window.To
		month, _ := day.Month(from.Year, from.Month)
		switch {
		case from == to:
			return from.String(), true
		case r.Window == month:
			return from.String()[:7], true
		}
		return "", true
	}
	return "", false
}

// lasting joins the cells of two columns of days into that of the month, or the
// day, that they are from and to; other stretches of time are unread.
func lasting(from, to hequan.Cell) hequan.Cell {
	a, ok1 := day.Parse(from.Value)
	b, ok2 := day.Parse(to.Value)
	if !ok1 || !ok2 || from.Page != to.Page {
		return from
	}
	from.Value, _ = spanOfDays(a.String() + "至" + b.String())
	from.Text += " " + to.Text
	from.Box = from.Box.Union(to.Box)
	from.Confidence = min(from.Confidence, to.Confidence)
	if !slices.Equal(from.Proof, to.Proof) {
		from.Proof = nil
	}
	return from
}

// completeDays gives the days of a table their year where the cells have none: the
// one that puts them into the period that the paper states. Where two years would,
// or none, they stay unread.
func completeDays(c *Content) {
	start, end := c.field("period_start"), c.field("period_end")
	if start == nil || end == nil {
		return
	}
	from, ok1 := day.Parse(start.Value)
	to, ok2 := day.Parse(end.Value)
	if !ok1 || !ok2 || to.Before(from) {
		return
	}
	layer := has(start.Proof, hequan.ProofTextLayer) && has(end.Proof, hequan.ProofTextLayer)
	for _, t := range c.Tables {
		k := t.Column("date")
		if k < 0 {
			continue
		}
		for _, r := range t.Rows {
			if r[k].Value != "" || !yearless(r[k].Text) {
				continue
			}
			r[k].Value = yearOf(r[k].Text, day.Window{From: from, To: to})
			if !layer {
				r[k].Proof = nil
			}
		}
	}
}

// yearOf completes a day or month without its year.
func yearOf(text string, period day.Window) string {
	text = clock.ReplaceAllString(strings.Map(dropSpace, text), "")
	value := ""
	for year := period.From.Year; year <= period.To.Year; year++ {
		if m := monthOnly.FindStringSubmatch(text); m != nil {
			month, _ := strconv.Atoi(m[1])
			if w, ok := day.Month(year, month); ok && w.Overlaps(period) {
				if value != "" {
					return ""
				}
				value = w.From.String()[:7]
			}
		} else if m := monthDay.FindStringSubmatch(text); m != nil {
			month, _ := strconv.Atoi(m[1])
			dom, _ := strconv.Atoi(m[2] + m[3])
			if w, ok := day.New(year, month, dom); ok && period.Contains(w) {
				if value != "" {
					return ""
				}
				value = w.String()
			}
		}
	}
	return value
}

// daysInOrder looks at the days and months that stand out of the order of their neighbours. One whose last digit was lost,
// 2025-1 where the others have two digits, or of which another recogniser read one in order, is that one: of 2025-11,
// 2025-01, 2025-12 the second is 2025-11. Others are proven by no reading.
func daysInOrder(t *hequan.Table) {
	k := t.Column("date")
	if k < 0 {
		return
	}
	cutDigits(t, k)
	for i := 1; i+1 < len(t.Rows); i++ {
		r, before, after := t.Rows[i], t.Rows[i-1][k].Value, t.Rows[i+1][k].Value
		between := func(v string) bool { return before <= v && v <= after }
		if v := r[k].Value; v == "" || before == "" || before > after || between(v) || has(r[k].Proof, hequan.ProofTextLayer) {
			continue
		}
		if other := cellDay(r[k].Alt); len(r[k].Proof) == 0 && len(other) == len(r[k].Value) && between(other) {
			r[k].Value, r[k].Confidence = other, min(r[k].Confidence, 0.75)
			continue
		}
		r[k].Proof, r[k].Confidence = nil, min(r[k].Confidence, 0.75)
	}
}

// lastDigits are the digits that a day or month ends with, behind their mark.
var lastDigits = regexp.MustCompile(`[-./](\d{1,2})$`)

// cutDigits takes the value of a day or month whose last digit was lost: one digit, where the others of its column have two
// and begin with a zero below ten.
func cutDigits(t *hequan.Table, k int) {
	digits := func(r []hequan.Cell) string {
		m := lastDigits.FindStringSubmatch(strings.Map(dropSpace, r[k].Text))
		if m == nil {
			return ""
		}
		return m[1]
	}
	padded, one := 0, 0
	for _, r := range t.Rows {
		switch d := digits(r); {
		case len(d) == 2 && d[0] == '0':
			padded++
		case len(d) == 1:
			one++
		}
	}
	if padded <= one {
		return
	}
	for i, r := range t.Rows {
		d := digits(r)
		if len(d) != 1 || has(r[k].Proof, hequan.ProofTextLayer) {
			continue
		}
		stem := strings.TrimSuffix(r[k].Value, "0"+d)
		r[k].Value, r[k].Proof = "", nil
		if i == 0 || i+1 == len(t.Rows) || len(stem) == len(r[k].Value) {
			continue
		}
		var fits []string
		for n := range 10 {
			if v := stem + d + strconv.Itoa(n); cellDay(v) == v && t.Rows[i-1][k].Value < v && v < t.Rows[i+1][k].Value {
				fits = append(fits, v)
			}
		}
		if len(fits) == 1 { // 2025-10, 2025-1, 2025-12
			r[k].Value, r[k].Confidence = fits[0], min(r[k].Confidence, 0.75)
		}
	}
}
