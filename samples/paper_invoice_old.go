package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// paperInvoice prints a 增值税专用发票 of the paper form, 240 × 140 mm, filled
// in by a needle printer a little beside its boxes, sealed by the seller.
func (w *world) paperInvoice(r *rand.Rand, p *paper, f invoice) {
	color := pick(r, "#8b4a2b", "#9a5230", "#7d4a34")
	if strings.HasPrefix(f.Form, "e_") {
		color = pick(r, "#8a4b28", "#2f6b3f", "#7d4a34")
	}
	p.Width, p.Height, p.Margin, p.Font, p.Size = 240, 140, "0", songFont, 9.5
	ink := pick(r, "#23305f", "#2a2a33", "#1f2a55")
	p.Style = strings.ReplaceAll(invoiceCSS, "VAR", color) + `.t{color:` + ink + `;font-family:` + pick(r, heiFont, songFont, microFont) + `}table.it tr.r td{color:` + ink + `}table.it{height:100%}table.it td{border-right:.2mm solid ` + color + `}table.it td:last-child{border:0}`
	dx, dy := r.Float64()*2-1, r.Float64()*1.6-.4
	var b strings.Builder
	lab := func(x, y float64, s string) {
		fmt.Fprintf(&b, `<div class="abs lab" style="left:%.1fmm;top:%.1fmm">%s</div>`, x, y, s)
	}
	typed := func(x, y float64, html string) {
		fmt.Fprintf(&b, `<div class="abs t" style="left:%.1fmm;top:%.1fmm">%s</div>`, x+dx, y+dy, html)
	}
	where := placeOf(w.Provider.USCC)
	province := strings.TrimSuffix(strings.TrimSuffix(where.territory, "省"), "市")
	fmt.Fprintf(&b, `<div class="abs" style="left:16mm;top:7mm">%s</div>`, strings.Replace(qrImage(f.QR), "style=\"", "style=\"width:18mm;", 1))
	typed(40, 9, `<span style="font-size:15pt">`+p.f("code", f.Code, f.Code)+`</span>`)
	fmt.Fprintf(&b, `<div class="abs lab" style="left:0;right:0;top:8mm;text-align:center;font-size:19pt;font-family:%s"><span style="border-bottom:.5mm double %s;padding:0 4mm 1mm">%s%s</span></div>`, kaiFont, color, province, invoiceTitles[f.Form])
	copyOf := pick(r, "发 票 联", "抵 扣 联")
	if f.Form != "vat_special" {
		copyOf = map[string]string{"vat_ordinary": "发 票 联"}[f.Form]
		lab(34, 22.5, "校验码：")
		typed(47, 22.5, p.f("check_code", f.CheckCode, spaced5(f.CheckCode), spaced5(f.CheckCode)))
	}
	fmt.Fprintf(&b, `<div class="abs lab" style="left:0;right:0;top:20mm;text-align:center;font-size:11pt">%s</div>`, copyOf)
	b.WriteString(supervision(105, 6, province+map[bool]string{true: "市", false: "省"}[where.territory == "上海市"], "#d8312e", p))
	lab(158, 9, `<span style="font-size:14pt">№</span>`)
	typed(168, 8, `<span style="font-size:17pt">`+p.f("number", f.Number, f.Number)+`</span>`)
	typed(205, 9, fmt.Sprintf(`<small>%s<br>%s</small>`, f.Code, f.Number))
	lab(170, 22, "开票日期：")
	typed(188, 22, p.f("issue_date", f.Issued.String(), dateText(4, f.Issued)))
	box := func(x, y, w, h float64) {
		fmt.Fprintf(&b, `<div class="box" style="left:%.1fmm;top:%.1fmm;width:%.1fmm;height:%.1fmm"></div>`, x, y, w, h)
	}
	side := func(x, y, h float64, s string) {
		fmt.Fprintf(&b, `<div class="v" style="left:%.1fmm;top:%.1fmm;height:%.1fmm;font-size:8.5pt">%s</div>`, x, y, h, strings.Join(strings.Split(s, ""), "<br>"))
	}
	box(14, 29, 212, 23)
	side(14, 29, 23, "购买方")
	side(134, 29, 23, "密码区")
	party := func(y float64, name, id, contact, bank string) {
		for i, x := range []struct{ l, t string }{{"名　　　　称：", name}, {"纳税人识别号：", id}, {"地 址、电 话：", contact}, {"开户行及账号：", bank}} {
			lab(22, y+float64(i)*5.4, x.l)
			typed(46, y+float64(i)*5.4, x.t)
		}
	}
	small := func(s string) string {
		return fmt.Sprintf(`<span style="font-size:%.1fpt">%s</span>`, min(8.5, 250/float64(len([]rune(s))+4)), esc(s))
	}
	party(30, p.f("buyer", f.Buyer, f.Buyer), p.f("buyer_tax_id", f.BuyerID, f.BuyerID), small(f.BuyerContact), small(f.BuyerBank))
	typed(143, 31, `<div style="font-size:10.5pt;line-height:1.35;letter-spacing:.03em">`+cipher(r)+`</div>`)
	fmt.Fprintf(&b, `<div class="box" style="left:14mm;top:52mm;width:212mm;height:40mm;border-top:0"><table class="it"><tr class="h"><td style="width:30%%">货物或应税劳务、服务名称</td><td>规格型号</td><td>单位</td><td>数 量</td><td>单 价</td><td>金 额</td><td>税率</td><td>税 额</td></tr>%s<tr style="height:100%%">%s</tr></table></div>`, strings.ReplaceAll(invoiceLines(p, f), "<tr>", `<tr class="r">`), strings.Repeat("<td></td>", 8))
	lab(36, 86, "合　　　计")
	fmt.Fprintf(&b, `<div class="abs t" style="right:62mm;top:%.1fmm">¥%s</div>`, 86+dy, p.f("amount", f.Amount.String(), f.Amount.String()))
	fmt.Fprintf(&b, `<div class="abs t" style="right:15mm;top:%.1fmm">¥%s</div>`, 86+dy, p.f("tax", f.Tax.String(), f.Tax.String()))
	box(14, 92, 212, 8)
	lab(28, 93, "价税合计（大写）")
	words := wordsText(1, f.Words)
	typed(78, 93, "⊗"+p.f("total_words", f.Words.String(), words, words))
	lab(168, 93, "（小写）")
	typed(184, 93, "¥"+p.f("total", f.Total.String(), f.Total.String()))
	box(14, 100, 212, 23)
	side(14, 100, 23, "销售方")
	side(134, 100, 23, "备注")
	party(101, p.f("seller", f.Seller, f.Seller), p.f("seller_tax_id", f.SellerID, f.SellerID), small(f.SellerContact), small(f.SellerBank))
	typed(143, 102, esc(f.Remark))
	for i, x := range []struct{ l, t string }{{"收款人：", f.Payee}, {"复核：", f.Check}, {"开票人：", f.Clerk}, {"销售方：（章）", ""}} {
		lab(22+float64(i)*52, 125, x.l)
		typed(36+float64(i)*52, 125, esc(x.t))
	}
	if !f.NoSeal {
		s := invoiceSeal(r, w.partyOf(f.Seller), f.Seller, f.SellerID)
		if strings.HasPrefix(f.Form, "e_") {
			s.Print, s.Tilt = true, 0
		}
		b.WriteString(p.stamp(s, float64(between(r, 166, 182)), float64(between(r, 100, 106))))
	}
	if f.Void {
		b.WriteString(p.void(f.Number, f.Issued.String()))
	}
	p.put(`<div style="height:100%%">%s</div>`, b.String())
}

// spaced5 groups a check code by five digits.
func spaced5(s string) string {
	return s[:5] + " " + s[5:10] + " " + s[10:15] + " " + s[15:]
}

// cipher is a 密码区: four lines of 27 characters.
func cipher(r *rand.Rand) string {
	const alphabet = "0123456789+-*/<>"
	var lines []string
	for range 4 {
		b := make([]byte, 27)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		lines = append(lines, esc(string(b)))
	}
	return strings.Join(lines, "<br>")
}
