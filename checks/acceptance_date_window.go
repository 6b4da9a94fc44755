package checks

import (
	"fmt"

	"hequan"
)

var acceptanceDateWindow = &Rule{
	ID: "acceptance.date_window", Clause: "三.4", Scope: PerDocument, Kind: hequan.KindAcceptance, Modes: delivered,
	Title: "交付或验收日期在政策执行期内",
	Doc:   "The date of delivery or acceptance lies in the window, both ends included.",
	Needs: []Need{{hequan.KindAcceptance, "date"}},
	Applies: func(p *Pass) string {
		if !p.Has(p.Doc, "date") {
			return "验收证明没有日期，见 acceptance.content"
		}
		return ""
	},
	Run: func(p *Pass) {
		date, at, ok := p.Day(p.Doc, "date")
		if !ok {
			return
		}
		w := p.Policy.Windows.Usage.Window()
		const action = "请提交执行期内交付、验收的证明材料"
		p.inWindow("验收日期", date, w, at)
		switch {
		case date.Before(w.From):
			p.Fail(fmt.Sprintf("验收日期 %s 早于 %s", date, w.From), action, at)
		case date.After(w.To):
			p.Fail(fmt.Sprintf("验收日期 %s 晚于 %s", date, w.To), action, at)
		}
		p.Passed("验收日期 %s 在执行期内", date)
	},
}
