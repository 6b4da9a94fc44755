package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/rmb"
)

// contractTables reads the items of a contract and its price list.
func contractTables(d *doc, c *Content) {
	items := tableKind{name: "items", least: 3, needs: []string{"name", "amount"}, columns: []column{
		{"name", []string{"名称", "项目", "采购项目", "采购内容", "标的名称", "货物名称", "分项名称", "分项", "品名", "项目内容", "标的", "费用名目", "产品", "服务项目", "内容", "费用项目", "支出项目", "服务名称", "产品名称", "明细", "项目名称", "服务内容", "费用名称", "货物或服务"}, cellName},
		{"category", []string{"费用类型", "支出类别", "费用科目", "性质", "属性", "类目", "成本类别", "项目类别", "类别", "费用类别", "分类", "类型", "科目"}, category},
		{"quantity", []string{"数量", "采购数量", "台数", "数目", "Qty"}, cellNumber},
		{"unit", []string{"单位", "计量单位"}, cellUnit},
		{"unit_price", []string{"单价", "含税单价", "单价(元)", "单位价格"}, cellMoney},
		{"amount", []string{"含税金额", "含税总价", "总金额", "价款", "分项金额", "分项价格", "合计金额", "价格", "金额", "小计", "合价", "总价", "费用"}, cellMoney},
	}}
	c.Tables = slices.DeleteFunc(d.bestTables(items, 2), tooSmall)
	if len(c.Tables) == 0 {
		c.Tables = d.unpriced(items)
	}
	for i := range c.Tables {
		categorise(&c.Tables[i])
		bundles(&c.Tables[i])
	}
	prices := d.bestTables
	if len(c.Tables) > 0 {
		prices = func(kind tableKind, _ int) []hequan.Table { return d.tables(kind) } // the items are no price list
	}
	for _, t := range prices(tableKind{name: "prices", least: 2, needs: []string{"model", "unit_price"}, columns: []column{
		{"model", []string{"模型", "模型名称", "模型ID", "服务模型", "大模型", "大模型名称", "产品名称", "服务项目", "产品", "名称", "服务名称", "模型服务", "规格", "规格型号", "计费项", "计费项目", "商品"}, cellName},
		{"unit", []string{"计量方式", "计费单位", "计量单位", "计费方式", "计费口径", "价格单位", "单位", "计价单位"}, cellUnit},
		{"unit_price", []string{"单价", "价格", "含税单价", "含税价格", "服务单价", "资费", "费率", "单位价格", "协议价", "结算价", "执行价", "合同价", "优惠价", "折后价", "成交价"}, cellNumber},
	}}, 1) {
		if !sameRows(c.Tables, t) && !ofLabels(t) {
			c.Tables = append(c.Tables, t)
		}
	}
	dropRowNumbers(c)
	modelsOfPrices(c)
	unreadItems(d, c)
}

// moneyOfRow is a sum to the fen, as items have.
var moneyOfRow = regexp.MustCompile(`\d[\d,]*\.\d{2}(?:\D|$)`)

// unreadItems notes where rows of words and sums stand that were read as no table, of low confidence and without a value:
// what a contract lists there is not absent.
func unreadItems(d *doc, c *Content) {
	if slices.ContainsFunc(c.Tables, func(t hequan.Table) bool { return t.Name == "items" }) {
		return
	}
	last := -9
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		if len(tabbed(r)) < 2 || !moneyOfRow.MatchString(text) || strings.ContainsAny(text, "。；：:") || isTotal(r) {
			continue
		}
		if last >= 0 && i-last <= 4 && d.rows[last].page == r.page {
			f := d.field("items_unread", "", span{last, 0, len(d.rows[last].text)})
			f.Confidence, f.Proof = min(f.Confidence, 0.5), nil
			c.set(f)
			return
		}
		last = i
	}
}

// ofLabels says whether what a table has for models are labels: 注册资本 3000万元 is no price.
func ofLabels(t hequan.Table) bool {
	c := t.Column("model")
	return c >= 0 && slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool { return labelLike(r[c].Text) })
}

// belowAFen is less than a fen, as no amount is.
var belowAFen = regexp.MustCompile(`^[¥￥]?0\.\d{3,}(?:元)?$`)

// tooSmall says whether the amounts of a table are prices or numbers of pieces:
// together they are less than any contract's.
func tooSmall(t hequan.Table) bool {
	a, sum := t.Column("amount"), rmb.Fen(0)
	if a < 0 {
		return false
	}
	for _, r := range t.Rows {
		v, ok := rmb.ParseValue(r[a].Value)
		if !ok && !belowAFen.MatchString(strings.TrimSpace(r[a].Text)) {
			return false
		}
		sum += v
	}
	return sum < leastContract
}

// sameRows says whether a table is one of the others under another name: its
// first row stands where one of theirs does.
func sameRows(others []hequan.Table, t hequan.Table) bool {
	if len(t.Rows) == 0 {
		return false
	}
	for _, o := range others {
		for _, r := range o.Rows {
			for _, a := range r {
				for _, b := range t.Rows[0] {
					if o.Page == t.Page && a.Page == b.Page && a.Text != "" && b.Text != "" && overlaps(a.Box, b.Box) {
						return true
					}
				}
			}
		}
	}
	return false
}

// modelsOfPrices adds the models of the price list that the text does not name.
func modelsOfPrices(c *Content) {
	for _, t := range c.Tables {
		at := t.Column("model")
		if t.Name != "prices" || at < 0 {
			continue
		}
		for _, r := range t.Rows {
			cell := r[at]
			known := cell.Value == ""
			for _, f := range c.Fields {
				known = known || f.Name == "models" && strings.EqualFold(f.Value, cell.Value)
			}
			if !known {
				page := cell.Page
				if page == 0 {
					page = t.Page
				}
				c.Fields = append(c.Fields, hequan.Field{Name: "models", Value: cell.Value, Text: cell.Text, Page: page, Box: cell.Box, Confidence: cell.Confidence, Proof: cell.Proof})
			}
		}
	}
}

// dropItemAmount takes away an amount that is that of one of several lines: the
// contract states no total. A line that is the sum of the others is the total.
func dropItemAmount(c *Content) {
	f := c.field("amount")
	if f == nil || f.Value == "" {
		return
	}
	if words := c.field("amount_words"); words != nil && words.Value == f.Value {
		return
	}
	for _, t := range c.Tables {
		a := t.Column("amount")
		if t.Name != "items" || a < 0 || len(t.Rows) < 2 {
			continue
		}
		var sum, own rmb.Fen
		hit := false
		for _, r := range t.Rows {
			v, _ := rmb.ParseValue(r[a].Value)
			sum += v
			for _, cell := range r {
				page := cell.Page
				if page == 0 {
					page = t.Page
				}
				if page == f.Page && cell.Value == f.Value && cell.Box.Contains(f.Box.CenterX(), f.Box.CenterY()) {
					own, hit = v, true
				}
			}
		}
		if hit && sum-own != own {
			c.drop("amount")
			return
		}
	}
}
