package extractors

import (
	"slices"
	"strings"

	"hequan"
)

// nameInMiddle is the name of a model that stands in the middle of the rows it is of, in a cell over all of them.
type nameInMiddle struct {
	cell hequan.Cell
	y    float64
}

// middleNames gives the rows of a list the models whose names stand at the middle of their rows' height, between two rows
// or beside one. The names of a page part its rows into groups, one below the other; each group's middle is where its name
// stands. Where they do not, or a day comes twice in a group, no row is given any.
func (d *doc) middleNames(tables []hequan.Table) {
	for i := range tables {
		t := &tables[i]
		c := t.Column("model")
		named := 0
		for _, r := range t.Rows {
			named += boolInt(c >= 0 && isModelCell(r[c].Value))
		}
		if len(t.Rows) < 2 || c >= 0 && d.wholeNames(t, c) || 2*named > len(t.Rows) {
			continue
		}
		if c < 0 {
			addColumn(t, "model", func([]hequan.Cell) hequan.Cell { return hequan.Cell{} })
			c = t.Column("model")
		}
		for from := 0; from < len(t.Rows); {
			page := rowPage(t, from)
			to := from
			for to < len(t.Rows) && rowPage(t, to) == page {
				to++
			}
			d.nameGroups(t, c, from, to, page)
			from = to
		}
		if !slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool { return r[c].Value != "" }) {
			*t = without(*t, "model")
		}
	}
}

// wholeNames gives the rows of a list whose model is the first line, or the last, of a name that wraps the whole name, and says
// whether there were any.
func (d *doc) wholeNames(t *hequan.Table, c int) bool {
	var all hequan.Box
	for _, r := range t.Rows {
		for _, cell := range r {
			if cell.Page == 0 {
				all = all.Union(cell.Box)
			}
		}
	}
	found := false
	for _, n := range d.namesBetween(t.Page, all, nil) {
		for _, r := range t.Rows {
			if v := r[c].Value; v != "" && v != n.cell.Value && r[c].Page == 0 && n.cell.Box.Contains(r[c].Box.CenterX(), r[c].Box.CenterY()) && (strings.HasPrefix(n.cell.Value, v) || strings.HasSuffix(n.cell.Value, v)) {
				r[c], found = n.cell, true
				r[c].Page = 0
			}
		}
	}
	return found
}

// rowPage is the page of a table's row.
func rowPage(t *hequan.Table, r int) int {
	for _, c := range t.Rows[r] {
		if c.Text != "" && c.Page != 0 {
			return c.Page
		}
	}
	return t.Page
}

// nameGroups names the rows of a table on one page, from and to, by the names in the middle of groups of them.
func (d *doc) nameGroups(t *hequan.Table, c, from, to, page int) {
	var ys []float64
	var all hequan.Box
	for r := from; r < to; r++ {
		var b hequan.Box
		for k, cell := range t.Rows[r] {
			if k != c && isFigureOrDay(t.Columns[k]) {
				b = b.Union(cell.Box)
			}
		}
		if b.IsZero() {
			return
		}
		ys, all = append(ys, b.CenterY()), all.Union(b)
	}
	var columns [][2]float64
	for k := range t.Columns {
		var b hequan.Box
		for r := from; r < to && k != c; r++ {
			b = b.Union(t.Rows[r][k].Box)
		}
		if !b.IsZero() {
			columns = append(columns, [2]float64{b[0], b[2]})
		}
	}
	names := d.namesBetween(page, all, columns)
	slices.SortFunc(names, func(a, b nameInMiddle) int { return boolInt(a.y > b.y) - boolInt(a.y < b.y) })
	ends := partByMiddles(ys, names)
	date := t.Column("date")
	for k, end := range ends {
		begin := 0
		if k > 0 {
			begin = ends[k-1]
		}
		seen := map[string]bool{}
		for r := begin; r < end && date >= 0; r++ {
			v := t.Rows[from+r][date].Value
			if v != "" && seen[v] {
				return
			}
			seen[v] = true
		}
	}
	begin := 0
	for k, end := range ends {
		for r := begin; r < end; r++ {
			t.Rows[from+r][c] = names[k].cell
			if page == t.Page {
				t.Rows[from+r][c].Page = 0
			} else {
				t.Rows[from+r][c].Page = page
			}
		}
		begin = end
	}
}

