package extractors

import (
	"hequan"
	"hequan/internal/day"
)

// Labels that settlements and usage sheets share.
var (
	customerLabels = []string{"客户名称", "客户", "甲方", "使用方", "采购方", "委托方", "用户名称", "购买方", "付款方", "需方", "服务使用方", "账户名称", "使用单位", "采购人"}
	providerLabels = []string{"服务提供方", "服务商", "乙方", "供应商", "提供方", "服务方", "模型服务提供方", "受托方", "供方", "收款方", "结算方", "出账方", "服务单位", "服务提供商", "供应方"}
	periodLabels   = []string{"结算周期", "结算期间", "账期", "统计周期", "统计期间", "结算时段", "使用期间", "服务期间", "使用时间", "计费周期", "账单周期", "使用周期", "期间", "用量周期", "对账周期"}
)

// moneyColumns are the columns of settlement and usage tables; headings are
// those of real vendors and of provider-made statements.
var usageColumns = []column{
	{"date", []string{"日期", "账期", "月份", "使用日期", "账单日期", "时间", "统计日期", "使用月份", "调用日期", "消费日期", "周期"}, cellDay},
	{"model", []string{"模型", "模型名称", "服务名称", "模型服务", "模型/服务", "产品名称", "计费项", "服务项目", "项目名称", "产品", "模型编码", "规格"}, cellName},
	{"quantity", []string{"用量", "数量", "调用量", "使用量", "调用次数", "消耗量", "计费用量", "结算用量", "Tokens用量", "总用量"}, cellNumber},
	{"unit", []string{"单位", "计量单位", "用量单位", "计费单位"}, cellUnit},
	{"unit_price", []string{"单价", "结算单价", "计费单价", "价格", "目录价", "执行单价"}, cellNumber},
	{"price_unit", []string{"单价单位", "计价单位"}, cellUnit},
	{"amount", []string{"金额", "费用", "结算金额", "应付金额", "小计", "消费金额", "金额(元)", "应付费用", "合计金额", "含税金额"}, cellMoney},
}

// settlement reads 使用结算单.
func settlement(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"number", readCode, []string{"结算单编号", "结算单号", "结算编号", "账单编号", "编号", "单号", "对账单号"}},
		{"customer", readCompany, customerLabels},
		{"provider", readCompany, providerLabels},
		{"total", readMoney, []string{"结算总额", "结算金额合计", "本期结算金额", "合计金额", "应付总额", "结算总金额", "费用合计", "总计", "本期应付", "结算金额(小写)", "小写", "合计", "总金额", "应付金额"}},
		{"total_words", readWords, []string{"大写", "金额大写", "合计大写", "人民币大写", "结算金额(大写)", "合计金额(大写)", "人民币"}},
		{"date", readDay, []string{"结算日期", "出具日期", "日期", "制表日期", "出账日期", "确认日期", "开具日期", "填表日期"}},
	}, append(periodLabels, "合同编号", "合同名称", "项目名称", "币种")...)}
	addSides(d, &c, "customer", "provider")
	addPeriod(d, &c)
	if f := c.field("date"); f == nil || f.Value == "" {
		if f, ok := loneDay(d, "date"); ok && !isPeriodEnd(c, f) {
			c.set(f)
		}
	}
	totalFromTable(d, &c)
	c.Tables = d.tables(tableKind{name: "items", columns: usageColumns[1:], least: 3, needs: []string{"amount"}})
	return c
}

// usage reads 用量明细.
func usage(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"customer", readCompany, customerLabels},
		{"provider", readCompany, providerLabels},
		{"total", readMoney, []string{"费用合计", "合计金额", "总金额", "总费用", "合计", "总计", "金额合计"}},
	}, append(periodLabels, "合同编号", "项目名称")...)}
	addSides(d, &c, "customer", "provider")
	addPeriod(d, &c)
	totalFromTable(d, &c)
	c.Tables = d.tables(tableKind{name: "rows", columns: usageColumns, least: 3, needs: []string{"quantity"}})
	return c
}

// addPeriod reads the period, by its label or as the first range of days.
func addPeriod(d *doc, c *Content) {
	s := seeker{d: d}
	try := append(s.after(periodLabels...), d.everyRow()...)
	for _, at := range try {
		for _, r := range day.FindRanges(d.text(at)) {
			where := sub(at, r.Start, r.End)
			c.set(d.field("period_start", r.Window.From.String(), where))
			c.set(d.field("period_end", r.Window.To.String(), where))
			return
		}
	}
}

func (d *doc) everyRow() []span {
	var out []span
	for i, r := range d.rows {
		out = append(out, span{i, 0, len(r.text)})
	}
	return out
}

func isPeriodEnd(c Content, f hequan.Field) bool {
	end := c.field("period_end")
	return end != nil && end.Value == f.Value && end.Page == f.Page && end.Box.CenterY()-f.Box.CenterY() < 0.01 && f.Box.CenterY()-end.Box.CenterY() < 0.01
}

// totalFromTable takes the last amount of the row 合计 where no label gave a total.
func totalFromTable(d *doc, c *Content) {
	if f := c.field("total"); f != nil && f.Value != "" && f.Value != "0.00" {
		return
	}
	for i := len(d.rows) - 1; i >= 0; i-- {
		r := d.rows[i]
		if !isTotal(r) {
			continue
		}
		p := pieces(r)
		for k := len(p) - 1; k >= 0; k-- {
			if f, ok := readMoney(d, "total", span{i, p[k][0], p[k][1]}); ok && f.Value != "" {
				c.set(f)
				return
			}
		}
	}
}
