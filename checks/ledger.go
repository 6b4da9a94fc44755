package checks

import (
	"fmt"
	"slices"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
	"hequan/internal/policy"
	"hequan/internal/rmb"
	"hequan/internal/subsidy"
	"hequan/internal/uscc"
)

// computation is the subsidy with what it was made of.
type computation struct {
	input      subsidy.Input
	result     subsidy.Result
	ineligible []taken // hardware, labour and the like
	outside    []taken // use and invoices outside of the window, and what could not be split
	unread     []gap   // amounts that could not be read
}

// taken is an amount that does not count, with its place.
type taken struct {
	label     string
	amount    rmb.Fen
	at        At
	straddles bool // its month reaches over the window's edge
	told      bool // by a rule of its own, with its place
}

// computation gathers the sums that the documents state and computes the
// subsidy, once for an application. Like a rule, it never takes the report down with it.
func (f *facts) computation() *computation {
	if f.computed == nil {
		f.computed = f.compute()
	}
	return f.computed
}

func (f *facts) compute() (c *computation) {
	defer func() {
		if cause := recover(); cause != nil {
			c = &computation{unread: []gap{{fmt.Sprintf("测算未能完成（内部错误：%v）", cause), hequan.Evidence{Note: "全部材料"}}}}
			c.result = subsidy.Compute(subsidy.Input{}, f.Policy)
		}
	}()
	c = new(computation)
	p := &Pass{facts: f, Rule: &Rule{}}
	if slices.Contains(delivered, f.Mode) {
		c.settleDelivered(p)
	} else if f.Mode != "" {
		c.settleMetered(p)
	}
	c.invoices(p)
	c.ceiling(p)
	c.input.Awarded, c.input.Year = f.awarded(), f.year()
	if v, _, ok := f.form("claimed_amount"); ok {
		c.input.Claimed, c.input.HasClaim = money(v)
	}
	for _, o := range c.outside {
		c.input.Outside = append(c.input.Outside, subsidy.Line{Label: o.label, Amount: o.amount, At: places(o.at)})
	}
	c.result = subsidy.Compute(c.input, f.Policy)
	return c
}

// read returns a sum of a document and notes one that is absent or doubtful:
// the computation then says that it rests on what is known.
func (c *computation) read(p *Pass, d *hequan.Document, field string) (rmb.Fen, At, bool) {
	m, at, ok := p.PeekMoney(d, field)
	x := d.Field(field)
	switch {
	case !ok:
		if m, at, ok := p.restated(d); ok && field == "total" {
			return m, at, true
		}
		e := lookedAt(d, field)
		if x != nil {
			e = p.at(d, x, true).Evidence
		}
		c.unread = append(c.unread, gap{label(d) + "的" + fieldName(d.Kind, field) + "未能读取", e})
	case at.doubt != "" && !(field == "total" && p.totalBorneOut(d)):
		c.unread = append(c.unread, gap{fmt.Sprintf("%s的%s“%s”未经印证", label(d), fieldName(d.Kind, field), x.Value), at.Evidence})
	}
	return m, at, ok
}

// restated returns a total that stands elsewhere on the paper: in words, or as
// net and tax of an invoice.
func (p *Pass) restated(d *hequan.Document) (rmb.Fen, At, bool) {
	if m, at, ok := p.PeekMoney(d, "total_words"); ok && at.doubt == "" {
		return m, at, true
	}
	net, at, ok1 := p.PeekMoney(d, "amount")
	tax, taxAt, ok2 := p.PeekMoney(d, "tax")
	return net + tax, at, d.Kind == hequan.KindInvoice && ok1 && ok2 && at.doubt == "" && taxAt.doubt == ""
}

// places are the evidence of an amount; none where it stands nowhere.
func places(at At) []hequan.Evidence {
	if at.Evidence == (hequan.Evidence{}) {
		return nil
	}
	return []hequan.Evidence{at.Evidence}
}

// exclude notes an amount of a category that is not supported.
func (c *computation) exclude(side *subsidy.Side, cat policy.Category, name string, amount rmb.Fen, at At, note bool) {
	side.Excluded = append(side.Excluded, hequan.Exclusion{
		Amount: amount.String(), Reason: fmt.Sprintf("%s属%s费用，不予支持（%s）", name, cat.Chinese, cat.Clause), Rule: "subsidy.ineligible", Category: cat.Name, Clause: cat.Clause, Evidence: places(at),
	})
	if note {
		c.ineligible = append(c.ineligible, taken{label: fmt.Sprintf("%s（%s）", name, cat.Chinese), amount: amount, at: at})
	}
}

