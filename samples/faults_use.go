package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
)

var useFaults = []fault{
	{"settlement.seal", meteredModes, settlementSeal},
	{"provider.name", meteredModes, providerName},
	{"settlement.period_window", meteredModes, periodOutside},
	{"settlement.contract_term", meteredModes, termTooShort},
	{"settlement.no_overlap", meteredModes, overlap},
	{"settlement.arithmetic", meteredModes, settlementWords},
	{"settlement.usage_total", meteredModes, usageLess},
	{"usage.arithmetic", meteredModes, usageArithmetic},
	{"usage.price", meteredModes, usagePrice},
	{"usage.models", meteredModes, usageModels},
}

func settlementKey(i int) string { return fmt.Sprintf("settlement:%d", i) }
func usageKey(i int) string      { return fmt.Sprintf("usage:%d", i) }

// settlementSeal takes the provider's seal away, or (subtle) puts the
// applicant's own in its place.
func settlementSeal(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Settlements))
	if subtle && r.IntN(3) == 0 {
		w.Settlements[i].SealKind = pick(r, "contract", "finance")
		return []plant{{rule: "settlement.seal", expect: "review", note: "a seal of the provider's that is not its 公章", at: []spot{{settlementKey(i), "seal:0"}}}}
	}
	return sealOf("settlement.seal", settlementKey(i), &w.Settlements[i].Seal, r, w.Applicant.Name, subtle)
}

// providerName lets one settlement name a company with almost the same name.
func providerName(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Settlements))
	w.Settlements[i].Provider = lookalike(w.Provider.Name, r)
	return one("provider.name", "the settlement names another provider", spot{settlementKey(i), "provider"})
}

// periodOutside moves the first settlement to June and July 2025, before the window.
func periodOutside(w *world, r *rand.Rand, subtle bool) []plant {
	s, u := &w.Settlements[0], &w.Usages[0]
	s.From, s.To, s.Date = day.Must("2025-06-01"), day.Must("2025-07-31"), day.Must("2025-08-04")
	s.Number = "JS202507" + s.Number[8:]
	u.From, u.To = s.From, s.To
	// Month by month (or day by day) from June, as far as two months go; the rest is their last.
	last, at := "", s.From
	for i := range u.Rows {
		if u.Rows[i].Month != last {
			if last = u.Rows[i].Month; i > 0 {
				if w.Daily {
					at = at.AddDays(1)
				} else {
					at = at.AddMonths(1)
				}
			}
			if at.After(s.To) {
				at = s.To
			}
		}
		u.Rows[i].Month = at.String()[:len(u.Rows[i].Month)]
	}
	w.Contract.Sign, w.Contract.From = day.Must("2025-05-20"), day.Must("2025-05-21")
	w.Unscored = append(w.Unscored, "contract.term_instalments", "application.usage_window")
	return one("settlement.period_window", "use before the window", spot{settlementKey(0), "period_start"}, spot{settlementKey(0), "period_end"})
}

// termTooShort lets the contract end before the last settled month.
func termTooShort(w *world, r *rand.Rand, subtle bool) []plant {
	w.Contract.To = day.Must("2026-02-28")
	if subtle {
		w.Contract.To = w.Settlements[1].To.AddDays(-1)
	}
	return one("settlement.contract_term", "settled use after the contract ended", spot{settlementKey(1), "period_end"}, spot{"contract", "term_end"})
}

// overlap lets the second settlement begin in the first one's last month.
func overlap(w *world, r *rand.Rand, subtle bool) []plant {
	from := day.Must("2025-12-01")
	if subtle {
		from = day.Must("2025-12-31")
	}
	w.Settlements[1].From, w.Usages[1].From = from, from
	w.Unscored = append(w.Unscored, "settlement.usage_total") // whose the rows of the common days are is open
	return one("settlement.no_overlap", "the periods of two settlements overlap", spot{settlementKey(0), "period_end"}, spot{settlementKey(1), "period_start"})
}

// settlementWords lets 大写 and 小写 differ.
func settlementWords(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Settlements))
	s := &w.Settlements[i]
	s.Words += 1000 * rmb.Yuan
	if subtle {
		s.Words = s.Total + 1
	}
	return one("settlement.arithmetic", "the total in words is not that in digits", spot{settlementKey(i), "total_words"}, spot{settlementKey(i), "total"})
}

// usageLess takes a part of the use out of one row; the usage list adds up in
// itself, to less than the settlement.
func usageLess(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Usages))
	u := &w.Usages[i]
	j := r.IntN(len(u.Rows))
	row := &u.Rows[j]
	yuan := float64(row.Amount) / 100
	keep := yuan * 0.7
	if subtle {
		keep = yuan * 0.995
	}
	for _, m := range w.Models {
		if m.Name == row.Model {
			row.Quantity = quantityFor(keep, m)
		}
	}
	before := row.Amount
	row.Amount, _ = rmb.Product(row.Quantity, row.Price)
	u.Total -= before - row.Amount
	return one("settlement.usage_total", "usage adds up to less than the settlement", spot{usageKey(i), "total"}, spot{settlementKey(i), "total"})
}

// usageArithmetic writes a wrong amount in one usage row and carries it into
// the list's total: 50 yuan, or 9.
func usageArithmetic(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Usages))
	u := &w.Usages[i]
	j := r.IntN(len(u.Rows))
	by := 50 * rmb.Yuan
	if subtle {
		by = 9 * rmb.Yuan
	}
	u.Rows[j].Amount += by
	u.Total += by
	return []plant{
		{rule: "usage.arithmetic", expect: "fail", note: fmt.Sprintf("a row says %d yuan more than quantity x price", by/rmb.Yuan), at: []spot{{usageKey(i), cell("rows", j, "amount")}}},
		{rule: "settlement.usage_total", expect: "fail", note: "usage adds up to more than the settlement", at: []spot{{usageKey(i), "total"}, {settlementKey(i), "total"}}},
	}
}

// usagePrice lets the contract state another unit price than was charged.
func usagePrice(w *world, r *rand.Rand, subtle bool) []plant {
	m := &w.Contract.Prices[0]
	old := mustRat(m.Price)
	factor := mustRat("0.5")
	if subtle {
		factor = mustRat("0.9")
	}
	m.Price = plain(old.Mul(old, factor))
	var at []spot
	for i, u := range w.Usages {
		for j, row := range u.Rows {
			if row.Model == m.Name {
				at = append(at, spot{usageKey(i), cell("rows", j, "unit_price")})
			}
		}
	}
	return one("usage.price", "charged at another price than the contract's", at...)
}

// usageModels charges a model that the contract does not name.
func usageModels(w *world, r *rand.Rand, subtle bool) []plant {
	from := w.Models[0].Name
	to, expect := "灵犀谷-Max", "fail"
	if subtle {
		expect = "review"
		family, _, _ := strings.Cut(from, "-")
		to = family + "-Vision"
	}
	var at []spot
	for i := range w.Usages {
		for j := range w.Usages[i].Rows {
			if row := &w.Usages[i].Rows[j]; row.Model == from {
				row.Model = to
				at = append(at, spot{usageKey(i), cell("rows", j, "model")})
			}
		}
		for j := range w.Settlements[i].Items {
			if item := &w.Settlements[i].Items[j]; item.Model == from {
				item.Model = to
			}
		}
	}
	w.Unscored = append(w.Unscored, "filing.listed", "filing.proof_match", "filing.entity", "usage.price", "invoice.subject")
	return []plant{{rule: "usage.models", expect: expect, note: "a model, or an edition of one, that the contract does not name", at: at}}
}
