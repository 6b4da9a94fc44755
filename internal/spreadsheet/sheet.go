// Package spreadsheet reads tables as offices keep them: .xlsx, and .csv or .tsv in
// UTF-8 or GB 18030. It gives rows of texts and knows nothing of what they mean.
package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// limits of a workbook: it may come from anywhere.
const (
	maxBytes    = 50 << 20
	maxUnzipped = 300 << 20
)

// Sheet is one table of a file.
type Sheet struct {
	Name string // of the file, and of the sheet where there are several
	Rows [][]string
}

// Read reads every table of a file. Cells of dates in a workbook are given as
// YYYY-MM-DD, merged cells have their value in each.
func Read(path string) ([]Sheet, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxBytes {
		return nil, fmt.Errorf("%s is larger than %d MB", path, maxBytes>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	base := filepath.Base(path)
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return workbook(base, data)
	}
	if bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return nil, fmt.Errorf("%s is an old .xls: save it as .xlsx or CSV", path)
	}
	rows, err := separated(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return []Sheet{{base, rows}}, nil
}

// separated reads CSV or TSV.
func separated(data []byte) ([][]string, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			return nil, fmt.Errorf("neither UTF-8 nor GB 18030: %w", err)
		}
		data = decoded
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if head, _, _ := bytes.Cut(data, []byte("\n")); bytes.Count(data, []byte("\t")) > bytes.Count(data, []byte(",")) || bytes.Contains(head, []byte("\t")) {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	for _, row := range rows {
		for i := range row {
			row[i] = clean(row[i])
		}
	}
	return rows, err
}

// clean drops what no one sees: control characters, zero-width ones, a mark of
// byte order; line breaks inside of a cell become nothing between Chinese characters.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return '\n'
		case r == '\u00a0' || r == '\u3000':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	out := ""
	for _, l := range lines {
		last, _ := utf8.DecodeLastRuneInString(out)
		first, _ := utf8.DecodeRuneInString(l)
		if out != "" && last < 0x80 && first < 0x80 && unicode.IsLetter(last) && unicode.IsLetter(first) {
			out += " "
		}
		out += l
	}
	return out
}

// workbook reads the visible sheets of an .xlsx.
func workbook(name string, data []byte) ([]Sheet, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped / 4})
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as .xlsx: %w", name, err)
	}
	defer func() { _ = f.Close() }() // it was read from memory
	var out []Sheet
	for _, title := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(title); err == nil && !shown {
			continue
		}
		rows, err := f.GetRows(title, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("%s, sheet %s: %w", name, title, err)
		}
		if err := dates(f, title, rows); err != nil {
			return nil, err
		}
		if rows, err = merged(f, title, rows); err != nil {
			return nil, err
		}
		for _, row := range rows {
			for i := range row {
				row[i] = clean(row[i])
			}
		}
		out = append(out, Sheet{name + " " + title, rows})
	}
	return out, nil
}

// merged writes the value of merged cells into each of them.
func merged(f *excelize.File, title string, rows [][]string) ([][]string, error) {
	cells, err := f.GetMergeCells(title)
	if err != nil {
		return nil, err
	}
	for _, m := range cells {
		x0, y0, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return nil, err
		}
		x1, y1, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return nil, err
		}
		if y1 == y0 { // a title over columns stands once
			continue
		}
		if y0 > len(rows) || x0 > len(rows[y0-1]) {
			continue
		}
		value := rows[y0-1][x0-1]
		for y := y0; y <= min(y1, len(rows)); y++ {
			for len(rows[y-1]) < min(x1, 200) {
				rows[y-1] = append(rows[y-1], "")
			}
			for x := x0; x <= min(x1, 200); x++ {
				rows[y-1][x-1] = value
			}
		}
	}
	return rows, nil
}
