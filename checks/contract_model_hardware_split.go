package checks

import (
	"hequan"
)

var contractModelHardwareSplit = &Rule{
	ID: "contract.model_hardware_split", Clause: "五.6(2)", Scope: PerDocument, Kind: hequan.KindContract, Modes: []hequan.Mode{hequan.ModeAppliance},
	Title: "合同分列模型费用与硬件费用",
	Doc:   "The contract for an appliance states the fee of the model and that of the hardware apart.",
	Needs: []Need{{hequan.KindContract, "items"}},
	Run: func(p *Pass) {
		var model, hardware bool
		for _, r := range p.Rows(p.Doc, "items") {
			c, known := p.category(r)
			if _, _, ok := r.Money("amount"); !ok || !known {
				continue
			}
			model = model || c.Name == "model" || c.Name == "software"
			hardware = hardware || c.Name == "hardware"
		}
		const action = "请提交分别列明模型费用与硬件费用的合同或清单"
		switch {
		case model && hardware:
		case len(p.gaps) > 0:
		case !model && !hardware:
			p.Missing(p.Doc, "分列的模型费用与硬件费用", action)
		case !hardware:
			p.Missing(p.Doc, "单列的硬件费用", action)
		default:
			p.Missing(p.Doc, "单列的模型费用", action)
		}
	},
}
