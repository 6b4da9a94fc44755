package samples

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"

	"hequan"
)

// Words of statements and lists of use.
var (
	drawnCustomers = []string{"客户", "客户名称", "付款单位", "甲方", "使用单位", "采购方", "委托方", "购买方", "付款方", "需方", "账户名称", "账户主体", "用户名称", "结算对象", "客户全称", "采购单位", "服务接受方", "计费主体", "租户名称", "付费主体", "签约客户", "使用方"}
	drawnProviders = []string{"服务商", "供应商", "收款单位", "乙方", "服务提供方", "提供方", "供方", "收款方", "出账单位", "服务单位", "开单单位", "服务供应商", "模型服务商", "供应单位", "云服务商", "平台运营方", "出具单位", "服务提供单位", "承接方", "运营主体"}
	drawnPeriods   = []string{"结算周期", "结算期间", "账期", "计费周期", "服务期间", "账单周期", "统计周期", "费用期间", "费用所属期", "所属期间", "使用期间", "对账期间", "起止日期", "核算期间", "计费区间", "用量期间", "数据周期", "结算时段"}
)

// drawnSettlement draws a statement of what is to be paid.
func (w *world) drawnSettlement(r *rand.Rand, i int) *paper {
	s := w.Settlements[i]
	d := w.draw(hequan.KindSettlement, fmt.Sprintf("settlement:%d", i), r)
	number, customer := d.f("number", s.Number, s.Number), d.f("customer", s.Customer, s.Customer)
	from, to := d.f("period_start", s.From.String(), d.day(s.From)), d.f("period_end", s.To.String(), d.day(s.To))
	date := d.f("date", s.Date.String(), d.day(s.Date))
	total := d.f("total", s.Total.String(), d.money(s.Total))
	words := "" // some say the sum in figures alone
	if text := wordsText(r.IntN(4), s.Words); r.IntN(5) > 0 {
		words = d.f("total_words", s.Words.String(), text, text)
	}
	provider := d.f("provider", s.Provider, s.Provider)
	stamp := ""
	if s.Seal != "" {
		stamp = d.stamp(w.pressed(r, s.SealKind, w.Provider, s.Seal), float64(between(r, 92, 110)), float64(between(r, -8, 2)))
	}
	title := pick(r, "结算单", "服务费结算单", "费用结算确认单", "月度对账单", "费用账单", "对账确认函", "结算确认书", "技术服务费结算表", "大模型服务费用清单", "消费账单", "费用确认单", "结算通知书", "模型服务费核算单", "推理服务费用对账单", "服务费用核对单", "账单",
		"用量及费用确认单", "模型调用量核定单", "服务使用确认书", "Token用量确认函", "计费确认单", "推理服务计量确认单", "使用情况确认表", "缴费通知书", "服务费支付申请单", "用量核对确认单", "API调用费用告知单",
		esc(s.Provider)+"服务费用确认单", esc(w.Project)+"费用结算单", d.day(s.From)+"至"+d.day(s.To)+"费用结算单")
	numberLabel := pick(r, "结算单号", "编号", "单据编号", "账单编号", "对账单号", "账单号", "单号", "凭单号", "Statement No.", "账单ID", "结算流水号", "No.", "文件编号", "结算批次号")
	dateLabel := pick(r, "日期", "出账日期", "结算日期", "账单日期", "制单日期", "填报日期", "出具日期", "编制日期", "开单日期", "签发日期", "出账时间", "结算日")
	totalLabel := pick(r, "应付金额", "应付总额", "合计金额", "结算总额", "本期应付", "费用合计", "总金额", "结算金额", "本期费用总额", "应结算金额", "应收金额", "本期账单金额", "待支付金额", "费用总额", "应付款合计", "含税总额")
	wordsLabel := pick(r, "大写", "金额大写", "人民币大写", "合计（大写）", "大写金额", "（大写）", "应付金额（大写）", "总额大写", "Amount in words")
	where := struct{ provider, customer, date, total string }{pick(r, "list", "list", "letterhead", "foot", "foot"), pick(r, "list", "list", "letter"), pick(r, "list", "foot"), pick(r, "list", "table", "sentence", "sentence")}
	var list []said
	if where.provider == "letterhead" {
		d.put(`<div style="%s"><p style="font-size:1.15em">%s</p>%s</div>`, pick(r, "text-align:center", "border-bottom:.3mm solid #555", "text-align:right"), provider, pick(r, "", `<p style="font-size:.8em;color:#666">`+esc(w.Provider.Address)+`</p>`, `<p style="font-size:.8em">客服热线：400-810-2277　网址：www.example.com</p>`))
	}
	d.title(title)
	switch r.IntN(4) {
	case 0:
		d.put(`<p style="text-align:right">%s%s%s</p>`, numberLabel, d.colon, number)
	case 1:
		d.put(`<div class="two"><div>%s%s%s</div><div style="text-align:right">%s</div></div>`, numberLabel, d.colon, number, pick(r, "第1页 共1页", "币种：人民币", "单位：元", "税率：6%"))
	default:
		list = append(list, said{numberLabel, number})
	}
	if where.customer == "list" {
		list = append(list, said{pick(r, drawnCustomers...), customer})
	}
	if where.provider == "list" {
		list = append(list, said{pick(r, drawnProviders...), provider})
	}
	period := ""
	if where.customer == "letter" {
		period = d.periodSentence(r, customer, from, to)
	} else if r.IntN(4) == 0 {
		pair := pick(r, [2]string{"开始日期", "结束日期"}, [2]string{"起始日", "截止日"}, [2]string{"计费开始", "计费结束"}, [2]string{"服务起始日期", "服务终止日期"}, [2]string{"账期开始日", "账期截止日"})
		list = append(list, said{pair[0], from}, said{pair[1], to})
	} else {
		list = append(list, said{pick(r, drawnPeriods...), from + pick(r, "至", " 至 ", " — ", "～", " ~ ", "-", " 到 ", "—") + to})
	}
	if where.date == "list" {
		list = append(list, said{dateLabel, date})
	}
	if where.total == "list" {
		if list = append(list, said{totalLabel, total}); words != "" {
			list = append(list, said{wordsLabel, words})
		}
	}
	others := []said{{"合同编号", esc(w.Contract.Number)}, {"项目名称", esc(w.Project)}, {"币种", "人民币"}, {"付款期限", "收到账单后30日内"}, {"结算方式", "银行转账"}, {"上期结余", "0.00元"}, {"收款账号", digits(r, 16)}, {"付款截止日", d.day(s.Date.AddDays(30))}}
	r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	list = append(list, others[:r.IntN(4)]...)
	switch {
	case len(list) > 0 && r.IntN(5) == 0: // in sections
		d.put(`<p>%s</p>`, pick(r, "甲乙双方就服务费用核对一致如下：", "根据双方签订的合同，现就服务费用确认如下：", "经双方核对，结算事项如下："))
		for n, x := range d.shuffled(list) {
			d.put(`<p>%s、%s%s%s%s</p>`, chineseSmall(n+1), x[0], pick(r, "：", "：", "为"), x[1], pick(r, "。", "；", ""))
		}
	case len(list) > 0:
		d.list(d.shuffled(list))
	}
	if period != "" {
		d.put(`%s`, period)
	}
	t := drawnTable{name: "items", perPage: 40}
	for _, u := range s.Items {
		t.rows, t.amounts = append(t.rows, d.useRow(u)), append(t.amounts, u.Amount)
	}
	t.cols = d.useColumns(s.Items[0].Unit, false)
	if where.total == "table" {
		t.total = total
	}
	if r.IntN(3) == 0 {
		d.put(`<p style="text-align:%s;font-size:.85em">%s</p>`, pick(r, "right", "left"), pick(r, "单位：人民币元", "金额单位：元", "币种：CNY　单位：元"))
	}
	d.table(t)
	switch {
	case where.total == "table" && words != "":
		d.put(`<p>%s%s%s</p>`, wordsLabel, d.colon, words)
	case where.total == "sentence" && words == "":
		d.put(`<div class="in"><p>%s</p></div>`, pick(r, "上述费用合计"+total+"。", "本期应付服务费共计"+total+"，请按约定支付。", "以上共计金额："+total))
	case where.total == "sentence":
		d.put(`<div class="in"><p>%s</p></div>`, pick(r,
			fmt.Sprintf("上述费用合计%s（大写：%s）。", total, words), fmt.Sprintf("本期应付服务费共计%s，大写%s。", total, words), fmt.Sprintf("经核算，贵方应向我方支付服务费用%s（%s），请按约定支付。", total, words),
			fmt.Sprintf("以上共计金额：%s，金额大写：%s。", total, words), fmt.Sprintf("结算总价为%s，即%s。", total, words), fmt.Sprintf("综上，本结算期内双方确认的结算金额为%s（大写%s）。", total, words)))
	}
	for _, x := range d.some([]string{"以上金额均为含税金额，税率6%。", "用量以平台计量数据为准，明细详见附件。", "如对账单有异议，请于5个工作日内书面提出，逾期视为确认。", "逾期付款的，按日加收应付款万分之五的违约金。", "本结算单一式两份，双方各执一份。", "开票信息以" + strangers[1] + "代开系统登记为准的，应另行书面说明。"}) {
		d.put(`<p style="font-size:.9em">%s</p>`, x)
	}
	who := pick(r, "（盖章）", "结算单位盖章：", "出具单位（公章）：", "服务方：", "")
	foot := ""
	if where.provider == "foot" {
		foot = "<p>" + who + provider + "</p>"
	} else {
		foot = "<p>" + who + esc(s.Provider) + "</p>"
	}
	if where.date == "foot" {
		foot += "<p>" + pick(r, "", "", "日期：", dateLabel+"：") + date + "</p>"
	}
	d.put(`<div style="height:%dmm"></div>`, between(r, 4, 14))
	switch r.IntN(3) {
	case 0:
		d.put(`<div class="sig"><div class="two"><div><p>%s</p><p>签字：%s</p></div><div>%s</div></div>%s</div>`, pick(r, "客户确认：", "付款方确认（盖章）：", "经办人："), d.sign(r, "", personName(r)), foot, stamp)
	case 1:
		d.put(`<div class="sig" style="text-align:right">%s%s</div>`, foot, stamp)
	default:
		d.put(`<div class="sig" style="padding-left:86mm">%s%s</div>`, foot, stamp)
	}
	return d.paper
}

