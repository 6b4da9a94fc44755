package samples

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"hequan"
)

// commitmentPaper prints the 承诺书 of the template, signed and sealed.
func (w *world) commitmentPaper(r *rand.Rand) *paper {
	c := w.Commitment
	p := newPaper(hequan.KindCommitment, "commitment", r)
	p.Font = pick(r, songFont, serifFont, kaiFont, sansFont)
	p.Size = pick(r, 12.5, 13.5, 14)
	p.Margin = "30mm 28mm 25mm 28mm"
	v := r.IntN(4)
	p.put(`<h1 style="font-size:22pt;letter-spacing:%s;font-family:%s">%s</h1>`, pick(r, "0", ".5em"), pick(r, heiFont, serifFont), p.area("heading", pick(r, "承诺书", "申报承诺书", "承 诺 书")))
	applicant := ""
	if v == 0 || v == 3 {
		applicant = p.f("applicant", c.Applicant, c.Applicant)
		p.put(`<div class="in"><p>%s：</p></div>`, pick(r, "北京经济技术开发区管理委员会", "北京经济技术开发区信息技术产业局"))
		p.put(`<div class="in"><p>我单位%s就申报2026年上半年人工智能“模型券”（项目名称：%s）郑重承诺如下：</p></div>`, applicant, esc(c.Project))
	} else {
		p.put(`<div class="in"><p>本单位申报2026年上半年人工智能“模型券”，申报项目为“%s”，现承诺：</p></div>`, esc(c.Project))
	}
	promises := []string{
		"所提交的申报材料真实、合法、有效、完整，复印件与原件一致。",
		"近三年无重大行政处罚记录和刑事犯罪记录，未列入严重违法失信主体名单。",
		"与模型服务提供方为非关联企业，不存在直接或间接的控制关系或重大影响关系，相关模型服务不转租、转售。",
		"本项目未获得北京经济技术开发区其他财政资金支持，不以不同申报类型就同一项目重复申请。",
		"如有虚假，愿意退回已获资金，并承担相应法律责任。",
	}
	if c.NoPromise {
		promises = []string{promises[0], promises[4]}
	}
	for i, s := range promises {
		s = p.promise(s)
		p.put(`<div class="in"><p>%s%s</p></div>`, []string{"一、", "二、", "三、", "四、", "五、"}[i], s)
	}
	p.put(`<div class="in"><p>特此承诺。</p></div><div style="height:%dmm"></div>`, between(r, 8, 16))
	if applicant == "" {
		applicant = p.f("applicant", c.Applicant, c.Applicant)
	} else {
		applicant = esc(c.Applicant)
	}
	signature := "________"
	if !c.NoSign {
		signature = p.sign(r, "signature", c.Signer)
	}
	date := p.f("date", c.Date.String(), dateText(pick(r, 0, 3, 4), c.Date))
	stamp := ""
	if !c.NoSign && r.IntN(4) == 0 {
		stamp = p.stamp(nameSeal(r, "applicant", c.Signer), float64(between(r, 62, 70)), float64(between(r, 22, 28)))
	}
	if c.Seal != "" {
		stamp += p.stamp(w.pressed(r, "company", w.Applicant, c.Seal), float64(between(r, 84, 104)), float64(between(r, -8, 2)))
	}
	switch v {
	case 0, 1:
		p.put(`<div class="sig" style="padding-left:52mm"><p>承诺单位（盖章）：%s</p><p>法定代表人（签字）：%s</p><p>日期：%s</p>%s</div>`, applicant, signature, date, stamp)
	case 2:
		p.put(`<div class="sig"><div class="two"><div><p>法定代表人（签字）：</p><p>%s</p></div><div><p>单位名称（盖章）：</p><p>%s</p><p style="text-align:right">%s</p></div></div>%s</div>`, signature, applicant, date, stamp)
	default:
		p.put(`<div class="sig" style="text-align:right"><p>%s（公章）</p><p>法定代表人或授权代表签字：%s</p><p>%s</p>%s</div>`, applicant, signature, date, stamp)
	}
	return p
}

