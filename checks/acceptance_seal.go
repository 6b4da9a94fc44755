package checks

import (
	"fmt"

	"hequan"
)

var acceptanceSeal = &Rule{
	ID: "acceptance.seal", Clause: "五.9", Scope: PerDocument, Kind: hequan.KindAcceptance, Modes: delivered,
	Title: "验收证明由双方盖章或签字",
	Doc:   "The certificate is sealed or signed by the applicant and by the provider (field signed_by). The guide does not say so in words: a party that is not found is a review.",
	Needs: []Need{{hequan.KindAcceptance, "seals"}, {hequan.KindAcceptance, "signed_by"}},
	Run: func(p *Pass) {
		signed := map[string]bool{}
		open := false
		for i := range p.Doc.Seals {
			s := &p.Doc.Seals[i]
			p.Looked(sealAt(p.Doc, s))
			if s.Party == "applicant" || s.Party == "provider" {
				signed[s.Party] = true
			} else {
				open = true
			}
		}
		for _, at := range p.All(p.Doc, "signed_by") {
			signed[at.Value] = true
			p.Looked(at)
		}
		var absent []string
		if !signed["applicant"] {
			absent = append(absent, "申报单位")
		}
		if !signed["provider"] {
			absent = append(absent, "模型服务提供方")
		}
		if len(absent) == 0 {
			return
		}
		message := fmt.Sprintf("验收证明上未见%s的盖章或签字", join(absent))
		if open {
			message += "，另有未能确认归属的印章"
		}
		p.Review(message, "请提交由双方盖章或签字的交付、验收证明", At{Evidence: lookedAt(p.Doc, "seals")})
	},
}
