package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

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
