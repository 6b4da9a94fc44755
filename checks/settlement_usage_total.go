package checks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

var settlementUsageTotal = &Rule{
	ID: "settlement.usage_total", Clause: "五.8", Scope: PerApplication, Modes: metered, Requires: []hequan.Kind{hequan.KindSettlement},
	Title: "用量明细合计与结算单一致",
	Doc: "The usage rows of each settlement's period add up to it, in all and for each model; no row lies outside of every settlement's period; a usage sheet's own " +
		"total is the sum of its rows. Open where a page's rows were not read and days are absent.",
	Needs: []Need{{hequan.KindSettlement, "total"}, {hequan.KindSettlement, "items"}, {hequan.KindUsage, "rows"}, {hequan.KindUsage, "total"}},
	Applies: func(p *Pass) string {
		if len(p.Docs(hequan.KindUsage)) == 0 && len(p.usageRows()) == 0 {
			return "没有用量明细，见 material.usage"
		}
		return ""
	},
	Run: func(p *Pass) {
		rows, whole := p.useRows()
		for _, d := range p.Docs(hequan.KindUsage) {
			if len(p.Rows(d, "rows")) == 0 {
				p.Unread("用量明细的各行未能读取", lookedAt(d, "rows"))
			}
			p.ownTotal(d)
		}
		if !whole || p.outsideInDoubt(rows) {
			return // a sum without the row that was not read says nothing
		}
		placed := make([]bool, len(rows))
		for _, d := range p.Docs(hequan.KindSettlement) {
			p.settledBy(d, rows, placed)
		}
		const action = "请核对用量明细与结算单的期间"
		if len(p.gaps) == 0 {
			for i, r := range rows {
				if !p.Holds(placed[i], label(r.doc)+r.where()+"在某份结算单的期间内", r.dateAt) {
					p.Fail(fmt.Sprintf("%s%s不在任何结算单的期间内", label(r.doc), r.where()), action, r.dateAt)
				}
			}
		}
	},
}

const usageAction = "请服务提供方核对并更正结算单或用量明细"

// use is a usage row as far as it was read.
type use struct {
	row
	period   day.Window
	amount   rmb.Fen
	model    string
	dateAt   At
	amountAt At
}

// useRows returns the usage rows, and whether all of them could be read.
func (p *Pass) useRows() ([]use, bool) {
	var out []use
	whole := true
	for _, r := range p.usageRows() {
		amount, amountAt, ok := r.Money("amount")
		v, dateAt, dated := r.text("date", true)
		w, parsed := day.Period(v)
		if dated && !parsed {
			p.Unread(fmt.Sprintf("%s%s的日期“%s”未能识别", label(r.doc), r.where(), v), dateAt.Evidence)
		}
		if !ok || !parsed {
			whole = false
			continue
		}
		model, _, _ := r.Peek("model")
		out = append(out, use{r, w, amount, model, dateAt, amountAt})
	}
	return out, whole
}

// outsideInDoubt says, and notes, whether a row lies outside of every settlement's period by a day that nothing bears out:
// it is one of theirs then, as likely as not, and missing in its sum.
func (p *Pass) outsideInDoubt(rows []use) bool {
	for _, r := range rows {
		if r.dateAt.doubt == "" || slices.ContainsFunc(p.Docs(hequan.KindSettlement), func(d *hequan.Document) bool {
			own, ok := p.period(d)
			return !ok || own.Overlaps(r.period)
		}) {
			continue
		}
		p.Unread(fmt.Sprintf("%s%s的日期“%s”不在任何结算单的期间内，可能是识别误差", label(r.doc), r.where(), r.dateAt.Value), r.dateAt.Evidence)
		return true
	}
	return false
}

// ownTotal compares a usage sheet's stated total with its rows.
func (p *Pass) ownTotal(d *hequan.Document) {
	rows := p.Rows(d, "rows")
	if !p.Has(d, "total") || len(rows) == 0 {
		return
	}
	total, totalAt, ok := p.Money(d, "total")
	var t, page rmb.Fen // of all rows, and of those on the total's page
	at := []At{totalAt}
	for _, r := range rows {
		v, vAt, read := r.PeekMoney("amount")
		ok = ok && read
		t += v
		if vAt.Page == totalAt.Page {
			page += v
		}
		if vAt.doubt != "" {
			at = append(at, vAt)
		}
	}
	if ok && t < total && page != total && p.pageUnread(d) {
		return
	}
	if ok && !p.Holds(t == total || page == total, fmt.Sprintf("用量明细各行合计 %s 元 = 所列合计 %s 元", t.Grouped(), total.Grouped()), at...) {
		p.Fail(fmt.Sprintf("用量明细各行合计 %s 元，所列合计 %s 元，相差 %s 元", t.Grouped(), total.Grouped(), (t-total).Abs().Grouped()), usageAction, at...)
	}
}

// fewDays is how many days of a settlement's period may have no use.
const fewDays = 5

