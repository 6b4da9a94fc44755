package extractors

import (
	"strings"

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
					if have := c.field(s.name); have != nil && have.Value != "" && have.Proven() && !onlyArithmetic(have.Proof) &&
						have.Value != sums[a].Value && have.Value != sums[t].Value && have.Value != sums[g].Value { // else another of the three was taken for it
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

// repairSigns makes a red-letter invoice's sums negative, all of them: their digits add up, and a minus that was read at
// one of them was lost at another. What is mended gets no proof by it.
func repairSigns(c *Content) {
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	a, b, g, ok := three(net, tax, gross)
	if !ok || a.Abs()+b.Abs() != g.Abs() || a >= 0 && b >= 0 && g >= 0 {
		return
	}
	mended := false
	for _, name := range []string{"amount", "tax", "total"} {
		f := *c.field(name)
		v, _ := rmb.ParseValue(f.Value)
		if v <= 0 || has(f.Proof, hequan.ProofTextLayer) || has(f.Proof, hequan.ProofXML) {
			continue
		}
		f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, (-v).String(), nil, min(f.Confidence, 0.8)
		c.set(f)
		mended = true
	}
	words := c.field("total_words")
	if words == nil || !mended {
		return
	}
	if v, ok := rmb.ParseValue(words.Value); ok && v == g.Abs() && !has(words.Proof, hequan.ProofTextLayer) {
		f := *words
		f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, (-v).String(), nil, min(f.Confidence, 0.8)
		c.set(f)
	}
}

// dropMistaken takes away an amount that is the total's or the tax's, and a tax
// that is the total: the wrong one of two sums was found.
func dropMistaken(c *Content) {
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	same := func(a, b *hequan.Field) bool {
		return a != nil && b != nil && a.Value != "" && a.Value == b.Value && !has(a.Proof, hequan.ProofTextLayer)
	}
	switch {
	case same(tax, gross):
		c.drop("tax")
	case tax != nil && tax.Value != "0.00" && same(net, gross):
		c.drop("amount")
	case same(net, tax):
		c.drop("amount")
	}
}

// netOfCode fills amount and tax from the QR code's amount without tax, where
// with the total they make a tax of a rate in use.
func netOfCode(c *Content, payload string) {
	gross := c.field("total")
	net, ok1 := rmb.ParseValue(payload)
	if gross == nil || !ok1 {
		return
	}
	total, ok2 := rmb.ParseValue(gross.Value)
	if _, fits := rateBetween(net, total-net); !ok2 || !fits {
		return
	}
	for _, s := range []struct {
		name  string
		sum   rmb.Fen
		proof hequan.Proof
	}{{"amount", net, hequan.ProofQR}, {"tax", total - net, hequan.ProofArithmetic}} {
		if f := c.field(s.name); f == nil || f.Value == "" {
			at := *gross
			at.Name, at.Value, at.Proof, at.Confidence, at.Repaired = s.name, s.sum.String(), []hequan.Proof{s.proof}, 0.9, ""
			c.set(at)
		}
	}
}

// totalOfCode takes the total of a 数电票's QR code for one whose digits nothing bears out
// where amount and tax come to it.
func totalOfCode(c *Content, qr qrPayload) {
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	a, b, _, ok := three(net, tax, gross)
	if !ok || gross.Proven() || gross.Value == qr.amount || qr.kind != "31" && qr.kind != "32" || (a+b).String() != qr.amount {
		return
	}
	gross.Repaired, gross.Value = gross.Value, qr.amount
	gross.AddProof(hequan.ProofQR)
	for _, f := range []*hequan.Field{net, tax, gross} {
		f.AddProof(hequan.ProofArithmetic)
	}
}

// secondTotal takes the second reading of a total that is unproven where it is
// amount and tax: two readers do not find the sum by chance.
func secondTotal(d *doc, c *Content) {
	net, tax, gross := c.field("amount"), c.field("tax"), c.field("total")
	a, b, g, ok := three(net, tax, gross)
	if !ok || a+b == g || gross.Proven() {
		return
	}
	for i, r := range d.rows {
		if r.page != gross.Page {
			continue
		}
		var glyphs []glyph
		for _, x := range d.glyphs(i) {
			if box := r.parts[r.words[x.at]].Box; box.CenterX() > gross.Box[0] && box.CenterX() < gross.Box[2] && box.CenterY() > gross.Box[1] && box.CenterY() < gross.Box[3] {
				glyphs = append(glyphs, x)
			}
		}
		if v, ok := rmb.ParseValue(cellMoney(d.second(i, glyphs))); ok && v == a+b {
			gross.Repaired, gross.Value = gross.Value, v.String()
			return
		}
	}
}

// netOfItems takes the sums of the lines for amount and tax where those were
// not read, or not so: with the total they are the invoice's.
func netOfItems(d *doc, c *Content) {
	gross := c.field("total")
	if gross == nil || len(c.Tables) != 1 || !taxed(c.Tables) {
		return
	}
	total, ok := rmb.ParseValue(gross.Value)
	t := c.Tables[0]
	amount, tax := t.Column("amount"), t.Column("tax")
	var net, taxes rmb.Fen
	for _, r := range t.Rows {
		a, _ := rmb.ParseValue(r[amount].Value)
		x, _ := rmb.ParseValue(r[tax].Value)
		net, taxes = net+a, taxes+x
	}
	if !ok || net+taxes != total || taxes == 0 {
		return
	}
	last := t.Rows[len(t.Rows)-1]
	for _, s := range []struct {
		name string
		sum  rmb.Fen
		cell hequan.Cell
	}{{"amount", net, last[amount]}, {"tax", taxes, last[tax]}} {
		if f := c.field(s.name); f != nil && (f.Value == s.sum.String() || f.Proven() && !outvoted(c, f, s.sum) && !headless(f, s.sum) && !(s.name == "amount" && f.Value == taxes.String())) {
			continue
		}
		f := d.below(t.Page, s.cell.Box)
		f.Name, f.Value = s.name, s.sum.String()
		if v := cellMoney(f.Text); v != f.Value {
			f.Repaired, f.Confidence, f.Proof = f.Text, min(f.Confidence, 0.9), nil
		}
		f.AddProof(hequan.ProofArithmetic)
		c.set(f)
	}
}

// headless says whether a sum is what the lines come to without its first digit, which was read as the sign of money before it
// or with that, while the lines' sum and tax are the total.
func headless(f *hequan.Field, sum rmb.Fen) bool {
	return len(f.Proof) == 1 && f.Proof[0] == hequan.ProofTwoReadings && len(sum.String()) > len(f.Value) && lostDigit(sum.String(), f.Value)
}

// outvoted says whether a sum that nothing but two readings prove is one digit off what the lines come to, while these with
// the lines' tax are the total, in digits and in words: under a seal two recognisers now and then take a 4 for a 0. What is
// written so that only one digit of one sum differs gains nobody anything.
func outvoted(c *Content, f *hequan.Field, sum rmb.Fen) bool {
	total, words := c.field("total"), c.field("total_words")
	if total == nil || words == nil || words.Value != total.Value || len(f.Proof) != 1 || f.Proof[0] != hequan.ProofTwoReadings {
		return false
	}
	a, b := f.Value, sum.String()
	if len(a) != len(b) {
		return false
	}
	off := 0
	for i := range len(a) {
		if a[i] != b[i] {
			off++
		}
	}
	return off == 1
}

// below finds the next number under a cell: the sum of its column. Where there
// is none the cell itself is the place.
func (d *doc) below(page int, box hequan.Box) hequan.Field {
	for i, r := range d.rows {
		if r.page != page || r.box.CenterY() <= box[3] {
			continue
		}
		for _, s := range d.runs(i) {
			lean := d.lean(page) * r.box.CenterY()
			if min(s.x1-lean, box[2])-max(s.x0-lean, box[0]) > 0.4*box.Width() && strings.ContainsAny(s.text, "0123456789") {
				return d.field("", "", span{i, s.glyphs[0].at, s.glyphs[len(s.glyphs)-1].at + 1})
			}
		}
		if strings.Contains(strings.Map(dropSpace, string(r.text)), "写") {
			break
		}
	}
	return hequan.Field{Page: page, Box: box, Confidence: 0.9}
}

// WordsAsTotal takes the amount in words of an invoice, which its picture gave, for a total whose
// digits were lost in part: where amount and tax come to it, or the amount with one of the
// rates that there are.
func WordsAsTotal(d *hequan.Document) {
	words, amount, total, tax := d.Field("total_words"), d.Field("amount"), d.Field("total"), d.Field("tax")
	if d.Kind != hequan.KindInvoice || words == nil || amount == nil || total == nil || total.Proven() || total.Value == words.Value {
		return
	}
	sum, ok1 := rmb.ParseValue(words.Value)
	net, ok2 := rmb.ParseValue(amount.Value)
	if !ok1 || !ok2 || net <= 0 || sum <= net {
		return
	}
	if tax != nil && tax.Value != "" {
		if v, ok := rmb.ParseValue(tax.Value); !ok || net+v != sum {
			return
		}
		tax.AddProof(hequan.ProofArithmetic)
	} else if _, ok := rateBetween(net, sum-net); !ok {
		return
	} else if tax != nil {
		tax.Value, tax.Repaired = (sum - net).String(), tax.Text
		tax.AddProof(hequan.ProofArithmetic)
	}
	total.Repaired, total.Value = total.Value, words.Value
	for _, f := range []*hequan.Field{amount, total, words} {
		f.AddProof(hequan.ProofArithmetic)
	}
	total.AddProof(hequan.ProofWords)
	words.AddProof(hequan.ProofWords)
}
