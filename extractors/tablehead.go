package extractors

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"hequan"
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
	instead string   // a column that will do instead where rows and sums tell the table
}

func (k tableKind) column(name string) (column, bool) {
	for _, c := range k.columns {
		if c.name == name {
			return c, true
		}
	}
	return column{}, false
}

// complete says whether a table has the columns without which it is another.
func (k tableKind) complete(t *hequan.Table) bool {
	for _, n := range k.needs {
		if t.Column(n) < 0 {
			return false
		}
	}
	return true
}

// headed is a column as it lies on a page: under its heading, or under a
// heading that says nothing to us (序号, 备注), or one that could not be read.
type headed struct {
	column
	text string     // of the heading, blanks removed
	x    [2]float64 // levelled left and right edge: of the ruled cell, else of the heading
}

// head is the heading of a table, its columns from left to right.
type head struct {
	columns []headed
	ruled   bool
	rows    int // that it takes
}

func (h *head) has(name string) bool {
	for _, c := range h.columns {
		if c.name == name {
			return true
		}
	}
	return false
}

func (h *head) names() string {
	var out []string
	for _, c := range h.columns {
		if c.name != "" {
			out = append(out, c.name)
		}
	}
	return strings.Join(out, " ")
}

// complete gives columns that were not known, of which one was misread, the names that the same table's heading has on another
// page: as many columns, and where both are known they are the same.
func (h *head) complete(again *head) {
	if len(h.columns) != len(again.columns) {
		return
	}
	for i, c := range h.columns {
		if o := again.columns[i]; c.name != "" && o.name != "" && c.name != o.name {
			return
		}
	}
	for i := range h.columns {
		a, b := &h.columns[i], &again.columns[i]
		if a.name == "" {
			a.column, a.text = b.column, b.text
		} else if b.name == "" {
			b.column, b.text = a.column, a.text
		}
	}
}

// glyph is one character of a row where it would stand on a levelled page.
type glyph struct {
	r      rune // folded
	at     int  // index into the row's text
	x0, x1 float64
}

// glyphs returns the characters of a row that are no blanks, from left to right.
func (d *doc) glyphs(i int) []glyph {
	r := d.rows[i]
	lean := d.lean(r.page)
	counts, seen := make([]int, len(r.parts)), make([]int, len(r.parts))
	for _, w := range r.words {
		if w >= 0 {
			counts[w]++
		}
	}
	var out []glyph
	for k, w := range r.words {
		if w < 0 {
			continue
		}
		b := r.parts[w].Box
		width := b.Width() / float64(counts[w])
		x := b[0] + width*float64(seen[w]) + b.CenterY()*lean
		seen[w]++
		if !unicode.IsSpace(r.text[k]) {
			out = append(out, glyph{fold(r.text[k]), k, x, x + width})
		}
	}
	return out
}

// lean is how far upright lines of a page fall to the left, by height in
// fractions of the page.
func (d *doc) lean(page int) float64 {
	for _, p := range d.pages {
		if p.Info.Page == page && p.Info.WidthMM > 0 {
			return math.Tan(p.Skew*math.Pi/180) * p.Info.HeightMM / p.Info.WidthMM
		}
	}
	return 0
}

// em is the width of a Chinese character of a row, in fractions of the page's width.
func (d *doc) em(i int) float64 {
	r := d.rows[i]
	heights := make([]float64, 0, len(r.parts))
	for _, w := range r.parts {
		heights = append(heights, w.Box.Height())
	}
	if len(heights) == 0 {
		return 0.01
	}
	sort.Float64s(heights)
	return heights[len(heights)/2] * d.aspect(r.page)
}

// aspect is the height of a page over its width.
func (d *doc) aspect(page int) float64 {
	for _, p := range d.pages {
		if p.Info.Page == page && p.Info.WidthMM > 0 && p.Info.HeightMM > 0 {
			return p.Info.HeightMM / p.Info.WidthMM
		}
	}
	return 1
}

// headOf tries to read the rows from i on as the heading of a table: one row,
// or two where headings are broken over two lines.
func headOf(kind tableKind, d *doc, i int) *head {
	if h := headRow(kind, d, i); h != nil && len(h.found()) >= kind.least {
		return h
	}
	if i+1 >= len(d.rows) || d.rows[i+1].page != d.rows[i].page || d.rows[i].grid != nil || colonPair(d.rows[i]) || // 金额单位：元 above a table
		d.rows[i+1].box[1]-d.rows[i].box[3] > 1.2*d.rows[i].box.Height() {
		return nil
	}
	upper, lower := headRow(kind, d, i), headRow(kind, d, i+1)
	if upper == nil || lower == nil {
		return nil
	}
	for _, c := range lower.columns {
		if c.name != "" && !upper.has(c.name) && !upper.stands(c) {
			upper.columns = append(upper.columns, c)
		}
	}
	upper.sort()
	upper.rows = 2
	if len(upper.found()) < kind.least {
		return nil
	}
	return upper
}

// found are the columns whose heading is known.
func (h *head) found() []headed {
	var out []headed
	for _, c := range h.columns {
		if c.name != "" {
			out = append(out, c)
		}
	}
	return out
}

