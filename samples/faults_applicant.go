package samples

import (
	"math/rand/v2"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

var applicantFaults = []fault{
	{"commitment.seal", nil, commitmentSeal},
	{"commitment.signature", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Commitment.NoSign = true
		return review("commitment.signature", "nobody signed", "commitment")
	}},
	{"bank_account.seal", nil, bankSeal},
	{"applicant.name", nil, applicantName},
	{"applicant.uscc", nil, applicantCode},
	{"applicant.region", nil, region},
	{"applicant.established", nil, established},
	{"bank_account.name", nil, bankName},
	{"conditions.declared", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Commitment.NoPromise = true
		return review("conditions.declared", "the promises are left out", "commitment")
	}},
	{"application.window", nil, submittedLate},
	{"application.mode", nil, noSingleMode},
	{"application.domain", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Form.Project.Domain = pick(r, "农业", "体育", "法律服务")
		return review("application.domain", "a field of use that the guide does not name")
	}},
	{"application.usage_window", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Form.Project.Started = "2025-07-15"
		return review("application.usage_window", "the form says that use began before the window")
	}},
	{"subsidy.claim", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		by := 80000 * rmb.Yuan
		if subtle {
			by = 2000 * rmb.Yuan
		}
		w.Claimed = subsidyOf(w).capped/(1000*rmb.Yuan)*(1000*rmb.Yuan) + by
		w.Form.ClaimedAmount = amountOf(w.Claimed)
		return one("subsidy.claim", "more is claimed than the papers bear out")
	}},
	{"subsidy.minimum", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Claimed = 9500 * rmb.Yuan
		w.Form.ClaimedAmount = amountOf(w.Claimed)
		return one("subsidy.minimum", "less than 10,000 yuan is claimed")
	}},
	{"subsidy.ineligible", []hequan.Mode{hequan.ModePrivate}, hardwareSold},
	{"business_license.valid", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.License.TermEnd = day.Must("2026-05-31")
		if !subtle {
			w.License.TermEnd = day.Must("2024-12-31")
		}
		return []plant{{rule: "business_license.valid", expect: "fail", note: "the licence has expired", docs: []string{"license"}}}
	}},
	{"audit_report.entity", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Audits[1].Entity = lookalike(w.Applicant.Name, r)
		at := []spot{{"audit:1", "entity"}}
		return []plant{{rule: "audit_report.entity", expect: "fail", note: "another company was audited", at: at}, {rule: "applicant.name", expect: "fail", note: "follows from audit_report.entity", at: at}}
	}},
	{"audit_report.structure", nil, func(w *world, r *rand.Rand, subtle bool) []plant {
		w.Audits[0].NoSeal, w.Audits[0].NoOpinion = subtle, !subtle
		return review("audit_report.structure", "no seal of the firm, or no page with its opinion", "audit:0")
	}},
}

// review is one fault that staff must look at, on whole papers.
func review(rule, note string, docs ...string) []plant {
	return []plant{{rule: rule, expect: "review", note: note, docs: docs}}
}

// lookalike is a name one character away.
func lookalike(name string, r *rand.Rand) string {
	runes := []rune(name)
	for i, c := range runes {
		if strings.ContainsRune("科技", c) && i > 4 {
			return string(runes[:i]) + pick(r, "信息", "数据", "网络") + string(runes[i:])
		}
	}
	return strings.Replace(name, "有限公司", pick(r, "集团", "股份")+"有限公司", 1)
}

// sealOf takes a seal away, or (subtle) replaces it by that of another
// company: the other party's, or that of a company with almost the same name,
// which nobody tells from a misread seal for certain.
func sealOf(rule, key string, seal *string, r *rand.Rand, other string, subtle bool) []plant {
	if !subtle {
		*seal = ""
		return []plant{{rule: rule, expect: "fail", note: "no seal", docs: []string{key}}}
	}
	p := plant{rule: rule, expect: "fail", note: "the seal of another company", at: []spot{{key, "foreign seal"}}}
	if own := *seal; r.IntN(2) == 0 {
		p.expect, p.note = "review", "the seal of a company with almost the same name"
		other = lookalike(own, r)
	}
	*seal = other
	return []plant{p}
}

// noSingleMode applies for no mode, or for two.
func noSingleMode(w *world, r *rand.Rand, subtle bool) []plant {
	w.Form.Project.Mode = ""
	if subtle {
		w.Form.Project.Mode = "api,cloud"
	}
	w.NoSubsidy = true
	w.Unscored = append(w.Unscored, "material.application_form", "contract.mode", "subsidy.claim", "subsidy.minimum", "subsidy.ineligible")
	return one("application.mode", "not exactly one mode is applied for")
}

