package samples

import (
	"fmt"
	"slices"
	"strings"

	"hequan/internal/rmb"
)

// drawnTable is a table in the making. Amounts stands beside rows: what each row adds to the sum.
type drawnTable struct {
	name    string
	cols    []column
	rows    []map[string]printedCell
	amounts []rmb.Fen
	total   string // HTML of the sum, "" where the table states none
	first   int    // rows of the first page, 0 for as many as on the others
	perPage int
	once    []saidOnce // what stands above the table and holds for all of its rows
	group   string     // field whose equal values may be one cell: rows are sorted by it
}

// grouped says whether groups of rows have more than one.
func (t drawnTable) grouped() bool {
	for n := 1; n < len(t.rows); n++ {
		if t.rows[n][t.group].value == t.rows[n-1][t.group].value {
			return true
		}
	}
	return false
}

// extraColumns are what tables hold besides, and nobody asks for.
func (d *drawing) extraColumns(n int) []column {
	all := []column{{"", "备注", "m"}, {"", "地域", "m"}, {"", "订单号", "m"}, {"", "税率", "m"}, {"", "计费方式", "m"}, {"", "请求次数", "n"}, {"", "资源ID", "m"}, {"", "业务线", "m"}}
	d.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:n]
}

// extraCell is what stands in such a column.
func (d *drawing) extraCell(head string, row int) printedCell {
	r := d.r
	switch head {
	case "备注":
		return printedCell{text: pick(r, "", "", "—", "含税", "无")}
	case "地域":
		return printedCell{text: pick(r, "华北", "华东", "cn-beijing", "北京")}
	case "订单号":
		return printedCell{text: "DD" + digits(r, 8)}
	case "税率":
		return printedCell{text: "6%"}
	case "计费方式":
		return printedCell{text: pick(r, "后付费", "按量", "按量计费")}
	case "请求次数":
		return printedCell{text: grouped(digits(r, between(r, 4, 6)))}
	case "资源ID":
		return printedCell{text: "ep-" + strings.ToLower(digits(r, 6))}
	case "业务线":
		return printedCell{text: pick(r, "生产", "测试", "办公")}
	}
	return printedCell{text: fmt.Sprint(row + 1)}
}

// money is the unit of a heading of sums: in brackets, behind a stroke, or not there.
func (d *drawing) moneyHead(head string) string {
	return head + pick(d.r, "（元）", "(元)", "/元", "（人民币元）", "", "", "（含税）", "[元]")
}

// insert puts a column somewhere behind the first.
func (d *drawing) insert(cols []column, c column) []column {
	k := between(d.r, 1, len(cols))
	return append(cols[:k:k], append([]column{c}, cols[k:]...)...)
}

// table prints a table in a style drawn at random.
func (d *drawing) table(t drawnTable) {
	r := d.r
	class := pick(r, "ruled", "ruled", "lines", "open", "zebra", "box zebra", "under", "ruled zebra")
	head := pick(r, "", "font-weight:bold", "background:#e8ecf2", "background:#2f4b76;color:#fff", "border-bottom:.5mm solid #222;border-top:.5mm solid #222", "background:#f3efe4;font-weight:bold")
	numbered := r.IntN(4) == 0 && t.cols[0].class != "n" // 1. in the first cell
	index := -1
	if !numbered && r.IntN(2) == 0 {
		index = 0
		t.cols = append([]column{{"", pick(r, "序号", "No.", "#", "行号", "项次", "序"), "m"}}, t.cols...)
	}
	if len(t.rows) <= 3 && t.group == "" && r.IntN(9) == 0 {
		d.transposed(t, class, head)
		return
	}
	if t.first == 0 {
		t.first = t.perPage
	}
	merge := t.group != "" && len(t.rows) <= t.first && r.IntN(2) == 0 && index < 0 && t.cols[0].field == t.group
	banded := t.group == "model" && !merge && r.IntN(2) == 0 // the model in a row above its own
	subtotals := t.group != "" && r.IntN(3) == 0 && !merge && t.grouped()
	narrow := r.IntN(5) == 0
	if subtotals || narrow {
		t.perPage = t.perPage / 2 // so that a page holds them
	}
	t.first = min(t.first, t.perPage)
	above := t.total != "" && r.IntN(6) == 0
	double := r.IntN(5) == 0
	band := pick(r, "", "background:#eef1f5", "background:#3d5a80;color:#fff", "font-weight:bold")
	bandText := pick(r, "%s", "%s", "模型：%s", "模型名称：%s", "%s 用量", "一、%s", "■ %s", "%s（tokens）")
	if banded {
		t.cols = slices.DeleteFunc(slices.Clone(t.cols), func(c column) bool { return c.field == "model" })
	}
	heads := d.tableHead(t.cols, head, double)
	repeat := r.IntN(4) > 0
	label := pick(r, "合计", "合　计", "总计", "合计金额", "总计金额", "费用合计", "Total", "合计（元）")
	truth := d.paper.table(t.name)
	totalRow := func(label, html string) string {
		amount := 0
		for k, c := range t.cols {
			if c.field == "amount" {
				amount = k
			}
		}
		if r.IntN(2) == 0 || amount == 0 {
			cells := ""
			for k := range t.cols {
				switch {
				case k == amount:
					cells += `<td class="n">` + html + `</td>`
				case k == 0 || amount == 0 && k == 1:
					cells += `<td class="m">` + label + `</td>`
				default:
					cells += `<td></td>`
				}
			}
			return `<tr>` + cells + `</tr>`
		}
		s := fmt.Sprintf(`<tr><td colspan="%d" class="%s">%s</td><td class="n">%s</td>`, amount, pick(r, "m", "n", ""), label, html)
		return s + strings.Repeat(`<td></td>`, len(t.cols)-amount-1) + `</tr>`
	}
	widths := ""
	if narrow {
		widths = `table-layout:fixed;word-break:break-all;`
	}
	var b strings.Builder
	open := func(n int) {
		attr := ""
		if n > 0 {
			attr = "data-break "
		}
		fmt.Fprintf(&b, `<table %sclass="%s" style="%smargin:0">`, attr, class, widths)
		if n == 0 || repeat {
			b.WriteString(heads)
		}
	}
	open(0)
	if above {
		b.WriteString(totalRow(label, t.total))
	}
	var group *[]map[string]TruthField
	var sum rmb.Fen
	for n, row := range t.rows {
		if n >= t.first && (n-t.first)%t.perPage == 0 {
			d.put(`%s</table>`, b.String())
			b.Reset()
			open(n)
		}
		if banded && (n == 0 || t.rows[n-1]["model"].value != row["model"].value) {
			var html string
			html, group = d.sharedCell("model", row["model"])
			before, after, _ := strings.Cut(bandText, "%s")
			fmt.Fprintf(&b, `<tr><td colspan="%d" style="%s">%s%s%s</td></tr>`, len(t.cols), band, before, html, after)
		}
		b.WriteString("<tr>")
		d.row(truth)
		for _, o := range t.once {
			d.join(truth, o.rows, o.column, o.value)
		}
		if banded {
			d.join(truth, group, "model", row["model"].value)
		}
		for k, c := range t.cols {
			if merge && k == 0 {
				span := 0
				for n+span < len(t.rows) && t.rows[n+span][t.group].value == row[t.group].value {
					span++
				}
				x := row[t.group]
				if n == 0 || t.rows[n-1][t.group].value != x.value {
					var html string
					html, group = d.sharedCell(t.group, x)
					fmt.Fprintf(&b, `<td rowspan="%d" class="m">%s</td>`, span, html)
				}
				d.join(truth, group, t.group, x.value)
				continue
			}
			x, ok := row[c.field]
			if c.field == "" {
				if x, ok = row[c.head]; !ok {
					x = d.extraCell(c.head, n)
				}
			}
			html := esc(x.text)
			if c.field != "" {
				html = d.c(truth, c.field, x.value, x.text, x.accept...)
			}
			if numbered && k == 0 {
				html = fmt.Sprint(n+1) + pick(r, ".", "、", " ", ".") + html
			}
			fmt.Fprintf(&b, `<td class="%s">%s</td>`, c.class, html)
		}
		b.WriteString("</tr>")
		sum += t.amounts[n]
		if subtotals && (n+1 == len(t.rows) || t.rows[n+1][t.group].value != row[t.group].value) {
			b.WriteString(totalRow("小计", sum.Grouped()))
			sum = 0
		}
	}
	if t.total != "" && !above {
		b.WriteString(totalRow(label, t.total))
	}
	d.put(`%s</table>`, b.String())
}

