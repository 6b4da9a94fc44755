package extractors

import (
	"hequan"
	"hequan/internal/rmb"
)

// settleTotals chooses amount, tax and total among the sums that stand on a
// page where their row could not be told: three with amount + tax = total and a
// tax of a rate in use, of which the QR code names one. Sums that were found
// in their places and agree stay as they are, and so does a contradiction in
// which all three stand proven: it is for a rule to find.
func settleTotals(c *Content, p hequan.Page, qr string) {
	known, ok := rmb.ParseValue(qr)
	if !ok || known <= 0 {
		return
	}
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	if a, b, g, ok := three(net, tax, gross); ok && a+b == g {
		return
	}
	d := layout([]hequan.Page{p})
	var sums []hequan.Field
	for i := range d.rows {
		for _, piece := range pieces(d.rows[i]) {
			at := span{i, piece[0], piece[1]}
			for _, m := range amounts(d.text(at)) {
				f := d.field("", m.Fen.String(), sub(at, m.Start, m.End))
				if len(f.Text) >= 4 && m.Fen > 0 {
					sums = append(sums, f)
				}
			}
		}
	}
	for g := len(sums) - 1; g >= 0; g-- { // totals stand below the lines
		for a := range sums {
			for t := range sums {
				x, _ := rmb.ParseValue(sums[a].Value)
				y, _ := rmb.ParseValue(sums[t].Value)
				z, _ := rmb.ParseValue(sums[g].Value)
				if x+y != z || x != known && z != known {
					continue
				}
				if _, fits := rateBetween(x, y); !fits {
					continue
				}
				for _, s := range []struct {
					name string
					f    hequan.Field
				}{{"amount", sums[a]}, {"tax", sums[t]}, {"total", sums[g]}} {
					if have := c.field(s.name); have != nil && have.Value == s.f.Value {
						continue
					}
					if have := c.field(s.name); have != nil && have.Value != "" && have.Proven() && !onlyArithmetic(have.Proof) {
						continue
					}
					s.f.Name = s.name
					s.f.AddProof(hequan.ProofArithmetic)
					c.set(s.f)
				}
				return
			}
		}
	}
}

func onlyArithmetic(list []hequan.Proof) bool {
	for _, p := range list {
		if p != hequan.ProofArithmetic {
			return false
		}
	}
	return true
}

// repairTotal mends a total whose sign of money was read as a digit (¥356.00 as
// 2356.00), or whose first digit was swallowed by it: amount and tax, at a rate in
// use, sum up to the same digits but for that first one. It gets no proof by it.
func repairTotal(c *Content) {
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	a, b, g, ok := three(net, tax, gross)
	if !ok || a+b == g || !net.Proven() || !tax.Proven() || has(gross.Proof, hequan.ProofTextLayer) {
		return
	}
	if _, fits := rateBetween(a, b); !fits {
		return
	}
	sum, read := (a + b).String(), g.String()
	if len(read) == len(sum)+1 && read[1:] == sum || len(sum) == len(read)+1 && sum[1:] == read {
		fixed := *gross
		fixed.Value, fixed.Repaired = sum, read
		fixed.Proof, fixed.Confidence = nil, min(fixed.Confidence, 0.8)
		c.set(fixed)
	}
}
