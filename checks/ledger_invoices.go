package checks

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/policy"
	"hequan/internal/rmb"
	"hequan/internal/subsidy"
)

// invoices adds up the invoices dated inside of the window.
func (c *computation) invoices(p *Pass) {
	docs := p.Docs(hequan.KindInvoice)
	if len(docs) == 0 {
		return
	}
	window := p.Policy.Windows.Invoice.Window()
	side := &subsidy.Side{Name: "执行期内开票额"}
	before := len(c.unread)
	classified := true
	counted := map[string]bool{}
	for _, d := range docs {
		if key := invoiceKey(p, d); key != "" {
			if counted[key] {
				continue
			}
			counted[key] = true
		}
		if at, open := mayBeVoid(p, d); open {
			c.unread = append(c.unread, gap{label(d) + "是否作废未能辨认", at.Evidence})
		} else if why := noInvoice(p, d); why != "" {
			continue
		}
		total, at, ok := c.read(p, d, "total")
		if !ok {
			continue
		}
		date, _, dated := p.PeekDay(d, "issue_date")
		if dated && !window.Contains(date) {
			c.outside = append(c.outside, taken{label: fmt.Sprintf("%s（开票日期 %s 在执行期外）", label(d), date), amount: total, at: at, told: true})
			continue
		}
		if !dated {
			c.unread = append(c.unread, gap{label(d) + "的开票日期未能读取", lookedAt(d, "issue_date")})
		}
		side.Lines = append(side.Lines, subsidy.Line{Label: label(d) + "（" + date.String() + "）", Amount: total, Year: date.Year, At: places(at)})
		classified = c.invoicedItems(p, d, side) && classified
	}
	// Where a line can't be told, what the other side takes off is taken off here too.
	if !classified && c.input.Settled != nil {
		side.Excluded = nil
		if total := side.Total(); total > 0 {
			side.Excluded = slices.Clone(c.input.Settled.Excluded)
		}
	}
	side.Known = len(c.unread) == before
	c.input.Invoiced = side
}

// invoicedItems takes hardware, labour and the like off an invoice. It says
// whether every line could be told.
func (c *computation) invoicedItems(p *Pass, d *hequan.Document, side *subsidy.Side) bool {
	rows := p.Rows(d, "items")
	all := len(rows) > 0
	for _, r := range rows {
		what, at, ok := r.Peek("name")
		cat, known := p.invoiceCategory(what)
		if !ok || !known {
			all = false
			continue
		}
		if cat.Eligible {
			continue
		}
		net, _, ok1 := r.PeekMoney("amount")
		tax, _, ok2 := r.PeekMoney("tax")
		if v, _, ok := r.Peek("tax_rate"); ok && !ok2 {
			if rate, isNumber := rmb.Number(v); isNumber && rate.Cmp(big.NewRat(1, 1)) < 0 { // a tax column taken for the rate's is none
				tax, ok2 = rmb.Round(rate.Mul(rate, big.NewRat(int64(net), 100)))
			} else if !isNumber {
				ok2 = true // 免税, 不征税
			}
		}
		if total, _, read := p.PeekMoney(d, "total"); !ok1 || !ok2 || read && total > 0 && net+tax > total {
			all = false // more than the whole invoice was misread
			continue
		}
		c.exclude(side, cat, what, net+tax, at, c.input.Settled == nil || len(c.input.Settled.Excluded) == 0)
	}
	return all
}

// invoiceCategory is that of the contract's item which a line names, else the
// one that its words tell.
func (p *Pass) invoiceCategory(what string) (policy.Category, bool) {
	for _, d := range p.Docs(hequan.KindContract) {
		for _, r := range p.Rows(d, "items") {
			if v, _, ok := r.Peek("name"); ok && sameItem(v, what) {
				return p.category(r)
			}
		}
	}
	if c, ok := p.Policy.Categorise(itemName(what)); ok {
		return c, true
	}
	// What the tax administration files under meals, paper or exhibitions is
	// no model service, whatever the words after it.
	if tax := strings.Trim(taxPrefix.FindString(strings.TrimSpace(what)), "*＊"); tax != "" && !serviceCategory.MatchString(tax) {
		if c, ok := p.Policy.Categorise(tax); ok {
			return c, true
		}
		return p.Policy.Category("other")
	}
	return policy.Category{}, false
}

// invoiceKey identifies an invoice: code and number. Empty where unread.
func invoiceKey(p *Pass, d *hequan.Document) string {
	n, _, ok := p.Peek(d, "number")
	if !ok {
		return ""
	}
	code, _, _ := p.Peek(d, "code")
	if len(n) == 20 {
		code = ""
	}
	return code + "/" + n
}

// ceiling is what the contracts allow: their amounts, or the caps of framework
// contracts. A contract without either limits nothing.
func (c *computation) ceiling(p *Pass) {
	docs := p.Docs(hequan.KindContract)
	side := &subsidy.Side{Name: "合同金额", Known: true}
	for _, d := range docs {
		amount, at, ok := p.PeekMoney(d, "amount")
		if !ok {
			return
		}
		if x := d.Field("amount"); !x.Proven() && x.Confidence < p.Policy.Thresholds.Field.Value {
			c.unread = append(c.unread, gap{fmt.Sprintf("合同金额“%s”识别置信度低", x.Value), at.Evidence})
			side.Known = false
		}
		side.Lines = append(side.Lines, subsidy.Line{Label: label(d), Amount: amount, Year: p.year(), At: places(at)})
	}
	if len(docs) == 0 {
		return
	}
	if c.input.Settled != nil {
		side.Excluded = slices.Clone(c.input.Settled.Excluded)
	}
	c.input.Ceiling = side
}
