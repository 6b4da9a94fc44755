package extractors

import (
	"iter"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// tables finds every table of a kind in a document, joining what continues on
// the next pages.
func (d *doc) tables(kind tableKind) []hequan.Table {
	var out []hequan.Table
	for b := range d.bodies(kind) {
		if t, ok := d.tableOf(kind, b); ok {
			out = append(out, t)
		}
	}
	return out
}

// bodies are what stands below each heading of a kind, in order.
func (d *doc) bodies(kind tableKind) iter.Seq[body] {
	return func(yield func(body) bool) {
		for i := 0; i < len(d.rows); {
			h := headOf(kind, d, i)
			if h == nil {
				i++
				continue
			}
			b := d.bodyOf(kind, h, i)
			if !yield(b) {
				return
			}
			i = max(i+h.rows, b.end)
		}
	}
}

// body is the rows under a heading, as they were told apart.
type body struct {
	page  int
	parts []bodyPart // a page each
	end   int        // row after the last
}

// bodyPart is the rows of a table on one page, under one heading.
type bodyPart struct {
	head *head
	rows []int
}

// bodyOf takes the rows under the heading at row i: up to a total, to another
// heading of the kind, or to text that is none of the table's.
func (d *doc) bodyOf(kind tableKind, h *head, i int) body {
	b := body{page: d.rows[i].page, parts: []bodyPart{{head: h}}, end: i + h.rows}
	strange, started := 0, false
	for k := i + h.rows; k < len(d.rows); k++ {
		r := d.rows[k]
		part := &b.parts[len(b.parts)-1]
		if again := headOf(kind, d, k); again != nil {
			part.head.complete(again)
			if again.names() != part.head.names() {
				return b
			}
			b.parts = append(b.parts, bodyPart{head: again})
			k += again.rows - 1
			b.end = k + 1
			continue
		}
		if isClosing(r) && len(part.rows) > 0 {
			return b
		}
		if isCarried(r) {
			b.end = k + 1
			continue
		}
		if isTotal(r) {
			b.end = k + 1
			if subtotal(d, kind, k) || d.totalAbove(kind, part, k) {
				continue
			}
			return b
		}
		if r.page != d.rows[k-1].page && len(part.rows) > 0 {
			b.parts = append(b.parts, bodyPart{head: part.head.onPage(d, k)})
			part = &b.parts[len(b.parts)-1]
			strange = 0
		}
		if part.head.ruled && r.grid == nil && len(part.rows) > 0 && r.page == d.rows[part.rows[len(part.rows)-1]].page {
			if d.goesOnBelow(k, part.rows[len(part.rows)-1]) {
				if len(d.groupHeads(k)) > 0 || part.head.fills(d.runs(k)) {
					part.rows = append(part.rows, k)
				}
				continue
			}
			return b // below the rules
		}
		if part.head.ruled && !numbered(kind) && r.grid != nil && len(part.rows) > 0 && r.page == d.rows[part.rows[0]].page && r.grid != d.rows[part.rows[0]].grid {
			return b // another frame, of what is said of all
		}
		runs := d.runs(k)
		numbers, filled := 0, map[int]bool{}
		for _, s := range runs {
			if c := part.head.nearest(s.x0, s.x1); c >= 0 {
				filled[c] = true
				if isNumber(s.text) {
					numbers++
				}
			}
		}
		switch {
		case started && r.grid == nil && !numbered(kind) && labelled.MatchString(string(r.text)):
			return b // 交付日期：…，安装地点：…
		case len(filled) >= 2 && (numbers > 0 || !numbered(kind)), r.grid != nil && part.head.ruled && len(filled) > 0:
			started, strange = true, 0
		case len(r.text) <= 30 && (len(filled) == 1 && started || !started || numbers == 0 && !strings.ContainsAny(string(r.text), ":：0123456789") && r.page == d.rows[k-1].page && r.box[1]-d.rows[k-1].box[3] < 0.3*r.box.Height()):
			if strange++; strange > 3 {
				return b
			}
		default:
			return b
		}
		part.rows = append(part.rows, k)
		b.end = k + 1
	}
	return b
}

// onPage is a ruled heading over row k of another page, which may lie further left or right: as many cells as it has
// columns are its columns.
func (h *head) onPage(d *doc, k int) *head {
	r := d.rows[k]
	if !h.ruled || r.grid == nil || r.grid.Cols != len(h.columns) {
		return h
	}
	moved := *h
	moved.columns = slices.Clone(h.columns)
	shift := r.box.CenterY() * d.lean(r.page)
	for _, c := range r.grid.Cells {
		if c.Row != r.gridRow {
			continue
		}
		if c.ColSpan > 1 || c.Col >= len(moved.columns) {
			return h
		}
		moved.columns[c.Col].x = [2]float64{c.Box[0] + shift, c.Box[2] + shift}
	}
	return &moved
}

// fills says whether a row that is none of the ruled ones has a cell under most of the headings, two numbers among them:
// its rules were not found.
func (h *head) fills(runs []cellRun) bool {
	numbers, filled := 0, map[int]bool{}
	for _, s := range runs {
		c := h.nearest(s.x0, s.x1)
		if c < 0 || filled[c] {
			return false
		}
		filled[c] = true
		numbers += boolInt(isNumber(s.text))
	}
	return numbers >= 2 && len(filled)*3 >= len(h.columns)*2
}

// goesOnBelow says whether a row of the ruled table that the row last is of stands
// below row k: what row k holds then stands beside the rules, as a seal over the
// edges of pages does.
func (d *doc) goesOnBelow(k, last int) bool {
	for i := k + 1; i < len(d.rows) && d.rows[i].page == d.rows[k].page; i++ {
		if d.rows[i].grid != nil {
			return d.rows[i].grid == d.rows[last].grid
		}
	}
	return false
}

// subtotal says whether the table goes on after a row 小计: the next row has
// numbers and is no text.
func subtotal(d *doc, kind tableKind, k int) bool {
	if !strings.Contains(strings.Map(dropSpace, string(d.rows[k].text)), "小计") || k+1 >= len(d.rows) || d.rows[k+1].page != d.rows[k].page {
		return false
	}
	return d.figures(k+1) >= 2 && numbered(kind)
}

// totalAbove says whether a total stands above the rows that it is of: right under the
// heading, with a row of numbers below it.
func (d *doc) totalAbove(kind tableKind, part *bodyPart, k int) bool {
	return numbered(kind) && len(part.rows) == 0 && k+1 < len(d.rows) && d.rows[k+1].page == d.rows[k].page && d.rows[k+1].grid == d.rows[k].grid &&
		!isTotal(d.rows[k+1]) && len(d.runs(k+1)) > len(d.runs(k)) && d.figures(k+1) >= 2
}

// figures counts the stretches of a row that are numbers.
func (d *doc) figures(k int) int {
	n := 0
	for _, s := range d.runs(k) {
		if isNumber(s.text) {
			n++
		}
	}
	return n
}

// numbered says whether rows of the kind have numbers at all.
func numbered(kind tableKind) bool {
	for _, n := range []string{"amount", "unit_price"} {
		if _, ok := kind.column(n); ok {
			return true
		}
	}
	return false
}

func isNumber(text string) bool {
	_, ok := rmb.Decimal(pointedNumber(withoutStroke(strings.Trim(text, "¥￥%元* "))))
	return ok
}

// numericRow says whether most pieces of a row are numbers: then it is data, not a heading.
func numericRow(r row) bool {
	all, numbers := 0, 0
	for _, p := range pieces(r) {
		all++
		if isNumber(string(r.text[p[0]:p[1]])) {
			numbers++
		}
	}
	return numbers*2 > all
}

func numericPieces(r row, list [][2]int) bool {
	for _, p := range list {
		if len(rmb.Find(string(r.text[p[0]:p[1]]))) == 0 {
			return false
		}
	}
	return true
}

// pieces are the stretches between tabs and blanks.
func pieces(r row) [][2]int {
	var out [][2]int
	start := 0
	for k := 0; k <= len(r.text); k++ {
		if k == len(r.text) || r.text[k] == '\t' || r.text[k] == ' ' {
			if k > start {
				out = append(out, [2]int{start, k})
			}
			start = k + 1
		}
	}
	return out
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return fold(r)
}

// Totals and remarks end a table, or stand between its rows.
var totalWords = []string{"合计", "总计", "小计", "总额", "共计", "总金额", "Total", "TOTAL"}

func isTotal(r row) bool {
	text := strings.Map(dropSpace, string(r.text))
	for _, w := range totalWords {
		if i := strings.Index(text, w); i >= 0 && i < 18 {
			return true
		}
	}
	if statedTotal.MatchString(text) {
		return true
	}
	// 合计 of which one letter was lost, or misread, before nothing but numbers.
	if p := pieces(r); len(p) > 1 && p[0][1]-p[0][0] == 1 && (r.text[p[0][0]] == '计' || r.text[p[0][0]] == '合') && numericPieces(r, p[1:]) {
		return true
	}
	if p := pieces(r); len(p) > 2 && p[0][1]-p[0][0] == 1 && p[1][1]-p[1][0] == 1 && (r.text[p[0][0]] == '合' || r.text[p[1][0]] == '计') && numericPieces(r, p[2:]) {
		return true // 合  计, one of them misread
	}
	if p := pieces(r); len(p) > 0 && p[0][1]-p[0][0] == 2 && len(p) <= 4 {
		a, b := r.text[p[0][0]], r.text[p[0][0]+1]
		return b == '计' || a == '合' && unicode.Is(unicode.Han, b)
	}
	return false
}

// statedTotal is a sum under a table that says what it is of: 总消费金额：250478.20元.
var statedTotal = regexp.MustCompile(`^\p{Han}{0,4}[总合]\p{Han}{1,6}[:：][^\d，。]{0,4}[\d,.]+元?$`)

// closing are words of what stands below a table: what is concluded, and who signs.
var closing = regexp.MustCompile(`^.{0,6}(?:结论|意见)[:：]|[(（〈]?(?:盖章|签章|公章)[)）〉]|(?:代表|经办人|负责人|法定代表人).{0,2}(?:签字|签名|答字)|^特此`)

func isClosing(r row) bool {
	if r.grid != nil {
		return false
	}
	text := strings.Map(dropSpace, string(r.text))
	return closing.MatchString(text) || sentence.MatchString(text)
}

// sentence is a row of running text: two clauses and a full stop.
var sentence = regexp.MustCompile(`^\p{Han}[^\t]*[,，:：][^\t]*[,，:：][^\t]*。$`)

// sortTables orders tables by page and place.
func sortTables(t []hequan.Table) {
	sort.SliceStable(t, func(i, j int) bool { return t[i].Page < t[j].Page })
}
