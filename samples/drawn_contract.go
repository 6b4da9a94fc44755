package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

var drawnParties = [][2]string{{"甲方", "乙方"}, {"甲方", "乙方"}, {"委托方", "受托方"}, {"委托人", "受托人"}, {"需方", "供方"}, {"买方", "卖方"}, {"买受人", "出卖人"}, {"采购方", "供应商"}, {"采购人", "中标人"}, {"采购单位", "供应单位"}, {"客户", "服务商"}, {"使用方", "提供方"}, {"用户方", "平台方"}, {"服务接受方", "服务提供方"}, {"订购方", "供货方"}, {"购买方", "销售方"}, {"定作人", "承揽人"}, {"被许可方", "许可方"}}

// drawnContract draws a contract.
func (w *world) drawnContract(r *rand.Rand) *paper {
	d := w.draw(hequan.KindContract, "contract", r)
	c := w.Contract
	words := pick(r, drawnParties...)
	b := contractSheet{w: w, r: r, p: d.paper, A: words[0], B: words[1], dates: d.dates}
	d.Footer = pick(r, "第{p}页，共{n}页", "{p}/{n}", "第 {p} 页 共 {n} 页", "- {p} -", "Page {p} of {n}", "第{p}页/共{n}页")
	b.number, b.title = d.f("number", c.Number, c.Number), d.f("title", c.Title, c.Title)
	b.nameA, b.nameB = d.f("party_a", c.PartyA, c.PartyA), d.f("party_b", c.PartyB, c.PartyB)
	b.sign = d.f("sign_date", c.Sign.String(), d.day(c.Sign))
	d.hidden("is_framework", fmt.Sprint(c.Framework), "", "bool")
	numberLabel := pick(r, "合同编号", "合同号", "协议编号", "编号", "合同文本编号", "文件编号", "采购合同编号", "合同流水号", "No.", "Contract No.", "档案编号", "合同登记号")
	signLabel := pick(r, "签订日期", "签订时间", "签署日期", "签约日期", "订立日期", "订立时间", "合同日期", "签约时间", "签署时间", "签订日")
	numberAt, signAt := pick(r, "right", "left", "under", "list"), pick(r, "list", "list", "recital", "foot", "foot")
	var list []said
	switch numberAt {
	case "right", "left":
		d.put(`<p style="text-align:%s">%s%s%s</p>`, numberAt, numberLabel, d.colon, b.number)
	}
	d.title(b.title)
	switch numberAt {
	case "under":
		d.put(`<p style="text-align:center">（%s%s%s）</p>`, numberLabel, d.colon, b.number)
	case "list":
		list = append(list, said{numberLabel, b.number})
	}
	if signAt == "list" {
		list = append(list, said{signLabel, b.sign})
	}
	if len(list) > 0 {
		list = append(list, d.manyOf([]said{{"签订地点", "北京经济技术开发区"}, {"项目名称", esc(w.Project)}, {"采购方式", "公开招标"}, {"密级", "内部"}, {"经办部门", "信息中心"}})...)
	}
	if len(list) > 0 && r.IntN(5) == 0 { // a cover of its own
		list = append(list, said{b.A + pick(r, "", "（盖章）", "单位"), esc(c.PartyA)}, said{b.B + pick(r, "", "（盖章）", "单位"), esc(c.PartyB)})
		d.put(`<div style="height:60mm"></div>`)
		d.list(list)
		d.put(`<div data-break></div>`)
	} else if len(list) > 0 {
		d.list(list)
	}
	d.contractSides(&b)
	recital := pick(r, "根据《中华人民共和国民法典》，双方在平等自愿的基础上协商一致，签订本合同。", b.A+"经"+strangers[2]+"组织采购，确定"+b.B+"为成交单位，双方据此订立本合同。", "鉴于"+b.A+"有意使用"+b.B+"的人工智能服务，双方就有关事宜达成如下约定。", "为明确双方权利义务，现就“"+esc(w.Project)+"”项目约定如下：")
	if signAt == "recital" {
		recital = pick(r, "本合同由双方于"+b.sign+"在北京签订。", b.A+"与"+b.B+"于"+b.sign+"签署本合同。", "双方于"+b.sign+"就下列事项达成一致：") + recital
	}
	d.put(`<div class="in"><p>%s</p></div>`, recital)
	d.contractClauses(b)
	d.contractEnd(b, signAt, signLabel)
	if !c.NoAcross && (c.SealB != "" || c.SealA != "") {
		party, name, code := "provider", c.SealB, w.Provider.SealCode
		if name == "" {
			party, name, code = "applicant", c.SealA, w.Applicant.SealCode
		}
		d.Across = newSeal(r, "company", party, name, code)
		d.Across.Faint, d.Across.Double = false, false
		d.AcrossTop = float64(between(r, 80, 150))
		t := d.Across.truth()
		t.Shape, t.Across = "partial", true
		d.acrossSeal = &t
	}
	return d.paper
}

