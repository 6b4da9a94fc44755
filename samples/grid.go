package samples

import (
	"fmt"
	"strings"
)

// column is a column of a printed table. Field names the truth's column; empty
// for one that is printed and not labelled (序号).
type column struct{ field, head, class string }

// printedCell is what stands in a cell.
type printedCell struct {
	value, text string
	accept      []string
}

func cellOf(value string) printedCell { return printedCell{value: value, text: value} }

// grid prints the head and the rows of a table and records its cells; rows
// are by field, unlabelled columns by their head. The caller closes the table.
func (p *paper) grid(name, class, headStyle string, cols []column, rows []map[string]printedCell) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s">%s`, class, gridHead(headStyle, cols))
	p.gridRows(&b, p.table(name), cols, rows)
	return b.String()
}

func gridHead(style string, cols []column) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<tr class="m" style="%s">`, style)
	for _, c := range cols {
		fmt.Fprintf(&b, `<td>%s</td>`, c.head)
	}
	return b.String() + `</tr>`
}

func (p *paper) gridRows(b *strings.Builder, table int, cols []column, rows []map[string]printedCell) {
	for _, row := range rows {
		p.row(table)
		b.WriteString("<tr>")
		for _, c := range cols {
			key := c.field
			if key == "" {
				key = c.head
			}
			x := row[key]
			html := esc(x.text)
			if c.field != "" {
				html = p.c(table, c.field, x.value, x.text, x.accept...)
			}
			fmt.Fprintf(b, `<td class="%s">%s</td>`, c.class, html)
		}
		b.WriteString("</tr>")
	}
}

// pairs prints labels with their values (HTML): 0 lines, 1 a ruled table of
// two columns, 2 a ruled table of four, 3 two open columns, 4 underlined
// values, 5 labels spread over one width.
func pairs(style int, list [][2]string) string {
	var b strings.Builder
	switch style {
	case 1:
		b.WriteString(`<table class="ruled">`)
		for _, x := range list {
			fmt.Fprintf(&b, `<tr><td style="width:36mm;background:#f4f4f2">%s</td><td>%s</td></tr>`, x[0], x[1])
		}
		b.WriteString(`</table>`)
	case 2:
		b.WriteString(`<table class="ruled">`)
		for i := 0; i < len(list); i += 2 {
			if i+1 == len(list) {
				fmt.Fprintf(&b, `<tr><td style="width:27mm">%s</td><td colspan="3">%s</td></tr>`, list[i][0], list[i][1])
				break
			}
			fmt.Fprintf(&b, `<tr><td style="width:27mm">%s</td><td>%s</td><td style="width:27mm">%s</td><td>%s</td></tr>`, list[i][0], list[i][1], list[i+1][0], list[i+1][1])
		}
		b.WriteString(`</table>`)
	case 3:
		b.WriteString(`<table class="open">`)
		for i := 0; i < len(list); i += 2 {
			second := ""
			if i+1 < len(list) {
				second = list[i+1][0] + "：" + list[i+1][1]
			}
			fmt.Fprintf(&b, `<tr><td style="width:52%%">%s：%s</td><td>%s</td></tr>`, list[i][0], list[i][1], second)
		}
		b.WriteString(`</table>`)
	case 4:
		for _, x := range list {
			fmt.Fprintf(&b, `<p>%s：<u>&nbsp;%s&nbsp;</u></p>`, x[0], x[1])
		}
	case 5:
		for _, x := range list {
			fmt.Fprintf(&b, `<p><span style="display:inline-block;width:7.4em;text-align-last:justify">%s</span>：%s</p>`, x[0], x[1])
		}
	default:
		for _, x := range list {
			fmt.Fprintf(&b, `<p>%s：%s</p>`, x[0], x[1])
		}
	}
	return b.String()
}
