package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// settlementPaper prints a 使用结算单; ink is what differs from one to the next
// of the same layout: seals and signatures.
func (w *world) settlementPaper(r, ink *rand.Rand, i int) *paper {
	s := w.Settlements[i]
	p := newPaper(hequan.KindSettlement, fmt.Sprintf("settlement:%d", i), r)
	v := r.IntN(4)
	dates := pick(r, 0, 1, 2, 4)
	p.put(`<h1 style="font-family:%s">%s</h1>`, pick(r, heiFont, serifFont, songFont), pick(r, "大模型服务使用结算单", "模型服务费用结算单", "使用结算单", "模型调用费用结算确认单"))
	from, to := p.f("period_start", s.From.String(), dateText(dates, s.From)), p.f("period_end", s.To.String(), dateText(dates, s.To))
	number := p.f("number", s.Number, s.Number)
	customer := p.f("customer", s.Customer, s.Customer)
	provider := ""
	if v < 3 {
		provider = p.f("provider", s.Provider, s.Provider)
	}
	switch v {
	case 0:
		p.put(`<p style="text-align:right">结算单号：%s</p><p>客户名称：%s</p><p>服务提供方：%s</p><p>结算周期：%s至%s</p>`, number, customer, provider, from, to)
	case 1:
		p.put(`<table class="ruled"><tr><th>结算单编号</th><td>%s</td><th>结算期间</th><td>%s — %s</td></tr><tr><th>客户</th><td>%s</td><th>服务方</th><td>%s</td></tr></table>`, number, from, to, customer, provider)
	case 2:
		p.put(`<div class="two"><div><p>甲方：%s</p><p>乙方：%s</p></div><div><p>编号：%s</p><p>使用日期：%s 至 %s</p></div></div>`, customer, provider, number, from, to)
	default:
		p.put(`<p>编号：%s</p><div class="in"><p>%s：</p><p>贵单位于%s至%s期间使用我公司大模型服务，费用结算如下：</p></div>`, number, customer, from, to)
	}
	t := p.table("items")
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s"><tr class="m"><td>模型</td><td>用量</td><td>单位</td><td>单价（元/%s）</td><td>金额（元）</td></tr>`, tableClass(v), esc(s.Items[0].Unit))
	for _, u := range s.Items {
		p.row(t)
		fmt.Fprintf(&b, `<tr><td>%s</td><td class="n">%s</td><td class="m">%s</td><td class="n">%s</td><td class="n">%s</td></tr>`,
			p.c(t, "model", u.Model, u.Model), p.c(t, "quantity", u.Quantity, grouped(u.Quantity)), p.c(t, "unit", u.Unit, u.Unit), p.c(t, "unit_price", u.Price, u.Price), p.c(t, "amount", u.Amount.String(), u.Amount.Grouped()))
	}
	total := p.f("total", s.Total.String(), moneyText(pick(r, 0, 1, 4), s.Total))
	words := wordsText(r.IntN(4), s.Words)
	inWords := p.f("total_words", s.Words.String(), words, words)
	if v%2 == 0 {
		fmt.Fprintf(&b, `<tr><td class="m">合计</td><td colspan="4">%s　大写：%s</td></tr></table>`, total, inWords)
		p.put(`%s`, b.String())
	} else {
		p.put(`%s</table><p>合计金额：%s</p><p>大写金额：%s</p>`, b.String(), total, inWords)
	}
	p.put(`<p style="font-size:.9em">说明：以上金额均为含税金额，用量明细见附件。</p><div style="height:%dmm"></div>`, between(r, 8, 20))
	date := p.f("date", s.Date.String(), dateText(pick(r, 0, 3, 4), s.Date))
	if v == 3 {
		provider = p.f("provider", s.Provider, s.Provider)
	} else {
		provider = esc(s.Provider)
	}
	stamp := ""
	if s.Seal != "" {
		stamp = p.stamp(w.pressed(ink, s.SealKind, w.Provider, s.Seal), float64(between(ink, 96, 112)), float64(between(ink, -10, 0)))
	}
	if v == 1 {
		p.put(`<div class="sig"><div class="two"><div><p>客户确认（签字）：%s</p></div><div><p>服务方（盖章）：</p><p>%s</p><p>%s</p></div></div>%s</div>`, p.sign(ink, "", personName(r)), provider, date, stamp)
	} else {
		p.put(`<div class="sig" style="padding-left:80mm"><p>%s</p><p>%s</p><p>%s</p>%s</div>`, pick(r, "结算方（盖章）：", "模型服务提供方（公章）：", "出具单位："), provider, date, stamp)
	}
	return p
}

