package checks

import (
	"fmt"

	"hequan"
)

var partiesNoResale = &Rule{
	ID: "parties.no_resale", Clause: "三.3", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同未允许转租、转售",
	Doc:   "The contract does not let the applicant resell or sublet the service (field resale: forbidden or allowed, with the passage). Nothing said is nothing allowed, if all was read.",
	Needs: []Need{{hequan.KindContract, "resale"}},
	Run: func(p *Pass) {
		for _, at := range p.All(p.Doc, "resale") {
			p.Looked(at)
			switch at.Value {
			case "allowed":
				p.Review(fmt.Sprintf("合同中有允许转售、转租的约定：“%s”", at.Text), "请说明模型服务是否转租、转售", at)
			case "forbidden":
				p.Passed("合同约定不得转租、转售")
			}
		}
		if !p.Has(p.Doc, "resale") {
			if why := p.illegible(p.Doc); why != "" {
				p.Unread("合同"+why, lookedAt(p.Doc, "resale"))
				return
			}
			p.Looked(At{Evidence: lookedAt(p.Doc, "resale")})
			p.Passed("合同中未见允许转租、转售的约定")
		}
	},
}
