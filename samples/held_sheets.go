package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// heldCommitment prints the promises in other words and another order.
func (w *world) heldCommitment(r *rand.Rand) *paper {
	c := w.Commitment
	p := newHeld(hequan.KindCommitment, "commitment", r)
	p.Size, p.Margin = pick(r, 12.0, 14.5), "28mm 30mm"
	p.put(`<h1 style="font-size:20pt">%s</h1>`, p.area("heading", pick(r, "诚信申报承诺函", "关于申报材料真实性的承诺", "企业信用承诺书")))
	promises := []string{
		"我方提交的全部资料均与事实相符，如有不实，愿退还全部款项并接受处理。",
		"就本项目未曾取得本区其他财政资金的支持，亦未以其他类型重复提出申请。",
		"最近三年内未受到重大行政处罚，未因刑事犯罪被追究，未被列入严重失信主体名单。",
		"我方与所选模型服务机构相互独立，不存在股权控制或其他关联，所购服务只用于自身业务。",
	}
	if c.NoPromise {
		promises = []string{promises[0], promises[3]}
	}
	p.put(`<div class="in"><p>%s</p></div>`, fmt.Sprintf(pick(r, "为申领“模型券”，现就“%s”一事声明：", "就“%s”申领模型券事宜，谨作如下保证："), esc(c.Project)))
	for i, s := range promises {
		html := p.passage(esc(s))
		if strings.Contains(s, "财政资金") {
			html = p.trait("declares", "no_other_funding", html)
		}
		if strings.Contains(s, "处罚") {
			html = p.trait("declares", "no_penalty", html)
			html = p.trait("declares", "not_dishonest", html)
		}
		p.put(`<div class="in"><p>%s%s</p></div>`, fmt.Sprintf(pick(r, "（%s）", "%s．"), chineseDigits[i+1]), html)
	}
	applicant, date := p.f("applicant", c.Applicant, c.Applicant), p.f("date", c.Date.String(), dateText(pick(r, 0, 2, 3), c.Date))
	hand := "　　　　　　"
	if !c.NoSign {
		hand = p.sign(r, "signature", c.Signer)
	}
	stamp := ""
	if c.Seal != "" {
		stamp = p.stamp(w.pressed(r, "company", w.Applicant, c.Seal), float64(between(r, 10, 30)), float64(between(r, -8, 4)))
	}
	p.put(`<div class="sig" style="margin-top:%dmm;padding-bottom:8mm"><p>声明方：%s（印）</p><p>负责人亲笔：%s</p><p>%s</p>%s</div>`, between(r, 14, 26), applicant, hand, date, stamp)
	return p
}

// heldBank prints a sheet of the payee, or the bank's own notice of the basic account.
func (w *world) heldBank(r *rand.Rand) *paper {
	b := w.Bank
	p := newHeld(hequan.KindBankAccount, "bank", r)
	rows := [][2]string{{"收款人全称", p.f("account_name", b.AccountName, b.AccountName)}, {"结算账号", p.f("account", b.Account, pick(r, b.Account, spaced(b.Account)))}, {"开户机构", p.f("bank", b.Bank, b.Bank)}}
	if r.IntN(2) == 0 {
		p.put(`<h1>%s</h1>%s`, pick(r, "收款单位账户资料", "资金拨付账户登记表"), pairs(pick(r, 1, 5), append(rows, [2]string{"财务经办", esc(personName(r) + " " + w.Applicant.Phone)})))
	} else {
		rows[0][0], rows[1][0], rows[2][0] = "账户名称", "账户号码", "开户银行"
		p.put(`<div style="border:.5mm solid #444;padding:10mm 12mm"><h1>基本存款账户信息</h1>%s<p style="text-align:right;margin-top:10mm">%s</p></div>`, pairs(4, append(rows, [2]string{"法定代表人", esc(w.Applicant.Legal)}, [2]string{"基本存款账户编号", "J1000" + digits(r, 9)})), esc(b.Bank))
	}
	stamp := ""
	if b.Seal != "" {
		stamp = p.stamp(w.pressed(r, "company", w.Applicant, b.Seal), float64(between(r, 6, 30)), float64(between(r, -10, 0)))
	}
	p.put(`<div class="sig" style="margin-top:24mm;padding-bottom:10mm"><p>%s</p><p>%s</p>%s</div>`, esc(w.Applicant.Name), dateText(pick(r, 0, 2), b.Date), stamp)
	return p
}

