package subsidy

import (
	"fmt"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

// step adds a step to the ladder.
func (r *Result) step(kind, name string, amount rmb.Fen, how, clause string, at ...hequan.Evidence) {
	if r.quiet {
		return
	}
	r.Steps = append(r.Steps, hequan.Step{Kind: kind, Name: name, Amount: amount.String(), How: how, Clause: clause, Evidence: at})
}

// partSteps lists what each side is made of, with its sum.
func (r *Result) partSteps(in Input) {
	for _, s := range []*Side{in.Settled, in.Invoiced, in.Ceiling} {
		if s == nil {
			continue
		}
		var sum []string
		for _, l := range s.Lines {
			r.step("part", s.Name+"："+l.Label, l.Amount, "", "", l.At...)
			sum = append(sum, l.Amount.Grouped())
		}
		how := strings.Join(sum, " + ")
		if len(sum) < 2 {
			how = ""
		}
		if off := s.off(); off > 0 {
			how = strings.TrimPrefix(fmt.Sprintf("%s；其中不予支持 %s，余 %s", how, off.Grouped(), (s.Total()-off).Grouped()), "；")
		}
		if !s.Known {
			how = strings.TrimPrefix(how+"；有金额未能可靠读取", "；")
		}
		r.step("sum", s.Name+"合计", s.Total(), how, "")
	}
	for _, l := range in.Outside {
		r.step("outside", "不计入："+l.Label, l.Amount, "", "四.2", l.At...)
	}
}

// baseSteps says how the base came about.
func (r *Result) baseSteps(in Input, p *policy.Policy, binding *Side) {
	var among []string
	for _, s := range r.sides(in, p) {
		if s != nil {
			among = append(among, s.Name+" "+(s.Total()-s.off()).Grouped())
		}
	}
	how := "没有可据以核定的金额"
	if binding != nil {
		how = fmt.Sprintf("%s 中取 %s（扣除不予支持的费用后较小，且能可靠读取）", strings.Join(among, "、"), binding.Name)
		if len(among) == 1 {
			how = "取 " + binding.Name
		}
	}
	r.step("gross", "可核定的实际发生额", r.Gross, how, "四.2", nil...)
	for _, x := range r.Excluded {
		amount, _ := rmb.ParseValue(x.Amount)
		r.step("minus", "核减："+x.Reason, -amount, "", x.Clause, x.Evidence...)
	}
	r.step("base", "核定基数", r.Base, fmt.Sprintf("%s − %s", r.Gross.Grouped(), max(r.Gross-r.Base, 0).Grouped()), "四.2")
}

// paySteps says how the payable amount came about from the base.
func (r *Result) paySteps(in Input, p *policy.Policy, shared, left rmb.Fen) {
	m := p.Money
	r.step("share", "按比例计算", shared, fmt.Sprintf("%s × %s，不足一分的舍去", r.Base.Grouped(), percent(m.Rate.Rat())), m.Rate.Clause)
	how := fmt.Sprintf("%d 年度限额 %s − 此前已获 %s", in.Year, m.Cap.Fen().Grouped(), in.Awarded[in.Year].Grouped())
	if p.Reading("cap_year") == "usage" {
		how = "各使用年度限额的余额与该年度份额中较小者之和"
	}
	r.step("cap", "年度限额余额", left, how, m.Cap.Clause)
	r.step("capped", "比例与年度限额内金额", r.Capped, fmt.Sprintf("%s 与 %s 中较小者", shared.Grouped(), left.Grouped()), m.Cap.Clause)
	raw := r.Capped
	if in.HasClaim {
		raw = min(raw, in.Claimed)
		r.step("lower", "与申报金额相比", raw, fmt.Sprintf("%s 与申报金额 %s 中较小者", r.Capped.Grouped(), in.Claimed.Grouped()), "")
	}
	rounding := reading(p, "rounding")
	tested, floor := raw, m.Floor.Fen()
	rounded := roundTo(raw, p)
	if p.Reading("floor_on") == "rounded" {
		tested = rounded
	}
	if tested < floor {
		r.step("floor", "兑现下限", floor, fmt.Sprintf("%s 低于 %s，不予兑现", tested.Grouped(), floor.Grouped()), m.Floor.Clause)
	} else {
		r.step("floor", "兑现下限", floor, fmt.Sprintf("%s 不低于 %s", tested.Grouped(), floor.Grouped()), m.Floor.Clause)
	}
	r.step("payable", "测算兑现金额", r.Payable, fmt.Sprintf("%s 元以万元为单位保留一位小数（%s）= %s 万元", raw.Grouped(), rounding, Wan(r.Payable)), m.Unit.Clause)
	if tested < floor {
		r.Steps[len(r.Steps)-1].How = "低于兑现下限，为 0"
	}
}

// otherSteps computes the amount under every other reading that the program
// can follow.
func (r *Result) otherSteps(in Input, p *policy.Policy) {
	for _, a := range p.Readings {
		if !slices.Contains(followed, a.Key) {
			continue
		}
		for _, other := range a.Alternatives {
			got := compute(in, p.With(a.Key, other), true).Payable
			how := "与现行读法相同"
			if got != r.Payable {
				how = "与现行读法（" + a.In(a.Chosen) + "）不同"
			}
			r.step("other", "若"+a.In(other), got, fmt.Sprintf("%s 万元，%s（%s）", Wan(got), how, a.ID), a.Clause)
		}
	}
}

// followed are the open points by which the computation goes.
var followed = []string{"base", "cap_year", "rounding", "floor_on"}

// reading is the chosen reading of an open point in Chinese.
func reading(p *policy.Policy, key string) string {
	for _, a := range p.Readings {
		if a.Key == key {
			return a.In(a.Chosen)
		}
	}
	return ""
}
