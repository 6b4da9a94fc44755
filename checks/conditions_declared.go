package checks

import (
	"regexp"

	"hequan"
)

var conditionsDeclared = &Rule{
	ID: "conditions.declared", Clause: "三.1、三.4", Scope: PerApplication, Requires: []hequan.Kind{hequan.KindCommitment},
	Title: "承诺书已就申报条件作出承诺",
	Doc: "The commitment promises: no major penalty in three years, not on the dishonest list, no other money of the district (field declares, one for each promise " +
		"found). Whether it is true stands in registers only: see the manual list.",
	Needs: []Need{{hequan.KindCommitment, "declares"}},
	Run: func(p *Pass) {
		found := map[string]bool{}
		for _, d := range p.Docs(hequan.KindCommitment) {
			for _, at := range p.All(d, "declares") {
				found[at.Value] = true
				if dishonestPattern.MatchString(at.Text) {
					found["not_dishonest"] = true // one passage promises both
				}
				p.Looked(at)
			}
		}
		var absent []string
		for _, x := range []struct{ value, what string }{
			{"no_penalty", "近三年无重大行政处罚和刑事犯罪记录"}, {"not_dishonest", "未列入严重违法失信名单"}, {"no_other_funding", "未获得经开区其他财政资金支持"},
		} {
			if !found[x.value] {
				absent = append(absent, "“"+x.what+"”")
			}
		}
		if len(absent) > 0 {
			p.Review("承诺书中未找到关于"+join(absent)+"的承诺", "请使用承诺书模板，完整承诺各项申报条件", At{Evidence: lookedAt(p.Docs(hequan.KindCommitment)[0], "declares")})
		}
	},
}

var dishonestPattern = regexp.MustCompile(`未(?:被)?列入.{0,4}(?:严重)?(?:违法)?失`)