// manyOf draws some of a list of labels.
func (d *drawing) manyOf(list []said) []said {
	d.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:d.r.IntN(len(list))]
}

// contractSides prints who the parties are.
func (d *drawing) contractSides(b *contractSheet) {
	r, w := d.r, d.w
	addressLabel := pick(r, "住所", "住所地", "注册地址", "地址", "通讯地址", "联系地址", "通信地址", "办公地址", "法定地址", "单位地址", "经营地址")
	legalLabel := pick(r, "法定代表人", "法人代表", "法定代表人/负责人", "负责人", "法定代表人姓名", "单位负责人")
	phoneLabel := pick(r, "电话", "联系电话", "固定电话", "手机", "联系方式", "办公电话", "电话号码", "Tel", "联系电话（座机）")
	side := func(name string, x company) (list []said) {
		list = []said{{legalLabel, d.trait(name+"_legal", x.Legal, esc(x.Legal))}, {addressLabel, d.trait(name+"_address", x.Address, esc(x.Address))}, {phoneLabel, d.trait(name+"_phone", x.Phone, esc(x.Phone))}}
		return append(list, d.manyOf([]said{{"统一社会信用代码", x.USCC}, {"联系人", esc(personName(r))}, {"邮政编码", "100176"}, {"开户银行", esc(x.Bank)}, {"账号", x.Account}, {"注册资本", fmt.Sprint(int64(x.Capital/rmb.Wan)) + "万元"}, {"传真", "/"}})...)
	}
	sideA, sideB := side("party_a", w.Applicant), side("party_b", w.Provider)
	suffix := pick(r, "", "", "", "（全称）", "名称", "单位名称", "（盖章）")
	who := func(role, name string) said {
		return said{role + suffix, name}
	}
	first, second := who(b.A, b.nameA), who(b.B, b.nameB)
	switch style := r.IntN(13); style {
	case 0: // one after the other, in some layout
		layout := pick(r, 0, 1, 2, 3, 4, 5, 8, 9, 12, 15)
		d.put(`<div>%s</div><div style="height:2mm"></div><div>%s</div>`, d.laidOut(layout, append([]said{first}, sideA...)), d.laidOut(layout, append([]said{second}, sideB...)))
	case 1: // beside each other
		class := pick(r, "open", "ruled", "lines")
		sideB = d.alike(sideA, sideB)
		var s strings.Builder
		fmt.Fprintf(&s, `<table class="%s">`, class)
		left, right := append([]said{first}, sideA...), append([]said{second}, sideB...)
		for k := range left {
			fmt.Fprintf(&s, `<tr><td style="width:50%%">%s%s%s</td><td>%s%s%s</td></tr>`, left[k][0], d.colon, left[k][1], right[k][0], d.colon, right[k][1])
		}
		d.put(`%s</table>`, s.String())
	case 2: // in sentences
		tail := pick(r, "（以下简称“%s”）", "（下称“%s”）", "（“%s”）", "（以下称%s）", "，以下简称“%s”")
		for k, x := range [][]said{sideA, sideB} {
			role, name := []string{b.A, b.B}[k], []string{b.nameA, b.nameB}[k]
			d.put(`<div class="in"><p>%s%s，%s为%s，%s为%s，%s：%s。</p></div>`, name, fmt.Sprintf(tail, role), x[1][0], x[1][1], x[0][0], x[0][1], x[2][0], x[2][1])
		}
	case 3: // one ruled table for both, each under its role
		for k, x := range [][]said{sideA, sideB} {
			role, name := []string{b.A, b.B}[k], []string{b.nameA, b.nameB}[k]
			var s strings.Builder
			for i, y := range append([]said{{pick(r, "单位名称", "名称", "公司名称"), name}}, x...) {
				s.WriteString("<tr>")
				if i == 0 {
					fmt.Fprintf(&s, `<td rowspan="%d" style="width:12%%" class="m">%s</td>`, len(x)+1, role)
				}
				fmt.Fprintf(&s, `<td style="width:26%%">%s</td><td>%s</td></tr>`, y[0], y[1])
			}
			d.put(`<table class="ruled" style="margin:0">%s</table>`, s.String())
		}
	case 4: // with the role in every label
		var all []said
		for k, x := range [][]said{append([]said{{pick(r, "", "名称"), b.nameA}}, sideA[:3]...), append([]said{{"", b.nameB}}, sideB[:3]...)} {
			for _, y := range x {
				all = append(all, said{[]string{b.A, b.B}[k] + y[0], y[1]})
			}
		}
		d.put(`<div>%s</div>`, d.laidOut(pick(r, 0, 1, 2, 3, 9, 12, 15), all))
	case 5: // the role as a heading of a block
		for k, x := range [][]said{sideA, sideB} {
			role, name := []string{b.A, b.B}[k], []string{b.nameA, b.nameB}[k]
			d.put(`<div><p><b>%s</b></p>%s</div>`, pick(r, role+"：", "【"+role+"】", role+"信息", role), d.laidOut(pick(r, 0, 2, 3, 9), append([]said{{pick(r, "名称", "单位名称", "公司名称", "企业名称"), name}}, x...)))
		}
	case 6: // both as columns of a table
		name := pick(r, "名称", "单位名称", "公司名称", "全称")
		d.put(`%s`, d.partiesTable(pick(r, "ruled", "lines", "open", "zebra"), [2]string{b.A, b.B}, append([]said{{name, b.nameA}}, sideA[:3]...), append([]said{{name, b.nameB}}, sideB[:3]...)))
	case 7: // all of one in a line that wraps
		gap := pick(r, "　　", "，", "；", " | ", "　")
		for k, x := range [][]said{sideA[:3], sideB[:3]} {
			text := []said{first, second}[k][0] + d.colon + []said{first, second}[k][1]
			for _, y := range d.shuffled(x) {
				text += gap + y[0] + d.colon + y[1]
			}
			d.put(`<p>%s</p>`, text)
		}
	case 8: // behind the name, in brackets
		for k, x := range [][]said{sideA[:3], sideB[:3]} {
			text := ""
			for _, y := range x {
				text += pick(r, "，", "；") + y[0] + pick(r, d.colon, "", "为") + y[1]
			}
			d.put(`<p>%s%s%s（%s）</p>`, []said{first, second}[k][0], d.colon, []said{first, second}[k][1], strings.TrimLeft(text, "，；"))
		}
	case 9, 10, 11: // their names only; the rest where they sign
		gap := pick(r, "　", " ", "")
		d.put(`<p>%s%s%s</p><p>%s%s%s</p>`, spread(b.A, gap), d.colon, b.nameA, spread(b.B, gap), d.colon, b.nameB)
		d.atEnd = [2][]said{sideA, d.alike(sideA, sideB)}
	default:
		d.put(`<p>%s%s%s</p>%s`, first[0], d.colon, first[1], d.laidOut(8, sideA[:3]))
		d.put(`<p>%s%s%s</p>%s`, second[0], d.colon, second[1], d.laidOut(8, sideB[:3]))
	}
}

