package imaging

import (
	"image"
	"sort"
)

// Cell is one cell of a ruled table; spans are at least 1.
type Cell struct {
	Row, Col, RowSpan, ColSpan int
	Rect                       image.Rectangle
}

// Grid is a ruled table.
type Grid struct {
	Rect       image.Rectangle
	Rows, Cols int
	Cells      []Cell
}

// Grids joins rule lines that touch into tables. Cells whose dividing line is
// not drawn are one merged cell. Tables come from top to bottom.
func Grids(level, upright []Rule, dpi int) []Grid {
	near := mm(1.5, dpi)
	n := len(level) + len(upright)
	set := newSets(n)
	for i, l := range level {
		for j, u := range upright {
			if l.Rect.Inset(-near).Overlaps(u.Rect) {
				set.join(i, len(level)+j)
			}
		}
	}
	groups := map[int][]int{}
	for i := range n {
		root := set.find(i)
		groups[root] = append(groups[root], i)
	}
	var grids []Grid
	for _, members := range groups {
		var ls, us []image.Rectangle
		for _, m := range members {
			if m < len(level) {
				ls = append(ls, level[m].Rect)
			} else {
				us = append(us, upright[m-len(level)].Rect)
			}
		}
		if g, ok := gridOf(ls, us, near); ok {
			grids = append(grids, g)
		}
	}
	sort.Slice(grids, func(i, j int) bool {
		a, b := grids[i].Rect.Min, grids[j].Rect.Min
		if a.Y != b.Y {
			return a.Y < b.Y
		}
		return a.X < b.X
	})
	return tables(grids, dpi)
}

// tables leaves out what is no table: a frame round a page or round other
// tables, which would be read as one cell and its contents once more; a grid
// inside a cell of another; one whose cells have no room for a letter, as in a
// coat of arms or a code.
func tables(grids []Grid, dpi int) []Grid {
	var out []Grid
	for i, g := range grids {
		inside, frame := false, false
		for j, other := range grids {
			if i == j || !g.Rect.Overlaps(other.Rect) {
				continue
			}
			if len(g.Cells) == 1 && other.Rect.In(g.Rect) && other.Rect != g.Rect {
				frame = true
			}
			for _, c := range other.Cells {
				inside = inside || len(other.Cells) > 1 && g.Rect.In(c.Rect)
			}
		}
		bare := len(g.Cells) == 1 && g.Rect.Dx() > mm(120, dpi) && g.Rect.Dy() > mm(120, dpi)
		narrow := g.Rect.Dx() < g.Cols*mm(2.2, dpi) || g.Rect.Dy() < g.Rows*mm(2.2, dpi)
		if !inside && !frame && !bare && !narrow {
			out = append(out, g)
		}
	}
	return out
}

func gridOf(level, upright []image.Rectangle, near int) (Grid, bool) {
	var ys, xs []int
	for _, l := range level {
		ys = append(ys, (l.Min.Y+l.Max.Y)/2)
	}
	for _, u := range upright {
		xs = append(xs, (u.Min.X+u.Max.X)/2)
	}
	ys, xs = cluster(ys, near), cluster(xs, near)
	if len(ys) < 2 || len(xs) < 2 {
		return Grid{}, false
	}
	rows, cols := len(ys)-1, len(xs)-1
	// A frame needs to enclose something: one cell of a bare box is a table too.
	set := newSets(rows * cols)
	for r := range rows {
		for c := range cols {
			if r+1 < rows && !covered(level, xs[c], xs[c+1], ys[r+1], near, false) {
				set.join(r*cols+c, (r+1)*cols+c)
			}
			if c+1 < cols && !covered(upright, ys[r], ys[r+1], xs[c+1], near, true) {
				set.join(r*cols+c, r*cols+c+1)
			}
		}
	}
	type span struct{ r0, c0, r1, c1 int }
	spans := map[int]*span{}
	for r := range rows {
		for c := range cols {
			root := set.find(r*cols + c)
			s := spans[root]
			if s == nil {
				spans[root] = &span{r, c, r, c}
				continue
			}
			s.r0, s.c0 = min(s.r0, r), min(s.c0, c)
			s.r1, s.c1 = max(s.r1, r), max(s.c1, c)
		}
	}
	g := Grid{Rect: image.Rect(xs[0], ys[0], xs[cols], ys[rows]), Rows: rows, Cols: cols}
	for _, s := range spans {
		g.Cells = append(g.Cells, Cell{s.r0, s.c0, s.r1 - s.r0 + 1, s.c1 - s.c0 + 1,
			image.Rect(xs[s.c0], ys[s.r0], xs[s.c1+1], ys[s.r1+1])})
	}
	sort.Slice(g.Cells, func(i, j int) bool {
		a, b := g.Cells[i], g.Cells[j]
		if a.Row != b.Row {
			return a.Row < b.Row
		}
		return a.Col < b.Col
	})
	return g, true
}

// covered says whether at least 60 % of the stretch from…to at the height is drawn.
func covered(rules []image.Rectangle, from, to, height, near int, upright bool) bool {
	sum := 0
	for _, r := range rules {
		lo, hi, mid := r.Min.X, r.Max.X, (r.Min.Y+r.Max.Y)/2
		half := r.Dy()/2 + near
		if upright {
			lo, hi, mid = r.Min.Y, r.Max.Y, (r.Min.X+r.Max.X)/2
			half = r.Dx()/2 + near
		}
		if mid < height-half || mid > height+half {
			continue
		}
		sum += max(0, min(hi, to)-max(lo, from))
	}
	return sum*10 >= (to-from)*6
}

// cluster joins values closer than near into their mean.
func cluster(v []int, near int) []int {
	sort.Ints(v)
	var out []int
	for i := 0; i < len(v); {
		j, sum := i, 0
		for ; j < len(v) && v[j]-v[i] <= near; j++ {
			sum += v[j]
		}
		out = append(out, sum/(j-i))
		i = j
	}
	return out
}

// sets is a union of numbered members.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	a, b := s.find(i), s.find(j)
	s[max(a, b)] = min(a, b)
}
