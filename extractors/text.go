// Package extractors turns the words of a document into its fields and tables,
// one file a kind. Everything here is pure: words in, values with boxes out; no
// picture, no policy.
package extractors

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"hequan"
)

// row is what stands at one height of a page, from left to right: lines of
// neighbouring table cells are parts of one row. A tab in text marks a gap
// wider than one and a half letters: the next column.
type row struct {
	page    int
	text    []rune
	words   []int // word of each rune, -1 for a tab
	parts   []hequan.Word
	box     hequan.Box
	cells   []hequan.Box // of a ruled table's row: its cells that have text, in order
	grid    *hequan.Grid // the ruled table it is a row of
	gridRow int
}

// doc is a document laid out for searching.
type doc struct {
	pages []hequan.Page
	rows  []row
}

// layout arranges the lines of a document's pages into rows. A row of a ruled
// table whose cells hold a line each (some a wrapped one) is one row.
func layout(pages []hequan.Page) *doc {
	d := &doc{pages: pages}
	for _, p := range pages {
		aspect := 1.0
		if p.Info.WidthMM > 0 && p.Info.HeightMM > 0 {
			aspect = p.Info.HeightMM / p.Info.WidthMM
		}
		rows, used := gridRows(p)
		var lines []hequan.Line
		for _, l := range p.Lines {
			var rest hequan.Line
			for _, w := range l.Words {
				if !used[w.Box] && w.Text != "" {
					rest.Words = append(rest.Words, w)
					rest.Box = rest.Box.Union(w.Box)
				}
			}
			if len(rest.Words) > 0 {
				lines = append(lines, rest)
			}
		}
		rows = append(rows, joinLines(p, lines, aspect)...)
		sort.SliceStable(rows, func(i, j int) bool { return rows[i].box.CenterY() < rows[j].box.CenterY() })
		d.rows = append(d.rows, rows...)
	}
	return d
}

// joinLines makes rows of lines that stand at one height once the page is levelled.
func joinLines(p hequan.Page, lines []hequan.Line, aspect float64) []row {
	slope := math.Tan(p.Skew*math.Pi/180) / aspect
	type levelled struct {
		words []hequan.Word
		box   hequan.Box
	}
	var all []levelled
	for _, l := range lines {
		v := levelled{words: l.Words}
		for _, w := range l.Words {
			shift := (w.Box.CenterX() - 0.5) * slope
			v.box = v.box.Union(hequan.Box{w.Box[0], w.Box[1] - shift, w.Box[2], w.Box[3] - shift})
		}
		all = append(all, v)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].box.CenterY() < all[j].box.CenterY() })
	var rows []row
	for i := 0; i < len(all); {
		words := append([]hequan.Word(nil), all[i].words...)
		band := all[i].box
		j := i + 1
		for ; j < len(all); j++ {
			b := all[j].box
			over := min(band[3], b[3]) - max(band[1], b[1])
			if over < 0.55*min(band.Height(), b.Height()) || b.CenterY() > band[3] {
				break
			}
			if b.CenterY()-band.CenterY() > 0.2*b.Height() && overlapping(words, all[j].words) {
				break // the line below, set close
			}
			words = append(words, all[j].words...)
			if b.Height() < 1.6*band.Height() {
				band[3] = max(band[3], min(b[3], band[1]+1.8*band.Height()))
			}
		}
		rows = append(rows, makeRow(p.Info.Page, words, aspect))
		i = j
	}
	return straddled(p.Info.Page, rows)
}

// overlapping says whether words lie over or under others for half their width.
func overlapping(a, b []hequan.Word) bool {
	over, width := 0.0, 0.0
	for _, y := range b {
		width += y.Box.Width()
		for _, x := range a {
			over += max(0, min(x.Box[2], y.Box[2])-max(x.Box[0], y.Box[0]))
		}
	}
	return over > 0.5*width
}

// gridRows makes rows of the ruled tables of a page, and says which words they took.
func gridRows(p hequan.Page) ([]row, map[hequan.Box]bool) {
	used := map[hequan.Box]bool{}
	var rows []row
	for n, g := range p.Grids {
		byRow := make([][]hequan.GridCell, g.Rows)
		for _, c := range g.Cells {
			if len(c.Lines) > 0 && c.Row < g.Rows {
				byRow[c.Row] = append(byRow[c.Row], c)
			}
		}
		for i, cells := range byRow {
			single, most := 0, 0
			for _, c := range cells {
				if len(c.Lines) == 1 {
					single++
				}
				most = max(most, len(c.Lines))
			}
			sort.SliceStable(cells, func(i, j int) bool { return cells[i].Col < cells[j].Col })
			if stacked(cells) {
				for _, level := range levels(cells) {
					r := cellsRow(p.Info.Page, level, used)
					r.grid, r.gridRow = &p.Grids[n], i
					rows = append(rows, r)
				}
				continue
			}
			if len(cells) < 2 || single*2 < len(cells) || most > 4 {
				continue
			}
			r := cellsRow(p.Info.Page, append(cells, beside(p, g, cells)...), used)
			r.grid, r.gridRow = &p.Grids[n], i
			rows = append(rows, r)
		}
	}
	return rows, used
}