// periodSentence is the beginning of a letter to the customer.
func (d *drawing) periodSentence(r *rand.Rand, customer, from, to string) string {
	to = from + pick(r, "至", "起至") + to
	return fmt.Sprintf(`<p>%s%s：</p><div class="in"><p>%s</p></div>`, pick(r, "致：", "尊敬的", "", "致"), customer, pick(r,
		to+"期间，贵公司使用我公司大模型服务产生的费用如下：", "根据双方合同约定，现就"+to+"的模型服务费用结算如下，请予核对。", "贵司"+to+"的服务费用已出账，明细如下表所列：", "兹将"+to+"期间的服务用量及费用列示如下："))
}

// some draws up to three of a list of sentences.
func (d *drawing) some(list []string) []string {
	d.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:d.r.IntN(min(4, len(list)+1))]
}

// useRow is what may stand in a row of use.
func (d *drawing) useRow(u use) map[string]printedCell {
	row := map[string]printedCell{"model": cellOf(u.Model), "quantity": {value: u.Quantity, text: u.Quantity}, "unit": cellOf(u.Unit), "unit_price": cellOf(u.Price),
		"price_unit": {value: u.Unit, text: "元/" + u.Unit, accept: []string{"元/" + u.Unit}}, "amount": {value: u.Amount.String(), text: u.Amount.Grouped()}}
	if u.Month != "" {
		row["date"] = printedCell{u.Month, d.month(u.Month), []string{fullDate(u.Month)}}
	}
	return row
}

