package checks

import (
	"fmt"
	"slices"

	"hequan"
)

var contractSealAcrossPages = &Rule{
	ID: "contract.seal_across_pages", Clause: "五.6", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "多页合同有骑缝章或逐页盖章",
	Doc:   "A contract of several pages bears a 骑缝章, or a seal on each page. The guide does not ask for it: advice only.",
	Needs: []Need{{hequan.KindContract, "seals"}},
	Applies: func(p *Pass) string {
		if p.Doc.Pages[0] == p.Doc.Pages[1] {
			return "合同只有一页"
		}
		return ""
	},
	Run: func(p *Pass) {
		sealed, grey := map[int]bool{}, []*hequan.Seal{}
		for i := range p.Doc.Seals {
			s := &p.Doc.Seals[i]
			sealed[s.Page] = true
			p.Looked(sealAt(p.Doc, s))
			if s.Color == "grey" {
				grey = append(grey, s)
			}
		}
		var bare []string
		for n := p.Doc.Pages[0]; n <= p.Doc.Pages[1]; n++ {
			blank := slices.ContainsFunc(p.Doc.PageInfo, func(i hequan.PageInfo) bool { return i.Page == n && i.Blank })
			if !sealed[n] && !blank {
				bare = append(bare, fmt.Sprint(n))
			}
		}
		if len(bare) > 0 {
			p.Review(fmt.Sprintf("合同第 %s 页未见骑缝章或印章（提示）", join(bare)), "建议加盖骑缝章，以证明合同完整", At{Evidence: lookedAt(p.Doc, "seals")})
		} else if len(grey) > 0 && len(grey) == len(p.Doc.Seals) {
			p.Review("合同上的印章都是黑白的，疑为复印件，不能确认骑缝章（提示）", "请提交彩色扫描件", sealsAt(p.Doc, grey)...)
		}
	},
}
