package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
)

// drawnLicense draws a licence: its labels are those of the law, their order and layout are not.
func (w *world) drawnLicense(r *rand.Rand) *paper {
	l := w.License
	d := w.draw(hequan.KindBusinessLicense, "license", r)
	until, term := "long", pick(r, "长期", "无固定期限")
	if !l.TermEnd.IsZero() {
		until, term = l.TermEnd.String(), pick(r, "自", "")+dateText(0, l.Established)+"至"+dateText(0, l.TermEnd)
	}
	space := pick(r, "", "", "　", " ")
	long := func(label string) string { return spread(label, space) }
	name := said{long(pick(r, "名称", "名称", "企业名称")), d.f("name", l.Name, l.Name)}
	code := said{pick(r, "统一社会信用代码", "统一社会信用代码", "统一社会信用代码/注册号"), d.f("uscc", l.USCC, l.USCC)}
	legal := said{pick(r, "法定代表人", "法定代表人", "法定代表人（负责人）", "法人代表"), d.f("legal_representative", l.Legal, l.Legal)}
	capital := said{long("注册资本"), d.f("capital", l.Capital.String(), capitalText(r.IntN(3), l.Capital))}
	established := said{long(pick(r, "成立日期", "成立日期", "注册日期")), d.f("established", l.Established.String(), d.day(l.Established))}
	address := said{long(pick(r, "住所", "住所", "注册地址", "企业住所", "主要经营场所")), d.f("address", l.Address, l.Address)}
	valid := said{pick(r, "营业期限", "经营期限"), d.trait("valid_until", until, esc(term))}
	scope := said{long("经营范围"), "技术服务、技术开发；软件销售；人工智能应用软件开发。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"}
	kind := said{long(pick(r, "类型", "企业类型", "主体类型")), esc(l.Type)}
	if r.IntN(2) == 0 {
		d.put(`%s`, guilloche(r))
	}
	list := pick(r, []said{name, kind, legal, capital, established, valid, address, scope}, []said{name, kind, address, legal, capital, established, valid, scope}, []said{name, legal, kind, scope, capital, established, valid, address})
	d.put(`<h1 style="font-size:%dpt;font-family:%s;letter-spacing:%s">%s</h1>`, pick(r, 26, 32, 38), kaiFont, pick(r, "0", ".2em"), pick(r, "营业执照", "营 业 执 照", "营业执照（副本）", "电子营业执照"))
	if r.IntN(2) == 0 {
		d.put(`<p style="text-align:%s">%s%s%s</p>`, pick(r, "center", "left", "right"), code[0], d.colon, code[1])
	} else {
		list = append([]said{code}, list...)
	}
	d.put(`<div>%s</div>`, d.laidOut(pick(r, 0, 1, 2, 3, 4, 9, 12, 14, 15), list))
	registrar := newSeal(r, "authority", "other", "北京市经济技术开发区市场监督管理局", "1101"+digits(r, 9))
	registrar.Faint, registrar.Double = false, false
	d.put(`<div class="sig" style="padding-left:62%%;margin-top:14mm"><p>登记机关</p><p>%s</p>%s</div><p style="font-size:8pt">%s</p>`, dateText(0, l.Established.AddMonths(3)), d.stamp(registrar, 104, -12), pick(r, "国家市场监督管理总局监制", "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn"))
	return d.paper
}

