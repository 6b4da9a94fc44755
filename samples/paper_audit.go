package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
	"hequan/internal/rmb"
)

// auditPaper prints an audit report: cover, opinion, balance sheet, and notes where they are asked for; ink is for
// its seals and signatures.
func (w *world) auditPaper(r, ink *rand.Rand, i int) *paper {
	a := w.Audits[i]
	p := newPaper(hequan.KindAuditReport, fmt.Sprintf("audit:%d", i), r)
	p.Font = pick(r, songFont, serifFont, timesFont)
	if r.IntN(2) == 0 {
		p.Footer = `<span>- {p} -</span>`
	}
	year := fmt.Sprintf("%d年度", a.Year)
	title := pick(r, "审计报告", "审 计 报 告")
	switch r.IntN(4) {
	case 2:
		p.put(`<div style="padding-top:30mm;height:245mm"><h1 style="font-size:26pt">%s</h1>%s</div>`, title, pairs(pick(r, 0, 4), [][2]string{{"被审计单位", p.f("entity", a.Entity, a.Entity)}, {"审计年度", p.f("year", fmt.Sprint(a.Year), year)}, {"报告编号", p.f("report_number", a.Number, a.Number)}, {"会计师事务所", p.f("firm", a.Firm, a.Firm)}}))
	case 3:
		p.put(`<div style="height:245mm"><p style="text-align:right">%s</p><p style="font-size:26pt;font-family:%s;margin-top:50mm;text-align:center">%s<br>%s</p><p style="text-align:center;font-size:16pt;margin-top:16mm">%s</p><p style="margin-top:90mm;text-align:center">%s　编制</p></div>`,
			p.f("report_number", a.Number, a.Number), kaiFont, p.f("entity", a.Entity, a.Entity), "审计报告", p.f("year", fmt.Sprint(a.Year), year), p.f("firm", a.Firm, a.Firm))
	case 0:
		p.put(`<div style="text-align:center;padding-top:38mm;height:245mm"><h1 style="font-size:30pt">%s</h1><p>%s</p><p style="height:30mm"></p><p style="font-size:17pt">%s</p><p style="font-size:15pt">%s</p><p style="height:52mm"></p><p style="font-size:14pt">%s</p></div>`,
			title, p.f("report_number", a.Number, a.Number), p.f("entity", a.Entity, a.Entity), p.f("year", fmt.Sprint(a.Year), year), p.f("firm", a.Firm, a.Firm))
	default:
		p.put(`<div style="padding-top:24mm;height:245mm"><p style="font-size:18pt">%s</p><p style="font-size:20pt">%s</p><p style="font-size:24pt;margin-top:10mm;font-family:%s">%s</p><p style="margin-top:14mm">报告文号：%s</p><p style="height:70mm"></p><p style="font-size:14pt">%s</p><p>地址：北京市西城区%s号　邮编：100044</p></div>`,
			p.f("entity", a.Entity, a.Entity), p.f("year", fmt.Sprint(a.Year), year), heiFont, title, p.f("report_number", a.Number, a.Number), p.f("firm", a.Firm, a.Firm), "车公庄大街"+fmt.Sprint(between(r, 3, 30)))
	}
	if !a.NoOpinion {
		w.opinion(r, ink, p, a)
	}
	w.balance(r, p, a)
	if w.Notes > 0 {
		w.notes(stream(w.seed, p.Key+" notes"), p, a, w.Notes)
	}
	return p
}

