package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// contractPrice prints the price: items or unit prices, total in digits and words.
func (w *world) contractPrice(r *rand.Rand, p *paper, clause func(string, ...string), v int) {
	c := w.Contract
	style := pick(r, 0, 1, 3)
	if c.Amount%(100*100) == 0 && r.IntN(4) == 0 {
		style = 2
	}
	total := ""
	if !c.NoTotal {
		amount := p.f("amount", c.Amount.String(), moneyText(style, c.Amount))
		text := wordsText(r.IntN(4), c.Words)
		inWords := p.f("amount_words", c.Words.String(), text, text)
		label := pick(r, "合同总价（含税）为", "合同总金额", "本合同含税总价款")
		if c.Framework {
			label = "本框架合同金额上限为"
		}
		total = fmt.Sprintf(pick(r, "%s：%s（大写：%s）。", "%s：%s，大写%s。"), label, amount, inWords)
	}
	if isMetered(w.Mode) {
		clause("价格与金额", "模型服务单价（含税）如下：")
		p.put(`%s`, w.priceTable(r, p, v))
		p.put(`<div class="in"><p>%s</p></div>`, total)
	} else {
		clause("采购内容及价格", "采购明细（金额单位：元，含税）如下：")
		p.put(`%s`, w.itemTable(r, p, v))
		p.put(`<div class="in"><p>%s</p></div>`, total)
	}
}

func tableClass(v int) string {
	return []string{"ruled", "ruled", "lines", "ruled", "open", "lines"}[v%6]
}

func (w *world) priceTable(r *rand.Rand, p *paper, v int) string {
	t := p.table("prices")
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s"><tr class="m"><td>序号</td><td>%s</td><td>%s</td><td>%s</td></tr>`, tableClass(v), pick(r, "模型名称", "模型", "服务名称"), pick(r, "计费单位", "单位", "计量单位"), pick(r, "单价（元）", "含税单价（元）", "价格（元）"))
	for i, m := range w.Contract.Prices {
		p.row(t)
		fmt.Fprintf(&b, `<tr class="m"><td>%d</td><td>%s</td><td>%s</td><td>%s</td></tr>`, i+1, p.c(t, "model", m.Name, m.Name), p.c(t, "unit", m.Unit, m.Unit), p.c(t, "unit_price", m.Price, m.Price))
	}
	return b.String() + `</table>`
}

func (w *world) itemTable(r *rand.Rand, p *paper, v int) string {
	c := w.Contract
	t := p.table("items")
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s"><tr class="m"><td>序号</td><td>%s</td><td>%s</td><td>数量</td><td>单位</td>`, tableClass(v), pick(r, "名称", "项目内容", "产品或服务名称"), pick(r, "类别", "费用类别"))
	if c.ItemAmountShown {
		b.WriteString(pick(r, `<td>单价</td><td>金额</td>`, `<td>含税单价（元）</td><td>含税金额（元）</td>`, `<td>单价（元）</td><td>小计（元）</td>`))
	}
	b.WriteString(`</tr>`)
	for i, l := range c.Items {
		p.row(t)
		category := categoryChinese[l.Category]
		fmt.Fprintf(&b, `<tr><td class="m">%d</td><td>%s</td><td class="m">%s</td><td class="m">%s</td><td class="m">%s</td>`, i+1,
			p.c(t, "name", l.Name, l.Name), p.c(t, "category", l.Category, category, category), p.c(t, "quantity", fmt.Sprint(l.Quantity), fmt.Sprint(l.Quantity)), p.c(t, "unit", l.Unit, l.Unit))
		if c.ItemAmountShown {
			fmt.Fprintf(&b, `<td class="n">%s</td><td class="n">%s</td>`, p.c(t, "unit_price", l.Price.String(), l.Price.Grouped()), p.c(t, "amount", l.Amount.String(), l.Amount.Grouped()))
		}
		b.WriteString(`</tr>`)
	}
	if c.ItemAmountShown && !c.NoTotal {
		fmt.Fprintf(&b, `<tr><td colspan="6" class="m">合计</td><td class="n">%s</td></tr>`, c.Amount.Grouped())
	}
	return b.String() + `</table>`
}