// heldFiling prints the entry as cards of an app, or as a text notice.
func (w *world) heldFiling(r *rand.Rand) *paper {
	f := w.Filing
	p := newHeld(hequan.KindFilingProof, "filing", r)
	model, entity := p.f("model", f.Model, f.Model), p.f("entity", f.Entity, f.Entity)
	number, territory := p.f("number", f.Number, f.Number), p.f("territory", f.Territory, f.Territory)
	date := p.f("date", f.Date.String(), dateText(pick(r, 1, 2, 4), f.Date))
	register := p.trait("register", registers[f.Register], esc(f.Register))
	if r.IntN(2) == 0 {
		p.Width, p.Height, p.Margin = 120, 213, "8mm 6mm"
		p.put(`<div style="background:#f2f3f5;padding:4mm;font-size:13pt">%s</div><div style="border:.3mm solid #ddd;border-radius:3mm;padding:5mm;margin-top:5mm"><p style="font-size:14pt">%s</p>%s</div><p style="color:#999;font-size:9pt;margin-top:6mm">数据来源：国家互联网信息办公室</p>`,
			register, model, pairs(0, [][2]string{{"服务主体", entity}, {"备案号", number}, {"通过日期", date}, {"所在地", territory}}))
		return p
	}
	p.put(`<h1>关于发布%s的公告（节录）</h1><div class="in"><p>现将有关服务予以公布。其中：%s提供的“%s”，属地%s，编号%s，日期%s。</p></div>`, register, entity, model, territory, number, date)
	p.put(`<p style="text-align:right;margin-top:14mm">国家互联网信息办公室</p>`)
	return p
}

// heldLicense prints the 营业执照 in two columns of another order, on blue.
func (w *world) heldLicense(r *rand.Rand) *paper {
	l := w.License
	p := newHeld(hequan.KindBusinessLicense, "license", r)
	term, until := "长期", "long"
	if !l.TermEnd.IsZero() {
		term, until = dateText(0, l.Established)+" 至 "+dateText(0, l.TermEnd), l.TermEnd.String()
	}
	registrar := newSeal(r, "authority", "other", "北京市经济技术开发区市场监督管理局", "1101"+digits(r, 9))
	registrar.Faint, registrar.Double = false, false
	p.Width, p.Height, p.Margin, p.Size = 297, 210, "0", 12
	p.Style = `.page{background:` + pick(r, "#f6fafe", "#fffef8") + `}.edge{position:absolute;inset:7mm;border:2mm solid #8fb0d6}.t{position:absolute;left:0;right:0;top:24mm;text-align:center;font-size:38pt;letter-spacing:.4em;font-family:` + schoolKaiFont + `}
.b{position:absolute;left:24mm;right:24mm;top:62mm}.b td{padding:2.2mm 1.6mm;vertical-align:top}.k{color:#345;width:30mm;text-align-last:justify}.q{position:absolute;left:20mm;bottom:20mm}.q img{width:26mm}.o{position:absolute;right:40mm;bottom:26mm;width:60mm;text-align:center}`
	row := func(a, b, c, d string) string {
		return fmt.Sprintf(`<tr><td class="k">%s</td><td style="width:44%%">%s</td><td class="k">%s</td><td>%s</td></tr>`, a, b, c, d)
	}
	capital := capitalText(r.IntN(3), l.Capital)
	body := row("企业名称", p.f("name", l.Name, l.Name), "统一社会信用代码", p.f("uscc", l.USCC, l.USCC)) + row("住所", p.f("address", l.Address, l.Address), "企业类型", esc(l.Type)) +
		row("法定代表人", p.f("legal_representative", l.Legal, l.Legal), "注册资本", p.f("capital", l.Capital.String(), capital)) +
		row("成立日期", p.f("established", l.Established.String(), dateText(pick(r, 0, 4), l.Established)), "经营期限", p.trait("valid_until", until, esc(term)))
	scope := "人工智能应用软件开发；人工智能公共数据平台；信息系统集成服务；技术服务、技术开发、技术咨询；数据处理服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
	p.put(`<div style="height:100%%"><div class="edge"></div><div class="t">营业执照</div><div class="b"><table class="open">%s<tr><td class="k">经营范围</td><td colspan="3">%s</td></tr></table></div><div class="q">%s</div><div class="o">登记机关%s<div style="margin-top:20mm">%s</div></div></div>`,
		body, scope, qrImage("https://www.gsxt.gov.cn/%7B"+l.USCC+"%7D"), p.stamp(registrar, 8, -6), dateText(0, l.Established.AddMonths(between(r, 1, 40))))
	return p
}

