package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// acceptance reads 交付或验收证明.
func acceptance(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"project", readText, []string{"项目名称", "验收项目", "项目", "合同项目", "验收项目名称", "交付项目", "工程名称"}},
		{"supplier", readCompany, []string{"供应商", "供应单位", "交付人", "移交单位", "移交方", "承包单位", "承建方", "服务商", "服务单位", "卖方", "厂商", "供货单位", "乙方", "交付单位", "承建单位", "服务提供方", "供方", "受托方", "交付方", "提供方", "实施单位", "供应方"}},
		{"acceptor", readCompany, []string{"验收单位", "接受单位", "接收人", "用户单位", "需求单位", "委托单位", "甲方单位", "业主单位", "买方", "收货单位", "使用方", "客户单位", "采购方", "甲方", "采购人", "使用单位", "接收单位", "接收方", "委托方", "建设单位", "需方", "签收单位", "确认单位", "确认方", "验收方", "收货方"}},
		{"date", readDay, []string{"验收日期", "验收完成日期", "验收通过日期", "到货日期", "移交日期", "签收时间", "验收完成时间", "终验日期", "验收时间", "交付日期", "交付时间", "签收日期", "完成日期", "日期"}},
		{"place", readText, []string{"验收地点", "安装地址", "实施地址", "交付地址", "现场地点", "移交地点", "使用地点", "交付地点", "实施地点", "部署地点", "安装地点", "地点"}},
		{"conclusion", readText, []string{"验收结论", "验收评定", "评定结论", "验收评价", "验收结论意见", "结论意见", "交付结果", "签收意见", "综合意见", "验收意见", "验收结果", "验收情况", "结论", "交付结论", "综合结论"}},
	}, "合同编号", "合同名称", "参加人员", "验收内容", "验收方式")}
	if f, ok := (seeker{d: d}).first("date", readDay, "验收日期", "验收时间", "验收完成日期", "验收完成时间", "验收通过日期", "终验日期"); ok && f.Value != "" {
		c.set(f) // before the day of delivery
	}
	dropLabelled(d, &c, "date", "签订", "合同", "签约") // the contract's day
	addSides(d, &c, "acceptor", "supplier")
	items := d.itemRows()
	if f := c.field("conclusion"); f != nil && d.within(f, items) { // of one thing
		c.drop("conclusion")
	}
	if f := c.field("conclusion"); f == nil || outcome(f.Value) == "" || len([]rune(f.Value)) < 6 {
		if f, ok := conclusionPassage(d, items); ok {
			c.set(f)
		}
	}
	if f := c.field("conclusion"); f != nil {
		if o := outcome(f.Value); o != "" {
			g := *f
			g.Name, g.Value = "outcome", o
			c.set(g)
		}
	}
	c.Tables = d.bestTables(tableKind{name: "items", least: 2, needs: []string{"name"}, columns: []column{
		{"name", []string{"名称", "交付物名称", "验收内容及项目", "验收项", "设备名称", "软件名称", "分项名称", "标的名称", "品名", "清单内容", "验收事项", "验收内容", "交付内容", "项目", "交付物", "验收项目", "产品名称", "交付清单", "货物名称"}, cellName},
		{"quantity", []string{"数量", "验收数量", "交付数量", "数目"}, cellNumber},
		{"result", []string{"结果", "检验结果", "测试结果", "验收情况说明", "验收意见", "验收状态", "核验结果", "验收结果", "验收情况", "是否合格", "结论", "状态"}, cellResult},
	}}, 1)
	if t := deliveredItems(d); len(t) > 0 && (len(c.Tables) == 0 || worth(&t[0], false) > worth(&c.Tables[0], false)) {
		c.Tables = t
	}
	foundAcceptance(d, &c)
	return c
}

var passed = regexp.MustCompile(`(?:同意|予以)?(?:通过|合格)`)

// outcome is what a conclusion amounts to: passed, failed, conditional, "" when unclear.
func outcome(text string) string {
	text = ticked(strings.Map(dropSpace, text))
	for _, w := range []string{"不合格", "不通过", "未通过", "不予通过", "验收失败", "未达到"} {
		if strings.Contains(text, w) {
			return "failed"
		}
	}
	for _, w := range []string{"整改", "有条件", "基本合格", "遗留", "待完善", "限期"} {
		if strings.Contains(text, w) && !strings.Contains(text, "无遗留") && !strings.Contains(text, "无需整改") {
			return "conditional"
		}
	}
	if passed.MatchString(text) || strings.Contains(text, "符合合同") || strings.Contains(text, "符合要求") {
		return "passed"
	}
	return ""
}

// conclusionPassage finds a sentence that says how the acceptance ended, in none of the rows of what was delivered.
func conclusionPassage(d *doc, items map[int]bool) (hequan.Field, bool) {
	for i, r := range d.rows {
		if items[i] {
			continue
		}
		text := strings.Map(dropSpace, string(r.text))
		if strings.Contains(text, "验收") && outcome(text) != "" && len(r.text) > 8 && len(tabbed(r)) < 3 {
			at := span{i, 0, len(r.text)}
			if p := tabbed(r); len(p) == 2 && labelLike(string(r.text[p[0][0]:p[0][1]])) {
				at = d.trim(span{i, p[1][0], p[1][1]}, "")
			}
			return d.field("conclusion", foldSpaces(d.text(at)), at), true
		}
	}
	return hequan.Field{}, false
}

var (
	tickedBox = `☑√✓✔☒■✅`
	emptyBox  = `☐□○▢囗`
	option    = regexp.MustCompile(`([` + tickedBox + emptyBox + `]?)((?:不予|不|未|基本|有条件)?(?:合格|通过|同意)(?:验收)?)([` + tickedBox + emptyBox + `]?)`)
)

// ticked is the option of a text that offers several with a box each: of 合格☑ 不合格□ the first; "" where none is ticked, or
// more than one. Another text stays.
func ticked(text string) string {
	if !strings.ContainsAny(text, emptyBox) {
		return text
	}
	all := option.FindAllStringSubmatch(text, -1)
	if len(all) < 2 {
		return text
	}
	mark := 3
	if all[0][1] != "" {
		mark = 1
	}
	chosen := ""
	for _, m := range all {
		if m[mark] == "" || !strings.Contains(tickedBox, m[mark]) {
			continue
		}
		if chosen != "" {
			return ""
		}
		chosen = m[2]
	}
	return chosen
}
