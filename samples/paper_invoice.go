package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// invoiceTitles by form.
var invoiceTitles = map[string]string{
	"digital_special": "电子发票（增值税专用发票）", "digital_ordinary": "电子发票（普通发票）",
	"vat_special": "增值税专用发票", "vat_ordinary": "增值税普通发票", "e_ordinary": "增值税电子普通发票", "e_special": "增值税电子专用发票",
}

// invoicePaper prints an invoice on the form of its kind.
func (w *world) invoicePaper(r *rand.Rand, i int) *paper {
	f := w.Invoices[i]
	p := newPaper(hequan.KindInvoice, fmt.Sprintf("invoice:%d", i), r)
	p.hidden("form", f.Form, invoiceTitles[f.Form], "")
	p.hidden("qr", f.QR, f.QR, "")
	if f.digital() {
		digitalInvoice(r, p, f, placeOf(w.Provider.USCC))
	} else {
		w.paperInvoice(r, p, f)
	}
	return p
}

const invoiceCSS = `
.page{color:#111}.box{position:absolute;border:.3mm solid VAR}.lab{color:VAR}.abs{position:absolute;white-space:nowrap}
.v{position:absolute;width:6mm;text-align:center;line-height:1.25;color:VAR;display:flex;flex-direction:column;justify-content:center;border-right:.3mm solid VAR}
table.it{margin:0;font-size:8.5pt;line-height:1.35;width:100%}table.it td{padding:.5mm .8mm;vertical-align:top}table.it tr.h td{color:VAR;text-align:center}`

// supervision is the printed 监制章.
func supervision(left, top float64, province, color string, p *paper) string {
	s := &seal{Shape: "oval", Kind: "supervision", Party: "other", Text: "全国统一发票监制章", Print: true, Width: 30, Height: 20, Color: color}
	p.seals = append(p.seals, s.truth())
	i := len(p.seals) - 1
	p.seals[i].Center = ""
	p.marks = append(p.marks, mark{func(page int, box hequan.Box) { p.seals[i].Page, p.seals[i].Box = page, &box }})
	var b strings.Builder
	arc(&b, "全国统一发票监制章", 38, 23, 9.5, 0.75, 190, "600")
	return fmt.Sprintf(`<div class="seal" data-m="%d" style="left:%.1fmm;top:%.1fmm;width:30mm;height:20mm"><svg viewBox="-50 -33.3 100 66.7"><g fill="%s" opacity=".85" font-family="%s"><ellipse rx="48" ry="31.5" fill="none" stroke="%s" stroke-width="1.6"/><ellipse rx="46" ry="29.6" fill="none" stroke="%s" stroke-width=".7"/>%s<text y="4" font-size="9.5" text-anchor="middle" font-weight="600">国家税务总局</text><text y="20" font-size="9" text-anchor="middle" font-weight="600">%s税务局</text></g></svg></div>`,
		len(p.marks)-1, left, top, color, songFont, color, color, b.String(), esc(province))
}

