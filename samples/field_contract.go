package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// fieldContract prints the contract: with a cover of labels, as an order, or as
// an agreement that says everything in sentences.
func (w *world) fieldContract(r *rand.Rand) *paper {
	p := newFieldPaper(hequan.KindContract, "contract", r)
	c := w.Contract
	p.Footer = pick(r, "第{p}页，共{n}页", "{p}/{n}", "第 {p} 页 共 {n} 页")
	words := pick(r, [2]string{"买方", "卖方"}, [2]string{"采购人", "供应商"}, [2]string{"需方", "供方"}, [2]string{"委托方", "受托方"}, [2]string{"客户", "服务商"}, [2]string{"甲方", "乙方"})
	b := contractSheet{w: w, r: r, p: p, A: words[0], B: words[1], dates: pick(r, 0, 1, 2, 3)}
	b.number, b.title = p.f("number", c.Number, c.Number), p.f("title", c.Title, c.Title)
	b.nameA, b.nameB = p.f("party_a", c.PartyA, c.PartyA), p.f("party_b", c.PartyB, c.PartyB)
	b.sign = p.f("sign_date", c.Sign.String(), dateText(b.dates, c.Sign))
	p.hidden("is_framework", fmt.Sprint(c.Framework), "", "bool")
	switch r.IntN(3) {
	case 0:
		b.cover()
	case 1:
		b.order()
	default:
		b.agreement()
	}
	return p
}

// contractSheet is what the layouts of a contract share.
type contractSheet struct {
	w                                 *world
	r                                 *rand.Rand
	p                                 *paper
	A, B                              string
	dates                             int
	number, title, nameA, nameB, sign string
}

func (b contractSheet) cover() {
	p := b.p
	p.put(`<div style="padding-top:40mm;height:235mm"><h1 style="font-size:26pt">%s</h1><p style="height:40mm"></p>%s</div>`, b.title, pairs(pick(b.r, 1, 4, 5), [][2]string{{"合同编号", b.number}, {"项目名称", esc(b.w.Project)}, {b.A + "（盖章）", b.nameA}, {b.B + "（盖章）", b.nameB}, {pick(b.r, "签署日期", "签订时间"), b.sign}}))
	p.put(`<div class="in" data-break><p>%s与%s经友好协商，就以下事项签订本合同，共同遵守。</p></div>`, b.A, b.B)
	n := 0
	clause := func(title string, list ...string) {
		n++
		var s strings.Builder
		k := 0
		for _, x := range list {
			if x != "" {
				k++
				fmt.Fprintf(&s, `<p>%d.%d %s</p>`, n, k, x)
			}
		}
		p.put(`<div><p><b>第%s条 %s</b></p>%s</div>`, chineseSmall(n), title, s.String())
	}
	clause("合同内容", b.subject("采购内容为"), b.calling("服务提供方式为"), b.delivery("交付方式为"))
	clause("履行期限", b.term("本合同履行期自%s至%s。"), b.framework())
	clause("合同价款", "各项价格如下表（均含税）。")
	p.put(`%s`, b.table("open"))
	p.put(`<div class="in"><p>%s</p></div>`, b.total("合同总价款为人民币%s，大写金额%s。", "框架总额不超过人民币%s，大写金额%s。"))
	clause("支付", b.payment("支付方式："), b.instalments())
	clause("权利限制", b.resale())
	clause("保密与违约", "双方对履约中获悉的对方非公开信息予以保密。", "任何一方违约的，应赔偿对方因此遭受的直接损失。")
	clause("附则", "本合同自双方盖章之日起生效，一式四份。")
	b.signatures("")
}

