package extractors

import (
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// steady is what the rows of each model have in a column, counted.
type steady struct {
	counts map[[2]string]int
	column int
	model  int
}

func newSteady(t *hequan.Table, column string) steady {
	s := steady{map[[2]string]int{}, t.Column(column), t.Column("model")}
	for _, r := range t.Rows {
		s.counts[s.key(r)]++
	}
	return s
}

// key is the model of a row, "" in tables without, and its value of the column.
func (s steady) key(r []hequan.Cell) [2]string {
	if s.model < 0 {
		return [2]string{"", r[s.column].Value}
	}
	return [2]string{r[s.model].Value, r[s.column].Value}
}

// usual is another value than the row's own that three rows of its model have at
// least, and more than three times as many as have its own. "": there is none.
func (s steady) usual(t *hequan.Table, r []hequan.Cell) string { return s.of(t, r, 3) }

// of is usual with the number of rows that are asked for.
func (s steady) of(t *hequan.Table, r []hequan.Cell, least int) string {
	own := s.key(r)
	if s.model >= 0 && own[0] == "" {
		return ""
	}
	others := s.counts[own]
	if own[1] == "" {
		others = 0
	}
	for _, o := range t.Rows {
		k := s.key(o)
		if k[0] == own[0] && k[1] != own[1] && k[1] != "" && s.counts[k] >= least && s.counts[k] > 3*others {
			return k[1]
		}
	}
	return ""
}

// steadyPrices mends a price that took a rule or a letter beside it for a digit
// (412 for 12), lost its point (0008), or was not read at all: the same model has one
// price in most rows, and with that one the row's amount comes out.
func steadyPrices(t *hequan.Table) {
	q, p, a := t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if q < 0 || p < 0 || a < 0 {
		return
	}
	s := newSteady(t, "unit_price")
	for _, r := range t.Rows {
		amount, ok := rmb.ParseValue(r[a].Value)
		if !ok || has(r[p].Proof, hequan.ProofTextLayer) || has(r[a].Proof, hequan.ProofTextLayer) || product(r[q].Value, r[p].Value, amount) {
			continue
		}
		usual := s.usual(t, r)
		if usual == "" && r[p].Value == "" && len(t.Rows) > 1 { // that the amount comes out with it, to the fen, is no chance
			usual = s.of(t, r, 1)
		}
		if usual == "" || !product(r[q].Value, usual, amount) {
			continue
		}
		if v := r[p].Value; v == "" || strings.HasSuffix(v, usual) || strings.ReplaceAll(v, ".", "") == strings.ReplaceAll(usual, ".", "") {
			r[p].Value = usual
			addProof(&r[p], hequan.ProofArithmetic)
		}
	}
}

// steadyUnits mends a unit whose first character was misread (和tokens) or lost: in
// three other rows at the same price it is one that ends alike, and hardly in any another, and quantity ×
// price makes the amount there as it does here. Other units that are read as such stay:
// what contradicts itself on the paper is for people to see.
func steadyUnits(t *hequan.Table) {
	u, q, p, a := t.Column("unit"), t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if u < 0 || q < 0 || p < 0 || a < 0 {
		return
	}
	holds := func(r []hequan.Cell) bool {
		amount, ok := rmb.ParseValue(r[a].Value)
		got, fits := rmb.Product(r[q].Value, r[p].Value)
		return ok && fits && amount != 0 && (got-amount).Abs() <= 1
	}
	for _, r := range t.Rows {
		v := r[u].Value
		before, tokens := strings.CutSuffix(v, "tokens")
		before = strings.TrimRight(before, "-")
		if has(r[u].Proof, hequan.ProofTextLayer) || !tokens || len([]rune(before)) > 1 || before != "" && slices.Contains(meterUnits, v) || !holds(r) {
			continue
		}
		counts := map[string]int{} // units of the rows of this price, whichever model was read in them
		for _, o := range t.Rows {
			if o[p].Value == r[p].Value && holds(o) {
				counts[o[u].Value]++
			}
		}
		usual := ""
		for _, unit := range meterUnits { // in their order: no map's
			if unit != v && strings.HasSuffix(unit, "tokens") && counts[unit] >= 3 && (usual == "" || counts[unit] > counts[usual]) {
				usual = unit
			}
		}
		others := 0
		for unit, n := range counts {
			if unit != usual && slices.Contains(meterUnits, unit) && unit != "tokens" {
				others += n
			}
		}
		if usual != "" && 3*others < counts[usual] && (before != "" || counts[usual] > 3*counts[v]) {
			r[u].Value, r[u].Confidence = usual, min(r[u].Confidence, 0.9)
		}
	}
}
