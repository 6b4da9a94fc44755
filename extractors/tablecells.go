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
