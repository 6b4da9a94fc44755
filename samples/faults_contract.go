package samples

import (
	"math/rand/v2"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

var contractFaults = []fault{
	{"contract.seal_applicant", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		return partySeal("contract.seal_applicant", &w.Contract.SealA, r, subtle)
	}},
	{"contract.seal_provider", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.NoAcross = true
		return append(partySeal("contract.seal_provider", &w.Contract.SealB, r, subtle), acrossGone)
	}},
	{"contract.seal_across_pages", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.NoAcross = true
		return []plant{acrossGone}
	}},
	{"parties.unrelated", nil, related},
	{"parties.no_resale", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Resale = true
		return review("parties.no_resale", "the contract lets the applicant resell", "contract")
	}},
	{"contract.subject", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Subject = ""
		w.Unscored = append(w.Unscored, "usage.models", "filing.listed", "filing.proof_match", "invoice.subject")
		return absent("contract.subject", "the subject is not stated")
	}},
	{"contract.amount", deliveredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.NoTotal = true
		w.Unscored = append(w.Unscored, "invoice.contract_total", "contract.amount_words", "contract.items_sum")
		return absent("contract.amount", "no total is stated")
	}},
	{"contract.amount_words", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Words += 10000 * rmb.Yuan
		if subtle {
			w.Contract.Words += -10000*rmb.Yuan + 100*rmb.Yuan
		}
		return one("contract.amount_words", "the total in words is not that in digits", spot{"contract", "amount_words"}, spot{"contract", "amount"})
	}},
	{"contract.items_sum", deliveredModes, itemsSum},
	{"contract.payment", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Payment = ""
		return absent("contract.payment", "no time of payment is stated")
	}},
	{"contract.mode", nil, otherMode},
	{"contract.framework_quota", meteredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Framework, w.Contract.NoQuota = true, true
		return absent("contract.framework_quota", "a framework contract without a quantity")
	}},
	{"contract.itemised", []hequan.Mode{hequan.ModePrivate}, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.ItemAmountShown = false
		w.Unscored = append(w.Unscored, "contract.items_sum", "subsidy.claim", "subsidy.ineligible", "subsidy.minimum")
		return absent("contract.itemised", "the items have no amounts")
	}},
	{"contract.model_hardware_split", []hequan.Mode{hequan.ModeAppliance}, oneLump},
	{"contract.delivery", deliveredModes, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Delivery = ""
		return absent("contract.delivery", "no way of delivery is stated")
	}},
	{"contract.term_instalments", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.To = day.Must("2027-06-30")
		if subtle {
			w.Contract.To = day.Must("2026-07-31")
		}
		w.Contract.Payment = "合同生效后15个工作日内，{A}向{B}一次性支付合同全部价款。"
		return one("contract.term_instalments", "the term reaches beyond the window and no instalments are agreed", spot{"contract", "term_end"})
	}},
	{"contract.date_order", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Contract.Sign = w.Started.AddDays(pick(r, 12, 25))
		if subtle {
			w.Contract.Sign = w.Started.AddDays(1)
		}
		return []plant{{rule: "contract.date_order", expect: "review", note: "signed after the first use", at: []spot{{"contract", "sign_date"}}}}
	}},
}

// partySeal takes a party's seal off the contract, or (subtle) puts that of a
// company with almost the same name there.
func partySeal(rule string, seal *string, r *rand.Rand, subtle bool) []plant {
	if !subtle {
		return sealOf(rule, "contract", seal, r, "", false)
	}
	*seal = lookalike(*seal, r)
	return []plant{{rule: rule, expect: "review", note: "the seal of a company with almost the same name", at: []spot{{"contract", "foreign seal"}}}}
}

var acrossGone = plant{rule: "contract.seal_across_pages", expect: "review", note: "no seal across the pages", docs: []string{"contract"}}

// absent is a fail on the contract as a whole: something is not in it.
func absent(rule, note string) []plant {
	return []plant{{rule: rule, expect: "fail", note: note, docs: []string{"contract"}}}
}

// related gives both parties the same representative, telephone and address.
func related(w *world, r *rand.Rand, subtle bool) []plant {
	p, a := &w.Provider, w.Applicant
	note := "both parties share a telephone"
	p.Phone = a.Phone
	at := []spot{{"contract", "party_a_phone"}, {"contract", "party_b_phone"}}
	if !subtle {
		p.Legal, p.Address = a.Legal, a.Address
		note = "both parties share representative, telephone and address"
		at = append(at, spot{"contract", "party_a_legal"}, spot{"contract", "party_b_legal"}, spot{"contract", "party_a_address"}, spot{"contract", "party_b_address"})
	}
	w.Form.Providers[0].Phone, w.Form.Providers[0].LegalRepresentative, w.Form.Providers[0].Address = p.Phone, p.Legal, p.Address
	return []plant{{rule: "parties.unrelated", expect: "review", note: note, at: at, docs: []string{"contract"}}}
}

// itemsSum raises the amount of one line; the total stays.
func itemsSum(w *world, r *rand.Rand, subtle bool) []plant {
	i := r.IntN(len(w.Contract.Items))
	by := 10000 * rmb.Yuan
	if subtle {
		by = 90 * rmb.Yuan
	}
	w.Contract.Items[i].Amount += by
	w.NoSubsidy = true // which of the two sums counts is open
	w.Unscored = append(w.Unscored, "subsidy.claim", "subsidy.ineligible")
	return one("contract.items_sum", "the lines add up to more than the total", spot{"contract", cell("items", i, "amount")}, spot{"contract", "amount"})
}

// otherMode lets the contract agree on another way of use than the form.
func otherMode(w *world, r *rand.Rand, subtle bool) []plant {
	c := &w.Contract
	c.Title = "大模型服务采购合同"
	c.Subject = w.Models[0].Name + "模型服务，用于“" + w.Project + "”项目"
	c.Calling = "私有化部署"
	if !isMetered(w.Mode) {
		c.Calling = "API接口调用"
	}
	return one("contract.mode", "the contract agrees on another way of use", spot{"contract", "calling_method"})
}

// oneLump sells model and hardware for one price.
func oneLump(w *world, r *rand.Rand, subtle bool) []plant {
	c := &w.Contract
	c.Items = []line{{Name: w.Listed.Model + "一体机（含" + w.Models[0].Name + "模型软件）", Category: "other", Quantity: 1, Unit: "套", Price: c.Amount, Amount: c.Amount}}
	w.Acceptance.Items = append([]line(nil), c.Items...)
	w.Unscored = append(w.Unscored, "subsidy.claim", "subsidy.ineligible", "subsidy.minimum", "invoice.subject")
	return absent("contract.model_hardware_split", "model and hardware have one price")
}
