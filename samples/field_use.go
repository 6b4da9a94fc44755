package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// fieldSettlement prints a bill: as a console exports it, as a letter of
// reconciliation, or as a sheet with its labels above their values.
func (w *world) fieldSettlement(r, ink *rand.Rand, i int) *paper {
	s := w.Settlements[i]
	p := newFieldPaper(hequan.KindSettlement, fmt.Sprintf("settlement:%d", i), r)
	v, dates := r.IntN(3), pick(r, 0, 1, 2, 5)
	from, to := p.f("period_start", s.From.String(), dateText(dates, s.From)), p.f("period_end", s.To.String(), dateText(dates, s.To))
	number, customer, provider := p.f("number", s.Number, s.Number), p.f("customer", s.Customer, s.Customer), p.f("provider", s.Provider, s.Provider)
	total := p.f("total", s.Total.String(), moneyText(pick(r, 0, 1, 4), s.Total))
	words := wordsText(r.IntN(4), s.Words)
	inWords := p.f("total_words", s.Words.String(), words, words)
	day := p.f("date", s.Date.String(), dateText(pick(r, 0, 1, 4), s.Date))
	stamp := ""
	if s.Seal != "" {
		stamp = p.stamp(w.pressed(ink, s.SealKind, w.Provider, s.Seal), float64(between(ink, 96, 112)), float64(between(ink, -10, 0)))
	}
	unit := s.Items[0].Unit
	switch v {
	case 0:
		p.put(`<h1>%s</h1>`, pick(r, "大模型服务月度账单", "费用账单", "模型服务账单"))
		p.put(`%s`, fourColumns("ruled", [][2]string{{"账单编号", number}, {"出账日期", day}, {"购方名称", customer}, {"服务商", provider}, {"计费周期", from + " ~ " + to}, {"币种", "人民币（CNY）"}}))
		p.put(`%s`, p.fieldItems(s.Items, []column{{"", "序号", "m"}, {"model", "计费项", ""}, {"unit", "计量单位", "m"}, {"quantity", "计费用量", "n"}, {"unit_price", "折后单价", "n"}, {"", "目录总价", "n"}, {"", "优惠金额", "n"}, {"amount", "应付金额", "n"}}, "ruled", "应付总额", total))
		p.put(`<p>应付金额大写：%s</p><p>账户状态：正常　支付方式：对公转账</p>`, inWords)
		p.put(`<div class="sig" style="padding-left:84mm;margin-top:12mm"><p>%s</p><p>（盖章）</p>%s</div>`, esc(s.Provider), stamp)
	case 1:
		p.put(`<h1>%s</h1><p style="text-align:right">编　号：%s</p>`, pick(r, "对账单", "费用对账函", "技术服务费对账单"), number)
		p.put(`<p>致：%s</p><div class="in"><p>%s</p></div>`, customer, pick(r, "我司与贵司自"+from+"起至"+to+"止发生的大模型技术服务费用核对如下，请予确认：", "现将"+from+"至"+to+"期间贵司使用我司模型推理服务的费用列示如下，请核对："))
		p.put(`%s`, p.fieldItems(s.Items, []column{{"", "行号", "m"}, {"model", "服务项目", ""}, {"unit_price", "单价（元/" + unit + "）", "n"}, {"quantity", "调用量（" + unit + "）", "n"}, {"amount", "费用小计（元）", "n"}}, pick(r, "lines", "ruled"), "", ""))
		p.put(`<div class="in"><p>%s</p><p>如无异议，请于收到本单之日起五个工作日内盖章确认。</p></div>`, pick(r, "本期费用共计人民币"+total+"，大写："+inWords+"。", "以上费用合计"+total+"（"+inWords+"）。"))
		p.put(`<div class="sig" style="margin-top:12mm"><div class="two"><div><p>贵司确认：</p><p>经办人：%s</p></div><div><p>%s</p><p>%s</p></div></div>%s</div>`, p.sign(ink, "", personName(r)), provider, day, stamp)
	default:
		p.put(`<h1 style="text-align:left;font-size:17pt">%s</h1>`, pick(r, "结算账单", "费用结算明细单", "模型服务结算清单"))
		p.put(`%s`, cards(3, [][2]string{{"单据编号", number}, {"付款方", customer}, {"收款方", provider}, {"账单起始", from}, {"账单截止", to}, {"本期应结金额", total}, {"开单日期", day}}))
		p.put(`%s`, p.fieldItems(s.Items, []column{{"model", "产品名称", ""}, {"quantity", "用量", "n"}, {"unit", "用量单位", "m"}, {"unit_price", "单价", "n"}, {"amount", "实付金额", "n"}}, "open", "", ""))
		p.put(`<p>金额（大写）%s</p>`, inWords)
		p.put(`<div class="sig" style="padding-left:90mm;margin-top:14mm"><p>收款方签章</p><p>&nbsp;</p><p>财务专员：%s</p>%s</div>`, esc(personName(r)), stamp)
	}
	return p
}

