package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
	"hequan/internal/rmb"
)

// licensePaper prints the 营业执照: upright or across, original or 副本.
func (w *world) licensePaper(r *rand.Rand) *paper {
	l := w.License
	p := newPaper(hequan.KindBusinessLicense, "license", r)
	p.Font, p.Size = pick(r, songFont, serifFont, sansFont), 11.5
	v := r.IntN(4)
	term := "长期"
	until := "long"
	if !l.TermEnd.IsZero() {
		until = l.TermEnd.String()
		term = dateText(4, l.Established) + "至" + dateText(4, l.TermEnd)
	}
	capital := capitalText(r.IntN(3), l.Capital)
	rows := []struct{ label, html string }{
		{"名　　　　称", p.f("name", l.Name, l.Name)},
		{"类　　　　型", esc(l.Type)},
		{"法定代表人", p.f("legal_representative", l.Legal, l.Legal)},
		{"经营范围", esc("技术开发、技术咨询、技术转让、技术服务；软件开发；数据处理；销售计算机、软件及辅助设备、电子产品。（市场主体依法自主选择经营项目，开展经营活动；依法须经批准的项目，经相关部门批准后依批准的内容开展经营活动；不得从事国家和本市产业政策禁止和限制类项目的经营活动。）")},
	}
	right := []struct{ label, html string }{
		{"注册资本", p.f("capital", l.Capital.String(), capital)},
		{"成立日期", p.f("established", l.Established.String(), dateText(pick(r, 0, 4), l.Established))},
		{"营业期限", p.trait("valid_until", until, esc(term))},
		{"住　　　　所", p.f("address", l.Address, l.Address)},
	}
	code := p.f("uscc", l.USCC, l.USCC)
	registrar := newSeal(r, "authority", "other", "北京市经济技术开发区市场监督管理局", "1101"+digits(r, 9))
	registrar.Faint, registrar.Double = false, false
	issued := l.Established.AddMonths(between(r, 0, 60))
	number := between(r, 1, 2)
	head := fmt.Sprintf(`<div class="name">营 业 执 照</div><div class="copy">（副　本）<small>（%d-1）</small></div>`, number)
	if v%2 == 1 {
		head = `<div class="name">营 业 执 照</div>`
	}
	qr := qrImage("http://www.gsxt.gov.cn/index.html?uniscid=" + l.USCC)
	foot := `<div class="web">国家企业信用信息公示系统网址：http://www.gsxt.gov.cn</div><div class="sup">国家市场监督管理总局监制</div>`
	office := fmt.Sprintf(`<div class="office"><div>登记机关</div>%s<div class="idate">%s</div></div>`, p.stamp(registrar, 4, -8), dateText(0, issued))
	item := func(label, html string) string {
		return `<tr><th>` + label + `</th><td>` + html + `</td></tr>`
	}
	base := `.page{background:` + pick(r, "#fffdf3", "#fdfbf0", "#fff") + `}.frame{position:absolute;inset:9mm;border:1.6mm double #b08d3c;outline:.4mm solid #c9a95b;outline-offset:-3.4mm}
.emblem{position:absolute;left:50%;width:24mm;height:24mm;margin-left:-12mm}.name{text-align:center;font-size:44pt;letter-spacing:.12em;font-family:` + kaiFont + `;line-height:1.15}.copy{text-align:center;font-size:17pt}.copy small{font-size:10pt}
th{text-align:left;white-space:nowrap;width:29mm;vertical-align:top;color:#5a4412}td{vertical-align:top}.code{font-size:11.5pt}.qr{position:absolute}.qr img{width:24mm}
.office{position:absolute;width:62mm;text-align:center;font-size:13pt}.office .idate{margin-top:20mm;font-size:12pt}.web,.sup{position:absolute;font-size:8pt;color:#444}.web{left:18mm;bottom:12.5mm}.sup{right:18mm;bottom:12.5mm}`
	if v < 2 {
		p.Margin = "0"
		p.Style = base + `.body{position:absolute;left:26mm;right:20mm;top:` + pick(r, "106", "112") + `mm}.name{margin-top:44mm}.emblem{top:17mm}.qr{right:22mm;top:20mm}.code{position:absolute;left:24mm;top:22mm}.office{right:22mm;bottom:40mm}`
		body := ""
		for _, x := range append(append(rows[:3:3], right...), rows[3]) {
			body += item(x.label, x.html)
		}
		p.put(`<div style="height:100%%"><div class="frame"></div>%s<div class="code">统一社会信用代码<br>%s</div><div class="qr">%s</div>%s<div class="body"><table class="open">%s</table></div>%s%s</div>`, emblem, code, qr, head, body, office, foot)
		return p
	}
	p.Width, p.Height, p.Margin = 297, 210, "0"
	p.Style = base + `.half{position:absolute;top:72mm;width:122mm}.l{left:20mm}.r{left:156mm}.name{margin-top:30mm}.emblem{top:12mm;width:19mm;height:19mm;margin-left:-9.5mm}.qr{right:24mm;top:22mm}.code{position:absolute;left:20mm;top:24mm}.office{right:26mm;bottom:30mm}.half td,.half th{padding-top:2mm;padding-bottom:2mm}`
	left, rest := "", ""
	for _, x := range rows {
		left += item(x.label, x.html)
	}
	for _, x := range right {
		rest += item(x.label, x.html)
	}
	p.put(`<div style="height:100%%"><div class="frame"></div>%s<div class="code">统一社会信用代码<br>%s</div><div class="qr">%s</div>%s<div class="half l"><table class="open">%s</table></div><div class="half r"><table class="open">%s</table></div>%s%s</div>`, emblem, code, qr, head, left, rest, office, foot)
	return p
}

// emblem is a round ornament where the licence has its emblem.
const emblem = `<svg class="emblem" viewBox="-50 -50 100 100"><circle r="46" fill="#c8202a"/><circle r="40" fill="none" stroke="#e8c25a" stroke-width="4"/><path d="M-24 14H24M-20 14V2H20V14M-26 2L0-10L26 2Z" stroke="#f2cf66" stroke-width="4" fill="none"/><polygon points="0,-34 3,-26 11,-26 5,-21 7,-13 0,-18 -7,-13 -5,-21 -11,-26 -3,-26" fill="#f2cf66"/><path d="M-34 18Q0 44 34 18" stroke="#f2cf66" stroke-width="5" fill="none"/></svg>`

// capitalText writes a registered capital in one of the usual forms.
func capitalText(style int, f rmb.Fen) string {
	switch style {
	case 0:
		return "人民币" + f.Words()
	case 1:
		return fmt.Sprintf("%d万元人民币", f/rmb.Wan)
	}
	return fmt.Sprintf("%d万元整", f/rmb.Wan)
}