// heldAudit prints a report with a sheet of its registration before its pages.
func (w *world) heldAudit(r, ink *rand.Rand, i int) *paper {
	a := w.Audits[i]
	p := newHeld(hequan.KindAuditReport, fmt.Sprintf("audit:%d", i), r)
	p.Footer = `{p}`
	rows := [][2]string{{"报告文号", p.f("report_number", a.Number, a.Number)}, {"被审单位", p.f("entity", a.Entity, a.Entity)}, {"审计机构", p.f("firm", a.Firm, a.Firm)}, {"报告年度", p.f("year", fmt.Sprint(a.Year), fmt.Sprintf("%d年度", a.Year))}, {"报备时间", dateText(1, a.Date.AddDays(3))}, {"签字注册会计师", esc(a.CPA[0] + "、" + a.CPA[1])}}
	p.put(`<div style="height:240mm"><h1>%s</h1><div style="text-align:right">%s</div>%s<p>您可使用手机“扫一扫”查验本报告是否由具有执业许可的会计师事务所出具。</p></div>`, pick(r, "财务报表审计报告", "年度审计报告书"), strings.Replace(qrImage("https://acc.mof.gov.cn/"+digits(r, 12)), `style="`, `style="width:24mm;`, 1), pairs(pick(r, 1, 5), rows))
	if !a.NoOpinion {
		p.put(`<div data-break><p>%s：</p><h2>%s</h2></div>`, esc(a.Entity+"董事会"), p.trait("opinion", "审计意见", pick(r, "一、对财务报表发表的审计意见", "（一）审计意见")))
		for _, s := range []string{
			fmt.Sprintf("我们接受委托，审计了后附的%s财务报表，包括%d年12月31日的资产负债表，以及该年度的利润表、现金流量表和财务报表附注。", a.Entity, a.Year),
			"我们认为，上述财务报表已经按照企业会计准则的规定编制，在所有重大方面公允反映了该公司的财务状况、经营成果和现金流量。",
			"我们的审计工作依照中国注册会计师审计准则执行，我们独立于被审单位，并履行了职业道德方面的其他责任。",
		} {
			p.put(`<div class="in"><p>%s</p></div>`, p.passage(esc(s)))
		}
		stamps := ""
		if !a.NoSeal {
			stamps = p.stamp(newSeal(ink, "company", "other", a.Firm, "1101"+digits(r, 9)), float64(between(ink, 70, 90)), float64(between(ink, -10, 0))) + p.stamp(nameSeal(ink, "other", a.CPA[0]), 20, 0) + p.stamp(nameSeal(ink, "other", a.CPA[1]), 44, 0)
		}
		p.put(`<div class="sig" style="margin-top:16mm;padding-left:60mm;padding-bottom:8mm"><p>%s</p><p>注册会计师：%s　%s</p><p>%s</p>%s</div>`, esc(a.Firm), p.sign(ink, "", a.CPA[0]), p.sign(ink, "", a.CPA[1]), p.f("report_date", a.Date.String(), dateText(pick(r, 0, 3), a.Date)), stamps)
	}
	w.balance(r, p, a)
	return p
}