// usagePaper prints a 用量明细, in several orders of its columns, with the unit
// in a column, with the price, or in the heading.
func (w *world) usagePaper(r *rand.Rand, i int) *paper {
	u := w.Usages[i]
	p := newPaper(hequan.KindUsage, fmt.Sprintf("usage:%d", i), r)
	p.Size, p.Margin = 10, "18mm 18mm"
	perPage := usageRows
	if r.IntN(4) == 0 {
		p.Width, p.Height, perPage = 297, 210, 19
	}
	v := r.IntN(4)
	dates := pick(r, 0, 1, 2)
	p.put(`<h1 style="font-size:16pt;margin-bottom:3mm">%s</h1>`, pick(r, "用量明细", "模型调用用量明细表", "Tokens用量及费用明细", "大模型服务用量清单"))
	customer, provider := p.f("customer", u.Customer, u.Customer), p.f("provider", u.Provider, u.Provider)
	from, to := p.f("period_start", u.From.String(), dateText(dates, u.From)), p.f("period_end", u.To.String(), dateText(dates, u.To))
	period := pick(r, "统计周期", "账期", "使用日期")
	switch r.IntN(4) {
	case 0:
		p.put(`%s`, pairs(2, [][2]string{{"客户", customer}, {"服务方", provider}, {period, from + "至" + to}}))
	case 1:
		p.put(`%s`, pairs(0, [][2]string{{"使用单位", customer}, {"服务提供方", provider}, {period, from + " — " + to}}))
	default:
		p.put(`<div class="two"><div>客户名称：%s</div><div>服务方：%s</div></div><p>%s：%s至%s</p>`, customer, provider, period, from, to)
	}
	var rows []map[string]printedCell
	for n, x := range u.Rows {
		rows = append(rows, map[string]printedCell{"序号": {text: fmt.Sprint(n + 1)}, "date": {x.Month, monthText(dates, x.Month), []string{fullDate(x.Month)}}, "model": cellOf(x.Model), "quantity": {value: x.Quantity, text: grouped(x.Quantity)},
			"unit": cellOf(x.Unit), "unit_price": cellOf(x.Price), "price_unit": {value: x.Unit, text: "元/" + x.Unit, accept: []string{"元/" + x.Unit}}, "amount": {value: x.Amount.String(), text: x.Amount.Grouped()}})
	}
	cols := w.usageColumns(r, u.Rows[0].Unit)
	class, style := []string{"ruled", "lines", "ruled", "open"}[v], pick(r, "", "background:#e9edf3")
	table := p.table("rows")
	for n := 0; n < len(rows); n += perPage {
		var b strings.Builder
		start := `<table class="%s" style="margin:0">%s`
		if n > 0 { // the list goes on on the next page
			start = `<table data-break class="%s" style="margin:0">%s`
		}
		fmt.Fprintf(&b, start, class, gridHead(style, cols))
		end := min(n+perPage, len(rows))
		p.gridRows(&b, table, cols, rows[n:end])
		if end == len(rows) {
			fmt.Fprintf(&b, `<tr><td class="m">合计</td><td colspan="%d"></td><td class="n">%s</td></tr>`, len(cols)-2, p.f("total", u.Total.String(), moneyText(pick(r, 0, 4), u.Total)))
		}
		p.put(`%s</table>`, b.String())
	}
	return p
}

// usageColumns are the columns of a usage list; the last is the amount.
func (w *world) usageColumns(r *rand.Rand, unit string) []column {
	date, model := column{"date", w.dateHeading(r), "m"}, column{"model", pick(r, "模型", "模型名称", "调用模型"), ""}
	quantity, price := column{"quantity", pick(r, "用量", "调用量", "Tokens用量"), "n"}, column{"unit_price", pick(r, "单价（元）", "单价"), "n"}
	amount := column{"amount", pick(r, "金额（元）", "费用（元）"), "n"}
	switch r.IntN(4) {
	case 0:
		return []column{{"", "序号", "m"}, model, date, quantity, {"unit", "单位", "m"}, price, amount}
	case 1: // the unit stands in the headings alone
		quantity.head += "（" + unit + "）"
		price.head = "单价（元/" + unit + "）"
		return []column{date, model, quantity, price, amount}
	case 2:
		return []column{date, model, quantity, {"unit", "计量单位", "m"}, price, {"price_unit", "计价单位", "m"}, amount}
	}
	return []column{date, model, quantity, {"unit", "单位", "m"}, price, amount}
}