// month writes the month or day of a row in the form of this paper.
func (d *drawing) month(m string) string {
	if len(m) > 7 {
		return drawnDay(d.dates, mustDay(m))
	}
	switch d.dates {
	case 1, 6:
		return m
	case 2:
		return strings.ReplaceAll(m, "-", ".")
	case 5:
		return strings.ReplaceAll(m, "-", "/")
	}
	return monthText(0, m)
}

// useColumns draws headings and order of a table of use.
func (d *drawing) useColumns(unit string, dated bool) []column {
	r := d.r
	model := column{"model", pick(r, "模型", "模型名称", "产品", "服务名称", "计费项", "计费模型", "服务项目", "资源", "商品", "调用模型", "模型版本", "产品/服务", "服务规格", "规格型号", "项目", "服务内容", "费用项目", "接口名称", "模型标识", "计费对象"), pick(r, "", "m")}
	quantity := column{"quantity", pick(r, "用量", "数量", "调用量", "消耗量", "使用量", "计费量", "Token用量", "结算量", "计费数量", "本期用量", "实际用量", "累计用量", "总量", "结算用量", "业务量"), "n"}
	price := column{"unit_price", pick(r, "单价", "含税单价", "价格", "结算单价", "执行价", "协议价", "折后价", "资费", "费率", "计费标准", "单位价格", "执行单价", "合同单价"), "n"}
	amount := column{"amount", pick(r, "金额", "费用", "小计", "应付", "结算金额", "总价", "价款", "应付费用", "金额小计", "本期费用", "消费金额", "结算额", "应付金额", "计费金额", "费用金额"), "n"}
	date := column{"date", pick(r, "日期", "使用日期", "账单日期", "计费日", "统计日期", "用量日期", "发生日期"), "m"}
	if !d.w.Daily {
		date.head = pick(r, "月份", "账期", "使用月份", "所属月份", "计费月份", "统计月份", "月度", "期间", "费用月份")
	}
	amount.head = d.moneyHead(amount.head)
	var cols []column
	switch r.IntN(5) {
	case 0: // the unit stands in the headings alone
		quantity.head += pick(r, "（", "(") + unit + pick(r, "）", ")")
		price.head += "（元/" + unit + "）"
		cols = []column{model, quantity, price}
	case 1:
		price.head = d.moneyHead(price.head)
		cols = []column{model, quantity, {"unit", pick(r, "单位", "计量单位", "用量单位"), "m"}, price, {"price_unit", pick(r, "计价单位", "价格单位", "单价单位"), "m"}}
	case 2:
		price.head = d.moneyHead(price.head)
		cols = []column{model, {"unit", pick(r, "单位", "计量单位", "计费单位"), "m"}, price, quantity}
	default:
		price.head = d.moneyHead(price.head)
		cols = []column{model, quantity, {"unit", pick(r, "单位", "计量单位", "计费单位", "用量单位", "计数单位"), "m"}, price}
	}
	if dated {
		if r.IntN(3) == 0 {
			cols = append(cols[:1:1], append([]column{date}, cols[1:]...)...)
		} else {
			cols = append([]column{date}, cols...)
		}
	}
	if r.IntN(6) == 0 {
		cols = append(cols[:1:1], append([]column{amount}, cols[1:]...)...)
	} else {
		cols = append(cols, amount)
	}
	for _, c := range d.extraColumns(pick(r, 0, 0, 1, 2)) {
		cols = d.insert(cols, c)
	}
	return cols
}