// digitalInvoice prints a 数电票, 210 × 140 mm.
func digitalInvoice(r *rand.Rand, p *paper, f invoice, where place) {
	v := r.IntN(4)
	color := []string{"#8a3a12", "#7f2b12", "#6d3b17", "#8c2f1c"}[v]
	p.Width, p.Height, p.Margin, p.Font, p.Size = 210, 140, "0", pick(r, songFont, serifFont), 9.5
	p.Style = strings.ReplaceAll(invoiceCSS, "VAR", color)
	abs := func(x, y float64, html string) string {
		return fmt.Sprintf(`<div class="abs" style="left:%.1fmm;top:%.1fmm">%s</div>`, x, y, html)
	}
	lab := func(s string) string { return `<span class="lab">` + s + `</span>` }
	var b strings.Builder
	title := invoiceTitles[f.Form]
	if v == 3 {
		title = strings.NewReplacer("（", "(", "）", ")").Replace(title)
	}
	fmt.Fprintf(&b, `<div class="qr abs" style="left:10mm;top:7mm">%s</div>`, strings.Replace(qrImage(f.QR), "style=\"", "style=\"width:19mm;", 1))
	fmt.Fprintf(&b, `<div class="abs" style="left:0;right:0;top:9mm;text-align:center;font-size:18pt;font-family:%s"><span class="lab" style="border-bottom:.5mm double %s;padding:0 6mm 1mm">%s</span></div>`, kaiFont, color, title)
	b.WriteString(supervision(90, 6.5, strings.TrimSuffix(strings.TrimSuffix(where.territory, "省"), "市")+map[bool]string{true: "市", false: "省"}[where.territory == "上海市"], "#d8312e", p))
	b.WriteString(abs(147, 12, lab("发票号码：")+p.f("number", f.Number, f.Number)))
	b.WriteString(abs(147, 18.5, lab("开票日期：")+p.f("issue_date", f.Issued.String(), dateText(4, f.Issued))))
	// parties
	fmt.Fprintf(&b, `<div class="box" style="left:9mm;top:29mm;width:192mm;height:22mm"></div><div class="v" style="left:9mm;top:29mm;height:22mm;font-size:8pt">购<br>买<br>方<br>信<br>息</div><div class="v" style="left:105mm;top:29mm;height:22mm;font-size:8pt;border-left:.3mm solid %s">销<br>售<br>方<br>信<br>息</div>`, color)
	b.WriteString(abs(17, 32, lab("名称：")+p.f("buyer", f.Buyer, f.Buyer)))
	b.WriteString(abs(17, 42.5, `<span style="font-size:8.6pt">`+lab("统一社会信用代码/纳税人识别号：")+p.f("buyer_tax_id", f.BuyerID, f.BuyerID)+`</span>`))
	b.WriteString(abs(113, 32, lab("名称：")+p.f("seller", f.Seller, f.Seller)))
	b.WriteString(abs(113, 42.5, `<span style="font-size:8.6pt">`+lab("统一社会信用代码/纳税人识别号：")+p.f("seller_tax_id", f.SellerID, f.SellerID)+`</span>`))
	// items
	fmt.Fprintf(&b, `<div class="box" style="left:9mm;top:51mm;width:192mm;height:47mm;border-top:0"><table class="it"><tr class="h"><td style="width:26%%">项目名称</td><td>规格型号</td><td>单 位</td><td>数 量</td><td>单 价</td><td>金 额</td><td>税率/征收率</td><td>税 额</td></tr>%s</table></div>`, invoiceLines(p, f))
	b.WriteString(abs(24, 92.5, lab("合　　　计")))
	fmt.Fprintf(&b, `<div class="abs" style="right:63mm;top:92.5mm">¥%s</div>`, p.f("amount", f.Amount.String(), f.Amount.String()))
	fmt.Fprintf(&b, `<div class="abs" style="right:10mm;top:92.5mm">¥%s</div>`, p.f("tax", f.Tax.String(), f.Tax.String()))
	words := wordsText(boolInt(v != 1), f.Words)
	fmt.Fprintf(&b, `<div class="box" style="left:9mm;top:98mm;width:192mm;height:9mm;border-top:0"></div><div class="abs" style="left:62mm;top:98mm;height:9mm;border-left:.3mm solid %s"></div>`, color)
	b.WriteString(abs(20, 99.6, lab("价税合计（大写）")))
	b.WriteString(abs(66, 99.6, "⊗"+p.f("total_words", f.Words.String(), words, words)))
	b.WriteString(abs(148, 99.6, lab("（小写）")+"¥"+p.f("total", f.Total.String(), f.Total.String())))
	// remarks
	fmt.Fprintf(&b, `<div class="box" style="left:9mm;top:107mm;width:192mm;height:20mm;border-top:0"></div><div class="v" style="left:9mm;top:107mm;height:20mm;font-size:9pt">备<br>注</div>`)
	b.WriteString(abs(17, 109, esc(f.Remark)))
	b.WriteString(abs(20, 129, lab("开票人：")+esc(f.Clerk)))
	if f.Void {
		b.WriteString(p.void(f.Number, f.Issued.String()))
	}
	p.put(`<div style="height:100%%">%s</div>`, b.String())
}

// invoiceLines are the rows of the table of items.
func invoiceLines(p *paper, f invoice) string {
	t := p.table("items")
	var b strings.Builder
	for _, l := range f.Lines {
		p.row(t)
		rate := fmt.Sprintf("%d%%", l.Rate)
		fmt.Fprintf(&b, `<tr><td>%s</td><td>%s</td><td class="m">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="m">%s</td><td class="n">%s</td></tr>`,
			p.c(t, "name", l.Name, l.Name), p.c(t, "spec", l.Spec, l.Spec), p.c(t, "unit", l.Unit, l.Unit), p.c(t, "quantity", l.Quantity, l.Quantity), p.c(t, "unit_price", l.Price, l.Price),
			p.c(t, "amount", l.Amount.String(), l.Amount.String()), p.c(t, "tax_rate", fmt.Sprintf("0.%02d", l.Rate), rate, rate, fmt.Sprint(l.Rate)), p.c(t, "tax", l.Tax.String(), l.Tax.String()))
	}
	return b.String()
}
