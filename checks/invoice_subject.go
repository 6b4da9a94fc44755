package checks

import (
	"fmt"
	"regexp"
	"strings"

	"hequan"
)

var invoiceSubject = &Rule{
	ID: "invoice.subject", Clause: "五.7、四.1", Scope: PerDocument, Kind: hequan.KindInvoice,
	Title: "开票项目与合同的模型服务相符",
	Doc: "The item names are model services or software, or items of the contract. Hardware and labour of the contract are marked as not supported (see " +
		"subsidy.ineligible). An invoice none of whose lines fits fails; one that can't be told is a review.",
	Needs: []Need{{hequan.KindInvoice, "items"}, {hequan.KindContract, "items"}},
	Run: func(p *Pass) {
		rows := p.Rows(p.Doc, "items")
		if len(rows) == 0 {
			p.Unread("开票项目未能读取", lookedAt(p.Doc, "items"))
			return
		}
		fits, unsure, off := 0, []string{}, []string{}
		var at []At
		for _, r := range rows {
			what, a, ok := r.Text("name")
			if !ok {
				continue
			}
			at = append(at, a)
			cat, known := p.invoiceCategory(what)
			tax := strings.Trim(taxPrefix.FindString(strings.TrimSpace(what)), "*＊")
			switch {
			case known && cat.Eligible:
				fits++
			case known && cat.Name != "other" && p.inContract(what):
				fits++
				off = append(off, what)
			case known && cat.Name != "other":
				off = append(off, what)
			case tax == "" || serviceCategory.MatchString(tax):
				unsure = append(unsure, what)
			}
		}
		const action = "请提交与模型应用相匹配的发票，或说明开票项目与合同的对应关系"
		if fits == 0 && len(p.gaps) == 0 {
			var names []string
			for _, a := range at {
				names = append(names, "“"+a.Value+"”")
			}
			switch {
			case len(unsure) > 0:
				p.Review(fmt.Sprintf("%s的开票项目%s看不出与模型服务的关系", label(p.Doc), join(names)), action, at...)
			case len(off) > 0:
				p.Review(fmt.Sprintf("%s的开票项目%s属硬件、人工等不予支持的费用，合同中未见对应分项", label(p.Doc), join(names)), action, at...)
			default:
				p.Fail(fmt.Sprintf("%s的开票项目%s与模型服务不符", label(p.Doc), join(names)), action, at...)
			}
			return
		}
		if len(off) > 0 {
			p.Passed("开票项目与合同相符，其中%s不予支持", join(off))
		}
	},
}

// serviceCategory are tax categories under which model services are invoiced.
var serviceCategory = regexp.MustCompile(`信息|软件|技术|电信|研发|云|计算|互联网|数据|现代服务|无形资产|租赁|许可`)

func (p *Pass) inContract(what string) bool {
	for _, d := range p.Docs(hequan.KindContract) {
		for _, r := range p.Rows(d, "items") {
			if v, _, ok := r.Peek("name"); ok && sameItem(v, what) {
				return true
			}
		}
	}
	return false
}
