package extractors

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"

	"hequan"
)

// leastBands is how many rows of wrapped cells make a table: fewer may be a heading, but below one.
const leastBands = 2

// levelWord is a word where it would stand on the levelled page.
type levelWord struct {
	hequan.Word
	box hequan.Box
}

// band is what stands between two white stripes across a page.
type band struct {
	words       []levelWord
	top, bottom float64
}

// bandedRows makes rows of tables without upright rules whose cells are wrapped: the
// lines of a row's cells stand at heights of their own, and only the white stripes
// between the rows tell them apart. It returns what is left of the lines.
func bandedRows(p hequan.Page, lines []hequan.Line, aspect float64) (rows []row, rest []hequan.Line) {
	bands, h := bandsOf(p, lines, aspect)
	used := map[hequan.Box]bool{}
	for i := 0; i < len(bands); {
		j, wrapped := i, 0
		for ; j < len(bands) && dataBand(bands[j], h, aspect) && (j == i || bands[j].top-bands[j-1].bottom < 4*h); j++ {
			if wrappedBand(bands[j], h, aspect) {
				wrapped++
			}
		}
		head := i - 1 // or above the sum of all
		if i > 1 && sumBand(bands[i-1]) {
			head--
		}
		headed := head >= 0 && headBand(bands[head], h) && bands[i].top-bands[i-1].bottom < 2*h
		if j == i || j-i < leastBands && !(headed && centred(bands[i])) || wrapped*2 < j-i {
			i = max(j, i+1)
			continue
		}
		columns := bandColumns(bands[i:j], h, aspect)
		if len(columns) >= 4 && (j-i >= leastBands || !touching(bands[i], columns, h)) {
			if headed {
				rows = append(rows, bandRow(p.Info.Page, bands[head], columns, h, used))
			}
			for _, b := range bands[i:j] {
				rows = append(rows, bandRow(p.Info.Page, b, columns, h, used))
			}
		}
		i = j
	}
	if len(rows) == 0 {
		return nil, lines
	}
	for _, l := range lines {
		var left hequan.Line
		for _, w := range l.Words {
			if !used[w.Box] {
				left.Words, left.Box = append(left.Words, w), left.Box.Union(w.Box)
			}
		}
		if len(left.Words) > 0 {
			rest = append(rest, left)
		}
	}
	return rows, rest
}

// bandsOf parts the words of a page at the white stripes across it, and gives the
// usual height of its print.
func bandsOf(p hequan.Page, lines []hequan.Line, aspect float64) (bands []band, h float64) {
	slope, lean := math.Tan(p.Skew*math.Pi/180)/aspect, math.Tan(p.Skew*math.Pi/180)*aspect
	var words []levelWord
	var heights []float64
	for _, l := range lines {
		for _, w := range l.Words {
			if strings.Trim(w.Text, "|｜_-—. ") == "" {
				continue
			}
			down, right := (w.Box.CenterX()-0.5)*slope, w.Box.CenterY()*lean
			words = append(words, levelWord{w, hequan.Box{w.Box[0] + right, w.Box[1] - down, w.Box[2] + right, w.Box[3] - down}})
			heights = append(heights, w.Box.Height())
		}
	}
	if len(words) == 0 {
		return nil, 0
	}
	h = quantile(heights, 0.5)
	sort.SliceStable(words, func(a, b int) bool { return words[a].box[1] < words[b].box[1] })
	for _, w := range words {
		if n := len(bands); n > 0 && w.box[1]-bands[n-1].bottom < 0.2*h {
			bands[n-1].words = append(bands[n-1].words, w)
			bands[n-1].bottom = max(bands[n-1].bottom, w.box[3])
			continue
		}
		bands = append(bands, band{[]levelWord{w}, w.box[1], w.box[3]})
	}
	return bands, h
}

// bandLabel ends a label: a row of data has none.
var bandLabel = regexp.MustCompile(`\p{Han}\s*[:：]`)

