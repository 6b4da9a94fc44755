package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// tableRow is one row of a table, a cell for each of its head's columns.
type tableRow struct {
	row    int // of the document
	page   int
	top    float64
	bottom float64
	cells  []hequan.Cell
	anchor bool      // has more than words that a cell was wrapped with
	groups []grouped // the headings inside the table that it stands under
	within bool      // no word reaches out of its column
}

// tableOf makes the table of a body: cells by columns, wrapped cells joined,
// headings that were not read found out by what stands under them.
func (d *doc) tableOf(kind tableKind, b body) (hequan.Table, bool) {
	var rows []tableRow
	d.addUnread(&b)
	columns := append([]headed(nil), b.parts[0].head.columns...)
	var under []grouped
	for _, p := range b.parts {
		own := p.head.places(columns)
		if own == nil {
			continue // the same headings, but other columns between: not ours to join
		}
		edges := d.edges(p)
		var lines []tableRow
		merged := mergedCells{}
		for _, k := range p.rows {
			r := d.rows[k]
			line := tableRow{page: r.page, top: r.box[1], bottom: r.box[3], within: true}
			em := d.em(k)
			parts := share(d.runs(k), p.head, edges, em)
			for c, at := range own {
				var g []glyph
				if at >= 0 {
					g = parts[at]
				}
				line.cells = append(line.cells, d.cell(k, g, columns[c].read))
				if len(g) > 0 && at < len(edges) && g[len(g)-1].x1 > edges[at]+em {
					line.within = false
				}
			}
			line.anchor = anchors(kind, columns, line.cells)
			if g := d.groupHeads(k); len(g) > 0 && !line.anchor && !p.head.has(g[0].role) && hasColumn(kind, g[0].role) {
				under = g
				continue
			}
			line.groups = under
			merged.fill(d, k, columns, p.head, own, line.cells)
			lines = append(lines, line)
		}
		rows = append(rows, joinWrapped(columns, lines)...)
	}
	if disown(columns, rows) {
		ownAgain(kind, columns, rows)
	}
	betterModel(kind, columns, rows)
	inferByForm(kind, columns, rows)
	infer(kind, columns, rows)
	inferTax(kind, columns, rows)
	disownListPrice(kind, columns, rows)
	t := hequan.Table{Name: kind.name, Page: b.page}
	var keep []int
	groups := map[int][]grouped{} // of each row
	for c := range columns {
		if columns[c].name == "" {
			continue
		}
		for _, r := range rows {
			if r.cells[c].Text != "" {
				keep = append(keep, c)
				t.Columns = append(t.Columns, columns[c].name)
				break
			}
		}
	}
	for _, r := range rows {
		if !r.anchor {
			continue
		}
		cells := make([]hequan.Cell, 0, len(keep))
		for _, c := range keep {
			cell := r.cells[c]
			if cell.Text != "" && r.page != t.Page {
				cell.Page = r.page
			}
			cells = append(cells, cell)
		}
		groups[len(t.Rows)] = r.groups
		t.Rows = append(t.Rows, cells)
	}
	d.headGroups(kind, &t, groups)
	if !kind.complete(&t) {
		return t, false
	}
	if u := t.Column("unit"); u >= 0 {
		for _, r := range t.Rows { // two readings of tokens say nothing of the 千 before it
			r[u].Proof = slices.DeleteFunc(slices.Clone(r[u].Proof), func(p hequan.Proof) bool { return p == hequan.ProofTwoReadings })
		}
	}
	loneOnes(&t)
	pointsOfThousands(&t)
	steadyPrices(&t)
	units(kind, columns, &t)
	steadyUnits(&t)
	unitsAgree(&t)
	counts(&t)
	tenThousands(columns, &t)
	return t, len(t.Rows) > 0
}

// places says which columns of a heading are those of another page's heading of the same table: one
// after the other, or where dirt was taken for headings, those of the same names and what stands
// where the others do, -1 for none. It is nil where a name is missing.
func (h *head) places(columns []headed) []int {
	own := make([]int, len(columns))
	for c, column := range columns {
		if own[c] = c; len(h.columns) == len(columns) {
			continue
		}
		own[c] = slices.IndexFunc(h.columns, func(o headed) bool {
			return o.name == column.name && (o.name != "" || min(o.x[1], column.x[1]) > max(o.x[0], column.x[0]))
		})
		if own[c] < 0 && column.name != "" {
			return nil
		}
	}
	return own
}

// mergedCells are, by column, the cells that the rules let go on over the rows below.
type mergedCells map[int]mergedCell

type mergedCell struct {
	grid  *hequan.Grid
	until int // row of the grid where it ends
	cell  hequan.Cell
}

