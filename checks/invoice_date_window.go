package checks

import (
	"fmt"

	"hequan"
)

var invoiceDateWindow = &Rule{
	ID: "invoice.date_window", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "开票日期在政策执行期内",
	Doc:   "An invoice counts only if it was issued inside the policy's window, both ends included.",
	Needs: []Need{{hequan.KindInvoice, "issue_date"}},
	Run: func(p *Pass) {
		issued, at, ok := p.Day(p.Doc, "issue_date")
		if !ok {
			return
		}
		w := p.Policy.Windows.Invoice.Window()
		const action = "请提交开票日期在执行期内的发票；执行期外的发票不计入"
		p.inWindow("开票日期", issued, w, at)
		switch {
		case issued.Before(w.From):
			p.Fail(fmt.Sprintf("%s的开票日期 %s 早于 %s", label(p.Doc), issued, w.From), action, at)
		case issued.After(w.To):
			p.Fail(fmt.Sprintf("%s的开票日期 %s 晚于 %s", label(p.Doc), issued, w.To), action, at)
		}
		p.Passed("开票日期 %s 在 %s 之间", issued, w)
	},
}
