package extractors

import (
	"regexp"
	"sort"
	"strings"

	"hequan"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

var (
	digits8  = regexp.MustCompile(`\d{8}`)
	digits20 = regexp.MustCompile(`\d{20}`)
	code1012 = regexp.MustCompile(`\d{10}(?:\d{2})?`)
)

// invoice reads a VAT invoice of any form.
func invoice(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"code", pattern(code1012), []string{"发票代码"}},
		{"number", readInvoiceNumber, []string{"发票号码", "发票号"}},
		{"issue_date", readDay, []string{"开票日期", "开具日期"}},
		{"check_code", readDigits, []string{"校验码"}},
		{"total", readMoney, []string{"小写", "(小写)", "价税合计(小写)"}},
		{"total_words", readWords, []string{"价税合计(大写)", "价税合计", "大写", "(大写)"}},
	}, "机器编号", "开户行及账号", "纳税人识别号", "收款人", "复核", "开票人", "名称", "购买方", "销售方")}
	form(d, &c)
	parties(d, &c)
	partiesByPlace(d, &c)
	totals(d, &c)
	dropMistaken(&c)
	if f := c.field("number"); (f == nil || f.Value == "") && !shortNumber(c) {
		if f, ok := longNumber(d); ok {
			c.set(f)
		}
	}
	printedAbove(d, &c)
	if f := c.field("total_words"); f == nil {
		if f, ok := wordsOrPlace(d, "total_words", c.field("total")); ok {
			c.set(f)
		}
	}
	c.Tables = invoiceItems(d)
	dropSumRow(c.Tables)
	if !taxed(c.Tables) || c.Tables[0].Column("name") < 0 { // some headings were not read
		if t := itemsByArithmetic(d); len(t) > 0 && (len(c.Tables) == 0 || len(c.Tables) == 1 && (len(t[0].Rows) >= len(c.Tables[0].Rows) || sumToTotals(t[0], &c))) {
			c.Tables = t
		}
	}
	settleRates(c.Tables)
	unitsOfNames(c.Tables)
	netOfItems(d, &c)
	secondTotal(d, &c)
	redInvoice(d, &c)
	for _, word := range []string{"作废", "样票", "样张"} {
		if at, ok := d.find(word); ok {
			c.set(d.field("kind_note", word, at))
			break
		}
	}
	if c.field("kind_note") == nil {
		stampedInvoice(&c, d.pages)
	}
	return c
}

// nameAndUnit is a name that has taken the unit of the next column along.
var nameAndUnit = regexp.MustCompile(`^(.{3,}[^平配专事单子一二三四五六七八九十两半每\d])([月套台项个次])$`)

// unitsOfNames gives the unit at the end of an item's name to its column.
func unitsOfNames(tables []hequan.Table) {
	for _, t := range tables {
		n, u := t.Column("name"), t.Column("unit")
		if n < 0 || u < 0 {
			continue
		}
		for _, r := range t.Rows {
			if m := nameAndUnit.FindStringSubmatch(r[n].Value); m != nil && r[u].Text == "" {
				r[u] = r[n]
				r[u].Value, r[u].Text = m[2], m[2]
				r[n].Value = m[1]
			}
		}
	}
}

// pattern reads what matches an expression.
func pattern(re *regexp.Regexp) valueReader {
	return func(d *doc, field string, s span) (hequan.Field, bool) {
		t := d.text(s)
		loc := re.FindStringIndex(t)
		if loc == nil {
			return hequan.Field{}, false
		}
		at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
		return d.field(field, d.text(at), at), true
	}
}

// form tells the kind of invoice by its heading.
func form(d *doc, c *Content) {
	for i, r := range d.rows {
		if r.box[1] > 0.4 {
			continue
		}
		text := strings.Map(dropSpace, string(r.text))
		special := inOrder(text, "专用发票") || strings.Contains(text, "税专用发") // the last character misread
		if !special && !inOrder(text, "普通发票") && !strings.Contains(text, "税普通发") {
			continue
		}
		value := "vat_ordinary"
		switch {
		case inOrder(text, "电子发票") && !inOrder(text, "增值税电子"):
			value = "digital_ordinary"
		case inOrder(text, "增值税电子"):
			value = "e_ordinary"
		}
		if special {
			value = strings.Replace(value, "ordinary", "special", 1)
		}
		c.set(d.field("form", value, span{i, 0, len(r.text)}))
		return
	}
}

