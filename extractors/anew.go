package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// beginsAnew says whether a page has the heading of a document's first page, or a number of
// its own, and speaks of another period; or another number of the same series, and a sum of money.
func beginsAnew(first, p hequan.Page) bool {
	a, b := layout([]hequan.Page{first}), layout([]hequan.Page{p})
	if inSeries(a, b) && statesSum([]hequan.Page{first}) && statesSum([]hequan.Page{p}) {
		return true
	}
	if len(a.rows) == 0 || len(b.rows) == 0 || strings.Map(dropSpace, string(a.rows[0].text)) != strings.Map(dropSpace, string(b.rows[0].text)) && !otherNumber(a, b) {
		return false
	}
	period := func(d *doc) (day.Window, bool) {
		for _, s := range d.everyRow() {
			for _, r := range day.FindRanges(d.text(s)) {
				return r.Window, true
			}
		}
		return day.Window{}, false
	}
	x, ok1 := period(a)
	y, ok2 := period(b)
	return ok1 && ok2 && x != y
}

var numberAbove = regexp.MustCompile(`[A-Z]{1,6}-?\d{6,}`)

// otherNumber says whether each of two pages bears a number in its upper part, and not the same.
func otherNumber(a, b *doc) bool {
	x, y := ownNumberOf(a), ownNumberOf(b)
	return x != "" && y != "" && x != y
}

// ownNumberOf is the number in the upper part of a page, "" for none. Where more of its form
// stand on the page they number its rows, and none is the page's.
func ownNumberOf(d *doc) string {
	own := ""
	for _, r := range d.rows {
		n := numberAbove.FindString(strings.Map(dropSpace, string(r.text)))
		switch {
		case n == "" || n == own:
		case own == "" && r.box[1] < 0.4:
			own = n
		case own != "" && ofOneForm(own, n):
			return ""
		}
	}
	return own
}

// ofOneForm says whether two numbers begin with the same letters and are as long as each other.
func ofOneForm(x, y string) bool {
	letters := func(n string) string { return strings.TrimRight(n, "0123456789") }
	return len(x) == len(y) && letters(x) == letters(y)
}

// inSeries says whether two pages bear different numbers of one form: JS202512271989, JS202605820720.
func inSeries(a, b *doc) bool {
	x, y := ownNumberOf(a), ownNumberOf(b)
	return x != y && len(x) >= 10 && ofOneForm(x, y)
}

// titledAnew says whether a page has a title of its own: one that is known to be of a kind
// (titled), or in large letters, of whatever words, where the first page of the document before it
// has another. A title that comes again over the same figures is that of the same document.
func titledAnew(first, p hequan.Page, titled bool) bool {
	if own, before := titleOf(p), titleOf(first); own != "" && before != "" && !titleGoesOn.MatchString(own) {
		return own != before || !sameHead(first, p)
	}
	return titled && !sameHead(first, p)
}

var titleGoesOn = regexp.MustCompile(`续(?:表|页)?[)）]?$|^续`)

// titleOf is the title with which a page begins, of whatever words, "" for none: a row among the
// first three, in one piece and in larger letters than the rows below it.
func titleOf(p hequan.Page) string {
	d := layout([]hequan.Page{p})
	list := headings(d)
	best := -1
	for i := range min(3, len(list)) {
		if n := len([]rune(list[i].text)); n >= 3 && n <= 26 && list[i].y < 0.2 && len(pieces(d.rows[i])) == 1 && (best < 0 || list[i].large > list[best].large) {
			best = i
		}
	}
	if best < 0 || list[best].large < 1.25 {
		return ""
	}
	var below []float64
	for i := best + 1; i < min(best+9, len(list)); i++ {
		below = append(below, list[i].large)
	}
	if len(below) > 0 && list[best].large < 1.2*quantile(below, 0.5) {
		return ""
	}
	return list[best].text
}

// sameHead says whether two pages begin with the same rows and say the same figures in them, page numbers apart.
func sameHead(a, b hequan.Page) bool {
	x, y := headRows(layout([]hequan.Page{a})), headRows(layout([]hequan.Page{b}))
	if len(x) == 0 || len(y) == 0 || x[0] != y[0] {
		return false
	}
	same := 0
	for _, r := range x {
		if slices.Contains(y, r) && strings.ContainsAny(r, "0123456789") {
			same++
		}
	}
	return same > 0
}

// headRows are the rows of a page above its first row of figures, without page numbers.
func headRows(d *doc) []string {
	var out []string
	for _, r := range d.rows {
		numbers := 0
		for _, p := range pieces(r) {
			if isNumber(string(r.text[p[0]:p[1]])) {
				numbers++
			}
		}
		if numbers >= 2 || r.box[1] > 0.5 {
			break
		}
		if text := strings.Map(dropSpace, string(r.text)); !headPage.MatchString(text) {
			out = append(out, text)
		}
	}
	return out
}

var headPage = regexp.MustCompile(`第.{1,3}页|[Pp]age`)

// otherReport says whether a page is the first of another audit report: it has the title, and
// another number, another year, or statements have come before it.
func otherReport(before []hequan.Page, p hequan.Page) bool {
	now := layout([]hequan.Page{p})
	if !titledReport(now) {
		return false
	}
	number, year := reportMarks(now)
	closed := false
	for _, b := range before {
		d := layout([]hequan.Page{b})
		if !titledReport(d) {
			closed = closed || hasStatement(d)
			continue
		}
		n, y := reportMarks(d)
		switch {
		case n != "" && number != "" && n == number, y != "" && y == year:
			return false
		case y != "" && year != "":
			return true
		}
	}
	return closed
}

// titledReport says whether 审计报告 is a title of a page.
func titledReport(d *doc) bool {
	for _, h := range headings(d) {
		if h.y < 0.45 && h.large >= 1.2 && len([]rune(h.text)) <= 24 && strings.Contains(h.text, "审计报告") && !strings.ContainsAny(h.text, "，。：:、") {
			return true
		}
	}
	return false
}

// hasStatement says whether a page is one of the financial statements.
func hasStatement(d *doc) bool {
	for _, h := range headings(d) {
		if h.y < 0.3 && (strings.Contains(h.text, "资产负债表") || strings.Contains(h.text, "利润表") || strings.Contains(h.text, "现金流量表")) && len([]rune(h.text)) <= 16 {
			return true
		}
	}
	return false
}

var closingYear = regexp.MustCompile(`(20\d{2})(?:年度|年12月31日|年十二月三十一日)`)

// reportMarks are the number and the last year that a page of a report names, "" for what it does not.
func reportMarks(d *doc) (number, year string) {
	for _, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if n, ok := numberIn(text); ok && number == "" {
			number = n.number + "/" + n.year
		}
		for _, m := range closingYear.FindAllStringSubmatch(text, -1) {
			year = max(year, m[1])
		}
	}
	return number, year
}
