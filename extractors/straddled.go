package extractors

import (
	"strings"

	"hequan"
)

// joinStraddled makes one row of three where a value of two lines stands beside a label that stands
// at their middle: the upper line is a row above the label's, the lower one a row below.
func (d *doc) joinStraddled() {
	for i := 1; i+1 < len(d.rows); i++ {
		if values, ok := d.straddled(i); ok {
			d.putBeside(i, values)
		}
	}
}

// joinLabels makes one row of three where a label of two lines stands beside its value: the first breaks off
// within a bracket that the second closes.
func (d *doc) joinLabels() {
	for i := 1; i+1 < len(d.rows); i++ {
		upper, value, lower := d.rows[i-1], d.rows[i], d.rows[i+1]
		if upper.page != value.page || value.page != lower.page || len(tabbed(upper))*len(tabbed(value))*len(tabbed(lower)) != 1 ||
			!breaksOff(upper.text) || breaksOff(lower.text) || !strings.ContainsFunc(string(lower.text), closes) ||
			!near(upper.box[0], lower.box[0]) || value.box[0] < max(upper.box[2], lower.box[2]) || lower.box[1]-upper.box[3] > upper.box.Height() {
			continue
		}
		words := append(append([]hequan.Word(nil), upper.parts...), lower.parts...)
		out := row{page: value.page, box: upper.box.Union(value.box).Union(lower.box), parts: append(words, value.parts...)}
		out.take(upper, 0, len(upper.text), 0)
		out.take(lower, 0, len(lower.text), len(upper.parts))
		out.text, out.words = append(out.text, '\t'), append(out.words, -1)
		out.take(value, 0, len(value.text), len(words))
		d.rows = append(append(append([]row(nil), d.rows[:i-1]...), out), d.rows[i+2:]...)
	}
}

// breaksOff says whether a bracket is open at the end of a text.
func breaksOff(text []rune) bool {
	open := 0
	for _, c := range text {
		switch {
		case opens(c):
			open++
		case closes(c):
			open = max(0, open-1)
		}
	}
	return open > 0
}

// joinUpper makes one row of two where of a value of two lines beside a label at their middle only the
// upper line is a row of its own.
func (d *doc) joinUpper() {
	for i := 1; i < len(d.rows); i++ {
		above, r := d.rows[i-1], d.rows[i]
		upper, own := tabbed(above), tabbed(r)
		if above.page != r.page || above.grid != nil || r.grid != nil || len(upper) != 1 || labelLike(string(above.text)) || strings.ContainsAny(string(above.text), ":：。") {
			continue
		}
		b := d.box(span{i - 1, upper[0][0], upper[0][1]})
		for k := 1; k < len(own); k++ {
			l, v := d.box(span{i, own[k-1][0], own[k-1][1]}), d.box(span{i, own[k][0], own[k][1]})
			label, value := string(r.text[own[k-1][0]:own[k-1][1]]), string(r.text[own[k][0]:own[k][1]])
			three := d.alsoUnder(i, b) // the label stands at the second
			middle := l.CenterY() < v.CenterY() || three && l.CenterY() < v[3]
			if near(b[0], v[0]) && v.Width() <= 1.1*b.Width() && v[1]-b[3] < 0.8*b.Height() && l.CenterY() > b.CenterY() && middle && l[2] < b[0] && labelLike(label) && !labelLike(value) {
				if three {
					d.putLine(i, i+1, own[k][1])
				}
				d.putLine(i, i-1, own[k][0])
				i--
				break
			}
		}
	}
}

// joinUpperEnd puts the last piece of a row before the value of the row below, whose first line it is: of a value of two
// lines the label stands at the middle, and the row above is that of a label and its value in the columns to the left.
func (d *doc) joinUpperEnd() {
	for i := 1; i < len(d.rows); i++ {
		above, r := d.rows[i-1], d.rows[i]
		upper, own := tabbed(above), tabbed(r)
		n := len(upper)
		if above.page != r.page || above.grid != nil || r.grid != nil || n < 3 || len(own) < 2 {
			continue
		}
		before, line := upper[n-2], upper[n-1]
		text := string(above.text[line[0]:line[1]])
		if labelLike(text) || labelLike(string(above.text[before[0]:before[1]])) || strings.ContainsAny(text, ":：。") {
			continue
		}
		b := d.box(span{i - 1, line[0], line[1]})
		last := len(own) - 1
		l, v := d.box(span{i, own[last-1][0], own[last-1][1]}), d.box(span{i, own[last][0], own[last][1]})
		label := string(r.text[own[last-1][0]:own[last-1][1]])
		if near(b[0], v[0]) && v.Width() <= 1.1*b.Width() && v[1]-b[3] < 0.8*b.Height() && l.CenterY() > b.CenterY() && l.CenterY() < v.CenterY() && l[2] < b[0] && l[0] > d.box(span{i - 1, before[0], before[1]})[2] && labelLike(label) {
			d.moveEnd(i, line[0], own[last][0])
		}
	}
}

