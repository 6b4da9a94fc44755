// Package subsidy computes the amount that the documents of an application
// bear out. It is pure arithmetic on integer fen, tax included: what counts
// and what doesn't was decided before.
package subsidy

import (
	"fmt"
	"math/big"
	"slices"

	"hequan"
	"hequan/internal/policy"
	"hequan/internal/rmb"
)

// Side is one of the sums that limit the base: what was settled (or accepted),
// what was invoiced, what the contract allows.
type Side struct {
	Name     string // as the explanation calls it: 执行期内结算额 …
	Lines    []Line // what it is made of
	Excluded []hequan.Exclusion
	Known    bool // every amount of it could be read
}

// Line is one amount of a side.
type Line struct {
	Label  string
	Amount rmb.Fen
	Year   int // natural year, 0 where it has none
	At     []hequan.Evidence
}

// Total returns the sum of the lines.
func (s *Side) Total() rmb.Fen {
	var t rmb.Fen
	for _, l := range s.Lines {
		t += l.Amount
	}
	return t
}

// off returns the sum of what is taken off.
func (s *Side) off() rmb.Fen {
	var t rmb.Fen
	for _, x := range s.Excluded {
		f, _ := rmb.ParseValue(x.Amount)
		t += f
	}
	return t
}

// Input is what the computation rests on.
type Input struct {
	Settled  *Side // nil: no document states it
	Invoiced *Side // nil: no document states it
	Ceiling  *Side // contract amount or cap; nil: the contract states none
	Outside  []Line
	Claimed  rmb.Fen
	HasClaim bool
	Awarded  map[int]rmb.Fen // earlier awards by natural year
	Year     int             // natural year of payment; 0 where unknown
}

// Result is the computation in fen.
type Result struct {
	Gross, Base, Capped, Payable rmb.Fen
	Excluded                     []hequan.Exclusion
	Rate                         string
	Explanation                  []string
	Steps                        []hequan.Step // the ladder, by which the amount can be computed by hand
	Unknown                      bool

	quiet bool // no steps
}

// Compute follows the policy's money terms and the readings chosen for its
// open points (base, cap_year, rounding, floor_on).
func Compute(in Input, p *policy.Policy) Result {
	r := compute(in, p, false)
	r.otherSteps(in, p)
	return r
}

// compute computes; quietly without words, where only the amount is asked for.
func compute(in Input, p *policy.Policy, quietly bool) Result {
	r := Result{Rate: p.Money.Rate.Value, Excluded: []hequan.Exclusion{}, quiet: quietly}
	say := func(format string, args ...any) {
		if !quietly {
			r.Explanation = append(r.Explanation, fmt.Sprintf(format, args...))
		}
	}

	if in.HasClaim {
		r.step("claim", "申报金额", in.Claimed, "", "")
	}
	if !quietly {
		r.partSteps(in)
	}
	binding := r.bind(in, p, say)
	for _, l := range in.Outside {
		say("不计入：%s %s 元", l.Label, l.Amount.Grouped())
	}
	if binding != nil {
		r.Gross, r.Excluded = binding.Total(), append(r.Excluded, binding.Excluded...)
		r.Base = r.Gross - binding.off()
		if r.Base < 0 {
			r.Base = 0
		}
		say("取 %s %s 元", binding.Name, r.Gross.Grouped())
	}
	for _, x := range r.Excluded {
		say("核减 %s 元：%s", x.Amount, x.Reason)
	}
	say("核定基数 %s 元", r.Base.Grouped())
	if !quietly {
		r.baseSteps(in, p, binding)
	}
	r.Capped = share(r.Base, p.Money.Rate.Rat())
	say("按 %s 的比例计算 %s 元（不足一分的舍去）", percent(p.Money.Rate.Rat()), r.Capped.Grouped())
	shared := r.Capped
	left := r.limit(in, p, binding, say)
	r.pay(in, p, say)
	if !quietly {
		r.paySteps(in, p, shared, left)
	}
	if r.Unknown {
		say("有金额未能读取，以上为已读取部分的测算，须人工核定")
	}
	return r
}

// bind chooses the side that limits the base. A side of which only a part
// could be read limits it only where no other is known.
func (r *Result) bind(in Input, p *policy.Policy, say func(string, ...any)) *Side {
	sides := r.sides(in, p)
	if in.Settled == nil && p.Reading("base") != "invoice" || in.Invoiced == nil && p.Reading("base") != "settlement" {
		r.Unknown = true
	}
	known := slices.ContainsFunc(sides, func(s *Side) bool { return s != nil && s.Known && s != in.Ceiling })
	var binding *Side
	for _, s := range sides {
		if s == nil {
			continue
		}
		say("%s合计 %s 元", s.Name, s.Total().Grouped())
		if !s.Known {
			r.Unknown = true
			if known || s == in.Ceiling {
				say("%s有未能读取的金额，未据以限定基数", s.Name)
				continue // what is known of it in part limits nothing
			}
		}
		if binding == nil || s.Total()-s.off() < binding.Total()-binding.off() {
			binding = s
		}
	}
	if in.Settled == nil && in.Invoiced == nil {
		return nil
	}
	return binding
}