func (w *world) opinion(r, ink *rand.Rand, p *paper, a audit) {
	p.put(`<div data-break class="in"><h1>审计报告</h1><p style="text-align:right;text-indent:0">%s</p><p style="text-indent:0"><b>%s全体股东：</b></p></div>`, esc(a.Number), esc(a.Entity))
	for _, s := range []string{
		"<b>" + p.trait("opinion", "审计意见", "一、审计意见") + "</b>", fmt.Sprintf("我们审计了%s（以下简称“贵公司”）财务报表，包括%d年12月31日的资产负债表，%d年度的利润表、现金流量表、所有者权益变动表以及相关财务报表附注。", esc(a.Entity), a.Year, a.Year),
		fmt.Sprintf("我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司%d年12月31日的财务状况以及%d年度的经营成果和现金流量。", a.Year, a.Year),
		"<b>二、形成审计意见的基础</b>", "我们按照中国注册会计师审计准则的规定执行了审计工作。我们相信，我们获取的审计证据是充分、适当的，为发表审计意见提供了基础。",
		"<b>三、管理层和治理层对财务报表的责任</b>", "贵公司管理层负责按照企业会计准则的规定编制财务报表，使其实现公允反映，并设计、执行和维护必要的内部控制。",
		"<b>四、注册会计师对财务报表审计的责任</b>", "我们的目标是对财务报表整体是否不存在由于舞弊或错误导致的重大错报获取合理保证，并出具包含审计意见的审计报告。",
	} {
		if len([]rune(s)) > 40 {
			s = p.passage(s)
		}
		p.put(`<div class="in"><p>%s</p></div>`, s)
	}
	stamps := ""
	if !a.NoSeal {
		stamps = p.stamp(newSeal(ink, "company", "other", a.Firm, "1101"+digits(r, 9)), float64(between(ink, 8, 20)), float64(between(ink, -10, -5))) +
			p.stamp(nameSeal(ink, "other", a.CPA[0]), 118, -6) + p.stamp(nameSeal(ink, "other", a.CPA[1]), 118, 16)
	}
	p.put(`<div class="sig" style="margin-top:9mm"><div class="two"><div><p>%s</p><p>中国·北京</p></div><div><p>中国注册会计师：%s</p><p style="margin-top:8mm">中国注册会计师：%s</p><p style="margin-top:4mm">%s</p></div></div>%s</div>`,
		esc(a.Firm), p.sign(ink, "", a.CPA[0]), p.sign(ink, "", a.CPA[1]), p.f("report_date", a.Date.String(), dateText(pick(r, 0, 3), a.Date)), stamps)
}

// balance prints a balance sheet that balances.
func (w *world) balance(r *rand.Rand, p *paper, a audit) {
	share := func(f rmb.Fen, percent int) rmb.Fen { return f * rmb.Fen(percent) / 100 }
	cash, owed, stock := share(a.Assets, 24), share(a.Assets, 31), share(a.Assets, 9)
	fixed := a.Assets - cash - owed - stock
	loan, payable := share(a.Assets, 18), share(a.Assets, 22)
	capital := share(a.Assets, 30)
	kept := a.Assets - loan - payable - capital
	rows := ""
	for _, x := range []struct {
		l  string
		lv rmb.Fen
		r  string
		rv rmb.Fen
	}{{"货币资金", cash, "短期借款", loan}, {"应收账款", owed, "应付账款", payable}, {"存货", stock, "负债合计", loan + payable}, {"流动资产合计", cash + owed + stock, "实收资本", capital}, {"固定资产及无形资产", fixed, "未分配利润", kept}, {"资产总计", a.Assets, "负债和所有者权益总计", a.Assets}} {
		rows += fmt.Sprintf(`<tr><td>%s</td><td class="n">%s</td><td>%s</td><td class="n">%s</td></tr>`, x.l, x.lv.Grouped(), x.r, x.rv.Grouped())
	}
	p.put(`<div data-break><h1 style="font-size:17pt">%s</h1><div class="two"><div>编制单位：%s</div><div style="text-align:right">%d年12月31日　　单位：元</div></div><table class="ruled"><tr class="m"><td>资产</td><td>期末余额</td><td>负债和所有者权益</td><td>期末余额</td></tr>%s</table>`, p.trait("statements", "资产负债表", "资产负债表"), esc(a.Entity), a.Year, rows)
	p.put(`<p>营业收入（%d年度）：%s元</p><p style="margin-top:8mm">法定代表人：　　　　　　主管会计工作负责人：　　　　　　会计机构负责人：</p></div>`, a.Year, a.Revenue.Grouped())
}
