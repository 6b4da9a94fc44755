package extractors

import (
	"regexp"
	"strconv"
	"strings"

	"hequan"
)

// Part is a page range of a file that is one document.
type Part struct {
	First, Last int // indices into the pages
	Kind        hequan.Kind
	Confidence  float64
}

// leastTotal is the score below which a page is of no known kind.
const leastTotal = 2.6

// Split parts the pages of a file into documents and says of what kind each
// is. A document begins where a heading of another kind stands, where an
// invoice, settlement or usage sheet begins anew, or where printed page numbers
// start again.
func Split(pages []hequan.Page) []Part {
	laidOut := make([]*doc, len(pages)) // each page alone
	for i := range pages {
		laidOut[i] = layout(pages[i : i+1])
	}
	return split(laidOut)
}

func split(pages []*doc) []Part {
	var parts []Part
	for i, p := range pages {
		scores := scorePage(p)
		best := scores[0]
		number := p.printedPage()
		if len(parts) > 0 && best.kind == hequan.KindUsage && best.total >= leastTotal {
			if part := &parts[len(parts)-1]; part.Kind == hequan.KindSettlement && detailsOf(pages[part.First:i], pages[i]) {
				switch {
				case onlyTitled(pages[part.First:i]) && !statesSum(pages[part.First:i]...):
					part.Kind, part.Confidence = best.kind, confidenceOf(scores)
				case figuresOn(pages[part.First:i]) > 0 || statesSum(pages[part.First:i]...):
					parts = append(parts, Part{First: i, Last: i, Kind: best.kind, Confidence: confidenceOf(scores)})
					continue
				}
			}
		}
		if n := len(parts); n > 0 && sameSeries(pages, parts[n-1], i, best) { // what is clear of one is so of the other
			parts[n-1].Kind, parts[n-1].Confidence = hequan.KindSettlement, 0.75
		}
		if part, ok := beginsUse(pages, parts, i, best); ok {
			parts = append(parts, part)
			continue
		}
		if len(parts) == 1 && blank(pages[:i]) { // the back of another paper
			parts[0] = partFrom(i, scores)
			parts[0].First = 0
			continue
		}
		if len(parts) > 0 && continues(pages, &parts[len(parts)-1], i, best, number) {
			part := &parts[len(parts)-1]
			part.Last = i
			if part.Kind == hequan.KindOther && best.total >= 4 { // what was before it was its cover
				part.Kind, part.Confidence = best.kind, confidenceOf(scores)
			}
			continue
		}
		parts = append(parts, partFrom(i, scores))
	}
	return parts
}

// beginsUse gives the statement or list of use that begins with page i whatever its words say: the head of a list whose
// rows begin on the next page, and behind a statement another one of its series, or the list of what it sums up.
func beginsUse(pages []*doc, parts []Part, i int, best score) (Part, bool) {
	p, last := pages[i], Part{}
	if n := len(parts); n > 0 {
		last = parts[n-1]
	}
	before := pages[last.First:i]
	summed := summedUse(pages, last, i)
	likeUse := best.kind == hequan.KindUsage
	switch {
	case (ofUse(best.kind) || best.total < leastTotal) && coverOfList(pages, i, summed):
		return Part{First: i, Last: i, Kind: hequan.KindUsage, Confidence: 0.6}, true
	case last.Kind != hequan.KindSettlement:
	case likeUse && nextInSeries(before[0], p):
		return Part{First: i, Last: i, Kind: hequan.KindSettlement, Confidence: 0.8}, true
	case sameSumAgain(before, p), likeUse && summed && titledList(p), addsUpTo(before, pages[i:]):
		return Part{First: i, Last: i, Kind: hequan.KindUsage, Confidence: 0.8}, true
	}
	return Part{}, false
}

// sameSeries says whether page i is a statement of the same series as the page before it, which was taken for a list of use
// although it lists no days: its words were read worse.
func sameSeries(pages []*doc, last Part, i int, best score) bool {
	return last.Kind == hequan.KindUsage && last.First == i-1 && best.kind == hequan.KindSettlement && best.total >= leastTotal &&
		nextInSeries(pages[i-1], pages[i]) && nextInSeries(pages[i], pages[i-1])
}

