package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// notes prints 财务报表附注 over n pages, as long reports have them: a title, then
// pages under a running head, of prose and tables of figures. Nothing on them is labelled.
func (w *world) notes(r *rand.Rand, p *paper, a audit, n int) {
	head := fmt.Sprintf(`<div class="two" style="font-size:9pt;border-bottom:.2mm solid #555;margin-bottom:5mm"><div>%s</div><div style="text-align:right">%s</div></div>`,
		esc(a.Entity), pick(r, "财务报表附注", fmt.Sprintf("%d年度财务报表附注", a.Year), "会计报表附注"))
	item := 0
	for i := range n {
		var b strings.Builder
		b.WriteString(`<div data-break class="in">`)
		if i == 0 {
			fmt.Fprintf(&b, `<h1 style="font-size:17pt">财务报表附注</h1><p style="text-align:center;text-indent:0">%d年度</p>`, a.Year)
		} else {
			b.WriteString(head)
		}
		for range 2 {
			item++
			fmt.Fprintf(&b, `<p><b>%d、%s</b></p>`, item, pick(r, noteTitles...))
			for range 2 {
				fmt.Fprintf(&b, `<p>%s%s</p>`, pick(r, noteSentences...), pick(r, noteSentences...))
			}
			fmt.Fprintf(&b, `<table class="ruled"><tr class="m"><td>项　目</td><td>期末余额</td><td>期初余额</td></tr>`)
			for range between(r, 3, 4) {
				fmt.Fprintf(&b, `<tr><td>%s</td><td class="n">%s</td><td class="n">%s</td></tr>`, pick(r, noteItems...), noteFigure(r), noteFigure(r))
			}
			b.WriteString(`</table>`)
		}
		b.WriteString(`</div>`)
		p.put("%s", b.String())
	}
}

// noteFigure is an amount as a note prints it.
func noteFigure(r *rand.Rand) string {
	return fmt.Sprintf("%d,%03d,%03d.%02d", between(r, 1, 98), r.IntN(1000), r.IntN(1000), r.IntN(100))
}

var noteTitles = []string{"货币资金", "应收账款", "预付款项", "其他应收款", "存货", "固定资产", "无形资产", "长期待摊费用", "应付账款", "合同负债", "应付职工薪酬", "应交税费", "其他应付款", "营业收入和营业成本", "税金及附加", "销售费用", "管理费用", "研发费用", "财务费用", "所得税费用", "关联方及关联交易", "资产负债表日后事项"}

var noteSentences = []string{
	"本公司以持续经营为基础，根据实际发生的交易和事项，按照企业会计准则的规定进行确认和计量，在此基础上编制财务报表。",
	"本公司会计年度自公历1月1日起至12月31日止。",
	"本公司以人民币为记账本位币，除特别说明外，金额单位均为人民币元。",
	"对于单项金额重大的应收款项，本公司单独进行减值测试，有客观证据表明其发生了减值的，计提坏账准备。",
	"存货按照成本与可变现净值孰低计量，可变现净值低于成本的，计提存货跌价准备。",
	"固定资产采用年限平均法计提折旧，预计净残值率为5%，折旧年限为三至二十年。",
	"使用寿命有限的无形资产自可供使用时起，在其预计使用寿命内采用直线法分期平均摊销。",
	"收入在客户取得相关商品或服务的控制权时，按照分摊至该项履约义务的交易价格确认。",
	"本公司在职工提供服务的会计期间，将实际发生的短期薪酬确认为负债，并计入当期损益或相关资产成本。",
	"截至报告期末，本公司无需要披露的重大或有事项，也无需要披露的重大承诺事项。",
}

var noteItems = []string{"库存现金", "银行存款", "其他货币资金", "一年以内", "一至二年", "二至三年", "三年以上", "房屋及建筑物", "电子设备", "运输工具", "软件使用权", "预收服务款", "增值税", "企业所得税", "技术服务收入", "职工工资", "社会保险费", "办公费", "差旅费", "房租及物业费", "押金及保证金"}