// promise prints a promise of the commitment; one that the guide asks for is a trait.
func (p *paper) promise(s string) string {
	html := p.passage(esc(s))
	for _, x := range []struct{ value, clue string }{{"no_other_funding", "财政资金"}, {"not_dishonest", "失信"}, {"no_penalty", "处罚"}} {
		if strings.Contains(s, x.clue) {
			html = p.trait("declares", x.value, html)
		}
	}
	return html
}

// bankPaper prints the 银行账户信息 sheet.
func (w *world) bankPaper(r *rand.Rand) *paper {
	b := w.Bank
	p := newPaper(hequan.KindBankAccount, "bank", r)
	p.Margin = "32mm 26mm"
	v := r.IntN(4)
	account := b.Account
	if v == 1 || v == 3 {
		account = spaced(b.Account)
	}
	p.put(`<h1 style="font-family:%s">%s</h1>`, pick(r, heiFont, serifFont, songFont), pick(r, "银行账户信息", "银行账户信息表", "企业开户信息", "收款账户信息确认单"))
	rows := [][2]string{
		{pick(r, "户名", "账户名称", "开户名称"), p.f("account_name", b.AccountName, b.AccountName)},
		{pick(r, "开户行", "开户银行", "开户银行（全称）"), p.f("bank", b.Bank, b.Bank)},
		{pick(r, "账号", "银行账号", "账　　号"), p.f("account", b.Account, account)},
		{"统一社会信用代码", esc(b.USCC)},
		{"联系人及电话", esc(personName(r) + "　" + w.Applicant.Phone)},
	}
	if v < 3 {
		p.put(`<p>申报政策：2026年上半年人工智能“模型券”</p>`)
		var t strings.Builder
		for _, x := range rows {
			fmt.Fprintf(&t, `<tr><th style="width:42mm;text-align:left">%s</th><td style="height:%s">%s</td></tr>`, x[0], pick(r, "12mm", "13mm"), x[1])
		}
		p.put(`<table class="%s" style="font-size:1em">%s</table>`, []string{"ruled", "lines", "ruled"}[v], t.String())
	} else {
		for _, x := range rows {
			p.put(`<p style="margin-bottom:4mm">%s：%s</p>`, x[0], x[1])
		}
	}
	p.put(`<p>以上账户信息真实有效，用于接收资金拨付。如因信息有误造成的损失由本单位承担。</p><div style="height:14mm"></div>`)
	stamp := ""
	if b.Seal != "" {
		stamp = p.stamp(w.pressed(r, "company", w.Applicant, b.Seal), float64(between(r, 92, 112)), float64(between(r, -12, -3)))
	}
	p.put(`<div class="sig" style="padding-left:78mm"><p>单位（盖章）：</p><p>%s</p><p>%s</p>%s</div>`, esc(b.AccountName), dateText(pick(r, 0, 4), b.Date), stamp)
	return p
}