// summedUse says whether a statement or list that begins before page i has its rows and a sum of money by then.
func summedUse(pages []*doc, part Part, i int) bool {
	return ofUse(part.Kind) && figuresOn(pages[part.First:i]) > 0 && statesSum(pages[part.First:i]...)
}

// partFrom is the document that begins with page i, by the page's scores.
func partFrom(i int, scores []score) Part {
	if scores[0].total < leastTotal {
		return Part{First: i, Last: i, Kind: hequan.KindOther, Confidence: 0.5}
	}
	return Part{First: i, Last: i, Kind: scores[0].kind, Confidence: confidenceOf(scores)}
}

// blank says whether nothing was read on pages.
func blank(pages []*doc) bool {
	for _, p := range pages {
		if len(p.pages[0].Lines) > 0 || len(p.pages[0].Codes) > 0 {
			return false
		}
	}
	return true
}

// listing says whether pages list days, as the details of a settlement do and
// the statement itself does not.
func listing(pages ...*doc) bool {
	n := 0
	for _, p := range pages {
		n += datedRows(p)
	}
	return n >= 8
}

// detailsOf says whether a page lists days as the statement before it does not: many, or a few
// under a title of its own.
func detailsOf(statement []*doc, p *doc) bool {
	if listing(p) {
		return !listing(statement...)
	}
	if figureRows(p) >= 10 && figuresOn(statement) <= 5 {
		return true // many rows, whose days were not read
	}
	dated := 0
	for _, s := range statement {
		dated += datedRows(s)
	}
	return dated == 0 && (titleOf(p) != "" || ownHead(p)) && datedRows(p) >= 3
}

// onlyTitled says whether nothing on pages speaks for their kind but a title.
func onlyTitled(pages []*doc) bool {
	for _, p := range pages {
		if best := scorePage(p)[0]; best.total-best.title >= 1 || len(statedWords(p.flow())) > 0 {
			return false
		}
	}
	return true
}

// statesSum says whether a sum of money stands on pages, as a title page has none.
func statesSum(pages ...*doc) bool {
	for _, p := range pages {
		for _, r := range p.rows {
			t := strings.Map(dropSpace, string(r.text))
			if sumOfMoney.MatchString(t) || formalWords.MatchString(t) {
				return true
			}
		}
	}
	return false
}

var sumOfMoney = regexp.MustCompile(`\d\.\d{2}(?:$|[^\d.])`)

// figuresOn counts the rows of figures on pages.
func figuresOn(pages []*doc) int {
	n := 0
	for _, p := range pages {
		n += figureRows(p) + datedRows(p)
	}
	return n
}

// continues says whether page i belongs to the document before it.
func continues(pages []*doc, part *Part, i int, best score, number [2]int) bool {
	if number[0] == 1 && number[1] != 1 && i > part.First && (ofUse(part.Kind) || pages[i-1].printedPage()[0] != 0) {
		return false
	}
	titled := best.title >= 2.4 && best.total >= leastTotal
	if number[0] > 1 && pages[i-1].printedPage()[0] == number[0]-1 {
		// The pages of a whole file may be numbered: then a title says more than its page's number.
		ofFile := number[1] == 0 || number[1] >= len(pages)
		other := titled && best.kind != part.Kind || ofUse(part.Kind) && ofUse(best.kind) && titledAnew(pages[part.First], pages[i], titled)
		if !ofFile || part.Kind == hequan.KindOther || titleOf(pages[i]) == "" || !other {
			return true
		}
	}
	if best.kind == hequan.KindInvoice && part.Kind != hequan.KindInvoice && (hasInvoiceCode(pages[i].pages[0]) || best.total >= 6 && otherSize(pages[i-1].pages[0].Info, pages[i].pages[0].Info)) {
		return false // its heading lies under the tax office's print
	}
	if best.kind == part.Kind {
		switch part.Kind {
		case hequan.KindInvoice:
			return number[0] > 1
		case hequan.KindSettlement, hequan.KindUsage, hequan.KindAcceptance, hequan.KindCommitment, hequan.KindBankAccount:
			return !titledAnew(pages[part.First], pages[i], titled) && !beginsAnew(pages[part.First], pages[i]) && !(ownHead(pages[i]) && summedUp(pages[part.First:i]))
		case hequan.KindAuditReport:
			return !otherReport(pages[part.First:i], pages[i])
		}
		return true
	}
	if part.Kind == hequan.KindOther {
		return best.total < leastTotal
	}
	if part.Kind == hequan.KindContract && isAnnex(pages[i]) {
		return true
	}
	if part.Kind == hequan.KindAuditReport && best.kind == hequan.KindBusinessLicense {
		return true // a report ends with the firm's own licence
	}
	if part.Kind == hequan.KindUsage && best.kind == hequan.KindSettlement && best.total >= 5 && headedStatement(pages[i]) {
		return false
	}
	if ofUse(part.Kind) && ofUse(best.kind) && best.total >= leastTotal && (titledAnew(pages[part.First], pages[i], titled) || signedOff(pages[i-1])) {
		return false
	}
	return !titled && !(titleOf(pages[i]) != "" && best.total >= 5) || best.total < 4
}