// stacked says whether the cells of a ruled row hold rows of their own, one
// above the other without rules between them (the body of an old invoice form):
// in two cells or more lines stand further apart than the lines of one text.
func stacked(cells []hequan.GridCell) bool {
	n := 0
	for _, c := range cells {
		for k := 1; k < len(c.Lines); k++ {
			a, b := c.Lines[k-1].Box, c.Lines[k].Box
			if b[1]-a[3] > 2.5*max(a.Height(), b.Height()) {
				n++
				break
			}
		}
	}
	return n >= 2
}

// levels parts the cells of a ruled row that hold rows of their own into those:
// lines that stand at one height, each in its cell.
func levels(cells []hequan.GridCell) [][]hequan.GridCell {
	type placed struct {
		cell int
		line hequan.Line
	}
	var all []placed
	for n, c := range cells {
		for _, l := range c.Lines {
			all = append(all, placed{n, l})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].line.Box.CenterY() < all[j].line.Box.CenterY() })
	var out [][]hequan.GridCell
	for i := 0; i < len(all); {
		j, height := i, all[i].line.Box.Height()
		lines := make([][]hequan.Line, len(cells))
		for ; j < len(all) && all[j].line.Box.CenterY()-all[i].line.Box.CenterY() < 0.7*max(height, all[j].line.Box.Height()); j++ {
			lines[all[j].cell] = append(lines[all[j].cell], all[j].line)
		}
		var level []hequan.GridCell
		for n, l := range lines {
			if len(l) > 0 {
				c := cells[n]
				sort.SliceStable(l, func(a, b int) bool { return l[a].Box[0] < l[b].Box[0] })
				c.Lines = l
				level = append(level, c)
			}
		}
		out = append(out, level)
		i = j
	}
	return out
}

// beside returns what stands at the height of a ruled row but outside of its
// table, as cells: the last column of a table whose outer rule was not found.
func beside(p hequan.Page, g hequan.Grid, cells []hequan.GridCell) []hequan.GridCell {
	band := hequan.Box{}
	for _, c := range cells {
		band = band.Union(c.Box)
	}
	var out []hequan.GridCell
	for _, l := range p.Lines {
		if y := l.Box.CenterY(); y < band[1] || y >= band[3] || l.Box.Height() > band.Height() || l.Box[0] < g.Box[2] && l.Box[2] > g.Box[0] {
			continue
		}
		if text := lineText(l); len([]rune(text)) > 20 || strings.Trim(text, "|｜_-. ") == "" {
			continue
		}
		out = append(out, hequan.GridCell{Box: l.Box, Lines: []hequan.Line{l}})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Box[0] < out[j].Box[0] })
	if len(out) > 0 && out[0].Box[2] <= g.Box[0] {
		return nil // beside the left edge there are numbers of clauses, not columns
	}
	return out
}