// drawnUsage draws a list of use.
func (w *world) drawnUsage(r *rand.Rand, i int) *paper {
	u := w.Usages[i]
	d := w.draw(hequan.KindUsage, fmt.Sprintf("usage:%d", i), r)
	d.Size, d.Margin = pick(r, 8.5, 9.0, 9.5, 10.0), pick(r, "15mm 14mm", "18mm 18mm", "16mm 20mm")
	t := drawnTable{name: "rows", perPage: 20, group: "date"}
	customer, provider := d.f("customer", u.Customer, u.Customer), d.f("provider", u.Provider, u.Provider)
	from, to := d.f("period_start", u.From.String(), d.day(u.From)), d.f("period_end", u.To.String(), d.day(u.To))
	total := d.f("total", u.Total.String(), d.money(u.Total))
	d.title(pick(r, "用量明细", "模型调用用量明细表", "费用明细", "消费明细", "调用明细清单", "Token消耗明细", "大模型服务使用记录", "用量详单", "API调用统计表", "模型服务用量报表", "推理服务计量明细", "账单明细", "使用量统计表", "附件：用量清单", "模型资源使用明细",
		"结算单附件：调用明细", "结算依据：用量清单", "费用结算用量附表", "对账明细", "账单附表", "模型服务日用量表", "计费数据导出", "每日消耗", "分日用量与费用", "Usage Report", "服务台账", esc(w.Project)+"用量明细"))
	list := []said{{pick(r, drawnCustomers...), customer}, {pick(r, drawnProviders...), provider}}
	if r.IntN(5) == 0 {
		pair := pick(r, [2]string{"开始日期", "结束日期"}, [2]string{"统计起始", "统计截止"}, [2]string{"起始时间", "终止时间"})
		list = append(list, said{pair[0], from}, said{pair[1], to})
	} else {
		list = append(list, said{pick(r, drawnPeriods...), from + pick(r, "至", " 至 ", " — ", "～", " ~ ", "-", " 到 ") + to})
	}
	sentence := ""
	switch r.IntN(4) {
	case 0:
		list = append(list, said{pick(r, "费用合计", "总费用", "消费总额", "累计费用", "合计金额", "费用总额", "总金额", "应付费用合计"), total})
	case 1:
		sentence = pick(r, "以上用量对应费用合计"+total+"。", "上表费用总计："+total, "本期费用共计"+total+"，以结算单为准。", "总消费金额："+total)
	default:
		t.total = total
	}
	others := []said{{"合同编号", esc(w.Contract.Number)}, {"数据来源", "计量平台"}, {"导出时间", d.day(u.To.AddDays(2))}, {"币种", "人民币"}, {"项目", esc(w.Project)}}
	r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	list = append(list, others[:r.IntN(3)]...)
	rows := append([]use(nil), u.Rows...)
	t.cols = d.useColumns(rows[0].Unit, true)
	if len(u.byModel()) == 1 && r.IntN(3) == 0 {
		list = append(list, d.saidOnce(&t, rows[0])...)
	}
	d.list(d.shuffled(list))
	t.first = d.opening(u)
	if t.once == nil && r.IntN(3) == 0 {
		t.group = "model"
		sort.SliceStable(rows, func(i, j int) bool { return rows[i].Model < rows[j].Model })
		for k, c := range t.cols {
			if c.field == "model" {
				t.cols = append([]column{c}, append(t.cols[:k:k], t.cols[k+1:]...)...)
				break
			}
		}
	}
	for _, x := range rows {
		t.rows, t.amounts = append(t.rows, d.useRow(x)), append(t.amounts, x.Amount)
	}
	if r.IntN(8) == 0 { // the head has a page of its own
		d.put(`<div data-break></div>`)
	}
	d.table(t)
	if sentence != "" {
		d.put(`<p>%s</p>`, sentence)
	}
	if r.IntN(3) == 0 {
		d.put(`<p style="font-size:.85em">%s</p>`, pick(r, "注：用量按实际调用统计，四舍五入。", "说明：1千tokens约折合600汉字。", "制表："+esc(personName(r))))
	}
	return d.paper
}
