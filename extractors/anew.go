package extractors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"hequan/internal/day"
)

// beginsAnew says whether a page speaks of another time, sum or number than the first page of a
// document: in labels that both have, in the days that it lists, in the span of a page that begins
// alike, in another number of the same series.
func beginsAnew(first, p *doc) bool {
	if otherStatement(first, p) {
		return true
	}
	if same, other := comparedHeads(first, p); other > same || same == 0 && otherWords(first, p) {
		return true
	}
	if outsideOf(first, p) {
		return true
	}
	if len(first.rows) == 0 || len(p.rows) == 0 || strings.Map(dropSpace, string(first.rows[0].text)) != strings.Map(dropSpace, string(p.rows[0].text)) && !otherNumber(first, p) {
		return false
	}
	x, ok1 := periodOf(first)
	y, ok2 := periodOf(p)
	return ok1 && ok2 && x != y
}

// otherWords says whether two pages state sums in words, and none that both state.
func otherWords(a, b *doc) bool {
	x, y := statedWords(a.flow()), statedWords(b.flow())
	for _, v := range x {
		if slices.ContainsFunc(y, func(w sum) bool { return w.value == v.value }) {
			return false
		}
	}
	return len(x) > 0 && len(y) > 0
}

// periodOf is the first span of days on a page.
func periodOf(d *doc) (day.Window, bool) {
	for _, s := range d.everyRow() {
		for _, r := range day.FindRanges(d.text(s)) {
			return r.Window, true
		}
	}
	return day.Window{}, false
}

// outsideOf says whether the days that a page lists lie outside of the span that the first states.
func outsideOf(first, d *doc) bool {
	span, ok := periodOf(first)
	days := listedDays(d)
	if !ok || len(days) < 3 {
		return false
	}
	outside := 0
	for _, w := range days {
		if span.To.Before(w.From) || w.To.Before(span.From) {
			outside++
		}
	}
	return 5*outside >= 4*len(days)
}

// ownHead says whether the list of a page begins below rows of its own, where a page that goes on
// begins with the list, under its headings perhaps.
func ownHead(d *doc) bool {
	for i, r := range d.rows {
		if _, ok := listedDay(r); ok {
			return i >= 4 && r.box[1] > 0.18
		}
	}
	return false
}

// summedUp says whether the last of a document's pages ends its list with a sum, as those before it do not.
func summedUp(pages []*doc) bool {
	for i, p := range pages {
		sum := false
		for _, r := range p.rows {
			_, listed := listedDay(r)
			switch {
			case listed:
				sum = false
			case isTotal(r) && !partSum.MatchString(strings.Map(dropSpace, string(r.text))):
				sum = true
			}
		}
		if last := i == len(pages)-1; sum != last {
			return false
		}
	}
	return len(pages) > 0
}

// signedOff says whether a statement ends on a page: it states its sum and is signed there.
func signedOff(d *doc) bool {
	return statesSum(d) && signedHere.MatchString(strings.Map(dropSpace, d.fullText()))
}

// partSum is a sum of some rows, which ends no list.
var partSum = regexp.MustCompile(`小计|本页|本月|当日|单日|承前|过次`)