// inOrder says whether the characters of a phrase stand in a text in their
// order: the round print of the tax office lies over the heading of invoices
// and its letters stand between.
func inOrder(text, phrase string) bool {
	want := []rune(phrase)
	n := 0
	for _, r := range text {
		if n < len(want) && r == want[n] {
			n++
		}
	}
	return n == len(want)
}

// parties reads buyer and seller. Their blocks bear the same labels: on paper
// forms the buyer stands above the seller, on 数电票 to the left of it.
func parties(d *doc, c *Content) {
	s := seeker{d: d, commas: true, labels: []string{"名称", "纳税人识别号", "统一社会信用代码", "地址、电话", "开户行及账号", "密码区", "地址", "电话", "销售方", "购买方", "备注"}}
	var names, ids []hequan.Field
	for _, at := range s.after("名称") {
		if f, ok := readCompany(d, "", at); ok && !strings.Contains(f.Value, "规格") && !strings.Contains(f.Value, "税率") {
			names = append(names, f)
		}
	}
	for _, at := range s.after("统一社会信用代码/纳税人识别号", "纳税人识别号", "社会信用代码") {
		// Both halves of 统一社会信用代码/纳税人识别号 are labels of one number.
		if f, ok := readTaxID(d, at); ok && (len(ids) == 0 || ids[len(ids)-1].Box != f.Box) {
			ids = append(ids, f)
		}
	}
	assign := func(found []hequan.Field, buyer, seller string) {
		if len(found) == 0 {
			return
		}
		a := found[0]
		b := hequan.Field{}
		if len(found) > 1 {
			b = found[1]
		}
		if len(found) == 1 {
			switch sideOf(d, a) {
			case "seller":
				a, b = b, a
			case "":
				return // one of the two, but which?
			}
		}
		if len(found) > 1 && a.Box[0] > b.Box[0]+0.2 && a.Box.CenterY()-b.Box.CenterY() < 0.05 {
			a, b = b, a
		}
		if a.Text != "" {
			a.Name = buyer
			c.set(a)
		}
		if b.Text != "" {
			b.Name = seller
			c.set(b)
		}
	}
	assign(names, "buyer", "seller")
	assign(ids, "buyer_tax_id", "seller_tax_id")
}

// sideOf says whether a lone name or number is the buyer's or the seller's: on
// 数电票 they stand left and right above the items, on older forms above and
// below the row 合计.
func sideOf(d *doc, f hequan.Field) string {
	left, right, sum := 1.0, 0.0, 0.0
	for _, r := range d.rows {
		left, right = min(left, r.box[0]), max(right, r.box[2])
		if text := strings.Map(dropSpace, string(r.text)); strings.HasPrefix(text, "合计") || strings.Contains(text, "价税合计") && sum == 0 {
			sum = r.box[1]
		}
	}
	if sum > 0 && f.Box[1] > sum || f.Box[1] > 0.6 {
		return "seller"
	}
	switch x := (f.Box[0] - left) / max(1e-6, right-left); {
	case x < 0.35:
		return "buyer"
	case x > 0.5:
		return "seller"
	}
	return ""
}

var spacedTaxID = regexp.MustCompile(`[0-9A-Z](?: ?[0-9A-Z]){17}`)

var taxID = regexp.MustCompile(`[0-9A-Za-z]{15,20}`)

// readTaxID reads a taxpayer's number: a 统一社会信用代码, or 15 or 20 digits of old.
func readTaxID(d *doc, s span) (hequan.Field, bool) {
	for _, loc := range spacedTaxID.FindAllStringIndex(d.text(s), -1) {
		text := d.text(s)[loc[0]:loc[1]]
		if code := uscc.Normal(text); code != text && uscc.Valid(code) { // a letter set apart
			from := len([]rune(d.text(s)[:loc[0]]))
			return settleUSCC(d.field("", code, sub(s, from, from+len([]rune(text))))), true
		}
	}
	f, ok := pattern(taxID)(d, "", s)
	if !ok {
		return f, false
	}
	f.Value = strings.ToUpper(f.Value)
	if !uscc.Valid(f.Value) {
		if second, ok := d.secondCode("", s); ok {
			return second, true
		}
	}
	return d.settleCode(f, s), true
}

