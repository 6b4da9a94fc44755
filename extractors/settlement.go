package extractors

import (
	"regexp"
	"strings"

	"hequan"
	"hequan/internal/day"
)

// Labels that settlements and usage sheets share.
var (
	customerLabels = []string{"客户单位", "客户全称", "结算客户", "用户单位", "购买单位", "采购单位", "委托单位", "付费方", "付款单位", "需求方", "购方", "买方", "用户", "使用客户", "账号主体", "客户主体", "客户名称", "客户", "甲方", "使用方", "采购方", "委托方", "用户名称", "购买方", "付款方", "需方", "结算对象", "开票抬头", "计费主体", "付费主体", "租户名称", "签约客户", "服务接受方", "服务使用方", "账户名称", "使用单位", "采购人"}
	providerLabels = []string{"服务方名称", "供应单位", "供货单位", "服务提供单位", "提供单位", "卖方", "售方", "结算单位", "收款单位", "平台方", "出具单位", "开具单位", "供应商名称", "服务商名称", "运营方", "服务提供方", "服务商", "乙方", "供应商", "提供方", "服务方", "模型服务提供方", "受托方", "供方", "收款方", "结算方", "出账方", "服务单位", "服务提供商", "供应方"}
	periodLabels   = []string{"结算时间段", "结算时间", "计费期间", "计费时段", "账单期间", "账单时间", "服务周期", "使用时段", "统计时间", "统计时段", "统计区间", "结算区间", "起止日期", "起止时间", "用量期间", "调用期间", "本期", "周期", "时间范围", "计量周期", "结算周期", "结算期间", "账期", "统计周期", "统计期间", "结算时段", "使用期间", "服务期间", "使用时间", "计费周期", "账单周期", "使用周期", "期间", "用量周期", "对账周期"}
)

// moneyColumns are the columns of settlement and usage tables; headings are
// those of real vendors and of provider-made statements.
var usageColumns = []column{
	{"date", []string{"日期", "使用月份", "统计月份", "计费月份", "计费日期", "账单月份", "结算月份", "期间", "年月", "时段", "月度", "统计周期", "账期", "月份", "使用日期", "账单日期", "时间", "统计日期", "使用月份", "调用日期", "消费日期", "周期", "Date", "utc_date", "BillingDate", "Month", "Period"}, cellDay},
	{"model", []string{"模型", "模型ID", "模型服务名称", "服务", "服务内容", "调用模型", "大模型", "大模型名称", "产品/模型", "计费模型", "商品名称", "名称", "项目", "资源名称", "实例/模型", "模型名称", "服务名称", "模型服务", "模型/服务", "产品名称", "计费项", "服务项目", "项目名称", "产品", "模型编码", "规格", "ModelName", "Model", "Product", "Item"}, cellName},
	{"quantity", []string{"用量", "调用数量", "计费数量", "计费量", "计量值", "消耗", "消费量", "Token数", "Tokens", "总tokens", "累计用量", "实际用量", "使用数量", "结算数量", "结算量", "用量合计", "数量", "调用量", "使用量", "调用次数", "消耗量", "计费用量", "结算用量", "Tokens用量", "总用量", "Usage", "Quantity", "Count", "Volume"}, cellNumber},
	{"unit", []string{"单位", "数量单位", "计数单位", "计量单位", "用量单位", "计费单位", "Unit", "UsageUnit"}, cellUnit},
	{"unit_price", []string{"单价", "含税单价", "资费", "单位价格", "优惠单价", "折后单价", "合同单价", "费率", "服务单价", "协议单价", "结算单价", "计费单价", "价格", "目录价", "执行单价", "UnitPrice", "Price", "price"}, cellNumber},
	{"price_unit", []string{"价格单位", "定价单位", "单价口径", "计费口径", "单价单位", "计价单位", "PriceUnit"}, cellUnit},
	{"amount", []string{"金额", "总价", "合价", "费用金额", "结算费用", "应付", "应结金额", "消费", "费用小计", "金额小计", "价款", "应收金额", "实付金额", "优惠后金额", "优惠后价格", "本期金额", "计费金额", "费用", "结算金额", "应付金额", "小计", "消费金额", "金额(元)", "应付费用", "合计金额", "含税金额", "Cost", "cost", "Amount", "Fee", "Payable", "Total", "Charge"}, cellMoney},
}

