package render

import (
	"strings"

	"hequan"
)

// unreadReason says what was done with a page that is not read word by word, and why that is enough.
const unreadReason = "财务报表附注，各项规则不需要其正文，只识别了页眉和页脚；印章、页码、颜色、清晰度和重复页仍已检查。"

// unreadOf lists the documents of a report that have pages of which only head and foot were read,
// each with these pages, and counts the pages.
func unreadOf(r *hequan.Report) (lines []string, n int) {
	for i := range r.Documents {
		if pages, k := unreadPages(&r.Documents[i]); k > 0 {
			lines, n = append(lines, r.Documents[i].File+"："+pages), n+k
		}
	}
	return lines, n
}

// unreadPages names the pages of a document of which only head and foot were read, and counts them.
func unreadPages(d *hequan.Document) (pages string, n int) {
	var ranges []string
	for i := 0; i < len(d.PageInfo); i++ {
		if !d.PageInfo[i].Unread {
			continue
		}
		first := i
		for i+1 < len(d.PageInfo) && d.PageInfo[i+1].Unread {
			i++
		}
		ranges = append(ranges, pageRange([2]int{d.PageInfo[first].Page, d.PageInfo[i].Page}))
		n += i - first + 1
	}
	return strings.Join(ranges, "、"), n
}
