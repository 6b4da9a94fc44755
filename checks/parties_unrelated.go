package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/name"
	"hequan/internal/uscc"
)

var partiesUnrelated = &Rule{
	ID: "parties.unrelated", Clause: "三.3", Scope: PerApplication,
	Title: "申报单位与提供方未见关联线索",
	Doc: "Applicant and provider are not the same, and share neither 字号, legal representative, address nor telephone as far as form and papers name them " +
		"(fields party_a_legal, party_b_legal, _address, _phone of the contract's head). " +
		"Shareholdings stand in no document: see the manual list.",
	Needs: []Need{{"", "applicant.name"}, {hequan.KindContract, "party_b"}, {hequan.KindInvoice, "seller_tax_id"}},
	Run: func(p *Pass) {
		own, ownAt, ok := p.Applicant()
		providers := p.Providers()
		if len(providers) == 0 {
			p.Unread("没有读到模型服务提供方名称", hequan.Evidence{Note: "合同与申报表"})
		}
		const action = "请说明双方是否存在控制关系或重大影响关系，并提供股权结构等证明"
		for _, x := range providers {
			p.Looked(x.At)
			if !ok {
				continue
			}
			if name.Compare(own, x.Name) == name.Same {
				p.Fail(fmt.Sprintf("申报单位与模型服务提供方同为“%s”", own), action, ownAt, x.At)
			} else if core := name.SharedCore(own, x.Name); core != "" || name.Compare(own, x.Name) == name.Branch {
				p.Review(fmt.Sprintf("申报单位“%s”与提供方“%s”名称相近，疑为关联企业", own, x.Name), action, ownAt, x.At)
			}
		}
		if code, codeAt, ok := p.ApplicantCode(); ok {
			for _, d := range p.Docs(hequan.KindInvoice) {
				if v, at, read := p.Peek(d, "seller_tax_id"); read && uscc.Normal(v) == uscc.Normal(code) {
					p.Fail(fmt.Sprintf("%s的销售方税号就是申报单位的统一社会信用代码 %s", label(d), v), action, at, codeAt)
				}
			}
		}
		p.sharedHeads(action)
		a := p.Form.Applicant
		for i, x := range p.Form.Providers {
			for _, s := range []struct{ what, key, own, other string }{
				{"统一社会信用代码", "uscc", uscc.Normal(a.USCC), uscc.Normal(x.USCC)}, {"法定代表人", "legal_representative", name.Normal(a.LegalRepresentative), name.Normal(x.LegalRepresentative)},
				{"地址", "address", name.Normal(a.Address), name.Normal(x.Address)}, {"联系电话", "phone", accountDigits(a.Phone), accountDigits(x.Phone)},
			} {
				if s.own == "" || s.own != s.other {
					continue
				}
				at := At{Evidence: hequan.Evidence{Field: fmt.Sprintf("providers[%d].%s", i, s.key), Value: s.other, Note: "申报表"}, Proven: true, firm: true, sure: true}
				if s.key == "uscc" {
					p.Fail(fmt.Sprintf("申报单位与提供方的统一社会信用代码同为 %s", s.own), action, at)
				} else {
					p.Review(fmt.Sprintf("申报单位与提供方“%s”的%s相同（%s）", x.Name, s.what, s.other), action, at)
				}
			}
		}
	},
}

// sharedHeads compares what the heads of a contract say of its two parties.
func (p *Pass) sharedHeads(action string) {
	for _, d := range p.Docs(hequan.KindContract) {
		for _, s := range []struct {
			what, field string
			normal      func(string) string
		}{{"法定代表人", "legal", name.Normal}, {"地址", "address", name.Normal}, {"联系电话", "phone", accountDigits}} {
			a, at, ok1 := p.Peek(d, "party_a_"+s.field)
			b, other, ok2 := p.Peek(d, "party_b_"+s.field)
			if ok1 && ok2 && s.normal(a) != "" && s.normal(a) == s.normal(b) {
				p.Review(fmt.Sprintf("%s所列双方的%s相同（%s）", label(d), s.what, a), action, at, other)
			}
		}
	}
}