// settlement reads 使用结算单.
func settlement(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"number", readCode, []string{"账单ID", "单据ID", "Statement No", "Bill No", "结算批次号", "批次号", "凭单号", "结算书编号", "结算号", "账单流水号", "凭证编号", "凭证号", "确认单编号", "确认单号", "确认书编号", "函件编号", "文号", "对账编号", "对账单编号", "账单号", "单据编号", "结算确认单号", "结算流水号", "单据号", "文件编号", "结算单据号", "账单编码", "流水号", "No", "NO", "结算单编号", "结算单号", "结算编号", "账单编号", "编号", "单号", "对账单号"}},
		{"customer", readCompany, customerLabels},
		{"provider", readCompany, providerLabels},
		{"total", readMoney, []string{"结算总额", "本期结算总额", "结算合计", "结算总价", "应结算金额", "本期应结", "应付款", "应付费用", "本期费用", "费用总额", "应收金额", "结算价款", "本期合计", "总额", "总费用", "金额合计", "结算金额", "结算金额合计", "本期结算金额", "合计金额", "应付总额", "结算总金额", "费用合计", "总计", "本期应付", "结算金额(小写)", "小写", "合计", "总金额", "应付金额"}},
		{"total_words", readWords, []string{"总额大写", "总价大写", "结算总额(大写)", "费用大写", "大写金额", "结算大写", "大写", "金额大写", "合计大写", "人民币大写", "结算金额(大写)", "合计金额(大写)", "人民币"}},
		{"date", readDay, []string{"结算日期", "编制日期", "制单日期", "签章日期", "签署日期", "对账日期", "落款日期", "账单日期", "出单日期", "出具日期", "日期", "制表日期", "出账日期", "确认日期", "开具日期", "填表日期"}},
	}, append(periodLabels, "合同编号", "合同名称", "项目名称", "币种")...)}
	addSides(d, &c, "customer", "provider")
	addPeriod(d, &c)
	dropLabelled(d, &c, "date", daysOfOthers...)
	begins := c.field("period_start")
	if f := c.field("date"); f == nil || f.Value == "" || begins != nil && f.Value == begins.Value {
		c.drop("date") // nothing is settled on its first day
		byHint(d, &c, settlementDate)
	}
	if c.field("date") == nil {
		if f, ok := loneDay(d, "date"); ok && !isPeriodEnd(c, f) {
			c.set(f)
		} else if f, ok := d.unreadDay("date"); ok {
			c.set(f)
		}
	}
	totalFromTable(d, &c)
	if c.field("total_words") == nil {
		if f, ok := wordsOrPlace(d, "total_words", c.field("total")); ok {
			c.set(f)
		}
	}
	c.Tables = d.bestTables(tableKind{name: "items", columns: usageColumns[1:], least: 3, needs: []string{"amount"}}, 2)
	found(d, &c, "items")
	if dropRowTotal(&c) {
		totalFromTable(d, &c)
	}
	d.addSaidOnce(c.Tables)
	return c
}

// usage reads 用量明细.
func usage(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"customer", readCompany, customerLabels},
		{"provider", readCompany, providerLabels},
		{"total", readMoney, []string{"费用合计", "费用总计", "消费合计", "消费总额", "金额总计", "本期费用合计", "费用总额", "总额", "合计费用", "累计金额", "累计费用", "合计金额", "总金额", "总费用", "合计", "总计", "金额合计"}},
	}, append(periodLabels, "合同编号", "项目名称")...)}
	addSides(d, &c, "customer", "provider")
	addPeriod(d, &c)
	totalFromTable(d, &c)
	c.Tables = d.bestTables(tableKind{name: "rows", columns: usageColumns, least: 3, needs: []string{"quantity"}, instead: "amount"}, 2)
	found(d, &c, "rows")
	if dropRowTotal(&c) {
		totalFromTable(d, &c)
	}
	d.addDaysBetween(c.Tables)
	completeDays(&c)
	d.middleNames(c.Tables)
	d.carryGroups(c.Tables)
	d.addSaidOnce(c.Tables)
	for i := range c.Tables {
		modelsOfRuns(&c.Tables[i])
	}
	return c
}

// addPeriod reads the period, by its label or as the first range of days.
func addPeriod(d *doc, c *Content) {
	s := seeker{d: d}
	labelled := s.after(periodLabels...)
	try := append(labelled, d.everyRow()...)
	for n, at := range try {
		if d.setRange(c, "period_start", "period_end", at, n < len(labelled) || periodWord.MatchString(d.text(at))) {
			return
		}
		if f, t, ok := d.wrappedPeriod(at, n < len(labelled)); ok {
			c.set(f)
			c.set(t)
			return
		}
	}
}

// periodWord is a part of a label of a period.
var periodWord = regexp.MustCompile(`期间|周期|时段|账期|区间|起止`)

