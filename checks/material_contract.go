package checks

import (
	"hequan"
)

var materialContract = &Rule{
	ID: "material.contract", Clause: "五.6", Scope: PerApplication,
	Title: "已提交项目合同",
	Doc:   "A contract is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindContract) },
}
