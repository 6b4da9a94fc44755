package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"hequan/internal/store"
)

// arrivalsView draws how many applications came on each day of Beijing.
type arrivalsView struct {
	Width   int
	Columns []columnView
	Earlier int // how many came before the first day that is drawn
}

// columnView is a day, in the units of the drawing.
type columnView struct {
	X, Y, Height, Middle int
	Day                  string // 01-31; "" where there is no room for it
	Full                 string
	N                    int
}

// The drawing's measures.
const (
	mostDays     = 31
	columnStep   = 36
	columnHeight = 84
)

// arrivals counts applications by day, from the first one to the last, at most
// the last mostDays days.
func arrivals(list []store.Summary) arrivalsView {
	if len(list) == 0 {
		return arrivalsView{}
	}
	days := map[string]int{}
	last, first := list[0].CreatedAt, list[0].CreatedAt
	for _, a := range list {
		days[dayOf(a.CreatedAt).Format(time.DateOnly)]++
		last, first = max(last, a.CreatedAt), min(first, a.CreatedAt)
	}
	from := dayOf(last).AddDate(0, 0, 1-mostDays)
	if dayOf(first).After(from) {
		from = dayOf(first)
	}
	most, shown := 1, 0
	var v arrivalsView
	for day := from; !day.After(dayOf(last)); day = day.AddDate(0, 0, 1) {
		n := days[day.Format(time.DateOnly)]
		most, shown = max(most, n), shown+n
		v.Columns = append(v.Columns, columnView{X: len(v.Columns)*columnStep + 4, Middle: len(v.Columns)*columnStep + columnStep/2, Day: day.Format("01-02"), Full: day.Format(time.DateOnly), N: n})
	}
	for i := range v.Columns {
		c := &v.Columns[i]
		if c.N > 0 {
			c.Height = max(2, c.N*columnHeight/most)
		}
		c.Y = columnHeight + 16 - c.Height
		if len(v.Columns) > 16 && i%2 == 1 {
			c.Day = ""
		}
	}
	v.Width, v.Earlier = len(v.Columns)*columnStep, len(list)-shown
	return v
}

func dayOf(ms int64) time.Time {
	t := store.Time(ms).In(beijing)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, beijing)
}

// savedView estimates the hours that people were spared, from what they say a
// page and an item takes them.
type savedView struct {
	Pages, Items int     // read by machine; left to people
	PerPage      float64 // minutes
	PerItem      float64
	Hours        string
}

// reckon takes the minutes from ?page=M&item=M, else from what the desk starts with.
func (v *savedView) reckon(in url.Values) {
	v.PerPage, v.PerItem = minutes(in.Get("page"), 2), minutes(in.Get("item"), 2)
	v.Hours = fmt.Sprintf("%.1f", max(0, float64(v.Pages)*v.PerPage-float64(v.Items)*v.PerItem)/60)
}

func minutes(text string, otherwise float64) float64 {
	m, err := strconv.ParseFloat(text, 64)
	if err != nil || !(m >= 0 && m <= 600) {
		return otherwise
	}
	return m
}