// fill gives the row k the words of cells that begin above it and, by the rules, hold for it too.
func (m mergedCells) fill(d *doc, k int, columns []headed, h *head, own []int, cells []hequan.Cell) {
	r := d.rows[k]
	if r.grid == nil {
		return
	}
	lean := d.lean(r.page)
	for c := range cells {
		if over, ok := m[c]; ok && cells[c].Text == "" && over.grid == r.grid && r.gridRow < over.until && !isFigure(columns[c].name) {
			cells[c] = over.cell
			continue
		}
		if own[c] < 0 {
			continue
		}
		column := h.columns[own[c]]
		for _, g := range r.grid.Cells {
			shift := g.Box.CenterY() * lean
			if x := (column.x[0] + column.x[1]) / 2; g.Row == r.gridRow && g.RowSpan > 1 && x > g.Box[0]+shift && x < g.Box[2]+shift && cells[c].Text != "" {
				m[c] = mergedCell{r.grid, g.Row + g.RowSpan, cells[c]}
			}
		}
	}
}

// loneOnes reads a lone 1 that was taken for a character like it, where the
// price of one is the row's amount.
func loneOnes(t *hequan.Table) {
	q, p, a := t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if q < 0 || p < 0 || a < 0 {
		return
	}
	for _, r := range t.Rows {
		price, ok1 := rmb.ParseValue(r[p].Value)
		amount, ok2 := rmb.ParseValue(r[a].Value)
		if r[q].Value == "" && likeOne(r[q].Text) && ok1 && ok2 && price == amount {
			r[q].Value = "1"
			addProof(&r[q], hequan.ProofArithmetic)
		}
	}
}

// likeOne says whether a cell is one character that a lone 1 is taken for.
func likeOne(text string) bool {
	return len([]rune(text)) == 1 && strings.ContainsAny(text, "工丨|lI亅")
}

var threeDecimals = regexp.MustCompile(`^\d{1,7}\.\d{3}$`)

// pointsOfThousands reads 468.961 as 468,961 where price and amount say so. Where
// nothing does, either may be meant, and two readers see the same point.
func pointsOfThousands(t *hequan.Table) {
	q, p, a := t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if q < 0 {
		return
	}
	for _, r := range t.Rows {
		v := r[q].Value
		if !threeDecimals.MatchString(v) || has(r[q].Proof, hequan.ProofTextLayer) {
			continue
		}
		whole := strings.TrimLeft(strings.Replace(v, ".", "", 1), "0")
		if p >= 0 && a >= 0 {
			amount, ok := rmb.ParseValue(r[a].Value)
			if ok && product(v, r[p].Value, amount) {
				continue
			}
			if ok && product(whole, r[p].Value, amount) {
				r[q].Value = whole
				addProof(&r[q], hequan.ProofArithmetic)
				continue
			}
		}
		r[q].Proof, r[q].Confidence = nil, min(r[q].Confidence, 0.6)
	}
}

func product(quantity, price string, amount rmb.Fen) bool {
	for _, s := range scales {
		if got, ok := rmb.Product(scaled(quantity, s), price); ok && amount != 0 && (got-amount).Abs() <= 1 {
			return true
		}
	}
	return false
}

// anchors says whether the cells are a row of their own: a number beside
// something else. Rows of tables without numbers have two cells.
func anchors(kind tableKind, columns []headed, cells []hequan.Cell) bool {
	filled, numbers := 0, 0
	for c, cell := range cells {
		if cell.Text == "" {
			continue
		}
		if columns[c].name != "" {
			filled++
		}
		switch columns[c].name {
		case "amount", "quantity", "unit_price", "tax":
			if cell.Value != "" {
				numbers++
			}
		case "":
			if isNumber(strings.Map(dropSpace, cell.Text)) && strings.ContainsAny(cell.Text, ".,") {
				filled, numbers = filled+1, numbers+1
			}
		}
	}
	return filled >= 2 && (numbers > 0 || !numbered(kind))
}

// joinWrapped joins lines that are only words of a wrapped cell with the row
// that they stand nearest to. Where lines stand as near to the row above as to the one below, cells are taken to be
// set in the middle of their row: as many lines of one stand below its figures as above.
func joinWrapped(columns []headed, lines []tableRow) []tableRow {
	var out []tableRow
	var waiting []tableRow // words above the row that they belong to
	over := 0              // how many stand above the last row
	for i := 0; i < len(lines); {
		if lines[i].anchor {
			l := lines[i]
			for k := len(waiting) - 1; k >= 0; k-- {
				l.cells = joinCells(columns, waiting[k].cells, l.cells)
			}
			over, waiting = len(waiting), nil
			out = append(out, l)
			i++
			continue
		}
		var between []tableRow
		for ; i < len(lines) && !lines[i].anchor; i++ {
			if lines[i].within && wordsOnly(columns, lines[i].cells) {
				between = append(between, lines[i])
			}
		}
		var last, next *tableRow
		if len(out) > 0 {
			last = &out[len(out)-1]
		}
		if i < len(lines) {
			next = &lines[i]
		}
		up, down := partWrapped(columns, last, next, between, over)
		for _, l := range between[:up] {
			last.cells = joinCells(columns, last.cells, l.cells)
			last.bottom = l.bottom
		}
		waiting = between[len(between)-down:]
	}
	return out
}