// dataBand says whether a band can be a row of a table: as high as four lines at
// most, of four cells or more, two of them numbers, none a label with its colon.
func dataBand(b band, h, aspect float64) bool {
	if b.bottom-b.top > 5*h || slices.ContainsFunc(b.words, func(w levelWord) bool { return bandLabel.MatchString(w.Text) }) {
		return false
	}
	numbers, cells := 0, 0
	for _, x := range bandColumns([]band{b}, h, aspect) {
		text := ""
		for _, w := range b.words {
			if w.box.CenterX() >= x[0] && w.box.CenterX() <= x[1] {
				text += w.Text
			}
		}
		if isQuantity(text) {
			numbers++
		}
		cells++
	}
	return cells >= 4 && numbers >= 2 && !twoRows(b, h, aspect)
}

// wholeFigure is what stands whole in a line: a sum of money, a day or month, a unit.
func wholeFigure(text string) bool {
	return wholeSum.MatchString(text) || meterUnit.MatchString(text) || dayLike(text) && wholeDay(text)
}

var wholeSum = regexp.MustCompile(`^[¥￥]?\d{1,3}(?:,\d{3})*\.\d{2}$`)

// twoRows says whether a band is two rows that a name between them joins: in two columns what stands above and what
// stands below is whole.
func twoRows(b band, h, aspect float64) bool {
	n := 0
	for _, x := range bandColumns([]band{b}, h, aspect) {
		var words []levelWord
		for _, w := range b.words {
			if w.box.CenterX() >= x[0] && w.box.CenterX() <= x[1] {
				words = append(words, w)
			}
		}
		sort.SliceStable(words, func(i, j int) bool { return words[i].box.CenterY() < words[j].box.CenterY() })
		var lines []string
		last := -9.0
		for _, w := range words {
			if w.box.CenterY()-last > 0.6*h {
				lines, last = append(lines, ""), w.box.CenterY()
			}
			lines[len(lines)-1] += w.Text
		}
		if len(lines) == 2 && wholeFigure(lines[0]) && wholeFigure(lines[1]) {
			n++
		}
	}
	return n >= 2
}

// wrappedBand says whether a band has a cell of two lines: stretches over each other.
func wrappedBand(b band, h, aspect float64) bool {
	runs := stretchesOf(b, h, aspect)
	for i, x := range runs {
		for _, y := range runs[i+1:] {
			if min(x[2], y[2])-max(x[0], y[0]) > 0.5*min(x.Width(), y.Width()) && abs(x.CenterY()-y.CenterY()) > 0.8*h {
				return true
			}
		}
	}
	return false
}

// stretchesOf are the boxes of a band's words that stand on one level and close to each other: 2026 年 1 月.
func stretchesOf(b band, h, aspect float64) (out []hequan.Box) {
	words := slices.Clone(b.words)
	sort.SliceStable(words, func(i, j int) bool { return words[i].box[0] < words[j].box[0] })
next:
	for _, w := range words {
		for k, o := range out {
			if abs(o.CenterY()-w.box.CenterY()) < 0.4*h && w.box[0]-o[2] < 1.6*h*aspect {
				out[k] = o.Union(w.box)
				continue next
			}
		}
		out = append(out, w.box)
	}
	return out
}

// centred says whether a band has a cell of two lines beside one that stands at their middle, as no lines of a text do.
func centred(b band) bool {
	for i, x := range b.words {
		for _, y := range b.words[i+1:] {
			step := abs(x.box.CenterY() - y.box.CenterY())
			if min(x.box[2], y.box[2])-max(x.box[0], y.box[0]) <= 0.5*min(x.box.Width(), y.box.Width()) || step < 0.8*x.box.Height() {
				continue
			}
			if slices.ContainsFunc(b.words, func(z levelWord) bool {
				return abs(z.box.CenterY()-(x.box.CenterY()+y.box.CenterY())/2) < 0.2*step
			}) {
				return true
			}
		}
	}
	return false
}