// usageRows is how many rows of a usage list stand on an upright page.
const usageRows = 30

func (w *world) dateHeading(r *rand.Rand) string {
	month, date := pick(r, "月份", "账期", "使用月份"), pick(r, "日期", "使用日期", "账单日期")
	if w.Daily {
		return date
	}
	return month
}

// monthText writes the month or day of a usage row.
func monthText(style int, month string) string {
	if d, ok := day.Parse(month); ok {
		return dateText(style, d)
	}
	if style == 1 {
		return month
	}
	var y, m int
	fmt.Sscanf(month, "%d-%d", &y, &m)
	return fmt.Sprintf("%d年%d月", y, m)
}

// fullDate is the first day of a month, or the day.
func fullDate(month string) string {
	if len(month) == 7 {
		return month + "-01"
	}
	return month
}

// acceptancePaper prints the 验收报告.
func (w *world) acceptancePaper(r *rand.Rand) *paper {
	a := w.Acceptance
	p := newPaper(hequan.KindAcceptance, "acceptance", r)
	v := r.IntN(4)
	p.put(`<h1 style="font-family:%s">%s</h1>`, pick(r, heiFont, serifFont, songFont), pick(r, "项目验收报告", "验收报告", "交付验收单", "项目交付验收证明"))
	head := [][2]string{{"项目名称", p.f("project", a.Project, a.Project)}, {"合同编号", esc(a.Number)}, {pick(r, "采购单位", "验收单位"), p.f("acceptor", a.Acceptor, a.Acceptor)}, {pick(r, "供应单位", "交付单位", "供货单位"), p.f("supplier", a.Supplier, a.Supplier)},
		{pick(r, "验收时间", "验收日期"), p.f("date", a.Date.String(), dateText(pick(r, 0, 1, 4), a.Date))}}
	if !a.NoPlace {
		head = append(head, [2]string{"验收地点", p.f("place", a.Place, a.Place)})
	}
	var b strings.Builder
	b.WriteString(pairs([]int{1, 2, 0, 5}[v], head))
	p.put(`<div>%s</div>`, b.String())
	t := p.table("items")
	b.Reset()
	fmt.Fprintf(&b, `<p>验收内容：</p><table class="%s"><tr class="m"><td>序号</td><td>名称</td><td>数量</td><td>验收结果</td></tr>`, tableClass(v))
	result := pick(r, "通过", "合格")
	for i, l := range a.Items {
		p.row(t)
		q := fmt.Sprint(l.Quantity)
		fmt.Fprintf(&b, `<tr><td class="m">%d</td><td>%s</td><td class="m">%s</td><td class="m">%s</td></tr>`, i+1, p.c(t, "name", l.Name, l.Name), p.c(t, "quantity", q, q+l.Unit), p.c(t, "result", result, result))
	}
	p.put(`<div>%s</table></div>`, b.String())
	if !a.NoConclusion {
		s := p.fm("conclusion", a.Conclusion, a.Conclusion, "loose")
		passed := a.Outcome == "passed"
		p.fields[len(p.fields)-1].Passed = &passed
		p.put(`<p>验收结论：%s</p>`, s)
		p.hidden("outcome", a.Outcome, a.Conclusion, "")
	}
	stamps := p.stamp(newSeal(r, "company", "applicant", w.Applicant.Name, w.Applicant.SealCode), float64(between(r, 18, 32)), float64(between(r, -4, 4)))
	signB := "　　　　"
	if !a.NoSupplierSeal {
		stamps += p.stamp(newSeal(r, "company", w.partyOf(a.SupplierSeal), a.SupplierSeal, w.Provider.SealCode), float64(between(r, 102, 116)), float64(between(r, -4, 4)))
		signB = p.sign(r, "", personName(r))
	}
	p.put(`<div class="sig" style="margin-top:10mm"><div class="two"><div><p>采购单位（盖章）：</p><p>代表签字：%s</p><p>%s</p></div><div><p>供应单位（盖章）：</p><p>代表签字：%s</p><p>%s</p></div></div>%s</div>`, p.sign(r, "", personName(r)), dateText(0, a.Date), signB, dateText(0, a.Date), stamps)
	return p
}