// alike gives the second party the labels of the first, so that both are as long.
func (d *drawing) alike(a, b []said) []said {
	out := append([]said(nil), b[:3]...)
	for _, x := range a[3:] {
		value := "/"
		for _, y := range b[3:] {
			if y[0] == x[0] {
				value = y[1]
			}
		}
		out = append(out, said{x[0], value})
	}
	return out
}

// contractClauses prints the clauses, in some order.
func (d *drawing) contractClauses(b contractSheet) {
	r, w, c := d.r, d.w, d.w.Contract
	number := clauseNumber(r)
	bold := pick(r, "b", "b", "span", "u")
	n := 0
	headless := r.IntN(5) == 0 // an order: clauses are lines with their labels
	clause := func(title string, parts ...string) {
		n++
		var s strings.Builder
		k := 0
		for _, x := range parts {
			if x == "" {
				continue
			}
			k++
			lead := ""
			if !headless && strings.HasPrefix(number(1), "1") {
				lead = fmt.Sprintf("%d.%d ", n, k)
			}
			fmt.Fprintf(&s, `<p>%s%s</p>`, lead, x)
		}
		if k == 0 {
			return
		}
		if headless {
			d.put(`<div>%s</div>`, s.String())
			return
		}
		d.put(`<div><p><%s>%s%s</%s></p><div class="in">%s</div></div>`, bold, number(n), title, bold, s.String())
	}
	say := func(labels ...string) string { return pick(r, labels...) + pick(r, "：", "：", "为：", "：") }
	subject := b.subject(pick(r, say("合同标的", "采购内容", "服务内容", "服务范围", "项目内容", "标的", "采购标的", "合作内容", "委托事项", "供货范围", "交付标的", "服务标的"), "本合同标的为", b.B+"向"+b.A+"提供", b.A+"向"+b.B+"采购", b.A+"委托"+b.B+"提供"))
	calling := b.calling(pick(r, say("调用方式", "服务方式", "接入方式", "使用方式", "提供方式", "部署方式", "模型部署形态", "服务形式", "模型使用方式"), "双方约定的服务提供方式为", b.B+"提供服务的方式为"))
	delivery := b.delivery(pick(r, say("交付方式", "交货方式", "交付安排", "供货方式", "交付形式", "交付与部署", "实施交付"), "交付采取如下方式："))
	term := b.term(pick(r, "服务期限自%s起至%s止。", "合同有效期：%s至%s。", "履行期间为%s至%s。", "服务起始日：%s；服务终止日：%s。", "本合同自%s生效，至%s届满。", "合作期限从%s到%s。", "合同期：%s—%s。", "授权使用期为%s～%s。", "本合同服务期间：自 %s 至 %s。"))
	quota := d.framework()
	payment := b.payment(pick(r, say("付款方式", "支付方式", "结算方式", "付款条件", "支付安排", "付款安排", "费用支付", "付款约定", "结算与付款"), ""))
	resale := d.resale(b)
	total := d.contractTotal(b)
	order := []func(){
		func() {
			clause(pick(r, "合同标的", "服务内容", "采购内容", "项目概况", "合作事项", "标的与范围"), subject, calling, delivery)
		},
		func() {
			clause(pick(r, "服务期限", "合同期限", "履行期限", "期限", "有效期"), term, quota)
		},
		func() {
			clause(pick(r, "价款", "合同价款", "费用", "价格与金额", "服务费用", "合同金额"), pick(r, "价格明细如下：", "各项价格如下表所示：", "双方确认的价格为：", "费用构成见下表。"))
			d.contractTable()
			d.put(`<div class="in"><p>%s</p></div>`, total)
		},
		func() {
			clause(pick(r, "付款", "支付", "付款方式", "结算", "价款支付", "费用结算"), payment, b.instalments())
		},
		func() {
			clause(pick(r, "使用限制", "权利义务", "双方责任", "使用规范", "禁止事项"), resale)
		},
	}
	if r.IntN(3) == 0 {
		order[1], order[2] = order[2], order[1]
	}
	for _, f := range order {
		f()
	}
	fine := fmt.Sprint(between(r, 1, 9)) + "0,000.00元"
	for _, x := range d.some([]string{
		"违约责任|任何一方违约的，应向守约方支付违约金人民币" + fine + "，并赔偿损失。",
		"保证金|" + b.B + "已向" + strangers[2] + "缴纳履约保证金" + fine + "，验收后无息退还。",
		"资质|" + b.B + "保证其服务已依法完成备案，并由" + strangers[4] + "出具测评报告。",
		"通知|一方变更联系方式的，应在2日内通知对方，否则按原地址送达。",
		"争议解决|争议协商不成的，提交北京仲裁委员会仲裁，律师费由败诉方承担。",
		"保密|双方应对合作中知悉的商业秘密保密，保密期至2029年12月31日。",
	}) {
		title, text, _ := strings.Cut(x, "|")
		clause(title, d.passage(text))
	}
	if c.Long {
		for _, s := range generalTerms {
			title, text, _ := strings.Cut(s, "：")
			clause(title, parties(text, b.A, b.B))
		}
	}
	_ = w
	clause(pick(r, "其他", "附则", "生效"), pick(r, "本合同一式肆份，双方各执贰份，自双方盖章之日起生效。", "本合同经双方签字盖章后生效，未尽事宜另行协商。"))
}

