package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

var invoiceFaults = []fault{
	{"invoice.seal", nil, invoiceUnsealed},
	{"invoice.date_window", nil, invoiceDate},
	{"invoice.number", nil, invoiceNumber},
	{"invoice.qr", nil, invoiceQR},
	{"invoice.arithmetic", nil, invoiceArithmetic},
	{"invoice.amount_words", nil, invoiceWords},
	{"invoice.buyer", nil, invoiceBuyer},
	{"invoice.seller", nil, invoiceSeller},
	{"invoice.subject", nil, invoiceSubject},
	{"invoice.positive", nil, invoiceRed},
	{"invoice.repeated", nil, invoiceTwice},
	{"invoice.contract_total", meteredModes, invoiceOverContract},
	{"invoice.settlement_total", meteredModes, invoiceLess},
	{"invoice.kind", nil, invoiceVoid},
}

func invoiceKey(i int) string { return fmt.Sprintf("invoice:%d", i) }

func crc(r *rand.Rand) string { return fmt.Sprintf("%04X", r.IntN(1<<16)) }

// invoiceUnsealed takes the seal from a paper invoice, if there is one.
func invoiceUnsealed(w *world, r *rand.Rand, subtle bool) []plant {
	for i := range w.Invoices {
		if strings.HasPrefix(w.Invoices[i].Form, "vat") {
			w.Invoices[i].NoSeal = true
			return review("invoice.seal", "a paper invoice without the seller's seal", invoiceKey(i))
		}
	}
	return nil
}

// invoiceDate moves the last invoice behind the window: by some days, or one.
func invoiceDate(w *world, r *rand.Rand, subtle bool) []plant {
	i := len(w.Invoices) - 1
	f := &w.Invoices[i]
	to := day.Must("2026-07-01")
	if !subtle {
		to = day.Must("2026-07-03")
	}
	w.notBefore(to.AddDays(2))
	f.Issued = to
	if f.digital() {
		f.Number = to.String()[2:4] + f.Number[2:]
	}
	f.QR = f.payload(crc(r))
	return one("invoice.date_window", "issued after 2026-06-30", spot{invoiceKey(i), "issue_date"})
}

// notBefore moves the application, its commitment and bank sheet to a day at
// the earliest.
func (w *world) notBefore(d day.Day) {
	if w.Submitted.Before(d) {
		w.Submitted = d
		w.Form.SubmittedAt = d.String()
		w.Commitment.Date, w.Bank.Date = d, d
	}
}

// invoiceNumber gives a 数电票 another year's number, a paper invoice seven digits.
func invoiceNumber(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := &w.Invoices[i]
	switch {
	case !f.digital():
		f.Number = f.Number[:7]
	case subtle:
		f.Number = "24" + f.Number[2:]
	default:
		f.Number = f.Number[:19]
	}
	f.QR = f.payload(crc(r))
	return one("invoice.number", "a number that does not have the form of its kind", spot{invoiceKey(i), "number"})
}

// invoiceQR lets the QR code say another amount, or (subtle) another date.
func invoiceQR(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := w.Invoices[i]
	field := "total"
	if subtle {
		f.Issued = f.Issued.AddDays(-31)
		field = "issue_date"
	} else {
		f.Total -= 20000 * rmb.Yuan
		f.Amount -= 20000 * rmb.Yuan
	}
	w.Invoices[i].QR = f.payload(crc(r))
	return one("invoice.qr", "the QR code says something else than is printed", spot{invoiceKey(i), field})
}

// invoiceArithmetic prints a tax that is not amount times rate; the total
// still adds up.
func invoiceArithmetic(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := &w.Invoices[i]
	by := 100 * rmb.Yuan
	if subtle {
		by = 90
	}
	f.Lines[0].Tax += by
	f.Lines[0].Amount -= by
	f.Tax += by
	f.Amount -= by
	f.QR = f.payload(crc(r))
	return one("invoice.arithmetic", "tax is not amount x rate", spot{invoiceKey(i), "items.0.tax"})
}

// invoiceWords lets 大写 and 小写 totals differ: by 1,000 yuan, or by a jiao.
func invoiceWords(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	by, note := 1000*rmb.Yuan, "upper-case total is 1,000 yuan more than the digits"
	if subtle {
		by, note = 10, "upper-case total is one jiao more than the digits"
	}
	w.Invoices[i].Words += by
	return one("invoice.amount_words", note, spot{invoiceKey(i), "total_words"}, spot{invoiceKey(i), "total"})
}

