// Package day holds civil dates as the papers write them: without a clock and
// without a time zone.
package day

import (
	"fmt"
	"time"
)

// Day is a date. The zero Day is no date. Days compare with ==.
type Day struct {
	Year  int
	Month int
	Dom   int // day of the month
}

// New returns a date, and whether the calendar has it.
func New(year, month, dom int) (Day, bool) {
	if year < 1900 || year > 2199 || month < 1 || month > 12 || dom < 1 || dom > daysIn(year, month) {
		return Day{}, false
	}
	return Day{year, month, dom}, true
}

// Must is New for dates written in the program.
func Must(value string) Day {
	d, ok := Parse(value)
	if !ok {
		panic("day: bad date " + value)
	}
	return d
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Parse reads the normal form YYYY-MM-DD and nothing else.
func Parse(value string) (Day, bool) {
	if len(value) != 10 || value[4] != '-' || value[7] != '-' {
		return Day{}, false
	}
	n := [3]int{}
	for i, part := range []string{value[:4], value[5:7], value[8:]} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return Day{}, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	return New(n[0], n[1], n[2])
}

// String returns YYYY-MM-DD, or "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Dom)
}

// IsZero says whether there is no date.
func (d Day) IsZero() bool { return d == Day{} }

// Compare returns -1, 0 or 1.
func (d Day) Compare(o Day) int {
	for _, p := range [3][2]int{{d.Year, o.Year}, {d.Month, o.Month}, {d.Dom, o.Dom}} {
		if p[0] != p[1] {
			if p[0] < p[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Before says whether d is earlier than o.
func (d Day) Before(o Day) bool { return d.Compare(o) < 0 }

// After says whether d is later than o.
func (d Day) After(o Day) bool { return d.Compare(o) > 0 }

func (d Day) utc() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Dom, 0, 0, 0, 0, time.UTC)
}

func of(t time.Time) Day { return Day{t.Year(), int(t.Month()), t.Day()} }

// AddDays returns the date n days later.
func (d Day) AddDays(n int) Day { return of(d.utc().AddDate(0, 0, n)) }

// AddMonths returns the date n months later; a day that the month does not
// have is its last one (31 January + 1 month is 28 February).
func (d Day) AddMonths(n int) Day {
	m := d.Month - 1 + n
	year, month := d.Year+m/12, m%12
	if month < 0 {
		year, month = year-1, month+12
	}
	return Day{year, month + 1, min(d.Dom, daysIn(year, month+1))}
}

// DaysUntil returns the number of days from d to o.
func (d Day) DaysUntil(o Day) int { return int(o.utc().Sub(d.utc()) / (24 * time.Hour)) }

// Window is a span of days, both ends included.
type Window struct{ From, To Day }

// Month returns the whole month.
func Month(year, month int) (Window, bool) {
	from, ok := New(year, month, 1)
	if !ok {
		return Window{}, false
	}
	return Window{from, Day{year, month, daysIn(year, month)}}, true
}

// Single returns the window of one day.
func Single(d Day) Window { return Window{d, d} }

// IsZero says whether the window has no ends.
func (w Window) IsZero() bool { return w == Window{} }

// Contains says whether the day lies inside.
func (w Window) Contains(d Day) bool { return !d.Before(w.From) && !d.After(w.To) }

// Covers says whether all of o lies inside.
func (w Window) Covers(o Window) bool { return w.Contains(o.From) && w.Contains(o.To) }

// Overlaps says whether the windows share a day.
func (w Window) Overlaps(o Window) bool { return !w.To.Before(o.From) && !o.To.Before(w.From) }

// Days returns how many days the window has.
func (w Window) Days() int { return w.From.DaysUntil(w.To) + 1 }

// String returns "2025-08-09 至 2026-06-30", or the day where it is one.
func (w Window) String() string {
	if w.From == w.To {
		return w.From.String()
	}
	return w.From.String() + " 至 " + w.To.String()
}

// MarshalText writes YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(b []byte) error {
	v, ok := Parse(string(b))
	if !ok {
		return fmt.Errorf("%q is not a date YYYY-MM-DD", b)
	}
	*d = v
	return nil
}
