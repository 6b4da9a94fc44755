package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan/internal/rmb"
)

// addUnread gives a table's head the columns whose headings were not read at
// all: print that stands clear of every heading, in most of the rows, beside
// print that stands under the nearest one.
func (d *doc) addUnread(b *body) {
	for p := range b.parts {
		part := &b.parts[p]
		if part.head.ruled || p > 0 {
			continue // the columns of the first page count
		}
		type cluster struct {
			x    [2]float64
			rows int
		}
		var clusters []cluster
		var lefts []float64 // where stretches under headings begin
		rows := 0
		for _, k := range part.rows {
			runs := d.runs(k)
			if len(runs) > 1 {
				rows++
			}
			for _, s := range runs {
				near := part.head.nearest(s.x0, s.x1)
				if near >= 0 && part.head.over(near, s) {
					lefts = append(lefts, s.x0)
				}
				if near < 0 || part.head.over(near, s) || !part.head.taken(near, runs) || part.head.joins(near, s, runs, d.em(k)) {
					continue
				}
				joined := false
				for c := range clusters {
					if s.x0 < clusters[c].x[1] && s.x1 > clusters[c].x[0] {
						clusters[c].x = [2]float64{min(s.x0, clusters[c].x[0]), max(s.x1, clusters[c].x[1])}
						clusters[c].rows++
						joined = true
						break
					}
				}
				if !joined {
					clusters = append(clusters, cluster{[2]float64{s.x0, s.x1}, 1})
				}
			}
		}
		for _, c := range clusters {
			// Cells that begin where longer ones do are of their column, whose heading stands in its middle.
			shorter := slices.ContainsFunc(lefts, func(x float64) bool { return abs(x-c.x[0]) < 0.004 })
			if c.rows*2 >= rows && !shorter {
				part.head.columns = append(part.head.columns, headed{x: c.x})
			}
		}
		part.head.sort()
	}
	for p := range b.parts {
		if b.parts[p].head != b.parts[0].head && len(b.parts[p].head.found()) == len(b.parts[0].head.found()) && !b.parts[p].head.ruled {
			b.parts[p].head = b.parts[0].head
		}
	}
}

// over says whether a run stands under the heading of a column.
func (h *head) over(c int, s cellRun) bool {
	return s.x0 < h.columns[c].x[1] && s.x1 > h.columns[c].x[0]
}

// joins says whether a run stands so close to one under the heading that both
// are one cell: 百 万tokens.
func (h *head) joins(c int, s cellRun, runs []cellRun, em float64) bool {
	for _, o := range runs {
		if h.over(c, o) && s.x0-o.x1 < em && o.x0-s.x1 < em {
			return true
		}
	}
	return false
}

// taken says whether one of the runs stands under the heading of a column.
func (h *head) taken(c int, runs []cellRun) bool {
	for _, s := range runs {
		if h.over(c, s) {
			return true
		}
	}
	return false
}

var (
	unitCell = regexp.MustCompile(`^(?:套|台|项|个|次|月|年|人天|人月|人日|组|件|批|天|张|份|户|路|[千万百亿]*tokens?|[千万百亿]次)$`)
	rateCell = regexp.MustCompile(`^(?:\d{1,2}%|免税|不征税)$`)
)

// disown takes the name from columns whose cells cannot be what their heading
// says: units, names and categories that are numbers, sums that are none, or days.
// It says whether it took any.
func disown(columns []headed, rows []tableRow) (some bool) {
	for c := range columns {
		wrong := false
		switch columns[c].name {
		case "unit", "name", "model", "category", "price_unit":
			wrong = mostly(rows, c, func(t string) bool {
				return isNumber(t) && (len(t) > 1 || columns[c].name == "model") || isDay(t) || orderNumber.MatchString(t)
			})
		case "result":
			wrong = mostly(rows, c, isQuantity)
		case "amount", "unit_price", "quantity":
			counts := columns[c].name == "quantity"
			wrong = mostly(rows, c, isDay) || !mostly(rows, c, func(t string) bool {
				return strings.ContainsAny(t, "0123456789*") || counts && (countedUnread.MatchString(t) || likeOne(t))
			})
		}
		if wrong {
			columns[c].column, some = column{}, true
		}
	}
	return some
}

