package checks

import (
	"hequan"
)

var materialAcceptance = &Rule{
	ID: "material.acceptance", Clause: "五.9", Scope: PerApplication, Modes: delivered,
	Title: "已提交交付或验收证明",
	Doc:   "A delivery or acceptance certificate is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindAcceptance) },
}
