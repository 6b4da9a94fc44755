package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
)

// fieldAcceptance prints what the buyer signs: a form, a letter, or a report by sections.
func (w *world) fieldAcceptance(r *rand.Rand) *paper {
	a := w.Acceptance
	p := newFieldPaper(hequan.KindAcceptance, "acceptance", r)
	project, supplier, acceptor := p.f("project", a.Project, a.Project), p.f("supplier", a.Supplier, a.Supplier), p.f("acceptor", a.Acceptor, a.Acceptor)
	date := p.f("date", a.Date.String(), dateText(pick(r, 0, 1, 2), a.Date))
	place, conclusion := "", ""
	if !a.NoPlace {
		place = p.f("place", a.Place, a.Place)
	}
	if !a.NoConclusion {
		conclusion = p.fm("conclusion", a.Conclusion, a.Conclusion, "loose")
		passed := a.Outcome == "passed"
		p.fields[len(p.fields)-1].Passed = &passed
		p.hidden("outcome", a.Outcome, a.Conclusion, "")
	}
	stamps := p.stamp(newSeal(r, "company", "applicant", w.Applicant.Name, w.Applicant.SealCode), float64(between(r, 18, 32)), float64(between(r, -4, 4)))
	signB := "　　　　"
	if !a.NoSupplierSeal {
		stamps += p.stamp(newSeal(r, "company", w.partyOf(a.SupplierSeal), a.SupplierSeal, w.Provider.SealCode), float64(between(r, 102, 116)), float64(between(r, -4, 4)))
		signB = p.sign(r, "", personName(r))
	}
	signA := p.sign(r, "", personName(r))
	switch r.IntN(3) {
	case 0:
		list := [][2]string{{"项目", project}, {"合同号", esc(a.Number)}, {"使用单位", acceptor}, {"承建单位", supplier}, {"验收日期", date}, {"交货方式", "现场交付"}}
		if place != "" {
			list = append(list, [2]string{"交付地点|", place})
		}
		p.put(`<h1>%s</h1>%s`, pick(r, "验收单", "软硬件交付验收单", "项目验收表"), fourColumns("ruled", list))
		p.put(`%s`, p.fieldDelivered(r, a.Items, []column{{"", "序号", "m"}, {"name", "设备/软件名称", ""}, {"quantity", "数量", "m"}, {"", "单位", "m"}, {"result", "验收情况", "m"}}, "ruled"))
		if conclusion != "" {
			p.put(`<table class="ruled"><tr><td style="width:30mm;height:18mm" class="m">验收意见</td><td>%s</td></tr></table>`, conclusion)
		}
		p.put(`<div class="sig" style="margin-top:8mm"><div class="two"><div><p>使用单位签章：</p><p>经办人：%s</p></div><div><p>承建单位签章：</p><p>经办人：%s</p></div></div>%s</div>`, signA, signB, stamps)
	case 1:
		at := ""
		if place != "" {
			at = "在" + place
		}
		p.put(`<h1>%s</h1><p>致：%s</p><div class="in"><p>贵公司依据合同（编号：%s）为我公司“%s”项目提供的下列产品与服务，已于%s%s交付完毕，明细如下：</p></div>`, pick(r, "交付确认书", "项目交付确认函", "收货及验收确认函"), supplier, esc(a.Number), project, date, at)
		p.put(`%s`, p.fieldDelivered(r, a.Items, []column{{"name", "交付内容", ""}, {"quantity", "交付数量", "m"}, {"result", "确认结果", "m"}}, pick(r, "lines", "open")))
		if conclusion != "" {
			p.put(`<div class="in"><p>%s%s</p></div>`, pick(r, "经我公司核验：", "我方确认："), conclusion)
		}
		p.put(`<div class="sig" style="margin-top:12mm"><div class="two"><div><p>确认单位：%s</p><p>签字：%s</p></div><div><p>交付单位（章）</p><p>签字：%s</p></div></div>%s</div>`, acceptor, signA, signB, stamps)
	default:
		p.put(`<h1>%s</h1><h2>一、项目概况</h2><p>1. 项目名称：%s</p><p>2. 甲方（建设单位）：%s</p><p>3. 乙方（实施单位）：%s</p><p>4. 合同编号：%s</p>`, pick(r, "系统验收报告", "项目终验报告", "最终验收报告书"), project, acceptor, supplier, esc(a.Number))
		p.put(`<h2>二、交付清单</h2>%s`, p.fieldDelivered(r, a.Items, []column{{"", "序号", "m"}, {"name", "交付物", ""}, {"quantity", "数量", "m"}, {"result", "检验结论", "m"}}, "ruled"))
		at := ""
		if place != "" {
			at = "，地点为" + place
		}
		p.put(`<h2>三、验收过程</h2><div class="in"><p>双方于%s组织验收%s，对照合同逐项清点和测试。</p></div>`, date, at)
		if conclusion != "" {
			p.put(`<h2>四、%s</h2><div class="in"><p>%s</p></div>`, pick(r, "验收结论", "结论意见"), conclusion)
		}
		p.put(`<div class="sig" style="margin-top:10mm"><div class="two"><div><p>甲方代表：%s</p><p>（盖章）</p></div><div><p>乙方代表：%s</p><p>（盖章）</p></div></div>%s</div>`, signA, signB, stamps)
	}
	return p
}