// isDay says whether a cell is a day or a month that is no number.
func isDay(t string) bool { return !isNumber(t) && cellDay(t) != "" }

// ownAgain gives a column that another lost to disown to the one whose heading is of it
// as well, and to days under any heading.
func ownAgain(kind tableKind, columns []headed, rows []tableRow) {
	for c := range columns {
		if columns[c].name != "" {
			continue
		}
		as, ok := kind.columnOf(columns[c].text)
		days := mostly(rows, c, isDay)
		if days {
			as, ok = kind.column("date")
		}
		if !ok || columnAt(columns, as.name) >= 0 || takenOff.MatchString(columns[c].text) || !days && (!isFigure(as.name) || !mostly(rows, c, isNumber)) {
			continue
		}
		rename(columns, rows, c, as)
	}
}

// countedUnread is one thing and its unit of which the number was misread: J项 for 1项.
var countedUnread = regexp.MustCompile(`^[^\p{Han}]?[套台项个次月年组件批份张]$`)

// betterModel takes another column for the models where the one that its heading
// gave holds words for products only: 产品名称 大模型推理服务, 资源名称 砚池-Max; or
// where no heading gave one.
func betterModel(kind tableKind, columns []headed, rows []tableRow) {
	as, ok := kind.column("model")
	now := columnAt(columns, "model")
	if !ok || now >= 0 && mostly(rows, now, isModelCell) {
		return
	}
	for c := range columns {
		if columns[c].name == "" && !idHead.MatchString(columns[c].text) && mostly(rows, c, isModelCell) {
			if now >= 0 {
				columns[now].column = column{}
			}
			rename(columns, rows, c, as)
			return
		}
	}
}

// idHead is the heading of a column of numbers that tell orders and resources apart.
var idHead = regexp.MustCompile(`(?:资源|实例|订单|请求|任务|项目|账号)(?:ID|Id|id|编号|号)$|单号$`)

// resourceID is the name of an endpoint or order, which looks like a model's: ep-843067.
var resourceID = regexp.MustCompile(`^[a-z]{1,5}-[0-9a-z]*[0-9]{3,}[0-9a-z]*$`)

// isModelCell says whether a cell holds a model's name.
func isModelCell(t string) bool {
	return modelLike.MatchString(t) && !resourceID.MatchString(t) && !isDay(t)
}

// modelLike is a model's name, its hyphen lost or not.
var modelLike = regexp.MustCompile(modelName.String() + `|^\p{Han}{2,6}[A-Za-z][A-Za-z0-9.\-]*$`)

// inferByForm names columns whose headings were not read by what their cells
// look like: units, tax rates, days.
func inferByForm(kind tableKind, columns []headed, rows []tableRow) {
	for _, form := range []struct {
		name string
		fits func(string) bool
	}{{"unit", unitCell.MatchString}, {"tax_rate", rateCell.MatchString}, {"date", dayLike}, {"result", resultCell}} {
		as, ok := kind.column(form.name)
		if !ok || columnAt(columns, form.name) >= 0 {
			continue
		}
		for c := range columns {
			if columns[c].name == "" && mostly(rows, c, form.fits) {
				rename(columns, rows, c, as)
				break
			}
		}
	}
}

func columnAt(columns []headed, name string) int {
	for c := range columns {
		if columns[c].name == name {
			return c
		}
	}
	return -1
}

// rename makes a column one of the kind's and reads its cells as such.
func rename(columns []headed, rows []tableRow, c int, as column) {
	columns[c].column = as
	for i := range rows {
		if t := rows[i].cells[c].Text; t != "" {
			rows[i].cells[c].Value = as.read(strings.TrimSpace(t))
		}
	}
}

// mostly says whether two thirds of a column's cells are of a form.
func mostly(rows []tableRow, c int, form func(string) bool) bool {
	all, fit := 0, 0
	for _, r := range rows {
		if t := strings.Map(dropSpace, r.cells[c].Text); t != "" {
			all++
			if form(t) {
				fit++
			}
		}
	}
	return fit > 0 && fit*3 >= all*2
}