// wrappedPeriod reads a period that goes on in the next row: …至2026年05 / 月31日, 2025-09-01 / 至2025-12-31; where its label
// tells that it is one, without a dash, too.
func (d *doc) wrappedPeriod(at span, labelled bool) (from, to hequan.Field, ok bool) {
	text := d.text(at)
	first := day.FindAll(text)
	alone := len(first) == 1 && first[0].Days() <= 31 && first[0].End == at.to-at.from
	if at.row+1 >= len(d.rows) || d.rows[at.row+1].page != d.rows[at.row].page || !alone && !openRange.MatchString(text) {
		return from, to, false
	}
	box := d.box(at)
	var parts []span
	for j := at.row + 1; j <= at.row+2 && j < len(d.rows) && d.rows[j].page == d.rows[at.row].page; j++ { // labels may stand in the middle between
		for _, p := range tabbed(d.rows[j]) {
			parts = append(parts, d.trim(span{j, p[0], p[1]}, ""))
		}
	}
	for _, part := range parts {
		b := d.box(part)
		if part.to-part.from > 12 || b[1]-box[3] > box.Height() || b[0] > box[2] || b[2] < box[0]-0.2 {
			continue
		}
		rest := d.text(part)
		if alone && !startsRange.MatchString(rest) {
			last := day.FindAll(rest)
			if !labelled || len(last) != 1 || !first[0].Exact || !last[0].Exact || !first[0].From.Before(last[0].From) || d.listsDays(part) {
				continue
			}
			rest = "至" + rest
		}
		for _, r := range day.FindRanges(mendDay(text + rest)) {
			if r.Start >= len([]rune(text)) || r.End <= len([]rune(text)) {
				continue
			}
			whole := sub(at, r.Start, len([]rune(text)))
			from, to = d.field("period_start", r.Window.From.String(), whole), d.field("period_end", r.Window.To.String(), whole)
			for _, f := range []*hequan.Field{&from, &to} {
				f.Text += d.text(part)
				f.Box = f.Box.Union(b)
				f.Confidence = min(f.Confidence, trustOf(d, part))
			}
			return from, to, true
		}
	}
	return from, to, false
}

// listsDays says whether another day stands below a piece of a row: a column of days is no period.
func (d *doc) listsDays(part span) bool {
	if part.row+1 >= len(d.rows) || d.rows[part.row+1].page != d.rows[part.row].page {
		return false
	}
	b := d.box(part)
	for _, p := range tabbed(d.rows[part.row+1]) {
		s := span{part.row + 1, p[0], p[1]}
		if o := d.box(s); o[0] < b[2] && o[2] > b[0] && len(day.FindAll(d.text(s))) > 0 {
			return true
		}
	}
	return false
}

// startsRange begins what a range goes on with behind its first day.
var startsRange = regexp.MustCompile(`^[至到~～—–-]\s?[\d二]`)

// openRange is a range whose second day is cut off.
var openRange = regexp.MustCompile(`二[〇○零]二\p{Han}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日\s?[至到~～—–-]+\s?(?:二[〇○零]?(?:二\p{Han}?年?[一二三四五六七八九十]{0,2}(?:月[一二三四五六七八九十]{0,3})?)?)?$|20\d\d[年./-]\d{1,2}(?:月|[月./-]\d{1,2}日?)\s?[至到~～—–-]+\s?(?:2(?:0(?:\d(?:\d(?:[年./-](?:\d{1,2}(?:[月./-]\d{0,2})?)?)?)?)?)?)?$`)

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

// dropRowTotal takes away a total that is the amount of one of several rows: a column's heading gave it.
func dropRowTotal(c *Content) bool {
	f, words := c.field("total"), c.field("total_words")
	if f == nil || f.Value == "" || words != nil && words.Value == f.Value {
		return false
	}
	for _, t := range c.Tables {
		a := t.Column("amount")
		if a < 0 || len(t.Rows) < 2 {
			continue
		}
		for _, r := range t.Rows {
			if page := max(r[a].Page, t.Page*boolInt(r[a].Page == 0)); page == f.Page && r[a].Value == f.Value && r[a].Box.Contains(f.Box.CenterX(), f.Box.CenterY()) {
				c.drop("total")
				return true
			}
		}
	}
	return false
}

// totalFromTable takes the last amount of the row 合计 where no label gave a total.
func totalFromTable(d *doc, c *Content) {
	if f := c.field("total"); f != nil && f.Value != "" && f.Value != "0.00" {
		return
	}
	for i := len(d.rows) - 1; i >= 0; i-- {
		r := d.rows[i]
		if !isTotal(r) || strings.Contains(strings.Map(dropSpace, string(r.text)), "小计") {
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
