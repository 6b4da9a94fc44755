package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// fieldForm prints the 申报表: four columns with headings between, or labels
// above their values.
func (w *world) fieldForm(r *rand.Rand) *paper {
	p := newFieldPaper(hequan.KindApplicationForm, "form", r)
	space := pick(r, "", "　", " ")
	labels := map[string]string{"applicant.name": spread("单位名称", space), "applicant.uscc": "统一社会信用代码（18位）", "applicant.established": "成立时间", "applicant.address": "经营地址", "project.name": "申报项目名称", "project.mode": "模型应用方式",
		"project.domain": "应用行业", "project.started": "起始日期", "project.ended": "终止日期", "claimed_amount": "申请支持金额", "submitted_at": "填报日期"}
	if r.IntN(2) == 0 {
		labels["applicant.name"], labels["project.mode"], labels["claimed_amount"] = "申报主体", "申报方式", "申请补贴金额（元）"
		labels["project.started"], labels["project.ended"], labels["submitted_at"] = "模型使用开始日期", "模型使用结束日期", "申请日期"
	}
	rows := w.formRows(p, labels, pick(r, 0, 1, 2), pick(r, 1, 3, 4))
	p.put(`<h1>%s</h1>`, pick(r, "人工智能模型券申请表", "2026年上半年“模型券”项目申报表", "模型券申报书"))
	if r.IntN(2) == 0 {
		rows[3][0] += "|" // the address takes the row
		p.put(`<p>一、申报单位基本情况</p>%s<p>二、项目基本情况</p>%s`, fourColumns("ruled", rows[:4]), fourColumns("ruled", rows[4:]))
	} else {
		p.put(`%s`, cards(2, rows))
	}
	p.put(`<div class="sig" style="margin-top:14mm;padding-left:84mm"><p>（申报单位公章）</p>%s</div>`, p.stamp(w.pressed(r, "company", w.Applicant, w.Applicant.Name), float64(between(r, 84, 100)), -8))
	return p
}

// fieldCommitment prints a letter of commitment that names its writer at the end.
func (w *world) fieldCommitment(r *rand.Rand) *paper {
	c := w.Commitment
	p := newFieldPaper(hequan.KindCommitment, "commitment", r)
	p.Size = pick(r, 12.0, 13.0)
	v := r.IntN(3)
	p.put(`<h1>%s</h1>`, p.area("heading", pick(r, "承诺函", "诚信承诺书", "关于申报模型券的承诺")))
	p.put(`<p>经开区信息技术产业局：</p><div class="in"><p>%s</p></div>`, pick(r, "我公司自愿申报2026年上半年模型券，就有关事项作出如下承诺：", "为申报“"+esc(c.Project)+"”项目，本公司谨作承诺："))
	promises := []string{"我公司最近三年没有受到重大行政处罚，没有刑事犯罪记录；", "我公司没有被列入严重违法失信主体名单；", "该项目未曾获得经开区其他财政资金支持，今后也不重复申领；", "我公司与服务商之间不存在关联关系，所购服务不对外转售、转租；", "以上材料及数据均真实准确，若有不实，我公司承担由此产生的一切后果。"}
	if c.NoPromise {
		promises = promises[3:]
	}
	for i, s := range promises {
		p.put(`<div class="in"><p>%s%s</p></div>`, fmt.Sprintf(pick(r, "%d. ", "（%d）", "%d、"), i+1), p.promise(s))
	}
	p.put(`<div style="height:%dmm"></div>`, between(r, 10, 22))
	applicant := p.f("applicant", c.Applicant, c.Applicant)
	signature := "________"
	if !c.NoSign {
		signature = p.sign(r, "signature", c.Signer)
	}
	date := p.f("date", c.Date.String(), dateText(pick(r, 0, 1, 3), c.Date))
	stamp := ""
	if c.Seal != "" {
		stamp = p.stamp(w.pressed(r, "company", w.Applicant, c.Seal), float64(between(r, 84, 104)), float64(between(r, -6, 4)))
	}
	switch v {
	case 0:
		p.put(`<div class="sig" style="padding-left:70mm"><p>%s</p><p>（加盖公章）</p><p>法人代表签名：%s</p><p>%s</p>%s</div>`, applicant, signature, date, stamp)
	case 1:
		p.put(`<div class="sig"><table class="ruled" style="font-size:1em"><tr><td style="width:40mm">承诺人（公章）</td><td>%s</td></tr><tr><td>法定代表人签章</td><td>%s</td></tr><tr><td>承诺日期</td><td>%s</td></tr></table>%s</div>`, applicant, signature, date, stamp)
	default:
		p.put(`<div class="sig" style="padding-left:60mm"><p>承诺人：</p><p>%s</p><p>授权代表：%s　　　%s</p>%s</div>`, applicant, signature, date, stamp)
	}
	return p
}