// framework says that the contract is one, and how much is to be used.
func (d *drawing) framework() string {
	c, r := d.w.Contract, d.r
	if !c.Framework {
		return ""
	}
	s := pick(r, "本合同为框架合同，费用按实际使用量结算。", "双方建立框架合作关系，以框架协议方式约定单价，费用据实结算。", "本合同系框架性协议，实际费用以用量核算。", "双方以框架采购方式合作，按实际用量计费。")
	if !c.NoQuota {
		s += pick(r, "使用量：", "预估用量：", "约定使用量：", "用量约定：", "用量规模：", "") + d.fm("usage_quota", c.Quota, c.Quota, "loose") + "。"
	}
	return s
}

// resale is a clause on selling the service on.
func (d *drawing) resale(b contractSheet) string {
	if d.w.Contract.Resale {
		return d.trait("resale", "allowed", pick(d.r, b.A+"有权将上述服务转售给第三方。", b.A+"可以自己的名义向其客户再销售本合同项下的服务。", "在合同期内，"+b.A+"可以分销、转租上述服务并自行定价。", b.A+"可将所购服务对外转让或出租，收益归"+b.A+"所有。"))
	}
	return d.trait("resale", "forbidden", pick(d.r, "未经"+b.B+"事先书面同意，"+b.A+"不得将服务转让、出租或转售给第三方。", b.A+"承诺仅供自用，不以任何形式对外转售或转租。", "禁止将账号、接口转售、分租或有偿提供给他人使用。", b.A+"不得向任何第三方转售、分销本合同项下的服务。",
		"本合同项下服务仅限"+b.A+"内部使用，"+b.A+"无权再许可、再销售给任何第三方。", b.A+"不应将所购服务出租、出借或倒卖。"))
}