func (b contractSheet) order() {
	p := b.p
	p.Size = 10.5
	p.put(`<h1 style="font-size:18pt">%s</h1>`, b.title)
	p.put(`%s`, fourColumns("ruled", [][2]string{{"订单编号", b.number}, {"下单日期", b.sign}, {b.A, b.nameA}, {b.B, b.nameB}, {"联系人", esc(personName(b.r))}, {"联系人", esc(personName(b.r))}}))
	p.put(`<p>%s向%s采购下列产品或服务，双方确认如下：</p>%s`, b.A, b.B, b.table("ruled"))
	p.put(`<p>%s</p>`, b.total("含税总价：%s　　大写：%s", "本订单累计金额上限：%s　　大写：%s"))
	n := 0
	for _, s := range []string{b.subject("采购标的："), b.calling("使用方式："), b.delivery("交货方式："), b.term("有效期：%s—%s"), b.framework(), b.payment("结算条款："), b.instalments(), b.resale(), "本订单未尽事宜按双方往来确认文件执行，经盖章后生效。"} {
		if s != "" {
			n++
			p.put(`<p>%d、%s</p>`, n, s)
		}
	}
	b.signatures("")
}

func (b contractSheet) agreement() {
	p := b.p
	p.put(`<p>编号：%s</p><h1 style="font-size:19pt">%s</h1>`, b.number, b.title)
	p.put(`<div class="in"><p>本协议由以下双方于%s在北京签署：</p><p>%s（下称“%s”），注册地址为%s；</p><p>%s（下称“%s”），注册地址为%s。</p></div>`, b.sign, b.nameA, b.A, esc(b.w.Applicant.Address), b.nameB, b.B, esc(b.w.Provider.Address))
	p.put(`<div class="in"><p>（一）%s</p><p>%s%s</p></div>`, b.subject(b.B+"向"+b.A+"提供"), b.calling("双方约定采用的方式为"), b.delivery("交付按下述方式进行："))
	p.put(`<div class="in"><p>（二）%s%s</p></div>`, b.term("服务期自%s开始，至%s终止。"), b.framework())
	p.put(`<div class="in"><p>（三）价格明细见下表，单位为人民币元，均为含税价。</p></div>%s`, b.table(pick(b.r, "lines", "open")))
	p.put(`<div class="in"><p>%s</p><p>%s%s</p></div>`, b.total(pick(b.r, "服务费总额为%s（%s）。", "%[3]s应支付的费用合计为%[1]s（人民币%[2]s）。"), "在协议有效期内费用总额最高为%s（%s）。"), b.payment("付款安排："), b.instalments())
	p.put(`<div class="in"><p>（四）%s</p><p>（五）因履行本协议产生的争议，由北京仲裁委员会仲裁。</p></div>`, b.resale())
	b.signatures(dateText(0, b.w.Contract.Sign))
}

func (b contractSheet) subject(lead string) string {
	if b.w.Contract.Subject == "" {
		return ""
	}
	return lead + b.p.loosePassage("subject", b.w.Contract.Subject, b.w) + "。"
}

func (b contractSheet) calling(lead string) string {
	if b.w.Contract.Calling == "" {
		return ""
	}
	s := parties(b.w.Contract.Calling, b.A, b.B)
	return lead + b.p.fm("calling_method", string(callingMode(s)), s, "mode") + "。"
}

func (b contractSheet) delivery(lead string) string {
	if b.w.Contract.Delivery == "" {
		return ""
	}
	s := parties(b.w.Contract.Delivery, b.A, b.B)
	return lead + b.p.fm("delivery_method", s, s, "loose") + "。"
}

func (b contractSheet) term(format string) string {
	c := b.w.Contract
	if c.NoTerm {
		return ""
	}
	return fmt.Sprintf(format, b.p.f("term_start", c.From.String(), dateText(b.dates, c.From)), b.p.f("term_end", c.To.String(), dateText(b.dates, c.To)))
}

func (b contractSheet) framework() string {
	c := b.w.Contract
	if !c.Framework {
		return ""
	}
	s := pick(b.r, "本协议为年度框架协议，费用据实结算。", "双方按框架采购模式合作，以实际发生量计费。")
	if !c.NoQuota {
		s += pick(b.r, "预估用量：", "约定用量：") + b.p.fm("usage_quota", c.Quota, c.Quota, "loose") + "。"
	}
	return s
}

func (b contractSheet) payment(lead string) string {
	if b.w.Contract.Payment == "" {
		return ""
	}
	s := parties(b.w.Contract.Payment, b.A, b.B)
	return lead + b.p.fm("payment_terms", s, s, "loose")
}