// settleMetered adds up the settled use inside of the window.
func (c *computation) settleMetered(p *Pass) {
	docs := p.Docs(hequan.KindSettlement)
	if len(docs) == 0 {
		return
	}
	window := p.Policy.Windows.Usage.Window()
	side := &subsidy.Side{Name: "执行期内结算额"}
	before := len(c.unread)
	counted := map[string]bool{}
	for _, d := range docs {
		if n, _, ok := p.Peek(d, "number"); ok {
			if counted[n] {
				continue // the same settlement handed in twice
			}
			counted[n] = true
		}
		total, at, ok := c.read(p, d, "total")
		if !ok {
			continue
		}
		period, known := p.period(d)
		switch {
		case !known:
			c.unread = append(c.unread, gap{label(d) + "的结算期间未能读取", lookedAt(d, "period_start")})
			side.Lines = append(side.Lines, subsidy.Line{Label: label(d), Amount: total, At: places(at)})
		case window.Covers(period):
			side.Lines = append(side.Lines, subsidy.Line{Label: label(d) + "（" + period.String() + "）", Amount: total, Year: period.To.Year, At: places(at)})
			c.settledItems(p, d, side)
		case !window.Overlaps(period):
			c.outside = append(c.outside, taken{label: fmt.Sprintf("%s（%s，执行期外）", label(d), period), amount: total, at: at})
		default:
			c.splitByUsage(p, d, side, period, total, at)
		}
	}
	side.Known = len(c.unread) == before
	c.input.Settled = side
}

// settledItems takes hardware, labour and the like off a settlement.
func (c *computation) settledItems(p *Pass, d *hequan.Document, side *subsidy.Side) {
	for _, r := range p.Rows(d, "items") {
		what, _, ok := r.Peek("model")
		if !ok {
			continue
		}
		if cat, ok := p.Policy.Categorise(what); ok && !cat.Eligible && !p.isModel(what) {
			if amount, at, ok := r.PeekMoney("amount"); ok {
				c.exclude(side, cat, what, amount, at, true)
			}
		}
	}
}

// isModel says whether a name is that of a model of the contract or the form.
func (p *Pass) isModel(what string) bool {
	return slices.ContainsFunc(p.models(), func(n named) bool { return policy.SameModel(n.Name, what) })
}

// splitByUsage counts the usage rows of a settlement that reaches over the
// window's edge. A row whose own period reaches over it is not split.
func (c *computation) splitByUsage(p *Pass, d *hequan.Document, side *subsidy.Side, period day.Window, total rmb.Fen, at At) {
	window := p.Policy.Windows.Usage.Window()
	var all, inside rmb.Fen
	var out []taken
	for _, u := range p.usageRows() {
		v, dateAt, _ := u.Peek("date")
		w, ok := day.Period(v)
		amount, amountAt, read := u.PeekMoney("amount")
		if !ok || !read || !p.belongs(w, d) {
			continue
		}
		all += amount
		switch {
		case window.Covers(w):
			inside += amount
		case window.Overlaps(w):
			out = append(out, taken{label: fmt.Sprintf("用量明细 %s（跨执行期边界，未按日列示）", v), amount: amount, at: dateAt, straddles: true})
		default:
			out = append(out, taken{label: fmt.Sprintf("用量明细 %s（执行期外）", v), amount: amount, at: amountAt})
		}
	}
	if all != total {
		c.outside = append(c.outside, taken{label: fmt.Sprintf("%s（%s，跨执行期，用量明细不足以拆分）", label(d), period), amount: total, at: at, straddles: true})
		c.unread = append(c.unread, gap{label(d) + "跨执行期，用量明细合计与其不符，不能拆分", at.Evidence})
		return
	}
	side.Lines = append(side.Lines, subsidy.Line{Label: label(d) + " 执行期内部分", Amount: inside, Year: min(period.To.Year, window.To.Year), At: places(at)})
	c.outside = append(c.outside, out...)
}

// period returns what stretch of time a settlement or usage sheet is for.
func (p *Pass) period(d *hequan.Document) (day.Window, bool) {
	if w, known := p.periods[d]; known {
		return w, !w.IsZero()
	}
	if p.periods == nil {
		p.periods = map[*hequan.Document]day.Window{}
	}
	w, ok := p.readPeriod(d)
	p.periods[d] = w
	return w, ok
}

func (p *Pass) readPeriod(d *hequan.Document) (day.Window, bool) {
	from, _, ok1 := p.PeekDay(d, "period_start")
	to, _, ok2 := p.PeekDay(d, "period_end")
	if !ok1 || !ok2 || to.Before(from) {
		return day.Window{}, false
	}
	return day.Window{From: from, To: to}, true
}

// usageRows returns the rows of all usage sheets.
func (p *Pass) usageRows() []row {
	var out []row
	for _, d := range p.Docs(hequan.KindUsage, hequan.KindSettlement) {
		out = append(out, p.Rows(d, "rows")...)
	}
	return out
}

// awarded returns the applicant's earlier awards by year.
func (f *facts) awarded() map[int]rmb.Fen {
	who, _, _ := f.form("applicant.name")
	code, _, _ := f.form("applicant.uscc")
	out := map[int]rmb.Fen{}
	for _, a := range f.Awards {
		if a.USCC != "" && code != "" && uscc.Normal(a.USCC) == uscc.Normal(code) || name.Equal(a.Applicant, who) {
			out[a.Year] += a.Amount
		}
	}
	return out
}
