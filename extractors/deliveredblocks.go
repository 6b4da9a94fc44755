package extractors

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hequan"
)

// blockNames are labels of the name of a thing in a block of labels.
var blockNames = regexp.MustCompile(`^(?:(?:产品|设备|软件|货物|服务|系统|标的|物品|商品|材料|成果|清单|交付|验收)?(?:名称|品名)|交付物(?:名称)?|交付内容|验收对象|验收内容|验收标的|标的物?|设备/软件名称|软硬件名称|品名)\d{0,2}$`)

var (
	blockQuantity = regexp.MustCompile(`^(?:交付|验收|实收|到货|实交|采购)?数量:?$`)
	blockResult   = regexp.MustCompile(`^(?:现场|外观)?(?:验收|检查|检验|测试|核验|确认)?(?:结果|结论|情况|意见|状态):?$|^是否合格:?$`)
)

// itemBlocks reads blocks of labels, one a thing: its name, how many, the result.
func (d *doc) itemBlocks() []hequan.Table {
	t := d.blocksOf(d.pairs())
	if rows := d.blocksOf(d.labelledRows()); len(rows.Rows) > len(t.Rows) {
		t = rows
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Page = t.Rows[0][0].Page
	if !slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool { return r[2].Text != "" }) {
		t = without(t, "result")
	}
	return []hequan.Table{t}
}

// labelledRows are rows that begin with the label of a thing's name, number or result, whether or not a gap or a mark
// parts it from the value.
func (d *doc) labelledRows() (out []pair) {
	for i, r := range d.rows {
		var at []int
		var text []rune
		for k, c := range r.text {
			if !unicode.IsSpace(c) && fold(c) != ':' {
				text, at = append(text, fold(c)), append(at, k)
			}
		}
		for n := min(8, len(text)-1); n >= 2; n-- {
			label := once(string(text[:n]))
			if blockNames.MatchString(label) || blockQuantity.MatchString(label) || blockResult.MatchString(label) {
				out = append(out, pair{label, d.trim(span{i, at[n], at[len(at)-1] + 1}, ":： ")})
				break
			}
		}
	}
	return out
}

// blocksOf makes rows of labels and values: each name begins one, which must have a number of things.
func (d *doc) blocksOf(list []pair) hequan.Table {
	t := hequan.Table{Name: "items", Columns: []string{"name", "quantity", "result"}}
	cell := func(p pair, read func(string) string) hequan.Cell {
		return cellOfField(d.field("", "", p.at), read)
	}
	var row []hequan.Cell
	flush := func() {
		if row != nil && row[1].Value != "" && !headOfColumn.MatchString(row[0].Value) {
			t.Rows = append(t.Rows, row)
		}
		row = nil
	}
	behind := 0
	for _, p := range list {
		label := once(strings.Map(dropSpace, p.label))
		behind++
		switch {
		case blockNames.MatchString(label):
			flush()
			row, behind = []hequan.Cell{cell(p, cellName), {}, {}}, 0
		case row == nil || behind > 5:
		case blockQuantity.MatchString(label) && row[1].Text == "":
			row[1] = cell(p, countCell)
		case blockResult.MatchString(label) && row[2].Text == "" && len([]rune(d.text(p.at))) <= 12:
			row[2] = cell(p, cellResult)
		}
	}
	flush()
	return t
}

// once is a label that two lines at one place gave twice: 检查结论检查结论.
func once(label string) string {
	r := []rune(label)
	if n := len(r) / 2; n >= 2 && len(r)%2 == 0 && string(r[:n]) == string(r[n:]) {
		return string(r[:n])
	}
	return label
}

// countCell reads a number of things, with its unit or without.
func countCell(text string) string {
	if m := countedThing.FindStringSubmatch(strings.Map(dropSpace, text)); m != nil {
		return cellNumber(m[1])
	}
	return cellNumber(text)
}