// invoiceBuyer bills another company, or (subtle) prints one character of the
// tax number wrong.
func invoiceBuyer(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := &w.Invoices[i]
	if subtle {
		b := []byte(f.BuyerID)
		b[15] = map[bool]byte{true: '4', false: '7'}[b[15] == '7']
		f.BuyerID = string(b)
		return append(one("invoice.buyer", "one character of the buyer's tax number is wrong", spot{invoiceKey(i), "buyer_tax_id"}),
			plant{rule: "applicant.uscc", expect: "fail", note: "follows from invoice.buyer", at: []spot{{invoiceKey(i), "buyer_tax_id"}}})
	}
	f.Buyer = lookalike(w.Applicant.Name, r)
	at := []spot{{invoiceKey(i), "buyer"}}
	return []plant{{rule: "invoice.buyer", expect: "fail", note: "billed to another company", at: at}, {rule: "applicant.name", expect: "fail", note: "follows from invoice.buyer", at: at}}
}

// invoiceSeller lets another company bill.
func invoiceSeller(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := &w.Invoices[i]
	f.Seller = lookalike(w.Provider.Name, r)
	f.SellerID = newCode(r, w.Provider.USCC[2:8])
	at := []spot{{invoiceKey(i), "seller"}}
	return []plant{{rule: "invoice.seller", expect: "fail", note: "another company billed", at: at}, {rule: "provider.name", expect: "fail", note: "follows from invoice.seller", at: at}}
}

// invoiceSubject bills something else than the contract's service.
func invoiceSubject(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := &w.Invoices[i]
	var at []spot
	for j := range f.Lines {
		f.Lines[j].Name = pick(r, "*会展服务*会议服务费", "*餐饮服务*餐费", "*纸制品*办公用品")
		f.Lines[j].Category = "other"
		at = append(at, spot{invoiceKey(i), cell("items", j, "name")})
	}
	return one("invoice.subject", "nothing billed fits the contract", at...)
}

// invoiceRed adds a red-letter invoice that takes back a part of the last one.
func invoiceRed(w *world, r *rand.Rand, subtle bool) []plant {
	blue := w.Invoices[len(w.Invoices)-1]
	red := w.newInvoice(r, "digital_special", blue.Issued.AddDays(1))
	l := blue.Lines[0]
	part := taxed(l.Name, "", "", l.Amount/5+l.Tax/5, l.Rate, l.Category)
	part.Amount, part.Tax = -part.Amount, -part.Tax
	red.Lines = []taxLine{part}
	red.Remark = "被红冲蓝字数电票号码：" + blue.Number + " 红字发票信息确认单编号：" + digits(r, 20)
	w.Invoices = append(w.Invoices, red.finish(r))
	i := len(w.Invoices) - 1
	out := []plant{{rule: "invoice.positive", expect: "review", note: "a red-letter invoice", at: []spot{{invoiceKey(i), "total"}}}}
	if isMetered(w.Mode) {
		out = append(out, plant{rule: "invoice.settlement_total", expect: "fail", note: "follows from the red-letter invoice"})
	}
	return out
}

// invoiceTwice hands an invoice in a second time.
func invoiceTwice(w *world, r *rand.Rand, subtle bool) []plant {
	w.Invoices = append(w.Invoices, w.Invoices[0])
	i := len(w.Invoices) - 1
	w.Unscored = append(w.Unscored, "invoice.contract_total", "invoice.settlement_total", "scan.not_repeated")
	return one("invoice.repeated", "the same number stands twice", spot{invoiceKey(0), "number"}, spot{invoiceKey(i), "number"})
}

// invoiceOverContract lowers the contract below what was billed.
func invoiceOverContract(w *world, r *rand.Rand, subtle bool) []plant {
	var sum rmb.Fen
	for _, f := range w.Invoices {
		sum += f.Total
	}
	by := sum / 5
	if subtle {
		by = 100 * rmb.Yuan
	}
	w.Contract.Amount = (sum - by) / rmb.Yuan * rmb.Yuan
	w.Contract.Words = w.Contract.Amount
	return one("invoice.contract_total", "the invoices exceed the contract", spot{"contract", "amount"})
}

// invoiceLess bills less than was settled.
func invoiceLess(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	f := w.Invoices[i]
	by := (f.Lines[0].Amount + f.Lines[0].Tax) / 4
	if subtle {
		by = 300 * rmb.Yuan
	}
	l := f.Lines[0]
	f.Lines = append([]taxLine{taxed(l.Name, l.Unit, l.Quantity, l.Amount+l.Tax-by, l.Rate, l.Category)}, f.Lines[1:]...)
	w.Invoices[i] = f.finish(r)
	return one("invoice.settlement_total", "billed less than was settled", spot{invoiceKey(i), "total"}, spot{fmt.Sprintf("settlement:%d", i), "total"})
}

// invoiceVoid stamps an invoice 作废.
func invoiceVoid(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	w.Invoices[i].Void = true
	w.Unscored = append(w.Unscored, "invoice.settlement_total")
	if !strings.HasPrefix(w.Invoices[i].Form, "digital") {
		w.Unscored = append(w.Unscored, "invoice.seal")
	}
	return []plant{{rule: "invoice.kind", expect: "fail", note: "stamped void", docs: []string{invoiceKey(i)}}}
}
