package extractors

import (
	"regexp"
	"strconv"
	"strings"

	"hequan"
)

// rowNumber is what begins with the number of its row: 1. 云岫-Max, 2、云岫-Pro, （3）….
var rowNumber = regexp.MustCompile(`^[(（]?(\d{1,3})[\pP\pS丶 ]{0,2}`)

// loneNumber is the number of a table's only row before a name, and not the beginning of one: 1号, 1代.
var loneNumber = regexp.MustCompile(`^1\s?[^\P{Han}号代期个台套站次级层楼对年月日周线款号类型比至到]\p{Han}`)

// misreadNumber is what the number of a row and its stop may be taken for.
var misreadNumber = regexp.MustCompile(`^[\d\pP\pS丶 ]{1,4}$`)

// dropRowNumbers takes the numbers of rows off the names that they stand glued
// to: where each number is that of its row, counted from the document's first table
// of the name, and either every row begins with one, or a stop stands behind them,
// or the document gives the name without it.
func dropRowNumbers(c *Content) {
	known := map[string]bool{}
	for _, f := range c.Fields {
		if f.Name == "models" {
			known[f.Value] = true
		}
	}
	for range 2 { // what one table names, the next one knows
		before := map[string]int{}
		for t := range c.Tables {
			for k, column := range c.Tables[t].Columns {
				if column == "model" || column == "name" || column == "unit" {
					dropNumbersOf(&c.Tables[t], k, before[c.Tables[t].Name], known)
				}
			}
			before[c.Tables[t].Name] += len(c.Tables[t].Rows)
		}
	}
}

// dropNumbersOf does so in column c of a table that so many rows come before; the names become known.
func dropNumbersOf(t *hequan.Table, c, before int, known map[string]bool) {
	glued, stopped, own := 0, 0, make([]int, len(t.Rows))
	for i, r := range t.Rows {
		m := rowNumber.FindStringSubmatch(r[c].Value)
		if m == nil || len(m[0]) == len(r[c].Value) {
			continue
		}
		if n, _ := strconv.Atoi(m[1]); n != i+1 && n != before+i+1 || strings.ContainsAny(r[c].Value[len(m[0]):len(m[0])+1], "0123456789") {
			continue
		}
		own[i] = len(m[0])
		if strings.ContainsAny(m[0], ".、．)）丶") || known[r[c].Value[len(m[0]):]] {
			stopped++
		} else {
			glued++
		}
	}
	// Without a stop all rows must count, and there must be two, or the one be named in Chinese; with a stop most.
	lone := len(t.Rows) == 1 && glued == 1 && loneNumber.MatchString(t.Rows[0][c].Value)
	if 2*(glued+stopped) < len(t.Rows) || stopped == 0 && !lone && (glued < len(t.Rows) || glued < 2) {
		return
	}
	names := map[string]bool{}
	for i, r := range t.Rows {
		if own[i] > 0 {
			names[r[c].Value[own[i]:]], known[r[c].Value[own[i]:]] = true, true
		}
	}
	for i := range t.Rows {
		cell := &t.Rows[i][c]
		if own[i] == 0 {
			own[i] = beforeKnown(cell.Value, names)
		}
		if own[i] == 0 {
			continue
		}
		gone := cell.Value[:own[i]]
		cell.Value = cell.Value[own[i]:]
		if rest, ok := strings.CutPrefix(cell.Text, gone); ok && rest != "" {
			cell.Box[0] += cell.Box.Width() * float64(len([]rune(gone))) / float64(len([]rune(cell.Text))) * 0.6
			cell.Text = strings.TrimSpace(rest)
		}
	}
}

// beforeKnown is the length of what stands before a name that other rows have too, where it may be a number misread.
func beforeKnown(value string, names map[string]bool) int {
	least := 0
	for n := range names {
		if before, ok := strings.CutSuffix(value, n); ok && misreadNumber.MatchString(before) && (least == 0 || len(before) < least) {
			least = len(before)
		}
	}
	return least
}
