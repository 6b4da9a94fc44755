package checks

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/name"
)

// sealing is what seals a document must bear.
type sealing struct {
	party string // applicant or provider
	who   string // 申报单位 or 模型服务提供方
	names []named
}

// sealed judges whether a document bears a party's seal of an accepted kind.
// strict says that a seal which is certainly another's breaks the rule by
// itself; a contract bears the other party's seal as well.
func (p *Pass) sealed(s sealing, strict bool) {
	d := p.Doc
	if at, ok := p.signedBy(s.names); ok {
		p.Looked(at)
		p.Passed("%s有%s“%s”的有效电子签名", d.Kind.Chinese(), s.who, at.Text)
		return
	}
	accepted := p.Policy.AcceptedSeals(d.Kind)
	action := fmt.Sprintf("请提交加盖%s%s的%s彩色扫描件", s.who, sealKinds(accepted), d.Kind.Chinese())
	var own, open, foreign []*hequan.Seal
	for i := range d.Seals {
		x := &d.Seals[i]
		p.Holds(x.Party == s.party && slices.Contains(accepted, x.Kind), fmt.Sprintf("印章“%s”（%s）是%s的%s", x.Text, sealKinds([]string{x.Kind}), s.who, sealKinds(accepted)), sealAt(d, x))
		switch {
		case x.Kind == "supervision" || x.Kind == "authority" || x.Kind == "person":
		case x.Across:
			if x.Party == s.party {
				open = append(open, x)
			}
		case x.Party == s.party:
			own = append(own, x)
		case x.Party == "" || p.mayBe(x, s.names):
			open = append(open, x)
		default:
			foreign = append(foreign, x)
		}
	}
	for _, x := range own {
		if slices.Contains(accepted, x.Kind) && x.Color != "grey" && x.Confidence >= p.Policy.Thresholds.Seal.Value {
			p.Looked(sealAt(d, x))
			p.Passed("%s已加盖%s%s“%s”", d.Kind.Chinese(), s.who, sealKinds([]string{x.Kind}), x.Text)
			return
		}
	}
	switch {
	case len(own) > 0:
		x := own[0]
		p.Review(fmt.Sprintf("%s上%s的印章“%s”%s", d.Kind.Chinese(), s.who, x.Text, p.sealDoubt(x, accepted)), action, sealsAt(d, own)...)
	case len(open) > 0:
		x := open[0]
		switch {
		case x.Across:
			p.Review(fmt.Sprintf("%s上只见%s的骑缝章，未见签章处的印章", d.Kind.Chinese(), s.who), action, sealsAt(d, open)...)
		case x.Text == "":
			p.Review(fmt.Sprintf("%s上有印章，但文字未能辨认，不能确认是%s的印章", d.Kind.Chinese(), s.who), action, sealsAt(d, open)...)
		case x.Note != "":
			p.Review(fmt.Sprintf("%s上的印章%s，不能确认是%s的印章", d.Kind.Chinese(), x.Note, s.who), action, sealsAt(d, open)...)
		default:
			p.Review(fmt.Sprintf("%s上有印章，读得“%s”，不能确认是%s的印章", d.Kind.Chinese(), x.Text, s.who), action, sealsAt(d, open)...)
		}
	case len(foreign) > 0 && strict && foreign[0].Confidence >= p.Policy.Thresholds.Seal.Value:
		p.Fail(fmt.Sprintf("%s上的印章是“%s”，不是%s的印章", d.Kind.Chinese(), foreign[0].Text, s.who), action, sealsAt(d, foreign)...)
	case len(foreign) > 0 && strict:
		p.Review(fmt.Sprintf("%s上的印章读得“%s”，似非%s的印章", d.Kind.Chinese(), foreign[0].Text, s.who), action, sealsAt(d, foreign)...)
	default:
		p.MissingSeal(d, s.who+"的印章", action)
	}
}

// mayBe says whether a seal that was given to someone else, or to nobody, may
// yet be one of the names, badly read.
func (p *Pass) mayBe(x *hequan.Seal, names []named) bool {
	if x.Party != "other" {
		return false
	}
	if len([]rune(x.Text)) < 6 {
		return true
	}
	for _, n := range names {
		if name.Similarity(x.Text, n.Name) >= 0.5 {
			return true
		}
	}
	return false
}

func (p *Pass) sealDoubt(x *hequan.Seal, accepted []string) string {
	switch {
	case x.Color == "grey":
		return "是黑白的，疑为复印件"
	case x.Kind == "":
		return "种类未能辨认，须为" + sealKinds(accepted)
	case !slices.Contains(accepted, x.Kind):
		return fmt.Sprintf("是%s，不是%s", sealKinds([]string{x.Kind}), sealKinds(accepted))
	}
	return "辨认把握不足"
}

var sealNames = map[string]string{
	"company": "公章", "contract": "合同专用章", "invoice": "发票专用章", "finance": "财务专用章", "person": "名章", "supervision": "监制章", "authority": "登记机关章", "other": "其他印章",
}

func sealKinds(kinds []string) string {
	var out []string
	for _, k := range kinds {
		if n := sealNames[k]; n != "" && k != "person" {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return "印章"
	}
	return strings.Join(out, "或")
}

func sealAt(d *hequan.Document, s *hequan.Seal) At {
	return At{Evidence: hequan.Evidence{Document: d.ID, Field: "seals", Value: s.Kind, Text: s.Text, Page: s.Page, Box: s.Box}}
}

func sealsAt(d *hequan.Document, seals []*hequan.Seal) []At {
	var out []At
	for _, s := range seals {
		out = append(out, sealAt(d, s))
	}
	return out
}

// byApplicant and byProvider are the two parties whose seals are looked for.
func (p *Pass) byApplicant() sealing {
	s := sealing{party: "applicant", who: "申报单位"}
	if v, at, ok := p.form("applicant.name"); ok {
		s.names = []named{{v, at, nil}}
	}
	return s
}

func (p *Pass) byProvider() sealing {
	return sealing{party: "provider", who: "模型服务提供方", names: p.Providers()}
}