func isFigureOrDay(column string) bool { return isFigure(column) || column == "date" }

// namesBetween are the names of models on a page at the height of a table's rows that stand in none of its columns; a name
// may wrap.
func (d *doc) namesBetween(page int, table hequan.Box, columns [][2]float64) (out []nameInMiddle) {
	var words []hequan.Cell
	for i, r := range d.rows {
		if r.page != page || r.box.CenterY() < table[1] || r.box.CenterY() > table[3] || isTotal(r) {
			continue
		}
		for _, p := range tabbed(r) {
			f := d.field("", "", d.trim(span{i, p[0], p[1]}, "|｜_”“、.，"))
			cell := hequan.Cell{Text: f.Text, Value: strings.Map(dropSpace, f.Text), Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}
			inside := slices.ContainsFunc(columns, func(x [2]float64) bool { return cell.Box[0] < x[1] && cell.Box[2] > x[0] })
			if inside || cell.Value == "" || isNumber(cell.Value) {
				continue
			}
			at := slices.IndexFunc(words, func(w hequan.Cell) bool { // the line above
				return strings.ContainsAny(w.Value, "-—") && len([]rune(cell.Value)) <= 6 && (near(w.Box[0], cell.Box[0]) || abs(w.Box.CenterX()-cell.Box.CenterX()) < 0.03) &&
					cell.Box.CenterY() > w.Box.CenterY() && cell.Box[1]-w.Box[3] < max(cell.Box.Height(), w.Box.Height())
			})
			if at < 0 {
				words = append(words, cell)
				continue
			}
			w := &words[at]
			w.Value, w.Text, w.Box, w.Confidence = w.Value+cell.Value, w.Text+cell.Text, w.Box.Union(cell.Box), min(w.Confidence, cell.Confidence)
			if len(cell.Proof) == 0 {
				w.Proof = nil
			}
		}
	}
	for _, w := range words {
		if wholeModel.MatchString(w.Value) {
			out = append(out, nameInMiddle{w, w.Box.CenterY()})
		}
	}
	return out
}

// partByMiddles parts rows of the given heights into as many groups as there are names, each with its middle nearest to
// where its name stands: the ends of the groups, nil where a name stands half a row's step and more from the middle of its
// group, or another parting is as good.
func partByMiddles(ys []float64, names []nameInMiddle) []int {
	n, k := len(ys), len(names)
	if k == 0 || n < 2 || n < k || k > 12 {
		return nil
	}
	step := (ys[n-1] - ys[0]) / float64(n-1)
	away := func(from, to, name int) float64 { return abs((ys[from]+ys[to-1])/2 - names[name].y) }
	type state struct {
		cost float64
		from int
	}
	best := make([][]state, k+1)
	for i := range best {
		best[i] = make([]state, n+1)
		for j := range best[i] {
			best[i][j] = state{cost: 9}
		}
	}
	best[0][0].cost = 0
	for i := 1; i <= k; i++ {
		for to := i; to <= n; to++ {
			for from := i - 1; from < to; from++ {
				if c := best[i-1][from].cost + away(from, to, i-1); c < best[i][to].cost {
					best[i][to] = state{c, from}
				}
			}
		}
	}
	ends := make([]int, k)
	for i, to := k, n; i > 0; i-- {
		ends[i-1] = to
		from := best[i][to].from
		if away(from, to, i-1) > 0.45*step {
			return nil
		}
		to = from
	}
	return ends
}
