package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/policy"
)

var filingKind = &Rule{
	ID: "filing.kind", Clause: "三.5", Scope: PerDocument, Kind: hequan.KindFilingProof,
	Title: "证明的是中央网信办备案",
	Doc:   "The proof is of a filing (备案): a registration (登记, number with S before its serial) or an algorithm filing (网信算备) alone is not one (field register, else the number's form).",
	Needs: []Need{{hequan.KindFilingProof, "register"}, {hequan.KindFilingProof, "number"}},
	Run: func(p *Pass) {
		const action = "请提交“生成式人工智能服务已备案信息”中的备案证明"
		if v, at, ok := p.Peek(p.Doc, "register"); ok && v != "备案" {
			p.Review(fmt.Sprintf("提交的是%s证明，不是生成式人工智能服务备案", v), action, at)
			return
		}
		number, at, ok := p.Code(p.Doc, "number")
		if !ok {
			return
		}
		n := policy.NormalNumber(number)
		switch {
		case policy.AlgorithmPattern.MatchString(n):
			p.Review(fmt.Sprintf("编号“%s”是算法备案，不是生成式人工智能服务备案", number), action, at)
		case policy.RegistrationPattern.MatchString(n):
			p.Review(fmt.Sprintf("编号“%s”是登记（上线）编号，不是备案编号", number), action, at)
		case policy.NumberPattern.MatchString(n):
			p.Passed("备案编号 %s", number)
		default:
			p.Review(fmt.Sprintf("编号“%s”不合备案编号的格式", number), action, at)
		}
	},
}