// contractTotal says what the contract is worth.
func (d *drawing) contractTotal(b contractSheet) string {
	c, r := d.w.Contract, d.r
	if c.NoTotal {
		return ""
	}
	amount := d.f("amount", c.Amount.String(), d.money(c.Amount))
	text := wordsText(r.IntN(4), c.Words)
	words := d.f("amount_words", c.Words.String(), text, text)
	if c.Framework {
		return pick(r, "本合同累计结算金额不超过"+amount+"（大写："+words+"）。", "框架金额上限："+amount+"，大写："+words+"。", "合同期内费用总额以"+amount+"（"+words+"）为限。", "最高限额为"+amount+"（大写"+words+"），超出部分另行签约。", "采购预算上限："+amount+"（大写金额："+words+"）。")
	}
	return pick(r, "合同总价（含税）为"+amount+"（大写："+words+"）。", "本合同总金额："+amount+"，大写："+words+"。", "以上各项合计"+amount+"，大写金额为"+words+"。", "服务费总额为"+amount+"（"+words+"），该价格为含税价。", "双方确认合同价款共计"+amount+"（大写"+words+"）。", b.A+"应向"+b.B+"支付的费用总计为"+amount+"（大写："+words+"）。", "签约合同价："+amount+"（人民币大写："+words+"）。", "成交金额为"+amount+"，即"+words+"。", "含税总价款："+amount+"　大写："+words)
}

