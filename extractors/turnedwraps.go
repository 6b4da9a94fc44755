package extractors

import (
	"slices"
	"strings"

	"hequan"
)

// wrappedTurned reads the rows of a table on its side round those from i to end, which have n cells behind their heading
// each, where cells of others wrap: their lines stand above and below the heading, and run into those beside them. Where the
// columns are the complete rows tell. It returns nothing where no cell wraps.
func (d *doc) wrappedTurned(i, end, n int) (out []turnedRow) {
	if n < 2 || end-i < 2 || d.rows[i].grid != nil {
		return nil
	}
	centers, label := d.turnedCenters(i, end, n)
	from, to := i, end
	inside := func(k int) bool {
		r := d.rows[k]
		return r.page == d.rows[i].page && r.grid == nil && !strings.ContainsAny(string(r.text), "。；：:") && !clauseHead.MatchString(string(r.text)) && (!isTotal(r) || len(d.cellsOf(k))-1 == n)
	}
	pitch := 1.0 // from row to row
	for k := i + 1; k < end; k++ {
		pitch = min(pitch, d.rows[k].box.CenterY()-d.rows[k-1].box.CenterY())
	}
	for from > 0 && from > i-4 && inside(from-1) && d.rows[from].box.CenterY()-d.rows[from-1].box.CenterY() < 1.3*pitch {
		from--
	}
	for to < len(d.rows) && to < end+12 && inside(to) && d.rows[to].box.CenterY()-d.rows[to-1].box.CenterY() < 1.3*pitch {
		to++
	}
	type line struct {
		y     float64
		cells [][]glyph
		row   int
	}
	var loose []line
	var heads []line
	wraps := false
	for k := from; k < to; k++ {
		text, cells := d.turnedCells(k, centers, label)
		filled := 0
		for _, g := range cells {
			filled += boolInt(len(g) > 0)
		}
		l := line{d.rows[k].box.CenterY(), cells, k}
		switch {
		case text != "":
			out = append(out, turnedRow{label: text, page: d.rows[k].page})
			heads = append(heads, l)
			wraps = wraps || filled < n
		case filled > 0:
			loose, wraps = append(loose, l), true
		}
	}
	if !wraps || len(loose) == 0 || len(heads) < 2 {
		return nil
	}
	parts := make([][]line, len(heads)) // of each row, from the top
	for h := range heads {
		parts[h] = []line{heads[h]}
	}
	for _, l := range loose {
		best := 0
		for h := range heads {
			if abs(heads[h].y-l.y) < abs(heads[best].y-l.y) {
				best = h
			}
		}
		parts[best] = append(parts[best], l)
	}
	for h := range heads {
		slices.SortStableFunc(parts[h], func(a, b line) int { return a.row - b.row })
		for c := range n {
			var cell hequan.Cell
			for _, l := range parts[h] {
				if len(l.cells[c]) == 0 {
					continue
				}
				x := d.cell(l.row, l.cells[c], nil)
				if cell.Text == "" {
					cell = x
					continue
				}
				cell = hequan.Cell{Text: cell.Text + x.Text, Box: cell.Box.Union(x.Box), Confidence: min(cell.Confidence, x.Confidence), Proof: both(cell.Proof, x.Proof)}
			}
			out[h].cells = append(out[h].cells, cell)
		}
	}
	return out
}

// turnedCenters are the middles of the columns of complete rows, and where their headings end.
func (d *doc) turnedCenters(i, end, n int) (centers []float64, label float64) {
	centers = make([]float64, n)
	var rows [][]float64
	for k := i; k < end; k++ {
		list := d.cellsOf(k)
		if len(list)-1 != n {
			continue
		}
		label = max(label, d.box(span{k, list[0][0], list[0][1]})[2])
		var x []float64
		for _, p := range list[1:] {
			x = append(x, d.box(span{k, p[0], p[1]}).CenterX())
		}
		rows = append(rows, x)
	}
	for c := range n {
		var x []float64
		for _, r := range rows {
			x = append(x, r[c])
		}
		centers[c] = quantile(x, 0.5)
	}
	return centers, label
}

// turnedCells parts a row among the columns; what ends before the headings do is the heading.
func (d *doc) turnedCells(k int, centers []float64, label float64) (text string, cells [][]glyph) {
	g := d.glyphs(k)
	cut := 0
	for cut < len(g) && g[cut].x1 < label+0.01 {
		cut++
	}
	if cut > 0 && cut < len(g) && g[cut].x0-g[cut-1].x1 < 0.4*d.em(k) {
		cut = 0 // a line that begins under the headings
	}
	text = glyphText(g[:cut])
	return text, cutAt(g[cut:], centers, d.em(k))
}

// cutAt parts characters among columns whose texts are centred: what each gets is centred on its column's middle as nearly
// as can be, and gaps are better places to cut than words.
func cutAt(g []glyph, centers []float64, em float64) [][]glyph {
	n := len(centers)
	if len(g) > 300 { // no line of a table
		return make([][]glyph, n)
	}
	const far = 99.0
	cost := func(i, j, c int) float64 { // of giving g[i:j] to column c
		if i == j {
			return 0.02
		}
		x := abs((g[i].x0+g[j-1].x1)/2 - centers[c])
		if i > 0 && g[i].x0-g[i-1].x1 < 0.25*em {
			x += 0.05 // through a word
		}
		return x
	}
	least := make([][]float64, n+1)
	from := make([][]int, n+1)
	for c := range least {
		least[c], from[c] = make([]float64, len(g)+1), make([]int, len(g)+1)
		for j := range least[c] {
			least[c][j] = far
		}
	}
	least[0][0] = 0
	for c := range n {
		for j := range len(g) + 1 {
			for i := 0; i <= j; i++ {
				if v := least[c][i] + cost(i, j, c); v < least[c+1][j] {
					least[c+1][j], from[c+1][j] = v, i
				}
			}
		}
	}
	cells := make([][]glyph, n)
	for c, j := n, len(g); c > 0; c-- {
		i := from[c][j]
		cells[c-1], j = g[i:j], i
	}
	return cells
}

// both are the proofs that two parts of a value have.
func both(a, b []hequan.Proof) (out []hequan.Proof) {
	for _, p := range a {
		if has(b, p) {
			out = append(out, p)
		}
	}
	return out
}