// drawnCommitment draws a letter of commitment.
func (w *world) drawnCommitment(r *rand.Rand) *paper {
	c := w.Commitment
	d := w.draw(hequan.KindCommitment, "commitment", r)
	we := pick(r, "我公司", "本公司", "本单位", "我单位", "我司")
	applicant := d.f("applicant", c.Applicant, c.Applicant)
	named := r.IntN(3) // in the text, in a list, at the end
	d.put(`<h1>%s</h1>`, d.area("heading", pick(r, "承诺书", "承诺函", "诚信承诺书", "申报承诺书", "信用承诺书", "项目申报承诺函", "真实性承诺书")))
	switch named {
	case 0:
		d.put(`<div class="in"><p>%s</p></div>`, pick(r, applicant+"（以下简称“"+we+"”）申报2026年上半年模型券，现郑重承诺如下：", we+applicant+"就申报“"+esc(c.Project)+"”项目作出以下承诺："))
	case 1:
		d.list([]said{{pick(r, "承诺单位", "申报单位", "承诺主体", "企业名称", "单位名称"), applicant}, {"项目名称", esc(c.Project)}, {"统一社会信用代码", w.Applicant.USCC}})
		d.put(`<div class="in"><p>%s申报模型券，承诺：</p></div>`, we)
	default:
		d.put(`<p>%s</p><div class="in"><p>%s为申报“%s”项目，现承诺如下：</p></div>`, pick(r, "经开区信息技术产业局：", "北京经济技术开发区管理委员会：", "致：经开区营商环境建设局"), we, esc(c.Project))
	}
	promises := []string{we + "近三年无重大行政处罚，无刑事犯罪记录；", we + "未被列入严重违法失信主体名单；", "本项目未享受经开区其他财政资金支持，今后也不重复申报；", we + "与服务提供方无关联关系，所购服务不转售、不转租；", "所提交材料真实、合法、有效，如有虚假，愿承担全部法律责任。"}
	if c.NoPromise {
		promises = promises[3:]
	}
	number := pick(r, "%d. ", "（%d）", "%d、", "%d）")
	for i, s := range promises {
		d.put(`<div class="in"><p>%s%s</p></div>`, fmt.Sprintf(number, i+1), d.promise(s))
	}
	d.put(`<div style="height:%dmm"></div>`, between(r, 8, 20))
	signature := "________"
	if !c.NoSign {
		signature = d.sign(r, "signature", c.Signer)
	}
	date := d.f("date", c.Date.String(), d.day(c.Date))
	stamp := ""
	if c.Seal != "" {
		stamp = d.stamp(w.pressed(r, "company", w.Applicant, c.Seal), float64(between(r, 84, 104)), float64(between(r, -6, 4)))
	}
	name := esc(c.Applicant)
	if named == 2 {
		name = applicant
	}
	d.put(`<div class="sig" style="padding-left:66mm"><p>%s%s</p><p>%s%s</p><p>%s%s</p>%s</div>`, pick(r, "承诺单位（盖章）：", "承诺人：", "单位名称（公章）：", "申报单位：", "（公章）"), name,
		pick(r, "法定代表人（签字）：", "法定代表人签名：", "负责人（签字）：", "法定代表人或授权代表："), signature, pick(r, "日期：", "承诺日期：", "签署日期：", "", "时间："), date, stamp)
	return d.paper
}

// drawnBank draws what tells the account.
func (w *world) drawnBank(r *rand.Rand) *paper {
	b := w.Bank
	d := w.draw(hequan.KindBankAccount, "bank", r)
	name, bank := d.f("account_name", b.AccountName, b.AccountName), d.f("bank", b.Bank, b.Bank)
	text := b.Account
	if r.IntN(3) == 0 {
		text = spaced(text)
	}
	account := d.f("account", b.Account, text)
	d.title(pick(r, "银行账户信息", "开户信息", "收款账户信息", "基本存款账户信息", "账户信息表", "银行账户信息确认单", "开户许可证", "收款信息表", "拨款账户说明", "银行账户证明"))
	if r.IntN(4) == 0 {
		d.put(`<div class="in"><p>%s</p></div>`, pick(r, "本单位申报模型券的收款账户如下：户名为"+name+"，开户行为"+bank+"，账号为"+account+"。", "请将补贴资金拨付至："+name+"，开户银行："+bank+"，银行账号："+account+"。", "兹证明"+name+"在我行开立账户，开户银行为"+bank+"，账号"+account+"。"))
	} else {
		d.list(d.shuffled(append([]said{{pick(r, "户名", "账户名称", "收款单位", "存款人名称", "开户名称", "单位名称", "收款人", "收款人全称"), name}, {pick(r, "开户银行", "开户行", "收款银行", "开户银行全称", "开户行名称", "开户网点"), bank}, {pick(r, "账号", "银行账号", "账户号码", "收款账号", "银行账户", "账户账号"), account}},
			d.manyOf([]said{{"法定代表人", esc(w.Applicant.Legal)}, {"账户性质", "基本存款账户"}, {"统一社会信用代码", b.USCC}, {"联系电话", w.Applicant.Phone}, {"联行号", digits(r, 12)}, {"币种", "人民币"}})...)))
	}
	stamp := ""
	if b.Seal != "" {
		stamp = d.stamp(w.pressed(r, "company", w.Applicant, b.Seal), float64(between(r, 88, 106)), float64(between(r, -10, -2)))
	}
	d.put(`<div class="sig" style="padding-left:78mm;margin-top:18mm"><p>%s</p><p>%s</p>%s</div>`, esc(b.AccountName), d.day(b.Date), stamp)
	return d.paper
}

