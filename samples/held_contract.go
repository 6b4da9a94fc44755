package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

var heldParties = [][2]string{{"委托单位", "服务单位"}, {"订购方", "供货方"}, {"买方", "卖方"}, {"用户方", "平台方"}}

var heldTitles = map[hequan.Mode][]string{
	hequan.ModeAPI:       {"人工智能模型能力开放平台使用协议", "语言模型在线调用技术服务协议书"},
	hequan.ModeCloud:     {"大模型云端托管服务协议", "智能计算云实例租用与模型服务协议书"},
	hequan.ModePrivate:   {"大模型本地化部署项目合同书", "模型软件许可与本地部署协议书"},
	hequan.ModeAppliance: {"大模型一体机产品供货合同书", "智能一体机订货合同"},
}

// heldContract prints an agreement of the family that is held back: with a
// sheet of its key terms, or as an order form.
func (w *world) heldContract(r *rand.Rand) *paper {
	c := w.Contract
	p := newHeld(hequan.KindContract, "contract", r)
	words := pick(r, heldParties...)
	A, B := words[0], words[1]
	dates := pick(r, 0, 2, 3, 5)
	p.Footer = pick(r, `{p}/{n}`, `—— {p} ——`, `Page {p} of {n}`)
	if c.LostPage > 0 {
		p.Footer = `{p}/{n}`
	}
	title := pick(r, heldTitles[w.Mode]...)
	if c.Title == "大模型服务采购合同" { // a fault took the mode out of it
		title = "大模型服务采购合同"
	}
	sign := p.f("sign_date", c.Sign.String(), dateText(dates, c.Sign))
	from, to := p.f("term_start", c.From.String(), dateText(dates, c.From)), p.f("term_end", c.To.String(), dateText(dates, c.To))
	order := r.IntN(2) == 1
	head := [][2]string{{pick(r, "协议编号", "文本编号", "No."), p.f("number", c.Number, c.Number)}, {pick(r, "签约日期", "订立日期", "签署时间"), sign},
		{A, p.f("party_a", c.PartyA, c.PartyA)}, {B, p.f("party_b", c.PartyB, c.PartyB)}, {"使用项目", esc(w.Project)}, {pick(r, "有效期", "服务期间", "履行期限"), from + pick(r, "起至", " 至 ", "—") + to + pick(r, "", "止")}}
	heading := fmt.Sprintf(`<h1 style="font-family:%s;letter-spacing:.08em">%s</h1>`, pick(r, schoolKaiFont, sansFont, serifFont), p.f("title", title, title))
	if order {
		p.put(`%s%s`, heading, pairs(pick(r, 1, 2), head))
	} else {
		p.put(`<div style="height:240mm;padding-top:40mm">%s<div style="margin:40mm 12mm 0">%s</div></div>`, heading, pairs(pick(r, 4, 5), head))
		p.put(`<p data-break style="text-align:center;font-size:1.2em">协议正文</p>`)
	}
	w.heldTerms(r, p, A, B)
	p.put(`<div class="in">%s</div>`, "<p>"+p.passage("本文件自双方授权代表签字并加盖印章之日起生效，一式四份，双方各保存二份，各份具有同等效力。")+"</p>")
	w.heldSigning(r, p, A, B)
	p.hidden("is_framework", fmt.Sprint(c.Framework), "", "bool")
	w.heldAcross(r, p)
	return p
}

// heldTerms prints the numbered terms.
func (w *world) heldTerms(r *rand.Rand, p *paper, A, B string) {
	c := w.Contract
	article, n := 0, 0
	section := func(title string) {
		article, n = article+1, 0
		p.put(`<h2>%d　%s</h2>`, article, title)
	}
	item := func(html string) {
		if html != "" {
			n++
			p.put(`<p>%d.%d　%s</p>`, article, n, html)
		}
	}
	section(pick(r, "服务范围", "标的及形式", "采购标的"))
	if c.Subject != "" {
		text := esc(c.Subject)
		for _, m := range w.Models {
			text = strings.Replace(text, esc(m.Name), p.f("models", m.Name, m.Name), 1)
		}
		p.fields = append(p.fields, TruthField{Name: "subject", Value: c.Subject, Text: c.Subject, Match: "loose"})
		i := len(p.fields) - 1
		item(fmt.Sprintf(pick(r, "%s向%s提供：%s。", "本次由%s向%s供应的标的为%s。"), B, A, p.wrap(text, func(page int, box hequan.Box) { p.fields[i].Page, p.fields[i].Box = page, &box })))
	}
	if c.Calling != "" {
		words := parties(c.Calling, A, B)
		item(fmt.Sprintf(pick(r, "%s通过以下形式使用：%s。", "%s的接入形式为%s。"), A, p.fm("calling_method", string(callingMode(words)), words, "mode")))
	}
	if c.Delivery != "" {
		s := parties(c.Delivery, A, B)
		item(pick(r, "交货安排：", "交付安排为：") + p.fm("delivery_method", s, s, "loose") + "。")
	}
	resale := p.trait("resale", "forbidden", A+"仅限自用，不得向第三方出租、转卖或以其他方式有偿提供。")
	if c.Resale {
		p.traits = p.traits[:len(p.traits)-1]
		resale = p.trait("resale", "allowed", B+"同意"+A+"将所购服务转卖给第三方使用，并可另行收取费用。")
	}
	item(resale)
	if c.Framework {
		item("双方以本协议为框架，逐期据实结算。")
		if !c.NoQuota {
			item("数量约定：" + p.fm("usage_quota", c.Quota, c.Quota, "loose") + "。")
		}
	}
	section(pick(r, "费用", "价款", "对价"))
	w.heldPrices(r, p, item)
	if c.Payment != "" {
		s := parties(c.Payment, A, B)
		item(pick(r, "支付安排：", "结清方式：", "") + p.fm("payment_terms", s, s, "loose"))
		if c.Instalments {
			item(p.trait("instalments", "分期", "双方分期交付、分期结清：每半年为一期，按期确认并支付。"))
		}
	}
	section("其他")
	for _, s := range []string{B + "承诺其所提供的模型已取得国家规定的备案，月度可用率不低于百分之九十九点九。", "未经对方书面许可，任何一方不得向第三方泄露在履行中获知的资料。", "迟延履行的一方按日以迟延部分的千分之一承担责任，累计不超过总额的百分之五。", "争议由" + A + "所在地有管辖权的法院处理。"} {
		item(p.passage(s))
	}
	if c.Long {
		section("补充条款")
		for _, s := range generalTerms {
			_, text, _ := strings.Cut(s, "：")
			item(p.passage(parties(text, A, B)))
			item(p.passage("前款所列事项由双方各自指定的联络人负责落实，联络人变动时应提前书面告知对方，并保证工作的连续性。"))
		}
	}
}