// hardwareSold sells a server under the contract for software, and claims for it.
func hardwareSold(w *world, r *rand.Rand, subtle bool) []plant {
	old := w.Contract.Items[1]
	name := "GPU推理服务器"
	if subtle {
		name = "推理加速卡及配套机架"
	}
	w.Contract.Items[1].Name, w.Contract.Items[1].Category = name, "hardware"
	w.Acceptance.Items[1].Name, w.Acceptance.Items[1].Category = name, "hardware"
	for i := range w.Invoices {
		for j := range w.Invoices[i].Lines {
			if l := &w.Invoices[i].Lines[j]; strings.HasSuffix(l.Name, old.Name) {
				l.Name, l.Category = "*计算机*"+name, "hardware"
			}
		}
	}
	return []plant{{rule: "subsidy.ineligible", expect: "review", note: "hardware is claimed for", at: []spot{{"contract", cell("items", 1, "name")}, {"contract", cell("items", 1, "amount")}}}}
}

func commitmentSeal(w *world, r *rand.Rand, subtle bool) []plant {
	return sealOf("commitment.seal", "commitment", &w.Commitment.Seal, r, w.Provider.Name, subtle)
}

func bankSeal(w *world, r *rand.Rand, subtle bool) []plant {
	return sealOf("bank_account.seal", "bank", &w.Bank.Seal, r, w.Provider.Name, subtle)
}

// applicantName lets the contract name a company with almost the same name.
func applicantName(w *world, r *rand.Rand, subtle bool) []plant {
	w.Contract.PartyA = lookalike(w.Applicant.Name, r)
	return one("applicant.name", "party A of the contract is not quite the applicant", spot{"contract", "party_a"})
}

// applicantCode lets the licence bear another, valid code.
func applicantCode(w *world, r *rand.Rand, subtle bool) []plant {
	w.License.USCC = newCode(r, "110302")
	w.Unscored = append(w.Unscored, "invoice.buyer")
	return one("applicant.uscc", "the code of the licence is not that of the form", spot{"license", "uscc"})
}

// region moves the applicant out of 亦庄新城.
func region(w *world, r *rand.Rand, subtle bool) []plant {
	address := pick(r, "北京市海淀区知春路", "北京市朝阳区望京东路", "北京市丰台区科兴路") + digits(r, 2) + "号" + digits(r, 3) + "室"
	if subtle {
		address = "北京市通州区马驹桥镇融商六路" + digits(r, 2) + "号"
	}
	w.License.Address, w.Form.Applicant.Address, w.Applicant.Address = address, address, address
	return []plant{{rule: "applicant.region", expect: "review", note: "the address lies elsewhere", at: []spot{{"license", "address"}}}}
}

// established lets the licence and the form disagree about the founding date.
func established(w *world, r *rand.Rand, subtle bool) []plant {
	if subtle {
		w.Form.Applicant.Established = w.License.Established.AddDays(pick(r, -1, 1, 9)).String()
	} else {
		w.Form.Applicant.Established = w.License.Established.AddMonths(pick(r, -2, 3, 13)).String()
	}
	return one("applicant.established", "founding date of the licence is not that of the form", spot{"license", "established"})
}

// bankName changes the holder, or (subtle) one digit of the account.
func bankName(w *world, r *rand.Rand, subtle bool) []plant {
	if !subtle {
		w.Bank.AccountName = w.Applicant.Legal
		at := []spot{{"bank", "account_name"}}
		return []plant{{rule: "bank_account.name", expect: "fail", note: "the account is a person's", at: at}, {rule: "applicant.name", expect: "fail", note: "follows from bank_account.name", at: at}}
	}
	b := []byte(w.Bank.Account)
	i := len(b) - 3
	b[i] = '0' + (b[i]-'0'+1+byte(r.IntN(8)))%10
	w.Bank.Account = string(b)
	return one("bank_account.name", "one digit of the account is not that of the form", spot{"bank", "account"})
}

// submittedLate hands the application in after the last day.
func submittedLate(w *world, r *rand.Rand, subtle bool) []plant {
	w.Submitted = day.Must("2026-07-18").AddDays(r.IntN(10) * boolInt(!subtle))
	w.Form.SubmittedAt = w.Submitted.String()
	return one("application.window", "submitted after 2026-07-17")
}
