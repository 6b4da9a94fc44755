package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// heldSettlement prints a statement of account: as a letter, or as a form.
func (w *world) heldSettlement(r, ink *rand.Rand, i int) *paper {
	s := w.Settlements[i]
	p := newHeld(hequan.KindSettlement, fmt.Sprintf("settlement:%d", i), r)
	dates := pick(r, 0, 3, 4, 5)
	letter := r.IntN(2) == 0
	from, to := p.f("period_start", s.From.String(), dateText(dates, s.From)), p.f("period_end", s.To.String(), dateText(dates, s.To))
	number, customer, provider := p.f("number", s.Number, s.Number), p.f("customer", s.Customer, s.Customer), ""
	title := pick(r, "服务费用对账确认函", "阶段费用结算确认书", "大模型资源使用费清算单")
	if letter {
		p.put(`<p style="text-align:right">函号：%s</p><h1>%s</h1><p>致：%s</p><div class="in"><p>%s</p></div>`, number, title, customer,
			fmt.Sprintf(pick(r, "贵方自%s起至%s止使用我方模型服务所发生的费用，经核算如下，请予确认：", "现将%s至%s的服务用量及应付费用列示如下，请核对："), from, to))
	} else {
		provider = p.f("provider", s.Provider, s.Provider)
		p.put(`<h1>%s</h1>%s`, title, pairs(pick(r, 1, 2, 3), [][2]string{{"使用方", customer}, {"供应方", provider}, {pick(r, "业务期间", "费用所属期", "核算区间"), from + pick(r, " ～ ", " 至 ") + to}, {pick(r, "单据号", "流水号"), number}}))
	}
	var rows []map[string]printedCell
	for n, u := range s.Items {
		rows = append(rows, map[string]printedCell{"No": {text: fmt.Sprint(n + 1)}, "model": cellOf(u.Model), "quantity": {value: u.Quantity, text: pick(r, u.Quantity, grouped(u.Quantity))}, "unit": cellOf(u.Unit),
			"unit_price": cellOf(u.Price), "amount": {value: u.Amount.String(), text: pick(r, u.Amount.String(), u.Amount.Grouped())}})
	}
	cols := []column{{"", "No", "m"}, {"model", pick(r, "服务项", "资源名称"), ""}, {"unit_price", pick(r, "执行价", "结算价（元）"), "n"}, {"unit", "单位", "m"}, {"quantity", pick(r, "消耗量", "累计用量"), "n"}, {"amount", pick(r, "小计（元）", "应付"), "n"}}
	words := wordsText(pick(r, 0, 1, 2, 3), s.Words)
	total, inWords := p.f("total", s.Total.String(), moneyText(pick(r, 0, 1, 3), s.Total)), p.f("total_words", s.Words.String(), words, words)
	p.put(`%s</table>`, p.grid("items", pick(r, "ruled", "lines", "open"), pick(r, "", "border-top:.4mm solid #333;border-bottom:.4mm solid #333"), cols, rows))
	p.put(`<p>%s%s（%s）</p>`, pick(r, "以上共计人民币", "本期应付合计：", "费用总额："), total, inWords)
	p.put(`<p style="font-size:.9em">附：逐期用量清单。</p><div style="height:10mm"></div>`)
	date := p.f("date", s.Date.String(), dateText(pick(r, 0, 3, 2), s.Date))
	if letter {
		provider = p.f("provider", s.Provider, s.Provider)
	} else {
		provider = esc(s.Provider)
	}
	stamp := ""
	if s.Seal != "" {
		stamp = p.stamp(w.pressed(ink, s.SealKind, w.Provider, s.Seal), float64(between(ink, 20, 34)), float64(between(ink, -12, -2)))
	}
	p.put(`<div class="sig" style="margin-left:%dmm;padding-bottom:8mm"><p>%s</p><p>%s</p>%s</div>`, pick(r, 0, 70), provider, date, stamp)
	return p
}