// drawnAudit draws a report of an audit: its cover or its opinion first, then the balance sheet.
func (w *world) drawnAudit(r *rand.Rand, i int) *paper {
	a := w.Audits[i]
	d := w.draw(hequan.KindAuditReport, fmt.Sprintf("audit:%d", i), r)
	d.Footer = pick(r, "第 {p} 页", "{p}", "", "- {p} -")
	period := pick(r, fmt.Sprintf("%d年1月1日至%d年12月31日", a.Year, a.Year), fmt.Sprintf("%d年度", a.Year), fmt.Sprintf("截至%d年12月31日止年度", a.Year))
	number, year := d.f("report_number", a.Number, a.Number), d.f("year", fmt.Sprint(a.Year), period)
	if r.IntN(2) == 0 {
		d.put(`<div style="padding-top:%dmm;height:240mm"><h1 style="font-size:%dpt">%s</h1><p style="height:%dmm"></p>%s</div>`, between(r, 20, 60), pick(r, 22, 26, 30), pick(r, "审计报告", "财务报表审计报告", "年度审计报告", "审 计 报 告"), between(r, 20, 50), d.laidOut(pick(r, 0, 1, 2, 4, 5, 9, 15), d.shuffled([]said{
			{pick(r, "报告文号", "文号", "报告编号", "审计报告号", "报告书编号"), number}, {pick(r, "委托单位", "被审计单位", "被审计单位名称", "客户名称", "被审单位"), d.f("entity", a.Entity, a.Entity)}, {pick(r, "报表期间", "审计期间", "会计期间", "报告期", "审计年度"), year}, {pick(r, "审计机构", "会计师事务所", "事务所名称", "审计单位", "出具机构"), d.f("firm", a.Firm, a.Firm)}})))
		if !a.NoOpinion {
			w.opinion(r, r, d.paper, a)
		}
		w.balance(r, d.paper, a)
		return d.paper
	}
	d.put(`<h1>审计报告</h1><p style="text-align:%s">%s%s</p><p>%s%s：</p>`, pick(r, "right", "center", "left"), pick(r, "", "", "报告编号：", "文号："), number, d.f("entity", a.Entity, a.Entity), pick(r, "董事会", "全体股东", "", "股东会"))
	d.put(`<div class="in"><p>%s</p><p>%s%s的财务报表，包括资产负债表、利润表、现金流量表、所有者权益变动表以及相关附注。</p></div>`, map[bool]string{false: pick(r, "一、", "（一）", "") + d.trait("opinion", "审计意见", "审计意见"), true: ""}[a.NoOpinion], pick(r, "我们审计了后附的财务报表，即贵公司", "我们接受委托，审计了贵公司"), year)
	if !a.NoOpinion {
		d.put(`<div class="in"><p>我们认为，上述财务报表已按照企业会计准则的规定编制，公允反映了贵公司的财务状况、经营成果和现金流量。</p><p>二、形成审计意见的基础</p><p>我们按照中国注册会计师审计准则的规定执行了审计工作。</p></div>`)
	}
	stamps := ""
	if !a.NoSeal {
		stamps = d.stamp(newSeal(r, "company", "other", a.Firm, "1101"+digits(r, 9)), float64(between(r, 8, 20)), float64(between(r, -10, -5)))
	}
	date := d.f("report_date", a.Date.String(), dateText(pick(r, 0, 3, 4), a.Date))
	d.put(`<div class="sig" style="margin-top:16mm;%s"><p>%s%s</p><p>%s%s</p><p>%s%s</p><p>%s</p>%s</div>`, pick(r, "", "padding-left:50mm"), pick(r, "", "", "会计师事务所："), d.f("firm", a.Firm, a.Firm), pick(r, "主任会计师：", "中国注册会计师：", "项目合伙人："), d.sign(r, "", a.CPA[0]), "中国注册会计师：", d.sign(r, "", a.CPA[1]),
		pick(r, date, "中国·北京　　"+date, "报告日期："+date, "北京　"+date), stamps)
	w.balance(r, d.paper, a)
	return d.paper
}
