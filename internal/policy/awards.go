package policy

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"hequan/internal/name"
	"hequan/internal/rmb"
)

// LoadAwards reads earlier awards from a CSV (UTF-8) with the columns applicant,
// uscc, year and amount (yuan), named in its first line in any order.
func LoadAwards(path string) ([]Award, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: the awards have no heading: %w", path, err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = i
	}
	for _, need := range []string{"applicant", "year", "amount"} {
		if _, ok := at[need]; !ok {
			return nil, fmt.Errorf("%s: the awards have no column %q", path, need)
		}
	}
	var out []Award
	for line := 2; ; line++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		cell := func(column string) string {
			if i, ok := at[column]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		year, err := strconv.Atoi(cell("year"))
		if err != nil {
			return nil, fmt.Errorf("%s line %d: the year %q is no number", path, line, cell("year"))
		}
		amount, ok := rmb.Parse(cell("amount"))
		if !ok {
			return nil, fmt.Errorf("%s line %d: the amount %q is not money", path, line, cell("amount"))
		}
		out = append(out, Award{Applicant: name.Normal(cell("applicant")), USCC: cell("uscc"), Year: year, Amount: amount, Note: cell("note")})
	}
}
