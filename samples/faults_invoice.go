package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

var invoiceFaults = []fault{
	{"invoice.amount_words", nil, invoiceWords},
	{"invoice.date_window", nil, invoiceDate},
}

func invoiceKey(i int) string { return fmt.Sprintf("invoice:%d", i) }

// invoiceWords lets 大写 and 小写 totals differ: by 1,000 yuan, or by a fen.
func invoiceWords(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Invoices))
	by, note := 1000*rmb.Yuan, "upper-case total is 1,000 yuan more than the digits"
	if subtle {
		by, note = 10, "upper-case total is one jiao more than the digits"
	}
	w.Invoices[i].Words += by
	return one("invoice.amount_words", note, spot{invoiceKey(i), "total_words"}, spot{invoiceKey(i), "total"})
}

// invoiceDate moves the last invoice behind the window: by some weeks, or a day.
func invoiceDate(w *world, r *rand.Rand, subtle bool) []plant {
	i := len(w.Invoices) - 1
	f := &w.Invoices[i]
	to := day.Must("2026-07-01")
	if !subtle && w.Submitted.After(day.Must("2026-07-03")) {
		to = day.Must("2026-07-03")
	}
	if w.Submitted.Before(to) {
		w.Submitted = to.AddDays(2)
		w.Form.SubmittedAt = w.Submitted.String()
		w.Commitment.Date = w.Submitted
		w.Bank.Date = w.Submitted
	}
	f.Issued = to
	f.QR = f.payload(fmt.Sprintf("%04X", r.IntN(1<<16)))
	return one("invoice.date_window", "issued after 2026-06-30", spot{invoiceKey(i), "issue_date"})
}
