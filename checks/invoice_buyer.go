package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/uscc"
)

var invoiceBuyer = &Rule{
	ID: "invoice.buyer", Clause: "五.7", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "发票购买方为申报单位",
	Doc:   "The buyer's name and tax number are the applicant's.",
	Needs: []Need{{hequan.KindInvoice, "buyer"}, {hequan.KindInvoice, "buyer_tax_id"}},
	Run: func(p *Pass) {
		const action = "请提交购买方为申报单位的发票"
		if got, at, ok := p.Text(p.Doc, "buyer"); ok {
			if want, wantAt, known := p.Applicant(); known {
				p.SameName(label(p.Doc)+"的购买方", got, at, want, wantAt, action)
			}
		}
		if got, at, ok := p.Code(p.Doc, "buyer_tax_id"); ok {
			want, wantAt, known := p.ApplicantCode()
			got, want = uscc.Normal(got), uscc.Normal(want)
			switch {
			case !known || p.sameText("购买方税号", got, "申报单位统一社会信用代码", want, at, wantAt):
			case !at.Proven && !uscc.Valid(got):
				p.Review(fmt.Sprintf("%s的购买方税号“%s”与“%s”不一致，且校验位不正确，可能是识别误差", label(p.Doc), got, want), action, at, wantAt)
			default:
				p.Fail(fmt.Sprintf("%s的购买方税号“%s”与“%s”不一致", label(p.Doc), got, want), action, at, wantAt)
			}
		}
	},
}
