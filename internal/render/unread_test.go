package render

import (
	"strings"
	"testing"

	"hequan"
)

func TestUnreadPagesAreListed(t *testing.T) {
	d := hequan.Document{File: "5-审计报告.pdf", Pages: [2]int{1, 9}}
	for i := range 9 {
		d.PageInfo = append(d.PageInfo, hequan.PageInfo{Page: i + 1, Unread: i == 3 || i >= 5 && i < 8})
	}
	r := &hequan.Report{Documents: []hequan.Document{{File: "6-合同.pdf", PageInfo: []hequan.PageInfo{{Page: 1}}}, d}}
	const want = "5-审计报告.pdf：第 4 页、第 6–8 页"
	var text, page strings.Builder
	if err := Text(&text, r); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "未逐字识别的页（4）\n  "+want+"\n") || strings.Contains(text.String(), "合同.pdf：") {
		t.Errorf("text:\n%s", text.String())
	}
	if err := HTML(&page, r, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "第 4 页、第 6–8 页：财务报表附注") {
		t.Error("the page does not say which pages were not read")
	}
}
