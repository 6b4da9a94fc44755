package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
)

// fieldPaper prints a paper as other offices and vendors lay theirs out.
func (w *world) fieldPaper(kind string, r, ink *rand.Rand, i int) *paper {
	switch kind {
	case "form":
		return w.fieldForm(r)
	case "license":
		return w.fieldLicense(r)
	case "commitment":
		return w.fieldCommitment(r)
	case "bank":
		return w.fieldBank(r)
	case "audit":
		return w.fieldAudit(r, ink, i)
	case "contract":
		return w.fieldContract(r)
	case "invoice":
		return w.invoicePaper(r, i)
	case "settlement":
		return w.fieldSettlement(r, ink, i)
	case "usage":
		return w.fieldUsage(r, i)
	case "acceptance":
		return w.fieldAcceptance(r)
	}
	return w.fieldFiling(r)
}

// newFieldPaper is a sheet in one of the faces of office software.
func newFieldPaper(kind hequan.Kind, key string, r *rand.Rand) *paper {
	p := newPaper(kind, key, r)
	p.Font, p.Size = pick(r, songFont, serifFont, heiFont, sansFont, microFont), pick(r, 10.5, 11.0, 12.0)
	p.Margin = pick(r, "24mm 25mm 20mm 25mm", "20mm 20mm 20mm 20mm", "28mm 26mm 24mm 26mm")
	return p
}

// spread puts spaces between the characters of a label: 名　称.
func spread(label, space string) string {
	return strings.Join(strings.Split(label, ""), space)
}

// fourColumns is a ruled table of label, value, label, value; a label that
// ends in "|" takes the whole row.
func fourColumns(class string, list [][2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="%s">`, class)
	for i := 0; i < len(list); i++ {
		label, wide := strings.CutSuffix(list[i][0], "|")
		next := i + 1
		if wide || next == len(list) || strings.HasSuffix(list[next][0], "|") {
			fmt.Fprintf(&b, `<tr><td class="m" style="width:19%%">%s</td><td colspan="3">%s</td></tr>`, label, list[i][1])
			continue
		}
		fmt.Fprintf(&b, `<tr><td class="m" style="width:19%%">%s</td><td style="width:31%%">%s</td><td class="m" style="width:19%%">%s</td><td>%s</td></tr>`, label, list[i][1], list[next][0], list[next][1])
		i++
	}
	return b.String() + `</table>`
}

// cards prints each label above its value, so many beside each other.
func cards(columns int, list [][2]string) string {
	var b strings.Builder
	b.WriteString(`<table class="open">`)
	for i := 0; i < len(list); i += columns {
		end := min(i+columns, len(list))
		for n := range 2 {
			style := []string{"font-size:.82em;color:#777;padding-bottom:0", "padding-top:0"}[n]
			b.WriteString("<tr>")
			for _, x := range list[i:end] {
				fmt.Fprintf(&b, `<td style="%s;width:%d%%">%s</td>`, style, 100/columns, x[n])
			}
			b.WriteString("</tr>")
		}
	}
	return b.String() + `</table>`
}

// headed is a table whose only row stands below its labels.
func headed(class string, list [][2]string) string {
	var heads, values string
	for _, x := range list {
		heads += `<td>` + x[0] + `</td>`
		values += `<td>` + x[1] + `</td>`
	}
	return fmt.Sprintf(`<table class="%s"><tr class="m">%s</tr><tr class="m">%s</tr></table>`, class, heads, values)
}

// shared prints a cell that holds for several rows of a table (a row group);
// the rows are added to the returned list as they are opened.
func (p *paper) shared(column, value, text string) (html string, rows *[]map[string]TruthField) {
	rows = new([]map[string]TruthField)
	html = p.span(text, func(page int, box hequan.Box) {
		for _, row := range *rows {
			b := box
			row[column] = TruthField{Value: value, Text: text, Page: page, Box: &b}
		}
	})
	return html, rows
}

// join adds the last row of a table to a row group.
func (p *paper) join(table int, group *[]map[string]TruthField, column, value string) {
	rows := p.tables[table].Rows
	row := rows[len(rows)-1]
	row[column] = TruthField{Value: value, Text: value}
	*group = append(*group, row)
}

// loosePassage prints a passage that is compared loosely, with its models marked.
func (p *paper) loosePassage(name, value string, w *world) string {
	html := esc(value)
	for _, m := range w.Models {
		html = strings.Replace(html, esc(m.Name), p.f("models", m.Name, m.Name), 1)
	}
	p.fields = append(p.fields, TruthField{Name: name, Value: value, Text: value, Match: "loose"})
	i := len(p.fields) - 1
	return p.wrap(html, func(page int, box hequan.Box) { p.fields[i].Page, p.fields[i].Box = page, &box })
}
