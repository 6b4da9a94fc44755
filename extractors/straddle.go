package extractors

import "hequan"

// straddled joins with a row the two lines of a cell that is wrapped: one
// stands half above the row's height, one half below, in a place of the row
// where nothing else stands.
func straddled(page int, rows []row) []row {
	for i := 1; i+1 < len(rows); i++ {
		above, r, below := rows[i-1], rows[i], rows[i+1]
		height := r.box.Height()
		if len(tabbed(above)) != 1 || len(tabbed(below)) != 1 || len(r.parts) == 0 || below.box[1]-above.box[3] > 0.8*height ||
			above.box[3] > r.box[3] || below.box[1] < r.box[1] || above.box[3] < r.box[1]-0.3*height || below.box[1] > r.box[3]+0.3*height {
			continue
		}
		if left := above.box[0] - below.box[0]; (left > 0.01 || left < -0.01) && !near(above.box.CenterX(), below.box.CenterX()) {
			continue
		}
		cell := above.box.Union(below.box)
		free := true
		for _, w := range r.parts {
			free = free && (w.Box[2] < cell[0] || w.Box[0] > cell[2])
		}
		if !free {
			continue
		}
		var cells []hequan.GridCell
		placed := false
		put := func() {
			cells = append(cells, hequan.GridCell{Box: cell, RowSpan: 2, Lines: []hequan.Line{{Words: above.parts, Box: above.box}, {Words: below.parts, Box: below.box}}})
			placed = true
		}
		for _, p := range tabbed(r) {
			var l hequan.Line
			last := -1
			for k := p[0]; k < p[1]; k++ {
				if n := r.words[k]; n >= 0 && n != last {
					l.Words, l.Box = append(l.Words, r.parts[n]), l.Box.Union(r.parts[n].Box)
					last = n
				}
			}
			if len(l.Words) == 0 {
				continue
			}
			if !placed && l.Box[0] > cell[2] {
				put()
			}
			cells = append(cells, hequan.GridCell{Box: l.Box, Lines: []hequan.Line{l}})
		}
		if !placed {
			put()
		}
		joined := cellsRow(page, cells, map[hequan.Box]bool{})
		joined.cells = nil
		rows = append(append(append([]row{}, rows[:i-1]...), joined), rows[i+2:]...)
	}
	return rows
}
