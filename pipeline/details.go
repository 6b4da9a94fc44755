package pipeline

import (
	"hequan"
)

// datedRowsOfDetails is how many rows with a day or month details have at least.
const datedRowsOfDetails = 3

// detailsOfStatements makes usage of what was taken for a settlement although a statement with a number
// settles the same sum for the same time, and which lists days or months: it is that statement's details.
func detailsOfStatements(docs []hequan.Document, parts []filePart) {
	for i := range docs {
		if docs[i].Kind != hequan.KindSettlement || valueOf(&docs[i], "number") != "" {
			continue
		}
		for k := range docs {
			if k == i || docs[k].Kind != hequan.KindSettlement || valueOf(&docs[k], "number") == "" || !sameStatement(&docs[i], &docs[k]) {
				continue
			}
			as := parts[i]
			as.part.Kind = hequan.KindUsage
			if d := as.document(); datedRows(&d) >= datedRowsOfDetails {
				docs[i] = d
			}
			break
		}
	}
}

func valueOf(d *hequan.Document, field string) string {
	if f := d.Field(field); f != nil {
		return f.Value
	}
	return ""
}

// sameStatement says whether two settlements state the same sum for the same time.
func sameStatement(a, b *hequan.Document) bool {
	for _, field := range []string{"total", "period_start", "period_end"} {
		if v := valueOf(a, field); v == "" || v != valueOf(b, field) {
			return false
		}
	}
	return true
}

// datedRows counts the rows of use that have a day or month.
func datedRows(d *hequan.Document) int {
	t := d.Table("rows")
	if t == nil || t.Column("date") < 0 {
		return 0
	}
	n := 0
	for _, r := range t.Rows {
		if r[t.Column("date")].Value != "" {
			n++
		}
	}
	return n
}