// ofUse says whether papers of a kind tell what was used: statements and lists.
func ofUse(k hequan.Kind) bool { return k == hequan.KindSettlement || k == hequan.KindUsage }

// otherSize says whether two pages are of different paper.
func otherSize(a, b hequan.PageInfo) bool {
	apart := func(x, y float64) bool { return x > 0 && y > 0 && (x > 1.15*y || y > 1.15*x) }
	return apart(a.WidthMM, b.WidthMM) || apart(a.HeightMM, b.HeightMM)
}

// isAnnex says whether a page begins with 附件.
func isAnnex(d *doc) bool {
	for i, r := range d.rows {
		if i > 3 {
			break
		}
		if strings.HasPrefix(strings.Map(dropSpace, string(r.text)), "附件") || strings.HasPrefix(strings.Map(dropSpace, string(r.text)), "附录") {
			return true
		}
	}
	return false
}

// printedPage are the forms of page numbers, number before total but in the second.
var printedPage = []*regexp.Regexp{
	regexp.MustCompile(`第(` + aPage + `)页[,，/／·|(（]?[共总](` + aPage + `)页`),
	regexp.MustCompile(`[共总](` + aPage + `)页[,，/／·|)）]?第(` + aPage + `)页`),
	regexp.MustCompile(`^(?i:第|页码[:：]?|page|p\.?)?(\d{1,3})(?i:/|／|of|页/)共?(\d{1,3})页?$`),
	regexp.MustCompile(`^[-—–－~～·•]{1,2}(\d{1,3})[-—–－~～·•]{1,2}$`),
	regexp.MustCompile(`^(?i:page|页码[:：]?)(\d{1,3})$`),
	regexp.MustCompile(`^第(` + aPage + `)页$`),
}

const aPage = `\d{1,3}|[一二三四五六七八九十]{1,3}`

// pageNumber reads a number of up to three digits, or one in Chinese numerals below a hundred.
func pageNumber(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	tens, ones, found := strings.Cut(text, "十")
	if !found {
		tens, ones = "", text
	}
	digit := func(s string) int { return (strings.Index("一二三四五六七八九", s) / len("一")) + 1 }
	n := 0
	if found {
		n = 10
	}
	if tens != "" {
		n = 10 * digit(tens)
	}
	if ones != "" {
		n += digit(ones)
	}
	return n
}

// PrintedPage returns the page number and total that are printed at the head
// or foot of a page, 0 where there is none.
func PrintedPage(p hequan.Page) [2]int { return layout([]hequan.Page{p}).printedPage() }

func (d *doc) printedPage() [2]int {
	for i := len(d.rows) - 1; i >= 0; i-- {
		r := d.rows[i]
		if r.box[1] < 0.88 && r.box[3] > 0.1 {
			continue
		}
		text := strings.Map(dropSpace, string(r.text))
		for k, re := range printedPage {
			m := re.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			first := pageNumber(m[1])
			if len(m) < 3 {
				return [2]int{first, 0}
			}
			second := pageNumber(m[2])
			if k == 1 {
				first, second = second, first
			}
			if first >= 1 && (second == 0 || first <= second) {
				return [2]int{first, second}
			}
		}
	}
	return [2]int{}
}
