package checks

import (
	"fmt"
	"regexp"

	"hequan"
)

var acceptancePassed = &Rule{
	ID: "acceptance.passed", Clause: "五.9", Scope: PerDocument, Kind: hequan.KindAcceptance, Modes: delivered,
	Title: "验收结论为通过",
	Doc:   "The conclusion is that it passed. With conditions, or unclear, is a review.",
	Needs: []Need{{hequan.KindAcceptance, "outcome"}, {hequan.KindAcceptance, "conclusion"}},
	Applies: func(p *Pass) string {
		if !p.Has(p.Doc, "conclusion") && !p.Has(p.Doc, "outcome") {
			return "验收证明没有结论，见 acceptance.content"
		}
		return ""
	},
	Run: func(p *Pass) {
		field := "conclusion"
		if !p.Has(p.Doc, field) {
			field = "outcome"
		}
		_, at, ok := p.Text(p.Doc, field)
		if !ok {
			return
		}
		const action = "请提交验收通过的证明材料，或说明遗留问题的处理情况"
		switch outcome(p, p.Doc) {
		case "passed":
			p.Passed("验收结论：%s", at.Value)
		case "failed":
			p.Fail(fmt.Sprintf("验收结论为“%s”，未通过验收", at.Text), action, at)
		case "conditional":
			p.Review(fmt.Sprintf("验收结论为“%s”，是有条件通过", at.Text), action, at)
		default:
			p.Review(fmt.Sprintf("验收结论“%s”看不出是否通过", at.Text), action, at)
		}
	},
}

var (
	refusedPattern     = regexp.MustCompile(`不合格|不通过|未通过|不予通过|未能通过|验收失败`)
	conditionalPattern = regexp.MustCompile(`有条件|整改后|待整改|限期整改|基本通过|基本合格|遗留问题须`)
	passedPattern      = regexp.MustCompile(`合格|通过|同意验收|符合.{0,8}要求|满足.{0,8}要求|验收完成`)
)

// outcome is what an acceptance's conclusion amounts to: passed, failed,
// conditional, or "".
func outcome(p *Pass, d *hequan.Document) string {
	if v, _, ok := p.Peek(d, "outcome"); ok && (v == "passed" || v == "failed" || v == "conditional") {
		return v
	}
	v, _, _ := p.Peek(d, "conclusion")
	switch {
	case refusedPattern.MatchString(v):
		return "failed"
	case conditionalPattern.MatchString(v):
		return "conditional"
	case passedPattern.MatchString(v):
		return "passed"
	}
	return ""
}