// spaced groups an account number by four.
func spaced(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// pressed is a seal with some name where that of x belongs.
func (w *world) pressed(r *rand.Rand, kind string, x company, text string) *seal {
	code := x.SealCode
	if text != x.Name { // another company's has another number
		code = code[:4] + reversed(code[4:])
	}
	s := newSeal(r, kind, w.partyOf(text), text, code)
	s.Foreign = text != x.Name
	return s
}

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// partyOf says whose name that is.
func (w *world) partyOf(name string) string {
	switch name {
	case w.Applicant.Name:
		return "applicant"
	case w.Provider.Name:
		return "provider"
	}
	return "other"
}

// registers are the lists of services with what an entry of each amounts to.
var registers = map[string]string{"生成式人工智能服务已备案信息": "备案", "生成式人工智能服务已登记信息": "登记", "互联网信息服务算法备案信息": "算法备案"}

// filingPaper prints the 备案证明: a print of the public list, or a notice.
func (w *world) filingPaper(r *rand.Rand) *paper {
	f := w.Filing
	p := newPaper(hequan.KindFilingProof, "filing", r)
	p.Font, p.Size = pick(r, sansFont, heiFont, microFont), 11
	v := r.IntN(4)
	date := p.f("date", f.Date.String(), dateText(pick(r, 0, 1, 5), f.Date))
	model, entity := p.f("model", f.Model, f.Model), p.f("entity", f.Entity, f.Entity)
	number, territory := p.f("number", f.Number, f.Number), p.f("territory", f.Territory, f.Territory)
	title := p.trait("register", registers[f.Register], esc(f.Register))
	switch v {
	case 0, 1:
		p.Width, p.Height, p.Margin = 297, 210, "14mm 16mm"
		if v == 1 { // printed upright
			p.Width, p.Height, p.Margin, p.Size = 210, 297, "14mm 12mm", 9
		}
		p.put(`<div style="color:#fff;background:#1d5fae;padding:3mm 5mm;font-size:15pt">国家互联网信息办公室 <small>Cyberspace Administration of China</small></div><p style="color:#777;font-size:9pt">当前位置：首页 &gt; 信息公示 &gt; 正文</p><h1 style="font-size:18pt">%s</h1>`, title)
		var rows strings.Builder
		others := [][]string{{"浙江省", "问泉写作助手", "杭州问泉文化科技有限公司", "Zhejiang-WenQuan-20240716", "2024-07-29"}, {"江苏省", "青藜法律大模型", "南京青藜信息技术有限公司", "Jiangsu-QingLi-20240902", "2024-09-18"}, {"北京市", "折桂教学大模型", "北京折桂未来教育科技有限公司", "Beijing-ZheGui-20241009", "2024-10-25"}}
		at := r.IntN(3)
		for i, o := range others {
			if i == at {
				fmt.Fprintf(&rows, `<tr style="background:#fff6cf"><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>`, i+171, territory, model, entity, number, date)
			}
			fmt.Fprintf(&rows, `<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>`, i+171+boolInt(i >= at), o[0], o[1], o[2], o[3], o[4])
		}
		p.put(`<table class="%s"><tr style="background:#eef2f7"><td>序号</td><td>属地</td><td>%s</td><td>%s</td><td>%s</td><td>备案时间</td></tr>%s</table>`, pick(r, "ruled", "lines"), pick(r, "模型名称", "服务名称"), pick(r, "备案单位", "备案主体"), pick(r, "备案号", "备案编号"), rows.String())
		p.put(`<p style="font-size:9pt;color:#666">https://www.cac.gov.cn/2024-04/02/c_1713729983803145.htm</p>`)
	case 2:
		p.Margin = "24mm 22mm"
		p.put(`<p style="border-bottom:.5mm solid #1d5fae;color:#1d5fae;font-size:13pt">国家互联网信息办公室 · 信息公示</p><h1 style="font-size:19pt;color:#123f77">%s<br>查询结果</h1>`, title)
		for _, x := range [][2]string{{"模型名称", model}, {"备案单位", entity}, {"备案编号", number}, {"备案时间", date}, {"属地", territory}} {
			p.put(`<table class="ruled" style="margin:0"><tr><th style="width:40mm;height:13mm;text-align:left">%s</th><td>%s</td></tr></table>`, x[0], x[1])
		}
		p.put(`<p style="margin-top:8mm">查询网址：中央网信办官网（www.cac.gov.cn）</p>`)
	default:
		p.put(`<p style="text-align:center;color:#c8202a;font-size:24pt;letter-spacing:.12em;border-bottom:.7mm solid #c8202a;padding-bottom:3mm;margin-bottom:10mm">%s互联网信息办公室</p>`, esc(f.Territory))
		p.put(`<h1>%s</h1><div class="in"><p>%s：</p><p>根据《生成式人工智能服务管理暂行办法》，你单位提供的“%s”生成式人工智能服务已完成备案。</p></div>`, pick(r, "备案证明", "生成式人工智能服务备案通知"), entity, model)
		p.put(`<div><p>类别：%s</p><p>备案编号：%s</p><p>备案时间：%s</p><p>属地：%s</p></div>`, title, number, date, territory)
	}
	return p
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