// fieldBank prints the account: in a letter, in a table with one row, or as a bank's slip.
func (w *world) fieldBank(r *rand.Rand) *paper {
	b := w.Bank
	p := newFieldPaper(hequan.KindBankAccount, "bank", r)
	name, bank := p.f("account_name", b.AccountName, b.AccountName), p.f("bank", b.Bank, b.Bank)
	text := b.Account
	if r.IntN(2) == 0 {
		text = spaced(text)
	}
	account := p.f("account", b.Account, text)
	switch r.IntN(3) {
	case 0:
		p.put(`<h1>%s</h1><p>经开区财政部门：</p><div class="in"><p>我单位申报模型券专项资金，请将款项拨付至以下账户：收款人全称为%s，开户银行为%s，银行账户号码为%s。</p><p>特此说明。</p></div>`, pick(r, "收款账户说明", "开户信息说明函", "关于收款银行账户的函"), name, bank, account)
	case 1:
		p.put(`<h1>%s</h1>%s`, pick(r, "单位银行结算账户资料", "资金拨付账户信息登记"), headed("ruled", [][2]string{{"收款单位", name}, {"收款银行", bank}, {"收款账号", account}}))
	default:
		p.put(`<h1>%s</h1>%s`, pick(r, "基本存款账户信息", "银行开户信息"), fourColumns(pick(r, "ruled", "lines"), [][2]string{{"存款人名称|", name}, {"开户行名称", bank}, {"账户号码", account}, {"法定代表人", esc(w.Applicant.Legal)}, {"账户性质", "基本存款账户"}}))
	}
	stamp := ""
	if b.Seal != "" {
		stamp = p.stamp(w.pressed(r, "company", w.Applicant, b.Seal), float64(between(r, 88, 106)), float64(between(r, -10, -2)))
	}
	p.put(`<div class="sig" style="padding-left:78mm;margin-top:18mm"><p>%s</p><p>%s</p>%s</div>`, esc(b.AccountName), dateText(pick(r, 0, 1), b.Date), stamp)
	return p
}

// fieldFiling prints the filing: an announcement's table, a search on the web, or a letter.
func (w *world) fieldFiling(r *rand.Rand) *paper {
	f := w.Filing
	p := newFieldPaper(hequan.KindFilingProof, "filing", r)
	date := p.f("date", f.Date.String(), dateText(pick(r, 0, 1, 2, 5), f.Date))
	model, entity, number, territory := p.f("model", f.Model, f.Model), p.f("entity", f.Entity, f.Entity), p.f("number", f.Number, f.Number), p.f("territory", f.Territory, f.Territory)
	register := p.trait("register", registers[f.Register], esc(f.Register))
	switch r.IntN(3) {
	case 0:
		p.Margin = "18mm 14mm"
		p.put(`<h1 style="font-size:17pt">%s</h1><p>来源：中国网信网　　发布时间：2025年11月06日</p><div class="in"><p>依据《生成式人工智能服务管理暂行办法》，现将%s公告如下：</p></div>`, pick(r, "关于发布生成式人工智能服务备案信息的公告", "生成式人工智能服务备案公告"), register)
		p.put(`<table class="ruled" style="font-size:.85em"><tr class="m"><td>编号</td><td>通过时间</td><td>备案编号</td><td>大模型名称</td><td>运营主体</td><td>所在地</td></tr><tr><td class="m">%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class="m">%s</td></tr></table>`, between(r, 20, 700), date, number, model, entity, territory)
	case 1:
		p.put(`<p style="font-size:9pt;color:#666">首页 ＞ 办事服务 ＞ 备案查询　　关键词：%s　［查询］</p><p style="font-size:14pt">%s · 查询结果（共1条）</p>`, esc(f.Model), register)
		p.put(`<div style="border:.2mm solid #bbb;padding:3mm"><p style="font-size:13pt">服务名称：%s</p><p>主体：%s</p><p>编号：%s　状态：已备案</p><p>时间：%s　　地区：%s</p></div>`, model, entity, number, date, territory)
	default:
		p.put(`<h1>%s</h1><p>%s：</p>`, pick(r, "备案情况告知书", "关于大模型备案情况的复函"), entity)
		p.put(`<div class="in"><p>经核，你公司运营的%s已列入%s，备案号：%s，备案日期：%s，属地为%s。</p><p>特此告知。</p></div>`, pick(r, model+"服务", "“"+model+"”"), register, number, date, territory)
		p.put(`<p style="text-align:right;margin-top:20mm">%s互联网信息办公室</p>`, esc(f.Territory))
	}
	return p
}

