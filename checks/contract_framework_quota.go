package checks

import (
	"hequan"
)

var contractFrameworkQuota = &Rule{
	ID: "contract.framework_quota", Clause: "五.6(1)", Scope: PerDocument, Kind: hequan.KindContract, Modes: metered,
	Title: "框架合同写明使用量和使用期限",
	Doc:   "A framework contract also states the usage quantity and the term of use.",
	Needs: []Need{{hequan.KindContract, "is_framework"}, {hequan.KindContract, "usage_quota"}, {hequan.KindContract, "term_start"}, {hequan.KindContract, "term_end"}},
	Applies: func(p *Pass) string {
		if v, _, ok := p.Peek(p.Doc, "is_framework"); !ok || v != "true" {
			return "不是框架合同"
		}
		return ""
	},
	Run: func(p *Pass) {
		var absent []string
		for _, x := range []struct{ field, what string }{{"usage_quota", "使用量"}, {"term_end", "使用期限"}} {
			if p.Has(p.Doc, x.field) {
				p.Text(p.Doc, x.field)
			} else {
				absent = append(absent, x.what)
			}
		}
		if len(absent) > 0 {
			p.Missing(p.Doc, join(absent), "框架合同应写明大模型的使用量和使用期限，请补充，或依五.6(4)提供其他能证明真实性的材料")
		}
	},
}
