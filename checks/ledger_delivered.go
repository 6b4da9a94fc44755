package checks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/name"
	"hequan/internal/policy"
	"hequan/internal/subsidy"
)

// settleDelivered adds up the contract items that were accepted inside of the window.
func (c *computation) settleDelivered(p *Pass) {
	contracts := p.Docs(hequan.KindContract)
	if len(contracts) == 0 || len(p.Docs(hequan.KindAcceptance)) == 0 {
		return
	}
	side := &subsidy.Side{Name: "执行期内已验收的合同金额"}
	before := len(c.unread)
	accepted := c.acceptances(p)
	for _, d := range contracts {
		rows := p.Rows(d, "items")
		if len(rows) == 0 {
			total, at, ok := c.read(p, d, "amount")
			if !ok {
				continue
			}
			if len(accepted) == 0 {
				c.outside = append(c.outside, taken{label: label(d) + "（执行期内未验收）", amount: total, at: at})
				continue
			}
			c.unread = append(c.unread, gap{label(d) + "没有分项金额，硬件、人工费用不能扣除", at.Evidence})
			side.Lines = append(side.Lines, subsidy.Line{Label: label(d), Amount: total, Year: accepted[0].date.Year, At: places(at)})
			continue
		}
		c.agree(p, d, rows)
		for _, r := range rows {
			what, nameAt, _ := r.Peek("name")
			amount, at, ok := r.PeekMoney("amount")
			if !ok || at.doubt != "" {
				c.unread = append(c.unread, gap{"合同" + r.where() + "的金额未能可靠读取", at.Evidence})
			}
			if !ok {
				continue
			}
			a, when := acceptedIn(accepted, what)
			if other, date, open := unmatched(accepted, rows); !a && open && !(nameAt.Proven && other.Proven) {
				// Two readings of names differ, and one of each is left over: they may be one item.
				c.unread = append(c.unread, gap{fmt.Sprintf("合同“%s”与验收的“%s”是否同一项不能断定", what, other.Value), other.Evidence})
				a, when = true, date
			}
			if on, date, lists := recognisedList(accepted); !a && lists {
				// A list that was recognised may have lost the row of it.
				c.unread = append(c.unread, gap{fmt.Sprintf("扫描的验收证明中没有读到合同分项“%s”，可能漏读", what), on.Evidence})
				a, when = true, date
			}
			if !a {
				c.outside = append(c.outside, taken{label: fmt.Sprintf("%s（执行期内未见验收）", what), amount: amount, at: at})
				continue
			}
			side.Lines = append(side.Lines, subsidy.Line{Label: what + "（" + when.String() + " 验收）", Amount: amount, Year: when.Year, At: places(at)})
			cat, known := p.category(r)
			switch {
			case !known:
				c.unread = append(c.unread, gap{fmt.Sprintf("合同%s不能归类", r.where()), nameAt.Evidence})
			case !cat.Eligible:
				c.exclude(side, cat, what, amount, at, true)
			}
		}
	}
	side.Known = len(c.unread) == before
	c.input.Settled = side
}

// agree notes where a contract's items do not add up to its amount and one of
// them is a reading without proof: the sums can't be relied on then.
func (c *computation) agree(p *Pass, d *hequan.Document, rows []row) {
	want, wantAt, ok := p.PeekMoney(d, "amount")
	if !ok {
		return
	}
	proven := wantAt.Proven
	for _, r := range rows {
		amount, _, read := r.PeekMoney("amount")
		proven = proven && read && r.proven("amount")
		want -= amount
	}
	if want != 0 && !proven {
		c.unread = append(c.unread, gap{"合同分项合计与总额不符，读数未经印证", wantAt.Evidence})
	}
}

// acceptance is a certificate that counts: inside of the window, not refused.
type acceptance struct {
	date  day.Day
	items []At // what was accepted; empty: all of the contract
}

func (c *computation) acceptances(p *Pass) []acceptance {
	var out []acceptance
	window := p.Policy.Windows.Usage.Window()
	for _, d := range p.Docs(hequan.KindAcceptance) {
		if outcome(p, d) == "failed" {
			continue
		}
		date, at, ok := p.PeekDay(d, "date")
		if !ok {
			c.unread = append(c.unread, gap{"验收证明的日期未能读取", lookedAt(d, "date")})
		} else if !window.Contains(date) {
			continue
		}
		if at.doubt != "" && at.Value != "" && d.Field("date").Confidence < p.Policy.Thresholds.Field.Value {
			c.unread = append(c.unread, gap{fmt.Sprintf("验收日期“%s”识别置信度低", at.Value), at.Evidence})
		}
		a := acceptance{date: date}
		for _, r := range p.Rows(d, "items") {
			if _, at, ok := r.Peek("name"); ok && !refused(r) {
				a.items = append(a.items, at)
			}
		}
		out = append(out, a)
	}
	return out
}

// refused says whether a row of a certificate was not accepted.
func refused(r row) bool {
	v, _, ok := r.Peek("result")
	return ok && refusal.MatchString(v)
}

// refusal is the result of a check that a thing did not pass.
var refusal = regexp.MustCompile(`不合格|不通过|未通过|不符|不满足|未满足|不达标|未达标|不正常|不可用|未交付|未到货|缺失|短缺|损坏|待整改|^否$|^[×✗xX]$`)

// acceptedIn says whether an item was accepted, and when.
func acceptedIn(list []acceptance, item string) (bool, day.Day) {
	for _, a := range list {
		if len(a.items) == 0 || slices.ContainsFunc(a.items, func(x At) bool { return sameItem(x.Value, item) }) {
			return true, a.date
		}
	}
	return false, day.Day{}
}

// unmatched finds something accepted that is none of the contract's items.
func unmatched(list []acceptance, rows []row) (At, day.Day, bool) {
	for _, a := range list {
		for _, x := range a.items {
			if !slices.ContainsFunc(rows, func(r row) bool { v, _, ok := r.Peek("name"); return ok && sameItem(x.Value, v) }) {
				return x, a.date, true
			}
		}
	}
	return At{}, day.Day{}, false
}

// recognisedList is an acceptance whose list was recognised, not printed as text.
func recognisedList(list []acceptance) (At, day.Day, bool) {
	for _, a := range list {
		for _, x := range a.items {
			if !x.Proven {
				return x, a.date, true
			}
		}
	}
	return At{}, day.Day{}, false
}

// sameItem compares names of items, which are copied with small changes.
func sameItem(a, b string) bool {
	a, b = itemName(a), itemName(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || strings.Contains(a, b) || strings.Contains(b, a) || name.Similarity(a, b) >= 0.75
}

var taxPrefix = regexp.MustCompile(`^[*＊][^*＊]*[*＊]`)

// itemName drops the tax category between asterisks from an invoice's item.
func itemName(s string) string {
	return name.Normal(taxPrefix.ReplaceAllString(strings.TrimSpace(s), ""))
}

// category returns the category of a contract's item: the one printed, else
// the one that its name tells.
func (p *Pass) category(r row) (policy.Category, bool) {
	if v, _, ok := r.Peek("category"); ok {
		if c, ok := p.Policy.Category(v); ok {
			return c, true
		}
	}
	if v, _, ok := r.Peek("name"); ok {
		return p.Policy.Categorise(v)
	}
	return policy.Category{}, false
}
