package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// turned reads a table that is printed on its side: each row begins with a
// heading, each column behind it is a line. Where the headings could be labels
// with one value, quantity × price = amount must tell that they are a table.
func (d *doc) turned(kind tableKind) []hequan.Table {
	for i := 0; i < len(d.rows); i++ {
		n := len(d.cellsOf(i)) - 1
		if n < 1 {
			continue
		}
		end := i
		for end < len(d.rows) && d.rows[end].page == d.rows[i].page && (len(d.cellsOf(end))-1 == n || d.gapOfTurned(end, n)) {
			end++
		}
		if t, ok := d.turnedTable(kind, d.wrappedTurned(i, end, n)); ok {
			return []hequan.Table{t}
		}
		if t, ok := d.turnedTable(kind, d.turnedRows(i, end, n)); ok {
			return []hequan.Table{t}
		}
		i = end - 1
	}
	return nil
}

// gapOfTurned says whether a row inside a table on its side has lost cells, as one of remarks has
// that are mostly empty: the rows round it are complete.
func (d *doc) gapOfTurned(k, n int) bool {
	cells := len(d.cellsOf(k)) - 1
	full := func(k int) bool {
		return k >= 0 && k < len(d.rows) && len(d.cellsOf(k))-1 == n
	}
	if k+1 >= len(d.rows) || d.rows[k+1].page != d.rows[k].page || !full(k-1) || !full(k+1) {
		return false
	}
	if n == 1 {
		return cells == 0 && emptyRow.MatchString(strings.Map(dropSpace, string(d.rows[k].text)))
	}
	return cells < n
}

// emptyRow is the heading of what is left open.
var emptyRow = regexp.MustCompile(`^(?:备注|附注|说明|地域|区域|业务线|折扣|优惠)$`)

// cellsOf are the pieces of a row: without the number of its clause, or seals at the edge.
func (d *doc) cellsOf(i int) [][2]int { return tabbed(d.rows[i]) }

// turnedRow is a heading with the cells behind it, a column each.
type turnedRow struct {
	label string
	cells []hequan.Cell
	page  int
}

// turnedRows are the rows from i to end that have n cells behind their heading.
func (d *doc) turnedRows(i, end, n int) (out []turnedRow) {
	for k := i; k < end; k++ {
		list := d.cellsOf(k)
		if len(list)-1 != n {
			continue
		}
		r := turnedRow{label: strings.Map(dropSpace, string(d.rows[k].text[list[0][0]:list[0][1]])), page: d.rows[k].page}
		for _, p := range list[1:] {
			s := d.trim(span{k, p[0], p[1]}, "")
			f := d.field("", "", s)
			r.cells = append(r.cells, hequan.Cell{Text: f.Text, Box: f.Box, Confidence: f.Confidence, Proof: f.Proof})
		}
		out = append(out, r)
	}
	return out
}

// turnedTable makes a table of rows with n values each.
func (d *doc) turnedTable(kind tableKind, rows []turnedRow) (hequan.Table, bool) {
	if len(rows) == 0 {
		return hequan.Table{}, false
	}
	n := len(rows[0].cells)
	t := hequan.Table{Name: kind.name, Page: rows[0].page, Rows: make([][]hequan.Cell, n)}
	var columns []headed
	var more [][]hequan.Cell
	for _, r := range rows {
		text, cells := r.label, r.cells
		c, ok := kind.columnByCells(text, cells)
		if !ok {
			continue
		}
		for m := range cells {
			cells[m].Value = c.read(cells[m].Text)
			if thing := countedThing.FindStringSubmatch(strings.Map(dropSpace, cells[m].Text)); cells[m].Value == "" && thing != nil && c.name == "quantity" {
				cells[m].Value = c.read(thing[1])
			}
		}
		number := slices.Contains([]string{"quantity", "unit_price", "amount"}, c.name)
		if slices.ContainsFunc(cells, func(x hequan.Cell) bool {
			return number && !strings.ContainsAny(x.Text, "0123456789") || !number && c.name != "unit" && c.name != "date" && isNumber(x.Text)
		}) {
			continue
		}
		if at := t.Column(c.name); at >= 0 {
			if c.name == "quantity" { // calls beside tokens: which of them is paid for, the amounts tell
				more = append(more, cells)
			}
			continue
		}
		t.Columns = append(t.Columns, c.name)
		columns = append(columns, headed{column: c, text: text})
		for m := range cells {
			t.Rows[m] = append(t.Rows[m], cells[m])
		}
	}
	if len(t.Columns) < kind.least || !kind.complete(&t) || t.Column("model") < 0 && t.Column("name") < 0 {
		return t, false
	}
	for _, cells := range more {
		if holds(&t) {
			break
		}
		q := t.Column("quantity")
		for m := range cells {
			t.Rows[m][q], cells[m] = cells[m], t.Rows[m][q]
		}
		if !holds(&t) {
			for m := range cells {
				t.Rows[m][q], cells[m] = cells[m], t.Rows[m][q]
			}
		}
	}
	priced := t.Column("unit_price") >= 0 && t.Column("unit") >= 0 && kind.name == "prices"
	if !holds(&t) && (numbered(kind) && !priced || n == 1 && !(priced && pricesOfTokens(&t))) {
		return t, false
	}
	units(kind, columns, &t)
	return t, true
}