// contractTable prints the price list of a metered contract, or its items.
func (d *drawing) contractTable() {
	c, r := d.w.Contract, d.r
	if isMetered(d.w.Mode) {
		t := drawnTable{name: "prices", perPage: 30}
		for _, m := range c.Prices {
			t.rows = append(t.rows, map[string]printedCell{"model": cellOf(m.Name), "unit": cellOf(m.Unit), "unit_price": cellOf(m.Price)})
			t.amounts = append(t.amounts, 0)
		}
		model := column{"model", pick(r, "模型", "模型名称", "服务名称", "服务内容", "产品", "计费项", "规格", "模型版本", "服务项目", "名称"), pick(r, "", "m")}
		unit := column{"unit", pick(r, "单位", "计费单位", "计量单位", "计价单位", "计量方式", "计费方式"), "m"}
		price := column{"unit_price", d.moneyHead(pick(r, "单价", "含税单价", "价格", "资费", "协议价", "执行单价", "结算单价", "费率")), "m"}
		t.cols = pick(r, []column{model, unit, price}, []column{model, price, unit}, []column{unit, model, price})
		if r.IntN(4) == 0 {
			t.cols = d.insert(t.cols, column{"", pick(r, "备注", "税率", "地域"), "m"})
		}
		d.table(t)
		return
	}
	t := drawnTable{name: "items", perPage: 30}
	for _, l := range c.Items {
		q, category := fmt.Sprint(l.Quantity), categoryChinese[l.Category]
		t.rows = append(t.rows, map[string]printedCell{"name": cellOf(l.Name), "category": {l.Category, category, []string{category}}, "quantity": {value: q, text: q}, "unit": cellOf(l.Unit),
			"unit_price": {value: l.Price.String(), text: l.Price.Grouped()}, "amount": {value: l.Amount.String(), text: l.Amount.Grouped()}})
		t.amounts = append(t.amounts, l.Amount)
	}
	name := column{"name", pick(r, "名称", "货物或服务", "采购内容", "项目名称", "产品名称", "服务内容", "标的名称", "货物名称", "分项名称", "内容", "产品/服务名称", "费用名称"), ""}
	category := column{"category", pick(r, "类别", "费用类别", "支出类别", "费用类型", "分类", "类型", "费用科目", "品类"), "m"}
	quantity, unit := column{"quantity", pick(r, "数量", "采购数量", "数 量", "Qty", "数目"), "m"}, column{"unit", pick(r, "单位", "计量单位", "计价单位"), "m"}
	t.cols = pick(r, []column{name, category, quantity, unit}, []column{category, name, unit, quantity}, []column{name, category, unit, quantity})
	if c.ItemAmountShown {
		t.cols = append(t.cols, column{"unit_price", d.moneyHead(pick(r, "单价", "含税单价", "综合单价", "分项单价", "单位价格")), "n"}, column{"amount", d.moneyHead(pick(r, "金额", "总价", "合价", "小计", "含税金额", "分项合计", "价款")), "n"})
		if !c.NoTotal && !c.Framework && r.IntN(3) > 0 {
			t.total = c.Amount.Grouped()
		}
	}
	if r.IntN(4) == 0 {
		t.cols = d.insert(t.cols, column{"", pick(r, "备注", "税率"), "m"})
	}
	d.table(t)
}
