package checks

import (
	"fmt"
	"slices"

	"hequan"
)

var contractMode = &Rule{
	ID: "contract.mode", Clause: "五.6", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindContract},
	Title: "合同的调用、交付方式与申报类型一致",
	Doc:   "The calling or delivery method of the contract is the mode applied for.",
	Needs: []Need{{"", "project.mode"}, {hequan.KindContract, "calling_method"}},
	Run: func(p *Pass) {
		want, wantAt, ok := p.FormText("project.mode")
		if !ok {
			return
		}
		for _, d := range p.Docs(hequan.KindContract) {
			methods := p.All(d, "calling_method")
			if len(methods) == 0 {
				if p.Has(d, "calling_method") {
					p.Text(d, "calling_method")
				} else {
					p.Review("合同未写明调用方式（API接口调用、云化部署等）", "请提交写明调用方式的合同，或依五.6(4)提供其他能证明真实性的材料", At{Evidence: lookedAt(d, "calling_method")})
				}
				continue
			}
			p.Text(d, "calling_method")
			if slices.ContainsFunc(methods, func(m At) bool { return m.Value == want }) {
				continue
			}
			p.Fail(fmt.Sprintf("申报类型为%s，合同为%s（“%s”）", hequan.Mode(want).Chinese(), hequan.Mode(methods[0].Value).Chinese(), methods[0].Text),
				"请按合同实际方式申报，或提交与申报类型相符的合同", append(methods, wantAt)...)
		}
		p.Passed("合同与申报类型同为%s", hequan.Mode(want).Chinese())
	},
}