// fieldDelivered prints the table of what was delivered.
func (p *paper) fieldDelivered(r *rand.Rand, items []line, cols []column, class string) string {
	result := pick(r, "合格", "符合", "通过")
	var rows []map[string]printedCell
	for i, l := range items {
		q := fmt.Sprint(l.Quantity)
		text := q + l.Unit
		for _, c := range cols {
			if c.head == "单位" {
				text = q
			}
		}
		rows = append(rows, map[string]printedCell{"序号": {text: fmt.Sprint(i + 1)}, "name": cellOf(l.Name), "quantity": {value: q, text: text}, "单位": {text: l.Unit}, "result": cellOf(result)})
	}
	return p.grid("items", class, "", cols, rows) + `</table>`
}

// fieldAudit prints a report that begins with its opinion, or with a cover of
// labels; its sums stand in sections.
func (w *world) fieldAudit(r, ink *rand.Rand, i int) *paper {
	a := w.Audits[i]
	p := newFieldPaper(hequan.KindAuditReport, fmt.Sprintf("audit:%d", i), r)
	p.Footer = pick(r, "第 {p} 页", "{p}", "")
	period := []string{fmt.Sprintf("%d年1月1日至%d年12月31日", a.Year, a.Year), fmt.Sprintf("%d年度", a.Year), fmt.Sprintf("截至%d年12月31日止年度", a.Year)}[r.IntN(3)]
	number, year := p.f("report_number", a.Number, a.Number), p.f("year", fmt.Sprint(a.Year), period)
	if r.IntN(2) == 0 {
		p.put(`<div style="padding-top:50mm;height:240mm"><h1 style="font-size:28pt">审计报告书</h1><p style="height:40mm"></p>%s</div>`, pairs(pick(r, 1, 5), [][2]string{{"文号", number}, {"委托单位", p.f("entity", a.Entity, a.Entity)}, {"报表期间", year}, {"审计机构", p.f("firm", a.Firm, a.Firm)}}))
		if !a.NoOpinion {
			w.opinion(r, ink, p, a)
		}
		w.balance(r, p, a)
		return p
	}
	p.put(`<h1>审计报告</h1><p style="text-align:right">%s</p><p>%s董事会：</p>`, number, p.f("entity", a.Entity, a.Entity))
	p.put(`<div class="in"><p>%s</p><p>我们接受委托，审计了贵公司%s的财务报表，包括资产负债表、利润表、现金流量表、股东权益变动表和财务报表附注。</p></div>`, map[bool]string{false: "一、" + p.trait("opinion", "审计意见", "审计意见"), true: ""}[a.NoOpinion], year)
	if !a.NoOpinion {
		p.put(`<div class="in"><p>我们认为，上述财务报表已按照企业会计准则编制，在所有重大方面公允反映了贵公司的财务状况、经营成果和现金流量。</p><p>二、管理层的责任</p><p>编制和公允列报财务报表是贵公司管理层的责任。</p><p>三、注册会计师的责任</p><p>我们的责任是在执行审计工作的基础上对财务报表发表审计意见。</p></div>`)
	}
	stamps := ""
	if !a.NoSeal {
		stamps = p.stamp(newSeal(ink, "company", "other", a.Firm, "1101"+digits(ink, 9)), float64(between(ink, 8, 20)), float64(between(ink, -10, -5)))
	}
	p.put(`<div class="sig" style="margin-top:16mm"><p>%s</p><p>主任会计师：%s</p><p>中国注册会计师：%s</p><p>%s　　　北京</p>%s</div>`, p.f("firm", a.Firm, a.Firm), p.sign(ink, "", a.CPA[0]), p.sign(ink, "", a.CPA[1]), p.f("report_date", a.Date.String(), dateText(pick(r, 0, 3), a.Date)), stamps)
	w.balance(r, p, a)
	return p
}
