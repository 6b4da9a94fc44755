package spreadsheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// dates turns the cells of a sheet that are shown as dates into YYYY-MM-DD: a
// workbook keeps the number of a day.
func dates(f *excelize.File, title string, rows [][]string) error {
	dated := map[int]bool{} // by style
	for y, row := range rows {
		for x, v := range row {
			serial, err := strconv.ParseFloat(v, 64)
			if err != nil || serial < 20000 || serial > 80000 { // 1954 to 2119
				continue
			}
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			style, err := f.GetCellStyle(title, cell)
			if err != nil {
				return err
			}
			is, known := dated[style]
			if !known {
				is = dateStyle(f, style)
				dated[style] = is
			}
			if !is {
				continue
			}
			if t, err := excelize.ExcelDateToTime(serial, false); err == nil {
				row[x] = t.Format(time.DateOnly)
			}
		}
	}
	return nil
}

// dateStyle says whether a style shows a number as a date.
func dateStyle(f *excelize.File, style int) bool {
	s, err := f.GetStyle(style)
	if err != nil || s == nil {
		return false
	}
	if s.CustomNumFmt != nil {
		return strings.ContainsAny(*s.CustomNumFmt, "yY年")
	}
	n := s.NumFmt
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}