// sharedCell is a cell that holds for several rows.
func (d *drawing) sharedCell(column string, x printedCell) (string, *[]map[string]TruthField) {
	return d.shared(column, x.value, x.text)
}

// tableHead is one row of headings, or two where pairs of columns have a heading together.
func (d *drawing) tableHead(cols []column, style string, double bool) string {
	if !double {
		return gridHead(style, cols)
	}
	over := map[[2]string]string{{"quantity", "unit"}: "使用情况", {"unit", "quantity"}: "使用情况", {"unit_price", "amount"}: "费用情况", {"amount", "unit_price"}: "费用情况", {"unit", "unit_price"}: "计价标准", {"unit_price", "unit"}: "计价标准"}
	var top, low string
	any := false
	for k := 0; k < len(cols); k++ {
		if k+1 < len(cols) {
			if text := over[[2]string{cols[k].field, cols[k+1].field}]; text != "" {
				top += `<td colspan="2">` + text + `</td>`
				low += `<td>` + cols[k].head + `</td><td>` + cols[k+1].head + `</td>`
				k++
				any = true
				continue
			}
		}
		top += `<td rowspan="2">` + cols[k].head + `</td>`
	}
	if !any {
		return gridHead(style, cols)
	}
	return fmt.Sprintf(`<tr class="m" style="%s">%s</tr><tr class="m" style="%s">%s</tr>`, style, top, style, low)
}

// transposed prints each column as a row.
func (d *drawing) transposed(t drawnTable, class, head string) {
	truth := d.paper.table(t.name)
	for range t.rows {
		d.row(truth)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s">`, class)
	for _, c := range t.cols {
		fmt.Fprintf(&b, `<tr><td style="width:24%%;%s">%s</td>`, head, c.head)
		for n, row := range t.rows {
			x, ok := row[c.field]
			if c.field == "" {
				if x, ok = row[c.head]; !ok {
					x = d.extraCell(c.head, n)
				}
			}
			html := esc(x.text)
			if c.field != "" {
				html = d.cell(truth, n, c.field, x)
			}
			fmt.Fprintf(&b, `<td class="m">%s</td>`, html)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</table>`)
	if t.total != "" {
		fmt.Fprintf(&b, `<p>%s%s%s</p>`, pick(d.r, "合计", "费用合计", "合计金额"), d.colon, t.total)
	}
	d.put(`<div>%s</div>`, b.String())
}

// cell prints a cell of a row that is not the last one.
func (d *drawing) cell(table, row int, column string, x printedCell) string {
	rows := d.tables[table].Rows
	d.tables[table].Rows = rows[:row+1]
	html := d.c(table, column, x.value, x.text, x.accept...)
	d.tables[table].Rows = rows
	return html
}
