package samples

import (
	"fmt"
	"strings"
)

// said is a label with the HTML of its value.
type said = [2]string

// list prints labels with their values in a layout drawn at random.
func (d *drawing) list(list []said) {
	style := d.r.IntN(16)
	if style == 7 && len(list) > 4 || style == 8 && len(list) > 6 {
		style = 0
	}
	d.put(`<div>%s</div>`, d.laidOut(style, list))
}

// laidOut prints labels with their values in one of sixteen layouts.
func (d *drawing) laidOut(style int, list []said) string {
	r := d.r
	var b strings.Builder
	switch style {
	case 1:
		width := pick(r, "5.2em", "6.4em", "8em")
		for _, x := range list {
			fmt.Fprintf(&b, `<p><span style="display:inline-block;min-width:%s;text-align-last:justify">%s</span>%s%s</p>`, width, x[0], d.colon, x[1])
		}
	case 2:
		return pairs(1, list)
	case 3:
		return fourColumns(pick(r, "ruled", "ruled", "lines"), list)
	case 4:
		return pairs(3, list)
	case 5:
		return pairs(4, list)
	case 6:
		return cards(pick(r, 2, 3), list)
	case 7:
		return headed(pick(r, "ruled", "lines"), list)
	case 8:
		gap := pick(r, "　　", "&emsp;&emsp;&emsp;", "&nbsp;&nbsp;&nbsp;&nbsp;|&nbsp;&nbsp;&nbsp;&nbsp;")
		for i := 0; i < len(list); i += 2 {
			line := list[i][0] + d.colon + list[i][1]
			if i+1 < len(list) {
				line += gap + list[i+1][0] + d.colon + list[i+1][1]
			}
			fmt.Fprintf(&b, `<p>%s</p>`, line)
		}
	case 9:
		align := pick(r, "right", "left")
		b.WriteString(`<table class="open">`)
		for _, x := range list {
			fmt.Fprintf(&b, `<tr><td style="width:%dmm;color:#666;text-align:%s">%s</td><td>%s</td></tr>`, 38, align, x[0], x[1])
		}
		b.WriteString(`</table>`)
	case 10:
		mark := pick(r, "● ", "· ", "■ ", "◆ ", "- ")
		for _, x := range list {
			fmt.Fprintf(&b, `<p>%s%s%s%s</p>`, mark, x[0], d.colon, x[1])
		}
	case 11:
		for _, x := range list {
			fmt.Fprintf(&b, `<p>【%s】%s</p>`, x[0], x[1])
		}
	case 12:
		b.WriteString(`<table class="zebra">`)
		for i := 0; i < len(list); i += 2 {
			fmt.Fprintf(&b, `<tr><td style="width:17%%"><b>%s</b></td><td style="width:33%%">%s</td>`, list[i][0], list[i][1])
			if i+1 < len(list) {
				fmt.Fprintf(&b, `<td style="width:17%%"><b>%s</b></td><td>%s</td></tr>`, list[i+1][0], list[i+1][1])
			} else {
				b.WriteString(`<td></td><td></td></tr>`)
			}
		}
		b.WriteString(`</table>`)
	case 13:
		for i, x := range list {
			fmt.Fprintf(&b, `<p>%d、%s%s%s</p>`, i+1, x[0], d.colon, x[1])
		}
	case 14:
		for _, x := range list {
			fmt.Fprintf(&b, `<div style="margin-bottom:2mm"><div style="font-size:.82em;color:#777;line-height:1.3">%s</div><div>%s</div></div>`, x[0], x[1])
		}
	case 15:
		b.WriteString(`<table class="under">`)
		for _, x := range list {
			fmt.Fprintf(&b, `<tr><td style="width:%d%%"><b>%s</b></td><td>%s</td></tr>`, 26, x[0], x[1])
		}
		b.WriteString(`</table>`)
	default:
		for _, x := range list {
			fmt.Fprintf(&b, `<p>%s%s%s</p>`, x[0], d.colon, x[1])
		}
	}
	return b.String()
}

// shuffled draws another order of some labels.
func (d *drawing) shuffled(list []said) []said {
	if d.r.IntN(3) == 0 {
		d.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return list
}
