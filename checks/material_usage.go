package checks

import (
	"hequan"
)

var materialUsage = &Rule{
	ID: "material.usage", Clause: "五.8", Scope: PerApplication, Modes: metered,
	Title: "已提交用量明细",
	Doc:   "Usage rows are among the documents: a file of their own, or pages of the settlement's file.",
	Run: func(p *Pass) {
		for _, d := range p.Docs(hequan.KindSettlement) {
			if len(p.Rows(d, "rows")) > 0 && len(p.Docs(hequan.KindUsage)) == 0 {
				p.Looked(whole(d))
				p.Passed("用量明细附在使用结算单中")
				return
			}
		}
		p.material(hequan.KindUsage)
	},
}