// stands says whether another known column stands at the same place.
func (h *head) stands(c headed) bool {
	for _, o := range h.columns {
		if o.name != "" && min(o.x[1], c.x[1]) > max(o.x[0], c.x[0]) {
			return true
		}
	}
	return false
}

func (h *head) sort() {
	sort.SliceStable(h.columns, func(a, b int) bool {
		return h.columns[a].x[0]+h.columns[a].x[1] < h.columns[b].x[0]+h.columns[b].x[1]
	})
}

// headRow reads one row as headings, nil where it is none: fewer than two
// headings in their own words, or more other text than headings.
func headRow(kind tableKind, d *doc, i int) *head {
	g := d.glyphs(i)
	if len(g) < 4 || numericRow(d.rows[i]) {
		return nil
	}
	em := d.em(i)
	hits := headHits(kind, g, em)
	exact, covered, names := 0, 0, map[string]bool{}
	for _, h := range hits {
		covered += h.to - h.from
		if h.exact && !names[h.column.name] {
			exact++
		}
		names[h.column.name] = true
	}
	if exact < 2 {
		return nil
	}
	stretches := lastNouns(d.rows[i], g, headStretches(g, hits, em))
	for _, s := range stretches {
		if s.hit == nil && otherHead(g[s.from:s.to]) {
			covered += s.to - s.from
		}
	}
	if covered*5 < outsideBrackets(g)*2 {
		return nil
	}
	h := &head{rows: 1, ruled: d.rows[i].grid != nil}
	rest := 0
	for n, s := range stretches { // what is a column's heading in its own words is it rather than what looks like one
		if s.hit != nil && !s.hit.exact && slices.ContainsFunc(stretches, func(o stretch) bool { return o.hit != nil && o.hit.exact && o.hit.column.name == s.hit.column.name }) {
			stretches[n].hit = nil
		}
	}
	nearHits(kind, g, stretches)
	for _, s := range stretches {
		c := headed{x: [2]float64{g[s.from].x0, g[s.to-1].x1}}
		for _, x := range g[s.from:s.to] {
			c.text += string(x.r)
		}
		if n := len(h.columns); s.hit != nil && n > 0 && h.columns[n-1].name == s.hit.column.name && c.x[0]-h.columns[n-1].x[1] < 0.6*em {
			h.columns[n-1].x[1] = c.x[1] // 产品或服务名称
			h.columns[n-1].text += c.text
			continue
		}
		if date, ok := kind.column("date"); ok && s.hit != nil && !s.hit.exact && dayHead.MatchString(c.text) {
			s.hit.column = date // 计费日 is no 计费项
		}
		if s.hit != nil && s.hit.column.name == "amount" && takenOff.MatchString(c.text) {
			s.hit = nil
		}
		switch {
		case s.hit != nil && !h.has(s.hit.column.name):
			c.column = s.hit.column
		case s.to-s.from > 14:
			return nil // a sentence
		default:
			rest++
		}
		h.columns = append(h.columns, c)
	}
	if h.ruled {
		h.columns = ruledColumns(d, i, h.columns)
	} else if rest > 2*len(h.found()) {
		return nil
	}
	return h
}

// dayHead is the heading of a column of days or months.
var dayHead = regexp.MustCompile(`(?:日|日期|月|月份|月度)$`)

// takenOff are headings of sums that are taken off, or were before that: 优惠金额, 目录金额.
var takenOff = regexp.MustCompile(`(?:优惠|折扣|减免|抵扣|代金券?|立减|返还)(?:金额|\(元\))?$|^(?:目录|原价?|标准|应收原)(?:总?价|总?金额|费用)`)

// ruledColumns gives every column of the grid that a ruled heading stands in:
// its edges are the rules, and a heading that could not be read has a column too.
func ruledColumns(d *doc, i int, found []headed) []headed {
	r := d.rows[i]
	lean := d.lean(r.page)
	var out []headed
	for _, whole := range r.grid.Cells {
		if whole.Row != r.gridRow && (whole.Row > r.gridRow || whole.Row+whole.RowSpan <= r.gridRow) {
			continue
		}
		for _, c := range partSpanning(*r.grid, whole) {
			shift := c.Box.CenterY() * lean
			col := headed{x: [2]float64{c.Box[0] + shift, c.Box[2] + shift}}
			for _, f := range found {
				if mid := (f.x[0] + f.x[1]) / 2; mid >= col.x[0] && mid < col.x[1] && (f.name != "" || col.name == "") && (col.name == "" || f.name == "") {
					col.column, col.text = f.column, f.text
				}
			}
			out = append(out, col)
		}
	}
	for _, f := range found { // beside the rules
		inside := false
		for _, c := range out {
			inside = inside || (f.x[0]+f.x[1])/2 >= c.x[0] && (f.x[0]+f.x[1])/2 < c.x[1]
		}
		if !inside && f.name != "" {
			out = append(out, f)
		}
	}
	h := head{columns: out}
	h.sort()
	return h.columns
}
