package samples

import (
	"fmt"
	"slices"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

// exclusion is a sum taken off, by category or because it lies outside the window.
type exclusion struct {
	Category string `json:"category"`
	Amount   string `json:"amount"`
}

type sums struct {
	gross, base, capped rmb.Fen
	excluded            []exclusion
}

const yearlyCap = 500 * rmb.Wan

// subsidyOf computes what the papers bear out: the smaller of what was settled
// (or accepted) and what was invoiced, each inside the window and after its
// exclusions, at most the contract amount; half of it, at most the yearly cap.
func subsidyOf(w *world) sums {
	settled, invoiced := w.settledSide(), w.invoicedSide()
	s := settled
	if invoiced.base < s.base {
		s = invoiced
	}
	if !w.Contract.NoTotal && w.Contract.Amount < s.base {
		s = sums{gross: w.Contract.Amount, base: w.Contract.Amount}
	}
	s.capped = min(s.base/2, yearlyCap)
	return s
}

// settledSide sums settlements (api, cloud) or accepted contract items.
func (w *world) settledSide() sums {
	var s sums
	if isMetered(w.Mode) {
		for _, x := range w.Settlements {
			if window.Covers(day.Window{From: x.From, To: x.To}) {
				s.gross += x.Total
			}
		}
		s.base = s.gross
		return s
	}
	a := w.Acceptance
	if a == nil || !window.Contains(a.Date) || a.Outcome == "failed" {
		return s
	}
	for _, l := range w.Contract.Items {
		if slices.ContainsFunc(a.Items, func(x line) bool { return x.Name == l.Name }) {
			s.add(l.Category, l.Amount)
		}
	}
	return s
}

// takenOff says whether something on the papers does not count: of a category
// that is not supported, or outside of the window.
func (w *world) takenOff() bool {
	for _, x := range w.Settlements {
		if !window.Covers(day.Window{From: x.From, To: x.To}) {
			return true
		}
	}
	for _, f := range w.Invoices {
		for _, l := range f.Lines {
			if l.Category == "hardware" || l.Category == "labor" || l.Category == "other" {
				return true
			}
		}
	}
	return w.Acceptance != nil && (len(w.settledSide().excluded) > 0 || len(w.Acceptance.Items) < len(w.Contract.Items))
}

// invoicedSide sums the invoices dated in the window.
func (w *world) invoicedSide() sums {
	var s sums
	for _, f := range w.Invoices {
		if f.Void || !window.Contains(f.Issued) {
			continue
		}
		for _, l := range f.Lines {
			s.add(l.Category, l.Amount+l.Tax)
		}
	}
	return s
}

// add counts an amount, or takes it off when its category is not eligible.
func (s *sums) add(category string, amount rmb.Fen) {
	s.gross += amount
	if category == "hardware" || category == "labor" || category == "other" {
		s.excluded = append(s.excluded, exclusion{category, amount.String()})
		return
	}
	s.base += amount
}

// payable is min(capped, claimed) in 万元, half-up to one decimal; 0.0 below 1 万元.
func payable(capped, claimed rmb.Fen) string {
	x := min(capped, claimed)
	if x < rmb.Wan {
		return "0.0"
	}
	tenths := (x + 500*rmb.Yuan) / (1000 * rmb.Yuan)
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}
