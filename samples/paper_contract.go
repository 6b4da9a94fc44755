package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// partyWords are the words contracts use for their parties.
var partyWords = [][2]string{{"甲方", "乙方"}, {"采购人", "供应商"}, {"委托方", "受托方"}, {"需方", "供方"}, {"采购方", "服务提供方"}}

// contractPaper prints the 项目合同.
func (w *world) contractPaper(r *rand.Rand) *paper {
	c := w.Contract
	p := newPaper(hequan.KindContract, "contract", r)
	v := r.IntN(6)
	words := pick(r, partyWords...)
	A, B := words[0], words[1]
	dates := pick(r, 0, 1, 2, 3)
	date := func(name, value, text string) string { return p.f(name, value, text) }
	p.Footer = pick(r, `第 {p} 页 共 {n} 页`, `{p} / {n}`, `- {p} -`, `第{p}页/共{n}页`)
	if c.LostPage > 0 {
		p.Footer = pick(r, `第 {p} 页 共 {n} 页`, `{p} / {n}`)
	}
	number := ""
	if v%2 == 0 {
		p.put(`<p style="text-align:right;font-size:10pt">合同编号：%s</p>`, p.f("number", c.Number, c.Number))
	} else {
		number = fmt.Sprintf(`<p>合同编号：%s</p>`, p.f("number", c.Number, c.Number))
	}
	p.put(`<h1 style="font-family:%s">%s</h1>`, pick(r, heiFont, serifFont, songFont, sansFont), p.f("title", c.Title, c.Title))
	if v == 4 { // a cover of its own
		p.put(`<div style="height:150mm"></div><p style="text-align:center">%s</p><p style="text-align:center">%s</p><div data-break></div>`, esc(c.PartyA), esc(c.PartyB))
	}
	sign := date("sign_date", c.Sign.String(), dateText(dates, c.Sign))
	w.contractParties(r, p, v, A, B, number)
	if v == 3 {
		p.put(`<p>签订日期：%s　　签订地点：北京市北京经济技术开发区</p>`, sign)
	}
	p.put(`<div class="in"><p>根据《中华人民共和国民法典》及有关规定，%s与%s本着平等自愿、诚实信用的原则，就%s项目经协商一致，订立本合同。</p></div>`, A, B, esc("“"+w.Project+"”"))
	n := 0
	clause := func(title string, paragraphs ...string) {
		n++
		head := fmt.Sprintf("%s、%s", chineseSmall(n), title)
		if v == 1 {
			head = fmt.Sprintf("第%s条　%s", chineseSmall(n), title)
		} else if v == 2 || v == 5 {
			head = fmt.Sprintf("%d. %s", n, title)
		}
		var b strings.Builder
		for _, s := range paragraphs {
			if s != "" {
				if !strings.Contains(s, "<") && len([]rune(s)) > 24 {
					s = p.passage(s)
				}
				fmt.Fprintf(&b, "<p>%s</p>", s)
			}
		}
		p.put(`<div><h2 style="font-family:%s">%s</h2><div class="in">%s</div></div>`, heiFont, head, b.String())
	}
	w.contractSubject(p, clause, A, B, dates)
	w.contractPrice(r, p, clause, v)
	w.contractRest(r, p, clause, A, B)
	w.contractSignatures(r, p, v, A, B, sign)
	p.hidden("is_framework", fmt.Sprint(c.Framework), "", "bool")
	if !c.NoAcross {
		kind, party, name, code := "company", "provider", c.SealB, w.Provider.SealCode
		if r.IntN(3) == 0 {
			kind = "contract"
		}
		if name == "" {
			party, name, code = "applicant", c.SealA, w.Applicant.SealCode
		}
		if name != "" {
			p.Across = newSeal(r, kind, party, name, code)
			p.Across.Faint, p.Across.Double = false, false
			p.AcrossTop = float64(between(r, 80, 150))
			t := p.Across.truth()
			t.Shape, t.Across = "partial", true
			p.acrossSeal = &t
		}
	}
	return p
}