// pageUnread says, and notes, whether a recognised page of a usage sheet that lists days gave no row although others
// did, and days at the beginning or end of a settlement's period are absent: sums without them say nothing.
func (p *Pass) pageUnread(d *hequan.Document) bool {
	has, listed := map[int]bool{}, map[day.Day]bool{}
	for _, r := range p.Rows(d, "rows") {
		v, at, _ := r.Peek("date")
		has[at.Page] = true
		if w, ok := day.Period(v); ok && w.From == w.To {
			listed[w.From] = true
		}
	}
	i := slices.IndexFunc(d.PageInfo, func(info hequan.PageInfo) bool {
		return !has[info.Page] && !info.Blank && info.Source == hequan.SourceScan
	})
	if i < 0 || len(listed) < 2*fewDays {
		return false
	}
	for _, s := range p.Docs(hequan.KindSettlement) {
		from, _, ok1 := p.PeekDay(s, "period_start")
		to, _, ok2 := p.PeekDay(s, "period_end")
		if !ok1 || !ok2 {
			continue
		}
		first, last, inside := false, false, false
		for at := range listed {
			inside = inside || !at.Before(from) && !to.Before(at)
		}
		for n := range fewDays {
			first, last = first || listed[from.AddDays(n)], last || listed[to.AddDays(-n)]
		}
		if inside && (!first || !last) {
			p.Unread(fmt.Sprintf("%s第 %d 页没有读到明细行", label(d), d.PageInfo[i].Page), hequan.Evidence{Document: d.ID, Page: d.PageInfo[i].Page})
			return true
		}
	}
	return false
}

// settledBy compares a settlement with the rows of its period.
func (p *Pass) settledBy(d *hequan.Document, rows []use, placed []bool) {
	total, totalAt, ok := p.Money(d, "total")
	from, _, ok1 := p.Day(d, "period_start")
	to, _, ok2 := p.Day(d, "period_end")
	if !ok || !ok1 || !ok2 {
		return
	}
	if p.totalBorneOut(d) {
		totalAt.doubt = ""
	}
	period := day.Window{From: from, To: to}
	var sum rmb.Fen
	byModel := map[string]rmb.Fen{}
	at := []At{totalAt}
	n := 0
	for i, r := range rows {
		if !p.belongs(r.period, d) {
			continue
		}
		placed[i] = true
		n++
		sum += r.amount
		byModel[modelKey(r.model)] += r.amount
		if f := r.doc.Field("total"); f != nil && r.doc.Kind == hequan.KindUsage {
			total := p.at(r.doc, f, true)
			if p.summed(r.doc) {
				total.doubt = ""
			} else if r.amountAt.doubt != "" {
				at = append(at, r.amountAt)
			}
			at = append(at, total)
		} else {
			at = append(at, r.amountAt)
		}
	}
	if sum < total && slices.ContainsFunc(p.Docs(hequan.KindUsage), p.pageUnread) {
		return
	}
	if n == 0 {
		p.Fail(fmt.Sprintf("%s（%s）没有对应的用量明细", label(d), period), "请补交该结算期间的用量明细", totalAt)
		return
	}
	if !p.sameSum(label(d)+"期间内用量明细合计", sum, "结算单总额", total, at...) {
		p.Fail(fmt.Sprintf("%s为 %s 元，该期间用量明细合计 %s 元，相差 %s 元", label(d), total.Grouped(), sum.Grouped(), (sum-total).Abs().Grouped()), usageAction, at...)
		return
	}
	settled := map[string]rmb.Fen{}
	for _, r := range p.Rows(d, "items") {
		model, _, ok1 := r.Peek("model")
		amount, _, ok2 := r.PeekMoney("amount")
		if !ok1 || !ok2 {
			return
		}
		settled[modelKey(model)] += amount
	}
	if len(settled) < 2 {
		return
	}
	for _, r := range rows {
		if _, named := settled[modelKey(r.model)]; p.belongs(r.period, d) && !named && !r.proven("model") {
			p.Unread(fmt.Sprintf("%s%s的模型名称“%s”不能与%s对应", label(r.doc), r.where(), r.model, label(d)), r.at("model", r.cell("model"), false).Evidence)
			return
		}
	}
	for _, r := range p.Rows(d, "items") {
		if model, at, _ := r.Peek("model"); byModel[modelKey(model)] == 0 && !at.Proven {
			p.Unread(fmt.Sprintf("%s的模型名称“%s”不能与用量明细对应", label(d), model), at.Evidence)
			return
		}
	}
	for _, r := range p.Rows(d, "items") {
		model, mAt, _ := r.Peek("model")
		if want, got := settled[modelKey(model)], byModel[modelKey(model)]; !p.sameSum(label(d)+"中“"+model+"”", want, "用量明细合计", got, mAt, totalAt) {
			p.Fail(fmt.Sprintf("%s中“%s”为 %s 元，用量明细合计 %s 元，相差 %s 元", label(d), model, want.Grouped(), got.Grouped(), (got-want).Abs().Grouped()), usageAction, mAt, totalAt)
			delete(settled, modelKey(model))
			delete(byModel, modelKey(model))
		}
	}
}

// modelKey is a model's name without the marks between its parts, which are
// read or not.
func modelKey(model string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, policy.ModelID(model))
}
