package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/name"
)

var documentSignature = &Rule{
	ID: "document.signature", Clause: "五", Scope: PerDocument,
	Title: "电子签名有效并覆盖全文",
	Doc: "A digital signature of a PDF or OFD is intact and covers the whole file (field digital_signature: valid, broken, or open where it could not be verified; " +
		"its text is the signer). A signer that is no party is for staff to see.",
	Applies: func(p *Pass) string {
		if !p.Has(p.Doc, "digital_signature") {
			return "未检出电子签名"
		}
		return ""
	},
	Run: func(p *Pass) {
		for _, at := range p.All(p.Doc, "digital_signature") {
			switch at.Value {
			case "valid":
				p.Looked(at)
				if signer := at.Text; signer != "" && !p.isParty(signer) {
					p.Review(fmt.Sprintf("%s的电子签名人“%s”不是申报单位或服务提供方", p.Doc.Kind.Chinese(), signer), "", at)
				}
			case "broken":
				p.Fail(fmt.Sprintf("%s的电子签名无效或签名后内容有改动%s", p.Doc.Kind.Chinese(), because(at)), "请提交签名完整、未经改动的电子文件", at)
			default:
				p.Review(fmt.Sprintf("%s的电子签名未能验证%s", p.Doc.Kind.Chinese(), because(at)), "", at)
			}
		}
		if !slices.ContainsFunc(p.Doc.Fields, func(f hequan.Field) bool { return f.Name == "digital_signature" && f.Value != "" }) {
			p.Unread("电子签名未能读取", lookedAt(p.Doc, "digital_signature"))
		}
	},
}

// because gives what is amiss with a signature, in brackets.
func because(at At) string {
	if at.Text == "" {
		return ""
	}
	return "（" + at.Text + "）"
}

// isParty says whether a name is that of the applicant, a provider, or the
// tax administration that signs invoices.
func (p *Pass) isParty(signer string) bool {
	if strings.Contains(signer, "税务") || strings.Contains(signer, "会计师事务所") {
		return true
	}
	if v, _, ok := p.form("applicant.name"); ok && name.Similarity(v, signer) >= 0.85 {
		return true
	}
	return slices.ContainsFunc(p.Providers(), func(n named) bool { return name.Similarity(n.Name, signer) >= 0.85 })
}
