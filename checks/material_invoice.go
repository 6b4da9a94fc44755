package checks

import (
	"hequan"
)

var materialInvoice = &Rule{
	ID: "material.invoice", Clause: "五.7", Scope: PerApplication,
	Title: "已提交发票",
	Doc:   "At least one invoice is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindInvoice) },
}