// heldPrices prints items or unit prices, and the total.
func (w *world) heldPrices(r *rand.Rand, p *paper, item func(string)) {
	c := w.Contract
	class := pick(r, "ruled", "lines", "open")
	if isMetered(w.Mode) {
		var rows []map[string]printedCell
		for _, m := range c.Prices {
			rows = append(rows, map[string]printedCell{"model": cellOf(m.Name), "unit": cellOf(m.Unit), "unit_price": cellOf(m.Price)})
		}
		cols := []column{{"model", pick(r, "计费模型", "服务名称"), ""}, {"unit_price", pick(r, "含税单价/元", "资费（元）"), "n"}, {"unit", pick(r, "每", "计量单位"), "m"}}
		p.put(`%s</table>`, p.grid("prices", class, "", cols, rows))
	} else {
		var rows []map[string]printedCell
		for _, l := range c.Items {
			row := map[string]printedCell{"name": cellOf(l.Name), "quantity": {value: fmt.Sprint(l.Quantity), text: fmt.Sprint(l.Quantity)}, "unit": cellOf(l.Unit)}
			if c.ItemAmountShown {
				row["unit_price"], row["amount"] = printedCell{value: l.Price.String(), text: l.Price.String()}, printedCell{value: l.Amount.String(), text: l.Amount.String()}
			}
			rows = append(rows, row)
		}
		cols := []column{{"name", pick(r, "品目", "产品/服务", "支出事项"), ""}, {"unit", "计量", "m"}, {"quantity", "数目", "m"}}
		if c.ItemAmountShown {
			cols = append(cols, column{"unit_price", pick(r, "含税单价", "每单位价"), "n"}, column{"amount", pick(r, "含税小计", "价款"), "n"})
		}
		p.put(`%s</table>`, p.grid("items", class, "", cols, rows))
	}
	if c.NoTotal {
		return
	}
	words := wordsText(pick(r, 0, 1, 2, 3), c.Words)
	label := pick(r, "费用总计", "总价款", "全部费用")
	if c.Framework {
		label = "协议期内费用上限"
	}
	item(fmt.Sprintf(pick(r, "%s（含税）为人民币%s，即%s。", "%s为%s（%s），已含增值税。"), label, p.f("amount", c.Amount.String(), moneyText(pick(r, 1, 3), c.Amount)), p.f("amount_words", c.Words.String(), words, words)))
}

// heldSigning prints a ruled block of signatures.
func (w *world) heldSigning(r *rand.Rand, p *paper, A, B string) {
	c := w.Contract
	stamps := ""
	if c.SealA != "" {
		stamps += p.stamp(w.pressed(r, sealKindOf(w.Applicant), w.Applicant, c.SealA), float64(between(r, 22, 36)), float64(between(r, 2, 10)))
	}
	if c.SealB != "" {
		stamps += p.stamp(w.pressed(r, sealKindOf(w.Provider), w.Provider, c.SealB), float64(between(r, 100, 112)), float64(between(r, 2, 10)))
	}
	side := func(who, field string, x company, name, hand string) string {
		return fmt.Sprintf(`<p>%s：%s</p><p>（印章）</p><p>授权代表：%s</p><p>通讯地址：%s</p><p>联络电话：%s</p>`, who, esc(name), hand, p.trait(field+"_address", x.Address, esc(x.Address)), p.trait(field+"_phone", x.Phone, esc(x.Phone)))
	}
	p.put(`<div class="sig" style="margin-top:6mm;padding-bottom:10mm"><table class="%s"><tr><td style="width:50%%">%s</td><td>%s</td></tr></table>%s</div>`, pick(r, "ruled", "open"),
		side(A, "party_a", w.Applicant, c.PartyA, p.sign(r, "", w.Applicant.Legal)), side(B, "party_b", w.Provider, c.PartyB, p.sign(r, "", personName(r))), stamps)
}

func sealKindOf(x company) string {
	if x.ContractSeal {
		return "contract"
	}
	return "company"
}

// heldAcross lays a 骑缝章 over the edges.
func (w *world) heldAcross(r *rand.Rand, p *paper) {
	c := w.Contract
	if c.NoAcross || c.SealB == "" {
		return
	}
	p.Across = w.pressed(r, "company", w.Provider, c.SealB)
	p.Across.Faint, p.Across.Double = false, false
	p.AcrossTop = float64(between(r, 60, 170))
	t := p.Across.truth()
	t.Shape, t.Across = "partial", true
	p.acrossSeal = &t
}
