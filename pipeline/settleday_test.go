package pipeline

import (
	"testing"

	"hequan"
)

// TestADayIsSettledByItsPicture: of a day in Chinese numerals whose last characters
// were misread the picture says which it is; a day that may be another stays unread.
func TestADayIsSettledByItsPicture(t *testing.T) {
	for _, c := range []struct{ prints, read, want string }{
		{"二〇二六年四月八日", "二〇二六年四月八乓二", "2026-04-08"},
		{"二〇二五年二月十四日", "二〇二五年二月十轩日", "2025-02-14"},
		{"二〇二五年二月二十二日", "二〇二五年二月二上一口", "2025-02-22"},
		{"二〇二六年三月三十日", "二〇二六年三月川林", "2026-03-30"},
		{"二〇二五年二月三十日", "二〇二五年二月川林", ""},  // no such day
		{"二〇二五年二月田田日", "二〇二五年二月日田日", ""}, // none is shown
	} {
		images, f := printedName(t, c.prints, c.read)
		box := f.Reading.Pages[0].Lines[1].Words[1].Box
		docs := []hequan.Document{{Kind: hequan.KindAuditReport, SHA256: "ab", Fields: []hequan.Field{{Name: "report_date", Text: c.read, Page: 1, Box: box, Confidence: 0.9}}}}
		settleNames(&hequan.Application{}, docs, []ReadFile{f}, images)
		got := docs[0].Field("report_date")
		if got.Value != c.want {
			t.Errorf("printed %s, read %s: settled as %q, want %q", c.prints, c.read, got.Value, c.want)
		}
		if got.Value != "" && (got.Repaired != c.read || got.Proven()) {
			t.Errorf("%+v", got)
		}
	}
}

// TestHyphensBySight: a hyphen that was lost is seen in the picture, or in the second
// reading; where none is printed none is put.
func TestHyphensBySight(t *testing.T) {
	for _, c := range []struct{ prints, read, want string }{
		{"璞石-Turbo", "璞石Turbo", "璞石-Turbo"},
		{"璞石Turbo", "璞石Turbo", "璞石Turbo"},
		{"璞石Turbo服务", "璞石Turbo服务", "璞石Turbo服务"},
	} {
		images, f := printedName(t, c.prints, c.read)
		box := f.Reading.Pages[0].Lines[1].Words[1].Box
		docs := []hequan.Document{{Kind: hequan.KindUsage, SHA256: "ab", Tables: []hequan.Table{{Name: "rows", Page: 1, Columns: []string{"model"},
			Rows: [][]hequan.Cell{{{Value: c.read, Text: c.read, Box: box}}}}}}}
		settleNames(&hequan.Application{}, docs, []ReadFile{f}, images)
		if got := docs[0].Tables[0].Rows[0][0].Value; got != c.want {
			t.Errorf("printed %s, read %s: %q, want %q", c.prints, c.read, got, c.want)
		}
	}
}