// contractRest prints payment and the usual closing clauses.
func (w *world) contractRest(r *rand.Rand, p *paper, clause func(string, ...string), A, B string) {
	c := w.Contract
	if c.Payment != "" {
		s := parties(c.Payment, A, B)
		more := ""
		if c.Instalments {
			more = p.trait("instalments", "分期", "分期交付与支付："+B+"每半年交付一次，"+A+"按期分别验收并支付当期款项，各期金额以当期结算单为准。")
		}
		clause("付款时间与方式", p.fm("payment_terms", s, s, "loose"), B+"应向"+A+"开具合法有效的增值税发票。", more)
	}
	if !isMetered(w.Mode) {
		clause("验收", "产品到货并安装调试完成后10日内，由双方按本合同附件所列指标共同验收，验收合格的签署验收报告。")
	} else {
		clause("对账与结算", B+"按结算周期提供使用结算单及用量明细，经"+A+"核对无异议后作为支付依据。")
	}
	clause("服务质量与安全", B+"保证所提供的模型服务已依法完成生成式人工智能服务备案，服务可用性不低于99.5%。", "双方应对在履约中知悉的对方商业秘密及数据承担保密义务，保密期限为合同终止后三年。")
	clause("知识产权", B+"保留其模型、软件的知识产权；"+A+"在使用中输入的数据及生成的内容归"+A+"所有。")
	clause("违约责任", "任何一方违反本合同约定的，应承担由此给对方造成的损失。逾期付款的，每逾期一日按应付未付金额的万分之三支付违约金。")
	clause("不可抗力", "因不可抗力致使合同不能履行或不能完全履行的，受影响一方应及时通知对方，并在合理期限内提供证明。")
	clause("争议解决", "因本合同引起的争议由双方协商解决；协商不成的，提交"+A+"所在地人民法院诉讼解决。")
	if c.Long {
		for _, s := range generalTerms {
			title, text, _ := strings.Cut(s, "：")
			clause(title, parties(text, A, B), "双方应指定专人负责前款事项的联系与协调，联系人或联系方式变更的，应提前五个工作日书面通知对方。")
		}
	}
	clause("其他", fmt.Sprintf("本合同一式%s份，双方各执%s份，自双方签字盖章之日起生效，具有同等法律效力。", pick(r, "肆", "四"), pick(r, "贰", "两")))
}

// contractStamps presses both parties' seals beside each other: applicant left,
// provider right.
func (w *world) contractStamps(r *rand.Rand, p *paper) string {
	kind := func(x company) string {
		if x.ContractSeal {
			return "contract"
		}
		return "company"
	}
	stamps := ""
	if seal := w.Contract.SealA; seal != "" {
		stamps += p.stamp(w.pressed(r, kind(w.Applicant), w.Applicant, seal), float64(between(r, 16, 34)), float64(between(r, -4, 4)))
	}
	if seal := w.Contract.SealB; seal != "" {
		stamps += p.stamp(w.pressed(r, kind(w.Provider), w.Provider, seal), float64(between(r, 98, 116)), float64(between(r, -4, 4)))
	}
	return stamps
}

// contractSignatures prints the block of signatures and seals.
func (w *world) contractSignatures(r *rand.Rand, p *paper, v int, A, B, sign string) {
	c := w.Contract
	stamps := w.contractStamps(r, p)
	if v == 3 {
		sign = ""
	}
	day := func(text string) string {
		if text == "" {
			return "日期：　　年　　月　　日"
		}
		return "签订日期：" + text
	}
	other := ""
	if sign != "" {
		other = dateText(0, c.Sign)
	}
	p.put(`<div class="sig" style="margin-top:8mm;padding-bottom:12mm"><p style="font-size:.85em">（以下无正文，为签署部分）</p><div class="two"><div><p>%s（盖章）：%s</p><p>法定代表人或授权代表（签字）：</p><p>%s</p><p>%s</p></div><div><p>%s（盖章）：%s</p><p>法定代表人或授权代表（签字）：</p><p>%s</p><p>%s</p></div></div>%s</div>`,
		A, esc(c.PartyA), p.sign(r, "", w.Applicant.Legal), day(sign), B, esc(c.PartyB), p.sign(r, "", personName(r)), day(other), stamps)
}

// generalTerms lengthen a contract.
var generalTerms = []string{
	"培训与支持：{B}应为{A}的使用人员提供不少于两次的线上培训，并在工作日提供技术支持，对一般性问题应在四小时内响应。",
	"数据安全：{B}应采取必要的技术措施和管理措施，保障{A}数据的安全，不得将{A}的数据用于本合同以外的用途。",
	"变更与解除：任何一方需变更本合同内容的，应经双方协商一致并签订书面补充协议，补充协议与本合同具有同等法律效力。",
	"通知与送达：与本合同有关的通知应以书面形式发送至双方在本合同中载明的地址或电子邮箱，发出后三日视为送达。",
	"廉洁条款：双方及其工作人员不得以任何形式索取、收受或者提供不正当利益，违反的应承担相应责任。",
	"合同附件：本合同附件为本合同不可分割的组成部分，附件与正文不一致的，以正文为准。",
	"税费承担：因签订和履行本合同产生的税费，由双方依照法律法规的规定各自承担。",
}