// moveEnd puts what row i-1 has from a place on into row i, at a place of its text.
func (d *doc) moveEnd(i, from, at int) {
	above, r := d.rows[i-1], d.rows[i]
	rest, out := row{page: above.page, parts: above.parts}, row{page: r.page, box: r.box}
	rest.take(above, 0, from-1, 0)
	out.parts = append(append(out.parts, r.parts...), above.parts...)
	out.take(r, 0, at, 0)
	out.take(above, from, len(above.text), len(r.parts))
	out.take(r, at, len(r.text), 0)
	rest.box = d.box(span{i - 1, 0, from - 1})
	out.box = out.box.Union(d.box(span{i - 1, from, len(above.text)}))
	d.rows[i-1], d.rows[i] = rest, out
}

// alsoUnder says whether the row below row i is one piece that begins where a line does.
func (d *doc) alsoUnder(i int, line hequan.Box) bool {
	if i+1 >= len(d.rows) || d.rows[i+1].page != d.rows[i].page || len(tabbed(d.rows[i+1])) != 1 {
		return false
	}
	next := d.rows[i+1]
	return near(next.box[0], line[0]) && next.box[1]-d.rows[i].box[3] < line.Height() && !labelLike(string(next.text)) && !strings.ContainsAny(string(next.text), ":：")
}

// putLine puts the one piece of row j, above or below row i, into row i at a place of its text.
func (d *doc) putLine(i, j, at int) {
	r, line := d.rows[i], d.rows[j]
	out := row{page: r.page, box: r.box.Union(line.box)}
	out.parts = append(append(out.parts, r.parts...), line.parts...)
	out.take(r, 0, at, 0)
	out.take(line, 0, len(line.text), len(r.parts))
	out.take(r, at, len(r.text), 0)
	d.rows[i] = out
	d.rows = append(append([]row(nil), d.rows[:j]...), d.rows[j+1:]...)
}

// straddled gives, for the pieces of row i, which pieces of the rows above and below are their
// values' lines; false where any of them is none.
func (d *doc) straddled(i int) (values map[int][2][2]int, ok bool) {
	above, r, below := d.rows[i-1], d.rows[i], d.rows[i+1]
	if above.page != r.page || r.page != below.page || above.grid != nil || r.grid != nil || below.grid != nil {
		return nil, false
	}
	own, lower := tabbed(r), tabbed(below)
	values = map[int][2][2]int{}
	for _, p := range tabbed(above) {
		text, b := string(above.text[p[0]:p[1]]), d.box(span{i - 1, p[0], p[1]})
		label := -1
		for k, o := range own {
			if d.box(span{i, o[0], o[1]})[2] < b[0] {
				label = k
			}
		}
		if label < 0 || labelLike(text) || strings.ContainsAny(text, ":：。") || !labelLike(string(r.text[own[label][0]:own[label][1]])) {
			return nil, false
		}
		l := d.box(span{i, own[label][0], own[label][1]})
		if label+1 < len(own) && d.box(span{i, own[label+1][0], own[label+1][1]})[0] < b[2] {
			return nil, false // it has a value beside it
		}
		for _, q := range lower {
			c := d.box(span{i + 1, q[0], q[1]})
			if near(b[0], c[0]) && c.Width() <= 1.1*b.Width() && c[1]-b[3] < 0.8*b.Height() && c[1] > b.CenterY() && l.CenterY() > b.CenterY() && l.CenterY() < c.CenterY() && !labelLike(string(below.text[q[0]:q[1]])) {
				values[label] = [2][2]int{p, q}
			}
		}
	}
	// A line above alone, or below alone, is another row.
	return values, len(values) > 0 && len(values) == len(tabbed(above)) && len(values) == len(lower)
}

// putBeside puts the two lines of values behind the pieces of row i that are their labels.
func (d *doc) putBeside(i int, values map[int][2][2]int) {
	above, r, below := d.rows[i-1], d.rows[i], d.rows[i+1]
	out := row{page: r.page, box: above.box.Union(r.box).Union(below.box)}
	for _, x := range []row{r, above, below} {
		out.parts = append(out.parts, append([]hequan.Word(nil), x.parts...)...)
	}
	gap := func() {
		if len(out.text) > 0 {
			out.text, out.words = append(out.text, '\t'), append(out.words, -1)
		}
	}
	for k, p := range tabbed(r) {
		gap()
		out.take(r, p[0], p[1], 0)
		if lines, ok := values[k]; ok {
			gap()
			out.take(above, lines[0][0], lines[0][1], len(r.parts))
			out.take(below, lines[1][0], lines[1][1], len(r.parts)+len(above.parts))
		}
	}
	d.rows = append(append(append([]row(nil), d.rows[:i-1]...), out), d.rows[i+2:]...)
}

// take appends characters of another row, whose words are behind as many others here.
func (r *row) take(o row, from, to, behind int) {
	for k := from; k < to; k++ {
		w := o.words[k]
		if w >= 0 {
			w += behind
		}
		r.text, r.words = append(r.text, o.text[k]), append(r.words, w)
	}
}
