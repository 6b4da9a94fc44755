package extractors

import (
	"regexp"
	"strconv"
	"strings"

	"hequan"
)

// rowNumber is what begins with the number of its row: 1. 云岫-Max, 2、云岫-Pro, （3）….
var rowNumber = regexp.MustCompile(`^[(（]?(\d{1,3})[)）.、．,，:： ]{0,2}`)

// dropRowNumbers takes the numbers of rows off the names that they stand glued
// to: where each number is that of its row, and either every row begins with one
// or a stop stands behind them.
func dropRowNumbers(tables []hequan.Table) {
	for t := range tables {
		for c, column := range tables[t].Columns {
			if column == "model" || column == "name" {
				dropNumbersOf(&tables[t], c)
			}
		}
	}
}

func dropNumbersOf(t *hequan.Table, c int) {
	glued, stopped, own := 0, 0, make([]int, len(t.Rows))
	for i, r := range t.Rows {
		m := rowNumber.FindStringSubmatch(r[c].Value)
		if m == nil || len(m[0]) == len(r[c].Value) {
			continue
		}
		if n, _ := strconv.Atoi(m[1]); n != i+1 || strings.ContainsAny(r[c].Value[len(m[0]):len(m[0])+1], "0123456789") {
			return
		}
		own[i] = len(m[0])
		if strings.ContainsAny(m[0], ".、．)）") {
			stopped++
		} else {
			glued++
		}
	}
	// Without a stop all rows must count, and there must be two.
	if stopped == 0 && (glued < len(t.Rows) || glued < 2) {
		return
	}
	for i := range t.Rows {
		if own[i] == 0 {
			continue
		}
		cell := &t.Rows[i][c]
		cell.Value = cell.Value[own[i]:]
		if m := rowNumber.FindString(cell.Text); m != "" && len(m) < len(cell.Text) {
			cell.Box[0] += cell.Box.Width() * float64(len([]rune(m))) / float64(len([]rune(cell.Text))) * 0.6
			cell.Text = strings.TrimSpace(cell.Text[len(m):])
		}
	}
}
