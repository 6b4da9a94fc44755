package checks

import (
	"hequan"
)

var acceptanceContent = &Rule{
	ID: "acceptance.content", Clause: "五.9", Scope: PerDocument, Kind: hequan.KindAcceptance, Modes: delivered,
	Title: "验收证明写明时间、地点、验收情况",
	Doc:   "Time, place and result of the acceptance are stated.",
	Needs: []Need{{hequan.KindAcceptance, "date"}, {hequan.KindAcceptance, "place"}, {hequan.KindAcceptance, "conclusion"}},
	Run: func(p *Pass) {
		var absent []string
		for _, x := range []struct{ field, what string }{{"date", "交付（验收）时间"}, {"place", "地点"}, {"conclusion", "验收情况"}} {
			switch {
			case p.Has(p.Doc, x.field):
				p.Text(p.Doc, x.field)
			case x.field == "conclusion" && p.Has(p.Doc, "outcome"):
				p.Text(p.Doc, "outcome")
			default:
				absent = append(absent, x.what)
			}
		}
		if len(absent) > 0 {
			p.Missing(p.Doc, join(absent), "请提交写明模型交付具体时间、地点、验收情况的证明材料")
		}
	},
}
