package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/policy"
)

var filingEntity = &Rule{
	ID: "filing.entity", Clause: "三.5", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindFilingProof},
	Title: "备案单位为服务提供方或其已知合作方",
	Doc:   "The filing's entity is the provider, or the provider is known (policy: offers) to offer that entity's models. Clouds sell others' models as a rule: a review, not a fail.",
	Needs: []Need{{hequan.KindFilingProof, "entity"}, {hequan.KindContract, "party_b"}},
	Run: func(p *Pass) {
		providers := p.Providers()
		if len(providers) == 0 {
			p.Unread("没有读到模型服务提供方名称", hequan.Evidence{Note: "合同与申报表"})
			return
		}
		for _, d := range p.Docs(hequan.KindFilingProof) {
			entity, at, ok := p.Text(d, "entity")
			if !ok {
				continue
			}
			if slices.ContainsFunc(providers, func(n named) bool {
				return name.Compare(n.Name, entity) == name.Same || !at.Proven && name.Similarity(n.Name, entity) >= 0.85 ||
					slices.ContainsFunc(p.Policy.Offers, func(o policy.Offer) bool { return name.Equal(o.Provider, n.Name) && name.Equal(o.Entity, entity) })
			}) {
				continue
			}
			p.Review(fmt.Sprintf("备案单位“%s”不是服务提供方“%s”", entity, listNames(providers)), "请提供备案单位授权服务提供方提供该模型服务的证明", at, providers[0].At)
		}
	},
}