// heldUsage prints a bill of use as a cloud platform exports it.
func (w *world) heldUsage(r *rand.Rand, i int) *paper {
	u := w.Usages[i]
	p := newHeld(hequan.KindUsage, fmt.Sprintf("usage:%d", i), r)
	p.Size, p.Margin = 9.5, "15mm 14mm"
	across := r.IntN(2) == 0
	perPage := 34
	if across {
		p.Width, p.Height, perPage = 297, 210, 20
	}
	dates := pick(r, 1, 5)
	p.put(`<div style="font-size:15pt">%s</div>%s`, pick(r, "费用账单明细", "资源消耗清单", "模型推理账单"), pairs(3, [][2]string{{pick(r, "账号主体", "租户"), p.f("customer", u.Customer, u.Customer)}, {pick(r, "出账方", "平台运营方"), p.f("provider", u.Provider, u.Provider)},
		{pick(r, "出账区间", "费用周期"), p.f("period_start", u.From.String(), dateText(dates, u.From)) + " ~ " + p.f("period_end", u.To.String(), dateText(dates, u.To))}, {"币种", "人民币（CNY）"}}))
	cols := []column{{"model", pick(r, "计费对象", "规格"), ""}, {"date", pick(r, "消费时间", "计费周期"), "m"}, {"", "地域", "m"}, {"unit_price", pick(r, "官网价", "单价"), "n"}, {"price_unit", pick(r, "计价单位", "价格单位"), "m"}, {"quantity", pick(r, "计费用量", "消耗"), "n"}, {"amount", pick(r, "应付金额", "费用"), "n"}}
	var rows []map[string]printedCell
	for _, x := range u.Rows {
		rows = append(rows, map[string]printedCell{"model": cellOf(x.Model), "date": {x.Month, strings.ReplaceAll(x.Month, "-", pick(r, "-", "/")), []string{fullDate(x.Month)}}, "地域": {text: "华北二"},
			"unit_price": cellOf(x.Price), "price_unit": {value: x.Unit, text: "元/" + x.Unit, accept: []string{"元/" + x.Unit}}, "quantity": cellOf(x.Quantity), "amount": cellOf(x.Amount.String())})
	}
	class, style := pick(r, "lines", "ruled", "open"), pick(r, "background:#dfe7f2", "background:#2f4b7c;color:#fff", "")
	table := p.table("rows")
	for n := 0; n < len(rows); n += perPage {
		var b strings.Builder
		start := `<table class="%s" style="margin:0">%s`
		if n > 0 {
			start = `<table data-break class="%s" style="margin:0">%s`
		}
		fmt.Fprintf(&b, start, class, gridHead(style, cols))
		end := min(n+perPage, len(rows))
		p.gridRows(&b, table, cols, rows[n:end])
		if end == len(rows) {
			fmt.Fprintf(&b, `<tr><td>%s</td><td colspan="5"></td><td class="n">%s</td></tr>`, pick(r, "总计", "合计"), p.f("total", u.Total.String(), u.Total.String()))
		}
		p.put(`%s</table>`, b.String())
	}
	return p
}

// heldAcceptance prints a certificate: as a letter, or as one ruled form.
func (w *world) heldAcceptance(r *rand.Rand) *paper {
	a := w.Acceptance
	p := newHeld(hequan.KindAcceptance, "acceptance", r)
	date := p.f("date", a.Date.String(), dateText(pick(r, 0, 3, 5), a.Date))
	project, acceptor, supplier := p.f("project", a.Project, a.Project), p.f("acceptor", a.Acceptor, a.Acceptor), p.f("supplier", a.Supplier, a.Supplier)
	place := ""
	if !a.NoPlace {
		place = p.f("place", a.Place, a.Place)
	}
	conclusion := ""
	if !a.NoConclusion {
		conclusion = p.fm("conclusion", a.Conclusion, a.Conclusion, "loose")
		passed := a.Outcome == "passed"
		p.fields[len(p.fields)-1].Passed = &passed
		p.hidden("outcome", a.Outcome, a.Conclusion, "")
	}
	result := pick(r, "符合", "完好", "通过")
	var rows []map[string]printedCell
	for _, l := range a.Items {
		q := fmt.Sprint(l.Quantity)
		rows = append(rows, map[string]printedCell{"name": cellOf(l.Name), "quantity": {value: q, text: q}, "计量": {text: l.Unit}, "result": cellOf(result)})
	}
	cols := []column{{"name", pick(r, "交付物", "验收对象"), ""}, {"quantity", "数目", "m"}, {"", "计量", "m"}, {"result", pick(r, "核验", "检查情况"), "m"}}
	title := pick(r, "交付确认书", "项目终验报告", "到货及部署验收单")
	where := ""
	if place != "" {
		where = "，地点为" + place
	}
	if r.IntN(2) == 0 {
		p.put(`<h1>%s</h1><div class="in"><p>兹证明，%s（供货单位）就“%s”向%s（使用单位）交付的下列内容，已于%s完成现场查验%s。</p></div>`, title, supplier, project, acceptor, date, where)
		p.put(`<div>%s</table></div>`, p.grid("items", pick(r, "ruled", "lines"), "", cols, rows))
		if conclusion != "" {
			p.put(`<div class="in"><p>%s：%s</p></div>`, pick(r, "查验意见", "综合评定"), conclusion)
		}
	} else {
		head := [][2]string{{"项目", project}, {"查验日期", date}, {"使用单位", acceptor}, {"供货单位", supplier}}
		if place != "" {
			head = append(head, [2]string{"查验地点", place})
		}
		p.put(`<h1>%s</h1>%s`, title, pairs(2, head))
		p.put(`<div>%s</table></div>`, p.grid("items", "ruled", "", cols, rows))
		if conclusion != "" {
			p.put(`<table class="ruled"><tr><td style="width:27mm">%s</td><td style="height:22mm">%s</td></tr></table>`, pick(r, "查验意见", "验收小组意见"), conclusion)
		}
	}
	stamps := p.stamp(w.pressed(r, "company", w.Applicant, w.Applicant.Name), float64(between(r, 14, 30)), float64(between(r, -6, 2)))
	hand := "　　　　"
	if !a.NoSupplierSeal {
		stamps += p.stamp(w.pressed(r, "company", w.Provider, a.SupplierSeal), float64(between(r, 98, 110)), float64(between(r, -6, 2)))
		hand = p.sign(r, "", personName(r))
	}
	p.put(`<div class="sig" style="margin-top:12mm;padding-bottom:10mm"><div class="two"><div><p>使用单位（印章）</p><p>经办人：%s</p></div><div><p>供货单位（印章）</p><p>经办人：%s</p></div></div>%s</div>`, p.sign(r, "", personName(r)), hand, stamps)
	return p
}
