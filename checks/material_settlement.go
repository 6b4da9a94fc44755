package checks

import (
	"hequan"
)

var materialSettlement = &Rule{
	ID: "material.settlement", Clause: "五.8", Scope: PerApplication, Modes: metered,
	Title: "已提交使用结算单",
	Doc:   "A settlement is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindSettlement) },
}
