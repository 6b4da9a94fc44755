package checks

import (
	"fmt"
	"regexp"

	"hequan"
	"hequan/internal/day"
)

var contractTermInstalments = &Rule{
	ID: "contract.term_instalments", Clause: "五.6(3)", Scope: PerDocument, Kind: hequan.KindContract,
	Title: "合同期在执行期内，或有分期交付支付约定",
	Doc: "A contract whose term reaches out of the window at either end states delivery and payment by instalments, so that the part inside can be told: " +
		"field instalments, or payment terms that pay by period, stage or batch.",
	Needs: []Need{{hequan.KindContract, "term_start"}, {hequan.KindContract, "term_end"}, {hequan.KindContract, "payment_terms"}, {hequan.KindContract, "instalments"}},
	Run: func(p *Pass) {
		from, fromAt, ok1 := p.Day(p.Doc, "term_start")
		to, toAt, ok2 := p.Day(p.Doc, "term_end")
		if !ok1 || !ok2 {
			return
		}
		term, window := day.Window{From: from, To: to}, p.Policy.Windows.Usage.Window()
		if p.Holds(window.Covers(term), fmt.Sprintf("合同期 %s 在执行期 %s 内", term, window), fromAt, toAt) {
			p.Passed("合同期 %s 在执行期内", term)
			return
		}
		for _, field := range []string{"instalments", "payment_terms"} {
			if v, at, ok := p.Peek(p.Doc, field); ok && p.Holds(field == "instalments" || instalmentPattern.MatchString(v), "合同约定了分期交付支付：“"+v+"”", at) {
				p.Looked(at)
				p.Passed("合同期 %s 超出执行期，已约定分期交付支付", term)
				return
			}
		}
		if f := p.Doc.Field("payment_terms"); f != nil && f.Value == "" {
			p.Text(p.Doc, "payment_terms")
			return
		}
		action := "合同期限超出政策执行期，请补充分期交付支付的细则，以便核算兑现额度"
		if why := p.illegible(p.Doc); why != "" {
			p.Review(fmt.Sprintf("合同期 %s 超出执行期 %s，未找到分期交付支付的约定，但%s", term, window, why), action, fromAt, toAt)
			return
		}
		if others := p.otherProofs(); len(others) > 0 {
			p.Review(fmt.Sprintf("合同期 %s 超出执行期 %s，合同中没有分期交付支付的约定，已另交其他证明材料，请依五.6(4)核对", term, window), action, fromAt, toAt, whole(others[0]))
			return
		}
		p.Fail(fmt.Sprintf("合同期 %s 超出执行期 %s，合同没有分期交付支付的约定", term, window), action, fromAt, toAt)
	},
}

var instalmentPattern = regexp.MustCompile(`分期|分批|分阶段|按月|按季|按年|按期|每月|每季|每期|每年|月度|季度|年度|逐月|逐期|当期|当月|首付|预付|首期|尾款|第[一二三四]期|阶段|里程碑`)