// pricesOfTokens says whether each row of a price list is a model with a price for so many tokens or calls: then
// labels and values are a list, too.
func pricesOfTokens(t *hequan.Table) bool {
	p, u := t.Column("unit_price"), t.Column("unit")
	return !slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool {
		return r[p].Value == "" || !measure.MatchString(r[u].Value)
	})
}

// measure is what models are paid by.
var measure = regexp.MustCompile(`(?i)(?:tokens?|次|张|秒|分钟|字符)$`)

// columnOf is the column that a heading is of: its longest word that the heading
// is, ends or begins with, remarks in brackets and units apart.
func (k tableKind) columnOf(text string) (column, bool) {
	bare := headBare(text)
	var best column
	longest := 0
	for _, c := range k.columns {
		for _, h := range c.headers {
			n := len([]rune(h))
			fits := bare == h || n >= 2 && (strings.HasSuffix(bare, h) || strings.HasPrefix(bare, h))
			if bare == h {
				n += 10
			}
			if fits && n > longest {
				best, longest = c, n
			}
		}
	}
	return best, longest > 0
}

// headNouns are how headings of columns end, whatever stands before.
var headNouns = []struct {
	column string
	end    *regexp.Regexp
}{
	{"price_unit", regexp.MustCompile(`价.*单位$`)}, {"unit", regexp.MustCompile(`单位$`)},
	{"amount", regexp.MustCompile(`(?:金额|总价|合价|价款|费用|费|小计|合计|额|应付)$`)},
	{"unit_price", regexp.MustCompile(`(?:价|价格|费率|资费|标准)$`)},
	{"quantity", regexp.MustCompile(`(?:量|数|数目)$`)},
	{"result", regexp.MustCompile(`(?:结果|情况|结论|意见|合格)$`)},
	{"category", regexp.MustCompile(`(?:类别|类型|分类|科目|品类)$`)},
	{"model", regexp.MustCompile(`(?:模型|服务|产品|规格|型号|资源|项目|名称|内容|接口|标识|对象|商品|版本|项)$`)},
	{"name", regexp.MustCompile(`(?:服务|产品|项目|名称|内容|货物|商品|标的|物|项)$`)},
}

// columnByCells is columnOf, or where no word is known the column that a heading's
// ending or the form of its cells tells.
func (k tableKind) columnByCells(text string, cells []hequan.Cell) (column, bool) {
	named, known := k.columnOf(text)
	if known && slices.ContainsFunc(named.headers, func(h string) bool { return strings.HasSuffix(headBare(text), h) }) {
		return named, true
	}
	units, prices, results := 0, 0, 0
	for _, x := range cells {
		results += boolInt(resultCell(strings.Map(dropSpace, x.Text)))
		if m := bareUnit.FindStringSubmatch(strings.Map(dropSpace, x.Text)); m != nil && m[1] != "" {
			prices++
		} else if m != nil {
			units++
		}
	}
	switch len(cells) {
	case units:
		return k.column("unit")
	case prices:
		return k.column("price_unit")
	case results:
		if c, ok := k.column("result"); ok {
			return c, true
		}
	}
	for _, n := range headNouns {
		if n.end.MatchString(headBare(text)) {
			if c, ok := k.column(n.column); ok {
				return c, true
			}
		}
	}
	return named, known // it begins with a known word only: 分项 of 分项一
}

// headBare is a heading without its remarks in brackets and without its unit: 执行价/元.
func headBare(text string) string {
	bare := bareLabel(text)
	if i := strings.IndexByte(bare, '/'); i > 0 {
		return bare[:i]
	}
	return bare
}