// sides are those among which the policy's reading chooses.
func (r *Result) sides(in Input, p *policy.Policy) []*Side {
	switch p.Reading("base") {
	case "settlement":
		return []*Side{in.Settled, in.Ceiling}
	case "invoice":
		return []*Side{in.Invoiced, in.Ceiling}
	}
	return []*Side{in.Settled, in.Invoiced, in.Ceiling}
}

// limit applies the yearly cap and returns what it leaves.
func (r *Result) limit(in Input, p *policy.Policy, binding *Side, say func(string, ...any)) rmb.Fen {
	ceiling := p.Money.Cap.Fen()
	left := max(ceiling-in.Awarded[in.Year], 0)
	if p.Reading("cap_year") == "usage" && binding != nil {
		left = 0
		byYear := map[int]rmb.Fen{}
		for _, l := range binding.Lines {
			byYear[l.Year] += l.Amount
		}
		for year, amount := range byYear {
			left += min(max(ceiling-in.Awarded[year], 0), share(amount, p.Money.Rate.Rat()))
		}
	}
	if in.Awarded[in.Year] > 0 {
		say("%d 年度此前已获支持 %s 元，限额余 %s 元", in.Year, in.Awarded[in.Year].Grouped(), left.Grouped())
	}
	if r.Capped > left {
		r.Capped = left
		say("超过年度限额 %s 元，按 %s 元计", ceiling.Grouped(), left.Grouped())
	}
	return left
}

// pay rounds to the unit and applies the floor.
func (r *Result) pay(in Input, p *policy.Policy, say func(string, ...any)) {
	raw := r.Capped
	if in.HasClaim && in.Claimed < raw {
		raw = in.Claimed
		say("申报金额 %s 元较低，按申报金额计", raw.Grouped())
	}
	rounded := roundTo(raw, p)
	floor := p.Money.Floor.Fen()
	tested := raw
	if p.Reading("floor_on") == "rounded" {
		tested = rounded
	}
	if tested < floor {
		say("低于 %s 万元，不予兑现", Wan(floor))
		r.Payable = 0
		return
	}
	r.Payable = rounded
	say("测算兑现金额 %s 万元", Wan(rounded))
}

// roundTo rounds a sum to the policy's unit.
func roundTo(raw rmb.Fen, p *policy.Policy) rmb.Fen {
	unit := p.Money.Unit.Fen()
	rounded := raw / unit * unit
	if p.Reading("rounding") == "half_up" && raw-rounded >= (unit+1)/2 {
		rounded += unit
	}
	return rounded
}

// share returns rate × base without the broken fen: never more than the rate.
func share(base rmb.Fen, rate *big.Rat) rmb.Fen {
	x := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(base)), rate)
	return rmb.Fen(new(big.Int).Quo(x.Num(), x.Denom()).Int64())
}

func percent(rate *big.Rat) string {
	return new(big.Rat).Mul(rate, big.NewRat(100, 1)).FloatString(0) + "%"
}

// Wan returns a sum in 万元 with one decimal; the sum is a multiple of 1,000 yuan.
func Wan(f rmb.Fen) string {
	return big.NewRat(int64(f), int64(rmb.Wan)).FloatString(1)
}

// Report returns the computation in the report's words.
func (r Result) Report() hequan.Subsidy {
	return hequan.Subsidy{
		Gross: r.Gross.String(), Excluded: r.Excluded, Base: r.Base.String(), Rate: r.Rate,
		Capped: r.Capped.String(), PayableWan: Wan(r.Payable), Explanation: r.Explanation, Steps: r.Steps, Unknown: r.Unknown,
	}
}

// Difference is another reading of an open point that gives another amount.
type Difference struct {
	Reading policy.Ambiguity
	Other   string // the reading taken instead
	Payable rmb.Fen
}

// Differences computes the amount under every other reading that the policy
// names and returns those that change it, in the policy's order.
func Differences(in Input, p *policy.Policy) []Difference {
	chosen := compute(in, p, true).Payable
	var out []Difference
	for _, a := range p.Readings {
		for _, other := range a.Alternatives {
			if got := compute(in, p.With(a.Key, other), true).Payable; got != chosen {
				out = append(out, Difference{a, other, got})
			}
		}
	}
	return out
}
