package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/uscc"
)

var businessLicenseValid = &Rule{
	ID: "business_license.valid", Clause: "三.1", Scope: PerDocument, Kind: hequan.KindBusinessLicense,
	Title: "营业执照在有效期内，主体为企事业单位或社会组织",
	Doc: "The licence is in force at the date of application (field valid_until: a date, or long; many state none), and its holder is an enterprise, institution or social " +
		"organisation by the first two characters of its code.",
	Needs: []Need{{hequan.KindBusinessLicense, "uscc"}, {hequan.KindBusinessLicense, "valid_until"}},
	Run: func(p *Pass) {
		if until, at, ok := p.PeekDay(p.Doc, "valid_until"); ok {
			p.Looked(at)
			on, known := p.submitted()
			if !known {
				on = p.Policy.Windows.Submission.From
			}
			if until.Before(on) {
				p.Fail(fmt.Sprintf("营业执照有效期至 %s，申报时（%s）已过期", until, on), "请提交有效的营业执照", at)
			}
		}
		if f := p.Doc.Field("valid_until"); f != nil && f.Value == "" {
			p.Unread("营业执照的营业期限没有读到截止日", p.at(p.Doc, f, true).Evidence)
		}
		code, at, ok := p.Code(p.Doc, "uscc")
		if !ok {
			return
		}
		switch holder := uscc.Holder(uscc.Normal(code)); holder {
		case "企业", "事业单位", "社会团体", "民办非企业单位", "基金会":
			p.Passed("主体为%s", holder)
		case "":
			p.Review(fmt.Sprintf("统一社会信用代码 %s 看不出主体类别", code), "请核对主体类别", at)
		default:
			p.Review(fmt.Sprintf("主体为%s，不在企事业单位及社会组织之列", holder), "请核对主体类别", at)
		}
	},
}
