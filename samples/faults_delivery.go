package samples

import (
	"math/rand/v2"

	"hequan/internal/day"
)

var deliveryFaults = []fault{
	{"acceptance.seal", deliveredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Acceptance.NoSupplierSeal = true
		return review("acceptance.seal", "neither seal nor signature of the provider", "acceptance")
	}},
	{"acceptance.date_window", deliveredModes, acceptedLate},
	{"acceptance.content", deliveredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		if subtle {
			w.Acceptance.NoPlace = true
		} else {
			w.Acceptance.NoConclusion = true
			w.Unscored = append(w.Unscored, "acceptance.passed")
		}
		return []plant{{rule: "acceptance.content", expect: "fail", note: "place or result of acceptance is not stated", docs: []string{"acceptance"}}}
	}},
	{"acceptance.passed", deliveredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Acceptance.Outcome, w.Acceptance.Conclusion = "failed", "部分功能指标未达到合同要求，验收不合格，整改后重新组织验收。"
		w.Unscored = append(w.Unscored, "subsidy.claim", "subsidy.ineligible", "subsidy.minimum")
		return one("acceptance.passed", "acceptance was refused", spot{"acceptance", "conclusion"})
	}},
	{"acceptance.items", deliveredModes, acceptedLess},
}

// acceptedLate moves the acceptance behind the window.
func acceptedLate(w *world, r *rand.Rand, subtle bool) []plant {
	d := day.Must("2026-07-01")
	if !subtle {
		d = day.Must("2026-07-06")
	}
	w.notBefore(d.AddDays(2))
	w.Acceptance.Date = d
	w.Unscored = append(w.Unscored, "application.usage_window", "subsidy.minimum", "subsidy.ineligible")
	return one("acceptance.date_window", "accepted after the window", spot{"acceptance", "date"})
}

// acceptedLess drops an item, or (subtle) accepts another quantity.
func acceptedLess(w *world, r *rand.Rand, subtle bool) []plant {
	a := w.Acceptance
	w.Unscored = append(w.Unscored, "subsidy.claim", "subsidy.ineligible")
	i := len(a.Items) - 1
	if subtle {
		a.Items[i].Quantity++
		return []plant{{rule: "acceptance.items", expect: "review", note: "another quantity than the contract's", at: []spot{{"acceptance", cell("items", i, "quantity")}}}}
	}
	a.Items = a.Items[:i]
	return review("acceptance.items", "an item of the contract was not accepted", "acceptance")
}
