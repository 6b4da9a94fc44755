package extractors

import (
	"sort"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// column is one column that a table of a kind may have.
type column struct {
	name    string
	headers []string // words of its heading, the longest match wins
	read    func(text string) string
}

// tableKind describes a table.
type tableKind struct {
	name    string
	columns []column
	least   int      // headings that make a row the head of this table
	needs   []string // columns without which it is another table
}

// head is a recognised heading: where each column lies.
type head struct {
	columns []column
	x       [][2]float64 // left and right edge of each heading
	text    []string
}

// Totals and remarks end a table, or stand between its rows.
var totalWords = []string{"合计", "总计", "小计", "总额", "共计", "总金额"}

// tables finds every table of a kind in a document, joining what continues
// on the next pages.
func (d *doc) tables(kind tableKind) []hequan.Table {
	var out []hequan.Table
	var current *hequan.Table
	var h *head
	blanks := 0
	for i, r := range d.rows {
		if found := headOf(kind, d, i); found != nil {
			if current != nil && h != nil && sameColumns(h, found) {
				h = found // a heading repeated on the next page
				continue
			}
			out = append(out, hequan.Table{Name: kind.name, Page: r.page, Columns: columnNames(found)})
			current, h, blanks = &out[len(out)-1], found, 0
			continue
		}
		if current == nil {
			continue
		}
		cells := d.cellsOf(i, h)
		filled := 0
		for _, c := range cells {
			if c.Text != "" {
				filled++
			}
		}
		switch {
		case isTotal(r):
			current = nil
		case numericCells(cells, h) >= 1 && filled >= 2:
			current.Rows = append(current.Rows, cells)
			blanks = 0
		case filled == 1 && len(current.Rows) > 0 && wraps(d, i, h, cells):
			joinWrapped(current.Rows[len(current.Rows)-1], cells)
		default:
			if blanks++; blanks > 2 || len(r.text) > 40 {
				current = nil
			}
		}
	}
	kept := out[:0]
	for _, t := range out {
		if len(t.Rows) > 0 {
			kept = append(kept, derived(t))
		}
	}
	return kept
}

// headOf tries to read row i as the heading of a table.
func headOf(kind tableKind, d *doc, i int) *head {
	r := d.rows[i]
	var h head
	for _, p := range pieces(r) {
		text := strings.Map(dropSpace, string(r.text[p[0]:p[1]]))
		// Two headings may have run together where columns are narrow.
		for _, part := range splitHeadings(kind, text, p) {
			c, ok := columnFor(kind, part.text)
			if !ok || h.has(c.name) {
				continue
			}
			b := d.box(span{i, part.from, part.to})
			h.columns = append(h.columns, c)
			h.x = append(h.x, extent(r, b))
			h.text = append(h.text, part.text)
		}
	}
	if len(h.columns) < kind.least {
		return nil
	}
	for _, n := range kind.needs {
		if !h.has(n) {
			return nil
		}
	}
	if numericRow(r) {
		return nil
	}
	return &h
}

// extent is how far a column reaches: its cell in a ruled table, else its heading.
func extent(r row, heading hequan.Box) [2]float64 {
	for _, c := range r.cells {
		if c.Contains(heading.CenterX(), heading.CenterY()) && c.Width() < 0.6 {
			return [2]float64{c[0], c[2]}
		}
	}
	return [2]float64{heading[0], heading[2]}
}

func (h *head) has(name string) bool {
	for _, c := range h.columns {
		if c.name == name {
			return true
		}
	}
	return false
}

type headPart struct {
	text     string
	from, to int
}

// splitHeadings parts "金额税率" where two headings are known to stand side by side.
func splitHeadings(kind tableKind, text string, p [2]int) []headPart {
	runes := []rune(text)
	if _, ok := columnFor(kind, text); ok && len(runes) <= 4 || p[1]-p[0] != len(runes) {
		return []headPart{{text, p[0], p[1]}}
	}
	for k := 2; k <= len(runes)-2; k++ {
		_, left := exactColumn(kind, string(runes[:k]))
		_, right := exactColumn(kind, string(runes[k:]))
		if left && right {
			return []headPart{{string(runes[:k]), p[0], p[0] + k}, {string(runes[k:]), p[0] + k, p[1]}}
		}
	}
	return []headPart{{text, p[0], p[1]}}
}

// pieces are the stretches between tabs.
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

func exactColumn(kind tableKind, text string) (column, bool) {
	for _, c := range kind.columns {
		for _, h := range c.headers {
			if text == h {
				return c, true
			}
		}
	}
	return column{}, false
}

// columnFor finds the column whose heading words the text holds; a heading is
// short, so a sentence is none.
func columnFor(kind tableKind, text string) (column, bool) {
	if len([]rune(text)) > 18 {
		return column{}, false
	}
	best, length := column{}, 0
	for _, c := range kind.columns {
		for _, h := range c.headers {
			if n := len(h); n > length && strings.Contains(text, h) {
				best, length = c, n
			}
		}
	}
	return best, length > 0
}

func columnNames(h *head) []string {
	var out []string
	for _, c := range h.columns {
		out = append(out, c.name)
	}
	return out
}

func sameColumns(a, b *head) bool {
	return strings.Join(columnNames(a), " ") == strings.Join(columnNames(b), " ")
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return fold(r)
}

func isTotal(r row) bool {
	text := strings.Map(dropSpace, string(r.text))
	for _, w := range totalWords {
		if i := strings.Index(text, w); i >= 0 && i < 18 {
			return true
		}
	}
	// 合计 misread in one character, before nothing but numbers.
	if p := pieces(r); len(p) > 0 && p[0][1]-p[0][0] == 2 && len(p) <= 4 {
		a, b := r.text[p[0][0]], r.text[p[0][0]+1]
		return b == '计' || a == '合' && unicode.Is(unicode.Han, b)
	}
	return false
}

// numericRow says whether most pieces of a row are numbers: then it is data, not a heading.
func numericRow(r row) bool {
	all, numbers := 0, 0
	for _, p := range pieces(r) {
		all++
		if _, ok := rmb.Decimal(strings.Trim(string(r.text[p[0]:p[1]]), "¥￥%元 ")); ok {
			numbers++
		}
	}
	return numbers*2 > all
}

// cellsOf shares the words of a row among the columns: a word belongs to the
// column whose heading it overlaps, else to the nearest.
func (d *doc) cellsOf(i int, h *head) []hequan.Cell {
	spans := make([]span, len(h.columns))
	used := make([]bool, len(h.columns))
	for _, p := range d.columnPieces(i, h) {
		c := nearest(d.box(span{i, p[0], p[1]}), h)
		if c < 0 {
			continue
		}
		if !used[c] {
			spans[c], used[c] = span{i, p[0], p[1]}, true
		} else {
			spans[c].to = p[1]
		}
	}
	cells := make([]hequan.Cell, len(h.columns))
	for c := range cells {
		if !used[c] {
			continue
		}
		s := d.trim(spans[c], "|｜_")
		if s.to <= s.from {
			continue
		}
		f := d.field("", "", s)
		cells[c] = hequan.Cell{Text: f.Text, Box: f.Box, Confidence: f.Confidence, Proof: f.Proof, Value: h.columns[c].read(strings.TrimSpace(f.Text))}
	}
	return cells
}

// columnPieces cuts the pieces of a row further where a visible gap parts words
// of different columns: narrow tables have no wider ones.
func (d *doc) columnPieces(i int, h *head) [][2]int {
	r := d.rows[i]
	var out [][2]int
	for _, p := range pieces(r) {
		start := p[0]
		for k := p[0] + 1; k < p[1]; k++ {
			if r.words[k] == r.words[k-1] || !r.parted(k) {
				continue
			}
			left, right := d.box(span{i, start, k}), d.box(span{i, k, p[1]})
			if a, b := nearest(left, h), nearest(right, h); a >= 0 && b >= 0 && a != b {
				out = append(out, [2]int{start, k})
				start = k
			}
		}
		out = append(out, [2]int{start, p[1]})
	}
	return out
}

func nearest(b hequan.Box, h *head) int {
	best, least := -1, 0.12 // a word further than this from every heading is no cell
	for c, x := range h.x {
		var distance float64
		switch {
		case b[2] < x[0]:
			distance = x[0] - b[2]
		case b[0] > x[1]:
			distance = b[0] - x[1]
		default:
			distance = -min(b[2], x[1]) + max(b[0], x[0])
		}
		if distance < least {
			best, least = c, distance
		}
	}
	return best
}

func numericCells(cells []hequan.Cell, h *head) int {
	n := 0
	for c, cell := range cells {
		if h.columns[c].name == "amount" || h.columns[c].name == "quantity" || h.columns[c].name == "unit_price" || h.columns[c].name == "tax" {
			if cell.Value != "" {
				n++
			}
		}
	}
	return n
}

// wraps says whether a row continues the text cell above it: it stands close
// beneath and has nothing but text.
func wraps(d *doc, i int, h *head, cells []hequan.Cell) bool {
	for c, cell := range cells {
		if cell.Text != "" {
			switch h.columns[c].name {
			case "name", "model", "spec":
				return i > 0 && d.rows[i].page == d.rows[i-1].page && d.rows[i].box[1]-d.rows[i-1].box[3] < 1.2*d.rows[i].box.Height()
			}
		}
	}
	return false
}

func joinWrapped(above, more []hequan.Cell) {
	for c := range more {
		if more[c].Text != "" && above[c].Text != "" {
			above[c].Text += more[c].Text
			above[c].Value += more[c].Value
			above[c].Box = above[c].Box.Union(more[c].Box)
			above[c].Confidence = min(above[c].Confidence, more[c].Confidence)
		}
	}
}

// derived drops columns that no row fills.
func derived(t hequan.Table) hequan.Table {
	var keep []int
	for c := range t.Columns {
		for _, r := range t.Rows {
			if r[c].Text != "" {
				keep = append(keep, c)
				break
			}
		}
	}
	out := hequan.Table{Name: t.Name, Page: t.Page}
	for _, c := range keep {
		out.Columns = append(out.Columns, t.Columns[c])
	}
	for _, r := range t.Rows {
		row := make([]hequan.Cell, 0, len(keep))
		for _, c := range keep {
			row = append(row, r[c])
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// sortTables orders tables by page and place.
func sortTables(t []hequan.Table) {
	sort.SliceStable(t, func(i, j int) bool { return t[i].Page < t[j].Page })
}
