package extractors

import (
	"slices"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/rmb"
)

// beforeTokens are 千, and what it is taken for.
const beforeTokens = "千干于子二和下"

// mendTokens gives 千tokens its first character back where that was read as the t of tokens, and by another recogniser
// as a Chinese character: t okens, of which the first part is 干 to the other.
func mendTokens(words []hequan.Word) {
	for i := 0; i+1 < len(words); i++ {
		a, b := &words[i], &words[i+1]
		alt := []rune(a.Alt)
		if a.Text != "t" || len(alt) != 1 || !unicode.Is(unicode.Han, alt[0]) || !strings.HasPrefix(b.Text, "oken") {
			continue
		}
		if i > 0 && strings.ContainsAny(words[i-1].Text, beforeTokens) && words[i-1].Box[2] > a.Box[0]-a.Box.Height() {
			continue // it stands before the t
		}
		a.Text, a.Alt, a.Proof, b.Text = string(alt), "t", nil, "t"+b.Text
		if strings.ContainsRune(beforeTokens, alt[0]) {
			a.Text = "千"
		}
	}
}

// unitsAgree mends a unit before which a character was misread or lost (和tokens, or tokens behind 19,852,195千): what
// the price is for is what was counted, for quantity × price is the amount to the fen. A unit that was read clearly stays:
// what contradicts itself on the paper is for people to see.
func unitsAgree(t *hequan.Table) {
	u, per, q, p, a := t.Column("unit"), t.Column("price_unit"), t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if u < 0 || per < 0 || q < 0 || p < 0 || a < 0 {
		return
	}
	for _, r := range t.Rows {
		unit, of := r[u].Value, strings.TrimPrefix(r[per].Value, "元/")
		if unit == of || has(r[u].Proof, hequan.ProofTextLayer) || !strings.HasSuffix(unit, "tokens") || !strings.HasSuffix(of, "tokens") || !slices.Contains(meterUnits, of) {
			continue
		}
		amount, ok := rmb.ParseValue(r[a].Value)
		if got, fits := rmb.Product(r[q].Value, r[p].Value); !ok || !fits || amount < rmb.Yuan || (got-amount).Abs() > 1 {
			continue
		}
		counted := []rune(strings.Map(dropSpace, r[q].Text))
		text := strings.ToLower(strings.Map(dropSpace, r[u].Text))
		if !slices.Contains(meterUnits, text) || cellUnit(r[u].Alt) == of || len(counted) > 0 && unicode.Is(unicode.Han, counted[len(counted)-1]) {
			r[u].Value, r[u].Confidence = of, min(r[u].Confidence, 0.9)
		}
	}
}

// unitsOfColumn gives the rows of a column, before whose tokens a character or two stand that could not be read
// (F tokens), the unit of the rows where it could, if these are of one.
func unitsOfColumn(t *hequan.Table) {
	u := t.Column("unit")
	if u < 0 {
		return
	}
	unread := func(c hequan.Cell) bool {
		text := strings.ToLower(strings.Map(dropSpace, c.Text))
		before, ok := strings.CutSuffix(text, "tokens")
		return ok && before != "" && len([]rune(before)) <= 2 && len(c.Proof) == 0 && (c.Value == "tokens" || !slices.Contains(meterUnits, c.Value))
	}
	one := ""
	for _, r := range t.Rows {
		if unread(r[u]) {
			continue
		}
		if v := r[u].Value; one != "" && v != one || !slices.Contains(meterUnits, v) || v == "tokens" {
			return
		}
		one = r[u].Value
	}
	for _, r := range t.Rows {
		if one != "" && unread(r[u]) {
			r[u].Value, r[u].Confidence = one, min(r[u].Confidence, 0.7)
		}
	}
}

// priceUnitsOfColumn gives the rows of a column of what prices are for, in which nothing was read, that of its other rows, two
// at least and of one: it is what the row counts, and its quantity × price is its amount to the fen.
func priceUnitsOfColumn(t *hequan.Table) {
	u, per, q, p, a := t.Column("unit"), t.Column("price_unit"), t.Column("quantity"), t.Column("unit_price"), t.Column("amount")
	if u < 0 || per < 0 || q < 0 || p < 0 || a < 0 {
		return
	}
	one, n := "", 0
	for _, r := range t.Rows {
		v := r[per].Value
		if v == "" {
			continue
		}
		if one != "" && v != one || !slices.Contains(meterUnits, strings.TrimPrefix(v, "元/")) {
			return
		}
		one, n = v, n+1
	}
	for _, r := range t.Rows {
		if n < 2 || r[per].Text != "" || r[u].Value != strings.TrimPrefix(one, "元/") {
			continue
		}
		amount, ok := rmb.ParseValue(r[a].Value)
		if got, fits := rmb.Product(r[q].Value, r[p].Value); ok && fits && amount >= rmb.Yuan && (got-amount).Abs() <= 1 {
			r[per].Value, r[per].Confidence = one, 0.7
		}
	}
}

// pricedByUnit says whether every amount of a table that was read from its picture is quantity × price, as where
// prices are those of the quantity's unit, although another one was read in the heading.
func pricedByUnit(t *hequan.Table, priceUnit string) bool {
	q, p, a, u := t.Column("quantity"), t.Column("unit_price"), t.Column("amount"), t.Column("unit")
	if priceUnit == "" || q < 0 || p < 0 || a < 0 || u < 0 {
		return false
	}
	for _, r := range t.Rows {
		amount, ok := rmb.ParseValue(r[a].Value)
		got, fits := rmb.Product(r[q].Value, r[p].Value)
		if !ok || !fits || amount == 0 || got != amount || r[u].Value == "" || "元/"+r[u].Value == priceUnit || has(r[a].Proof, hequan.ProofTextLayer) {
			return false
		}
	}
	return true
}
