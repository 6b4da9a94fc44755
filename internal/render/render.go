// Package render writes a report for people and programs: plain text for a
// terminal, JSON in the public format, and HTML that stands alone (no request
// leaves the page) with the passages a finding speaks of cut from the pages.
//
// All writers are deterministic: the same report gives the same bytes.
package render

import (
	"fmt"
	"strings"

	"hequan"
)

// PageImages gives the picture of a page.
type PageImages interface {
	// PageImage returns the upright page as a JPEG. Pages count from 1.
	PageImage(sha256 string, page int) ([]byte, error)
}

// yuan writes a decimal string in yuan with separators: "1250000.00" becomes
// "1,250,000.00". What is no such number is returned as it is.
func yuan(amount string) string {
	sign, digits := "", amount
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return amount
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}

// pageRange says which pages of its file a document covers.
func pageRange(pages [2]int) string {
	switch {
	case pages[0] == 0:
		return ""
	case pages[0] == pages[1] || pages[1] == 0:
		return fmt.Sprintf("第 %d 页", pages[0])
	}
	return fmt.Sprintf("第 %d–%d 页", pages[0], pages[1])
}

// count is how many findings have the status.
func count(findings []hequan.Finding, s hequan.Status) int {
	n := 0
	for _, f := range findings {
		if f.Status == s {
			n++
		}
	}
	return n
}

// with returns the findings of the status, in the order of the report.
func with(findings []hequan.Finding, s hequan.Status) []hequan.Finding {
	var out []hequan.Finding
	for _, f := range findings {
		if f.Status == s {
			out = append(out, f)
		}
	}
	return out
}

// verdictSentence says in one sentence what the verdict means for the desk.
func verdictSentence(s hequan.Status) string {
	switch s {
	case hequan.Fail:
		return "有不符合项，需告知申报主体补齐补正"
	case hequan.Review:
		return "未发现不符合项，存疑项须人工复核"
	case hequan.Pass:
		return "材料齐全，各项规则均通过"
	}
	return s.Chinese()
}

// tally is the number of findings of each status in one line.
func tally(findings []hequan.Finding) string {
	var parts []string
	for _, s := range []hequan.Status{hequan.Fail, hequan.Review, hequan.Pass, hequan.NA} {
		parts = append(parts, fmt.Sprintf("%s %d 项", s.Chinese(), count(findings, s)))
	}
	return strings.Join(parts, "，")
}
