package samples

import (
	"fmt"
	"strings"
)

// contractEnd prints the block of signatures.
func (d *drawing) contractEnd(b contractSheet, signAt, signLabel string) {
	r, c := d.r, d.w.Contract
	stamps := d.w.contractStamps(r, d.paper)
	dates := [2]string{}
	switch signAt {
	case "foot":
		dates = [2]string{pick(r, signLabel+"：", "日期：", "") + b.sign, ""}
		dates[1] = strings.Replace(dates[0], b.sign, d.day(c.Sign), 1)
	default:
		if r.IntN(2) == 0 {
			dates = [2]string{"日期：" + d.day(c.Sign), "日期：" + d.day(c.Sign)}
		}
	}
	named := r.IntN(4) > 0
	side := func(role, name, signer, date string) string {
		if !named {
			name = ""
		}
		return fmt.Sprintf(`<p>%s%s%s</p><p>%s%s</p><p>%s</p>`, role, pick(r, "（盖章）：", "（公章）：", "：", "（章）："), esc(name), pick(r, "授权代表：", "法定代表人或授权代表（签字）：", "代表签字："), signer, date)
	}
	left, right := side(b.A, c.PartyA, d.sign(r, "", d.w.Applicant.Legal), dates[0]), side(b.B, c.PartyB, d.sign(r, "", personName(r)), dates[1])
	more := [2]string{}
	for k, list := range d.atEnd {
		for _, x := range list {
			more[k] += fmt.Sprintf(`<p>%s%s%s</p>`, x[0], d.colon, x[1])
		}
	}
	if len(d.atEnd[0]) > 0 {
		switch r.IntN(6) {
		case 0, 1: // in a frame
			d.put(`<div class="sig" style="margin-top:8mm;padding-bottom:12mm"><table class="ruled"><tr><td style="width:50%%;vertical-align:top">%s%s</td><td style="vertical-align:top">%s%s</td></tr></table>%s</div>`, left, more[0], right, more[1], stamps)
			return
		case 2, 3: // each label in a column of its own, so that values wrap beside each other
			d.put(`<div class="sig" style="margin-top:8mm;padding-bottom:12mm">%s%s</div>`, d.signingTable([2]string{b.A, b.B}, [2]string{c.PartyA, c.PartyB}, dates), stamps)
			return
		}
	}
	d.put(`<div class="sig" style="margin-top:8mm;padding-bottom:12mm"><div class="two"><div>%s%s</div><div>%s%s</div></div>%s</div>`, left, more[0], right, more[1], stamps)
}

// signingTable is a table where the parties sign: a label and a value for each of them in every row. What is long wraps in
// its narrow cell, so lines of one side stand between those of the other.
func (d *drawing) signingTable(roles, names, dates [2]string) string {
	r := d.r
	var list [2][]said
	for k := range list {
		signer := []string{d.w.Applicant.Legal, personName(r)}[k]
		list[k] = append([]said{{roles[k] + pick(r, "", "（盖章）", "（公章）"), esc(names[k])}}, d.atEnd[k]...)
		list[k] = append(list[k], said{pick(r, "授权代表", "签字", "签订人"), d.sign(r, "", signer)})
	}
	var s strings.Builder
	colon, middle := pick(r, "", d.colon), pick(r, "top", "middle")
	label := pick(r, 18, 21, 25)
	fmt.Fprintf(&s, `<table class="%s" style="table-layout:fixed;font-size:%spt">`, pick(r, "open", "ruled", "lines"), pick(r, "9", "10", "10.5"))
	for i := range list[0] {
		s.WriteString("<tr>")
		for k := range list {
			x := said{"", ""}
			if i < len(list[k]) {
				x = list[k][i]
			}
			fmt.Fprintf(&s, `<td style="width:%dmm;vertical-align:%s">%s%s</td><td style="vertical-align:%s">%s</td>`, label, middle, x[0], colon, middle, x[1])
		}
		s.WriteString("</tr>")
	}
	if dates[0] != "" {
		fmt.Fprintf(&s, `<tr><td colspan="2">%s</td><td colspan="2">%s</td></tr>`, dates[0], dates[1])
	}
	return s.String() + "</table>"
}
