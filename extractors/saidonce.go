package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// saidOnce are labels above a table whose value holds for all of its rows, where the table has no such column.
var saidOnce = map[string][]string{
	"model":      {"模型名称", "模型", "计费模型", "调用模型", "使用模型", "服务模型", "模型版本", "模型标识", "模型服务", "大模型", "服务名称", "产品名称", "计费项", "计费对象", "资源名称", "产品", "ModelName", "Model"},
	"price_unit": {"计价单位", "价格单位", "单价单位", "定价单位", "单价口径", "计费口径"},
	"unit":       {"计量单位", "用量单位", "数量单位", "计数单位", "计费单位"},
}

// addSaidOnce gives the rows of tables of use what stands once above them: 模型：X, 计价单位：元/千tokens.
func (d *doc) addSaidOnce(tables []hequan.Table) {
	var pairs []pair
	for i := range tables {
		t := &tables[i]
		if onItsSide(t) {
			continue
		}
		for _, column := range []string{"model", "unit", "price_unit"} {
			if c := t.Column(column); c >= 0 && (column != "model" || namesModels(t, c)) {
				continue
			}
			if pairs == nil {
				pairs = append(d.pairs(), d.gluedPairs()...)
			}
			if cell, ok := d.saidAbove(pairs, t, column); ok {
				*t = without(*t, column) // words of another column
				addColumn(t, column, func([]hequan.Cell) hequan.Cell { return cell })
			}
		}
	}
}

// gluedPairs are rows that a label begins and a model or a unit fills, without a mark between: 计费模型星海-Pro.
func (d *doc) gluedPairs() (out []pair) {
	for i, r := range d.rows {
		list := tabbed(r)
		if len(list) != 1 {
			continue
		}
		s := d.trim(span{i, list[0][0], list[0][1]}, "-■●◆·、0123456789. ")
		text := d.text(s)
		for _, column := range []string{"model", "unit", "price_unit"} {
			for _, label := range saidOnce[column] {
				rest, ok := strings.CutPrefix(text, label)
				if rest = strings.TrimSpace(rest); ok && (column == "model" && wholeModel.MatchString(rest) && strings.Contains(rest, "-") || column != "model" && meterUnit.MatchString(rest)) {
					out = append(out, pair{label: label, at: span{i, s.to - len([]rune(rest)), s.to}})
				}
			}
		}
	}
	return out
}

// onItsSide says whether the figures of a table's row stand below each other: what stands above them is of one row alone.
func onItsSide(t *hequan.Table) bool {
	var first *hequan.Cell
	for c := range t.Columns {
		if x := &t.Rows[0][c]; isFigure(t.Columns[c]) && !x.Box.IsZero() {
			if first != nil && (x.Box[1] > first.Box[3] || x.Box[3] < first.Box[1]) && x.Page == first.Page {
				return true
			}
			first = x
		}
	}
	return false
}

// namesModels says whether half of the cells of a column may name models.
func namesModels(t *hequan.Table, c int) bool {
	n := 0
	for _, r := range t.Rows {
		n += boolInt(isModelCell(r[c].Value) || familyName.MatchString(r[c].Value))
	}
	return 2*n >= len(t.Rows)
}

// saidAbove is the last such value that is said above the first row of a table; not ok where two are.
func (d *doc) saidAbove(pairs []pair, t *hequan.Table, column string) (out hequan.Cell, ok bool) {
	top := firstRowOf(t)
	for _, p := range pairs {
		r := d.rows[p.at.row]
		if r.page > t.Page || r.page == t.Page && r.box[1] > top || !slices.Contains(saidOnce[column], p.label) {
			continue
		}
		f := d.field("", "", p.at)
		value := cellUnit(f.Text)
		if column == "model" {
			value = cellName(f.Text)
			if !namesModel(p.label, strings.Map(dropSpace, value)) {
				continue
			}
		} else if !meterUnit.MatchString(value) || column == "unit" && priceOf.MatchString(value) {
			continue
		}
		if ok && value != out.Value {
			return hequan.Cell{}, false
		}
		out, ok = hequan.Cell{Text: f.Text, Value: value, Box: f.Box, Confidence: f.Confidence, Proof: f.Proof}, true
		if f.Page != t.Page {
			out.Page = f.Page
		}
	}
	return out, ok
}

// namesModel says whether a labelled value is a model: by its form, or behind 模型 one with letters or digits.
func namesModel(label, value string) bool {
	if n := len([]rune(value)); n < 2 || n > 30 || looksLikeCompany(value) || onlyDigits.MatchString(value) || strings.ContainsAny(value, "，。；、") {
		return false
	}
	return wholeModel.MatchString(value) || familyName.MatchString(value) || strings.Contains(label, "模型") && (strings.HasSuffix(value, "大模型") || strings.ContainsFunc(value, isLatin))
}

var onlyDigits = regexp.MustCompile(`^[\d.,]+$`)

// firstRowOf is the upper edge of a table's first figure on its own page.
func firstRowOf(t *hequan.Table) float64 {
	top := 1.0
	for _, r := range t.Rows {
		for c, x := range r {
			if isFigure(t.Columns[c]) && x.Page == 0 && !x.Box.IsZero() {
				top = min(top, x.Box[1])
			}
		}
	}
	return top
}
