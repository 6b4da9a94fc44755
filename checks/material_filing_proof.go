package checks

import (
	"hequan"
)

var materialFilingProof = &Rule{
	ID: "material.filing_proof", Clause: "五.10", Scope: PerApplication,
	Title: "已提交备案证明",
	Doc:   "A proof that the model service was filed is among the documents.",
	Run:   func(p *Pass) { p.material(hequan.KindFilingProof) },
}
