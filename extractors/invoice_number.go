package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// readInvoiceNumber reads 20 digits (数电票), else 8.
func readInvoiceNumber(d *doc, field string, s span) (hequan.Field, bool) {
	if f, ok := pattern(digits20)(d, field, s); ok {
		return f, true
	}
	return pattern(digits8)(d, field, s)
}

// shortNumber says whether an invoice is of a form whose number has 8 digits: what has
// 20 on it is its check code.
func shortNumber(c Content) bool {
	f := c.field("form")
	return f != nil && (strings.HasPrefix(f.Value, "vat_") || strings.HasPrefix(f.Value, "e_"))
}

// longNumber finds the 20 digits of a 数电票 in the upper part of a page.
func longNumber(d *doc) (hequan.Field, bool) {
	for i, r := range d.rows {
		if r.box[1] > 0.35 {
			continue
		}
		if f, ok := pattern(digits20)(d, "number", span{i, 0, len(r.text)}); ok {
			return f, true
		}
	}
	return hequan.Field{}, false
}

var (
	aloneCode   = regexp.MustCompile(`(?:^|[^0-9A-Za-z.,])([0-9]{10}|[0-9]{12})(?:$|[^0-9A-Za-z.,])`)
	aloneNumber = regexp.MustCompile(`(?:^|[^0-9A-Za-z.,])([0-9]{8})(?:$|[^0-9A-Za-z.,])`)
	behindNo    = regexp.MustCompile(`[NＮ№][oº°0]?\s?[.:：]?\s?([0-9]{8})(?:$|[^0-9])`)
)

// printedAbove finds code and number of a paper form, which stand above its table without a
// label: the code at the left, the number behind №, and both once more, in the same height or under it,
// at the right. A number without № must stand there twice, and so must a code at the right alone.
func printedAbove(d *doc, c *Content) {
	if f := c.field("form"); f == nil || !strings.HasPrefix(f.Value, "vat_") {
		return
	}
	find := func(re *regexp.Regexp) (found []hequan.Field) {
		for i, r := range d.rows {
			if r.box[1] > 0.3 {
				continue
			}
			for _, p := range tabbed(r) {
				t := string(r.text[p[0]:p[1]])
				if letters := strings.Map(dropDigit, t); strings.ContainsAny(t, "编校验日期") || len([]rune(letters)) > 4 { // 机器编号, 校验码, 开票日期
					continue
				}
				for _, m := range re.FindAllStringSubmatchIndex(t, -1) {
					at := span{i, p[0] + len([]rune(t[:m[2]])), p[0] + len([]rune(t[:m[3]]))}
					found = append(found, d.field("", d.text(at), at))
				}
			}
		}
		return found
	}
	choose := func(name string, sure, all []hequan.Field) {
		if f := c.field(name); f != nil && f.Value != "" {
			return
		}
		count := map[string]int{}
		for _, f := range all {
			count[f.Value]++
		}
		for _, f := range sure {
			count[f.Value]++
		}
		for _, f := range append(all, sure...) {
			if count[f.Value] > 1 || len(sure) > 0 && len(count) == 1 {
				f.Name = name
				c.set(f)
				return
			}
		}
	}
	var left, right []hequan.Field
	for _, f := range find(aloneCode) {
		if f.Box[0] < 0.4 {
			left = append(left, f)
		} else {
			right = append(right, f)
		}
	}
	choose("code", left, right)
	choose("number", find(behindNo), find(aloneNumber))
}

func dropDigit(r rune) rune {
	if r >= '0' && r <= '9' || r == ' ' {
		return -1
	}
	return r
}
