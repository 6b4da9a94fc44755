package render

import (
	"fmt"
	"strings"

	"hequan"
)

// step is one line of the computation of the amount.
type step struct {
	Name   string
	Amount string // with unit
	Note   string
	Class  string // minus, sum, total
}

// ladder is the computation from the gross sum to the payable amount.
func ladder(s hequan.Subsidy) []step {
	if len(s.Steps) > 0 {
		return stepped(s.Steps)
	}
	if s.Gross == "" && s.Base == "" && s.PayableWan == "" {
		return nil
	}
	steps := []step{{Name: "可核定的实际发生额", Amount: money(s.Gross)}}
	for _, e := range s.Excluded {
		steps = append(steps, step{Name: "核减", Amount: "−" + money(e.Amount), Note: e.Reason, Class: "minus"})
	}
	steps = append(steps,
		step{Name: "核定基数", Amount: money(s.Base), Class: "sum"},
		step{Name: "补贴比例", Amount: percent(s.Rate)},
		step{Name: "比例与年度限额内金额", Amount: money(s.Capped), Class: "sum"},
		step{Name: "拟兑现金额", Amount: s.PayableWan + " 万元", Class: "total"},
	)
	return steps
}

// classes are how steps are set off: what is taken off, sums, the outcome.
var classes = map[string]string{"sum": "sum", "outside": "minus", "minus": "minus", "base": "sum", "capped": "sum", "payable": "total"}

// stepped shows the steps of a computation, with its sources.
func stepped(list []hequan.Step) []step {
	var out []step
	for _, s := range list {
		x := step{Name: s.Name, Amount: strings.Replace(money(s.Amount), "-", "−", 1), Note: s.How, Class: classes[s.Kind]}
		var from []string
		if s.Clause != "" {
			from = append(from, s.Clause)
		}
		for _, e := range s.Evidence {
			if e.Document != "" && e.Page > 0 {
				from = append(from, fmt.Sprintf("%s 第 %d 页", e.Document, e.Page))
			}
		}
		if len(from) > 0 {
			x.Note = strings.TrimSpace(x.Note + " [" + strings.Join(from, "；") + "]")
		}
		out = append(out, x)
	}
	return out
}

func money(amount string) string {
	if amount == "" {
		return "未知"
	}
	return yuan(amount) + " 元"
}

// percent writes "0.5" as "50%"; what it cannot convert exactly stays as it is.
func percent(rate string) string {
	switch rate {
	case "":
		return "未知"
	case "1", "1.0", "1.00":
		return "100%"
	}
	if len(rate) >= 3 && rate[:2] == "0." {
		digits := rate[2:]
		for len(digits) < 2 {
			digits += "0"
		}
		whole, rest := digits[:2], digits[2:]
		if whole[0] == '0' {
			whole = whole[1:]
		}
		if rest != "" {
			return whole + "." + rest + "%"
		}
		return whole + "%"
	}
	return rate
}
