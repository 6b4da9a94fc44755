package checks

import (
	"hequan"
)

var windowDuplicateDocument = &Rule{
	ID: "window.duplicate_document", Clause: "三.6", Scope: AcrossWindow,
	Title: "材料没有用于其他申报",
	Doc:   "No invoice number, contract number, settlement, identical file or near-identical page stands in another application.",
	Needs: []Need{{hequan.KindInvoice, "number"}, {hequan.KindContract, "number"}, {hequan.KindSettlement, "number"}},
}