// totals reads amount and tax from the row 合计, and the total beside 小写.
func totals(d *doc, c *Content) {
	for i, r := range d.rows {
		text := strings.Map(dropSpace, string(r.text))
		at := sumOfItems.FindStringIndex(text)
		if at == nil || ofTotal(r) || strings.HasSuffix(text[:at[0]], "税") || c.field("amount") != nil {
			continue
		}
		rows := []int{i}
		for _, n := range []int{i - 1, i + 1} {
			if n >= 0 && n < len(d.rows) && d.rows[n].page == r.page && overlapY(d.rows[n].box, r.box) > 0.2 && !ofTotal(d.rows[n]) {
				rows = append(rows, n)
			}
		}
		var found []hequan.Field
		for _, n := range rows {
			for _, p := range pieces(d.rows[n]) {
				at := span{n, p[0], p[1]}
				for _, m := range rmb.Find(d.text(at)) {
					if !strings.Contains(m.Text, ".") {
						continue // the rate of the row, a remnant
					}
					if f := d.field("", m.Fen.String(), sub(at, m.Start, m.End)); !standsOver(found, f) {
						found = append(found, f)
					}
				}
			}
		}
		sort.SliceStable(found, func(a, b int) bool { return found[a].Box[0] < found[b].Box[0] })
		names := []string{"amount", "tax"}
		if len(found) == 1 && found[0].Box[0] > underTax(d, i) && !strings.Contains(string(r.text), "*") {
			names = names[1:]
		}
		for n, name := range names {
			if n < len(found) && (n == 0 || found[n].Box[0] > found[0].Box[2]) {
				found[n].Name = name
				c.set(found[n])
			}
		}
		if len(found) == 1 && strings.Contains(string(r.text), "*") {
			tax := found[0]
			tax.Name, tax.Value, tax.Text = "tax", "0.00", "***"
			c.set(tax)
		}
	}
	if f := c.field("total"); f == nil || f.Value == "" {
		for i, r := range d.rows {
			text := string(r.text)
			k := strings.Index(text, "小写")
			if k < 0 && !strings.Contains(strings.Map(dropSpace, text), "价税合计") {
				continue
			}
			if m, ok := readMoney(d, "total", span{i, 0, len(r.text)}); ok && m.Value != "" {
				c.set(m)
				return
			}
		}
	}
}

// underTax is the left end of the column of taxes: behind the heading 税率, above a row; 1 where there is none.
func underTax(d *doc, row int) float64 {
	for i := row - 1; i >= 0 && d.rows[i].page == d.rows[row].page; i-- {
		text := string(d.rows[i].text)
		for _, word := range []string{"税率", "征收率"} {
			if k := strings.LastIndex(text, word); k >= 0 {
				from := len([]rune(text[:k]))
				return d.box(span{i, from, from + len([]rune(word))}).CenterX()
			}
		}
	}
	return 1
}

// sumOfItems is the row of the sums of an invoice's lines. 合 stands far from 计 and is
// misread as what looks like it.
var sumOfItems = regexp.MustCompile(`合计|^[^\p{Han}]*[台会含舍俭]计[^\p{Han}]*\p{Han}?[^\p{Han}]*\d`)

// ofTotal says whether a row is that of the total with tax.
func ofTotal(r row) bool {
	text := strings.Map(dropSpace, string(r.text))
	return strings.Contains(text, "价税") || strings.Contains(text, "写")
}

// standsOver says whether an amount stands in the column of one found already.
func standsOver(found []hequan.Field, f hequan.Field) bool {
	for _, o := range found {
		if min(o.Box[2], f.Box[2]) > max(o.Box[0], f.Box[0]) {
			return true
		}
	}
	return false
}

func overlapY(a, b hequan.Box) float64 {
	return (min(a[3], b[3]) - max(a[1], b[1])) / max(1e-6, min(a.Height(), b.Height()))
}

// invoiceItems reads the lines of the invoice.
func invoiceItems(d *doc) []hequan.Table { return d.tables(itemKind) }

// itemKind is the table of an invoice's lines.
var itemKind = tableKind{name: "items", least: 3, needs: []string{"amount"}, columns: []column{
	{"name", []string{"货物或应税劳务、服务名称", "货物或应税劳务名称", "应税劳务、服务名称", "应税劳务", "项目名称", "服务名称"}, cellItem},
	{"spec", []string{"规格型号", "规格"}, cellText},
	{"unit", []string{"单位"}, cellText},
	{"quantity", []string{"数量"}, cellNumber},
	{"unit_price", []string{"单价"}, cellNumber},
	{"amount", []string{"金额"}, cellMoney},
	{"tax_rate", []string{"税率/征收率", "税率", "征收率"}, cellRate},
	{"tax", []string{"税额"}, cellTax},
}}

// cellTax reads a tax; *** is a tax-free line.
func cellTax(t string) string {
	if strings.Contains(t, "*") {
		return "0.00"
	}
	return cellMoney(t)
}