// contractParties prints the heads of the two parties.
func (w *world) contractParties(r *rand.Rand, p *paper, v int, A, B, number string) {
	c, a, b := w.Contract, w.Applicant, w.Provider
	nameA, nameB := p.f("party_a", c.PartyA, c.PartyA), p.f("party_b", c.PartyB, c.PartyB)
	head := func(side string, x company) (legal, address, phone string) {
		return p.trait(side+"_legal", x.Legal, esc(x.Legal)), p.trait(side+"_address", x.Address, esc(x.Address)), p.trait(side+"_phone", x.Phone, esc(x.Phone))
	}
	legalA, addressA, phoneA := head("party_a", a)
	legalB, addressB, phoneB := head("party_b", b)
	switch v {
	case 0:
		p.put(`<table class="open" style="font-size:1em"><tr><td style="width:50%%">%s：%s</td><td>%s：%s</td></tr><tr><td>统一社会信用代码：%s</td><td>统一社会信用代码：%s</td></tr><tr><td>法定代表人：%s</td><td>法定代表人：%s</td></tr><tr><td>地址：%s</td><td>地址：%s</td></tr><tr><td>电话：%s</td><td>电话：%s</td></tr></table>`,
			A, nameA, B, nameB, a.USCC, b.USCC, legalA, legalB, addressA, addressB, phoneA, phoneB)
	case 1:
		p.put(`<div>%s<p>%s：%s（以下简称“%s”）</p><p>住所：%s　　法定代表人：%s</p><p>联系电话：%s</p><p>%s：%s（以下简称“%s”）</p><p>住所：%s　　法定代表人：%s</p><p>联系电话：%s</p></div>`, number, pick(r, "采购单位", "甲方"), nameA, A, addressA, legalA, phoneA, pick(r, "服务单位", "乙方"), nameB, B, addressB, legalB, phoneB)
	case 4:
		p.put(`%s%s%s`, number, pairs(5, [][2]string{{A + "名称", nameA}, {"法定代表人", legalA}, {"地址", addressA}, {"联系电话", phoneA}}), pairs(5, [][2]string{{B + "名称", nameB}, {"法定代表人", legalB}, {"地址", addressB}, {"联系电话", phoneB}}))
	case 5:
		p.put(`%s%s`, number, pairs(1, [][2]string{{A, nameA}, {A + "地址", addressA}, {A + "代表", legalA}, {A + "电话", phoneA}, {B, nameB}, {B + "地址", addressB}, {B + "代表", legalB}, {B + "电话", phoneB}}))
	case 2:
		row := func(who, name, legal, address, phone string) string {
			return fmt.Sprintf(`<tr><th style="width:30mm">%s</th><td colspan="3">%s</td></tr><tr><th>地址</th><td colspan="3">%s</td></tr><tr><th>法定代表人</th><td>%s</td><th>电话</th><td>%s</td></tr>`, who, name, address, legal, phone)
		}
		p.put(`<table class="ruled">%s%s</table>`, row(A, nameA, legalA, addressA, phoneA), row(B, nameB, legalB, addressB, phoneB))
	default:
		p.put(`<div>%s<p>%s（全称）：%s</p><p>法定代表人：%s　　联系电话：%s</p><p>通讯地址：%s</p><p>%s（全称）：%s</p><p>法定代表人：%s　　联系电话：%s</p><p>通讯地址：%s</p></div>`, number, A, nameA, legalA, phoneA, addressA, B, nameB, legalB, phoneB, addressB)
	}
}

// contractSubject prints what is bought, how it is called and for how long.
func (w *world) contractSubject(p *paper, clause func(string, ...string), A, B string, dates int) {
	c := w.Contract
	subject := ""
	if c.Subject != "" {
		text := esc(c.Subject)
		for _, m := range w.Models {
			text = strings.Replace(text, esc(m.Name), p.f("models", m.Name, m.Name), 1)
		}
		p.fields = append(p.fields, TruthField{Name: "subject", Value: c.Subject, Text: c.Subject, Match: "loose"})
		i := len(p.fields) - 1
		p.marks = append(p.marks, mark{func(page int, box hequan.Box) { p.fields[i].Page, p.fields[i].Box = page, &box }})
		subject = fmt.Sprintf(`交付标的：<span data-m="%d">%s</span>。`, len(p.marks)-1, text)
	}
	calling := ""
	if c.Calling != "" {
		words := parties(c.Calling, A, B)
		calling = fmt.Sprintf("%s：%s。", map[bool]string{true: "模型调用方式", false: "部署方式"}[isMetered(w.Mode)], p.fm("calling_method", string(callingMode(words)), words, "mode"))
	}
	delivery := ""
	if c.Delivery != "" {
		s := parties(c.Delivery, A, B)
		delivery = "交付方式：" + p.fm("delivery_method", s, s, "loose") + "。"
	}
	term := ""
	if !c.NoTerm {
		term = fmt.Sprintf("合同期限：自%s起至%s止。", p.f("term_start", c.From.String(), dateText(dates, c.From)), p.f("term_end", c.To.String(), dateText(dates, c.To)))
	}
	quota := ""
	if c.Framework {
		quota = "本合同为框架合同，具体费用按实际使用量结算。"
		if !c.NoQuota {
			quota += "使用量：" + p.fm("usage_quota", c.Quota, c.Quota, "loose") + "。"
		}
	}
	resale := p.trait("resale", "forbidden", "未经"+B+"书面同意，"+A+"不得将本合同项下服务转租、转售给任何第三方。")
	if c.Resale {
		p.traits = p.traits[:len(p.traits)-1]
		resale = p.trait("resale", "allowed", A+"可将本合同项下服务转售给其下属单位及第三方客户，并自行定价收费。")
	}
	clause("合同标的与服务内容", subject, calling, delivery, resale)
	clause("合同期限", term, quota)
}

// callingMode is the mode that a passage about calling or deployment names.
func callingMode(words string) hequan.Mode {
	switch {
	case strings.Contains(words, "API"):
		return hequan.ModeAPI
	case strings.Contains(words, "云化"):
		return hequan.ModeCloud
	case strings.Contains(words, "私有化"):
		return hequan.ModePrivate
	}
	return hequan.ModeAppliance
}
