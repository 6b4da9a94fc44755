package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/uscc"
)

var applicantUSCC = &Rule{
	ID: "applicant.uscc", Clause: "三.1", Scope: PerApplication,
	Title: "统一社会信用代码有效且一致",
	Doc: "The code has a right check character and is the same in form, licence and invoices. A reading without proof whose check character is wrong was " +
		"most likely misread, and is a review.",
	Needs: []Need{{"", "applicant.uscc"}, {hequan.KindBusinessLicense, "uscc"}, {hequan.KindInvoice, "buyer_tax_id"}},
	Run: func(p *Pass) {
		want, wantAt, ok := p.ApplicantCode()
		if !ok {
			return
		}
		const action = "请核对统一社会信用代码，与营业执照一致"
		want = uscc.Normal(want)
		if !p.Holds(uscc.Valid(want), "统一社会信用代码“"+want+"”的校验位正确", wantAt) {
			p.badCode("申报表", want, wantAt, action)
		}
		for _, n := range []Need{{hequan.KindBusinessLicense, "uscc"}, {hequan.KindInvoice, "buyer_tax_id"}} {
			for _, d := range p.Docs(n.Kind) {
				got, at, ok := p.Code(d, n.Field)
				if !ok {
					continue
				}
				got = uscc.Normal(got)
				switch {
				case p.sameText(label(d)+"的代码", got, "申报单位的代码", want, at, wantAt):
				case !uscc.Valid(got):
					p.badCode(label(d), got, at, action)
				default:
					p.Fail(fmt.Sprintf("%s的%s“%s”与“%s”不一致", label(d), fieldName(d.Kind, n.Field), got, want), action, at, wantAt)
				}
			}
		}
		p.Passed("统一社会信用代码 %s 校验正确，各处一致", want)
	},
}

// badCode records a code whose check character is wrong.
func (p *Pass) badCode(where, code string, at At, action string) {
	message := fmt.Sprintf("%s的统一社会信用代码“%s”校验位不正确", where, code)
	if !at.Proven {
		p.Review(message+"，可能是识别误差", action, at)
		return
	}
	p.Fail(message, action, at)
}
