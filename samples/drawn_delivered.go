package samples

import (
	"fmt"
	"strings"
)

// accepted are words and marks that say of a thing that it was accepted.
var accepted = []string{"合格", "符合", "通过", "满足", "正常", "符合要求", "达标", "良好", "完好", "无异常", "验收通过", "已验收", "可用", "运行正常", "√", "√", "✓", "OK", "是", "齐全"}

// delivered prints what was delivered: a table mostly, else lines, a paragraph or blocks of labels.
func (d *drawing) delivered(items []line) {
	r := d.r
	result := pick(r, accepted...)
	switch r.IntN(8) {
	case 0, 1:
		d.deliveredLines(items, result)
	case 2:
		d.deliveredBlocks(items, result)
	default:
		d.deliveredTable(items, result)
	}
}

// resultOf is a cell with the result of a check; a tick may be read as either form of it.
func resultOf(result string) printedCell {
	if result == "✓" {
		return printedCell{value: "√", text: result, accept: []string{"✓"}}
	}
	return cellOf(result)
}

func (d *drawing) deliveredTable(items []line, result string) {
	r := d.r
	split := r.IntN(2) == 0
	t := drawnTable{name: "items", perPage: 30}
	for _, l := range items {
		q := fmt.Sprint(l.Quantity)
		text := q + l.Unit
		if split {
			text = q
		}
		t.rows, t.amounts = append(t.rows, map[string]printedCell{"name": cellOf(l.Name), "quantity": {value: q, text: text}, "单位": {text: l.Unit}, "合同数量": {text: text}, "单价（元）": {text: l.Price.Grouped()}, "result": resultOf(result)}), append(t.amounts, 0)
	}
	t.cols = []column{{"name", pick(r, "名称", "设备/软件名称", "交付内容", "交付物", "验收内容", "货物名称", "验收项", "产品名称", "服务内容", "交付项目", "验收标的", "清单项", "供货内容", "交付成果", "系统/设备", "软硬件名称", "标的物"), ""}}
	if r.IntN(6) == 0 {
		t.cols = append(t.cols, column{"", "合同数量", "m"})
	}
	t.cols = append(t.cols, column{"quantity", pick(r, "数量", "交付数量", "验收数量", "实收数量", "到货数量", "实交数量", "件数"), "m"})
	if split {
		t.cols = append(t.cols, column{"", "单位", "m"})
	}
	if r.IntN(6) == 0 {
		t.cols = append(t.cols, column{"", "单价（元）", "n"})
	}
	t.cols = append(t.cols, column{"result", pick(r, "验收结果", "验收情况", "结果", "检验结论", "确认结果", "验收意见", "测试结果", "是否合格", "检查情况", "合格与否", "外观及功能", "核对", "验收", "测试", "现场检查"), "m"})
	if r.IntN(4) == 0 {
		t.cols = append(t.cols, column{"", pick(r, "备注", "说明", "签收人"), "m"})
	}
	d.table(t)
}

// deliveredLines prints a line for each thing, or one paragraph of all.
func (d *drawing) deliveredLines(items []line, result string) {
	r := d.r
	truth := d.paper.table("items")
	form := pick(r, "%s，%s，%s", "%s　%s　%s", "%s——%s——%s", "%s × %s（%s）", "%s：%s，验收结果%s", "%s（数量：%s；验收情况：%s）", "%s，数量%s，检查结果：%s", "%s（%s），%s", "%s %s %s", "%s，共%s，经验收%s")
	mark := pick(r, "%d. ", "（%d）", "%d、", "· ", "%d）", "第%d项：", "● ", "")
	d.put(`<p>%s</p>`, pick(r, "交付内容：", "交付清单如下：", "一、验收内容", "验收内容及结果：", "本次交付的内容包括：", ""))
	together := mark != "" && strings.Contains(mark, "%d") && !strings.Contains(form, "　") && r.IntN(4) == 0
	var s strings.Builder
	for n, l := range items {
		d.row(truth)
		q := fmt.Sprint(l.Quantity)
		x := resultOf(result)
		name, quantity, end := d.c(truth, "name", l.Name, l.Name), d.c(truth, "quantity", q, q+l.Unit), d.c(truth, "result", x.value, x.text, x.accept...)
		lead := mark
		if strings.Contains(mark, "%d") {
			lead = fmt.Sprintf(mark, n+1)
		}
		text := lead + fmt.Sprintf(form, name, quantity, end)
		if together {
			s.WriteString(text + map[bool]string{true: "。", false: "；"}[n+1 == len(items)])
			continue
		}
		d.put(`<p>%s%s</p>`, text, pick(r, "", "；"))
	}
	if together {
		d.put(`<div class="in"><p>%s</p></div>`, s.String())
	}
}

// deliveredBlocks prints labels with their values for each thing.
func (d *drawing) deliveredBlocks(items []line, result string) {
	r := d.r
	truth := d.paper.table("items")
	labels := [3]string{pick(r, "名称", "交付物", "产品名称", "设备名称", "验收对象"), pick(r, "数量", "交付数量", "验收数量"), pick(r, "验收结果", "结果", "检查结论", "验收情况")}
	style, head := pick(r, 0, 0, 2, 3, 8, 9, 15), pick(r, "", "交付物%d", "第%d项", "（%d）")
	for n, l := range items {
		d.row(truth)
		q := fmt.Sprint(l.Quantity)
		x := resultOf(result)
		title := ""
		if head != "" {
			title = fmt.Sprintf("<p><b>"+head+"</b></p>", n+1)
		}
		d.put(`<div>%s%s</div>`, title, d.laidOut(style, []said{{labels[0], d.c(truth, "name", l.Name, l.Name)}, {labels[1], d.c(truth, "quantity", q, q+l.Unit)}, {labels[2], d.c(truth, "result", x.value, x.text, x.accept...)}}))
	}
}

// partiesTable prints both parties as columns of one table.
func (d *drawing) partiesTable(class string, roles [2]string, a, b []said) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<table class="%s"><tr class="m"><td style="width:20%%">%s</td><td>%s</td><td>%s</td></tr>`, class, pick(d.r, "项目", "", "内容", "事项"), roles[0], roles[1])
	for k := range a {
		fmt.Fprintf(&s, `<tr><td class="m">%s</td><td>%s</td><td>%s</td></tr>`, a[k][0], a[k][1], b[k][1])
	}
	return s.String() + `</table>`
}
