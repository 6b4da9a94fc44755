package samples

import (
	"fmt"
	"slices"
	"strings"

	"hequan/internal/rmb"
)

// opening prints what may stand above the rows of a list of use, so that few of them are left for
// the first page, and returns how many: 0 where nothing stands there.
func (d *drawing) opening(u usage) int {
	r := d.r
	switch r.IntN(12) {
	case 0:
		d.put(`%s`, d.chart(u))
	case 1:
		d.put(`<p><b>%s</b></p>%s<p><b>%s</b></p>`, pick(r, "一、用量汇总", "按模型汇总", "（一）费用汇总", "汇总信息"), d.summary(u), pick(r, "二、用量明细", "逐日明细", "（二）费用明细", "明细"))
	case 2:
		d.put(`<div style="margin:4mm 0">%s</div>`, cards(3, []said{{pick(r, "费用总额", "本期消费", "总花费"), "¥" + u.Total.Grouped()}, {pick(r, "使用天数", "记录条数"), fmt.Sprint(len(u.Rows))}, {pick(r, "模型数", "在用模型"), fmt.Sprint(len(u.byModel()))}}))
	case 3:
		for n, x := range []string{"用量由计量平台按实际调用统计，四舍五入保留到小数点后两位。", "输入与输出用量合并计量，失败的调用不计费。", "费用为含税金额，税率6%，不含代金券抵扣。", "如有异议，请于收到之日起五个工作日内书面提出，逾期视为确认。"}[:between(r, 2, 4)] {
			d.put(`<p style="font-size:.9em">%d. %s</p>`, n+1, x)
		}
	default:
		return 0
	}
	return between(r, 1, 4)
}

// modelSum is what one model of a list of use adds up to.
type modelSum struct {
	model  string
	rows   int
	amount rmb.Fen
}

func (u usage) byModel() []modelSum {
	var out []modelSum
	at := map[string]int{}
	for _, x := range u.Rows {
		k, ok := at[x.Model]
		if !ok {
			k = len(out)
			at[x.Model] = k
			out = append(out, modelSum{model: x.Model})
		}
		out[k].rows++
		out[k].amount += x.Amount
	}
	return out
}

// summary is a table of the models of a list, without days.
func (d *drawing) summary(u usage) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s"><tr class="m"><td>%s</td><td>%s</td><td>%s</td></tr>`, pick(d.r, "ruled", "lines", "zebra"), pick(d.r, "模型", "模型名称", "产品"), pick(d.r, "记录数", "天数", "条数"), pick(d.r, "费用（元）", "金额", "消费金额"))
	for _, x := range u.byModel() {
		fmt.Fprintf(&b, `<tr><td>%s</td><td class="n">%d</td><td class="n">%s</td></tr>`, esc(x.model), x.rows, x.amount.Grouped())
	}
	fmt.Fprintf(&b, `<tr><td>%s</td><td class="n">%d</td><td class="n">%s</td></tr></table>`, pick(d.r, "合计", "总计"), len(u.Rows), u.Total.Grouped())
	return b.String()
}

// chart draws the amounts of a list as bars, with an axis.
func (d *drawing) chart(u usage) string {
	high := float64(between(d.r, 40, 90))
	most := rmb.Fen(1)
	for _, x := range u.Rows {
		most = max(most, x.Amount)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<p style="font-size:.9em">%s</p><svg width="160mm" height="%.0fmm" viewBox="0 0 160 %.0f">`, pick(d.r, "费用趋势", "每日用量趋势（元）", "消费走势"), high+8, high+8)
	wide := 140 / float64(len(u.Rows))
	for n, x := range u.Rows {
		h := high * float64(x.Amount) / float64(most)
		fmt.Fprintf(&b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`, 18+float64(n)*wide, high-h, 0.7*wide, h, pick(d.r, "#4a7ebb", "#4a7ebb", "#5b8bd0"))
	}
	fmt.Fprintf(&b, `<path d="M18 0V%.1fH160" fill="none" stroke="#444" stroke-width=".4"/>`, high)
	for k := range 4 {
		fmt.Fprintf(&b, `<text x="16" y="%.1f" font-size="3" text-anchor="end">%s</text>`, high-high*float64(k)/4+1, (most * rmb.Fen(k) / 4).String())
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// saidOnce is what stands above a table and holds for all of its rows.
type saidOnce struct {
	column, value string
	rows          *[]map[string]TruthField
}

// saidOnce takes the model of a list, and perhaps its price's unit, out of the table and says them above it.
func (d *drawing) saidOnce(t *drawnTable, x use) []said {
	r := d.r
	row := d.useRow(x)
	list := []said{{"model", pick(r, "模型", "模型名称", "计费模型", "调用模型", "服务名称")}}
	if r.IntN(2) == 0 {
		list = append(list, said{"price_unit", pick(r, "计价单位", "价格单位", "单价单位")})
		t.cols = slices.DeleteFunc(t.cols, func(c column) bool { return c.field == "price_unit" })
		for k, c := range t.cols {
			if c.field == "unit_price" {
				before, _, _ := strings.Cut(c.head, "（元/")
				t.cols[k].head = before
			}
		}
	}
	t.cols = slices.DeleteFunc(t.cols, func(c column) bool { return c.field == "model" })
	out := make([]said, len(list))
	for k, x := range list {
		html, rows := d.sharedCell(x[0], cellOf(row[x[0]].text))
		t.once = append(t.once, saidOnce{x[0], row[x[0]].text, rows})
		out[k] = said{x[1], html}
	}
	return out
}
