package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"hequan/internal/store"
)

func TestArrivalsByDayOfBeijing(t *testing.T) {
	at := func(text string) store.Summary {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return store.Summary{Application: store.Application{CreatedAt: when.UnixMilli()}}
	}
	v := arrivals([]store.Summary{at("2026-07-03T16:00:00Z"), at("2026-07-03T15:59:59Z"), at("2026-07-03T01:00:00Z"), at("2026-07-01T01:00:00Z")})
	var days []string
	for _, c := range v.Columns {
		days = append(days, fmt.Sprintf("%s:%d:%d", c.Full, c.N, c.Height))
	}
	if got := strings.Join(days, " "); got != "2026-07-01:1:42 2026-07-02:0:0 2026-07-03:2:84 2026-07-04:1:42" {
		t.Errorf("%s", got)
	}
	v = arrivals([]store.Summary{at("2026-07-03T01:00:00Z"), at("2026-05-03T01:00:00Z")})
	if len(v.Columns) != mostDays || v.Earlier != 1 || v.Columns[0].Full != "2026-06-03" {
		t.Errorf("%d days from %s, %d earlier", len(v.Columns), v.Columns[0].Full, v.Earlier)
	}
	if v := arrivals(nil); v.Columns != nil {
		t.Errorf("%+v", v)
	}
}

func TestHoursSavedAreReckonedFromWhatStaffSay(t *testing.T) {
	for query, want := range map[string]string{"": "3.2", "page=1&item=10": "0.0", "page=3&item=0": "11.5", "page=x&item=-1": "3.2", "page=NaN&item=1e9": "3.2"} {
		in, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		v := savedView{Pages: 230, Items: 135}
		if v.reckon(in); v.Hours != want {
			t.Errorf("%s: %s, want %s", query, v.Hours, want)
		}
	}
	s, server := site(t)
	fixture(t, s)
	doc := page(t, server, "/overview?page=30")
	if text := doc.Find(".figures").Text(); !strings.Contains(text, "小时") || doc.Find(".basis [name=page]").AttrOr("value", "") != "30" {
		t.Errorf("the overview says %q", text)
	}
	if doc.Find(".arrivals rect").Length() != 1 || doc.Find(".whole .bars rect.review").Length() == 0 {
		t.Error("the charts are not drawn")
	}
}
