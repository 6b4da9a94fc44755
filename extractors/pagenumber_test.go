package extractors

import "testing"

// TestPrintedPageNumbers: the forms in which papers number their pages, and what is none.
func TestPrintedPageNumbers(t *testing.T) {
	for text, want := range map[string][2]int{
		"第 2 页 共 5 页": {2, 5}, "第2页（共5页）": {2, 5}, "共5页，第2页": {2, 5}, "2/5": {2, 5}, "Page 2 of 5": {2, 5}, "P.2/5": {2, 5}, "页码：2／5": {2, 5}, "- 2 -": {2, 0}, "· 2 ·": {2, 0},
		"第二页": {2, 0}, "第十二页 共二十页": {12, 20}, "page 3": {3, 0}, "5/2": {}, "2026": {}, "第2条": {}, "合计 2/5 份": {},
	} {
		pages := laid(placedRow{0.3, []placedWord{{0.1, "技术服务合同"}}}, placedRow{0.95, []placedWord{{0.45, text}}})
		if got := PrintedPage(pages[0]); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