// fieldItems prints the lines of a settlement; those of no label are a number,
// a list price and a discount.
func (p *paper) fieldItems(items []use, cols []column, class, label, total string) string {
	var rows []map[string]printedCell
	for n, u := range items {
		rows = append(rows, fieldRow(n, u))
	}
	html := p.grid("items", class, "background:#eef0f4", cols, rows)
	if label != "" {
		html += fmt.Sprintf(`<tr><td colspan="%d" class="m">%s</td><td class="n">%s</td></tr>`, len(cols)-1, label, total)
	}
	return html + `</table>`
}

// fieldRow is what may stand in a row of use.
func fieldRow(n int, u use) map[string]printedCell {
	off := u.Amount / 20 / 100 * 100
	return map[string]printedCell{"序号": {text: fmt.Sprint(n + 1)}, "行号": {text: fmt.Sprint(n + 1)}, "model": cellOf(u.Model), "quantity": {value: u.Quantity, text: grouped(u.Quantity)}, "unit": cellOf(u.Unit),
		"unit_price": cellOf(u.Price), "price_unit": {value: u.Unit, text: "元/" + u.Unit, accept: []string{"元/" + u.Unit}}, "amount": {value: u.Amount.String(), text: u.Amount.Grouped()},
		"date": {value: u.Month, text: u.Month, accept: []string{fullDate(u.Month)}},
		"产品名称": {text: "大模型推理服务"}, "计费方式": {text: "后付费"}, "目录总价": {text: (u.Amount + off).Grouped()}, "原价（元）": {text: (u.Amount + off).Grouped()}, "优惠金额": {text: off.Grouped()}, "优惠（元）": {text: off.Grouped()},
		"代金券抵扣": {text: rmb.Fen(0).String()}}
}

// fieldUsage prints a list of use: a console's bill details, a list grouped by
// model, or one that begins with the sums.
func (w *world) fieldUsage(r *rand.Rand, i int) *paper {
	u := w.Usages[i]
	p := newFieldPaper(hequan.KindUsage, fmt.Sprintf("usage:%d", i), r)
	p.Size, p.Margin = 9.5, "16mm 14mm"
	v, dates := r.IntN(3), pick(r, 0, 1, 2)
	unit := u.Rows[0].Unit
	customer, provider := p.f("customer", u.Customer, u.Customer), p.f("provider", u.Provider, u.Provider)
	from, to := p.f("period_start", u.From.String(), dateText(dates, u.From)), p.f("period_end", u.To.String(), dateText(dates, u.To))
	total := p.f("total", u.Total.String(), moneyText(pick(r, 0, 1, 4), u.Total))
	switch v {
	case 0:
		p.Width, p.Height = 297, 210
		p.put(`<h1 style="font-size:15pt;text-align:left">%s</h1>`, pick(r, "费用明细", "消费明细", "账单详情"))
		p.put(`%s`, cards(4, [][2]string{{"账号主体", customer}, {"服务提供商", provider}, {"账期起止", from + " ~ " + to}, {"消费总额", total}}))
		p.fieldRows(u.Rows, dates, []column{{"date", pick(r, "账单月份", "消费时间"), "m"}, {"", "产品名称", ""}, {"model", pick(r, "模型", "资源名称"), ""}, {"quantity", "用量", "n"}, {"unit", "用量单位", "m"}, {"unit_price", "单价", "n"}, {"", "原价（元）", "n"}, {"", "优惠（元）", "n"}, {"", "代金券抵扣", "n"}, {"amount", pick(r, "应付金额（元）", "现金支付（元）"), "n"}}, pick(r, "lines", "ruled"), 19)
	case 1:
		p.put(`<h1 style="font-size:16pt">%s</h1>`, pick(r, "Token消耗统计表", "模型调用统计", "推理服务调用记录"))
		p.put(`%s`, fourColumns("ruled", [][2]string{{"调用方", customer}, {"提供方", provider}, {"统计区间", from + " 至 " + to}, {"单位", "数量：" + esc(unit) + "；金额：元"}}))
		p.fieldGroups(r, u, dates, total)
	default:
		p.put(`<h1 style="font-size:16pt">%s</h1><p>%s：%s</p><p>%s：%s</p>`, pick(r, "API调用账单明细", "模型用量对账明细", "计费明细单"), pick(r, "用户名称", "使用方"), customer, pick(r, "平台方", "服务供应商"), provider)
		p.put(`<p>%s</p>`, "所属期间："+from+"-"+to+"　　合计费用："+total)
		p.fieldRows(u.Rows, dates, []column{{"", "序号", "m"}, {"amount", "费用", "n"}, {"unit_price", "单价（元/" + esc(unit) + "）", "n"}, {"quantity", "消耗量（" + esc(unit) + "）", "n"}, {"model", "调用服务", ""}, {"date", pick(r, "日期", "计费时间"), "m"}}, pick(r, "open", "lines", "ruled"), 36)
	}
	return p
}