// fieldLicense prints the licence with a title block on the left, or upright with ruled fields.
func (w *world) fieldLicense(r *rand.Rand) *paper {
	l := w.License
	p := newFieldPaper(hequan.KindBusinessLicense, "license", r)
	until, term := "long", pick(r, "长期", "无固定期限")
	if !l.TermEnd.IsZero() {
		until, term = l.TermEnd.String(), "自"+dateText(0, l.Established)+"至"+dateText(0, l.TermEnd)
	}
	rows := [][2]string{{spread("名称", "　"), p.f("name", l.Name, l.Name)}, {spread("类型", "　"), esc(l.Type)}, {pick(r, "法定代表人", "法人代表"), p.f("legal_representative", l.Legal, l.Legal)},
		{spread("注册资本", pick(r, "", " ")), p.f("capital", l.Capital.String(), capitalText(r.IntN(3), l.Capital))}, {spread("成立日期", pick(r, "", " ")), p.f("established", l.Established.String(), dateText(pick(r, 0, 4), l.Established))},
		{pick(r, "营业期限", "经营期限"), p.trait("valid_until", until, esc(term))}, {pick(r, "住所", "住　　所", "主要经营场所"), p.f("address", l.Address, l.Address)}, {"经营范围", "技术服务、技术开发；软件销售；人工智能应用软件开发；数据处理服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"}}
	code := p.f("uscc", l.USCC, l.USCC)
	registrar := newSeal(r, "authority", "other", "北京市经济技术开发区市场监督管理局", "1101"+digits(r, 9))
	registrar.Faint, registrar.Double = false, false
	office := fmt.Sprintf(`<div class="sig" style="padding-left:64%%;margin-top:9mm"><p>登记机关</p><p>%s</p>%s</div>`, dateText(0, l.Established.AddMonths(3)), p.stamp(registrar, 104, -10))
	if r.IntN(2) == 0 {
		p.Width, p.Height = 297, 210
		p.put(`<div style="display:flex"><div style="width:64mm;padding-right:8mm"><p style="font-size:30pt;line-height:1.3;font-family:%s">营业执照</p><p>（副 本）</p><p style="margin-top:8mm">统一社会信用代码</p><p>%s</p><p style="font-size:8pt;margin-top:8mm">扫描二维码登录“国家企业信用信息公示系统”了解更多登记、备案、许可、监管信息</p></div><div style="flex:1">%s</div></div>%s`, kaiFont, code, pairs(1, rows), office)
		return p
	}
	var b strings.Builder
	for _, x := range rows {
		fmt.Fprintf(&b, `<tr><td style="width:34mm;color:#6b5a2a;vertical-align:top">%s</td><td>%s</td></tr>`, x[0], x[1])
	}
	p.put(`%s`, guilloche(r))
	p.put(`<h1 style="font-size:34pt;font-family:%s">营业执照</h1><p style="text-align:center">统一社会信用代码：%s</p><table class="open" style="font-size:1em">%s</table>%s<p style="font-size:8pt">国家市场监督管理总局监制</p>`, kaiFont, code, b.String(), office)
	return p
}

// guilloche is what licences are printed on: a net of fine waves in a pale
// colour, in a frame of small ornaments.
func guilloche(r *rand.Rand) string {
	color := pick(r, "#d9c48a", "#c9d6b0", "#b9cfd8")
	var waves, frame strings.Builder
	for k := range 22 {
		fmt.Fprintf(&waves, `<path d="M0 %d`, 6+13*k)
		for x := 0; x < 210; x += 14 {
			fmt.Fprintf(&waves, ` q3.5 %d 7 0 t7 0`, pick(r, -9, -8, 8, 9))
		}
		waves.WriteString(`"/>`)
	}
	ornament := func(x, y float64) {
		fmt.Fprintf(&frame, `<path d="M%.1f %.1fh3v3h-2v-1.6h1"/>`, x, y)
	}
	for x := 8.0; x < 200; x += 4.4 {
		ornament(x, 8)
		ornament(x, 286)
	}
	for y := 12.4; y < 286; y += 4.4 {
		ornament(8, y)
		ornament(199, y)
	}
	return fmt.Sprintf(`<svg style="position:absolute;left:0;top:0;width:210mm;height:297mm;z-index:-1" viewBox="0 0 210 297"><g fill="none" stroke="%s" stroke-width=".18" opacity=".55">%s</g><g fill="none" stroke="#8d6b24" stroke-width=".5">%s</g></svg>`, color, waves.String(), frame.String())
}