// numberAbove is a number as statements and orders have them.
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
		label := "" // in the piece before
		for _, p := range tabbed(r) {
			text := strings.Map(dropSpace, string(r.text[p[0]:p[1]]))
			n := numberAbove.FindString(text)
			switch {
			case n == "" || n == own || containsAny(label+text, otherNumbers):
			case own == "" && r.box[1] < 0.4:
				own = n
			case own != "" && ofOneForm(own, n):
				return ""
			}
			label = text
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

// otherStatement says whether two pages state sums under different numbers of one series.
func otherStatement(a, b *doc) bool { return inSeries(a, b) && statesSum(a) && statesSum(b) }

// titledAnew says whether a page has a title of its own: one that is known to be of a kind
// (titled), or in large letters, of whatever words, where the first page of the document before it
// has another. A title that comes again over the same figures is that of the same document.
func titledAnew(first, p *doc, titled bool) bool {
	own := titleOf(p)
	if titleGoesOn.MatchString(own) {
		return false
	}
	if own != "" && own != titleOf(first) {
		return true
	}
	same, other := comparedHeads(first, p)
	return titled && !beginsWithTable(p) && (same == 0 || other > 0)
}

// beginsWithTable says whether a page begins with the headings of a table: words in four columns and more.
func beginsWithTable(d *doc) bool {
	if len(d.rows) == 0 {
		return false
	}
	list := tabbed(d.rows[0])
	return len(list) >= 4 && !strings.ContainsAny(string(d.rows[0].text), ":：")
}

// titleGoesOn is the title of a paper's next page, or of a section of it.
var titleGoesOn = regexp.MustCompile(`续(?:表|页)?[)）]?$|^续|^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|^第.{1,3}[章节条]`)

// titleOf is the title with which a page begins, of whatever words, "" for none: among the first
// five rows, alone or beside another text, in larger letters than the rows below it.
func titleOf(d *doc) string {
	list := headings(d)
	list = list[:min(len(list), len(d.rows))] // those of whole rows
	best := -1
	for i := range min(5, len(list)) {
		if n := strings.Count(string(d.rows[i].text), "\t"); list[i].y < 0.25 && (n == 0 || n == 1 && d.rows[i].grid == nil) && !isTotal(d.rows[i]) && (best < 0 || list[i].large > list[best].large) {
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
	var tallest heading
	for _, h := range sideBySide(d.rows[best]) {
		if h.large > tallest.large {
			tallest = h
		}
	}
	if n := len([]rune(tallest.text)); n < 3 || n > 26 || headOfFigures.MatchString(tallest.text) || noteBelow.MatchString(tallest.text) {
		return ""
	}
	return tallest.text
}

// headOfFigures is the heading of a column of figures with its unit: 费率（元/万tokens）.
var headOfFigures = regexp.MustCompile(`(?:元|[Tt]okens?|次|%)[)）\]]?$`)

// noteBelow is a remark, which begins no paper: 说明：….
var noteBelow = regexp.MustCompile(`^(?:说明|注|备注|附注|制表|制单|填表|经办|复核|审核|导出|打印)人?[:：]|。$`)

// comparedHeads counts the labels with figures above the tables of two pages that both have: those
// with the same figures, and those with others.
func comparedHeads(a, b *doc) (same, other int) {
	y := headRows(b)
	for _, r := range headRows(a) {
		if !saysFigure.MatchString(r) || bare(r) == r {
			continue
		}
		nearest := -1
		for _, s := range y {
			if bare(r) == bare(s) {
				if n := levenshtein.ComputeDistance(digitsOf(r), digitsOf(s)); nearest < 0 || n < nearest {
					nearest = n
				}
			}
		}
		switch {
		case nearest == 0:
			same++
		case nearest > 1: // one digit may be misread
			other++
		}
	}
	return same, other
}

// saysFigure is a row that begins with a label of some length: 服务期间：2026/1/1.
var saysFigure = regexp.MustCompile(`^[^\p{Han}\d]{0,3}\p{Han}{3,}.*\d`)

// bare is a row without its figures.
func bare(row string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, row)
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
		if isTotal(r) {
			continue
		}
		if text := ofPage.ReplaceAllString(strings.Map(dropSpace, string(r.text)), ""); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// ofPage is what each page of one print has of its own: its number, the time of the print.
var ofPage = regexp.MustCompile(`第.{1,3}页|[共总].{1,3}页|[Pp]age\d*|^\d{1,3}[/／]\d{1,3}$|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?`)

// otherReport says whether a page is the first of another audit report: it has the title, and
// another number, another year, or statements have come before it.
func otherReport(before []*doc, now *doc) bool {
	if !titledReport(now) {
		return false
	}
	number, year := reportMarks(now)
	closed := false
	for _, d := range before {
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

// closingYear is the year that a report closes, however it is said.
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
