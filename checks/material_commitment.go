package checks

import (
	"hequan"
)

var materialCommitment = &Rule{
	ID: "material.commitment", Clause: "五.3", Scope: PerApplication,
	Title: "已提交承诺书",
	Doc:   "A 承诺书 is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindCommitment) },
}
