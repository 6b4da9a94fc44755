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
// to: where every row of a table begins with one, and each is one more than the
// row above's. One row alone has a number only with a stop behind it.
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
	last, own := 0, make([]int, len(t.Rows))
	for i, r := range t.Rows {
		m := rowNumber.FindStringSubmatch(r[c].Value)
		if m == nil || len(m[0]) == len(r[c].Value) {
			return
		}
		n, _ := strconv.Atoi(m[1])
		if i == 0 && n != 1 || i > 0 && n != last+1 {
			return
		}
		if len(t.Rows) == 1 && !strings.ContainsAny(m[0], ".、．)）") || len(m[0]) < len(r[c].Value) && strings.ContainsAny(r[c].Value[len(m[0]):len(m[0])+1], "0123456789") {
			return
		}
		last, own[i] = n, len(m[0])
	}
	for i := range t.Rows {
		cell := &t.Rows[i][c]
		cell.Value = cell.Value[own[i]:]
		if m := rowNumber.FindString(cell.Text); m != "" && len(m) < len(cell.Text) {
			cell.Box[0] += cell.Box.Width() * float64(len([]rune(m))) / float64(len([]rune(cell.Text))) * 0.6
			cell.Text = strings.TrimSpace(cell.Text[len(m):])
		}
	}
}