// infer finds out which column is the amount, the price or the quantity where
// a heading could not be read: the one with which quantity × price = amount on
// most rows; else the last column of money is the amount.
func infer(kind tableKind, columns []headed, rows []tableRow) {
	if taxless(kind, columns) && columnAt(columns, "amount") < 0 {
		inferTaxed(kind, columns, rows)
	}
	var open []int
	for c := range columns {
		if columns[c].name == "" && mostly(rows, c, isNumber) {
			open = append(open, c)
		}
	}
	at := map[string]int{}
	var missing []column
	for _, n := range []string{"quantity", "unit_price", "amount"} {
		at[n] = columnAt(columns, n)
		if c, ok := kind.column(n); ok && at[n] < 0 {
			missing = append(missing, c)
		}
	}
	if len(open) == 0 || len(missing) == 0 {
		return
	}
	take := func(c int, as column) {
		rename(columns, rows, c, as)
		at[as.name] = c
	}
	if len(missing) == 2 && at["amount"] >= 0 && len(open) >= 2 { // 业务量, 执行价: how headings end, and the product
		q, p := endsAs("quantity", columns, open), endsAs("unit_price", columns, open)
		trial := map[string]int{"quantity": q, "unit_price": p, "amount": at["amount"]}
		if q >= 0 && p >= 0 && q != p && productsHold(rows, trial) {
			for _, m := range missing {
				take(trial[m.name], m)
			}
			return
		}
	}
	if len(missing) == 1 {
		for _, c := range open {
			if old := at[missing[0].name]; old >= 0 {
				break
			}
			at[missing[0].name] = c
			if productsHold(rows, at) {
				take(c, missing[0])
				break
			}
			at[missing[0].name] = -1
		}
	}
	if taxless(kind, columns) {
		return // what stands last may be the tax
	}
	if last := open[len(open)-1]; at["amount"] < 0 && columns[last].name == "" && mostly(rows, last, moneyLike.MatchString) {
		if c, ok := kind.column("amount"); ok && last > max(at["unit_price"], at["quantity"]) {
			take(last, c)
			for _, m := range missing {
				for _, k := range open {
					if at[m.name] >= 0 || columns[k].name != "" {
						continue
					}
					if at[m.name] = k; productsHold(rows, at) {
						take(k, m)
					} else {
						at[m.name] = -1
					}
				}
			}
		}
	}
}

// endsAs is the only one of some columns whose heading ends as those of a role do, -1 for none.
func endsAs(role string, columns []headed, open []int) int {
	at := -1
	for _, c := range open {
		for _, n := range headNouns {
			if !n.end.MatchString(headBare(columns[c].text)) {
				continue
			}
			if n.column == role {
				if at >= 0 {
					return -1
				}
				at = c
			}
			break
		}
	}
	return at
}

var moneyLike = regexp.MustCompile(`\d[.]\d\d$`)

// productsHold says whether quantity × price = amount on most of the rows that have all three.
func productsHold(rows []tableRow, at map[string]int) bool {
	all, right := 0, 0
	for _, r := range rows {
		var v [3]string
		for n, name := range []string{"quantity", "unit_price", "amount"} {
			c := at[name]
			if c < 0 {
				return false
			}
			v[n] = cellNumber(strings.Map(dropSpace, r.cells[c].Text))
		}
		if v[0] == "" || v[1] == "" || v[2] == "" {
			continue
		}
		all++
		want, ok := rmb.ParseValue(v[2])
		if p, fits := rmb.Product(v[0], v[1]); ok && fits && (p-want).Abs() <= 1 {
			right++
		}
	}
	return right > 0 && right*3 >= all*2
}

// disownListPrice takes the name from a column of prices of use that don't make the
// amounts, where they make those of another column: what stands there is the price
// of a list, and what was paid for one is not told.
func disownListPrice(kind tableKind, columns []headed, rows []tableRow) {
	at := map[string]int{}
	for _, n := range []string{"quantity", "unit_price", "amount"} {
		at[n] = columnAt(columns, n)
	}
	if !hasColumn(kind, "price_unit") || at["quantity"] < 0 || at["unit_price"] < 0 || at["amount"] < 0 || productsHold(rows, at) {
		return
	}
	for c := range columns {
		if columns[c].name != "" || !mostly(rows, c, isNumber) {
			continue
		}
		if at["amount"] = c; productsHold(rows, at) {
			columns[at["unit_price"]].column = column{}
			return
		}
	}
}
