package extractors

import (
	"testing"

	"hequan"
)

// TestExchangedFactorsAreLeftOut: where two findings of a table take each other's
// price for the quantity, neither is believed.
func TestExchangedFactorsAreLeftOut(t *testing.T) {
	table := func(q, p string) hequan.Table {
		return hequan.Table{Columns: []string{"model", "quantity", "unit_price", "amount"}, Rows: [][]hequan.Cell{{{Value: "砚池-Max"}, {Value: q}, {Value: p}, {Value: "84049.82"}}}}
	}
	a, b := table("0.02", "4202491"), table("4202491", "0.02")
	if !exchanged(&a, &b) {
		t.Error("exchanged factors were not seen")
	}
	if exchanged(&a, &a) {
		t.Error("a table is exchanged with itself")
	}
	same := table("2", "2")
	if exchanged(&same, &same) {
		t.Error("equal factors are exchanged")
	}
	got := without(a, "quantity", "unit_price")
	if len(got.Columns) != 2 || len(got.Rows[0]) != 2 || got.Rows[0][1].Value != "84049.82" || a.Column("quantity") != 1 {
		t.Errorf("%+v of %+v", got, a)
	}
	for _, c := range []struct {
		q, p string
		want bool
	}{{"4202491", "0.02", true}, {"0.02", "4202491", false}, {"1", "720000", false}, {"720000", "1", false}, {"200", "0.5", false}} {
		if x := table(c.q, c.p); priceOfTokens(&x) != c.want {
			t.Errorf("%s at %s: not %v", c.q, c.p, c.want)
		}
	}
}
