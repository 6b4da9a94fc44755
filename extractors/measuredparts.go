package extractors

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// countedPart are headings of tokens of one direction.
var countedPart = regexp.MustCompile(`^(?:输入|输出|(?i:input|output|prompt|completion))`)

// notCounted are words by which such a heading is of a price, a sum or a limit.
var notCounted = regexp.MustCompile(`(?i)单价|价|费|额|元|次|price|cost|fee|amount|rate`)

var ofCache = regexp.MustCompile(`(?i)缓存|命中|cache`)

// readAndWritten adds the quantity of rows that give the tokens read and written
// in a column each and nowhere both together: their sum. It has the proofs that all
// parts have, and no box of its own but that around them.
func (m *measured) readAndWritten(d *doc, kind tableKind, t *hequan.Table) {
	if t.Column("quantity") >= 0 || !hasColumn(kind, "quantity") {
		return
	}
	var parts []int
	for c := range m.x {
		head := bracketUnit.ReplaceAllString(m.heads[c], "")
		if ofCache.MatchString(head) {
			return // whether those of the cache are counted among the others is not said
		}
		if countedPart.MatchString(head) && !notCounted.MatchString(head) && m.most(c, isQuantity) {
			parts = append(parts, c)
		}
	}
	if len(parts) < 2 {
		return
	}
	t.Columns = append(t.Columns, "quantity")
	for r := range t.Rows {
		t.Rows[r] = append(t.Rows[r], d.added(m, r, parts, t.Page))
	}
}

// added is the sum of cells of one row, unread where one of them is.
func (d *doc) added(m *measured, r int, parts []int, page int) hequan.Cell {
	var out hequan.Cell
	var texts []string
	sum, places := new(big.Rat), 0
	for n, c := range parts {
		cell := d.cellAt(m, r, c, cellNumber, false)
		v, ok := rmb.Number(m.value(r, c))
		if !ok {
			sum = nil
		}
		if sum != nil {
			sum.Add(sum, v)
			_, frac, _ := strings.Cut(m.value(r, c), ".")
			places = max(places, len(frac))
		}
		if cell.Text != "" {
			texts = append(texts, cell.Text)
		}
		if n == 0 {
			out = cell
			continue
		}
		out.Box = out.Box.Union(cell.Box)
		out.Confidence = min(out.Confidence, cell.Confidence)
		if !slices.Equal(out.Proof, cell.Proof) {
			out.Proof = nil
		}
	}
	out.Text, out.Value = strings.Join(texts, "+"), ""
	if sum != nil {
		out.Value = sum.FloatString(places)
	}
	if out.Page == page {
		out.Page = 0
	}
	return out
}
