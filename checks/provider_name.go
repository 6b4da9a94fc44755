package checks

import (
	"fmt"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var providerName = &Rule{
	ID: "provider.name", Clause: "五.6-8", Scope: PerApplication,
	Title: "各材料中的模型服务提供方一致",
	Doc: "The provider is the same in contract (party B), invoices (seller), settlements and acceptance. An application may have several providers: each paper " +
		"must then be tied to one contract. A filing of another entity is judged by filing.entity.",
	Needs: []Need{{hequan.KindContract, "party_b"}, {hequan.KindInvoice, "seller"}, {hequan.KindSettlement, "provider"}, {hequan.KindAcceptance, "supplier"}},
	Run: func(p *Pass) {
		const action = "请核对模型服务提供方，提交同一提供方的合同、发票和结算（验收）材料"
		for _, d := range p.Docs(hequan.KindContract) {
			if v, at, ok := p.Text(d, "party_b"); ok && !name.Organisation(v) {
				p.Unread(fmt.Sprintf("合同的乙方“%s”不像单位名称", v), at.Evidence)
			}
		}
		wanted := p.Providers()
		if len(wanted) == 0 {
			p.Unread("没有读到模型服务提供方名称", hequan.Evidence{Note: "合同与申报表"})
			return
		}
		places := 0
		for _, n := range p.Rule.Needs[1:] {
			for _, d := range p.Docs(n.Kind) {
				if got, at, ok := p.Text(d, n.Field); ok {
					places++
					p.OneOf(label(d)+"的"+fieldName(d.Kind, n.Field), got, at, wanted, action)
				}
			}
		}
		for i, x := range p.Form.Providers {
			if x.Name != "" {
				places++
				p.OneOf("申报表的模型服务提供方", x.Name, p.use(formProvider(i, x.Name)), wanted, action)
			}
		}
		if places == 0 {
			p.Unread("没有可与合同比对的提供方名称", wanted[0].At.Evidence)
		}
		var names []string
		for _, w := range wanted {
			names = append(names, w.Name)
		}
		p.Passed("模型服务提供方“%s”在各材料中一致", strings.Join(names, "”“"))
	},
}