// partWrapped says how many of the lines between two rows belong to the one above, and how many to the one below; last or
// next is nil where there is none. Lines too far from the rest of their cell belong to neither.
func partWrapped(columns []headed, last, next *tableRow, lines []tableRow, over int) (up, down int) {
	n := len(lines)
	if n == 0 {
		return 0, 0
	}
	// gaps[k] is what is blank above line k, the last one what is blank above the row below.
	gaps := make([]float64, n+1)
	for k, l := range lines {
		switch {
		case k > 0 && lines[k-1].page == l.page:
			gaps[k] = blankBetween(&lines[k-1], &l)
		case k == 0 && last != nil && last.page == l.page:
			gaps[k] = blankBetween(last, &l)
		default:
			gaps[k] = 1
		}
	}
	gaps[n] = 1
	if next != nil && next.page == lines[n-1].page && (last == nil || !beginsItem(columns, next.cells) || beginsItem(columns, lines[n-1].cells)) {
		gaps[n] = blankBetween(&lines[n-1], next)
	}
	lead := 1.3 // blank between the lines of a cell, in heights of a line
	if next != nil {
		lead = 1.6
	}
	reach := func(k int) float64 { return lead * (lines[k].bottom - lines[k].top) }
	for up < n && gaps[up] < reach(up) {
		up++
	}
	for down < n && gaps[n-down] < reach(n-1-down) {
		down++
	}
	if up+down <= n {
		return up, down
	}
	// All could be of either: the widest gap parts them, or the middle.
	widest := n - down
	for k := n - down; k <= up; k++ {
		if gaps[k] > gaps[widest] {
			widest = k
		}
	}
	second := -1.0
	for k := n - down; k <= up; k++ {
		if k != widest {
			second = max(second, gaps[k])
		}
	}
	height := lines[0].bottom - lines[0].top
	if middle := min(max(over, n-down), up); gaps[widest]-second < 0.25*height && middle != widest {
		widest = middle
	}
	return widest, n - widest
}

// blankBetween is what is blank between two lines of a table: in the column that both have words in, else between their rows.
func blankBetween(a, b *tableRow) float64 {
	least := -1.0
	for c := range a.cells {
		if x, y := a.cells[c].Box, b.cells[c].Box; !x.IsZero() && !y.IsZero() && a.cells[c].Text != "" && b.cells[c].Text != "" {
			if gap := y[1] - x[3]; least < 0 || gap < least {
				least = max(0, gap)
			}
		}
	}
	if least >= 0 {
		return least
	}
	return b.top - a.bottom
}

// beginsItem says whether the name of a row begins with its category between asterisks: what stands above is none of it.
func beginsItem(columns []headed, cells []hequan.Cell) bool {
	for c := range cells {
		if columns[c].name == "name" {
			return taxCategory.MatchString(cells[c].Text) || otherCategory.MatchString(cells[c].Text) || strings.HasPrefix(cells[c].Text, "*")
		}
	}
	return false
}

// saysSum is a sum below a table with its label or in words, which no cell is wrapped with.
var saysSum = regexp.MustCompile(`[：:][¥￥]?\d[\d,]*\.\d{2}|大写[）)]?[：:]|[壹贰叁肆伍陆柒捌玖拾佰仟万][元圆][整正]`)

// aSentence is what no cell is wrapped with.
var aSentence = regexp.MustCompile(`。|[，,].{8,}[，,]|.{12,}[，,].{4,}`)

// wordsOnly says whether a line has nothing but words under headings of words.
func wordsOnly(columns []headed, cells []hequan.Cell) bool {
	some := false
	for c, cell := range cells {
		if cell.Text == "" {
			continue
		}
		if saysSum.MatchString(strings.Map(dropSpace, cell.Text)) || aSentence.MatchString(cell.Text) {
			return false
		}
		switch columns[c].name {
		case "name", "model", "spec", "category", "result", "entity", "number", "unit", "":
			some = some || columns[c].name != ""
		default:
			return false
		}
	}
	return some
}

// suffix is the end of a name that begins a line with its hyphen.
var suffix = regexp.MustCompile(`^-[A-Za-z0-9]`)

// joinCells puts the words of lower cells behind those of upper ones.
func joinCells(columns []headed, upper, lower []hequan.Cell) []hequan.Cell {
	out := make([]hequan.Cell, len(upper))
	for c := range upper {
		a, b := upper[c], lower[c]
		switch {
		case a.Text == "":
			out[c] = b
		case b.Text == "":
			out[c] = a
		default:
			out[c] = hequan.Cell{Text: a.Text + b.Text, Value: foldSpaces(a.Value + b.Value), Box: a.Box.Union(b.Box),
				Confidence: min(a.Confidence, b.Confidence)}
			if suffix.MatchString(b.Text) {
				out[c].Value = foldSpaces(a.Value + b.Text) // 星海 / -Max
			}
			if columns[c].name == "category" {
				out[c].Value = columns[c].read(out[c].Text) // of the whole word: 其他 / 软件
			}
			if len(a.Proof) > 0 && len(b.Proof) > 0 {
				out[c].Proof = a.Proof
			}
		}
	}
	return out
}

func addColumn(t *hequan.Table, name string, of func(row []hequan.Cell) hequan.Cell) {
	t.Columns = append(t.Columns, name)
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], of(t.Rows[i]))
	}
}
