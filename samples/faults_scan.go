package samples

import (
	"math/rand/v2"
)

var scanFaults = []fault{
	{"scan.color", nil, greyCopy},
	{"scan.legible", nil, blurred},
	{"scan.pages_complete", nil, pageLost},
	{"scan.not_repeated", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Repeated = "audit:1"
		return review("scan.not_repeated", "the last page was scanned twice", "audit:1")
	}},
}

// greyCopy scans a sealed paper in grey, or (subtle) only one page of it.
func greyCopy(w *world, r *rand.Rand, subtle bool) []plant {
	key, seal := "commitment", []string{"commitment.seal"}
	if r.IntN(2) == 0 || subtle {
		key, seal = "contract", []string{"contract.seal_applicant", "contract.seal_provider", "contract.seal_across_pages"}
	}
	bilevel := r.IntN(3) == 0
	w.Scans = append(w.Scans, scanFault{key, func(page int, s *scanner) {
		if !subtle || page == 1 {
			s.Grey, s.Bilevel = true, bilevel
		}
	}})
	out := []plant{{rule: "scan.color", expect: "fail", note: "not a colour scan", docs: []string{key}}}
	if subtle {
		w.Unscored = append(w.Unscored, seal...)
		return out
	}
	for _, rule := range seal {
		out = append(out, plant{rule: rule, expect: "review", note: "the seal is grey", docs: []string{key}})
	}
	return out
}

// blurred scans a paper out of focus. What can't be read then is open.
func blurred(w *world, r *rand.Rand, subtle bool) []plant {
	key := pick(r, "commitment", "bank")
	blur := 3.6
	if subtle {
		blur = 2.8
	}
	w.Scans = append(w.Scans, scanFault{key, func(page int, s *scanner) { s.Blur, s.Noise, s.Clean, s.Blurred = blur, 6, false, true }})
	w.Unscored = append(w.Unscored, "applicant.name", "bank_account.name", "commitment.seal", "bank_account.seal", "commitment.signature", "conditions.declared", "material.commitment", "material.bank_account", "material.slot_match")
	return review("scan.legible", "out of focus", key)
}

// pageLost leaves out the second page of a contract of three or more.
func pageLost(w *world, r *rand.Rand, subtle bool) []plant {
	w.Contract.Long, w.Contract.LostPage = true, 2
	w.Unscored = append(w.Unscored, "contract.payment", "contract.seal_across_pages", "contract.seal_applicant", "contract.seal_provider", "contract.amount_words", "contract.items_sum")
	return []plant{{rule: "scan.pages_complete", expect: "fail", note: "page 2 was not scanned", docs: []string{"contract"}}}
}
