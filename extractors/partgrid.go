package extractors

import "hequan"

// besideGrids makes one row of what stands at one height where rules, or edges of
// shaded rows, were found around some of a table's columns only: figures to the
// left and right of them belong to the same line.
func besideGrids(rows []row, aspect float64) []row {
	for i := 0; i+1 < len(rows); i++ {
		a, b := rows[i], rows[i+1]
		if (a.grid == nil) == (b.grid == nil) {
			continue
		}
		plain := a
		if a.grid != nil {
			plain = b
		}
		h := min(a.box.Height(), b.box.Height())
		if off := a.box.CenterY() - b.box.CenterY(); off > 0.4*h || off < -0.4*h || figuresOf(plain) < 2 || meet(a.parts, b.parts) {
			continue
		}
		rows[i] = makeRow(a.page, append(append([]hequan.Word(nil), a.parts...), b.parts...), aspect)
		rows = append(rows[:i+1], rows[i+2:]...)
	}
	return rows
}

// figuresOf counts the pieces of a row that are numbers or begin with a digit.
func figuresOf(r row) int {
	n := 0
	for _, p := range tabbed(r) {
		if c := r.text[p[0]]; c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// meet says whether words of two rows stand over each other.
func meet(a, b []hequan.Word) bool {
	for _, x := range a {
		for _, y := range b {
			if min(x.Box[2], y.Box[2]) > max(x.Box[0], y.Box[0]) {
				return true
			}
		}
	}
	return false
}
