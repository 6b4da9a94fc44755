package checks

import (
	"hequan"
)

var invoiceAmountWords = &Rule{
	ID: "invoice.amount_words", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "发票价税合计大小写一致",
	Doc:   "大写 and 小写 totals agree to the fen.",
	Needs: []Need{{hequan.KindInvoice, "total"}, {hequan.KindInvoice, "total_words"}},
	Run:   func(p *Pass) { p.wordsAgree("total", "total_words") },
}