// touching says whether two cells of a band are one column: one stands at its middle, and the lines of the other, above
// and below that, beside it.
func touching(b band, columns [][2]float64, h float64) bool {
	middle := (b.top + b.bottom) / 2
	for _, x := range columns {
		var at, off []hequan.Box
		for _, w := range b.words {
			switch away := abs(w.box.CenterY() - middle); {
			case w.box.CenterX() < x[0] || w.box.CenterX() > x[1]:
			case away < 0.25*h:
				at = append(at, w.box)
			case away > 0.4*h:
				off = append(off, w.box)
			}
		}
		for _, a := range at {
			if len(off) > 0 && !slices.ContainsFunc(off, func(o hequan.Box) bool { return min(a[2], o[2])-max(a[0], o[0]) > 0.3*min(a.Width(), o.Width()) }) {
				return true
			}
		}
	}
	return false
}

// sumBand says whether a band is the sum of a table: 总计 365,253.03元.
func sumBand(b band) bool {
	words := slices.Clone(b.words)
	sort.SliceStable(words, func(i, j int) bool { return words[i].box[0] < words[j].box[0] })
	text := ""
	for _, w := range words {
		text += w.Text
	}
	return sumOfRows.MatchString(text)
}

var sumOfRows = regexp.MustCompile(`^(?:合|总)\s?计`)

// headBand says whether a band can be the heading of the rows below it.
func headBand(b band, h float64) bool {
	return b.bottom-b.top < 6*h && len(b.words) >= 4 && !slices.ContainsFunc(b.words, func(w levelWord) bool {
		return strings.ContainsAny(w.Text, "0123456789。；") || strings.HasSuffix(w.Text, "：")
	})
}

// bandColumns are the stretches across the page in which the bands have ink.
func bandColumns(bands []band, h, aspect float64) (out [][2]float64) {
	var all [][2]float64
	for _, b := range bands {
		for _, w := range b.words {
			x0 := w.box[0]
			if r := []rune(w.Text)[0]; r == '（' || r == '(' { // half of its square is blank: it goes on with the word before
				for _, v := range b.words {
					if gap := w.box[0] - v.box[2]; gap > 0 && gap < 0.9*h*aspect && abs(v.box.CenterY()-w.box.CenterY()) < 0.4*h {
						x0 = v.box[2]
					}
				}
			}
			all = append(all, [2]float64{x0, w.box[2]})
		}
	}
	sort.Slice(all, func(a, b int) bool { return all[a][0] < all[b][0] })
	for _, x := range all {
		if n := len(out); n > 0 && x[0]-out[n-1][1] < 0.5*h*aspect {
			out[n-1][1] = max(out[n-1][1], x[1])
			continue
		}
		out = append(out, x)
	}
	return out
}

// bandRow makes a row of a band: its words by columns, those of a column line by line.
func bandRow(page int, b band, columns [][2]float64, h float64, used map[hequan.Box]bool) row {
	cells := make([][]levelWord, len(columns))
	for _, w := range b.words {
		best, most := 0, -9.0
		for c, x := range columns {
			if over := min(w.box[2], x[1]) - max(w.box[0], x[0]); over > most {
				best, most = c, over
			}
		}
		cells[best] = append(cells[best], w)
	}
	var list []hequan.GridCell
	for _, words := range cells {
		if len(words) == 0 {
			continue
		}
		sort.SliceStable(words, func(a, b int) bool { return words[a].box.CenterY() < words[b].box.CenterY() })
		cell := hequan.GridCell{}
		for i := 0; i < len(words); {
			j := i + 1
			for j < len(words) && words[j].box.CenterY()-words[i].box.CenterY() < 0.6*h {
				j++
			}
			line := hequan.Line{}
			level := words[i:j]
			sort.SliceStable(level, func(a, b int) bool { return level[a].box[0] < level[b].box[0] })
			for _, w := range level {
				line.Words, line.Box = append(line.Words, w.Word), line.Box.Union(w.Box)
			}
			cell.Lines, cell.Box = append(cell.Lines, line), cell.Box.Union(line.Box)
			i = j
		}
		list = append(list, cell)
	}
	r := cellsRow(page, list, used)
	r.cells = nil
	return r
}