// fieldRows prints the rows of use, so many a page.
func (p *paper) fieldRows(list []use, dates int, cols []column, class string, perPage int) {
	table := p.table("rows")
	for n := 0; n < len(list); n += perPage {
		var rows []map[string]printedCell
		for k, u := range list[n:min(n+perPage, len(list))] {
			row := fieldRow(n+k, u)
			row["date"] = printedCell{u.Month, monthText(dates, u.Month), []string{fullDate(u.Month)}}
			rows = append(rows, row)
		}
		var b strings.Builder
		start := `<table class="%s" style="margin:0">%s`
		if n > 0 {
			start = `<table data-break class="%s" style="margin:0">%s`
		}
		fmt.Fprintf(&b, start, class, gridHead("background:#f0f3f7", cols))
		p.gridRows(&b, table, cols, rows)
		p.put(`%s</table>`, b.String())
	}
}

// fieldGroups prints the use of each model below or beside its name, with
// tokens read and written apart and a subtotal each.
func (p *paper) fieldGroups(r *rand.Rand, u usage, dates int, total string) {
	table := p.table("rows")
	beside := r.IntN(2) == 0 && len(u.Rows) < 24
	var models []string
	of := map[string][]use{}
	for _, x := range u.Rows {
		if of[x.Model] == nil {
			models = append(models, x.Model)
		}
		of[x.Model] = append(of[x.Model], x)
	}
	heads := `<td>时间</td><td>输入</td><td>输出</td><td>总用量</td><td>单价</td><td>费用（元）</td>`
	if beside {
		heads = `<td>模型</td>` + heads
	}
	var b strings.Builder
	open := func(attr string) {
		fmt.Fprintf(&b, `<table %s class="ruled" style="margin:0"><tr class="m">%s</tr>`, attr, heads)
	}
	open("")
	n := 0
	for _, m := range models {
		html, group := p.shared("model", m, m)
		if !beside {
			fmt.Fprintf(&b, `<tr><td colspan="6">模型：%s</td></tr>`, html)
		}
		var sum rmb.Fen
		for k, x := range of[m] {
			if n++; n%30 == 0 && !beside {
				p.put(`%s</table>`, b.String())
				b.Reset()
				open("data-break")
			}
			p.row(table)
			p.join(table, group, "model", m)
			first := ""
			if beside && k == 0 {
				first = fmt.Sprintf(`<td rowspan="%d" class="m">%s</td>`, len(of[m])+1, html)
			}
			in, out := splitQuantity(x.Quantity)
			fmt.Fprintf(&b, `<tr>%s<td class="m">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td></tr>`, first, p.c(table, "date", x.Month, monthText(dates, x.Month), fullDate(x.Month)),
				in, out, p.c(table, "quantity", x.Quantity, x.Quantity), p.c(table, "unit_price", x.Price, x.Price), p.c(table, "amount", x.Amount.String(), x.Amount.String()))
			sum += x.Amount
		}
		fmt.Fprintf(&b, `<tr><td class="m">小计</td><td></td><td></td><td></td><td></td><td class="n">%s</td></tr>`, sum)
	}
	span := 5 + boolInt(beside)
	fmt.Fprintf(&b, `<tr><td class="m" colspan="%d">总计</td><td class="n">%s</td></tr></table>`, span, total)
	p.put(`%s`, b.String())
}

// splitQuantity parts a quantity of few decimals in three quarters and the rest.
func splitQuantity(q string) (in, out string) {
	whole, frac, _ := strings.Cut(q, ".")
	var n int64
	if _, err := fmt.Sscan(whole, &n); err != nil {
		return q, "0"
	}
	read := n * 3 / 4
	out = fmt.Sprint(n - read)
	if frac != "" {
		out += "." + frac
	}
	return fmt.Sprint(read), out
}
