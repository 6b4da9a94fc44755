package extractors

import (
	"hequan"
	"hequan/internal/rmb"
)

// What of a file begins a statement, or the list of use that it is of, whatever its words say: its rows and sums, and what
// stands before it.

// coverOfList says whether page i is the head of a list of use whose rows begin on the next page: it has a title of its
// own, or comes behind what has its rows and sum (summed), and says for which time, and the next page goes on with rows and
// no head.
func coverOfList(pages []*doc, i int, summed bool) bool {
	if i+1 >= len(pages) {
		return false
	}
	p, next := pages[i], pages[i+1]
	if own := titleOf(p); own == "" && !summed || titleGoesOn.MatchString(own) || figureRows(p) > 0 || datedRows(p) > 2 || !spansTime(p.flow()) {
		return false
	}
	return titleOf(next) == "" && !ownHead(next) && figureRows(next)+datedRows(next) >= 3 && scorePage(next)[0].kind == hequan.KindUsage && len(statedWords(next.flow())) == 0
}

// sameSumAgain says whether a page lists, below a head of its own, what adds up to the sum that a statement before it states:
// the use that the statement is of, in more rows than it has.
func sameSumAgain(statement []*doc, p *doc) bool {
	rows := figureRows(p)
	if rows < 3 || rows <= figuresOn(statement) || figuresOn(statement) == 0 || titleOf(p) == "" && !spansTime(p.flow()) {
		return false
	}
	stated := map[rmb.Fen]bool{}
	for _, s := range statement {
		for _, w := range statedWords(s.flow()) {
			stated[w.value] = true
		}
	}
	for _, r := range p.rows {
		if len(pieces(r)) > 3 && !isTotal(r) {
			continue // one of the list
		}
		for _, f := range amounts(string(r.text)) {
			if stated[f.Fen] {
				return true
			}
		}
	}
	return false
}

// addsUpTo says whether the rows of a page, and of those that follow, more than the statement before it has, add up to the
// sum that the statement says in words or as its total, to the fen: they are the use that it is of.
func addsUpTo(statement, list []*doc) bool {
	stated, rows := map[rmb.Fen]bool{}, 0
	for _, s := range statement {
		for _, w := range statedWords(s.flow()) {
			stated[w.value] = true
		}
		for _, r := range s.rows {
			if isTotal(r) || labelledSum(r) {
				for _, f := range amounts(string(r.text)) {
					stated[f.Fen] = true
				}
			}
		}
		rows += figureRows(s)
	}
	if len(stated) == 0 {
		return false
	}
	var pages []hequan.Page
	for n, p := range list[:min(len(list), 4)] {
		if n > 0 && titleOf(p) != "" {
			break
		}
		pages = append(pages, p.pages...)
		for _, t := range layout(pages).bestTables(tableKind{name: "rows", columns: usageColumns, least: 3, needs: []string{"quantity"}, instead: "amount"}, 2) {
			if sum, ok := amountOf(&t); ok && t.Page == list[0].pages[0].Info.Page && len(t.Rows) >= 3 && len(t.Rows) > rows && stated[sum] && (rows > 0 || ofDays(&t)) {
				return true
			}
		}
	}
	return false
}

// ofDays says whether most rows of a table are of days or months, and not all of the same.
func ofDays(t *hequan.Table) bool {
	c, n := t.Column("date"), 0
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if c >= 0 && r[c].Value != "" {
			n, seen[r[c].Value] = n+1, true
		}
	}
	return len(seen) > 1 && 4*n >= 3*len(t.Rows)
}

// titledList says whether a page has a title of its own above rows of figures.
func titledList(p *doc) bool {
	own := titleOf(p)
	return own != "" && !titleGoesOn.MatchString(own) && figureRows(p) >= 3 && len(statedWords(p.flow())) == 0
}

// headedStatement says whether a page has what stands at the head of a statement, and not at the end of a list of use: a
// number of its own, or the time that it is for.
func headedStatement(p *doc) bool {
	return ownNumberOf(p) != "" || spansTime(p.flow())
}

// nextInSeries says whether a page is another statement like the first, whatever its title says: numbered in its series, with
// a sum and a row or two.
func nextInSeries(first, p *doc) bool {
	return otherStatement(first, p) && figureRows(p) <= figureRows(first)+2 && datedRows(p) == 0
}
