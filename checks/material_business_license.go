package checks

import (
	"hequan"
)

var materialBusinessLicense = &Rule{
	ID: "material.business_license", Clause: "五.2", Scope: PerApplication,
	Title: "已提交营业执照",
	Doc:   "A 营业执照 is among the documents, wherever it was filed.",
	Run:   func(p *Pass) { p.material(hequan.KindBusinessLicense) },
}