func (b contractSheet) instalments() string {
	if !b.w.Contract.Instalments {
		return ""
	}
	return b.p.trait("instalments", "分期", "分期交付与支付："+b.B+"每半年交付一次，"+b.A+"按期分别验收并支付当期款项，各期金额以当期结算单为准。")
}

func (b contractSheet) resale() string {
	if b.w.Contract.Resale {
		return b.p.trait("resale", "allowed", b.A+"有权将上述服务转售给第三方。")
	}
	return b.p.trait("resale", "forbidden", b.A+"不得向任何第三方转售或转租上述服务。")
}

func (b contractSheet) total(format, frame string) string {
	c := b.w.Contract
	if c.NoTotal {
		return ""
	}
	if c.Framework {
		format = frame
	}
	amount := b.p.f("amount", c.Amount.String(), moneyText(pick(b.r, 0, 1, 3), c.Amount))
	text := wordsText(b.r.IntN(2), c.Words)
	words := b.p.f("amount_words", c.Words.String(), text, text)
	if strings.Contains(format, "%[3]s") {
		return fmt.Sprintf(format, amount, words, b.A)
	}
	return fmt.Sprintf(format, amount, words)
}

// table is the price list of a metered contract, or the list of items.
func (b contractSheet) table(class string) string {
	p, c := b.p, b.w.Contract
	var rows []map[string]printedCell
	if isMetered(b.w.Mode) {
		for i, m := range c.Prices {
			rows = append(rows, map[string]printedCell{"序号": {text: fmt.Sprint(i + 1)}, "model": cellOf(m.Name), "unit": cellOf(m.Unit), "unit_price": {value: m.Price, text: m.Price + pick(b.r, "", "元")}})
		}
		cols := pick(b.r, []column{{"model", "服务内容", ""}, {"unit_price", "资费（元）", "m"}, {"unit", "计量方式", "m"}}, []column{{"", "序号", "m"}, {"unit", "计价单位", "m"}, {"model", "模型版本", ""}, {"unit_price", "含税价", "m"}})
		return p.grid("prices", class, "", cols, rows) + `</table>`
	}
	for i, l := range c.Items {
		q, category := fmt.Sprint(l.Quantity), categoryChinese[l.Category]
		rows = append(rows, map[string]printedCell{"序号": {text: fmt.Sprint(i + 1)}, "name": cellOf(l.Name), "category": {l.Category, category, []string{category}}, "quantity": {value: q, text: q}, "unit": cellOf(l.Unit),
			"unit_price": {value: l.Price.String(), text: l.Price.Grouped()}, "amount": {value: l.Amount.String(), text: l.Amount.Grouped()}})
	}
	cols := []column{{"", "序号", "m"}, {"name", "货物或服务", ""}, {"category", "支出类别", "m"}, {"unit", "单位", "m"}, {"quantity", "数量", "m"}}
	if pick(b.r, true, false) {
		cols = []column{{"name", "采购内容", ""}, {"category", "费用类型", "m"}, {"quantity", "采购数量", "m"}, {"unit", "单位", "m"}}
	}
	if c.ItemAmountShown {
		cols = append(cols, column{"unit_price", pick(b.r, "单价/元", "综合单价"), "n"}, column{"amount", pick(b.r, "总价/元", "合价"), "n"})
	}
	html := p.grid("items", class, "", cols, rows)
	if c.ItemAmountShown && !c.NoTotal && !c.Framework {
		html += fmt.Sprintf(`<tr><td colspan="%d" class="m">总计</td><td class="n">%s</td></tr>`, len(cols)-1, c.Amount.Grouped())
	}
	return html + `</table>`
}

func (b contractSheet) signatures(day string) {
	p, c, w, r := b.p, b.w.Contract, b.w, b.r
	stamps := w.contractStamps(r, p)
	side := func(who, name string) string {
		s := fmt.Sprintf(`<p>%s：%s</p><p>授权代表：%s</p>`, who, esc(name), p.sign(r, "", personName(r)))
		if day != "" {
			s += `<p>` + day + `</p>`
		}
		return s
	}
	p.put(`<div class="sig" style="margin-top:8mm;padding-bottom:12mm"><div class="two"><div>%s</div><div>%s</div></div>%s</div>`, side(b.A, c.PartyA), side(b.B, c.PartyB), stamps)
}