func lineText(l hequan.Line) string {
	var b strings.Builder
	for _, w := range l.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

// cellsRow puts the words of cells one after another, a tab between two cells.
func cellsRow(page int, cells []hequan.GridCell, used map[hequan.Box]bool) row {
	r := row{page: page}
	for _, c := range cells {
		r.cells = append(r.cells, c.Box)
		if len(r.text) > 0 {
			r.text, r.words = append(r.text, '\t'), append(r.words, -1)
		}
		for _, l := range c.Lines {
			for k, w := range l.Words {
				used[w.Box] = true
				if w.Text == "" {
					continue
				}
				if k > 0 && isLatin(r.text[len(r.text)-1]) && isLatin([]rune(w.Text)[0]) && r.text[len(r.text)-1] != '\t' {
					r.text, r.words = append(r.text, ' '), append(r.words, -1)
				}
				for _, ch := range w.Text {
					r.text, r.words = append(r.text, ch), append(r.words, len(r.parts))
				}
				r.parts = append(r.parts, w)
				if c.RowSpan <= 1 {
					r.box = r.box.Union(w.Box)
				}
			}
		}
	}
	if r.box.IsZero() {
		for _, w := range r.parts {
			r.box = r.box.Union(w.Box)
		}
	}
	return r
}

// makeRow joins words; aspect is the page's height over its width, which
// makes widths and heights comparable.
func makeRow(page int, words []hequan.Word, aspect float64) row {
	sort.SliceStable(words, func(i, j int) bool { return words[i].Box[0] < words[j].Box[0] })
	r := row{page: page, parts: words}
	for i, w := range words {
		if i > 0 {
			gap := w.Box[0] - words[i-1].Box[2]
			height := max(w.Box.Height(), words[i-1].Box.Height()) * aspect
			last := r.text[len(r.text)-1]
			first := []rune(w.Text)[0]
			switch {
			case gap > 1.5*height:
				r.text, r.words = append(r.text, '\t'), append(r.words, -1)
			case gap > 0.3*height && isLatin(last) && isLatin(first):
				r.text, r.words = append(r.text, ' '), append(r.words, -1)
			}
		}
		for _, c := range w.Text {
			r.text, r.words = append(r.text, c), append(r.words, i)
		}
		r.box = r.box.Union(w.Box)
	}
	return r
}

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// span is a stretch of one row, in runes.
type span struct {
	row      int
	from, to int
}

func (d *doc) text(s span) string { return string(d.rows[s.row].text[s.from:s.to]) }

// trim takes blanks and the given characters off both ends of a span.
func (d *doc) trim(s span, cutset string) span {
	t := d.rows[s.row].text
	for s.from < s.to && (unicode.IsSpace(t[s.from]) || strings.ContainsRune(cutset, t[s.from])) {
		s.from++
	}
	for s.to > s.from && (unicode.IsSpace(t[s.to-1]) || strings.ContainsRune(cutset, t[s.to-1])) {
		s.to--
	}
	return s
}

// box returns where a span stands; a part of a word takes its share of the word's width.
func (d *doc) box(s span) hequan.Box {
	r := d.rows[s.row]
	var out hequan.Box
	for i, w := range r.parts {
		first, last, n := -1, -1, 0
		for k, owner := range r.words {
			if owner != i {
				continue
			}
			if k >= s.from && k < s.to {
				if first < 0 {
					first = n
				}
				last = n
			}
			n++
		}
		if first < 0 {
			continue
		}
		width := w.Box.Width() / float64(n)
		out = out.Union(hequan.Box{w.Box[0] + width*float64(first), w.Box[1], w.Box[0] + width*float64(last+1), w.Box[3]})
	}
	return out
}

// trust returns the lowest confidence of the words of a span, and its proofs:
// the text layer where all words have it; two readings where every word with a
// digit or Latin letter, and every other word (an amount in 大写), was read
// twice and there is nothing else but date and money marks between them.
func (d *doc) trust(s span) (float64, []hequan.Proof) {
	r := d.rows[s.row]
	confidence, layer, twice, digits := 1.0, true, true, false
	seen := map[int]bool{}
	for k := s.from; k < s.to; k++ {
		i := r.words[k]
		if i < 0 || seen[i] {
			continue
		}
		seen[i] = true
		w := r.parts[i]
		confidence = min(confidence, w.Confidence)
		layer = layer && has(w.Proof, hequan.ProofTextLayer)
		if read := has(w.Proof, hequan.ProofTwoReadings); read || strings.ContainsFunc(w.Text, isLatin) {
			digits = true
			twice = twice && read
		} else if strings.Trim(w.Text, "年月日元整万￥¥：:，,。.-—–/()（）至到起止 ") != "" {
			twice = false
		}
	}
	switch {
	case len(seen) == 0:
		return 0, nil
	case layer:
		return confidence, []hequan.Proof{hequan.ProofTextLayer}
	case twice && digits:
		return confidence, []hequan.Proof{hequan.ProofTwoReadings}
	}
	return confidence, nil
}

func has(proofs []hequan.Proof, p hequan.Proof) bool {
	for _, q := range proofs {
		if q == p {
			return true
		}
	}
	return false
}

// field makes a field of a span.
func (d *doc) field(name, value string, s span) hequan.Field {
	confidence, proof := d.trust(s)
	return hequan.Field{Name: name, Value: value, Text: strings.TrimSpace(strings.ReplaceAll(d.text(s), "\t", " ")),
		Page: d.rows[s.row].page, Box: d.box(s), Confidence: confidence, Proof: proof}
}

// fullText is the text of all rows, for words that may stand anywhere.
func (d *doc) fullText() string {
	var b strings.Builder
	for _, r := range d.rows {
		b.WriteString(string(r.text))
		b.WriteByte('\n')
	}
	return b.String()
}
